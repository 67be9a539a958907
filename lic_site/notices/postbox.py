"""One connection to the mail server for many messages, and what its answers mean for one."""

import re
import smtplib
from types import TracebackType
from typing import Self

from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.mail import mailers

from lic_site.notices.letters import Letter
from lic_site.notices.renderer import Message
from lic_site.notices.smtp import WatchedBackend

STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}")
LETTERS = 100
"""How many go over one connection: servers end those that bring more than they like."""


class Undelivered(Exception):
    """What became of a message that was not accepted. Its text names the error and holds no
    address.
    """


class Refused(Undelivered):
    """The server will never take this message (5xx). ``recipient`` is its code, if it is the
    recipient that it refused.
    """

    recipient = ""


class TryLater(Undelivered):
    """The server does not take this message now (4xx)."""


class InDoubt(Undelivered):
    """The connection was lost after the message was handed over: it may arrive."""


class Away(Undelivered):
    """The server cannot be reached, or takes no message at all now: trying others is of no use."""


class Postbox:
    """Holds one connection, opened when a message needs it and renewed after ``LETTERS``."""

    def __init__(self) -> None:
        self.backend = mailers.default
        self._posted = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def post(self, message: Message) -> str:
        """Hand over one message; returns the provider's id for it, if it gives one.

        Raises Refused, TryLater, InDoubt or Away.
        """
        self._open()
        mail = self.as_mail(message)
        try:
            self.backend.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = max(error.recipients.values())
            answer = _answer(error, code)
            if isinstance(answer, Refused):
                answer.recipient = _status(code, words)
            raise answer from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address or our quota, not this message: every other would be refused too.
            self._drop()
            raise Away(_describe(error, error.smtp_code)) from None
        except smtplib.SMTPResponseException as error:
            if error.smtp_code == 421:
                self._drop()
            raise _answer(error, error.smtp_code) from None
        except (smtplib.SMTPException, AnymailError, OSError) as error:
            raise self._lost(error) from None
        except ValueError as error:
            # No address at all, in spite of every form: no server will ever take it.
            raise Refused(_describe(error)) from None
        return getattr(getattr(mail, "anymail_status", None), "message_id", None) or ""

    @property
    def is_told(self) -> bool:
        """Whether the answer is the recipient's own server's word, or one that speaks for it."""
        return isinstance(self.backend, WatchedBackend)

    def as_mail(self, message: Message) -> Letter:
        mail = Letter(
            message.subject,
            message.text,
            message.sender,
            [message.to],
            headers=dict(message.headers),
        )
        mail.attach_alternative(message.html, "text/html")
        return mail

    def _open(self) -> None:
        if self._posted == LETTERS:
            self._close()
        self._posted += 1
        try:
            self.backend.open()
            if isinstance(self.backend, WatchedBackend):
                self.backend.begin()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise Away(_describe(error)) from None

    def _lost(self, error: Exception) -> Undelivered:
        """What a failure means that is no answer of an SMTP server."""
        if isinstance(error, AnymailRecipientsRefused | AnymailInvalidAddress):
            return Refused(_describe(error))
        if isinstance(error, AnymailError):
            code = error.status_code
            ours = code in {400, 413, 422}
            return Refused(_describe(error, code)) if ours else Away(_describe(error, code))
        in_doubt = isinstance(self.backend, WatchedBackend) and self.backend.handed_over
        self._drop()
        return InDoubt(_describe(error)) if in_doubt else Away(_describe(error))

    def _close(self) -> None:
        """Say goodbye to the server, if it still listens."""
        self._posted = 0
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        self._posted = 0
        if isinstance(self.backend, WatchedBackend):
            self.backend.drop()


def _answer(error: Exception, code: int) -> Undelivered:
    kind = Refused if 500 <= code < 600 else TryLater
    return kind(_describe(error, code))


def _status(code: int, words: bytes) -> str:
    """The code of an answer, and its status if one follows (RFC 2034): '550 5.1.1'."""
    found = STATUS.match(words.decode("ascii", "replace"))
    return f"{code} {found[0]}" if found else str(code)


def _describe(error: Exception, code: int | None = None) -> str:
    """The error's name and code. Its words may hold an address, so they are left out."""
    return f"{type(error).__name__} {code}" if code else type(error).__name__
