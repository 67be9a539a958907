"""The kinds of file that people may send."""

from enum import Enum


class Kind(Enum):
    """A kind: what people call it, the ends its name may have, the type it is served under."""

    PDF = ("PDF", (".pdf",), "application/pdf")
    DOCX = (
        "Word document",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    XLSX = (
        "Excel workbook",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    PPTX = (
        "PowerPoint presentation",
        (".pptx",),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    )
    ODT = ("OpenDocument text", (".odt",), "application/vnd.oasis.opendocument.text")
    ODS = ("OpenDocument spreadsheet", (".ods",), "application/vnd.oasis.opendocument.spreadsheet")
    ODP = (
        "OpenDocument presentation",
        (".odp",),
        "application/vnd.oasis.opendocument.presentation",
    )
    PNG = ("PNG image", (".png",), "image/png")
    JPEG = ("JPEG image", (".jpg", ".jpeg"), "image/jpeg")
    WEBP = ("WebP image", (".webp",), "image/webp")
    CSV = ("CSV file", (".csv",), "text/csv; charset=utf-8")
    TXT = ("plain text file", (".txt",), "text/plain; charset=utf-8")

    def __init__(self, label: str, endings: tuple[str, ...], content_type: str) -> None:
        self.label = label
        self.endings = endings
        self.content_type = content_type


IMAGES = frozenset({Kind.PNG, Kind.JPEG, Kind.WEBP})
SPREADSHEETS = frozenset({Kind.XLSX, Kind.CSV})
DOCUMENTS = frozenset(Kind) - {Kind.CSV}


def in_words(kinds: frozenset[Kind]) -> str:
    """'PDF, Word document or PNG image', in the order of ``Kind``."""
    labels = [kind.label for kind in Kind if kind in kinds]
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
