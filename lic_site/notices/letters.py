"""A message as a mail of two versions, put together fast: a mail-out spends its time here."""

from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import Compat32
from email.utils import formataddr, formatdate, parseaddr
from secrets import token_hex
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 998
"""Octets that a mail server must take (RFC 5322, 2.1.1)."""
SHORT_LINE = 76
"""Characters of a header's line that no server and no library folds."""


class _Plain(Compat32):
    """As the standard library writes headers, but one that is short and plain is not first taken
    apart: that took longer than rendering the words.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        is_text = isinstance(value, str) and value.isascii() and value.isprintable()
        if is_text and value == value.strip() and len(name) + 2 + len(value) <= SHORT_LINE:
            return f"{name}: {value}{self.linesep}".encode()
        return super().fold_binary(name, value)


_SMTP = _Plain(linesep="\r\n")
_AS_IT_IS, _IN_SHORT_LINES = Charset("utf-8"), Charset("utf-8")
_AS_IT_IS.body_encoding = None  # type: ignore[assignment] # 8BITMIME
_IN_SHORT_LINES.body_encoding = QP


class Letter(EmailMultiAlternatives):
    """Django's own, save that plain classes of the standard library write the text: the newer
    ones parse each header anew, which took a third of a delivery.

    It holds what we send and nothing else: one recipient, plain text and HTML, headers of ours.
    """

    def message(self, **_: Any) -> Any:
        # A boundary given is one not searched for in the text, where 128 random bits never stand.
        mail = MIMEMultipart("alternative", boundary=token_hex(16), policy=_SMTP)
        mail["Subject"] = str(self.subject)
        mail["From"] = formataddr(parseaddr(self.from_email))
        mail["To"] = self.to[0]
        mail["Date"] = formatdate()
        for name, value in self.extra_headers.items():
            mail[name] = value
        mail.attach(_part(str(self.body), "plain"))
        for content, _mimetype in self.alternatives:
            mail.attach(_part(str(content), "html"))
        return mail


def _part(text: str, kind: str) -> MIMEText:
    long = any(len(line.encode()) > LONGEST_LINE for line in text.splitlines())
    charset: Any = _IN_SHORT_LINES if long else _AS_IT_IS
    return MIMEText(text, kind, charset)
