"""Cells are read as people write them, and what cannot be read says how to write it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lic_site.common.enums import Outcome
from lic_site.common.imports.cells import Checker, as_date, in_rows, yes_or_no
from lic_site.common.imports.lookups import Lookup, plain
from lic_site.common.imports.protocol import Finding, Plan
from lic_site.common.spreadsheets import Column, Row

COLUMNS = (Column("name", "Name"), Column("when", "Date"), Column("email", "E-mail"))
FRUIT = Lookup([("Apple", 1), ("Blackcurrant & mint", 2)], what="a fruit")


def row(number: int = 2, **values: str) -> Row:
    return Row(number, values)


@pytest.fixture
def checker() -> Checker:
    return Checker(COLUMNS)


def said(checker: Checker) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.words) for one in checker.problems]


@pytest.mark.parametrize(
    "text",
    [
        "2021-09-01",
        "2021-09-01 10:30:00",
        "01/09/2021",
        "1/9/21",
        "1.9.2021",
        "01-09-2021",
        "1 9 2021",
        "1 September 2021",
        "1st September 2021",
        "1 Sep 21",
    ],
)
def test_a_date_is_read_day_first_however_it_is_written(text: str) -> None:
    assert as_date(text) == date(2021, 9, 1)


@pytest.mark.parametrize("text", ["", "soon", "31/02/2021", "13/13/2021", "44440", "1/9/0021", "x"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert as_date(text) is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_every_date_survives_the_ways_it_is_written(day: date) -> None:
    for shape in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"):
        assert as_date(day.strftime(shape)) == day


class TestCells:
    def test_an_empty_cell_is_a_fault_only_where_it_is_needed(self, checker: Checker) -> None:
        assert checker.text(row(), "name", most=5) == ""
        assert checker.date(row(), "when") is None
        assert checker.found(row(), "name", FRUIT) is None
        assert checker.emails(row(), "email") == ()
        assert not checker.bad
        checker.text(row(), "name", most=5, needed=True)
        checker.date(row(), "when", needed=True)
        checker.emails(row(), "email", needed=True)
        checker.found(row(), "name", FRUIT, needed=True)
        assert [words for _, _, words in said(checker)] == [
            "This is empty. Fill it in.",
            "This is empty. Fill in a date such as 21/11/2026.",
            "This is empty. Fill in an e-mail address.",
            "This is empty. Fill in a fruit.",
        ]
        assert checker.bad == {2}

    def test_words_that_are_too_long_say_by_how_much(self, checker: Checker) -> None:
        assert checker.text(row(7, name="abcdefg"), "name", most=5) == ""
        assert said(checker) == [(7, "Name", "This has 7 letters. Shorten it to 5 or fewer.")]

    def test_addresses_are_taken_apart_and_each_kept_once(self, checker: Checker) -> None:
        cell = "Ama@Example.org; b@example.org,AMA@example.org\nc@example.org"
        expected = ("ama@example.org", "b@example.org", "c@example.org")
        assert checker.emails(row(email=cell), "email") == expected
        assert not checker.bad

    def test_what_is_no_address_is_named(self, checker: Checker) -> None:
        assert checker.emails(row(email="a@example.org; ama(at)example"), "email") == ()
        ((_, _, words),) = said(checker)
        assert words.startswith("‘ama(at)example’ is not an e-mail address.")

    def test_what_is_no_date_says_how_to_write_one(self, checker: Checker) -> None:
        assert checker.date(row(when="soon"), "when") is None
        ((_, column, words),) = said(checker)
        assert column == "Date"
        assert words == "‘soon’ is not a date. Write the day first: 21/11/2026."

    def test_a_repeated_key_is_a_fault_of_each_row_that_names_the_others(
        self, checker: Checker
    ) -> None:
        keyed = [(row(3), "a"), (row(5), "b"), (row(9), "a")]
        checker.once("email", keyed, lambda rows, key: f"{rows} have {key}.")
        words = "Rows 3 and 9 have a."
        assert said(checker) == [(3, "E-mail", words), (9, "E-mail", words)]


class TestLookups:
    @pytest.mark.parametrize("text", ["Apple", " apple ", "ÁPPLE", "apple."])
    def test_a_name_is_found_however_it_is_written(self, text: str) -> None:
        assert FRUIT.find(text) == 1

    @pytest.mark.parametrize("text", ["blackcurrant and mint", "Blackcurrant&Mint"])
    def test_an_ampersand_is_a_word(self, text: str) -> None:
        assert FRUIT.find(text) == 2

    def test_what_is_unknown_names_the_nearest(self, checker: Checker) -> None:
        for _ in range(2):  # the second time from memory
            assert checker.found(row(name="Aple"), "name", FRUIT) is None
        assert said(checker)[0][2] == "‘Aple’ is not a fruit. Did you mean ‘Apple’?"
        assert FRUIT.unknown("Zzz") == "‘Zzz’ is not a fruit."

    @given(st.text())
    def test_plain_words_stay_plain(self, text: str) -> None:
        assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([3], "Row 3"),
        ([7, 3, 3], "Rows 3 and 7"),
        ([1, 2, 3], "Rows 1, 2 and 3"),
        (range(2, 14), "Rows 2, 3, 4, 5, 6, 7, 8, 9 and 4 more"),
    ],
)
def test_rows_are_named_as_a_person_would(numbers: Any, words: str) -> None:
    assert in_rows(list(numbers)) == words


def test_yes_and_no_as_people_write_them() -> None:
    assert yes_or_no("Yes") is True
    assert yes_or_no("x") is True
    assert yes_or_no("NO") is False
    assert yes_or_no("not completed") is False
    assert yes_or_no("perhaps") is None


def test_a_plan_counts_and_tells_itself_from_another() -> None:
    one = Plan({2: Outcome.NEW, 3: Outcome.KNOWN}, changes=[Finding(3, "A", "b")])
    same = Plan({3: Outcome.KNOWN, 2: Outcome.NEW}, changes=[Finding(3, "A", "b")])
    other = Plan({2: Outcome.NEW, 3: Outcome.KNOWN})
    assert one.counts == {"new": 1, "changed": 0, "known": 1, "problem": 0}
    assert one.fingerprint() == same.fingerprint() != other.fingerprint()
