"""Where Staff College plans a cohort's sessions."""

import re

import pytest
from django.test import Client

from cohorts.programme.models import Cohort, Session
from lic_site.notices.models import Notice
from tests.cohorts.programme.staffing import parts, text_of, url
from tests.factories.people import PersonFactory
from tests.factories.running import (
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DATE = {
    "title": "Set meeting", "kind": "learning_set", **parts("day", "5", "1", "2027"),
    "starts": "9:30am", "ends": "4pm", **parts("last_day", "", "", ""),
    "place": "County Hall", "link": "", "audience": "all",
}  # fmt: skip


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="running", name="Running cohort")


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found, page
    return found[1]


def test_a_session_is_planned_for_a_set_or_a_person(office: Client, cohort: Cohort) -> None:
    ours = LearningSetFactory(cohort=cohort, name="Set 1")
    mine = in_set(ours)
    page = text_of(office, url("add_session", cohort.slug))
    assert "Set 1" in page
    assert mine.person.name in page
    for day, audience in (("5", f"set-{ours.pk}"), ("6", f"person-{mine.pk}")):
        chosen = DATE | parts("day", day, "1", "2027") | {"audience": audience}
        assert office.post(url("add_session", cohort.slug), chosen).status_code == 302
    for_set, for_one = Session.objects.order_by("pk")
    assert (for_set.learning_set, for_set.participant) == (ours, None)
    assert (for_one.learning_set, for_one.participant) == (None, mine)
    elsewhere = LearningSetFactory()
    page = office.post(
        url("add_session", cohort.slug), DATE | {"audience": f"set-{elsewhere.pk}"}
    ).content.decode()
    assert "Select a valid choice" in page


def test_a_clash_is_shown_and_saved_all_the_same(office: Client, cohort: Cohort) -> None:
    add = url("add_session", cohort.slug)
    saturday = DATE | parts("day", "9", "1", "2027")
    page = office.post(add, saturday).content.decode()
    assert "Saturday 9 January 2027 is at the weekend." in page
    assert "Save all the same" in page
    assert not Session.objects.exists()
    other = office.post(add, saturday | {"starts": "7am", "seen": seen_in(page)})
    assert "It starts before 8am" in other.content.decode(), "what was not shown is not waved on"
    assert not Session.objects.exists()
    assert office.post(add, saturday | {"seen": seen_in(page)}).status_code == 302
    listed = text_of(office, url("sessions", cohort.slug))
    assert "is at the weekend" in listed
    assert "County Hall" in listed


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (parts("day", "28", "3", "2027"), "The clocks go forward that night"),
        (parts("day", "25", "10", "2026"), "The clocks go back that night"),
    ],
)
def test_a_time_of_the_clock_change_is_refused_in_words(
    office: Client, cohort: Cohort, day: dict[str, str], words: str
) -> None:
    page = office.post(url("add_session", cohort.slug), DATE | day | {"starts": "1:30am"})
    assert words in page.content.decode()
    assert not Session.objects.exists()


def test_a_session_is_moved_and_people_are_told(office: Client, cohort: Cohort) -> None:
    in_set(LearningSetFactory(cohort=cohort))
    session = a_session(cohort, days=10, title="Second day")
    move = url("move_session", cohort.slug, session.pk)
    assert "Tuesday 1 December 2026" in text_of(office, move)
    past = office.post(move, DATE | parts("day", "5", "1", "2026")).content.decode()
    assert "This time has passed" in past
    refused = office.post(
        move, DATE | parts("day", "5", "1", "2026") | {"seen": seen_in(past)}
    ).content.decode()
    assert "That time has passed. Choose a later one." in refused
    assert office.post(move, DATE).status_code == 302
    page = text_of(office, url("staff_session", cohort.slug, session.pk))
    assert "Tuesday 5 January 2027, 9:30am to 4pm" in page
    assert "Moved from 1 December 2026 at 10am" in page
    assert Notice.objects.filter(kind="programme.session_changed").count() == 1


def test_of_a_session_people_know_only_the_title_changes(office: Client, cohort: Cohort) -> None:
    session = a_session(cohort, days=10)
    change = url("change_session", cohort.slug, session.pk)
    page = text_of(office, change)
    assert "Participants know of this session" in page
    assert "Starts at" not in page
    office.post(change, DATE | {"title": "Renamed"})
    session.refresh_from_db()
    assert (session.title, session.place) == ("Renamed", "A hall in London")


def test_a_session_is_cancelled_and_stays(office: Client, cohort: Cohort) -> None:
    session = a_session(cohort, days=10, title="Second day")
    cancel = url("cancel_session", cohort.slug, session.pk)
    assert "This cannot be undone" in text_of(office, cancel)
    assert office.post(cancel, {"because": "The trains."}).status_code == 302
    assert "<s>Second day</s>" in text_of(office, url("sessions", cohort.slug))
    page = text_of(office, url("staff_session", cohort.slug, session.pk))
    assert "The trains." in page
    again = office.post(cancel, {"because": ""}).content.decode()
    assert "This session is cancelled. Plan it again" in again


def test_a_known_session_is_not_deleted(office: Client, cohort: Cohort) -> None:
    session = a_session(cohort, days=10)
    response = office.post(url("delete_session", cohort.slug, session.pk), follow=True)
    assert "Participants know of this session" in response.content.decode()
    slot = a_slot(cohort, days=12)
    assert "Take this session out" in text_of(office, url("staff_session", cohort.slug, slot.pk))
    office.post(url("delete_session", cohort.slug, slot.pk))
    assert list(Session.objects.all()) == [session]


def test_facilitators_are_found_added_and_taken_off(office: Client, cohort: Cohort) -> None:
    session = a_session(cohort, days=10)
    found = PersonFactory(given_name="Maya", family_name="Thorngate", user=None)
    address = url("session_facilitators", cohort.slug, session.pk)
    assert "Nobody yet." in text_of(office, address)
    assert "Nobody found" in text_of(office, f"{address}?q=zzzz")
    page = text_of(office, f"{address}?q=thorn")
    assert "Maya Thorngate" in page
    assert "they need one to see the session" in page
    for do in ("add", "add"):
        answer = office.post(address, {"do": do, "person": found.pk}, follow=True)
    assert "This person leads the session already." in answer.content.decode()
    assert "no account yet" in text_of(office, url("staff_session", cohort.slug, session.pk))
    assert office.post(address, {"do": "add", "person": "nobody"}).status_code == 404
    office.post(address, {"do": "remove", "person": found.pk})
    assert not session.facilitators.exists()


def test_a_colleague_elsewhere_is_warned_of(office: Client, cohort: Cohort) -> None:
    leads = PersonFactory(given_name="Maya", family_name="Thorngate")
    a_session(cohort, days=10, leads=leads)
    other = a_running_cohort(slug="other")
    a_session(other, days=10, leads=leads, title="Elsewhere")
    page = text_of(office, url("sessions", cohort.slug))
    assert "Maya Thorngate leads ‘Elsewhere’, which starts on 1 December 2026 at 10am." in page


def test_somebody_in_two_cohorts_is_warned_of(office: Client, cohort: Cohort) -> None:
    mine = in_set(LearningSetFactory(cohort=cohort))
    in_set(LearningSetFactory(cohort=a_running_cohort(slug="other")), mine.person)
    a_session(Cohort.objects.get(slug="other"), days=10, title="Elsewhere")
    a_session(cohort, days=10)
    page = text_of(office, url("sessions", cohort.slug))
    assert "Some of the same people are at ‘Elsewhere’" in page


def test_the_list_does_not_grow_by_queries(office: Client, cohort: Cohort) -> None:
    mine = in_set(LearningSetFactory(cohort=cohort))
    days = iter(range(3, 40, 2))

    def add() -> None:
        a_session(cohort, days=next(days), leads=PersonFactory())
        a_session(cohort, days=next(days), participant=mine)

    grows_not(office, url("sessions", cohort.slug), add, at_most=15)
