"""The pages of bringing a spreadsheet in, for Staff College admins alone."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.common import jobs
from lic_site.common.enums import JobState, SheetState
from lic_site.common.imports import sheets
from lic_site.common.imports.protocol import importers
from lic_site.common.models import Job, Sheet
from lic_site.portal.imports import services, tasks
from tests.factories.imports import AMA, BAD, a_sheet_of, checked, chosen
from tests.factories.people import PersonFactory, staff
from tests.lic_site.common import files
from tests.support.people import SignedIn

pytestmark = pytest.mark.django_db

PLACES = {"given_name": "0", "family_name": "1", "email": "2"}


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


def send(browser: Client, name: str, content: bytes, **query: object) -> Any:
    return browser.post(
        reverse("portal:choose_sheet", args=["people"], query=query),
        {"file": SimpleUploadedFile(name, content)},
    )


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.COLLEGE_ADMIN)])
def test_for_anyone_else_the_pages_do_not_exist(role: str | None, signed_in: SignedIn) -> None:
    person = staff(role) if role else PersonFactory()
    sheet = checked("people", a_sheet_of("people", [AMA]))
    mine = signed_in(person)
    for name in ("sheet", "sheet_columns", "sheet_findings", "discard_sheet"):
        assert mine.get(at(name, sheet.pk)).status_code == 404
    assert mine.post(at("confirm_sheet", sheet.pk)).status_code == 404
    assert mine.get(at("imports")).status_code == 404


class TestChoosing:
    def test_an_empty_list_says_how_to_begin(self, browser: Client) -> None:
        page = words(browser.get(at("imports")))
        assert "Nothing brought in yet" in page
        assert at("choose_sheet", "people") in page

    def test_the_template_has_the_titles_and_how_to_fill_them_in(self, browser: Client) -> None:
        answer = browser.get(at("sheet_template", "people"))
        assert answer["Content-Disposition"] == 'attachment; filename="template.xlsx"'
        book = load_workbook(io.BytesIO(answer.getvalue()))
        titles = [cell.value for cell in book.worksheets[0][1]]
        assert titles == [column.title for column in importers()["people"].columns]
        assert book.worksheets[0].max_row == 1
        assert book.worksheets[1].max_row == len(titles) + 1

    def test_an_unknown_kind_is_not_found(self, browser: Client) -> None:
        assert browser.get(at("choose_sheet", "horses")).status_code == 404
        assert browser.get(at("sheet_template", "horses")).status_code == 404
        sheet = chosen("people", a_sheet_of("people", [AMA]))
        Sheet.objects.update(kind="horses")
        assert browser.get(at("sheet", sheet.pk)).status_code == 404
        assert "horses" in words(browser.get(at("imports")))

    def test_a_file_leads_to_its_columns(self, browser: Client) -> None:
        answer = send(browser, "people.xlsx", files.workbook(("Forename",), ("Ama",)))
        sheet = Sheet.objects.get()
        assert answer["Location"] == at("sheet_columns", sheet.pk)

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("s.xlsx", b"", "The file is empty."),
            ("s.xlsx", files.workbook(("First name",)), "nothing under its first row"),
            ("s.csv", b"First name,Last name\n", "nothing under its first row"),
            ("s.pdf", files.PDF, "Choose a Excel workbook or CSV file."),
            ("s.csv", files.workbook(("A",), ("B",)), "it is a Excel workbook"),
            ("s.xlsx", files.archive({"a": b"0" * 20_000_000}), "unpacks to far more"),
            ("s.xlsx", b"PK\x03\x04 no archive", "damaged"),
        ],
    )
    def test_what_is_no_spreadsheet_is_refused_in_words(
        self, browser: Client, name: str, content: bytes, told: str
    ) -> None:
        page = words(send(browser, name, content))
        assert "There is a problem" in page
        assert told in page
        assert not Sheet.objects.exists()

    def test_without_a_file_it_asks_for_one(self, browser: Client) -> None:
        assert "Choose a spreadsheet." in words(browser.post(at("choose_sheet", "people")))

    def test_a_corrected_file_takes_the_place_of_the_first(self, browser: Client) -> None:
        first = checked("people", a_sheet_of("people", [BAD]))
        assert f"?instead={first.pk}" in words(browser.get(at("sheet", first.pk)))
        send(browser, "s.csv", b"Forename\nAma\n", instead=first.pk)
        first.refresh_from_db()
        assert first.state == SheetState.DISCARDED
        send(browser, "s.csv", b"Forename\nAma\n", instead=first.pk)
        send(browser, "s.csv", b"Forename\nAma\n", instead="x")
        assert Sheet.objects.count() == 4

    def test_without_room_on_the_disk_nothing_is_lost(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(**_: Any) -> None:
            raise sheets.FileGone("We could not keep your file just now.")

        monkeypatch.setattr(services.sheets, "keep", full)
        assert "could not keep" in words(send(browser, "s.csv", b"Forename\nAma\n"))


class TestMatching:
    def test_columns_that_name_themselves_are_chosen_already(self, browser: Client) -> None:
        content = b"Surname,Forename,E-mail,Team\nMensah,Ama,ama@example.org,\n"
        page = words(browser.get(send(browser, "s.csv", content)["Location"]))
        assert '<option value="1" selected>Forename, such as ‘Ama’</option>' in page
        assert '<option value="0" selected>Surname, such as ‘Mensah’</option>' in page
        assert "Team, empty at the top" in page

    def test_needed_ones_are_said_and_one_column_holds_one_thing(self, browser: Client) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]))
        page = words(browser.post(at("sheet_columns", sheet.pk), {"given_name": "0"}))
        assert "Choose the column that holds ‘Last name’." in page
        twice = {"given_name": "0", "family_name": "0", "email": "2"}
        page = words(browser.post(at("sheet_columns", sheet.pk), twice))
        assert "This column is chosen for ‘First name’ too." in page

    def test_two_columns_of_one_title_are_left_to_the_person(self, browser: Client) -> None:
        answer = send(browser, "s.csv", b"Email,E-mail,,\na@example.org,b,,c\n")
        page = words(browser.get(answer["Location"]))
        assert "Column 4, which has no title, such as ‘c’" in page
        assert "selected>Email" not in page

    def test_then_it_is_checked_in_the_background(self, browser: Client, admin: Person) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]), by=admin)
        assert "Not checked yet" in words(browser.get(at("sheet", sheet.pk)))
        answer = browser.post(at("sheet_columns", sheet.pk), PLACES)
        assert answer["Location"] == at("sheet", sheet.pk)
        page = words(browser.get(at("sheet", sheet.pk)))
        assert "Checking the spreadsheet" in page
        assert "hx-get" in page
        part = browser.get(at("sheet", sheet.pk), headers={"HX-Request": "true"})
        assert "<html" not in words(part)
        job = Job.objects.get()
        jobs.run_job(str(job.pk))
        part = browser.get(at("sheet", sheet.pk), headers={"HX-Request": "true"})
        assert part["HX-Refresh"] == "true"
        job.refresh_from_db()
        assert (job.state, job.result_path) == (JobState.DONE, at("sheet", sheet.pk))

    def test_a_check_that_broke_says_so(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]))
        browser.post(at("sheet_columns", sheet.pk), PLACES)

        def breaks(*_: Any, **__: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(sheets, "note", breaks)
        jobs.run_job(str(Job.objects.get().pk))
        page = words(browser.get(at("sheet", sheet.pk)))
        assert jobs.BROKEN in page
        assert "Say which column is which" in page

    def test_a_file_that_is_gone_is_said(self, browser: Client) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]))
        sheet.file.storage.delete(str(sheet.file.name))
        answer = browser.get(at("sheet_columns", sheet.pk), follow=True)
        assert "no longer kept here" in words(answer)

    def test_somebody_quicker_is_said(
        self, browser: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = chosen("people", a_sheet_of("people", [AMA]))

        def quicker(**_: Any) -> None:
            raise services.AlreadyConfirmed

        monkeypatch.setattr(tasks, "start_check", quicker)
        page = words(browser.post(at("sheet_columns", sheet.pk), PLACES, follow=True))
        assert "has been confirmed already" in page
