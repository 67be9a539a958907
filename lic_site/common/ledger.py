"""The ledger of erasures: kept outside the database, so that a restored backup can be erased again.

One JSON line each, ids and times only, in ``VAR_DIR/erasures.jsonl``. Keep it apart from the
backups.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Erasure:
    """One person, erased at a moment (UTC)."""

    person_id: int
    at: datetime


def _file() -> Path:
    return Path(settings.VAR_DIR) / "erasures.jsonl"


def write(person_id: int, *, at: datetime) -> None:
    """Write down that this person is erased, on disk before this returns.

    Call it inside the erasing transaction, first: if that fails, a restore does what was asked for.
    """
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"person": person_id, "at": at.isoformat()}) + "\n"
    with file.open("a", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        stream.write(line)
        stream.flush()
        os.fsync(stream.fileno())


def read(*, since: datetime | None = None) -> Iterator[Erasure]:
    """Every erasure from ``since`` on, oldest first.

    After a restore ids are given out again: an erasure older than the backup is in the backup
    already, and its id may by now be somebody else's.
    """
    file = _file()
    if not file.exists():
        return
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            entry = json.loads(line)
            erasure = Erasure(int(entry["person"]), datetime.fromisoformat(entry["at"]))
            if since is None or erasure.at >= since:
                yield erasure
