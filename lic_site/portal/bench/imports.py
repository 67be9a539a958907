"""``imports``: a spreadsheet of 5,000 people, checked and brought in by the pages’ verbs, against
reading the file with openpyxl and writing the same rows by ``executemany``.
"""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import override_settings
from django.utils import timezone
from openpyxl import load_workbook

from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import ContactAddress, ManagerRelation, Person
from lic_site.accounts.reference import AUTHORITIES
from lic_site.accounts.services.reference import load_authorities
from lic_site.common.imports.sheets import importer_of
from lic_site.common.models import Sheet
from lic_site.common.spreadsheets import opening, places_of, write_xlsx
from lic_site.common.uploads import SPREADSHEETS, Kind, check
from lic_site.portal.bench.figures import ROUNDS, Figure, interleaved
from lic_site.portal.bench.processes import NotReady
from lic_site.portal.imports import services

PEOPLE = 5_000
TEAM = 10
"""Each of so many people has the first of them as line manager."""
TITLES = (
    "First name",
    "Last name",
    "E-mail address",
    "Job title",
    "Grade",
    "Employer or borough",
    "Line manager’s e-mail address",
)


def imports(environment: Mapping[str, str]) -> Iterator[Figure]:
    """Figure ``people`` (seconds for the whole sheet)."""
    load_authorities(at=timezone.now())
    folder = Path(environment["VAR_DIR"])
    file = folder / "people.xlsx"
    with write_xlsx(TITLES, [row(number) for number in range(PEOPLE)]) as book:
        file.write_bytes(book.read())
    written: list[bool] = []
    with override_settings(PRIVATE_ROOT=folder / "private"):
        ours, raw = interleaved(
            lambda: brought_in(file, written),
            lambda: read_and_written(file, written),
        )
    yield Figure(
        name="imports",
        case="people",
        ours=ours,
        yardstick=raw,
        unit="s",
        reach=8,
        better="at most",
        sizes={"people": PEOPLE, "columns": len(TITLES), "rounds": ROUNDS},
        must={"the same rows, every round": all(written)},
    )


def row(number: int) -> tuple[str, ...]:
    borough = AUTHORITIES[number % len(AUTHORITIES)][2]
    first = number - number % TEAM
    return (
        f"Given{number}",
        f"Family{number}",
        email(number),
        "Team manager",
        GradeBand.labels[number % len(GradeBand)],
        borough if number % 2 else f"London Borough of {borough}",
        "" if first == number else email(first),
    )


def email(number: int) -> str:
    return f"person{number}@bench.example"


def rows_there() -> tuple[int, int, int]:
    models = (Person, ContactAddress, ManagerRelation)
    people, addresses, managers = (model.objects.count() for model in models)
    return people, addresses, managers


ALL = (PEOPLE, PEOPLE, PEOPLE - PEOPLE // TEAM)


def brought_in(file: Path, written: list[bool]) -> float:
    """Seconds for it to be taken, read, checked, read and checked again, and written."""
    forget()
    started = time.perf_counter()
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    upload.kind = check(upload, SPREADSHEETS)  # type: ignore[attr-defined]
    now = timezone.now()
    sheet = services.choose_sheet(kind="people", upload=upload, by=None, at=now)
    columns = importer_of(sheet).columns
    with file.open("rb") as book:
        places = places_of(opening(book, Kind.XLSX).titles, columns)
    sheet = services.match_columns(sheet=sheet, places=places)
    services.check_sheet(sheet=sheet, at=now)
    sheet.refresh_from_db()
    services.confirm_sheet(
        sheet=sheet, fingerprint=sheet.fingerprint, is_update=False, by=None, at=now
    )
    if services.bring_in(sheet=sheet, is_update=False, by=None, at=now) is None:
        raise NotReady("the sheet was not brought in")
    took = time.perf_counter() - started
    written.append(rows_there() == ALL)
    return took


def read_and_written(file: Path, written: list[bool]) -> float:
    """Seconds for openpyxl to read every cell and psycopg to write the same rows."""
    forget()
    started = time.perf_counter()
    book = load_workbook(file, read_only=True)
    values = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    now = datetime.now(UTC)
    people: list[tuple[Any, ...]] = []
    addresses: list[tuple[Any, ...]] = []
    managers: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    by_email = {}
    for pk, (given, family, address, job, _grade, _borough, manager) in enumerate(values, start=1):
        by_email[address] = pk
        people.append((pk, given, family, job, "", now))
        addresses.append((pk, address, True, False, False))
        events.append((now, "accounts.person_added", "accounts.person", pk, pk, "[]"))
        if manager:
            managers.append((pk, by_email[manager], str(manager), now.date()))
            events.append((now, "accounts.manager_named", "accounts.relation", pk, pk, "[]"))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "insert into accounts_person (id, given_name, family_name, job_title, grade_band,"
            " created_at) values (%s, %s, %s, %s, %s, %s)",
            people,
        )
        cursor.executemany(
            "insert into accounts_contactaddress (person_id, email, is_primary, for_essential,"
            " for_optional) values (%s, %s, %s, %s, %s)",
            addresses,
        )
        cursor.executemany(
            "insert into accounts_managerrelation (person_id, manager_id, named_as, starts_on)"
            " values (%s, %s, %s, %s)",
            managers,
        )
        cursor.executemany(
            "insert into accounts_auditevent (at, verb, object_type, object_id, subject_id,"
            " fields) values (%s, %s, %s, %s, %s, %s)",
            events,
        )
    took = time.perf_counter() - started
    written.append(rows_there() == ALL)
    return took


def forget() -> None:
    """As if nobody had been brought in. What was done stays in the audit trail, for both alike."""
    Sheet.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("truncate accounts_person restart identity cascade")
        cursor.execute("vacuum analyze accounts_auditevent")
