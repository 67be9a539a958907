"""Files and links that belong to a session: kept back until they are shared."""

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cohorts.programme.models import Material, Session
from cohorts.programme.services.sessions import errors, telling
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import send


@transaction.atomic
def add_material(
    *,
    session: Session,
    title: str,
    upload: UploadedFile[Any] | None,
    link: str,
    share: bool,
    by: Person,
    at: datetime,
) -> Material:
    """Add a checked upload (with its ``kind``) or a link, shared at once or kept back. Raises
    FileOrLink, NoRoom.
    """
    if (upload is None) == (not link):
        raise errors.FileOrLink
    material = Material(session=session, title=title, link=link, added_at=at, added_by=by)
    if upload is not None:
        material.file_kind = upload.kind.name  # type: ignore[attr-defined]
        material.size = upload.size or 0
        material.file.save("", upload, save=False)
    material.save()
    audit.record("programme.material_added", by=by, at=at, thing=material)
    if share:
        share_material(material=material, by=by, at=at)
    return material


@transaction.atomic
def share_material(*, material: Material, by: Person, at: datetime) -> None:
    """Let those the session is for see it. They are told once a day, however much is shared."""
    if not Material.objects.filter(pk=material.pk, shared_at=None).update(shared_at=at):
        return
    material.shared_at = at
    audit.record("programme.material_shared", by=by, at=at, thing=material, fields=["shared_at"])
    session = material.session
    if not telling.is_told(session):
        return
    key = f"{timezone.localdate(at):%Y%m%d}"
    for enrolment in telling.concerned(session).select_related("person"):
        send("programme.materials_ready", to=enrolment.person, about=session, at=at, key=key)


@transaction.atomic
def hide_material(*, material: Material, by: Person, at: datetime) -> None:
    """Keep it back again."""
    Material.objects.filter(pk=material.pk).update(shared_at=None)
    audit.record("programme.material_hidden", by=by, at=at, thing=material, fields=["shared_at"])


@transaction.atomic
def remove_material(*, material: Material, by: Person, at: datetime) -> None:
    """Delete it; its file goes when that is certain."""
    audit.record("programme.material_removed", by=by, at=at, thing=material)
    name, storage = material.file.name, material.file.storage
    material.delete()
    if name:
        transaction.on_commit(partial(storage.delete, name), robust=True)
