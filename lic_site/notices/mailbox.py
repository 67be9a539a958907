"""The messages that the demonstration wrote to files instead of sending them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils import timezone

SEPARATOR = b"\n" + b"-" * 79 + b"\n"
FILES = 2000
"""How many files are looked through, newest first."""


@dataclass(frozen=True)
class Kept:
    """One message as it was written."""

    id: str
    mail: EmailMessage
    at: datetime

    @property
    def to(self) -> str:
        return str(self.mail["To"] or "")

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"] or "")

    @property
    def text(self) -> str:
        part = self.mail.get_body(("plain",))
        return str(part.get_content()) if part else ""

    @property
    def html(self) -> str:
        part = self.mail.get_body(("html",))
        return str(part.get_content()) if part else ""


def folder() -> Path | None:
    """Where messages are written; None when they are really sent."""
    options = cast("dict[str, str]", settings.MAILERS["default"].get("OPTIONS", {}))
    return Path(options["file_path"]) if "file_path" in options else None


def search(address: str = "", *, limit: int = 500) -> list[Kept]:
    """The newest messages, or those whose address holds these letters."""
    wanted = address.strip().lower()
    return list(islice((kept for kept in _all() if wanted in kept.to.lower()), limit))


def find(kept_id: str) -> Kept | None:
    """One message by its id."""
    name, _, _ = kept_id.rpartition(".")
    found = [file for file in _files() if file.name == name]
    return next((kept for file in found for kept in _in(file) if kept.id == kept_id), None)


def _files() -> list[Path]:
    where = folder()
    if where is None or not where.is_dir():
        return []
    newest = sorted(where.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return newest[:FILES]


def _all() -> Iterator[Kept]:
    for file in _files():
        yield from reversed(_in(file))


def _in(file: Path) -> list[Kept]:
    written = [text for text in file.read_bytes().split(SEPARATOR) if text.strip()]
    return [
        _kept(f"{file.name}.{place}", message_from_bytes(text, policy=policy.default))
        for place, text in enumerate(written)
    ]


def _kept(kept_id: str, mail: object) -> Kept:
    message = cast("EmailMessage", mail)
    at = parsedate_to_datetime(message["Date"])
    # "-0000" is UTC whose sender keeps no local time: the standard library reads it as naive.
    return Kept(kept_id, message, timezone.localtime(at if at.tzinfo else at.replace(tzinfo=UTC)))
