"""Spreadsheets in and out: read with bounds, written so that no cell is ever a formula."""

import codecs
import csv
import io
import math
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from typing import IO, Any, cast

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from lic_site.common.errors import Refusal
from lic_site.common.storage import serve_private
from lic_site.common.uploads import Kind, archives

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 32_767  # Excel's own limit

type Value = str | int | float | Decimal | bool | date | datetime | None


class Unreadable(Refusal):
    sentence = "The spreadsheet cannot be read. Save it again as .xlsx or CSV and choose it again."


class TooManyRows(Refusal):
    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The spreadsheet has more than {limit:,} rows. Split it into smaller ones."
        )


class Formulas(Refusal):
    def __init__(self, row: int, title: str) -> None:
        super().__init__(
            f"Row {row} has a formula under ‘{title}’. Copy the sheet, paste it as values, "
            "save it and choose it again."
        )


class MissingColumns(Refusal):
    def __init__(self, titles: Iterable[str]) -> None:
        wanted = ", ".join(f"‘{title}’" for title in titles)
        super().__init__(
            f"The first row of the spreadsheet does not name these columns: {wanted}. "
            "Add them and choose the file again."
        )


class DoubleColumn(Refusal):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"The spreadsheet has two columns for ‘{title}’. Take one out and choose it again."
        )


@dataclass(frozen=True)
class Column:
    """A column that an importer looks for. Titles are compared without case, spaces and signs."""

    name: str
    title: str
    required: bool = True
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells as stripped text by column
    name; a column that is missing or empty is ``""``.
    """

    number: int
    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


def read(
    file: IO[bytes], kind: Kind, columns: Sequence[Column], *, max_rows: int = MAX_ROWS
) -> Iterator[Row]:
    """The rows under the header, one at a time; empty ones are left out.

    Raises a Refusal, at the latest when the row in question is reached: work in a transaction, or
    make a list first. Memory does not grow with the number of rows (of an XLSX: beyond its shared
    texts, which the check for bombs bounds).
    """
    file.seek(0)
    lines = _xlsx_lines(file) if kind is Kind.XLSX else _csv_lines(file)
    header = next(lines, [])
    places = _places(header, columns)
    titles = {column.name: column.title for column in columns}
    for number, line in enumerate(lines, start=2):
        if number > max_rows + 1:
            raise TooManyRows(max_rows)
        values = {}
        for name, place in places.items():
            value = line[place] if place < len(line) else ""
            if value is _FORMULA:
                raise Formulas(number, titles[name])
            values[name] = str(value)
        if any(values.values()):
            yield Row(number, values)


_FORMULA: Any = object()
_OPENPYXL_FAULTS = (
    ArithmeticError,
    AttributeError,
    InvalidFileException,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)


def _places(header: Sequence[Any], columns: Sequence[Column]) -> dict[str, int]:
    wanted = {
        _plain(title): column
        for column in columns
        for title in (column.title, column.name, *column.aliases)
    }
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        column = wanted.get(_plain(str(title)))
        if column is None:
            continue
        if column.name in places:
            raise DoubleColumn(column.title)
        places[column.name] = place
    missing = [column.title for column in columns if column.required and column.name not in places]
    if missing:
        raise MissingColumns(missing)
    return places


def _plain(title: str) -> str:
    return re.sub(r"[\W_]", "", title).casefold()


def _xlsx_lines(file: IO[bytes]) -> Iterator[list[Any]]:
    if archives.look(file) is not Kind.XLSX:
        raise Unreadable
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.iter_rows(max_col=MAX_COLUMNS):
            yield [_FORMULA if cell.data_type == "f" else _text(cell.value) for cell in cells]
    except _OPENPYXL_FAULTS as error:
        raise Unreadable from error


def _csv_lines(file: IO[bytes]) -> Iterator[list[str]]:
    start = file.read(2**16)
    file.seek(0)
    encoding = "utf-8-sig" if _is_utf8(file) else "cp1252"
    file.seek(0)
    first = start.decode(encoding, errors="replace").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    words = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        for line in csv.reader(words, delimiter=delimiter):
            yield [_text(value) for value in line[:MAX_COLUMNS]]
    except csv.Error as error:
        raise Unreadable from error
    finally:
        words.detach()


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(2**16):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(value: Any) -> Any:
    """A cell as the text a person sees, without the apostrophe that ``safe`` once put before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        has_time = value.time().replace(tzinfo=None) != time()
        return value.isoformat(sep=" ") if has_time else value.date().isoformat()
    text = str(value).strip()
    if text.startswith("="):
        return _FORMULA
    return text[1:] if text.startswith("'") and starts_formula(text[1:]) else text


# Out -----------------------------------------------------------------------------------------


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


def write_xlsx(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> IO[bytes]:
    """The workbook in a temporary file, at its start: one sheet, its first row bold and fixed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, title, bold=True) for title in titles])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 (the caller's to close)
    book.save(file)
    file.seek(0)
    return file


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
