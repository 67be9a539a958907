"""Out: written so that no cell is ever a formula."""

import codecs
import csv
import io
import math
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any, cast

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from lic_site.common.storage import serve_private
from lic_site.common.uploads import Kind

MAX_CELL = 32_767  # Excel's own limit

type Value = str | int | float | Decimal | bool | date | datetime | None


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet program may take the text for a formula.

    Space, control and invisible characters are passed over first, as programs do; the wide forms
    of the signs count too (some East Asian settings read them so).
    """
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    for character in text:
        if character.isspace() or unicodedata.category(character).startswith("C"):
            continue
        return unicodedata.normalize("NFKC", character)[:1] in {"=", "+", "-", "@"}
    return False


def safe(value: Value) -> Value:
    """The value as it may be written: text that could be a formula gets an apostrophe before it,
    moments are London's clock, characters that no workbook may hold are left out.
    """
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))[: MAX_CELL - 1]
    return f"'{text}" if starts_formula(text) else text


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The file in pieces, UTF-8 with the mark by which Excel knows it."""
    yield codecs.BOM_UTF8
    for row in chain([titles], rows):
        line = io.StringIO()
        csv.writer(line, quoting=csv.QUOTE_MINIMAL).writerow(
            ["" if (cell := safe(value)) is None else cell for value in row]
        )
        yield line.getvalue().encode("utf-8", errors="replace")


def write_xlsx(
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    notes: Sequence[Sequence[Value]] = (),
) -> IO[bytes]:
    """The workbook in a temporary file, at its start: one sheet, its first row bold and fixed.
    ``notes`` are a second sheet, for people alone.
    """
    book = Workbook(write_only=True)
    _add_sheet(book, "Sheet1", titles, rows)
    if notes:
        _add_sheet(book, "How to fill it in", [str(title) for title in notes[0]], notes[1:])
    file = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 (the caller's to close)
    book.save(file)
    file.seek(0)
    return file


def _add_sheet(
    book: Workbook, name: str, titles: Sequence[str], rows: Iterable[Sequence[Value]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, title in enumerate(titles):
        letter = get_column_letter(number + 1)
        sheet.column_dimensions[letter].width = min(60, max(16, len(title) + 4))
    sheet.append([_cell(sheet, title, bold=True) for title in titles])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    cell: Any = WriteOnlyCell(sheet, cast("Any", safe(value)))
    if isinstance(cell.value, str):
        cell.data_type = "s"  # openpyxl guesses from the text; ours is text whatever it looks like
    if bold:
        cell.font = Font(bold=True)
    return cell


def download(
    name: str, titles: Sequence[str], rows: Iterable[Sequence[Value]], *, kind: Kind = Kind.XLSX
) -> HttpResponseBase:
    """A spreadsheet to download. ``name`` is neutral and has no ending: 'list', 'report'."""
    response: HttpResponseBase
    if kind is Kind.CSV:
        response = StreamingHttpResponse(write_csv(titles, rows), content_type=kind.content_type)
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    else:
        response = serve_private(
            write_xlsx(titles, rows), name=f"{name}.xlsx", content_type=kind.content_type
        )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
