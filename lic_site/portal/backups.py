"""Backups of the database and the files, and what has to be put right after a restore.

One ``.tar.gz``: ``manifest.json``, the database (a copy made by SQLite, or ``pg_dump``'s plain
text),
``private/`` and ``media/``. No secret is in it: ``SECRET_KEY``, ``FIELD_KEYS`` and the ledger of
erasures are kept apart.
"""

import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
import wagtail
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lic_site.accounts.models import Person, User
from lic_site.accounts.services.privacy import reapply_erasures
from lic_site.common import page_cache
from lic_site.common.errors import Refusal
from lic_site.common.models import Tick
from lic_site.notices import services as notices
from lic_site.portal import dumps

FORMAT = 1
QUIET_TICKS = 3
"""How many intervals the clock must have been silent before a restore."""


class FileExists(Refusal):
    sentence = "There is already a file of that name: choose another."


class NotABackup(Refusal):
    sentence = "This file is not a backup of this site, or it is damaged."


class OtherDatabase(Refusal):
    def __init__(self, made: str, here: str) -> None:
        super().__init__(
            f"The backup was made from {made} and this site uses {here}: "
            "set DATABASE_URL to the same kind."
        )


class NewerBackup(Refusal):
    sentence = (
        "The backup was made by a newer version of the site: install that version, then restore."
    )


class NotEmpty(Refusal):
    sentence = (
        "The database holds people. Restoring replaces all of it: add --force if that is meant."
    )


class ClockRuns(Refusal):
    sentence = (
        "The clock of this site ticked a moment ago. Stop web, worker and beat, wait a few "
        "minutes and restore again: otherwise messages could go out twice."
    )


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made_at: str
    database: str
    migrations: list[str]
    versions: dict[str, str]

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    made_at: datetime
    erased_again: int
    held: int


def _roots() -> dict[str, Path]:
    return {"private": Path(settings.PRIVATE_ROOT), "media": Path(settings.MEDIA_ROOT)}


# Making one ----------------------------------------------------------------------------------


def make(file: Path, *, at: datetime) -> Manifest:
    """Write a backup to ``file``, readable by its owner alone. Raises FileExists, dumps.Failed; a
    failure leaves no file.

    The database is taken first: a file that came later is too many, none is missing.
    """
    if file.exists():
        raise FileExists
    manifest = Manifest(
        format=FORMAT,
        made_at=at.isoformat(),
        database=connection.vendor,
        migrations=sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations),
        versions={"django": django.__version__, "wagtail": wagtail.__version__},
    )
    part = file.with_name(f"{file.name}.part")
    try:
        part.touch(mode=0o600)
        with _scratch(file.parent) as scratch, tarfile.open(part, "w:gz") as archive:
            words = scratch / "manifest.json"
            words.write_text(json.dumps(asdict(manifest), indent=1))
            archive.add(words, words.name)
            dump = scratch / dumps.name()
            dumps.take(dump)
            archive.add(dump, dump.name)
            for name, root in _roots().items():
                _add_files(archive, name, root)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _add_files(archive: tarfile.TarFile, name: str, root: Path) -> None:
    for path in sorted(root.rglob("*")):
        try:
            archive.add(path, f"{name}/{path.relative_to(root)}", recursive=False)
        except FileNotFoundError:
            continue  # deleted in the meantime


# Putting one back ----------------------------------------------------------------------------


def restore(file: Path, *, at: datetime, force: bool = False) -> Restored:
    """Put database and files back as they were, then put right what has happened since: sign-ins
    end, erasures are applied again, and messages due since the backup wait for staff.

    Files that were here are kept beside, in ``<folder>.before-<time>``. Raises a Refusal before
    anything is changed.
    """
    with _scratch(Path(settings.VAR_DIR)) as scratch:
        manifest = _unpack(file, scratch)
        _check(manifest, at=at, force=force)
        dumps.put_back(scratch / dumps.name())
        for name, root in _roots().items():
            _swap(scratch / name, root, at)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    for alias in settings.CACHES:
        caches[alias].clear()
    erased = reapply_erasures(since=manifest.moment, at=at)
    held = notices.park_due(since=manifest.moment, at=at)
    page_cache.bump()
    return Restored(made_at=manifest.moment, erased_again=erased, held=held)


def _unpack(file: Path, scratch: Path) -> Manifest:
    try:
        with tarfile.open(file, "r:gz") as archive:
            archive.extractall(scratch, filter="data")
        values: dict[str, Any] = json.loads((scratch / "manifest.json").read_text())
        manifest = Manifest(**values)
        usable = manifest.format == FORMAT and bool(manifest.moment.tzinfo)
    except (tarfile.TarError, OSError, EOFError, ValueError, TypeError) as error:
        raise NotABackup from error
    if not usable:
        raise NotABackup
    return manifest


def _check(manifest: Manifest, *, at: datetime, force: bool) -> None:
    if manifest.database != connection.vendor:
        raise OtherDatabase(manifest.database, connection.vendor)
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations or ()}
    if not set(manifest.migrations) <= known:
        raise NewerBackup
    tables = connection.introspection.table_names()
    if Tick._meta.db_table in tables:
        lately = at - timedelta(seconds=QUIET_TICKS * settings.TICK_SECONDS)
        if Tick.objects.filter(started_at__gt=lately).exists():
            raise ClockRuns
    has_people = Person._meta.db_table in tables and (
        Person.objects.exists() or User.objects.exists()
    )
    if has_people and not force:
        raise NotEmpty


def _swap(restored: Path, root: Path, at: datetime) -> None:
    if root.exists():
        root.rename(root.with_name(f"{root.name}.before-{at:%Y%m%dT%H%M%S}"))
    if restored.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(restored, root)


@contextmanager
def _scratch(beside: Path) -> Iterator[Path]:
    """A folder that nobody else can read, gone afterwards."""
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".backup-") as folder:
        yield Path(folder)
