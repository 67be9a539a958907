"""The words of messages at /manage/: who may, what is refused, and that nothing typed is lost."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lic_site.accounts.enums import Role
from lic_site.accounts.services.editors import prepare_editors
from lic_site.accounts.services.roles import grant_role
from lic_site.notices import protocol, services
from lic_site.notices.models import MessageText
from lic_site.notices.services import texts as verbs
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices import conftest
from tests.lic_site.notices.support import NOW, Reminder
from tests.support.people import SignedIn
from tests.support.queries import grows_not

pytestmark = pytest.mark.django_db
LIST = "/manage/texts/"


@pytest.fixture
def text(reminder: Reminder) -> MessageText:
    prepare_editors(at=timezone.now())
    services.make_texts(at=timezone.now())
    return MessageText.objects.get(kind="tests.reminder")


def holder(role: str) -> Any:
    person = PersonFactory(address=f"{role}@example.org")
    today = timezone.localdate()
    grant_role(person=person, role=role, starts_on=today, ends_on=today, by=None, at=timezone.now())
    return person


@pytest.fixture
def editor(text: MessageText, signed_in: SignedIn) -> Client:
    return signed_in(holder(Role.EDITOR))


def edit(text: MessageText) -> str:
    return f"{LIST}edit/{text.pk}/"


def typed(text: MessageText, **changed: str) -> dict[str, str]:
    parts = {name: getattr(text, name) for name in ("subject", "body", "button", "why")}
    return {**parts, **changed}


def test_editors_see_every_text_and_add_none(editor: Client) -> None:
    page = editor.get(LIST).text
    assert "A reminder" in page
    assert "News" in page
    assert editor.get(f"{LIST}add/").status_code in {302, 403, 404}
    assert "Message texts" in editor.get("/manage/").text


def test_nobody_deletes_a_text(editor: Client, text: MessageText) -> None:
    answer = editor.post(f"{LIST}delete/{text.pk}/")
    assert answer.status_code in {302, 403, 404}
    bulk = f"/manage/bulk/notices/messagetext/delete/?id={text.pk}"
    editor.post(bulk, {"next": LIST})
    assert MessageText.objects.filter(pk=text.pk).exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COLLEGE_ADMIN, Role.ANALYST])
def test_editorial_roles_edit_and_others_do_not(
    text: MessageText, signed_in: SignedIn, role: str
) -> None:
    is_editorial = role != Role.ANALYST
    client = signed_in(holder(role))
    for address in (LIST, edit(text), f"{LIST}unpublish/{text.pk}/", f"{LIST}history/{text.pk}/"):
        assert (client.get(address).status_code == 200) is is_editorial, address
    for person in (PersonFactory(),):
        assert signed_in(person).get(edit(text)).status_code == 404


def test_the_page_says_what_can_be_filled_in_and_whose_words_go_out(
    editor: Client, text: MessageText
) -> None:
    page = editor.get(edit(text)).text
    assert "{name}" in page
    assert "A &amp; B" in page
    assert "21 November 2026" in page
    assert "{link}" not in page
    assert "The site’s own words go out" in page


def test_an_unknown_name_is_refused_and_what_was_typed_stays(
    editor: Client, text: MessageText
) -> None:
    wrong = typed(text, body="Dear {nam}, much that I typed.", subject="For {name}")
    for action in ({}, {"action-publish": "Publish"}):
        page = editor.post(edit(text), {**wrong, **action}).text
        assert "{nam}: nothing is called ‘nam’ here. Did you mean ‘name’?" in page
        assert "Only a date can." in page
        assert "much that I typed." in page
    text.refresh_from_db()
    assert (text.live, text.latest_revision) == (False, None)


def test_publishing_puts_the_words_in_use_and_reset_takes_them_out(
    editor: Client, text: MessageText
) -> None:
    ours = typed(text, body="Dear {name}, these are ours.", **{"action-publish": "Publish"})
    assert editor.post(edit(text), ours).status_code == 302
    text.refresh_from_db()
    assert (text.live, text.body) == (True, "Dear {name}, these are ours.")
    assert "Your published words go out" in editor.get(edit(text)).text
    reset = f"{LIST}unpublish/{text.pk}/"
    assert "Use the site’s own words" in editor.get(reset).text
    text.refresh_from_db()
    assert text.live, "looking changes nothing"
    page = editor.post(reset, follow=True).text
    assert "says the site’s own words again" in page
    text.refresh_from_db()
    assert not text.live
    assert "Nothing was changed" in editor.post(reset, follow=True).text
    history = editor.get(f"{LIST}history/{text.pk}/").text
    assert "ublished" in history


def test_a_draft_changes_nothing_that_goes_out(editor: Client, text: MessageText) -> None:
    editor.post(edit(text), typed(text, body="Not yet, {name}."))
    text.refresh_from_db()
    assert (text.live, text.has_unpublished_changes) == (False, True)
    assert "Not yet, {name}." in editor.get(edit(text)).text
    verbs.make_texts(at=NOW)
    assert "Not yet, {name}." in editor.get(edit(text)).text, "a draft outlives a release"


def test_what_is_typed_is_sent_to_the_editor_and_not_saved(
    editor: Client, text: MessageText
) -> None:
    sending = {"action-send-sample": "Send"}
    page = editor.post(edit(text), {**typed(text, body="Dear {name}, unsaved."), **sending}).text
    assert "Sent to editor@example.org, with made-up details." in page
    assert "Dear {name}, unsaved." in page
    assert "Dear A & B, unsaved." in mail.outbox[0].body
    wrong = editor.post(edit(text), {**typed(text, body="{nobody}"), **sending}).text
    assert "nothing is called ‘nobody’" in wrong
    text.refresh_from_db()
    assert (len(mail.outbox), text.latest_revision) == (1, None)
    assert "Sent" not in editor.get(f"{edit(text)}?action-send-sample=1").text


def test_a_mail_server_that_is_away_is_said(
    editor: Client, text: MessageText, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> str:
        raise verbs.NotSent("The mail server did not take it. Try again in a minute.")

    monkeypatch.setattr(services, "send_sample", refuse)
    page = editor.post(edit(text), {**typed(text), "action-send-sample": "Send"}).text
    assert "The mail server did not take it." in page


def test_the_preview_shows_what_is_typed_with_each_sample(
    editor: Client, text: MessageText
) -> None:
    preview = f"{LIST}preview/{text.pk}/"
    editor.post(preview, typed(text, body="Dear {name}, unsaved."))
    for mode, seen in (
        ("usual", "Dear A &amp; B, unsaved."),
        ("long", "A &amp; B of Children"),
        ("plain", "Dear A & B, unsaved."),
    ):
        shown = editor.get(f"{preview}?mode={mode}")
        assert seen in shown.text
        assert "frame-ancestors 'self'" in shown["Content-Security-Policy"]


def test_a_text_of_a_kind_that_has_gone_cannot_be_changed(
    editor: Client, text: MessageText
) -> None:
    MessageText.objects.filter(pk=text.pk).update(kind="tests.gone")
    assert "tests.gone" not in editor.get(LIST).text
    page = editor.post(edit(text), typed(text)).text
    assert "There is no such message any more" in page


def test_the_list_costs_the_same_whatever_its_length(editor: Client) -> None:
    def add() -> None:
        kind = Reminder()
        kind.name = f"tests.more{MessageText.objects.count()}"
        conftest.KINDS.append(kind)
        protocol.kinds.cache_clear()
        MessageText.objects.create(kind=kind.name, live=False)

    grows_not(editor, LIST, add, at_most=12)


def test_staff_see_whose_words_go_out_and_editors_are_led_to_them(
    text: MessageText, signed_in: SignedIn
) -> None:
    college = signed_in(staff())
    address = reverse("notices:kind", args=["tests.reminder"])
    page = college.get(address).text
    assert edit(text) in page
    assert "The site’s own" in page
    text.body = "Ours, {name}."
    text.save_revision().publish()
    assert re.search(r"The office’s, since \d", college.get(reverse("notices:kinds")).text)
    html = college.get(reverse("notices:kind_html", args=["tests.reminder"])).text
    assert "Ours, A &amp; B." in html
    MessageText.objects.filter(pk=text.pk).update(body="{nobody}")
    assert "To put right" in college.get(reverse("notices:kinds")).text
    assert "cannot be sent any more" in college.get(address).text
    editor = signed_in(holder(Role.EDITOR))
    assert "cannot be sent any more" in editor.get(edit(text)).text
