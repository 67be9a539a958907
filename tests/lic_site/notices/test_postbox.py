"""What the mail server's answers mean, against a server that gives them."""

import smtplib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from anymail.exceptions import (
    AnymailAPIError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
)
from django.core.mail.backends.locmem import EmailBackend

from lic_site.env import mailer
from lic_site.notices.postbox import Away, InDoubt, Postbox, Refused, TryLater, Undelivered
from lic_site.notices.renderer import Message
from lic_site.notices.smtp import WatchedBackend
from lic_site.portal.bench import processes
from lic_site.portal.bench.processes import MailSink

MESSAGE = Message(
    to="alice@example.org",
    sender="Programme office <office@example.org>",
    subject="Hello",
    text="Hello",
    html="<p>Hello</p>",
    headers={"Message-ID": "<one@example.org>"},
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailSink]:
    with processes.mail_sink(tmp_path_factory.mktemp("sink")) as sink:
        yield sink


@pytest.fixture
def mail_sink(server: MailSink, settings: Any) -> Iterator[MailSink]:
    settings.MAILERS = {"default": mailer(server.url.replace("timeout=2", "timeout=1"))}
    server.log.write_text("")
    yield server
    server.behave("ok")


def post() -> str:
    with Postbox() as postbox:
        return postbox.post(MESSAGE)


def test_a_connection_is_renewed_before_a_server_has_had_enough_of_it(
    mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lic_site.notices.postbox.LETTERS", 2)
    used = []
    with Postbox() as postbox:
        for _ in range(5):
            postbox.post(MESSAGE)
            used.append(postbox.backend.connection)
    assert [used.index(each) for each in used] == [0, 0, 2, 2, 4]
    assert len(mail_sink.message_ids()) == 5


def test_a_renewed_connection_that_fails_is_no_doubt(
    mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the next message was handed over, so it goes again; the one before stays sent."""
    monkeypatch.setattr("lic_site.notices.postbox.LETTERS", 1)
    with Postbox() as postbox:
        postbox.post(MESSAGE)
        mail_sink.behave("hang", times=1)
        with pytest.raises(Away):
            postbox.post(MESSAGE)
        postbox.post(MESSAGE)
    assert len(mail_sink.message_ids()) == 2


def test_one_connection_carries_a_batch(mail_sink: MailSink) -> None:
    with Postbox() as postbox:
        postbox.post(MESSAGE)
        first = postbox.backend.connection
        postbox.post(MESSAGE)
        assert postbox.backend.connection is first
    assert mail_sink.message_ids() == ["<one@example.org>"] * 2


@pytest.mark.parametrize(
    ("mode", "meaning", "words"),
    [
        ("4xx", TryLater, "SMTPRecipientsRefused 451"),
        ("5xx", Refused, "SMTPRecipientsRefused 550"),
        ("drop", InDoubt, "SMTPServerDisconnected"),
        ("hang", Away, "SMTPServerDisconnected"),
    ],
)
def test_answers_are_told_apart(
    mail_sink: MailSink, mode: str, meaning: type[Undelivered], words: str
) -> None:
    mail_sink.behave(mode)
    with pytest.raises(meaning, match=words):
        post()


def test_after_a_refusal_the_connection_goes_on(mail_sink: MailSink) -> None:
    mail_sink.behave("5xx", times=1)
    with Postbox() as postbox:
        with pytest.raises(Refused):
            postbox.post(MESSAGE)
        postbox.post(MESSAGE)
    assert len(mail_sink.message_ids()) == 1


def test_after_a_loss_a_new_connection_is_made_without_doubt(mail_sink: MailSink) -> None:
    mail_sink.behave("drop", times=1)
    with Postbox() as postbox:
        with pytest.raises(InDoubt):
            postbox.post(MESSAGE)
        postbox.post(MESSAGE)
        mail_sink.behave("hang", times=1)
        with pytest.raises(Away):
            postbox.post(MESSAGE)


def test_a_server_that_does_not_answer_is_away(settings: Any) -> None:
    settings.MAILERS = {"default": mailer(f"smtp://127.0.0.1:{processes.free_port()}?timeout=1")}
    with pytest.raises(Away, match="ConnectionRefusedError"):
        post()


class Failing(EmailBackend):
    """A provider that answers with this error."""

    error: Exception = OSError()

    def send_messages(self, messages: Any) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "meaning", "words"),
    [
        (smtplib.SMTPSenderRefused(550, b"no", "a@b.c"), Away, "SMTPSenderRefused 550"),
        (smtplib.SMTPDataError(554, b"alice@example.org"), Refused, "SMTPDataError 554"),
        (smtplib.SMTPDataError(451, b"later"), TryLater, "SMTPDataError 451"),
        (smtplib.SMTPDataError(421, b"closing"), TryLater, "SMTPDataError 421"),
        (AnymailRecipientsRefused(), Refused, "AnymailRecipientsRefused"),
        (AnymailInvalidAddress("alice@example.org"), Refused, "AnymailInvalidAddress"),
        (AnymailAPIError(status_code=422), Refused, "AnymailAPIError 422"),
        (AnymailAPIError(status_code=429), Away, "AnymailAPIError 429"),
        (AnymailAPIError(), Away, "AnymailAPIError$"),
        (TimeoutError(), Away, "TimeoutError"),
    ],
)
def test_errors_are_told_apart_and_name_no_address(
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    meaning: type[Undelivered],
    words: str,
) -> None:
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Failing"}}
    monkeypatch.setattr(Failing, "error", error)
    if hasattr(error, "response"):
        monkeypatch.setattr(error, "response", None)
    with pytest.raises(meaning, match=words) as told:
        post()
    assert "example" not in str(told.value)


def test_an_address_that_is_none_is_refused_for_good(mail_sink: MailSink) -> None:
    with Postbox() as postbox, pytest.raises(Refused, match=r"^ValueError$"):
        postbox.post(replace(MESSAGE, to="alice at example"))
    assert not mail_sink.message_ids()


def test_a_goodbye_that_fails_is_no_error(
    mail_sink: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rude(self: object) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(WatchedBackend, "close", rude)
    post()
    assert len(mail_sink.message_ids()) == 1


def test_an_encrypted_connection_is_watched_too(settings: Any) -> None:
    settings.MAILERS = {"default": mailer("smtps://127.0.0.1:465")}
    backend = Postbox().backend
    assert issubclass(backend.connection_class, smtplib.SMTP_SSL)
    assert not backend.handed_over
