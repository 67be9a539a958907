"""Office files are zip archives: told apart by their parts, and refused when they are bombs."""

import zipfile
from dataclasses import dataclass
from typing import IO

from lic_site.common.uploads.kinds import Kind
from lic_site.common.uploads.refusals import Broken, Locked, Macros, Suspicious

ENTRIES = 5_000
UNPACKED = 200 * 2**20
RATIO = 100
RATIO_FROM = 5 * 2**20
DEPTH = 2
NAMES_PART = 2**20

_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"presentationml.presentation.main+xml": Kind.PPTX,
}
_OPEN_DOCUMENT = {kind.content_type.encode(): kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_PACKED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)


@dataclass
class _Budget:
    """What one upload may unpack to, whatever is nested in it."""

    entries: int
    unpacked: int

    def take(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        unpacked = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos)
        self.entries -= len(infos)
        self.unpacked -= unpacked
        if self.entries < 0 or self.unpacked < 0:
            raise Suspicious
        if unpacked > RATIO_FROM and unpacked > packed * RATIO:
            raise Suspicious


def look(file: IO[bytes], *, entries: int = ENTRIES, unpacked: int = UNPACKED) -> Kind | None:
    """The kind of Office file this archive is, None for any other archive.

    Raises Suspicious for a bomb (too many entries, too much unpacked, packed too tightly, nested
    archives), Macros, Locked, Broken. Sizes are as declared, and ``zipfile`` never unpacks more
    than is declared.
    """
    _count_entries(file, entries)
    try:
        with zipfile.ZipFile(file) as archive:
            _walk(archive, _Budget(entries, unpacked), depth=1)
            return _kind(archive)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        KeyError,
    ) as error:
        raise Broken from error


def _count_entries(file: IO[bytes], most: int) -> None:
    """Count the directory's records in the raw bytes: reading a directory of a million would
    already fill the memory.
    """
    file.seek(0)
    seen, tail = 0, b""
    while block := file.read(2**20):
        seen += (tail + block).count(b"PK\x01\x02")
        tail = block[-3:]
        if seen > most:
            raise Suspicious
    file.seek(0)


def _walk(archive: zipfile.ZipFile, budget: _Budget, *, depth: int) -> None:
    budget.take(archive)
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise Locked
        name = info.filename.lower()
        if "vbaproject" in name or name.startswith(("basic/", "scripts/")):
            raise Macros
        with archive.open(info) as part:
            start = part.read(8)
            if not start.startswith(_PACKED):
                continue
            # a chart brings its own little workbook along; any other archive has no business here
            if depth == DEPTH or not start.startswith(b"PK") or "embeddings/" not in name:
                raise Suspicious
            part.seek(0)
            with zipfile.ZipFile(part) as inner:
                _walk(inner, budget, depth=depth + 1)


def _kind(archive: zipfile.ZipFile) -> Kind | None:
    names = archive.namelist()
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            types = part.read(NAMES_PART)
        if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
            raise Macros
        return next((kind for mark, kind in _MAIN_PARTS.items() if mark in types), None)
    if "mimetype" in names:
        with archive.open("mimetype") as part:
            return _OPEN_DOCUMENT.get(part.read(100).strip())
    return None
