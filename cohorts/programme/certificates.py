"""A certificate on paper and under a check, on plain values."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

import segno

from cohorts.programme.references import ALPHABET
from lic_site.common.pdf import Unprintable, typeset

LETTERS = 16
GROUPS = re.compile(r".{4}")
# Letters that Unicode does not take apart into a plain one and its mark.
PLAIN = str.maketrans("øłđðħıæœþ", "olddhiaop")
EVERYDAY = re.compile(r"[A-Za-zÀ-ÖØ-öø-ſ .,'’-]*")
"""Letters that the certificate's own fonts have for certain."""


@dataclass(frozen=True)
class Printed:
    """What stands on a certificate. Dates are days in London."""

    name: str
    programme: str
    cohort: str
    starts_on: date
    ends_on: date
    issued_on: date
    number: str
    issue: int
    address: str
    """Of the page where it is checked, the number in it."""


def draw(printed: Printed, *, at: datetime | None = None) -> bytes:
    """The certificate as a tagged PDF of one page. Raises Unprintable."""
    data = {
        "name": printed.name,
        "programme": printed.programme,
        "cohort": printed.cohort,
        "starts": f"{printed.starts_on:%B %Y}",
        "ends": f"{printed.ends_on:%B %Y}",
        "issued": f"{printed.issued_on.day} {printed.issued_on:%B %Y}",
        "number": printed.number,
        "issue": printed.issue,
        "page": _page(printed),
        "qr": _qr(printed.address),
    }
    return typeset("certificate", data, at=at)


def _page(printed: Printed) -> str:
    """The address without the number, short enough to type."""
    return printed.address.partition("//")[2].removesuffix(f"{printed.number}/")


def _qr(address: str) -> str:
    """The address as an SVG picture."""
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=0, dark="#1d1633", xmldecl=False, svgns=True
    )
    return picture.getvalue().decode()


def can_print(name: str) -> bool:
    """Whether there is a font for every letter of the name."""
    if EVERYDAY.fullmatch(name):
        return True
    try:
        typeset("name", {"name": name})
    except Unprintable:
        return False
    return True


def tidy_number(typed: str) -> str:
    """The number as it is kept, however it was typed: small letters, spaces, no hyphens. Empty if
    it cannot be one.
    """
    kept = "".join(letter for letter in typed.upper() if letter in ALPHABET)
    return "-".join(GROUPS.findall(kept)) if len(kept) == LETTERS else ""


def same_name(one: str, other: str) -> bool:
    """Whether two last names are one, forgiving case, accents, hyphens, apostrophes and spaces.

    As much work whatever they are. An empty name is nobody's.
    """
    first, second = _plain(one), _plain(other)
    alike = hmac.compare_digest(_digest(first), _digest(second))
    return alike and bool(first)


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(PLAIN)
    return "".join(letter for letter in apart if letter.isalnum())


def _digest(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()
