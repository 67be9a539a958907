"""A sheet's way from a file to records: every state, every refusal, and what comes in between."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError

from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.common import jobs
from lic_site.common.enums import FindingKind, SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports import sheets
from lic_site.common.models import Sheet
from lic_site.notices.models import Notice
from lic_site.portal.imports import services, tasks
from tests.factories.imports import (
    AMA,
    KOFI,
    a_sheet_of,
    an_upload,
    brought_in,
    checked,
    chosen,
    confirm,
    people_checked,
)
from tests.factories.people import PersonFactory, staff
from tests.lic_site.common import files
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def kept(sheet: Sheet) -> bool:
    return bool(sheet.file.name) and storages["private"].exists(sheet.file.name)


class TestTheWholeWay:
    @pytest.mark.parametrize("name", ["sheet.xlsx", "sheet.csv"])
    def test_people_are_brought_in_and_the_file_is_wiped(self, name: str, admin: Person) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA, KOFI], name=name), by=admin)
        assert (sheet.state, sheet.counts["new"]) == (SheetState.CHECKED, 2)
        where = sheet.file.name
        assert kept(sheet)
        sheet = brought_in(sheet, by=admin)
        assert (sheet.state, sheet.message) == (SheetState.DONE, "2 people added.")
        assert ContactAddress.objects.filter(email="kofi@example.org").exists()
        assert not sheet.file.name
        assert not storages["private"].exists(where)
        assert not sheet.outcomes
        assert list(
            AuditEvent.objects.filter(object_type="common.sheet", actor_id=admin.pk)
            .order_by("pk")
            .values_list("verb", flat=True)
        ) == ["portal.sheet_chosen", "portal.sheet_confirmed", "portal.sheet_brought_in"]

    def test_nobody_is_written_to(self) -> None:
        brought_in(people_checked(AMA, KOFI))
        assert not Notice.objects.exists()

    def test_confirming_twice_is_harmless(self) -> None:
        sheet = people_checked()
        confirm(sheet)
        with pytest.raises(services.AlreadyConfirmed):
            confirm(Sheet.objects.get())
        sheet.refresh_from_db()
        assert services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW)
        assert services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW) is None
        with pytest.raises(services.AlreadyConfirmed):
            confirm(Sheet.objects.get())
        assert Person.objects.count() == 1

    def test_discarding_deletes_the_file(self, django_capture_on_commit_callbacks: Any) -> None:
        sheet = people_checked(AMA | {"email": "nobody"})
        assert sheet.findings.exists()
        with django_capture_on_commit_callbacks(execute=True):
            services.discard_sheet(sheet=sheet, by=None, at=NOW)
        assert not kept(sheet)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.file.name) == (SheetState.DISCARDED, "")
        assert not sheet.findings.exists()
        for verb in (
            lambda: confirm(sheet),
            lambda: services.discard_sheet(sheet=sheet, by=None, at=NOW),
            lambda: services.match_columns(sheet=sheet, places={}),
        ):
            with pytest.raises(services.SheetOver):
                verb()

    def test_a_corrected_file_takes_the_place_of_the_first(self) -> None:
        first = people_checked()
        services.choose_sheet(
            kind="people", upload=a_sheet_of("people", [KOFI]), by=None, at=NOW, instead_of=first
        )
        first.refresh_from_db()
        assert first.state == SheetState.DISCARDED
        services.choose_sheet(
            kind="people", upload=a_sheet_of("people", [KOFI]), by=None, at=NOW, instead_of=first
        )


class TestNotBroughtIn:
    def test_with_a_problem_nothing_is(self) -> None:
        sheet = people_checked(AMA, KOFI | {"organisation": "Nowhere"})
        assert sheet.counts == {"new": 1, "changed": 0, "known": 0, "problem": 1}
        finding = sheet.findings.get()
        assert (finding.kind, finding.row, finding.column) == (
            FindingKind.PROBLEM,
            3,
            "Employer or borough",
        )
        with pytest.raises(services.HasProblems):
            confirm(sheet)
        assert not Person.objects.exists()

    def test_where_everybody_is_known_there_is_nothing_to_do(self) -> None:
        PersonFactory(address="ama@example.org")
        sheet = people_checked(AMA | {"job_title": "Head"})
        with pytest.raises(services.NothingToDo):
            confirm(sheet)
        assert brought_in(sheet, is_update=True).message.endswith("1 person brought up to date.")

    def test_what_was_not_looked_at_cannot_be_confirmed(self) -> None:
        sheet = people_checked()
        with pytest.raises(services.LooksDifferent):
            services.confirm_sheet(sheet=sheet, fingerprint="x", is_update=False, by=None, at=NOW)
        services.match_columns(sheet=sheet, places=sheet.places)
        with pytest.raises(services.LooksDifferent):
            confirm(sheet)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (files.workbook(("First name", "Last name", "Email")), "nothing under its first row"),
            (
                files.workbook(("First name", "Last name", "Email"), ("=A1", "B", "c@x.org")),
                "Row 2 has a formula",
            ),
        ],
    )
    def test_a_sheet_that_cannot_be_read_is_over_and_says_why(
        self, content: bytes, words: str
    ) -> None:
        sheet = chosen("people", an_upload("s.xlsx", content))
        places = {"given_name": 0, "family_name": 1, "email": 2}
        services.match_columns(sheet=sheet, places=places)
        sheet.refresh_from_db()
        assert services.check_sheet(sheet=sheet, at=NOW)
        sheet.refresh_from_db()
        assert sheet.state == SheetState.FAILED
        assert words in sheet.message
        assert not sheet.file.name

    def test_too_many_rows(self) -> None:
        lines = b"".join(b"A,B,a%d@example.org\n" % number for number in range(20_001))
        sheet = checked("people", an_upload("s.csv", b"First name,Last name,Email\n" + lines))
        assert sheet.state == SheetState.FAILED
        assert "more than 20,000 rows" in sheet.message

    def test_ten_thousand_rows_are_read(self) -> None:
        lines = b"".join(b"A,B,a%d@example.org\n" % (number % 9_000) for number in range(10_000))
        told: list[int] = []
        sheet = chosen("people", an_upload("s.csv", b"First name,Last name,Email\n" + lines))
        places = {"given_name": 0, "family_name": 1, "email": 2}
        services.match_columns(sheet=sheet, places=places)
        sheet.refresh_from_db()
        services.check_sheet(sheet=sheet, at=NOW, advance=told.append)
        sheet.refresh_from_db()
        assert sheet.counts == {"new": 8_000, "changed": 0, "known": 0, "problem": 2_000}
        assert sheet.findings.count() == 2_000
        assert told[-1] == 10_000

    def test_no_more_findings_are_listed_than_anybody_reads(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sheets, "FINDINGS", 2)
        sheet = people_checked(*({"email": "x"} for _ in range(3)))
        assert sheet.counts["problem"] == 3
        assert sheet.findings.count() == 2

    def test_windows_letters_come_through(self) -> None:
        content = "First name,Last name,Email\nZoë,O’Hara,z@example.org\n".encode("cp1252")
        brought_in(checked("people", an_upload("s.csv", content)))
        assert Person.objects.get().name == "Zoë O’Hara"

    def test_a_file_that_was_swapped_is_not_read(self) -> None:
        sheet = people_checked()
        path = Path(storages["private"].path(sheet.file.name))
        path.write_bytes(files.workbook(("First name",), ("Other",)))
        with pytest.raises(sheets.FileSwapped):
            sheets.opening_of(sheet)
        confirm(sheet)
        with pytest.raises(sheets.FileSwapped):
            services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.message) == (SheetState.CHECKED, str(sheets.FileSwapped()))

    def test_a_file_that_is_gone_says_so(self) -> None:
        sheet = people_checked()
        storages["private"].delete(sheet.file.name)
        with pytest.raises(sheets.FileGone):
            sheets.opening_of(sheet)
        sheet.file = ""
        with pytest.raises(sheets.FileGone):
            sheets.opening_of(sheet)

    def test_a_check_that_was_overtaken_says_nothing(self) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]))
        overtaken = services.match_columns(sheet=sheet, places={"email": 2})
        started = jobs.start(tasks.check, by_id=None, at=NOW, arguments={"sheet": sheet.pk})
        Sheet.objects.update(job_id=started.pk)
        assert not services.check_sheet(sheet=overtaken, at=NOW)
        assert Sheet.objects.get().state == SheetState.UPLOADED
        services.discard_sheet(sheet=sheet, by=None, at=NOW)
        assert not services.check_sheet(sheet=Sheet.objects.get(), at=NOW)


class TestRecordsChangedInBetween:
    """The preview is checked again inside the transaction that writes."""

    def test_somebody_known_in_the_meantime_sends_it_back(self) -> None:
        sheet = people_checked(AMA, KOFI)
        confirm(sheet)
        PersonFactory(address="kofi@example.org")
        assert services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW) is None
        sheet.refresh_from_db()
        assert (sheet.state, sheet.message) == (SheetState.CHECKED, services.MOVED)
        assert sheet.counts["new"] == sheet.counts["known"] == 1
        moved = sheet.findings.get(kind=FindingKind.MOVED)
        assert (moved.row, moved.words) == (3, "Was: New. Is now: Already known.")
        assert not ContactAddress.objects.filter(email="ama@example.org").exists()
        assert brought_in(sheet).message == "1 person added."

    def test_somebody_quicker_sends_it_back_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sheet = people_checked()
        confirm(sheet)

        def taken(*_: Any, **__: Any) -> None:
            raise IntegrityError

        monkeypatch.setattr("lic_site.accounts.imports.people.add_people", taken)
        assert services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW) is None
        sheet.refresh_from_db()
        assert (sheet.state, sheet.message) == (SheetState.CHECKED, services.MOVED)

    @pytest.mark.parametrize("error", [ValueError("secret"), Refusal("Said in words.")])
    def test_what_breaks_leaves_nothing_half_done(
        self, error: Exception, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = people_checked()
        confirm(sheet)

        def breaks(*_: Any, **__: Any) -> None:
            raise error

        monkeypatch.setattr("lic_site.accounts.imports.people.name_managers", breaks)
        with pytest.raises(type(error)):
            services.bring_in(sheet=sheet, is_update=False, by=None, at=NOW)
        sheet.refresh_from_db()
        assert sheet.state == SheetState.CHECKED
        told = "Said in words." if isinstance(error, Refusal) else sheets.STOPPED
        assert sheet.message == told
        assert not Person.objects.exists()

    def test_a_job_that_is_no_longer_ours_leaves_the_sheet_alone(self) -> None:
        sheet = people_checked()
        confirm(sheet)

        def lost(_rows: int) -> None:
            raise jobs.Lost

        content = a_sheet_of("people", [AMA | {"email": f"{n}@example.org"} for n in range(501)])
        big = checked("people", content)
        confirm(big)
        with pytest.raises(jobs.Lost):
            services.bring_in(sheet=big, is_update=False, by=None, at=NOW, advance=lost)
        assert Sheet.objects.get(pk=big.pk).state == SheetState.CONFIRMED
