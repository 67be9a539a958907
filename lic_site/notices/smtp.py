"""Django's SMTP backend, with one thing more: it knows whether a message was handed over."""

import re
import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

PLAIN = re.compile(r"[a-zA-Z0-9.+_-]+@[a-zA-Z0-9.-]+")


class _Watched:
    """Notes when the text of a message begins to leave for the server."""

    handed_over = False

    def data(self, msg: Any) -> Any:
        self.handed_over = True
        return super().data(msg)  # type: ignore[misc]


class _SMTP(_Watched, smtplib.SMTP):
    pass


class _SMTPOverTLS(_Watched, smtplib.SMTP_SSL):
    pass


class WatchedBackend(EmailBackend):
    """After a lost connection ``handed_over`` tells whether the server may have the message."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._prepared: dict[str, str] = {}

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SMTPOverTLS if self.use_ssl else _SMTP

    def prep_address(self, address: str, force_ascii: bool = True) -> str:  # noqa: FBT001, FBT002
        """As Django does it, but plain addresses are not parsed, and the sender's only once."""
        if PLAIN.fullmatch(address):
            return address
        if address not in self._prepared:
            self._prepared[address] = super().prep_address(address, force_ascii=force_ascii)
        return self._prepared[address]

    @property
    def handed_over(self) -> bool:
        return bool(getattr(self.connection, "handed_over", False))

    def begin(self) -> None:
        """A new message follows on the open connection."""
        if self.connection is not None:
            setattr(self.connection, "handed_over", False)  # noqa: B010 - typed as plain SMTP

    def drop(self) -> None:
        """Let go of a connection that went wrong, without waiting for the server's goodbye."""
        for name in ("connection", "_partial_connection"):
            connection: smtplib.SMTP | None = getattr(self, name)
            if connection is not None:
                connection.close()
            setattr(self, name, None)
