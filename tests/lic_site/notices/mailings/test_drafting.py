"""Writing a mailing: what is kept, what is refused, and that no change is lost."""

from datetime import timedelta
from typing import Any

import pytest
from wagtail.models import Page, Site

from lic_site.accounts.models import AuditEvent, Organisation, Person
from lic_site.notices.enums import Category, MailingState
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import ChoicesGone, cleaned, segment_of, told_of
from lic_site.notices.models import Mailing
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings import errors
from tests.factories.people import OrganisationFactory
from tests.lic_site.notices.mailings.support import BODY, SUBJECT, a_draft, confirm
from tests.lic_site.notices.support import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("team")]


def write(mailing: Mailing, by: Person, **values: Any) -> None:
    said = {
        "revision": mailing.revision,
        "title": "About the date",
        "subject": SUBJECT,
        "body": BODY,
    }
    verbs.write(mailing=mailing, by=by, at=NOW, **(said | values))
    mailing.refresh_from_db()


def arrange(mailing: Mailing, by: Person, **values: Any) -> None:
    said = {
        "revision": mailing.revision,
        "category": Category.ESSENTIAL,
        "path": "/my/",
        "useless_after": None,
        "reply_to": None,
    }
    verbs.arrange(mailing=mailing, by=by, at=NOW, **(said | values))
    mailing.refresh_from_db()


def test_a_draft_is_called_after_whom_it_is_for(admin: Person) -> None:
    mailing = a_draft(admin, written=False)
    assert admin.organisation is not None
    assert mailing.title == f"Everybody of a team: {admin.organisation.name}"
    assert (mailing.state, mailing.written_by) == (MailingState.DRAFT, admin)
    assert told_of(mailing) == ["Everybody of a team", admin.organisation.name]
    assert text.faults_of(mailing) == ["There are no words yet. Write them first."]
    assert AuditEvent.objects.filter(verb="notices.mailing_begun", object_id=mailing.pk).exists()


def test_nobody_is_written_to_where_nobody_is(admin: Person) -> None:
    empty = OrganisationFactory()
    with pytest.raises(errors.NobodyChosen, match="Nobody fits"):
        a_draft(admin, team=str(empty.pk))
    with pytest.raises(errors.NobodyChosen):
        verbs.choose_people(
            mailing=a_draft(admin),
            revision=2,
            segment="tests.colleagues",
            chosen={"team": str(empty.pk)},
            by=admin,
            at=NOW,
        )


@pytest.mark.parametrize("segment", ["tests.colleagues", "tests.nobody"])
def test_choices_that_are_not_on_offer_are_refused(segment: str, admin: Person) -> None:
    with pytest.raises(ChoicesGone, match="no longer there"):
        verbs.begin(segment=segment, chosen={"team": "0"}, by=admin, at=NOW)


def test_a_group_that_cannot_say_what_it_is_is_refused(admin: Person) -> None:
    Organisation.objects.filter(pk=admin.organisation_id).update(name="Nameless")
    with pytest.raises(ChoicesGone):
        a_draft(admin)


def test_words_are_not_made_for_what_can_no_longer_be_named(admin: Person) -> None:
    mailing = a_draft(admin)
    Organisation.objects.filter(pk=admin.organisation_id).update(name="Nameless")
    assert not text.can_go(mailing)
    with pytest.raises(ChoicesGone):
        text.faults_of(mailing)


def test_what_a_draft_was_narrowed_to_may_go(admin: Person) -> None:
    mailing = a_draft(admin)
    mailing.chosen = {"team": "0"}
    assert told_of(mailing) == ["A choice that is no longer there"]
    mailing.segment = "tests.gone"
    with pytest.raises(ChoicesGone):
        segment_of(mailing)


def test_each_change_raises_the_revision_and_forgets_the_test(admin: Person) -> None:
    mailing = a_draft(admin, written=False)
    write(mailing, admin)
    Mailing.objects.update(tested_at=NOW)
    arrange(mailing, admin, path="/concern/", reply_to=admin)
    assert (mailing.revision, mailing.tested_at) == (3, None)
    assert (mailing.path, mailing.reply_to) == ("/concern/", admin)
    verbs.choose_people(
        mailing=mailing,
        revision=3,
        segment="tests.everybody",
        chosen={},
        by=admin,
        at=NOW,
    )
    mailing.refresh_from_db()
    assert (mailing.revision, mailing.segment, mailing.chosen) == (4, "tests.everybody", {})
    changed = AuditEvent.objects.filter(verb="notices.mailing_changed").latest("pk")
    assert changed.fields == ["chosen", "segment"]


def test_a_change_in_another_tab_is_not_lost(admin: Person) -> None:
    mailing = a_draft(admin)
    opened = mailing.revision
    write(mailing, admin, subject="Another subject")
    with pytest.raises(errors.Changed, match="in another tab"):
        write(mailing, admin, revision=opened)
    mailing.refresh_from_db()
    assert mailing.subject == "Another subject"


def test_what_was_confirmed_is_changed_no_more(admin: Person) -> None:
    mailing = a_draft(admin)
    confirm(mailing, admin)
    mailing.refresh_from_db()
    with pytest.raises(errors.NotADraft, match="Copy it"):
        write(mailing, admin)
    with pytest.raises(errors.NotADraft):
        verbs.delete_draft(mailing=mailing, by=admin, at=NOW)


FAULTS = [
    ({"body": "Hello {given_nmae},\n\n[See more]"}, "Did you mean ‘given_name’"),
    ({"body": "x" * 100_000}, "The text has 100,"),
    ({"body": "Hello."}, "Add the button"),
    ({"body": "Hello.\n\n[One]\n\n[Two]"}, "several buttons"),
    ({"subject": "Leadership in Colour news"}, "Keep it neutral"),
    ({"subject": "For Global Majority colleagues"}, "Keep it neutral"),
    ({"subject": "For {given_name}"}, "cannot stand in the subject"),
]


@pytest.mark.parametrize(("values", "said"), FAULTS)
def test_unfit_words_are_refused_with_what_to_do(
    values: dict[str, str], said: str, admin: Person
) -> None:
    mailing = a_draft(admin)
    with pytest.raises(errors.UnfitWords) as refused:
        write(mailing, admin, **values)
    assert any(said in fault for fault in refused.value.faults), refused.value.faults


def test_a_date_of_the_group_may_stand_in_the_subject(admin: Person) -> None:
    mailing = a_draft(admin)
    write(mailing, admin, subject="Before {meets_on:day}")
    assert mailing.subject == "Before {meets_on:day}"


PAGES_ELSEWHERE = [
    ("https://example.org/", "must be one of this site"),
    ("//example.org/", "must be one of this site"),
    ("my/", "must be one of this site"),
    ("/my/ page", "must be one of this site"),
    ("javascript:alert(1)", "must be one of this site"),
    ("/\\example.org", "must be one of this site"),
    ("/staff/messages/", "Only staff"),
    ("/support/AbCdEfGhIjKlMnOpQrStUvWx-_123456/", "made for one person"),
    ("/my/nothing-here", "no such page"),
    ("/nowhere/", "no such page"),
]


def test_the_button_may_lead_to_a_page_of_the_editors_once_it_is_published(admin: Person) -> None:
    mailing = a_draft(admin)
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=Page(title="Spring", slug="spring", live=False))
    with pytest.raises(errors.WrongPage, match="no such page"):
        arrange(mailing, admin, path="/spring/")
    page.save_revision().publish()
    arrange(mailing, admin, path="/spring/?from=mail")
    assert mailing.path == "/spring/?from=mail"


@pytest.mark.parametrize(("path", "said"), PAGES_ELSEWHERE)
def test_the_button_leads_to_a_page_for_everybody(path: str, said: str, admin: Person) -> None:
    with pytest.raises(errors.WrongPage, match=said):
        arrange(a_draft(admin), admin, path=path)


def test_the_whole_address_of_a_page_of_ours_will_do(admin: Person) -> None:
    mailing = a_draft(admin)
    arrange(mailing, admin, path=" http://localhost:8000/my/messages/?page=2#top ")
    assert mailing.path == "/my/messages/?page=2#top"


def test_a_copy_is_a_new_draft_with_the_same_words(admin: Person) -> None:
    mailing = a_draft(admin)
    arrange(mailing, admin, useless_after=NOW + timedelta(days=1))
    confirm(mailing, admin)
    made = verbs.copy(mailing=mailing, by=admin, at=NOW)
    assert (made.state, made.subject, made.body) == (MailingState.DRAFT, SUBJECT, BODY)
    assert made.title == "Copy of About the date"
    assert (made.useless_after, made.recipients, made.tested_at) == (None, 0, None)
    verbs.delete_draft(mailing=made, by=admin, at=NOW)
    assert Mailing.objects.get() == mailing


def test_choices_are_kept_as_plain_values(admin: Person) -> None:
    mailing = a_draft(admin)
    assert cleaned(segment_of(mailing), mailing.chosen) == mailing.chosen
    assert mailing.chosen == {"team": str(admin.organisation_id), "secret": False}
