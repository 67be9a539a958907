"""The register's page: one tap a person, everybody at once, two people at once; and who gets in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cohorts.programme.enums import CatchUp, EnrolmentState, Mark
from cohorts.programme.models import Apology, Attendance, Enrolment, Session
from cohorts.programme.services.register import send_apology
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import a_running_cohort, a_session
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def leader() -> Person:
    made: Person = PersonFactory(given_name="Femi", family_name="Leads")
    return made


@pytest.fixture
def held(leader: Person) -> Session:
    session = a_session(a_running_cohort(), days=-1, leads=leader, title="Leading change")
    for name in ("Ada", "Bisi", "Carol"):
        EnrolmentFactory(
            cohort=session.cohort,
            person__given_name=name,
            person__family_name="Person",
            enrolled_at=NOW - timedelta(days=40),
        )
    return session


@pytest.fixture
def browser(leader: Person, signed_in: SignedIn) -> Client:
    return signed_in(leader)


def places(session: Session) -> list[Enrolment]:
    return list(Enrolment.objects.on_register(session).order_by("person__given_name"))


def said(session: Session, *marks: str, seen: int = 0, was: str = "", **more: Any) -> Any:
    """What the page sends; an empty mark where none is chosen."""
    body: dict[str, Any] = {"seen": seen, "do": "save", **more}
    for place, mark in zip(places(session), marks, strict=False):
        body |= {f"mark_{place.pk}": mark, f"was_{place.pk}": was}
    return body


def post(browser: Client, session: Session, *marks: str, **more: Any) -> Any:
    return browser.post(url("register", session.pk), said(session, *marks, **more))


def marks_of(session: Session) -> list[str]:
    return list(
        Attendance.objects.filter(session=session)
        .order_by("enrolment__person__given_name")
        .values_list("mark", flat=True)
    )


def checked(page: str) -> int:
    return page.count(" checked")


def test_everybody_present_then_the_few_without_a_script(browser: Client, held: Session) -> None:
    first = places(held)[0]
    filled = post(browser, held, "absent", do="everybody").content.decode()
    assert "Nothing is saved yet" in filled
    assert checked(filled) == 3
    assert f'name="mark_{first.pk}" value="absent" checked' in filled
    assert not marks_of(held)
    done = browser.post(
        url("register", held.pk), said(held, "absent", "present", "late"), follow=True
    ).content.decode()
    assert "The register is saved." in done
    assert "2 of 3 came" in done
    assert marks_of(held) == ["absent", "present", "late"]


def test_a_half_finished_register_is_kept_and_says_what_is_missing(
    browser: Client, held: Session
) -> None:
    answer = browser.post(url("register", held.pk), said(held, "present", "", ""), follow=True)
    assert "2 people have no mark yet" in answer.content.decode()
    page = text_of(browser, url("register", held.pk))
    assert "1 of 3 saved so far" in page
    assert checked(page) == 1


def test_apologies_are_chosen_beforehand_and_give_way_to_what_somebody_saw(
    browser: Client, held: Session
) -> None:
    first, *_ = places(held)
    Apology.objects.create(session=held, enrolment=first, sent_at=NOW, words="A funeral.")
    page = text_of(browser, url("register", held.pk))
    assert "‘A funeral.’" in page
    assert f'name="mark_{first.pk}" value="apologies" checked' in page
    assert f'name="was_{first.pk}" value="apologies"' in page
    post(browser, held, "present", "present", "present")
    stale = said(held, "apologies", seen=0)
    stale[f"was_{first.pk}"] = "apologies"
    browser.post(url("register", held.pk), stale)
    assert marks_of(held) == ["present", "present", "present"]


def test_what_two_chose_differently_stands_side_by_side(
    browser: Client, held: Session, signed_in: SignedIn
) -> None:
    first, second, _ = places(held)
    admin = signed_in(staff())
    post(browser, held, "present", "present", "present")
    page = post(admin, held, "absent", "present", "").content.decode()
    assert "you do not agree about everybody" in page
    assert "saved by Femi Leads at 9:30am" in page
    assert "as you chose" in page
    assert 'name="seen" value="1"' in page
    assert f'name="mark_{second.pk}" value="present" checked' in page
    assert marks_of(held) == ["present", "present", "present"]
    unsettled = said(held, "", "present", "present", seen=1, was="present")
    unsettled[f"yours_{first.pk}"] = "absent"
    again = admin.post(url("register", held.pk), unsettled).content.decode()
    assert "Choose which is right for Ada Person." in again
    assert "as you chose" in again
    settled = {**unsettled, f"mark_{first.pk}": "absent"}
    assert admin.post(url("register", held.pk), settled).status_code == 302
    assert marks_of(held) == ["absent", "present", "present"]


def test_before_its_day_the_page_says_when_and_who_has_apologised(
    browser: Client, held: Session, leader: Person
) -> None:
    ahead = a_session(held.cohort, days=3, leads=leader)
    page = text_of(browser, url("register", ahead.pk))
    assert "from the day of the session" in page
    assert "Nobody has said that they cannot come" in page
    place = places(ahead)[0]
    send_apology(session=ahead, enrolment=place, words="Away.", by=place.person, at=NOW)
    assert "‘Away.’" in text_of(browser, url("register", ahead.pk))
    refused = post(browser, ahead, "present").content.decode()
    assert "from the day of the session" in refused
    assert not marks_of(ahead)


def test_a_cancelled_session_says_so_and_an_empty_one_how_to_begin(
    browser: Client, held: Session, leader: Person
) -> None:
    off = a_session(held.cohort, days=-2, leads=leader, cancelled_at=NOW)
    assert "was cancelled" in text_of(browser, url("register", off.pk))
    empty = a_session(a_running_cohort(), days=-2, leads=leader)
    assert "Nobody is expected" in text_of(browser, url("register", empty.pk))


def test_nonsense_marks_nobody_and_breaks_nothing(browser: Client, held: Session) -> None:
    pages = [post(browser, held, "asleep"), post(browser, held, "present", seen="x")]
    assert [page.status_code for page in pages] == [200, 200]
    assert not marks_of(held)


def test_somebody_who_left_is_named_with_the_day(browser: Client, held: Session) -> None:
    place = places(held)[0]
    place.state, place.ended_at = EnrolmentState.WITHDRAWN, NOW
    place.save()
    assert "withdrawn since 21 November" in text_of(browser, url("register", held.pk))


def test_catching_up_is_confirmed_and_taken_back_on_the_page(
    browser: Client, held: Session
) -> None:
    post(browser, held, "absent", "present", "present")
    missed = Attendance.objects.missed().get()
    action = url("record_catch_up", held.pk, missed.pk)
    assert "Catching up" in text_of(browser, url("register", held.pk))
    for do, state in (("confirm", CatchUp.DONE), ("reopen", CatchUp.OFFERED)):
        assert browser.post(action, {"do": do}).status_code == 302
        missed.refresh_from_db()
        assert missed.catch_up == state
    browser.post(action, {"do": "confirm"})
    assert (
        "recorded already" in browser.post(action, {"do": "confirm"}, follow=True).content.decode()
    )
    elsewhere = a_session(held.cohort, days=-3, leads=held.facilitators.get().person)
    assert browser.post(url("record_catch_up", elsewhere.pk, missed.pk)).status_code == 404


def test_only_who_leads_the_session_and_staff_college_take_its_register(
    held: Session, signed_in: SignedIn, client: Client
) -> None:
    elsewhere = a_session(held.cohort, days=-1, leads=PersonFactory())
    address = url("register", held.pk)
    lead = staff(Role.PROGRAMME_LEAD)
    others = [
        places(held)[0].person,
        elsewhere.facilitators.get().person,
        PersonFactory(),
        lead,
    ]
    for person in others:
        browser = signed_in(person)
        assert browser.get(address).status_code == 404
        assert browser.post(address, said(held, "late")).status_code == 404
    assert client.get(address).status_code == 302
    assert not marks_of(held)
    admin = signed_in(staff())
    assert admin.get(address).status_code == 200
    assert admin.delete(address).status_code == 405


def test_it_can_be_put_right_for_thirty_days_and_by_admins_always(
    held: Session, leader: Person, signed_in: SignedIn, clock: Any
) -> None:
    post(signed_in(leader), held, "present", "present", "present")
    clock.move_to(held.ends_at + timedelta(days=29))
    assert signed_in(leader).get(url("register", held.pk)).status_code == 200
    clock.move_to(held.ends_at + timedelta(days=30))
    assert signed_in(leader).get(url("register", held.pk)).status_code == 404
    assert post(signed_in(staff()), held, "late", was="present", seen=1).status_code == 302
    assert marks_of(held)[0] == Mark.LATE


def test_looking_is_written_down(browser: Client, held: Session, leader: Person) -> None:
    browser.get(url("register", held.pk))
    event = AuditEvent.objects.get(verb="programme.register_viewed")
    assert (event.actor_id, event.object_id) == (leader.pk, held.pk)


@pytest.mark.parametrize("rows", [(1, 3), (3, 30)])
def test_the_page_takes_as_many_queries_for_thirty_as_for_one(
    rows: tuple[int, int], leader: Person, signed_in: SignedIn
) -> None:
    session = a_session(a_running_cohort(), days=-1, leads=leader)

    def add() -> None:
        place = EnrolmentFactory(cohort=session.cohort, enrolled_at=NOW - timedelta(days=9))
        Attendance.objects.create(
            session=session,
            enrolment=place,
            mark=Mark.ABSENT,
            catch_up=CatchUp.OFFERED,
            marked_at=NOW,
            marked_by=PersonFactory(),
        )
        Apology.objects.create(session=session, enrolment=place, sent_at=NOW)

    grows_not(signed_in(leader), url("register", session.pk), add, at_most=12, rows=rows)
