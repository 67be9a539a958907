import errno
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from lic_site.common.uploads import PrivateFileField
from lic_site.common.uploads.handler import LimitedUploadHandler, RefusedUpload
from tests.lic_site.common import files

BOUNDARY = "frontier"
_made: list[HttpRequest] = []


class Body(io.RawIOBase):
    """A request body of one field and some files of zeros, made while it is read."""

    def __init__(self, *sizes: int) -> None:
        self.parts: list[bytes | int] = []
        for number, size in enumerate(sizes):
            self.parts += [
                f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file{number}"; '
                f'filename="cv.pdf"\r\nContent-Type: application/pdf\r\n\r\n'.encode(),
                size,
                b"\r\n",
            ]
        self.parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="reason"\r\n\r\n'
            f"typed\r\n--{BOUNDARY}--\r\n".encode()
        )
        self.length = sum(part if isinstance(part, int) else len(part) for part in self.parts)

    def read(self, size: int = 2**16) -> bytes:
        out = bytearray()
        while self.parts and len(out) < size:
            part, room = self.parts[0], size - len(out)
            if isinstance(part, int):
                out += b"\0" * min(part, room)
                self.parts[0] = max(0, part - room)
            else:
                out += part[:room]
                self.parts[0] = part[room:]
            if not self.parts[0]:
                self.parts.pop(0)
        return bytes(out)


def request(*sizes: int) -> HttpRequest:
    body = Body(*sizes)
    made = RequestFactory().post("/", content_type=f"multipart/form-data; boundary={BOUNDARY}")
    made.META["CONTENT_LENGTH"] = str(body.length)
    made._stream = body  # type: ignore[attr-defined]
    _made.append(made)
    return made


@pytest.fixture(autouse=True)
def temporary(settings, tmp_path: Path) -> Iterator[Path]:
    settings.UPLOAD_LIMIT_MB = 1
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    yield tmp_path
    while _made:
        _made.pop().close()


def test_a_file_within_the_limit_is_received() -> None:
    sent = request(1000)
    assert sent.FILES["file0"].read() == b"\0" * 1000
    assert sent.POST["reason"] == "typed"


def test_a_huge_file_is_read_past_and_nothing_of_it_is_kept(temporary: Path) -> None:
    tracemalloc.start()
    sent = request(24 * 2**20)
    refused = sent.FILES["file0"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refused, RefusedUpload)
    assert refused.size == 24 * 2**20
    assert sent.POST["reason"] == "typed", "nothing typed is lost"
    assert list(temporary.iterdir()) == []
    assert peak < 3 * 2**20
    field = PrivateFileField()
    with pytest.raises(Exception, match="The file is larger than 1 MB"):
        field.clean(refused)


def test_the_site_says_so_too_for_200_mb(settings) -> None:
    settings.UPLOAD_LIMIT_MB = 20
    sent = request(200 * 2**20)
    assert isinstance(sent.FILES["file0"], RefusedUpload)


def test_a_request_of_very_many_bytes_is_refused_unread() -> None:
    sent = request(26 * 2**20)
    with pytest.raises(RequestDataTooBig):
        _ = sent.FILES


def test_all_files_of_a_request_together_have_a_limit() -> None:
    sent = request(*[900_000] * 7)
    kinds = [type(sent.FILES[f"file{n}"]) for n in range(7)]
    assert kinds == [TemporaryUploadedFile] * 5 + [RefusedUpload] * 2


def test_one_refused_file_does_not_spoil_the_next() -> None:
    sent = request(2 * 2**20, 10)
    assert isinstance(sent.FILES["file0"], RefusedUpload)
    assert sent.FILES["file1"].read() == b"\0" * 10


@pytest.mark.parametrize("moment", ["open", "write", "flush"])
def test_a_full_disk_is_a_sentence_and_keeps_nothing(
    moment: str, monkeypatch: pytest.MonkeyPatch, temporary: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if moment == "open":
        monkeypatch.setattr("django.core.files.uploadhandler.TemporaryUploadedFile", full)
    else:
        monkeypatch.setattr(TemporaryUploadedFile, moment, full, raising=False)
    sent = request(1000)
    refused = sent.FILES["file0"]
    assert isinstance(refused, RefusedUpload)
    assert "Nothing was saved" in str(refused.refusal)
    assert sent.POST["reason"] == "typed"
    assert list(temporary.iterdir()) == []


def test_whoever_reads_a_refused_file_without_asking_gets_a_bad_request() -> None:
    refused = request(2 * 2**20).FILES["file0"]
    with pytest.raises(RequestDataTooBig):
        refused.read()
    with pytest.raises(RequestDataTooBig):
        refused.chunks()


def test_an_interrupted_upload_leaves_nothing(temporary: Path) -> None:
    handler = LimitedUploadHandler()
    handler.new_file("file", "cv.pdf", "application/pdf", None)
    handler.receive_data_chunk(files.PDF, 0)
    assert len(list(temporary.iterdir())) == 1
    handler.upload_interrupted()
    assert list(temporary.iterdir()) == []
    handler.new_file("file", "cv.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"\0" * (2**20 + 1), 0)
    handler.upload_interrupted()
    assert list(temporary.iterdir()) == []
