"""Our files in a calendar program that people use: calcurse, told of nothing but the file."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lic_site.notices import ics
from lic_site.notices.ics import Entry
from tests.support import stores
from tests.support.people import NOW

pytestmark = pytest.mark.calcurse

LONDON = ZoneInfo("Europe/London")
SITE = "https://site.example"
LINE = r"%(start:%F %R) to %(end:%F %R) %m|"


class Program:
    """One calendar of calcurse, read in London."""

    def __init__(self, home: Path, zone: str = "Europe/London") -> None:
        self.home = home
        self.environment = {
            "HOME": str(home),
            "TZ": zone,
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
        }

    def run(self, *arguments: str) -> str:
        path = stores.calcurse()
        assert path
        done = subprocess.run(
            [path, "-D", str(self.home), "-C", str(self.home), *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        )
        assert "skipped" not in done.stdout or "0 skipped" in done.stdout, done.stdout
        assert not done.stderr
        return done.stdout

    def take(self, written: bytes) -> str:
        file = self.home / "dates.ics"
        file.write_bytes(written)
        return self.run("-i", str(file))

    def shows(self) -> list[str]:
        """Each hour taken up between early 2027 and the end of the year."""
        wanted = ("-Q", "--filter-type", "apt", "--from", "2027-01-01", "--days", "365")
        found = self.run("--input-datefmt", "4", *wanted, "--format-apt", LINE + r"\n")
        return [line.split("|")[0] for line in found.splitlines() if "|" in line]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


def on(day: str, number: int = 1, **values: object) -> Entry:
    """From 9:30am to 4pm in London."""
    starts = datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=LONDON)
    made = Entry(
        uid=f"date-{number}@dates.invalid",
        revision=1,
        starts_at=starts.astimezone(UTC),
        ends_at=starts.replace(hour=16, minute=0).astimezone(UTC),
        title="Learning day",
        place="The Hall, Room 1; London",
        path=f"/my/dates/{number}/",
    )
    return replace(made, **values)  # type: ignore[arg-type]


CLOCK_CHANGES = ["2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31", "2027-11-01"]


def test_dates_stand_at_their_london_hours_over_both_clock_changes(program: Program) -> None:
    entries = [on(day, number) for number, day in enumerate(CLOCK_CHANGES)]
    said = program.take(ics.feed(entries, at=NOW, site=SITE))
    assert "6 apps / 0 events / 0 todos / 0 skipped" in said
    assert program.shows() == [f"{day} 09:30 to {day} 16:00 Learning day" for day in CLOCK_CHANGES]


def test_whoever_is_abroad_sees_the_same_moments(tmp_path: Path) -> None:
    program = Program(tmp_path, zone="Africa/Lagos")
    program.take(ics.feed([on("2027-03-26"), on("2027-03-29", 2)], at=NOW, site=SITE))
    assert [line[11:16] for line in program.shows()] == ["10:30", "09:30"]


def test_what_it_writes_again_is_what_it_was_given(program: Program) -> None:
    place = "Caf\u00e9 \N{PARTY POPPER}, Room 1; London\nsecond floor " + "and up " * 40
    until = datetime(2027, 6, 1, 23, 59, tzinfo=LONDON)
    deadline = on("2027-06-01", 3, starts_at=until, ends_at=until, is_deadline=True, title="Due")
    said = program.take(ics.file([on("2027-05-01", place=place), deadline], at=NOW, site=SITE))
    assert "1 app / 1 event / 0 todos / 0 skipped" in said
    again = program.run("-xical").replace("\r\n", "\n").replace("\n ", "")
    assert "DTSTART:20270501T093000" in again
    assert "DURATION:P0DT6H30M0S" in again
    assert "SUMMARY:Learning day" in again
    assert "LOCATION:Caf\u00e9 \N{PARTY POPPER}\\, Room 1\\; London\\nsecond floor and up" in again
    assert "DTSTART;VALUE=DATE:20270601\nSUMMARY:Due" in again


def test_a_program_that_heeds_no_status_says_cancelled_all_the_same(program: Program) -> None:
    gone = on("2027-05-01", revision=2, is_cancelled=True, changed_at=NOW)
    program.take(ics.feed([gone], at=NOW, site=SITE))
    assert program.shows() == ["2027-05-01 09:30 to 2027-05-01 16:00 Cancelled: Learning day"]


def test_the_night_that_is_an_hour_longer_is(program: Program) -> None:
    starts = datetime(2027, 10, 30, 20, tzinfo=LONDON).astimezone(UTC)
    night = on("2027-10-30", starts_at=starts, ends_at=starts + timedelta(hours=13))
    program.take(ics.feed([night], at=NOW, site=SITE))
    assert program.shows()[0] == "2027-10-30 20:00 to 2027-10-31 08:00 Learning day"
