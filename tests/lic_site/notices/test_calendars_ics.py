"""What is written for calendars is what other people's parsers read."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lic_site.notices import ics
from lic_site.notices.ics import Entry
from tests.support.calendars import calendar_of, events, lines
from tests.support.people import NOW

LONDON = ZoneInfo("Europe/London")
SITE = "https://site.example"
HOUR = timedelta(hours=1)
FORWARD, BACK = datetime(2027, 3, 28, tzinfo=UTC), datetime(2027, 10, 31, tzinfo=UTC)


def an_entry(**values: Any) -> Entry:
    plan: dict[str, Any] = {
        "uid": "date-7@dates.invalid",
        "revision": 1,
        "starts_at": datetime(2027, 3, 1, 10, tzinfo=UTC),
        "ends_at": datetime(2027, 3, 1, 16, tzinfo=UTC),
        "title": "Learning day",
        "place": "A hall in London",
        "path": "/my/dates/7/",
    }
    return Entry(**plan | values)


def one(written: bytes) -> Any:
    (event,) = events(written)
    return event


moments = st.one_of(
    st.builds(lambda seconds: NOW + timedelta(seconds=seconds), st.integers(-(10**8), 10**8)),
    st.builds(lambda minutes: FORWARD + timedelta(minutes=minutes), st.integers(-300, 300)),
    st.builds(lambda minutes: BACK + timedelta(minutes=minutes), st.integers(-300, 300)),
)
words = st.text(st.characters(exclude_categories=[]), max_size=200)
wrought = st.text("\\,;:\"'^=\n\r\t n\N{PARTY POPPER}é", max_size=200)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    starts = draw(moments).astimezone(draw(st.sampled_from([UTC, LONDON])))
    text = words | wrought
    return an_entry(
        uid=f"date-{draw(st.integers(1))}@dates.invalid",
        revision=draw(st.integers(0, 2**31 - 1)),
        starts_at=starts,
        ends_at=starts.astimezone(UTC) + timedelta(minutes=draw(st.integers(1, 4000))),
        title=draw(text),
        place=draw(text),
        is_cancelled=draw(st.booleans()),
        changed_at=draw(st.none() | moments),
    )


@given(entry=entries())
@example(entry=an_entry(place="x" * 5000))
@example(entry=an_entry(place="\N{PARTY POPPER}" * 500))
@example(
    entry=an_entry(place="Room 1, The Hall; London\\n\nSE1\r\nlift\u2028left", title="A, b; c")
)
def test_any_date_is_read_by_others_as_it_was_meant(entry: Entry) -> None:
    written = ics.feed([entry], at=NOW, site=SITE)
    event = one(written)
    assert (event.uid, event.sequence) == (entry.uid, entry.revision)
    assert event.starts == entry.starts_at.astimezone(UTC).replace(microsecond=0)
    assert event.ends == entry.ends_at.astimezone(UTC).replace(microsecond=0)
    before = ics.CANCELLED if entry.is_cancelled else ""
    assert event.title == before + ics.plain(entry.title)
    assert event.place == ics.plain(entry.place)
    assert event.status == ("CANCELLED" if entry.is_cancelled else "CONFIRMED")
    assert event.url == f"{SITE}/my/dates/7/"
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


@given(text=words | wrought)
def test_plain_text_stays_plain(text: str) -> None:
    plain = ics.plain(text)
    assert ics.plain(plain) == plain
    assert not re.search("[\r\x00-\x08\x7f\x85\u2028\ud800-\udfff]", plain)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2027-03-27", 9),
        ("2027-03-28", 8),
        ("2027-03-29", 8),
        ("2027-10-30", 8),
        ("2027-10-31", 9),
        ("2027-11-01", 9),
    ],
)
def test_half_past_nine_stays_half_past_nine_over_both_clock_changes(day: str, utc: int) -> None:
    starts = datetime.fromisoformat(f"{day}T09:30").replace(tzinfo=LONDON)
    written = ics.feed([an_entry(starts_at=starts, ends_at=starts + HOUR)], at=NOW, site=SITE)
    assert f"DTSTART:{day.replace('-', '')}T{utc:02}3000Z" in lines(written)
    assert f"{one(written).starts.astimezone(LONDON):%F %H:%M}" == f"{day} 09:30"


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_two_hours(fold: int) -> None:
    starts = datetime(2027, 10, 31, 1, 30, tzinfo=LONDON, fold=fold)
    ends = starts.astimezone(UTC) + HOUR
    event = one(ics.feed([an_entry(starts_at=starts, ends_at=ends)], at=NOW, site=SITE))
    assert event.starts == datetime(2027, 10, 31, fold, 30, tzinfo=UTC)
    assert event.ends - event.starts == HOUR


def test_a_deadline_takes_its_day_and_nobody_s_time() -> None:
    until = datetime(2027, 6, 1, 23, 59, tzinfo=LONDON)
    written = ics.feed(
        [an_entry(starts_at=until, ends_at=until, is_deadline=True, place="", path="")],
        at=NOW,
        site=SITE,
    )
    event = one(written)
    assert (event.starts, event.ends) == (date(2027, 6, 1), date(2027, 6, 2))
    assert event.transparency == "TRANSPARENT"
    assert not [line for line in lines(written) if line.startswith(("LOCATION", "URL"))]


@pytest.mark.parametrize(("hours", "days"), [(0, 1), (1, 1), (24, 1), (25, 2)])
def test_a_deadline_that_begins_at_midnight_keeps_its_days(hours: int, days: int) -> None:
    midnight = datetime(2027, 6, 1, tzinfo=LONDON)
    entry = an_entry(starts_at=midnight, ends_at=midnight + hours * HOUR, is_deadline=True)
    event = one(ics.feed([entry], at=NOW, site=SITE))
    assert (event.starts, event.ends) == (date(2027, 6, 1), date(2027, 6, 1 + days))


def test_the_feed_says_how_it_wants_to_be_read() -> None:
    written = ics.feed([an_entry(changed_at=NOW - HOUR)], at=NOW, site=SITE)
    calendar = calendar_of(written)
    assert (calendar.method, calendar.prodid) == ("PUBLISH", "-//Dates//EN")
    said = lines(written)
    for line in (
        "NAME:Dates",
        "X-WR-CALNAME:Dates",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "LAST-MODIFIED:20261121T083000Z",
        "DTSTAMP:20261121T093000Z",
    ):
        assert line in said
    for never in ("VALARM", "ORGANIZER", "ATTENDEE", "DESCRIPTION", "VTIMEZONE"):
        assert never not in written.decode()


def test_a_feed_without_dates_is_whole() -> None:
    written = ics.feed([], at=NOW, site=SITE)
    assert events(written) == []
    assert calendar_of(ics.file([], at=NOW, site=SITE)).method == "PUBLISH"


def test_a_file_of_what_is_cancelled_takes_it_out() -> None:
    moved = an_entry(revision=2)
    gone = an_entry(revision=3, is_cancelled=True)
    assert calendar_of(ics.file([moved], at=NOW, site=SITE)).method == "PUBLISH"
    assert calendar_of(ics.file([moved, gone], at=NOW, site=SITE)).method == "PUBLISH"
    written = ics.file([gone], at=NOW, site=SITE)
    assert calendar_of(written).method == "CANCEL"
    event = one(written)
    assert (event.uid, event.sequence, event.status) == (moved.uid, 3, "CANCELLED")
    assert (event.title, event.transparency) == ("Cancelled: Learning day", "TRANSPARENT")


@given(entry=entries())
def test_the_mark_changes_with_the_dates_alone(entry: Entry) -> None:
    assert ics.mark([entry]) == ics.mark(iter([entry]))
    assert ics.mark([entry]) != ics.mark([replace(entry, revision=entry.revision + 1)])
    assert ics.mark([entry]) != ics.mark([entry, entry])
    assert re.fullmatch(r'W/"[0-9a-f]{32}"', ics.mark([entry]))
