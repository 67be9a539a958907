"""Whose words go out: the product's own until the office publishes some that can be sent."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.template.loader import get_template
from pytest_django import DjangoAssertNumQueries

from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.services.editors import prepare_editors
from lic_site.notices import catalogue, services, texts, wording
from lic_site.notices.models import MessageText
from lic_site.notices.postbox import Postbox, TryLater
from lic_site.notices.renderer import render_sample
from lic_site.notices.services import texts as verbs
from tests.factories.people import PersonFactory
from tests.lic_site.notices import conftest
from tests.lic_site.notices.support import NOW, News, Reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NAME = "tests.reminder"


@pytest.fixture
def text(reminder: Reminder) -> MessageText:
    """The row of the reminder, not in use."""
    services.make_texts(at=NOW)
    return MessageText.objects.get(kind=NAME)


@pytest.fixture
def editor() -> Person:
    made: Person = PersonFactory(address="editor@example.org")
    return made


def publish(text: MessageText, body: str = "Dear {name}, look.") -> None:
    """As the editor's pages do."""
    text.body = body
    text.save_revision().publish()
    text.refresh_from_db()


def sent(person: Person) -> str:
    services.send(NAME, to=person, about=person.organisation, at=NOW)  # type: ignore[arg-type]
    services.drain(seconds=1)
    return str(mail.outbox[-1].body)


def test_each_kind_has_a_row_with_the_products_words_however_often_made(text: MessageText) -> None:
    services.make_texts(at=NOW)
    assert set(MessageText.objects.values_list("kind", flat=True)) == {NAME, "tests.news"}
    assert (text.live, text.has_unpublished_changes, str(text)) == (False, False, "A reminder")
    assert text.source == str(get_template("emails/tests.reminder.txt").template.source)  # type: ignore[attr-defined]
    assert not wording.check(text.source, names=texts.names_of(Reminder()))


def test_making_them_again_costs_two_queries(
    text: MessageText, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(4):
        services.make_texts(at=NOW)


def test_a_kind_whose_records_bring_their_words_has_no_row(
    reminder: Reminder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(News, "is_written_each_time", True)
    services.make_texts(at=NOW)
    assert MessageText.objects.get().kind == NAME
    assert {row["kind"].name for row in catalogue.kind_rows()} == {NAME, "tests.news"}


def test_the_editors_may_change_and_publish_neither_add_nor_delete(reminder: Reminder) -> None:
    prepare_editors(at=NOW)
    services.make_texts(at=NOW)
    held = Group.objects.get(name="Editors").permissions.filter(content_type__model="messagetext")
    assert set(held.values_list("codename", flat=True)) == set(verbs.RIGHTS)


def test_a_release_changes_the_rows_that_are_not_in_use(text: MessageText) -> None:
    MessageText.objects.update(body="Old words.")
    other = MessageText.objects.get(kind="tests.news")
    publish(other, "Ours.")
    services.make_texts(at=NOW)
    text.refresh_from_db()
    other.refresh_from_db()
    assert text.body.startswith("Hello {name},")
    assert other.body == "Ours."


def test_published_words_go_out_and_drafts_do_not(text: MessageText) -> None:
    assert "This is for you." in sent(PersonFactory())
    text.body = "Not yet."
    text.save_revision()
    assert "This is for you." in sent(PersonFactory())
    publish(text)
    assert "Dear A & B, look." in sent(PersonFactory())


def test_a_batch_reads_the_published_words_once(
    text: MessageText,
    settings: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    publish(text)
    settings.PAGE_CACHE = True
    kind = texts.editable_kinds()[NAME]
    texts.words_of(kind)
    with django_assert_max_num_queries(1):
        for _ in range(10):
            assert "Dear {name}" in texts.words_of(kind)


def test_words_that_a_release_broke_give_way_and_staff_are_told(text: MessageText) -> None:
    publish(text)
    MessageText.objects.filter(pk=text.pk).update(body="Dear {nobody}.")
    assert "This is for you." in sent(PersonFactory())
    row = next(row for row in catalogue.kind_rows() if row["kind"].name == NAME)
    assert not row["standing"].is_edited
    assert "{nobody}: nothing is called ‘nobody’ here" in row["standing"].faults[0]
    assert row["subject"] == "Something needs your answer by 21 November 2026"


def test_published_words_of_a_kind_that_has_gone_harm_nobody(text: MessageText) -> None:
    publish(text)
    MessageText.objects.filter(pk=text.pk).update(kind="tests.gone")
    assert "This is for you." in sent(PersonFactory())
    text.refresh_from_db()
    assert (str(text), text.preview_modes) == ("tests.gone", [])


def test_the_list_of_kinds_says_whose_words_in_one_query(
    text: MessageText, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text.subject = "A date"
    publish(text)
    with django_assert_num_queries(1):
        rows = {row["kind"].name: row for row in catalogue.kind_rows()}
    assert (rows[NAME]["standing"].is_edited, rows[NAME]["subject"]) == (True, "A date")
    assert not rows["tests.news"]["standing"].is_edited


def test_reset_puts_the_products_words_back_and_keeps_the_versions(
    text: MessageText, editor: Person
) -> None:
    publish(text)
    verbs.reset_text(text=text, by=editor, at=NOW)
    assert "This is for you." in sent(PersonFactory())
    text.refresh_from_db()
    assert (text.live, text.has_unpublished_changes) == (False, False)
    assert text.get_latest_revision_as_object().body.startswith("Hello {name},")
    assert "Dear {name}, look." in {each.content["body"] for each in text.revisions.all()}
    event = AuditEvent.objects.get(verb="notices.text_reset")
    assert (event.actor_id, event.object_id) == (editor.pk, text.pk)
    with pytest.raises(verbs.AlreadyDefault):
        verbs.reset_text(text=text, by=editor, at=NOW)


def test_a_draft_alone_is_reset_too(text: MessageText, editor: Person) -> None:
    text.body = "Not yet."
    text.save_revision()
    verbs.reset_text(text=text, by=editor, at=NOW)
    assert text.get_latest_revision_as_object().body.startswith("Hello {name},")


def test_a_sample_goes_to_whoever_edits_and_is_not_kept(text: MessageText, editor: Person) -> None:
    text.body = "Dear {name}, unsaved."
    assert verbs.send_sample(text=text, to=editor) == "editor@example.org"
    [message] = mail.outbox
    assert message.to == ["editor@example.org"]
    assert "Dear A & B, unsaved." in message.body
    assert not editor.notices.exists()


def test_a_sample_that_cannot_be_sent_is_said(
    text: MessageText, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(verbs.NoAddress):
        verbs.send_sample(text=text, to=PersonFactory(user=None))

    def refuse(*_: object) -> str:
        raise TryLater("451")

    monkeypatch.setattr(Postbox, "post", refuse)
    with pytest.raises(verbs.NotSent):
        verbs.send_sample(text=text, to=editor)


def test_preview_is_delivery(text: MessageText, rf: Any) -> None:
    """The very bytes that would go out with the same values."""
    text.body = "Dear {name}, look.\n\n{if by}By {by}.{end}"
    modes = dict(text.preview_modes)
    assert list(modes) == ["usual", "long", "least", "plain"]
    for mode in ("usual", "long", "least"):
        shown = text.serve_preview(rf.get("/"), mode).content.decode()
        sample = texts.samples_of(Reminder())[mode].context
        assert shown == render_sample(Reminder(), sample=mode, source=text.source).html
        assert f"Dear {wording.said(sample['name'])}".replace("&", "&amp;") in shown
    plain = text.serve_preview(rf.get("/"), "plain")
    assert plain["Content-Type"].startswith("text/plain")
    assert plain.content.decode().startswith("Subject: Something needs your answer by 21 November")


def test_every_sample_suits_the_words(reminder: Reminder) -> None:
    conftest.KINDS[0].words = {
        "name": "Ade",
        "by": NOW,
        "count": 3,
        "yes": True,
        "others": ["Mei", "Jo"],
        "card": wording.Card(("Title", "Room")),
        "ratio": 0.5,
    }
    context = conftest.KINDS[0].sample()
    varied = wording.varied(context, may_be_empty=set(context) - {"link"})
    least = varied["least"].context
    assert not any(wording.is_there(value) for name, value in least.items() if name != "link")
    assert {type(least[name]) for name in ("name", "count", "yes")} == {str, int, bool}
    longest = varied["long"].context
    assert longest["count"] == 328
    assert len(longest["others"]) > 7
    assert longest["card"].lines[0].startswith("Title of Children")
    assert longest["link"] == least["link"] == context["link"]
    kept = wording.varied(context, may_be_empty=())["least"].context
    assert (kept["count"], kept["others"], kept["yes"], kept["name"]) == (1, ["Mei"], True, "Ade")
    assert wording.varied({"given_name": "Sam"}, may_be_empty=())["long"].context == {
        "given_name": "Oluwaseun-Maximiliana"
    }
