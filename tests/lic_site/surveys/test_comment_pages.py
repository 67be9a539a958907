"""The pages on which comments are checked, coded and answered for."""

import pytest

from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys.enums import CommentState
from lic_site.surveys.models import Checker, Comment, Deed, Theme
from tests.factories.surveys import CheckerFactory, CommentFactory, ThemeFactory
from tests.lic_site.surveys.conftest import a_closed_wave
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
QUEUE = "/staff/surveys/comments/"


def a_comment(text: str = "Jo talked a lot.") -> Comment:
    return CommentFactory(wave=a_closed_wave(10), text=text)


def test_the_queue_counts_and_never_quotes(admin: Person, signed_in: SignedIn) -> None:
    a_comment()
    page = signed_in(admin).get(QUEUE).content.decode()
    assert "1 to check" in page
    assert "Jo talked" not in page
    assert "Fewer than two people check comments" in page


def test_the_queue_grows_by_no_query(checker: Person, signed_in: SignedIn) -> None:
    grows_not(signed_in(checker), QUEUE, a_comment, at_most=12)


def test_a_survey_of_many_comments_is_one_page(checker: Person, signed_in: SignedIn) -> None:
    comment = a_comment()
    url = f"/staff/surveys/{comment.wave_id}/comments/"
    grows_not(
        signed_in(checker), url, lambda: CommentFactory(wave=comment.wave), at_most=12, rows=(1, 3)
    )
    assert AuditEvent.objects.filter(
        verb="surveys.comments_viewed", object_id=comment.wave_id
    ).exists()


def test_one_comment_after_another_is_checked(checker: Person, signed_in: SignedIn) -> None:
    first = a_comment()
    second = CommentFactory(wave=first.wave)
    theme, browser = ThemeFactory(), signed_in(checker)
    page = browser.get(f"{QUEUE}{first.pk}/").content.decode()
    assert "Jo talked a lot." in page
    assert "What should we change?" in page
    sent = {"text": "[Somebody] talked.", "themes": [theme.pk], "seen": "waiting", "do": "keep"}
    response = browser.post(f"{QUEUE}{first.pk}/", sent)
    assert response.headers["Location"] == f"{QUEUE}{second.pk}/"
    first.refresh_from_db()
    assert first.text == "[Somebody] talked."
    withheld = {"seen": "waiting", "do": "withhold"}
    asked = browser.post(f"{QUEUE}{second.pk}/", withheld).content.decode()
    assert "delete its words?" in asked
    assert second.text in asked
    assert Comment.objects.get(pk=second.pk).state == CommentState.WAITING
    response = browser.post(f"{QUEUE}{second.pk}/", {**withheld, "sure": "1"})
    assert response.headers["Location"] == f"/staff/surveys/{first.wave_id}/comments/"
    page = browser.get(response.headers["Location"]).content.decode()
    assert "Something was taken out" in page
    assert "Withheld. Its words are deleted." in page
    assert "Nothing waits to be checked" in page


def test_what_was_typed_stays_when_another_checker_was_faster(
    checker: Person, signed_in: SignedIn
) -> None:
    comment = a_comment()
    Comment.objects.update(state=CommentState.CLEARED, checked_on=NOW.date())
    sent = {"text": "My careful words.", "seen": "waiting", "do": "keep"}
    page = signed_in(checker).post(f"{QUEUE}{comment.pk}/", sent).content.decode()
    assert "Somebody else changed this" in page
    assert "My careful words." in page


def test_a_theme_that_is_out_of_use_stays_where_it_was_given(
    checker: Person, signed_in: SignedIn
) -> None:
    comment = a_comment()
    old, other = (ThemeFactory(retired_at=NOW, name=name) for name in ("Kept", "Gone"))
    comment.themes.add(old)
    page = signed_in(checker).get(f"{QUEUE}{comment.pk}/").content.decode()
    assert old.name in page
    assert other.name not in page


def test_a_checker_is_named_and_ended(admin: Person, lead: Person, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    page = browser.post(f"{QUEUE}checkers/", {"person": admin.pk}).content.decode()
    assert "Choose somebody from the list." in page
    browser.post(f"{QUEUE}checkers/", {"person": lead.pk})
    row = Checker.objects.get(person=lead)
    url = f"{QUEUE}checkers/{row.pk}/end/"
    assert "End their time" in browser.get(url).content.decode()
    browser.post(url)
    row.refresh_from_db()
    assert row.ended_at == NOW
    assert "Their time has ended already." in browser.post(url).content.decode()
    assert lead.name in browser.get(f"{QUEUE}checkers/").content.decode()


def test_a_third_checker_is_refused_with_a_sentence(
    admin: Person, lead: Person, signed_in: SignedIn
) -> None:
    CheckerFactory(), CheckerFactory()
    page = signed_in(admin).post(f"{QUEUE}checkers/", {"person": lead.pk}).content.decode()
    assert "Two people check comments already" in page


def test_themes_are_kept_on_their_page(admin: Person, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    browser.post(f"{QUEUE}themes/", {"name": "Pace"})
    theme = Theme.objects.get(name="Pace")
    taken = browser.post(f"{QUEUE}themes/", {"name": "PACE"}).content.decode()
    assert "There is a theme of this name already." in taken
    url = f"{QUEUE}themes/{theme.pk}/"
    assert "Pace" in browser.get(url).content.decode()
    ThemeFactory(name="Food")
    assert "There is a theme" in browser.post(url, {"name": "Food"}).content.decode()
    browser.post(url, {"name": "Speed"})
    for said in ("It is offered no more.", "It is offered again."):
        page = browser.post(url, {"do": "retire"}, follow=True).content.decode()
        assert said in page
        assert "Speed" in page


def test_what_was_done_is_noted_changed_shared_and_removed(
    admin: Person, signed_in: SignedIn
) -> None:
    wave, browser = a_closed_wave(5), signed_in(admin)
    url = f"/staff/surveys/{wave.pk}/deeds/"
    wrong = browser.post(url, {"said": "", "did": "It is shorter."}).content.decode()
    assert "Write what people said." in wrong
    assert "It is shorter." in wrong
    browser.post(url, {"said": "It was long.", "did": "It is shorter."})
    deed = Deed.objects.get()
    one = f"{url}{deed.pk}/"
    assert "It was long." in browser.get(one).content.decode()
    browser.post(one, {"said": "Too long.", "did": "It is shorter."})
    browser.post(one, {"do": "share"})
    deed.refresh_from_db()
    assert (deed.said, deed.shared_at) == ("Too long.", NOW)
    assert "Shared" in browser.get(url).content.decode()
    browser.post(one, {"do": "remove"})
    assert not Deed.objects.exists()


def test_nothing_is_noted_about_an_open_survey(admin: Person, signed_in: SignedIn) -> None:
    wave = a_closed_wave(5)
    wave.state = "open"
    wave.save()
    url = f"/staff/surveys/{wave.pk}/deeds/"
    page = signed_in(admin).post(url, {"said": "a", "did": "b"}).content.decode()
    assert "This survey is still open." in page
