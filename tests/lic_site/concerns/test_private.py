"""What can be learnt of who raised a concern: by an observer, an admin, whoever it is about."""

import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lic_site.access import REQUESTS
from lic_site.accounts.models import AuditEvent, Person
from lic_site.accounts.records import sections
from lic_site.accounts.services.privacy import SIX_YEARS, erase_person
from lic_site.common.models import Job
from lic_site.concerns import privacy
from lic_site.concerns.enums import Known, State
from lic_site.concerns.kinds import KINDS
from lic_site.concerns.models import Concern, Contact, Entry, Exclusion
from lic_site.concerns.services import forgetting, handling, rounds
from lic_site.log import JsonFormatter
from lic_site.notices.models import Notice
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.texts import default_words
from tests.factories.concerns import WORDS, a_concern
from tests.factories.people import staff
from tests.lic_site.concerns.conftest import Readers
from tests.lic_site.concerns.walking import Pages
from tests.support.people import NOW, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WRITES = ("INSERT", "UPDATE", "DELETE")


def everything_stored() -> dict[str, set[str]]:
    """Every value of every table, by table."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            rows = model._base_manager.values_list()
            found[model._meta.label] = {repr(value) for row in rows for value in row}
    return found


def test_an_observer_cannot_join_an_anonymous_concern_to_whoever_sent_it(
    readers: Readers, alice: Person, signed_in: SignedIn, settings: object
) -> None:
    """With the whole database before and after, the audit trail, sessions, jobs and the log: Alice,
    signed in, reads pages, sends one anonymously, comes back to it, reads on.
    """
    cache.clear()
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("access")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        browser = signed_in(alice)
        browser.get("/my/concerns/")
        sessions = dict(Session.objects.values_list("pk", "session_data"))
        events, jobs = AuditEvent.objects.count(), Job.objects.count()
        before = everything_stored()
        with CaptureQueriesContext(connection) as queries:
            pages = Pages(browser).to_check(readers.priya).answer("send")
            browser.post("/concern/follow/", {"code": pages.code})
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    concern = Concern.objects.get()
    after = everything_stored()

    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"concerns.Concern", "concerns.Entry"}
    written = {query["sql"].split('"')[1] for query in queries if query["sql"].startswith(WRITES)}
    assert written <= {"concerns_concern", "concerns_entry", "cache"}
    for row in (concern, *concern.entries.all()):
        held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        people = [
            name for name, value in held.items() if name.endswith("_id") and value == alice.pk
        ]
        assert not people
        assert not [value for value in held.values() if isinstance(value, datetime)]
    assert dict(Session.objects.values_list("pk", "session_data")) == sessions
    assert (AuditEvent.objects.count(), Job.objects.count()) == (events, jobs)
    assert not Notice.objects.exists()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert not [line for line in lines if "concern" in line.get("route", "")]
    assert pages.code not in log.getvalue()


def test_nothing_of_who_was_there_is_counted(readers: Readers) -> None:
    Pages(Client()).to_check(readers.priya).answer("send")
    routes = {sample.labels.get("route") for each in REQUESTS.collect() for sample in each.samples}
    assert not [route for route in routes if route and route.startswith("concerns:tell")]


def test_no_column_tells_when_within_a_day_something_was_received() -> None:
    for model in (Concern, Entry, Exclusion):
        moments = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.DateTimeField)
        ]
        assert not moments
        assert not isinstance(model._meta.pk, models.AutoField)


@pytest.mark.postgres
def test_a_round_writes_every_row_of_what_it_tells_in_one_transaction(readers: Readers) -> None:
    """So the number of the transaction that wrote a row tells the round, not the moment."""
    for _ in range(2):
        a_concern(readers.priya, concerned=[readers.nadia.person])
    assert len(transactions_that_wrote()) > 1
    rounds.run_round(at=NOW)
    assert len(transactions_that_wrote()) == 1


def transactions_that_wrote() -> set[str]:
    """The numbers that the database keeps beside each row of what was raised."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in ("concerns_concern", "concerns_entry", "concerns_exclusion"):
            cursor.execute(f"SELECT DISTINCT xmin::text FROM {table}")
            found |= {number for (number,) in cursor.fetchall()}
    return found


def test_whom_it_is_about_learns_nothing_from_any_page(
    readers: Readers, signed_in: SignedIn
) -> None:
    """Nadia reads concerns and runs the programme; one is about her."""
    nadia = readers.nadia.person
    admin = staff()
    Contact.objects.filter(pk=readers.nadia.pk).update(person=admin)
    browser = signed_in(admin)
    places = (
        "/my/", "/my/data/", "/my/data/who-looked/", "/my/concerns/", "/my/messages/", "/staff/",
        "/staff/concerns/", "/staff/concerns/?show=all", "/staff/concerns/contacts/",
        "/staff/messages/", "/staff/messages/all/", f"/staff/people/{readers.priya.person_id}/",
    )  # fmt: skip

    def seen() -> list[str]:
        texts = [browser.get(place).content.decode() for place in places]
        return [text for text in texts if "concern" in text]

    for place in places:
        assert browser.get(place).status_code == 200, place
    concern = a_concern(readers.priya, by=nadia, concerned=[admin], at=NOW - timedelta(days=20))
    rounds.run_round(at=NOW)
    for text in seen():
        assert concern.reference not in text
        assert WORDS not in text
        assert "more than two working days" not in text
    assert Notice.objects.exists()
    assert browser.get("/staff/messages/all/").context["rows"] == []


def test_everything_held_on_me_shows_my_own_and_nothing_about_me(
    readers: Readers, alice: Person, charlie: Person
) -> None:
    concern = a_concern(readers.priya, by=alice, who="Charlie did it", concerned=[charlie])
    handling.acknowledge(concern=concern, text="I read it.", by=readers.priya.person, at=NOW)
    handling.note(concern=concern, text="Private.", by=readers.priya.person, at=NOW)
    mine = str(sections(alice))
    assert concern.reference in mine
    assert WORDS in mine
    assert "Private." not in mine
    theirs = str(sections(charlie))
    assert concern.reference not in theirs
    assert "did it" not in theirs
    assert "anything about the days" in str(sections(readers.priya.person))


def test_words_are_not_in_the_database_as_they_were_written(readers: Readers) -> None:
    a_concern(readers.priya, who="Somebody", reach="Ring", regarding="Day")
    with connection.cursor() as cursor:
        for table in ("concerns_concern", "concerns_entry"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str(cursor.fetchall())
            for words in (WORDS, "Somebody", "Ring", "Day"):
                assert words not in stored


def test_erasing_the_raiser_leaves_the_concern_without_them(
    readers: Readers, alice: Person, signed_in: SignedIn
) -> None:
    concern = a_concern(readers.priya, by=alice, reach="Ring me")
    erase_person(person=alice, by=alice, at=NOW)
    concern.refresh_from_db()
    assert (concern.raiser, concern.reach, concern.tell_by_mail) == (None, "", False)
    assert concern.known == Known.NAMED
    seen = signed_in(readers.priya.person).get(f"/staff/concerns/{concern.reference}/")
    assert "Their record has been deleted" in seen.content.decode()


def test_erasing_a_reader_passes_their_concerns_on(readers: Readers, alice: Person) -> None:
    concern = a_concern(readers.priya, by=alice)
    erase_person(person=readers.priya.person, by=None, at=NOW)
    rounds.run_round(at=NOW)
    concern.refresh_from_db()
    assert concern.reader == readers.nadia.person


def test_erasing_whom_it_is_about_takes_the_exclusion(readers: Readers, charlie: Person) -> None:
    a_concern(readers.priya, concerned=[charlie])
    forgetting.forget_concerned(charlie, NOW)
    assert not Exclusion.objects.exists()


def test_a_concern_goes_six_years_after_it_was_closed(readers: Readers) -> None:
    concern, still_open = a_concern(readers.priya), a_concern(readers.priya)
    handling.close(concern=concern, outcome="upheld", text="x", by=readers.priya.person, at=NOW)
    retain = next(held.retain for held in privacy.PERSONAL_DATA.held)
    assert retain(NOW + SIX_YEARS) == 0
    assert retain(NOW + SIX_YEARS + timedelta(days=2)) == 1
    assert list(Concern.objects.all()) == [still_open]
    assert Entry.objects.count() == 1
    assert still_open.state == State.RECEIVED
    assert datetime(2020, 1, 1, tzinfo=UTC) < NOW


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_message_asks_not_to_be_answered(kind: NoticeKind) -> None:
    """A reply would reach the sender's mailbox, which others of the office read."""
    assert "Do not answer this message" in default_words(kind)
