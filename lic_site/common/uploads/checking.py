"""What a file really is, and whether we take it."""

import re
from pathlib import PurePath
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

from lic_site.common.uploads import archives, scanning
from lic_site.common.uploads.kinds import Kind, in_words
from lic_site.common.uploads.refusals import (
    Broken,
    Locked,
    NameAndContentDiffer,
    NotTaken,
    TooBig,
)

PIXELS = 50_000_000
_IMAGES = {"PNG": Kind.PNG, "JPEG": Kind.JPEG, "WEBP": Kind.WEBP}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*<[!?a-z]", re.IGNORECASE)


def check(upload: UploadedFile[Any], kinds: frozenset[Kind]) -> Kind:
    """The kind of the upload, found from its content. Raises a Refusal that says why it is not
    taken; leaves the file at its start.
    """
    if (upload.size or 0) > settings.UPLOAD_LIMIT_MB * 2**20:
        raise TooBig(settings.UPLOAD_LIMIT_MB)
    ending = PurePath(upload.name or "").suffix.lower()
    file = cast("IO[bytes]", upload.file)
    kind = sniff(file, prefers_csv=ending in Kind.CSV.endings)
    if kind is None or kind not in kinds:
        raise NotTaken(in_words(kinds))
    if ending not in kind.endings:
        raise NameAndContentDiffer(kind.label, kind.endings[0])
    upload.seek(0)
    scanning.scan(file)
    upload.seek(0)
    return kind


def sniff(file: IO[bytes], *, prefers_csv: bool = False) -> Kind | None:
    """The kind of this content, None for one that we never take. CSV and plain text cannot be told
    apart by content: ``prefers_csv`` decides. Raises Locked, Macros, Suspicious, Broken.
    """
    file.seek(0)
    start = file.read(16)
    if start.startswith(b"%PDF-"):
        return Kind.PDF
    if start.startswith(b"PK\x03\x04"):
        return archives.look(file)
    if start.startswith(_OLD_OFFICE):
        raise Locked
    if start.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")) or (
        start.startswith(b"RIFF") and start[8:12] == b"WEBP"
    ):
        return _image(file)
    if _is_text(file):
        return Kind.CSV if prefers_csv else Kind.TXT
    return None


def _image(file: IO[bytes]) -> Kind:
    file.seek(0)
    try:
        with Image.open(file, formats=list(_IMAGES)) as image:
            if image.width * image.height > PIXELS:
                raise TooBig(settings.UPLOAD_LIMIT_MB)
            kind = _IMAGES[image.format or ""]
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooBig(settings.UPLOAD_LIMIT_MB) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Broken from error
    return kind


def _is_text(file: IO[bytes]) -> bool:
    """Whether it is words: UTF-8 or Windows-1252, no control characters, and no markup, which a
    browser might run.
    """
    file.seek(0)
    content = file.read()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return not (_CONTROL.search(text) or _MARKUP.match(text) or not content)
