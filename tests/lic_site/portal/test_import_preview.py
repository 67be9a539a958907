"""What a sheet would do, and the decision about it."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lic_site.accounts.models import AuditEvent, Person
from lic_site.common import jobs
from lic_site.common.enums import SheetState
from lic_site.common.models import Job, Sheet
from tests.factories.imports import AMA, BAD, a_sheet_of, brought_in, checked
from tests.factories.people import PersonFactory, staff
from tests.support.people import SignedIn
from tests.support.queries import grows_not, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Person:
    return staff(given_name="Zed", family_name="Admin")


@pytest.fixture
def browser(admin: Person, signed_in: SignedIn) -> Client:
    return signed_in(admin)


def at(name: str, *args: object) -> str:
    return reverse(f"portal:{name}", args=args)


def words(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


class TestDeciding:
    def test_problems_are_told_row_by_row_and_nothing_can_be_confirmed(
        self, browser: Client
    ) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA, BAD]))
        page = words(browser.get(at("sheet", sheet.pk)))
        assert "2 problems" in page
        assert "‘nobody’ is not an e-mail address" in page
        assert "Bring it in</button>" not in page
        answer = browser.post(
            at("confirm_sheet", sheet.pk), {"fingerprint": sheet.fingerprint}, follow=True
        )
        assert "Put the problems right" in words(answer)
        assert AuditEvent.objects.filter(verb="portal.sheet_viewed").exists()

    def test_they_can_be_taken_away_as_a_spreadsheet(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA, BAD]))
        answer = browser.get(at("sheet_findings", sheet.pk))
        assert answer["Content-Disposition"] == 'attachment; filename="list.xlsx"'
        lines = list(load_workbook(io.BytesIO(answer.getvalue())).active.values)
        assert lines[1] == (3, "Last name", "Problem", "This is empty. Fill it in.")
        assert AuditEvent.objects.filter(verb="portal.findings_exported").exists()

    def test_differences_are_shown_and_asked_about(self, browser: Client) -> None:
        known = PersonFactory(address="ama@example.org")
        sheet = checked("people", a_sheet_of("people", [AMA | {"job_title": "Head"}]))
        page = words(browser.get(at("sheet", sheet.pk)))
        assert "On record: Team manager. In the sheet: Head." in page
        data = {"fingerprint": sheet.fingerprint, "known": "keep"}
        answer = browser.post(at("confirm_sheet", sheet.pk), data, follow=True)
        assert "There is nothing to bring in" in words(answer)
        browser.post(at("confirm_sheet", sheet.pk), data | {"known": "update"})
        jobs.run_job(str(Job.objects.get().pk))
        known.refresh_from_db()
        assert known.job_title == "Head"

    def test_problems_and_differences_have_a_page_each(self, browser: Client) -> None:
        PersonFactory(address="ama@example.org")
        sheet = checked("people", a_sheet_of("people", [AMA | {"job_title": "Head"}, BAD]))
        assert "2 problems" in words(browser.get(at("sheet", sheet.pk)))
        page = words(browser.get(at("sheet", sheet.pk), {"show": "change"}))
        assert "1 difference from what is on record" in page
        assert "2 problems" in words(browser.get(at("sheet", sheet.pk), {"show": "problem"}))

    def test_it_is_brought_in_and_says_so(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA]))
        browser.post(at("confirm_sheet", sheet.pk), {"fingerprint": sheet.fingerprint})
        assert "Bringing the spreadsheet in" in words(browser.get(at("sheet", sheet.pk)))
        again = browser.post(
            at("confirm_sheet", sheet.pk), {"fingerprint": sheet.fingerprint}, follow=True
        )
        assert "has been confirmed already" in words(again)
        jobs.run_job(str(Job.objects.get().pk))
        page = words(browser.get(at("sheet", sheet.pk)))
        assert "1 person added." in page
        assert 'href="/staff/people/"' in page
        assert browser.get(at("sheet_columns", sheet.pk))["Location"] == at("sheet", sheet.pk)
        assert "1 person added." in words(browser.get(at("imports")))

    def test_records_that_changed_meanwhile_are_told(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA, AMA | {"email": "b@example.org"}]))
        browser.post(at("confirm_sheet", sheet.pk), {"fingerprint": sheet.fingerprint})
        PersonFactory(address="ama@example.org")
        jobs.run_job(str(Job.objects.get().pk))
        page = words(browser.get(at("sheet", sheet.pk)))
        assert "Records changed while you looked" in page
        assert "Row 2. Was: New. Is now: Already known." in page

    def test_a_decision_about_nothing_is_refused(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA]))
        page = words(browser.post(at("confirm_sheet", sheet.pk), follow=True))
        assert "has changed since you looked" in page

    def test_what_is_known_already_needs_nothing(self, browser: Client) -> None:
        PersonFactory(address="ama@example.org")
        sheet = checked("people", a_sheet_of("people", [AMA]))
        assert "There is nothing to bring in." in words(browser.get(at("sheet", sheet.pk)))

    def test_discarding_asks_once_more(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [AMA]))
        assert "Discard this spreadsheet?" in words(browser.get(at("discard_sheet", sheet.pk)))
        assert Sheet.objects.get().state == SheetState.CHECKED
        page = words(browser.post(at("discard_sheet", sheet.pk), follow=True))
        assert "was discarded and its file deleted" in page
        page = words(browser.post(at("discard_sheet", sheet.pk), follow=True))
        assert "no longer under way" in page


class TestPaging:
    def test_the_list_takes_as_many_queries_for_three(self, browser: Client) -> None:
        def add() -> None:
            brought_in(checked("people", a_sheet_of("people", [_new()]), by=staff()))

        grows_not(browser, at("imports"), add, at_most=9)

    @pytest.mark.parametrize("outcome", ["problem", "change"])
    def test_so_does_the_preview_for_three_hundred(self, browser: Client, outcome: str) -> None:
        def queries(number: int) -> int:
            rows = [BAD if outcome == "problem" else _known() for _ in range(number)]
            sheet = checked("people", a_sheet_of("people", rows))
            return queries_of(browser, at("sheet", sheet.pk))

        few = queries(1)
        assert queries(60) == queries(120) == few <= 14

    def test_later_pages_show_later_rows(self, browser: Client) -> None:
        sheet = checked("people", a_sheet_of("people", [BAD] * 40))
        page = words(browser.get(at("sheet", sheet.pk), {"page": "4"}))
        assert '<th scope="row">41</th>' in page
        assert '<th scope="row">2</th>' not in page


def _new() -> dict[str, str]:
    return AMA | {"email": f"p{Person.objects.count()}@new.example"}


def _known() -> dict[str, str]:
    address = f"p{Person.objects.count()}@known.example"
    PersonFactory(address=address)
    return AMA | {"email": address, "job_title": "Head"}
