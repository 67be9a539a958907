"""A person's private calendar address: theirs alone to see, whoever holds it may read."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from lic_site.accounts.models import AuditEvent, Person
from lic_site.common import tokens
from lic_site.notices import dates
from lic_site.notices.checks import every_source_of_dates_is_there
from lic_site.notices.ics import Entry
from lic_site.notices.models import CalendarFeed
from lic_site.notices.services import calendars
from tests.support.calendars import events, titles
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "diary")]

MINE = "/my/calendar/"
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def an_entry(days: int, **values: Any) -> Entry:
    starts = NOW + days * DAY
    plan = {"uid": f"{days}@dates.invalid", "revision": 1, "title": f"In {days}"}
    return Entry(**plan | {"starts_at": starts, "ends_at": starts + HOUR} | values)  # type: ignore[arg-type]


def near(person: Person, *, since: datetime, until: datetime) -> Iterable[Entry]:
    held = [entry for owner, entry in HELD if owner == person]
    return (entry for entry in held if entry.ends_at > since and entry.starts_at < until)


HELD: list[tuple[Person, Entry]] = []
SOURCES = [near]


@pytest.fixture
def diary(settings: Any) -> Iterator[None]:
    """The only dates there are: those in ``HELD``."""
    settings.CALENDAR_SOURCES = [f"{__name__}.SOURCES"]
    dates.sources.cache_clear()
    HELD.clear()
    yield
    dates.sources.cache_clear()


def on(person: Person) -> str:
    """The path of the person's address, turned on."""
    feed = calendars.turn_on(person=person, by=person, at=NOW)
    return calendars.address(feed).removeprefix("http://localhost:8000")


class TestFeed:
    def test_whoever_holds_the_address_reads_the_dates_without_signing_in(
        self, person: Person, client: Client
    ) -> None:
        HELD.extend([(person, an_entry(2)), (person, an_entry(1))])
        answer = client.get(on(person))
        assert answer.status_code == 200
        assert titles(events(answer.content)) == ["In 1", "In 2"]
        said = answer.headers
        assert said["Content-Type"] == "text/calendar; charset=utf-8"
        assert said["Content-Disposition"] == 'inline; filename="dates.ics"'
        assert said["Cache-Control"] == "private, no-cache"
        assert said["Referrer-Policy"] == "no-referrer"
        assert said["X-Robots-Tag"] == "noindex"
        assert not answer.cookies

    def test_it_holds_its_owner_s_dates_alone_and_each_once(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        HELD.extend([(cast.owner, an_entry(1)), (cast.stranger, an_entry(2))])
        monkeypatch.setattr(f"{__name__}.SOURCES", [near, near])
        dates.sources.cache_clear()
        assert titles(events(client.get(on(cast.owner)).content)) == ["In 1"]

    def test_it_reaches_two_months_back_and_two_years_ahead(
        self, person: Person, client: Client
    ) -> None:
        HELD.extend((person, an_entry(days)) for days in (-61, -60, 730, 732))
        assert titles(events(client.get(on(person)).content)) == ["In -60", "In 730"]

    def test_unchanged_dates_are_not_sent_again(self, person: Person, client: Client) -> None:
        HELD.append((person, an_entry(1)))
        path = on(person)
        mark = client.get(path).headers["ETag"]
        with time_machine.travel(NOW + HOUR, tick=False):
            same = client.get(path, headers={"if-none-match": mark})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", mark)
        assert same.headers["Cache-Control"] == "private, no-cache"
        HELD[0] = (person, an_entry(1, revision=2))
        moved = client.get(path, headers={"if-none-match": mark})
        assert moved.status_code == 200
        assert moved.headers["ETag"] != mark

    def test_head_answers_without_the_dates(self, person: Person, client: Client) -> None:
        answer = client.head(on(person))
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["ETag"]

    def test_nothing_else_than_reading_is_answered(self, person: Person, client: Client) -> None:
        assert client.post(on(person)).status_code == 405

    def test_forged_ended_and_unknown_addresses_are_told_apart_by_nobody(
        self, person: Person, client: Client
    ) -> None:
        ended = on(person)
        calendars.renew(person=person, by=person, at=NOW)
        feed = CalendarFeed.objects.get()
        forged = ended[:-5] + "x.ics"
        other = tokens.make("unsubscribe:tests.news", feed.pk, feed.version)
        unknown = tokens.make(calendars.PURPOSE, feed.pk + 1, 1)
        answers = [
            client.get(path)
            for path in (
                ended,
                forged,
                f"/calendar/{other}.ics",
                f"/calendar/{unknown}.ics",
                "/calendar/x.ics",
                "/calendar/é.ics",
            )
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1

    def test_what_is_turned_off_stays_shut_once_it_is_on_again(
        self, person: Person, client: Client
    ) -> None:
        before = on(person)
        calendars.turn_off(person=person, by=person, at=NOW)
        assert client.get(before).status_code == 404
        after = on(person)
        assert client.get(before).status_code == 404
        assert client.get(after).status_code == 200

    def test_an_erased_person_s_address_opens_nothing(self, person: Person, client: Client) -> None:
        path = on(person)
        Person.objects.update(erased_at=NOW)
        assert client.get(path).status_code == 404

    def test_whoever_may_not_sign_in_has_no_feed(self, person: Person, client: Client) -> None:
        path = on(person)
        assert person.user is not None
        person.user.is_active = False
        person.user.save()
        assert client.get(path).status_code == 404

    def test_no_line_of_the_log_says_who_fetches_their_dates(
        self, person: Person, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = on(person)
        caplog.set_level(logging.INFO, logger="access")
        client.get(path)
        assert not caplog.records

    def test_it_takes_one_query_beside_those_of_the_sources(
        self, person: Person, client: Client
    ) -> None:
        path = on(person)
        taken = []
        for days in (1, 2, 3):
            HELD.append((person, an_entry(days)))
            taken.append(queries_of(client, path))
        assert taken == [1, 1, 1]


class TestPage:
    def test_the_owner_turns_it_on_and_is_shown_the_address(
        self, person: Person, signed_in: SignedIn
    ) -> None:
        browser = signed_in(person)
        page = browser.get(MINE)
        assert "It is off" in page.text
        assert "/calendar/" not in page.text.replace(MINE, "")
        page = browser.post(f"{MINE}on/", follow=True)
        address = calendars.address(CalendarFeed.objects.get())
        assert address.startswith("http://localhost:8000/calendar/")
        assert f'value="{address}"' in page.text
        assert f'href="{address.replace("http", "webcal", 1)}"' in page.text
        assert page.headers["Cache-Control"].count("no-store") == 1

    def test_nobody_else_is_shown_it(self, cast: Cast, signed_in: SignedIn) -> None:
        path = on(cast.owner)
        for other in (cast.colleague, cast.stranger):
            assert path not in signed_in(other).get(MINE).text
        assert Client().get(MINE).status_code == 302

    def test_a_new_address_is_thought_over_first(self, person: Person, signed_in: SignedIn) -> None:
        before = on(person)
        browser = signed_in(person)
        assert "opens nothing from then on" in browser.get(f"{MINE}new/").text
        assert before in browser.get(MINE).text
        page = browser.post(f"{MINE}new/", follow=True)
        assert "You have a new address" in page.text
        assert before not in page.text
        assert CalendarFeed.objects.get().version == 2

    def test_without_an_address_there_is_none_to_replace(
        self, person: Person, signed_in: SignedIn
    ) -> None:
        page = signed_in(person).post(f"{MINE}new/", follow=True)
        assert "Turn it on, and you have a new one" in page.text
        assert not CalendarFeed.objects.exists()

    def test_turning_off_is_said(self, person: Person, signed_in: SignedIn) -> None:
        on(person)
        page = signed_in(person).post(f"{MINE}off/", follow=True)
        assert "It opens nothing any more" in page.text
        assert "It is off" in page.text

    def test_asking_changes_nothing(self, person: Person, signed_in: SignedIn) -> None:
        browser = signed_in(person)
        for tail, code in (("", 200), ("new/", 200), ("on/", 405), ("off/", 405)):
            assert browser.get(f"{MINE}{tail}").status_code == code
        assert not CalendarFeed.objects.exists()


def test_each_change_is_written_down_once(person: Person) -> None:
    for _twice in range(2):
        calendars.turn_on(person=person, by=person, at=NOW)
    calendars.renew(person=person, by=person, at=NOW + HOUR)
    assert CalendarFeed.objects.get().made_at == NOW + HOUR
    for _twice in range(2):
        calendars.turn_off(person=person, by=person, at=NOW)
    with pytest.raises(calendars.TurnedOff):
        calendars.renew(person=person, by=person, at=NOW)
    calendars.turn_on(person=person, by=person, at=NOW)
    verbs = [event.verb.removeprefix("notices.calendar_") for event in AuditEvent.objects.all()]
    assert sorted(verbs) == ["renewed", "turned_off", "turned_on", "turned_on"]
    assert {event.subject_id for event in AuditEvent.objects.all()} == {person.pk}


def test_a_source_that_is_none_is_named(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert every_source_of_dates_is_there() == []
    settings.CALENDAR_SOURCES = ["tests.nowhere.SOURCES"]
    assert [error.id for error in every_source_of_dates_is_there()] == ["notices.E006"]
    settings.CALENDAR_SOURCES = [f"{__name__}.SOURCES"]
    monkeypatch.setattr(f"{__name__}.SOURCES", [near, "odd"])
    [error] = every_source_of_dates_is_there()
    assert "'odd'" in error.msg
