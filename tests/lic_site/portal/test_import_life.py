"""A sheet under way: its jobs, its file, and when that goes."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages

from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.accounts.services.privacy import erase_person
from lic_site.common import jobs
from lic_site.common.enums import JobState, SheetState
from lic_site.common.imports import sheets
from lic_site.common.models import Job, Sheet, SheetFinding
from lic_site.portal.imports import tasks
from tests.factories.imports import AMA, KOFI, a_sheet_of, chosen, confirm, people_checked
from tests.factories.people import staff
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff()


def kept(sheet: Sheet) -> bool:
    return bool(sheet.file.name) and storages["private"].exists(sheet.file.name)


class TestInTheBackground:
    def test_checked_and_brought_in_by_jobs(self, admin: Person) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]), by=admin)
        places = {"given_name": 0, "family_name": 1, "email": 2}
        tasks.start_check(sheet=sheet, places=places, by=admin, at=NOW)
        jobs.run_job(str(Job.objects.get().pk))
        sheet.refresh_from_db()
        assert sheet.state == SheetState.CHECKED
        tasks.start_bringing_in(
            sheet=sheet, fingerprint=sheet.fingerprint, is_update=False, by=admin, at=NOW
        )
        job = Job.objects.get(state=JobState.QUEUED)
        jobs.run_job(str(job.pk))
        job.refresh_from_db()
        sheet.refresh_from_db()
        assert (job.message, sheet.state) == ("1 person added.", SheetState.DONE)
        assert AuditEvent.objects.get(verb="accounts.person_added").actor_id == admin.pk

    def test_a_job_of_an_earlier_choice_does_nothing(self, admin: Person) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]), by=admin)
        for _ in range(2):
            tasks.start_check(sheet=sheet, places={"email": 2}, by=admin, at=NOW)
        first = Job.objects.order_by("created_at", "pk").exclude(pk=Sheet.objects.get().job_id)
        jobs.run_job(str(first.get().pk))
        assert Sheet.objects.get().state == SheetState.UPLOADED
        started = jobs.start(
            tasks.bring_in,
            by_id=admin.pk,
            at=NOW,
            arguments={"sheet": sheet.pk, "by": admin.pk, "is_update": False},
        )
        jobs.run_job(str(started.pk))
        assert not ContactAddress.objects.filter(email="ama@example.org").exists()

    def test_a_dead_workers_sheet_is_given_back(self) -> None:
        by_hand, by_job = people_checked(), people_checked(KOFI)
        for sheet in (by_hand, by_job):
            confirm(sheet)
        live = jobs.start(tasks.bring_in, by_id=None, at=NOW)
        Sheet.objects.filter(pk=by_job.pk).update(job_id=live.pk)
        sheets.sweep(NOW)
        assert Sheet.objects.filter(state=SheetState.CONFIRMED).count() == 2
        Job.objects.update(state=JobState.FAILED)
        sheets.sweep(NOW)
        assert Sheet.objects.get(state=SheetState.CHECKED).pk == by_job.pk
        sheets.sweep(NOW + timedelta(hours=2))
        assert not Sheet.objects.filter(state=SheetState.CONFIRMED).exists()


class TestKept:
    def test_a_crash_before_the_wipe_leaves_it_to_the_sweep(self) -> None:
        sheet = people_checked()
        Sheet.objects.update(state=SheetState.DONE)
        sheets.sweep(NOW)
        assert not kept(sheet)

    def test_after_a_fortnight_the_file_goes(self) -> None:
        sheet = people_checked()
        assert sheets.retain(NOW + timedelta(days=14)) == 0
        assert sheets.retain(NOW + timedelta(days=14, minutes=1)) == 1
        assert not kept(sheet)
        sheet.refresh_from_db()
        assert (sheet.state, sheet.message) == (SheetState.DISCARDED, sheets.EXPIRED)
        assert sheets.retain(NOW + timedelta(days=800)) == 1
        assert not Sheet.objects.exists()

    def test_who_is_erased_takes_their_files_along(self, admin: Person) -> None:
        mine = people_checked(by=admin)
        others = people_checked(KOFI)
        confirm(others, by=admin)
        erase_person(person=admin, by=None, at=NOW)
        assert not kept(mine)
        assert Sheet.objects.get().confirmed_by_id is None
        assert not SheetFinding.objects.exists()
