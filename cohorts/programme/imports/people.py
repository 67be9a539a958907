"""People from a spreadsheet as ``accounts`` takes them in, with other routes they have done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.utils import timezone

from cohorts.programme.imports.routes import Unclear, routes_in
from cohorts.programme.models import OtherRoute
from cohorts.programme.services.routes import Done, record_routes
from lic_site.accounts.imports.entries import Entry
from lic_site.accounts.imports.lookups import AT_ONCE
from lic_site.accounts.imports.people import People
from lic_site.accounts.models import Person
from lic_site.common.imports.cells import Checker
from lic_site.common.imports.lookups import plain
from lic_site.common.imports.protocol import Finding
from lic_site.common.spreadsheets import Column, Row

ROUTES = Column(
    "other_routes",
    "Other programmes done",
    required=False,
    aliases=("Other routes", "Other route", "Other programmes", "Programmes done"),
    hint=(
        "With the year, a semicolon between them; add ‘not completed’ where that is so. BALI and "
        "the London Leadership Programme are known by name."
    ),
    example="BALI 2021; Aspire 2019, not completed",
)


class PeopleAndRoutes(People):
    """Other routes are added to those on record; none is taken out."""

    about = "Names, addresses, posts, employers, line managers, other programmes done."
    columns = (*People.columns, ROUTES)

    def read(self, rows: Sequence[Row], checker: Checker, *, at: datetime) -> list[Entry]:
        year = timezone.localdate(at).year
        for row in rows:
            try:
                routes_in(row["other_routes"], this_year=year)
            except Unclear as unclear:
                checker.fault(row.number, "other_routes", str(unclear))
        return super().read(rows, checker, at=at)

    def differences(self, entries: Sequence[Entry], *, at: datetime) -> list[Finding]:
        found = super().differences(entries, at=at)
        known = [entry for entry in entries if entry.known is not None]
        held = _held(entry.known.pk for entry in known if entry.known is not None)
        for entry in known:
            assert entry.known is not None  # noqa: S101  just asked
            missing = _missing(_done(entry, at), held[entry.known.pk])
            if missing:
                entry.differences["other_routes"] = missing
                words = f"Not on record: {'; '.join(str(one) for one in missing)}."
                found.append(Finding(entry.number, ROUTES.title, words))
        return sorted(found, key=lambda one: one.row)

    def write_more(
        self,
        entries: Sequence[Entry],
        people: Mapping[int, Person],
        *,
        is_update: bool,
        by: Any,
        at: datetime,
    ) -> None:
        done: list[tuple[Person, Done]] = []
        for entry in entries:
            if entry.known is None:
                done += [(people[entry.number], one) for one in _done(entry, at)]
            elif is_update:
                done += [(entry.known, one) for one in entry.differences.get("other_routes", ())]
        record_routes(done=done, by=by, at=at)


def _done(entry: Entry, at: datetime) -> tuple[Done, ...]:
    return routes_in(entry.row["other_routes"], this_year=timezone.localdate(at).year)


def _missing(done: Iterable[Done], held: set[tuple[str, str, int | None]]) -> tuple[Done, ...]:
    """Those of them that are not on record, completed or not."""
    return tuple(one for one in done if (one.route, plain(one.title), one.year) not in held)


def _held(people: Iterable[int]) -> defaultdict[int, set[tuple[str, str, int | None]]]:
    found: defaultdict[int, set[tuple[str, str, int | None]]] = defaultdict(set)
    for some in batched(people, AT_ONCE, strict=False):
        for route in OtherRoute.objects.filter(person__in=some):
            found[route.person_id].add((route.route, plain(route.title), route.year))
    return found


PEOPLE = PeopleAndRoutes()
