"""Rows of a spreadsheet of past cohorts, matched with each other and with what is on record."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

from cohorts.programme.enums import EnrolmentState
from cohorts.programme.models import Cohort, Enrolment, Programme
from lic_site.accounts.imports.lookups import AT_ONCE, people_by_address
from lic_site.accounts.models import Organisation, Person
from lic_site.common.imports.cells import Checker, in_rows
from lic_site.common.imports.lookups import plain
from lic_site.common.spreadsheets import Row
from lic_site.common.templatetags.site import when


@dataclass
class Entry:
    """One row that could be read."""

    row: Row
    programme: Programme | None
    name: str
    starts_on: date | None
    ends_on: date | None
    given_name: str
    family_name: str
    emails: tuple[str, ...]
    outcome: EnrolmentState | None
    job_title: str
    grade_band: str
    organisation: Organisation | None
    certificate_on: date | None
    cohort: Cohort | None = None
    """Where it is on record already."""
    known: Person | None = None

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def key(self) -> str:
        """What makes two rows one cohort."""
        return plain(self.name)


def match_cohorts(entries: Iterable[Entry], checker: Checker) -> None:
    """Rows of one name are one cohort, on record or new, with one pair of dates."""
    together: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.name:
            together[entry.key].append(entry)
    on_record = {plain(one.name): one for one in Cohort.objects.order_by("-pk")}
    for key, same in together.items():
        days = {(each.starts_on, each.ends_on, each.programme) for each in same}
        cohort = on_record.get(key)
        words = ""
        if len(days) > 1:
            rows = in_rows([each.number for each in same])
            words = f"{rows} give ‘{same[0].name}’ different dates. Give them all the same."
        elif cohort is not None:
            words = _why_not(cohort, same[0])
        for entry in same:
            entry.cohort = cohort
            if words:
                checker.fault(entry.number, "cohort", words)


def match_people(entries: Sequence[Entry], checker: Checker) -> None:
    checker.once(
        "email",
        ((each.row, (each.key, email)) for each in entries for email in each.emails),
        lambda same, key: f"{same} have the address ‘{key[1]}’ in one cohort. Leave one out.",
    )
    known = people_by_address(email for entry in entries for email in entry.emails)
    for entry in entries:
        found = {known[email].pk: known[email] for email in entry.emails if email in known}
        if len(found) > 1:
            words = (
                "These addresses belong to different people. Leave one in, or bring the "
                "records together first."
            )
            checker.fault(entry.number, "email", words)
        entry.known = next(iter(found.values()), None)
    also = {email: each.known for each in entries if each.known for email in each.emails}
    for entry in entries:
        entry.known = entry.known or next(
            (also[email] for email in entry.emails if email in also), None
        )
    _check_names(entries, checker)
    checker.once(
        "email",
        ((each.row, (each.key, each.known.pk)) for each in entries if each.known),
        lambda same, _: f"{same} are one person in one cohort. Leave one out.",
    )


def _check_names(entries: Iterable[Entry], checker: Checker) -> None:
    """One address cannot be two people's."""
    named: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for entry in entries:
        for email in entry.emails:
            named[email][entry.number] = plain(f"{entry.given_name} {entry.family_name}")
    for email, names in named.items():
        if len(set(names.values())) > 1:
            words = f"{in_rows(list(names))} give ‘{email}’ different names. Correct one."
            for number in names:
                checker.fault(number, "email", words)


def known_places(entries: Iterable[Entry], checker: Checker) -> set[int]:
    """The numbers of rows whose place is on record already, just so."""
    asked = {
        (entry.cohort.pk, entry.known.pk): entry
        for entry in entries
        if entry.cohort and entry.known
    }
    found: set[int] = set()
    for some in batched({person for _, person in asked}, AT_ONCE, strict=False):
        rows = Enrolment.objects.filter(person__in=some, cohort__is_imported=True)
        for place in rows:
            entry = asked.get((place.cohort_id, place.person_id))
            if entry is None:
                continue
            found.add(entry.number)
            if entry.outcome and place.state != entry.outcome:
                words = (
                    f"On record: {place.get_state_display()}. In the sheet: "
                    f"{entry.outcome.label}. Correct the sheet, or leave this row out."
                )
                checker.fault(entry.number, "outcome", words)
    return found


def _why_not(cohort: Cohort, entry: Entry) -> str:
    """Why rows cannot join the cohort of their name, empty if they can."""
    if not cohort.is_imported:
        return f"A cohort called ‘{cohort.name}’ was run here. Give this one another name."
    if (cohort.starts_on, cohort.ends_on) != (entry.starts_on, entry.ends_on):
        days = f"{when(cohort.starts_on)} to {when(cohort.ends_on)}"
        return f"‘{cohort.name}’ is on record from {days}. Give the same dates."
    return ""
