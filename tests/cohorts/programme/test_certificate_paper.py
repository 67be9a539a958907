"""The certificate as a PDF: tagged, in its language, one page, whatever the name is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from cohorts.programme.certificates import Printed, can_print, draw
from lic_site.common.pdf import Unprintable
from tests.support.people import NOW

PRINTED = Printed(
    name="Adaeze Okonkwo-Williams",
    programme="Leadership in Colour",
    cohort="Spring cohort",
    starts_on=date(2026, 3, 1),
    ends_on=date(2026, 11, 20),
    issued_on=date(2026, 11, 21),
    number="7K4M-9PQX-3BDT-W8HN",
    issue=1,
    address="https://lic.example.org/certificates/check/7K4M-9PQX-3BDT-W8HN/",
)
MARKUP = '#panic() *b* _i_ $x$ @a <b> `c` \\ // = [d] "e" #sys.inputs'
NAMES = [
    PRINTED.name,
    MARKUP,
    "محمد عبد الله الهاشمي",
    "Nguyễn Thị Ánh",
    "W" * 80 + " " + "M" * 80,
    "-" * 170,
]


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure, the document's own first."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from elements(each)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        if "/K" in node:
            yield from elements(node.K)


def opened(printed: Printed) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(draw(printed, at=NOW)))


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_name_it_is_one_page_that_a_screen_reader_can_read(name: str) -> None:
    with opened(replace(PRINTED, name=name)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Certificate of completion"
            assert metadata["pdfuaid:part"] == "1"
        found = list(elements(pdf.Root.StructTreeRoot.K))
        assert [str(each.S) for each in found].count("/H1") == 1
        figures = [str(each.Alt) for each in found if str(each.S) == "/Figure"]
        assert figures == ["QR code: leads to the page where this certificate can be checked"]


def test_words_are_never_markup() -> None:
    """``#panic()`` in a name would stop the setting; a cohort's name is no better."""
    assert draw(replace(PRINTED, name=MARKUP, cohort=MARKUP, programme=MARKUP)).startswith(b"%PDF")


def test_the_name_is_in_no_property_of_the_file() -> None:
    with opened(PRINTED) as pdf:
        assert "Adaeze" not in str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode()


def test_a_letter_that_no_font_has_is_said() -> None:
    assert can_print(PRINTED.name)
    assert can_print("محمد")
    assert not can_print("Zoë \u0378")
    with pytest.raises(Unprintable) as refused:
        draw(replace(PRINTED, name="Zoë \u0378"))
    assert "\u0378" not in str(refused.value)
