import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from lic_site.common.spreadsheets import (
    Column,
    DoubleColumn,
    Formulas,
    MissingColumns,
    Nothing,
    Row,
    TooManyRows,
    Unreadable,
    download,
    opening,
    places_of,
    read,
    safe,
    starts_formula,
    write_csv,
    write_xlsx,
)
from lic_site.common.uploads import Kind
from lic_site.common.uploads.refusals import Broken, Suspicious
from tests.lic_site.common import files

COLUMNS = [
    Column("email", "E-mail address", aliases=("Email",)),
    Column("name", "Full name"),
    Column("town", "Town", required=False),
]


def naive(*parts: int) -> datetime:
    """A moment as a workbook holds it: without a zone."""
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


HEADER = ("Full name", "E-mail address", "Town")


def rows(content: bytes, kind: Kind = Kind.CSV, **limits: int) -> list[Row]:
    return list(read(io.BytesIO(content), kind, COLUMNS, **limits))


def test_rows_come_under_the_names_of_their_columns() -> None:
    for content, kind in (
        (files.workbook(HEADER, ("Ada", "ada@example.org", "Bow")), Kind.XLSX),
        (b"Full name,E-mail address,Town\nAda, ada@example.org ,Bow\n", Kind.CSV),
        ("Full name;E-mail address;Town\r\nAda;ada@example.org;Bow".encode("utf-8-sig"), Kind.CSV),
        ("FULL_NAME\temail\ttown\nAda\tada@example.org\tBow".encode("cp1252"), Kind.CSV),
    ):
        (row,) = rows(content, kind)
        assert row.number == 2
        assert (row["name"], row["email"], row["town"]) == ("Ada", "ada@example.org", "Bow")


def test_a_column_that_may_be_missing_reads_as_empty_and_empty_rows_are_left_out() -> None:
    found = rows(b"name,email\nAda,a@example.org\n,\nBo\n")
    assert [(row.number, row["name"], row["town"]) for row in found] == [
        (2, "Ada", ""),
        (4, "Bo", ""),
    ]


def test_windows_text_keeps_its_letters() -> None:
    (row,) = rows("name,email\nZoë – O’Hara,z@example.org\n".encode("cp1252"))
    assert row["name"] == "Zoë – O’Hara"


def test_cells_read_as_people_see_them() -> None:
    columns = [Column(str(n), str(n), required=False) for n in range(8)]
    values = (
        1e16,
        1.5,
        True,
        False,
        None,
        naive(2026, 11, 21),
        naive(2026, 11, 21, 9, 30),
        " x ",
    )
    content = files.workbook(tuple(str(n) for n in range(8)), values)
    (row,) = read(io.BytesIO(content), Kind.XLSX, columns)
    assert [row[str(n)] for n in range(8)] == [
        "10000000000000000", "1.5", "yes", "no", "", "2026-11-21", "2026-11-21 09:30:00", "x"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind", "refusal", "words"),
    [
        (b"name,town\nAda,Bow", Kind.CSV, MissingColumns, "‘E-mail address’"),
        (b"", Kind.CSV, MissingColumns, "‘E-mail address’, ‘Full name’"),
        (b"name,email,Full name\n", Kind.CSV, DoubleColumn, "two columns for ‘Full name’"),
        (b"name,email\nAda,=1+1", Kind.CSV, Formulas, "Row 2 has a formula under ‘E-mail address’"),
        (files.workbook(HEADER, ("=A1", "x", "y")), Kind.XLSX, Formulas, "Row 2 has a formula"),
        (b"name,email\na,b\nc,d\ne,f", Kind.CSV, TooManyRows, "more than 2 rows"),
        (b'name,email\n"' + b"x" * 200_000, Kind.CSV, Unreadable, "Save it again"),
        (files.office("docx"), Kind.XLSX, Unreadable, "Save it again"),
        (files.office("xlsx"), Kind.XLSX, Unreadable, "Save it again"),
        (b"PK\x03\x04rubbish", Kind.XLSX, Broken, "damaged"),
        (
            files.office("xlsx", {"xl/sharedStrings.xml": b" " * 6 * 2**20}),
            Kind.XLSX,
            Suspicious,
            "unpacks to far more",
        ),
    ],
)
def test_a_wrong_spreadsheet_is_refused_in_words(
    content: bytes, kind: Kind, refusal: type[Exception], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        rows(content, kind, max_rows=2)


def test_a_workbook_cannot_blow_up_through_its_xml() -> None:
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 10}">' for n in range(9)
    )
    bomb = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&a8;</x>".encode()
    content = files.workbook(HEADER)
    parts = files.parts(content)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        with pytest.raises(Unreadable):
            rows(files.archive(parts | {name: bomb}), Kind.XLSX)


def test_a_row_far_below_does_not_fill_the_memory() -> None:
    content = files.workbook(HEADER)
    parts = files.parts(content)
    far = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>',
    )
    with pytest.raises(TooManyRows):
        rows(files.archive(parts | {"xl/worksheets/sheet1.xml": far}), Kind.XLSX, max_rows=1000)


# Out -----------------------------------------------------------------------------------------

DANGEROUS = [
    *("=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "\x00=1", "\n"),
    *("\u200b=1", "\ufeff@x", "\uff1d1", "\u00a0-x"),
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_a_program_may_run_is_made_plain(text: str) -> None:
    assert starts_formula(text)
    assert str(safe(text)).startswith("'")


PLAIN = ["Ada", "", "a=b", "'quoted", 3, -3, -1.5, Decimal("-2.5"), True, None, date(2026, 1, 1)]


def test_other_values_are_written_as_they_are() -> None:
    assert [safe(value) for value in PLAIN] == PLAIN
    assert safe(float("inf")) == ""
    assert safe(datetime(2026, 7, 1, 12, tzinfo=UTC)) == naive(2026, 7, 1, 13)
    assert safe(naive(2026, 7, 1, 12)) == naive(2026, 7, 1, 12)
    assert safe("a\x00b") == "ab"
    assert len(str(safe("x" * 40_000))) == 32_766


unhurried = settings(deadline=None)
TEXTS = st.lists(st.text(max_size=12) | st.sampled_from(DANGEROUS), min_size=1, max_size=3)


@unhurried
@given(st.lists(TEXTS, max_size=3))
def test_no_written_csv_cell_begins_a_formula(table: list[list[str]]) -> None:
    content = b"".join(write_csv(["=title"], table)).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(content, newline="")):
        assert not any(starts_formula(cell) for cell in line)


@unhurried
@given(st.lists(TEXTS, max_size=3))
def test_no_written_workbook_cell_is_or_begins_a_formula(table: list[list[str]]) -> None:
    with write_xlsx(["=title"], table) as file:
        book = load_workbook(file)
    for line in book.active.iter_rows():
        for cell in line:
            assert cell.data_type != "f"
            assert not starts_formula(str(cell.value or ""))


@unhurried
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_what_was_written_is_read_back(name: str) -> None:
    line: Sequence[Any] = [[name, "a@example.org"]]
    if name.startswith(("=", "'")):
        return
    written = b"".join(write_csv(["Full name", "Email"], line))
    assert rows(written)[0]["name"] == name
    with write_xlsx(["Full name", "Email"], line) as file:
        assert rows(file.read(), Kind.XLSX)[0]["name"] == name


def test_a_download_is_private_and_has_a_neutral_name() -> None:
    for kind, content in ((Kind.XLSX, b"PK\x03\x04"), (Kind.CSV, b"\xef\xbb\xbfa\r\n1\r\n")):
        response: Any = download("list", ["a"], [[1]], kind=kind)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert f'attachment; filename="list{kind.endings[0]}"' == response["Content-Disposition"]
        assert b"".join(response.streaming_content).startswith(content)
        if kind is Kind.XLSX:
            response.file_to_stream.close()


def test_an_opening_shows_titles_and_the_first_rows() -> None:
    for content, kind in (
        (files.workbook(HEADER, ("Ada", "=1+1", None), (), ("Bo", "b@x", "Ely")), Kind.XLSX),
        (b"Full name,E-mail address,Town\nAda,=1+1,\n,,\nBo,b@x,Ely\n", Kind.CSV),
    ):
        found = opening(io.BytesIO(content), kind, rows=2)
        assert found.titles == list(HEADER)
        assert found.rows[0] == ["Ada", "(a formula)", ""]
        assert found.rows[1] == ["Bo", "b@x", "Ely"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"name,email\n", b"name,email\n,\n"])
def test_a_sheet_without_a_row_has_nothing(content: bytes) -> None:
    with pytest.raises(Nothing, match="row of titles"):
        opening(io.BytesIO(content), Kind.CSV)


def test_columns_can_be_said_instead_of_found() -> None:
    """Where a person has mapped them, the titles no longer matter."""
    content = b"Town,Who,Where to write\nBow,Ada,ada@example.org\n"
    assert places_of(["Town", "Who", "Where to write"], COLUMNS) == {"town": 0}
    (row,) = read(io.BytesIO(content), Kind.CSV, COLUMNS, places={"name": 1, "email": 2})
    assert (row["name"], row["email"], row["town"]) == ("Ada", "ada@example.org", "")
    with pytest.raises(MissingColumns, match="Full name"):
        list(read(io.BytesIO(content), Kind.CSV, COLUMNS, places={"email": 2}))
