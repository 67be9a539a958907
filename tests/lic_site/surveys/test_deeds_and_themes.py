"""'You said, we did', and what comments are about."""

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys import policies
from lic_site.surveys.models import Deed, Theme
from lic_site.surveys.services import deeds, errors, themes
from tests.factories.surveys import ThemeFactory, WaveFactory
from tests.lic_site.surveys.conftest import a_closed_wave
from tests.support.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def note(by: Person) -> Deed:
    return deeds.say_deed(
        wave=a_closed_wave(5), said="The day was long. ", did="It ends at 3pm.", by=by, at=NOW
    )


def test_what_was_done_is_for_staff_until_it_is_shared(admin: Person) -> None:
    deed = note(admin)
    assert (deed.said, deed.shared_at) == ("The day was long.", None)
    deeds.share_deed(deed=deed, by=admin, at=NOW)
    deed.refresh_from_db()
    assert deed.shared_at == NOW


def test_what_was_done_is_changed_and_removed(admin: Person) -> None:
    deed = note(admin)
    deeds.change_deed(deed=deed, said="It was long", did=" It is shorter", by=admin, at=NOW)
    deed.refresh_from_db()
    assert (deed.said, deed.did) == ("It was long", "It is shorter")
    deeds.remove_deed(deed=deed, by=admin, at=NOW)
    assert not Deed.objects.exists()
    assert AuditEvent.objects.filter(verb="surveys.deed_removed").exists()


def test_nothing_was_done_about_a_survey_that_is_still_open(admin: Person) -> None:
    with pytest.raises(errors.NotYetClosed):
        deeds.say_deed(wave=WaveFactory(), said="x", did="y", by=admin, at=NOW)


def test_only_admins_say_what_was_done(cast: Cast, lead: Person) -> None:
    for person in (cast.owner, lead):
        with pytest.raises(errors.NotYours):
            note(person)


def test_whoever_took_no_part_reads_nothing_of_it(admin: Person, cast: Cast) -> None:
    deed = note(admin)
    deeds.share_deed(deed=deed, by=admin, at=NOW)
    assert not policies.visible(cast.stranger, Deed.objects.all())
    assert list(policies.visible(admin, Deed.objects.all())) == [deed]


def test_a_site_begins_with_themes_and_keeps_its_own() -> None:
    themes.load_themes(at=NOW)
    assert Theme.objects.filter(name="Facilitation").exists()
    Theme.objects.exclude(name="Facilitation").delete()
    themes.load_themes(at=NOW)
    assert Theme.objects.count() == 1


def test_themes_are_added_renamed_retired_and_brought_back(admin: Person) -> None:
    theme = themes.add_theme(name=" Pace ", by=admin, at=NOW)
    themes.rename_theme(theme=theme, name="PACE", by=admin, at=NOW)
    assert theme.name == "PACE"
    themes.retire_theme(theme=theme, by=admin, at=NOW)
    assert theme.retired_at == NOW
    themes.retire_theme(theme=theme, by=admin, at=NOW)
    assert theme.retired_at is None


def test_no_two_themes_have_one_name(admin: Person) -> None:
    ThemeFactory(name="Pace")
    with pytest.raises(errors.SameTheme):
        themes.add_theme(name="pace", by=admin, at=NOW)
    with pytest.raises(errors.SameTheme):
        themes.rename_theme(theme=ThemeFactory(), name="Pace", by=admin, at=NOW)


def test_only_admins_keep_themes(lead: Person) -> None:
    with pytest.raises(errors.NotYours):
        themes.add_theme(name="Pace", by=lead, at=NOW)
