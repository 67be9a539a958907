"""Cells read as what they should hold; what is wrong with them collected on the way."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lic_site.common.imports.lookups import Lookup, plain
from lic_site.common.imports.protocol import Finding
from lic_site.common.spreadsheets import Column, Row

YEARS = (1950, 2100)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$")
_IN_WORDS = ("%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y")
_BETWEEN = re.compile(r"[;,\s]+")
_YES = {"yes", "y", "true", "1", "x", "done", "completed", "complete"}
_NO = {"no", "n", "false", "0", "not completed", "not complete", "incomplete"}


@lru_cache(maxsize=10_000)
def as_date(text: str) -> date | None:
    """'21/11/2026', '21.11.26', '21 November 2026' or '2026-11-21'; the day first. None for
    anything else.
    """
    try:
        if found := _ISO.match(text):
            read = date(*map(int, found.groups()))
        elif found := _DAY_FIRST.match(text):
            day, month, year = found.groups()
            read = date(int(year if year[2:] else f"20{year}"), int(month), int(day))
        else:
            read = _in_words(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|,", "", text))
    except ValueError:
        return None
    return read if YEARS[0] <= read.year <= YEARS[1] else None


def _in_words(text: str) -> date:
    for shape in _IN_WORDS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError(text)


@lru_cache(maxsize=50_000)
def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class Checker:
    """Reads the cells of a sheet's rows, and keeps what is wrong."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self.columns = {column.name: column for column in columns}
        self.problems: list[Finding] = []
        self.bad: set[int] = set()

    def fault(self, row: int, name: str, words: str) -> None:
        """Something is wrong in this row under this column."""
        self.bad.add(row)
        self.problems.append(Finding(row, self.columns[name].title, words[:500]))

    def in_order(self) -> list[Finding]:
        """What is wrong, row by row, each row's in the order of the columns."""
        order = [column.title for column in self.columns.values()]
        return sorted(self.problems, key=lambda one: (one.row, order.index(one.column)))

    def text(self, row: Row, name: str, *, most: int, needed: bool = False) -> str:
        """Words of at most so many letters; an empty cell is a fault where it is ``needed``."""
        value = row[name]
        if not value and needed:
            self.fault(row.number, name, "This is empty. Fill it in.")
        if len(value) > most:
            self.fault(
                row.number, name, f"This has {len(value)} letters. Shorten it to {most} or fewer."
            )
            return ""
        return value

    def emails(self, row: Row, name: str, *, needed: bool = False) -> tuple[str, ...]:
        """One or several addresses, in small letters, each once."""
        found = [each for each in _BETWEEN.split(row[name].lower()) if each]
        wrong = [each for each in found if not is_email(each)]
        if wrong:
            words = f"‘{wrong[0][:200]}’ is not an e-mail address. Write it as name@council.gov.uk."
            self.fault(row.number, name, words)
            return ()
        if not found and needed:
            self.fault(row.number, name, "This is empty. Fill in an e-mail address.")
        return tuple(dict.fromkeys(found))

    def date(self, row: Row, name: str, *, needed: bool = False) -> date | None:
        value = row[name]
        if not value:
            if needed:
                self.fault(row.number, name, "This is empty. Fill in a date such as 21/11/2026.")
            return None
        read = as_date(value)
        if read is None:
            words = f"‘{value[:60]}’ is not a date. Write the day first: 21/11/2026."
            self.fault(row.number, name, words)
        return read

    def found[Thing](
        self, row: Row, name: str, lookup: Lookup[Thing], *, needed: bool = False
    ) -> Thing | None:
        """What the cell names."""
        value = row[name]
        if not value:
            if needed:
                self.fault(row.number, name, f"This is empty. Fill in {lookup.what}.")
            return None
        thing = lookup.find(value)
        if thing is None:
            self.fault(row.number, name, lookup.unknown(value))
        return thing

    def once[Key: Hashable](
        self,
        name: str,
        keyed: Iterable[tuple[Row, Key]],
        words: Callable[[str, Key], str],
    ) -> None:
        """The same key in two rows is a fault of each of them, which names the others.

        ``words`` makes the sentence of the rows ('Rows 3 and 7') and the key.
        """
        rows: defaultdict[Key, list[Row]] = defaultdict(list)
        for row, key in keyed:
            rows[key].append(row)
        for key, same in rows.items():
            if len(same) > 1:
                said = words(in_rows([row.number for row in same]), key)
                for row in same:
                    self.fault(row.number, name, said)


def in_rows(numbers: Sequence[int], *, most: int = 8) -> str:
    """'Rows 3 and 7', 'Rows 3, 7 and 9', 'Rows 3, 7 and 40 more'."""
    numbers = sorted(set(numbers))
    shown = [str(number) for number in numbers[:most]]
    if len(numbers) > most:
        return f"Rows {', '.join(shown)} and {len(numbers) - most} more"
    return f"Rows {', '.join(shown[:-1])} and {shown[-1]}" if shown[1:] else f"Row {shown[0]}"


def says(text: str, words: Collection[str]) -> bool:
    """Whether the cell says one of these words."""
    return plain(text) in words


def yes_or_no(text: str) -> bool | None:
    """'yes', 'no' and what people write instead; None for anything else."""
    if says(text, _YES):
        return True
    return False if says(text, _NO) else None
