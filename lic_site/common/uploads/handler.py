"""How a request's files are received: on disk, never more than the limit, and never an error page.

What is too big, or cannot be written, is read past and thrown away, so that the form comes back
with
its sentence and everything else that was typed.
"""

import logging
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from lic_site.common.errors import Refusal
from lic_site.common.storage import NoRoom
from lic_site.common.uploads.refusals import TooBig

logger = logging.getLogger(__name__)

FILES_AT_ONCE = 5
READ_PAST = 25


class RefusedUpload(UploadedFile[bytes]):
    """Stands for a file that was not received. Whoever reads it without asking gets a 400."""

    def __init__(self, refusal: Refusal, **kwargs: Any) -> None:
        super().__init__(file=BytesIO(), **kwargs)
        self.refusal = refusal

    def read(self, *_: Any, **__: Any) -> bytes:
        raise RequestDataTooBig(str(self.refusal))

    def chunks(self, chunk_size: int | None = None) -> Any:  # noqa: ARG002
        raise RequestDataTooBig(str(self.refusal))


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes each file to a temporary one, up to ``UPLOAD_LIMIT_MB`` each and five times that a
    request. A request beyond twenty-five times the limit is refused unread.
    """

    refusal: Refusal | None = None
    received = 0

    def handle_raw_input(self, *args: Any, **_: Any) -> None:
        content_length: int = args[2]
        if content_length > READ_PAST * self._limit:
            raise RequestDataTooBig

    @property
    def _limit(self) -> int:
        limit: int = settings.UPLOAD_LIMIT_MB * 2**20
        return limit

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.refusal = None
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._refuse(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.refusal:
            return
        self.received += len(raw_data)
        if start + len(raw_data) > self._limit or self.received > FILES_AT_ONCE * self._limit:
            self._drop(TooBig(settings.UPLOAD_LIMIT_MB))
            return
        try:
            self.file.write(raw_data)
        except OSError as error:
            self._refuse(error)

    def file_complete(self, file_size: int) -> Any:
        if not self.refusal:
            try:
                self.file.flush()
            except OSError as error:
                self._refuse(error)
        if self.refusal:
            return RefusedUpload(
                self.refusal,
                name=self.file_name,
                content_type=self.content_type,
                size=file_size,
                charset=self.charset,
            )
        return super().file_complete(file_size)

    def upload_interrupted(self) -> None:
        if not self.refusal:
            super().upload_interrupted()

    def _refuse(self, error: OSError) -> None:
        logger.error("upload not received", extra={"errno": error.errno})
        self._drop(NoRoom())

    def _drop(self, refusal: Refusal) -> None:
        self.refusal = refusal
        if (file := getattr(self, "file", None)) is not None:
            with suppress(OSError):
                file.close()
