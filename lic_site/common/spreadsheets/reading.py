"""In: read with bounds, a formula never taken for what it shows."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import chain, islice, repeat
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lic_site.common.errors import Refusal
from lic_site.common.spreadsheets.writing import starts_formula
from lic_site.common.uploads import Kind, archives

MAX_ROWS = 20_000
MAX_COLUMNS = 200


class Unreadable(Refusal):
    sentence = "The spreadsheet cannot be read. Save it again as .xlsx or CSV and choose it again."


class Nothing(Refusal):
    sentence = (
        "The spreadsheet has nothing under its first row. Its first sheet needs a row of titles "
        "and a row for each entry."
    )


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
    hint: str = ""
    """How to write what stands in it, for whoever fills a template in."""
    example: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and its cells as stripped text by column
    name; a column that is missing or empty is ``""``.
    """

    number: int
    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True)
class Opening:
    """How a spreadsheet begins: its titles, and the first rows under them."""

    titles: list[str]
    rows: list[list[str]]


def opening(file: IO[bytes], kind: Kind, *, rows: int = 3) -> Opening:
    """The titles and so many rows, each as wide as they, empty ones left out. Raises Unreadable,
    Nothing.
    """
    lines = _lines(file, kind)
    titles = [_shown(title) for title in next(lines, [])]
    first = [
        [_shown(value) for value, _ in zip(chain(line, repeat("")), titles, strict=False)]
        for line in islice(filter(any, lines), rows)
    ]
    if not any(titles) or not first:
        raise Nothing
    return Opening(titles, first)


def places_of(titles: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands that its title or one of its aliases names, by the column's name.
    Raises DoubleColumn.
    """
    wanted = {
        _plain(title): column
        for column in columns
        for title in (column.title, column.name, *column.aliases)
    }
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        column = wanted.get(_plain(str(title)))
        if column is None:
            continue
        if column.name in places:
            raise DoubleColumn(column.title)
        places[column.name] = place
    return places


def read(
    file: IO[bytes],
    kind: Kind,
    columns: Sequence[Column],
    *,
    places: Mapping[str, int] | None = None,
    max_rows: int = MAX_ROWS,
) -> Iterator[Row]:
    """The rows under the header, one at a time; empty ones are left out. ``places`` says where
    each column stands; without it their titles do.

    Raises a Refusal, at the latest when the row in question is reached: work in a transaction, or
    make a list first. Memory does not grow with the number of rows (of an XLSX: beyond its shared
    texts, which the check for bombs bounds).
    """
    lines = _lines(file, kind)
    header = next(lines, [])
    if places is None:
        places = places_of(header, columns)
    missing = [column.title for column in columns if column.required and column.name not in places]
    if missing:
        raise MissingColumns(missing)
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


def _lines(file: IO[bytes], kind: Kind) -> Iterator[list[Any]]:
    file.seek(0)
    return _xlsx_lines(file) if kind is Kind.XLSX else _csv_lines(file)


def _shown(value: Any) -> str:
    return "(a formula)" if value is _FORMULA else str(value)


def _plain(title: str) -> str:
    return re.sub(r"[\W_]", "", title).casefold()


def _xlsx_lines(file: IO[bytes]) -> Iterator[list[Any]]:
    if archives.look(file) is not Kind.XLSX:
        raise Unreadable
    try:
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for cells in sheet.rows:  # with a ``max_col`` every row would be filled up to it
            yield [
                _FORMULA if cell.data_type == "f" else _text(cell.value)
                for cell in cells[:MAX_COLUMNS]
            ]
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
        with suppress(ValueError):  # whoever stopped reading may have closed the file
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
