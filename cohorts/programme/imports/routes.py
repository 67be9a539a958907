"""What a cell says of other routes: 'BALI 2021; Aspire 2019, not completed'."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cohorts.programme.enums import Route
from cohorts.programme.services.routes import FIRST_YEAR, Done
from lic_site.common.imports.lookups import Lookup, plain

TITLE = 120
_BETWEEN = re.compile(r"[;\n]+")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NOT_COMPLETED = re.compile(
    r"\b(?:(?:not|did not|didn[’']?t)\s+(?:yet\s+)?(?:complete|completed|finish|finished)"
    r"|incomplete|unfinished|withdrew|withdrawn|left early)\b",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"\b(?:completed?|finished|done|yes)\b", re.IGNORECASE)
_LOOSE = " ,.:-–()[]"
_KNOWN = Lookup(
    [
        ("BALI", Route.BALI),
        ("Black and Asian Leadership Initiative", Route.BALI),
        ("London Leadership Programme", Route.LONDON),
        ("London Leadership", Route.LONDON),
        ("LLP", Route.LONDON),
    ],
    what="a programme",
)


class Unclear(Exception):
    """What the cell says cannot be told; the words say how to write it."""


@lru_cache(maxsize=10_000)
def routes_in(text: str, *, this_year: int) -> tuple[Done, ...]:
    """What somebody has done, each once. Raises Unclear."""
    found = (one for each in _BETWEEN.split(text) for one in _routes(each, this_year))
    kept: dict[object, Done] = {}
    for one in found:
        kept.setdefault((one.route, plain(one.title), one.year), one)
    return tuple(kept.values())


def _routes(item: str, this_year: int) -> Iterator[Done]:
    if not item.strip(_LOOSE):
        return
    years = [int(year) for year in _YEAR.findall(item)]
    if len(years) > 1:
        raise Unclear(f"‘{item.strip()[:80]}’ has two years. Put a semicolon between programmes.")
    year = years[0] if years else None
    if year is not None and not FIRST_YEAR <= year <= this_year:
        raise Unclear(f"{year} cannot be right. Give the year in which it began.")
    named = _COMPLETED.sub("", _NOT_COMPLETED.sub("", _YEAR.sub("", item)))
    title = " ".join(re.sub(r"\(\W*\)", "", named).split()).strip(_LOOSE)
    if not title:
        raise Unclear("Say which programme it was, for example ‘BALI 2021’.")
    if len(title) > TITLE:
        raise Unclear(f"Shorten the programme’s name to {TITLE} letters or fewer.")
    route = _KNOWN.find(title) or Route.OTHER
    yield Done(
        route=route,
        title=title if route == Route.OTHER else "",
        year=year,
        is_completed=not _NOT_COMPLETED.search(item),
    )
