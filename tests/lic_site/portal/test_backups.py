"""A backup that is put back: the same people and files, erased again, and no message twice."""

import io
import json
import os
import stat
import tarfile
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.accounts.services.privacy import erase_person
from lic_site.common import fields, ticks
from lic_site.common.models import Generation, Tick
from lic_site.common.storage import private
from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from lic_site.portal import backups, dumps
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path / "var"
    settings.PRIVATE_ROOT = settings.VAR_DIR / "private"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.TICKS = []
    return settings.VAR_DIR


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backups" / "night.tar.gz"


def back_up(file: Path) -> str:
    file.parent.mkdir(exist_ok=True)
    out = io.StringIO()
    call_command("backup", file, stdout=out)
    return out.getvalue()


def restore(file: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("restore", file, stdout=out, **options)
    return out.getvalue()


def message(to: Person, key: str, *, state: State = State.PENDING, due: int = 0) -> Notice:
    due_at = timezone.now() + timedelta(hours=due)
    return Notice.objects.create(
        key=key,
        kind="programme.place_offered",
        recipient=to,
        anchor_id=1,
        state=state,
        due_at=due_at,
        not_before=due_at,
        created_at=due_at,
    )


def test_last_nights_backup_comes_back(file: Path, settings, client: Client) -> None:
    kept, gone = PersonFactory(given_name="Kept"), PersonFactory(given_name="Gone")
    waiting = message(kept, "waiting")
    later = message(kept, "later", due=24)
    sent = message(kept, "sent", state=State.SENT)
    evidence = private().save("evidence/one", ContentFile(b"words"))
    client.force_login(kept.user)
    assert "MB, the state of" in back_up(file)

    Notice.objects.filter(pk=waiting.pk).update(state=State.SENT)
    Person.objects.filter(pk=kept.pk).update(given_name="Spoiled")
    newcomer = PersonFactory()
    erase_person(person=gone, by=None, at=timezone.now())
    (settings.PRIVATE_ROOT / evidence).write_bytes(b"spoiled")

    said = restore(file, force=True)

    assert "Erased again: 1. Messages held for staff to release: 1." in said
    assert Person.objects.get(pk=kept.pk).given_name == "Kept"
    assert not Person.objects.filter(pk=newcomer.pk).exists()
    assert Person.objects.get(pk=gone.pk).given_name == "Erased"
    states = dict(Notice.objects.values_list("pk", "state"))
    assert states[waiting.pk] == State.PARKED, "it had gone out since: it must not go out again"
    assert (states[later.pk], states[sent.pk]) == (State.PENDING, State.SENT)
    assert (settings.PRIVATE_ROOT / evidence).read_bytes() == b"words"
    assert [path.name for path in settings.VAR_DIR.glob("private.before-*/evidence/*")] == ["one"]
    assert not Session.objects.exists(), "a sign-in that was ended must not come back to life"
    assert Generation.objects.get().number


def test_it_can_be_done_again_and_into_an_empty_site(file: Path, settings) -> None:
    kept = PersonFactory(given_name="Kept")
    back_up(file)
    restore(file, force=True)
    second = file.with_name("second.tar.gz")
    back_up(second)
    Person.objects.all().delete()
    kept.user.delete()
    restore(second)
    assert Person.objects.get().given_name == "Kept"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from django_migrations")
        assert cursor.fetchone()[0] > 50


def test_an_id_given_out_again_is_not_erased(file: Path) -> None:
    PersonFactory()
    erased = PersonFactory()
    erase_person(person=erased, by=None, at=timezone.now() - timedelta(days=2))
    Person.objects.filter(pk=erased.pk).update(given_name="Somebody new", erased_at=None)
    back_up(file)
    assert "Erased again: 0" in restore(file, force=True)
    assert Person.objects.get(pk=erased.pk).given_name == "Somebody new"


def test_a_backup_holds_no_secret_and_is_its_owners_alone(file: Path, settings) -> None:
    PersonFactory()
    (settings.VAR_DIR).mkdir()
    (settings.VAR_DIR / "secrets.json").write_text("secret")
    (settings.VAR_DIR / "erasures.jsonl").write_text("")
    back_up(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with tarfile.open(file) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert names == ["manifest.json", dumps.name()]
    assert set(manifest["versions"]) == {"django", "wagtail"}
    for secret in (settings.SECRET_KEY, settings.FIELD_KEYS[0]):
        with tarfile.open(file) as archive:
            assert secret.encode() not in archive.extractfile(dumps.name()).read()  # type: ignore[union-attr]


def test_a_file_that_is_there_is_not_written_over(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("precious")
    with pytest.raises(CommandError, match="already a file"):
        back_up(file)
    assert file.read_text() == "precious"


def test_a_full_disk_leaves_no_half_backup(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.dumps, "take", full)
    with pytest.raises(CommandError, match="No space left on device"):
        back_up(file)
    assert list(file.parent.iterdir()) == []


def test_a_file_deleted_meanwhile_does_not_stop_a_backup(
    file: Path, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = private().save("evidence/one", ContentFile(b"words"))
    real = dumps.take

    def take(dump: Path) -> None:
        real(dump)
        missing = settings.PRIVATE_ROOT / name
        monkeypatch.setattr(
            Path, "rglob", lambda self, _: [missing] if self == settings.PRIVATE_ROOT else []
        )
        missing.unlink()

    monkeypatch.setattr(backups.dumps, "take", take)
    back_up(file)
    assert file.exists()


def changed(file: Path, **values: Any) -> Path:
    """The same backup with another manifest."""
    other = file.with_name(f"{uuid.uuid4()}.tar.gz")
    with tarfile.open(file) as old, tarfile.open(other, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json":
                content = json.dumps(json.loads(content) | values).encode()
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return other


def test_what_cannot_be_restored_is_refused_before_anything_is_changed(
    file: Path, settings
) -> None:
    kept = PersonFactory()
    back_up(file)
    rubbish = file.with_name("rubbish.tar.gz")
    rubbish.write_bytes(b"rubbish")
    short = file.with_name("short.tar.gz")
    short.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    for wrong, words in (
        (rubbish, "not a backup"),
        (short, "not a backup"),
        (file.with_name("missing.tar.gz"), "not a backup"),
        (changed(file, format=99), "not a backup"),
        (changed(file, made_at="yesterday"), "not a backup"),
        (changed(file, made_at="2026-11-21T09:30:00"), "not a backup"),
        (changed(file, extra=1), "not a backup"),
        (changed(file, database="oracle"), "set DATABASE_URL to the same kind"),
        (changed(file, migrations=["programme.0099_later"]), "newer version"),
        (file, "add --force"),
    ):
        with pytest.raises(CommandError, match=words):
            restore(wrong)
    settings.TICK_SECONDS = 60
    Tick.objects.create(name="a", started_at=timezone.now() - timedelta(seconds=170))
    with pytest.raises(CommandError, match="Stop web, worker and beat"):
        restore(file, force=True)
    assert Person.objects.get().pk == kept.pk
    assert list(settings.VAR_DIR.iterdir()) == []


def test_a_database_without_tables_is_empty(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    PersonFactory()
    back_up(file)
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: [])
    manifest = backups.make(file.with_name("another.tar.gz"), at=timezone.now())
    backups._check(manifest, at=timezone.now(), force=False)


def test_a_path_that_leads_out_of_the_archive_is_refused(file: Path, tmp_path: Path) -> None:
    back_up(file)
    evil = file.with_name("evil.tar.gz")
    with tarfile.open(evil, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../../outside"), io.BytesIO())
    with pytest.raises(CommandError, match="not a backup"):
        restore(evil)
    assert not list(tmp_path.rglob("outside"))


def test_a_damaged_database_changes_nothing(file: Path, tmp_path: Path) -> None:
    kept = PersonFactory()
    broken = tmp_path / "broken"
    if connection.vendor == "sqlite":
        back_up(file)
        with tarfile.open(file) as archive:
            content = bytearray(archive.extractfile(dumps.name()).read())  # type: ignore[union-attr]
        content[4096 * 3 : 4096 * 12] = b"\xff" * 4096 * 9
        broken.write_bytes(bytes(content))
    else:
        broken.write_text("CREATE TABLE one (a int);\nTHIS IS NO SQL;\n")
    with pytest.raises(dumps.Failed, match=r"damaged|syntax error"):
        dumps.put_back(broken)
    assert Person.objects.get().pk == kept.pk


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(dumps.NoProgram, match="pg_dump is not on this machine's PATH"):
        dumps._run("pg_dump")


# The other commands --------------------------------------------------------------------------


def test_every_tick_runs_once_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    monkeypatch.setattr(ticks, "run_all", lambda at: ran.append(at) or [])
    call_command("tick")
    assert len(ran) == 1
    monkeypatch.setattr(ticks, "run_all", lambda at: ["a.b"])
    with pytest.raises(CommandError, match=r"a\.b"):
        call_command("tick")


def test_keys_are_changed_for_texts_and_second_factors(settings) -> None:
    person = PersonFactory()
    sealed = fields.cipher().encrypt(b"ABCDEF").decode()
    for kind, data in (
        (Authenticator.Type.TOTP, {"secret": sealed}),
        (Authenticator.Type.RECOVERY_CODES, {"seed": sealed, "used_mask": 0}),
    ):
        Authenticator.objects.create(user=person.user, type=kind, data=data)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    assert "2 second factors" in out.getvalue()
    settings.FIELD_KEYS = [new]
    for row in Authenticator.objects.all():
        value = row.data.get("secret") or row.data["seed"]
        assert fields.cipher().decrypt(value.encode()) == b"ABCDEF"
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="put the missing key back"):
        call_command("rotate_keys")


def test_the_environment_holds_no_password_on_a_command_line() -> None:
    assert "PGPASSWORD" not in os.environ
