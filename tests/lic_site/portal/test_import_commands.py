"""The importers from the command line."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person
from lic_site.common.enums import SheetState
from lic_site.common.models import Sheet
from lic_site.portal.imports import command
from tests.factories.people import PersonFactory
from tests.factories.programme import ProgrammeFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = "Forename,Surname,Email,Job title\nAma,Mensah,ama@example.org,Head\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return path


def kept() -> list[str]:
    return [sheet.file.name for sheet in Sheet.objects.all() if sheet.file.name]


def test_people_are_brought_in(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_people", str(file))
    said = capsys.readouterr().out
    assert "New: 1" in said
    assert "1 person added." in said
    assert Person.objects.get().name == "Ama Mensah"
    assert not kept()


def test_a_dry_run_says_what_it_would_do(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_people", str(file), "--dry-run")
    said = capsys.readouterr().out
    assert "New: 1" in said
    assert "this was a dry run" in said
    assert not Person.objects.exists()
    assert Sheet.objects.get().state == SheetState.DISCARDED
    assert not kept()


def test_what_is_known_is_brought_up_to_date_on_request(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = PersonFactory(address="ama@example.org")
    with pytest.raises(CommandError, match="nothing to bring in"):
        call_command("import_people", str(file))
    call_command("import_people", str(file), "--update")
    known.refresh_from_db()
    assert known.job_title == "Head"
    assert "Row 2, Job title: On record: Team manager." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PEOPLE + "Kofi,,nobody,\n", "Put the problems right"),
        ("Forename,Surname\nAma,Mensah\n", "does not name these columns: ‘E-mail address’"),
        ("Forename,Forename\nAma,Ama\n", "two columns for ‘First name’"),
        ("Forename,Surname,Email\n=A1,B,c@example.org\n", "Row 2 has a formula"),
        ("", "We cannot take this kind of file"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left(file: Path, content: str, told: str) -> None:
    file.write_text(content)
    with pytest.raises(CommandError, match=told):
        call_command("import_people", str(file))
    assert not Person.objects.exists()
    assert not kept()


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_people", "nowhere.csv")


def test_records_that_change_meanwhile_leave_it_to_the_pages(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.services, "bring_in", lambda **_: None)
    with pytest.raises(CommandError, match="It waits at /staff/imports/"):
        call_command("import_people", str(file))


def test_past_cohorts_are_brought_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ProgrammeFactory()
    path = tmp_path / "past.csv"
    path.write_text(
        "Cohort,Start date,End date,First name,Last name,Email,Outcome\n"
        "Cohort 1,05/10/2020,09/07/2021,Ama,Mensah,ama@example.org,Completed\n"
    )
    call_command("import_past_cohorts", str(path))
    assert "1 cohort with 1 place brought in." in capsys.readouterr().out
    assert Cohort.objects.get().is_imported
