"""People, from a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.urls import reverse

from lic_site.accounts.enums import GradeBand
from lic_site.accounts.imports.columns import MANAGER, NAME, POST, TITLE, WHO
from lic_site.accounts.imports.entries import Entry
from lic_site.accounts.imports.lookups import AT_ONCE, employers, grades, people_by_address
from lic_site.accounts.models import ManagerRelation, Person
from lic_site.accounts.services.bulk import (
    Managed,
    NewPerson,
    add_people,
    change_people,
    name_managers,
)
from lic_site.common.enums import Outcome
from lic_site.common.imports.cells import Checker
from lic_site.common.imports.protocol import Finding, Plan, Written
from lic_site.common.spreadsheets import Column, Row

POSTS = tuple(column.name for column in POST)


class People:
    """Adds people; brings the posts of those already known up to the sheet on request."""

    name = "people"
    title = "People"
    about = "Names, addresses, posts, employers and line managers."
    columns: tuple[Column, ...] = WHO + POST + MANAGER
    can_update = True

    def plan(self, rows: Sequence[Row], *, at: datetime) -> Plan:
        checker = Checker(self.columns)
        entries = self.read(rows, checker, at=at)
        self._find_known(entries, checker)
        self._find_managers(entries, checker)
        good = [entry for entry in entries if entry.number not in checker.bad]
        changes = self.differences(good, at=at)
        outcomes = {row.number: Outcome.PROBLEM for row in rows if row.number in checker.bad}
        outcomes |= {entry.number: _outcome(entry) for entry in good}
        return Plan(
            outcomes=dict(sorted(outcomes.items())),
            problems=checker.in_order(),
            changes=changes,
            work=good,
        )

    def read(self, rows: Sequence[Row], checker: Checker, *, at: datetime) -> list[Entry]:  # noqa: ARG002
        """Each row as an entry; what is wrong with its cells goes to the checker."""
        by_grade, by_employer = grades(), employers()
        entries = []
        for row in rows:
            manager_email, *others = checker.emails(row, "manager_email") or ("",)
            if others:
                checker.fault(row.number, "manager_email", "Give one address only.")
                manager_email = ""
            entries.append(
                Entry(
                    row=row,
                    given_name=checker.text(row, "given_name", most=NAME, needed=True),
                    family_name=checker.text(row, "family_name", most=NAME, needed=True),
                    emails=checker.emails(row, "email", needed=True),
                    job_title=checker.text(row, "job_title", most=TITLE),
                    grade_band=checker.found(row, "grade_band", by_grade) or "",
                    organisation=checker.found(row, "organisation", by_employer),
                    manager_email=manager_email,
                    manager_name=checker.text(row, "manager_name", most=NAME),
                )
            )
        checker.once(
            "email",
            ((entry.row, email) for entry in entries for email in entry.emails),
            lambda same, email: f"{same} have the address ‘{email}’. Leave it in one of them.",
        )
        return entries

    def _find_known(self, entries: Iterable[Entry], checker: Checker) -> None:
        known = people_by_address(email for entry in entries for email in entry.emails)
        taken: dict[int, Entry] = {}
        for entry in entries:
            found = {known[email].pk: known[email] for email in entry.emails if email in known}
            if len(found) > 1:
                checker.fault(
                    entry.number,
                    "email",
                    "These addresses belong to different people. Leave one in, or bring the "
                    "records together first.",
                )
                continue
            entry.known = next(iter(found.values()), None)
            if entry.known is None:
                continue
            first = taken.setdefault(entry.known.pk, entry)
            if first is not entry:
                words = (
                    f"Rows {first.number} and {entry.number} have two addresses of one person. "
                    "Leave one of the rows out."
                )
                checker.fault(entry.number, "email", words)
                checker.fault(first.number, "email", words)

    def _find_managers(self, entries: Sequence[Entry], checker: Checker) -> None:
        known = people_by_address(entry.manager_email for entry in entries if entry.manager_email)
        rows = {email: entry for entry in entries for email in entry.emails}
        for entry in entries:
            email = entry.manager_email
            if not email:
                continue
            entry.manager = known.get(email)
            of_row = rows.get(email)
            if of_row is entry or (entry.manager and entry.manager == entry.known):
                words = "Nobody is their own line manager. Give another address."
                checker.fault(entry.number, "manager_email", words)
            elif not (entry.manager or of_row or entry.manager_name):
                words = (
                    f"Nobody on record or in this sheet has the address ‘{email}’. Fill in the "
                    "line manager’s name too, and they are added."
                )
                checker.fault(entry.number, "manager_email", words)

    def differences(self, entries: Sequence[Entry], *, at: datetime) -> list[Finding]:  # noqa: ARG002
        """What the sheet says otherwise of those who are known."""
        current = _managers_of(entry.known for entry in entries if entry.known)
        return [finding for entry in entries for finding in self.compare(entry, current)]

    def compare(self, entry: Entry, managers: Mapping[int, ManagerRelation]) -> Iterator[Finding]:
        """What the sheet says otherwise of somebody known. Empty cells say nothing."""
        if entry.known is None:
            return
        titles = {column.name: column.title for column in self.columns}
        for name, label in self._details():
            ours, theirs = getattr(entry.known, name), getattr(entry, name)
            if theirs and theirs != ours:
                entry.differences[name] = theirs
                yield Finding(entry.number, titles[name], _differs(label(ours), label(theirs)))
        relation = managers.get(entry.known.pk)
        if entry.manager_email and not (
            relation and entry.manager and relation.manager_id == entry.manager.pk
        ):
            entry.differences["manager"] = entry.manager_email
            ours = relation.named_as if relation else ""
            words = _differs(ours, entry.manager_email)
            yield Finding(entry.number, titles["manager_email"], words)

    def _details(self) -> tuple[tuple[str, Any], ...]:
        labels = dict(GradeBand.choices)
        return (
            ("job_title", str),
            ("grade_band", lambda value: labels.get(value, "")),
            ("organisation", lambda value: str(value or "")),
        )

    def write(self, plan: Plan, *, is_update: bool, by: Any, at: datetime) -> Written:
        entries: list[Entry] = plan.work
        people = self.write_people(entries, is_update=is_update, by=by, at=at)
        self.write_managers(entries, people, is_update=is_update, by=by, at=at)
        self.write_more(entries, people, is_update=is_update, by=by, at=at)
        added = sum(entry.known is None for entry in entries)
        changed = sum(bool(entry.differences) for entry in entries) if is_update else 0
        told = f"{_people(added)} added"
        told += f", {_people(changed)} brought up to date." if changed else "."
        return Written(told, reverse("accounts:people"))

    def write_more(
        self,
        entries: Sequence[Entry],
        people: Mapping[int, Person],
        *,
        is_update: bool,
        by: Any,
        at: datetime,
    ) -> None:
        """What else an app on a higher floor knows of people; ``people`` by the rows' numbers."""

    def write_people(
        self, entries: Sequence[Entry], *, is_update: bool, by: Any, at: datetime
    ) -> dict[int, Person]:
        """The person of each row, by its number: found or added."""
        new = [entry for entry in entries if entry.known is None]
        added = add_people(
            people=[
                NewPerson(
                    given_name=entry.given_name,
                    family_name=entry.family_name,
                    emails=entry.emails,
                    job_title=entry.job_title,
                    grade_band=entry.grade_band,
                    organisation=entry.organisation,
                )
                for entry in new
            ],
            by=by,
            at=at,
        )
        people = {entry.number: entry.known for entry in entries if entry.known is not None}
        people |= {entry.number: person for entry, person in zip(new, added, strict=True)}
        if is_update:
            changes = {
                entry.known: posts
                for entry in entries
                if entry.known is not None
                and (posts := {k: v for k, v in entry.differences.items() if k in POSTS})
            }
            change_people(changes=changes, by=by, at=at)
        return people

    def write_managers(
        self,
        entries: Sequence[Entry],
        people: Mapping[int, Person],
        *,
        is_update: bool,
        by: Any,
        at: datetime,
    ) -> None:
        """Who manages whom: of everybody added, and on request of those already known."""
        wanted = [
            entry
            for entry in entries
            if entry.manager_email
            and (entry.known is None or (is_update and "manager" in entry.differences))
        ]
        rows = {email: entry for entry in entries for email in entry.emails}
        found = {entry.manager_email: entry.manager for entry in wanted if entry.manager}
        found |= {email: people[rows[email].number] for email in _asked(wanted) & rows.keys()}
        unknown: dict[str, str] = {}
        for entry in wanted:
            if entry.manager_email not in found:
                unknown.setdefault(entry.manager_email, entry.manager_name)
        added = add_people(
            people=[_somebody(email, name) for email, name in unknown.items()], by=by, at=at
        )
        found |= dict(zip(unknown, added, strict=True))
        managed = [
            Managed(
                person=people[entry.number],
                manager=found[entry.manager_email],
                named_as=_named(entry, rows.get(entry.manager_email)),
            )
            for entry in wanted
        ]
        name_managers(managed=managed, by=by, at=at)


def _outcome(entry: Entry) -> Outcome:
    if entry.known is None:
        return Outcome.NEW
    return Outcome.CHANGED if entry.differences else Outcome.KNOWN


def _differs(ours: str, theirs: str) -> str:
    return f"On record: {ours or 'nothing'}. In the sheet: {theirs}."


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _asked(entries: Iterable[Entry]) -> set[str]:
    return {entry.manager_email for entry in entries}


def _somebody(email: str, name: str) -> NewPerson:
    given_name, _, family_name = name.partition(" ")
    return NewPerson(given_name=given_name, family_name=family_name, emails=(email,))


def _named(entry: Entry, row: Entry | None) -> str:
    """The line manager as the sheet names them; what the record says is not told."""
    in_row = f"{row.given_name} {row.family_name}" if row else ""
    return entry.manager_name or in_row or entry.manager_email


def _managers_of(people: Iterable[Person]) -> dict[int, ManagerRelation]:
    """The live relation of each who has one."""
    found: dict[int, ManagerRelation] = {}
    for some in batched([person.pk for person in people], AT_ONCE, strict=False):
        for relation in ManagerRelation.objects.filter(person__in=some, ends_on=None):
            found[relation.person_id] = relation
    return found


PEOPLE = People()
