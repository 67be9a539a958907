"""Files that only a view with a policy hands out: outside the media root, under names nobody can
guess.
"""

import logging
from contextlib import suppress
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.http import FileResponse
from django.utils.deconstruct import deconstructible

from lic_site.common.errors import Refusal

logger = logging.getLogger(__name__)


class NoRoom(Refusal):
    sentence = (
        "We could not keep your file just now. Nothing was saved: try again in a few minutes, "
        "and tell the programme office if it happens again."
    )


class PrivateStorage(FileSystemStorage):
    """Keeps files under ``PRIVATE_ROOT``. Has no addresses: ``serve_private`` hands a file out.

    Raises NoRoom when a file cannot be written, and then leaves nothing of it behind.
    """

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def location(self) -> str:
        return str(Path(settings.PRIVATE_ROOT).resolve())

    def url(self, name: str | None) -> str:  # noqa: ARG002
        raise ValueError("A private file has no address.")

    def _save(self, name: str, content: File[Any]) -> str:
        try:
            saved: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as error:
            logger.exception("private file not kept", extra={"errno": error.errno})
            with suppress(OSError):
                Path(self.path(name)).unlink(missing_ok=True)
            raise NoRoom from error
        return saved


def private() -> Storage:
    """The ``storage`` of a model's FileField."""
    return storages["private"]


@deconstructible
class Unguessable:
    """The ``upload_to`` of a private FileField: ``folder/<random>``, nothing of the given name."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, _instance: Any, _filename: str) -> str:
        name = uuid4().hex
        return f"{self.folder}/{name[:2]}/{name}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unguessable) and other.folder == self.folder

    def __hash__(self) -> int:
        return hash(self.folder)


def serve_private(file: IO[bytes], *, name: str, content_type: str) -> FileResponse:
    """Hand out a private file as a download. ``name`` is neutral: no person and nothing of the
    programme in it. The caller has asked the policy.
    """
    response = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
