"""Cohorts of earlier years with who took part, from a spreadsheet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cohorts.programme.certificates import can_print
from cohorts.programme.enums import EnrolmentState
from cohorts.programme.imports.columns import COLUMNS, NAME, outcomes
from cohorts.programme.imports.places import (
    Entry,
    known_places,
    match_cohorts,
    match_people,
)
from cohorts.programme.models import Cohort, Programme
from cohorts.programme.services.past import (
    PastCohort,
    PastPlace,
    add_past_cohorts,
    add_past_places,
)
from cohorts.programme.words import how_many
from lic_site.accounts.imports.columns import NAME as PERSON_NAME
from lic_site.accounts.imports.columns import TITLE
from lic_site.accounts.imports.lookups import employers, grades
from lic_site.accounts.models import Person
from lic_site.accounts.services.bulk import NewPerson, add_people
from lic_site.common.enums import Outcome
from lic_site.common.imports.cells import Checker
from lic_site.common.imports.lookups import Lookup
from lic_site.common.imports.protocol import Plan, Written
from lic_site.common.spreadsheets import Row


class PastCohorts:
    """Adds cohorts that are over, archived from the start, and who took part in them."""

    name = "past-cohorts"
    title = "Past cohorts"
    about = "Cohorts that are over: who took part, what came of it, the post they joined from."
    columns = COLUMNS
    can_update = False

    def plan(self, rows: Sequence[Row], *, at: datetime) -> Plan:
        checker = Checker(self.columns)
        entries = self._read(rows, checker, timezone.localdate(at))
        match_cohorts(entries, checker)
        match_people(entries, checker)
        places = known_places(entries, checker)
        good = [entry for entry in entries if entry.number not in checker.bad]
        found = {row.number: Outcome.PROBLEM for row in rows if row.number in checker.bad}
        for entry in good:
            found[entry.number] = Outcome.KNOWN if entry.number in places else Outcome.NEW
        return Plan(
            outcomes=dict(sorted(found.items())),
            problems=checker.in_order(),
            work=[entry for entry in good if entry.number not in places],
        )

    def _read(self, rows: Sequence[Row], checker: Checker, today: date) -> list[Entry]:
        by_grade, by_employer, by_outcome = grades(), employers(), outcomes()
        programmes = list(Programme.objects.all())
        by_programme = Lookup([(one.name, one) for one in programmes], what="a programme")
        only = programmes[0] if len(programmes) == 1 else None
        entries = []
        for row in rows:
            entry = Entry(
                row=row,
                programme=checker.found(row, "programme", by_programme, needed=only is None)
                or only,
                name=checker.text(row, "cohort", most=NAME, needed=True),
                starts_on=checker.date(row, "starts_on", needed=True),
                ends_on=checker.date(row, "ends_on", needed=True),
                given_name=checker.text(row, "given_name", most=PERSON_NAME, needed=True),
                family_name=checker.text(row, "family_name", most=PERSON_NAME, needed=True),
                emails=checker.emails(row, "email", needed=True),
                outcome=checker.found(row, "outcome", by_outcome, needed=True),
                job_title=checker.text(row, "job_title", most=TITLE),
                grade_band=checker.found(row, "grade_band", by_grade) or "",
                organisation=checker.found(row, "organisation", by_employer),
                certificate_on=checker.date(row, "certificate_on"),
            )
            self._check_days(entry, checker, today)
            entries.append(entry)
        return entries

    def _check_days(self, entry: Entry, checker: Checker, today: date) -> None:
        starts, ends, issued = entry.starts_on, entry.ends_on, entry.certificate_on
        if starts and ends and ends < starts:
            checker.fault(entry.number, "ends_on", "It ends before it starts. Correct a date.")
        elif ends and ends >= today:
            words = "It is not over yet. Bring in cohorts that are over; plan others under Cohorts."
            checker.fault(entry.number, "ends_on", words)
        if issued is None:
            return
        if entry.outcome not in {None, EnrolmentState.COMPLETED}:
            words = "Only somebody who completed has a certificate. Empty this, or correct that."
            checker.fault(entry.number, "certificate_on", words)
        elif issued > today or (starts and issued < starts):
            words = "A certificate is issued after the cohort starts and not after today."
            checker.fault(entry.number, "certificate_on", words)
        elif not can_print(f"{entry.given_name} {entry.family_name}".strip()):
            words = (
                "There are letters in this name that a certificate cannot print. Empty this, and "
                "issue the certificate on the person’s page with the name as it should be printed."
            )
            checker.fault(entry.number, "certificate_on", words)

    def write(self, plan: Plan, *, is_update: bool, by: Any, at: datetime) -> Written:  # noqa: ARG002
        entries: list[Entry] = plan.work
        cohorts = self._cohorts(entries, by=by, at=at)
        people = self._people(entries, by=by, at=at)
        add_past_places(
            places=[
                PastPlace(
                    cohort=cohorts[entry.key],
                    person=people[entry.number],
                    outcome=entry.outcome,
                    job_title=entry.job_title,
                    grade_band=entry.grade_band,
                    organisation=entry.organisation,
                    certificate_on=entry.certificate_on,
                )
                for entry in entries
                if entry.outcome
            ],
            by=by,
            at=at,
        )
        brought = f"{how_many(len(cohorts), 'cohort')} with {how_many(len(entries), 'place')}"
        told = f"{brought} brought in."
        slugs = {cohort.slug for cohort in cohorts.values()}
        if len(slugs) == 1:
            return Written(told, reverse("programme:cohort", args=list(slugs)))
        return Written(told, reverse("programme:cohorts"))

    def _cohorts(self, entries: Iterable[Entry], *, by: Any, at: datetime) -> dict[str, Cohort]:
        """By the key of its rows."""
        found = {entry.key: entry.cohort for entry in entries if entry.cohort}
        new = {entry.key: _past(entry) for entry in reversed(list(entries)) if not entry.cohort}
        new = dict(sorted(new.items(), key=lambda item: item[1].starts_on))
        added = add_past_cohorts(cohorts=new.values(), by=by, at=at)
        return found | dict(zip(new, added, strict=True))

    def _people(self, entries: Sequence[Entry], *, by: Any, at: datetime) -> dict[int, Person]:
        """By the number of a row. Whoever is in two cohorts is added once."""
        people = {entry.number: entry.known for entry in entries if entry.known}
        rows: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.known is None:
                known_as = next((rows[each] for each in entry.emails if each in rows), [])
                known_as.append(entry)
                rows |= {email: rows.get(email, known_as) for email in entry.emails}
        wanted = {id(same): same for same in rows.values()}.values()
        added = add_people(people=[_new(same, rows) for same in wanted], by=by, at=at)
        for person, same in zip(added, wanted, strict=True):
            people |= {entry.number: person for entry in same}
        return people


def _new(same: list[Entry], rows: Mapping[str, list[Entry]]) -> NewPerson:
    """The person of these rows, with the addresses that are theirs."""
    first = same[0]
    emails = dict.fromkeys(email for entry in same for email in entry.emails)
    return NewPerson(
        given_name=first.given_name,
        family_name=first.family_name,
        emails=tuple(email for email in emails if rows[email] is same),
    )


def _past(entry: Entry) -> PastCohort:
    assert entry.programme is not None  # noqa: S101  a row without a fault
    assert entry.starts_on is not None  # noqa: S101
    assert entry.ends_on is not None  # noqa: S101
    return PastCohort(
        programme=entry.programme,
        name=entry.name,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
    )


PAST_COHORTS = PastCohorts()
