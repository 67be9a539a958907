"""Every register of a cohort, the spreadsheet, and who may need support: for admins alone."""

import io
from datetime import timedelta
from itertools import product
from typing import Any

import openpyxl
import pytest
from django.test import Client

from cohorts.programme.attendance import is_expected
from cohorts.programme.enums import CatchUp, CohortState, EnrolmentState, Mark
from cohorts.programme.models import Cohort, Enrolment, Session, SupportContact
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from tests.cohorts.programme.staffing import PLAN, parts, text_of, url
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import (
    AttendanceFactory,
    LearningSetFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
LONG_AGO = NOW - timedelta(days=60)


@pytest.fixture
def winter() -> Cohort:
    return a_running_cohort(slug="winter", name="Winter cohort")


def a_place(cohort: Cohort, name: str = "Ada", **values: Any) -> Enrolment:
    made: Enrolment = EnrolmentFactory(
        cohort=cohort,
        person__given_name=name,
        person__family_name="Person",
        enrolled_at=LONG_AGO,
        **values,
    )
    return made


def marked(place: Enrolment, mark: Mark, days: int = -1, **values: Any) -> Session:
    """A session of the place's cohort whose register says this of it."""
    title = values.pop("title", "Leading change")
    session = a_session(place.cohort, days=days, register_taken_at=NOW, title=title)
    AttendanceFactory(session=session, enrolment=place, mark=mark, **values)
    return session


def test_the_page_begins_with_what_is_still_to_take(office: Client, winter: Cohort) -> None:
    assert "No session has been held yet" in text_of(office, url("staff_register", "winter"))
    place = a_place(winter)
    a_session(winter, days=-2, title="Not yet taken")
    marked(place, Mark.LATE, title="Taken one")
    a_session(winter, days=3, title="Far ahead")
    a_slot(winter, days=-3, participant=place)
    a_slot(winter, days=-3, cancelled_at=NOW)
    page = text_of(office, url("staff_register", "winter"))
    assert page.index("Still to take") < page.index("Not yet taken") < page.index("Taken one")
    assert "Far ahead" not in page
    assert "Coaching, for Ada Person" in page
    assert "100%" in page
    assert AuditEvent.objects.filter(verb="programme.attendance_viewed").count() == 2


def test_who_says_they_caught_up_is_confirmed_from_there(office: Client, winter: Cohort) -> None:
    session = marked(
        a_place(winter), Mark.ABSENT, catch_up=CatchUp.REPORTED, catch_up_words="Read it."
    )
    assert "‘Read it.’" in text_of(office, url("staff_register", "winter"))
    held = session.attendance.get()
    answer = office.post(
        url("record_catch_up", session.pk, held.pk), {"do": "confirm", "next": "cohort"}
    )
    assert answer["Location"] == url("staff_register", "winter")
    held.refresh_from_db()
    assert held.catch_up == CatchUp.DONE
    assert "‘Read it.’" not in text_of(office, url("staff_register", "winter"))


@pytest.mark.parametrize("rows", [(1, 3), (3, 30)])
def test_the_grid_takes_as_many_queries_for_thirty_as_for_one(
    rows: tuple[int, int], office: Client, winter: Cohort
) -> None:
    def add() -> None:
        place = in_set(LearningSetFactory(cohort=winter))
        marked(place, Mark.ABSENT, catch_up=CatchUp.REPORTED)
        a_session(winter, days=-1, learning_set=place.learning_set)
        a_slot(winter, days=-1, participant=place)

    grows_not(office, url("staff_register", "winter"), add, at_most=14, rows=rows)


def test_the_spreadsheet_holds_names_employers_and_marks_and_is_written_down(
    office: Client, winter: Cohort, admin: Person
) -> None:
    ada = a_place(winter)
    marked(ada, Mark.LATE, days=-2, title="=First")
    marked(ada, Mark.ABSENT, days=-1, title="Second", catch_up=CatchUp.DONE)
    a_place(winter, "Gone", state=EnrolmentState.WITHDRAWN, ended_at=LONG_AGO)
    answer = office.get(url("export_register", "winter"))
    assert "list.xlsx" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    titles, row = list(sheet.iter_rows(values_only=True))
    assert titles[3:5] == ("'=First, 19/11/2026", "Second, 20/11/2026")
    assert row[:5] == (
        "Ada Person",
        str(ada.person.organisation),
        "Taking part",
        "Late",
        "Did not attend, Caught up",
    )
    assert row[-1] == 100
    event = AuditEvent.objects.get(verb="programme.attendance_exported")
    assert (event.actor_id, event.object_id) == (admin.pk, winter.pk)


def test_a_pair_is_expected_as_the_register_says() -> None:
    cohort = a_running_cohort()
    of_set = LearningSetFactory(cohort=cohort)
    in_it = in_set(of_set)
    ended = {"state": EnrolmentState.WITHDRAWN, "learning_set": of_set}
    places = [
        in_it,
        in_set(LearningSetFactory(cohort=cohort)),
        a_place(cohort),
        a_place(cohort, ended_at=NOW, **ended),
        a_place(cohort, ended_at=NOW - timedelta(days=9), **ended),
        EnrolmentFactory(cohort=cohort, enrolled_at=NOW),
        a_place(a_running_cohort()),
    ]
    sessions = [
        a_session(cohort, days=-2),
        a_session(cohort, days=2),
        a_session(cohort, days=-2, learning_set=of_set),
        a_slot(cohort, days=-2),
        a_slot(cohort, days=-2, participant=in_it),
    ]
    for session, place in product(sessions, places):
        on_it = Enrolment.objects.on_register(session).filter(pk=place.pk).exists()
        assert is_expected(session, place) == on_it, (session.pk, place.pk)


def in_need(cohort: Cohort, name: str = "Ada") -> Enrolment:
    """Missed two sessions in a row."""
    place = a_place(cohort, name)
    for days in (-9, -8):
        marked(place, Mark.ABSENT, days)
    return place


def test_the_list_gives_the_reasons_and_a_contact_takes_somebody_off_until_more_happens(
    office: Client, winter: Cohort, clock: Any
) -> None:
    address = url("support_list", "winter")
    assert "Nobody for now" in text_of(office, address)
    place = in_need(winter)
    page = text_of(office, address)
    assert "Ada Person" in page
    assert "Missed the last two sessions" in page
    assert "Nobody has asked yet." in page
    contact = url("support_contact", "winter", place.pk)
    assert "Nobody has recorded a contact" in text_of(office, contact)
    clock.shift(timedelta(minutes=5))
    said = office.post(contact, {"note": "We speak again in May."}, follow=True).content.decode()
    assert "off the list until something new happens" in said
    assert "Nobody for now" in said
    assert "We speak again in May." in text_of(office, contact)
    later = NOW + timedelta(hours=1)
    marked(place, Mark.ABSENT, days=-1, marked_at=later)
    clock.move_to(later)
    again = text_of(office, address)
    assert "Ada Person" in again
    assert "Last asked on 21 November 2026" in again


def test_a_contact_needs_no_note_and_is_sealed(office: Client, winter: Cohort) -> None:
    place = in_need(winter)
    office.post(url("support_contact", "winter", place.pk), {"note": "Sealedwords"})
    office.post(url("support_contact", "winter", place.pk), {"note": ""})
    assert SupportContact.objects.count() == 2
    stored = SupportContact.objects.raw("SELECT id, note AS kept FROM programme_supportcontact")
    assert not any("Sealedwords" in str(each.kept) for each in stored)  # type: ignore[attr-defined]


def test_every_running_cohort_is_on_one_list_and_nobody_sees_themselves(
    office: Client, admin: Person, winter: Cohort
) -> None:
    in_need(winter)
    in_need(a_running_cohort(name="Autumn cohort"), "Bisi")
    over = a_running_cohort()
    Cohort.objects.filter(pk=over.pk).update(state=CohortState.COMPLETE)
    in_need(over, "Carol")
    own = in_need(winter, "Mine")
    own.person = admin
    own.save()
    assert url("may_need_support") in text_of(office, "/staff/")
    page = text_of(office, url("may_need_support"))
    assert "Ada Person" in page
    assert "Bisi Person" in page
    assert "Autumn cohort" in page
    assert "Carol" not in page
    assert "Priya" not in page.partition("<main")[2]
    assert office.get(url("support_contact", "winter", own.pk)).status_code == 404


def test_looking_is_written_down_about_each(office: Client, winter: Cohort) -> None:
    ada, bisi = in_need(winter), in_need(winter, "Bisi")
    office.get(url("support_list", "winter"))
    seen = AuditEvent.objects.filter(verb="programme.support_list_viewed")
    assert set(seen.values_list("subject_id", flat=True)) == {ada.person_id, bisi.person_id}
    office.get(url("support_contact", "winter", ada.pk))
    assert AuditEvent.objects.filter(
        verb="programme.support_contacts_viewed", subject_id=ada.person_id
    ).exists()


@pytest.mark.parametrize("rows", [(1, 3), (3, 30)])
@pytest.mark.parametrize("name", ["support_list", "may_need_support"])
def test_the_list_takes_as_many_queries_for_thirty_as_for_one(
    rows: tuple[int, int], name: str, office: Client, winter: Cohort
) -> None:
    address = url(name, "winter") if name == "support_list" else url(name)
    grows_not(office, address, lambda: in_need(winter), at_most=12, rows=rows)


def test_nobody_but_an_admin_sees_any_of_it(
    winter: Cohort, signed_in: SignedIn, client: Client
) -> None:
    place = in_need(winter)
    leader = PersonFactory()
    a_session(winter, days=-1, leads=leader)
    addresses = [
        url("staff_register", "winter"),
        url("export_register", "winter"),
        url("support_list", "winter"),
        url("support_contact", "winter", place.pk),
        url("may_need_support"),
    ]
    others = [
        staff(Role.PROGRAMME_LEAD),
        staff(Role.BOROUGH_COORDINATOR),
        leader,
        place.person,
        PersonFactory(),
    ]
    for person, address in product(others, addresses):
        assert signed_in(person).get(address).status_code == 404, (person, address)
    for address in addresses:
        assert client.get(address).status_code == 302
    assert signed_in(others[0]).post(addresses[3], {"note": "x"}).status_code == 404
    assert not SupportContact.objects.exists()


def test_the_plan_says_what_is_wanted_and_from_when_to_ask(office: Client, winter: Cohort) -> None:
    plan = {**PLAN, "name": "Autumn", **parts("needs_by", "1", "2", "2027")}
    assert office.post(url("create_cohort"), plan).status_code == 302
    made = Cohort.objects.get(name="Autumn")
    assert (made.attendance_wanted, made.support_after) == (75, 3)
    assert f"{made.needs_by}" == "2027-02-01"
    wrong = {**plan, "attendance_wanted": "101", "support_after": "0"}
    page = office.post(url("change_cohort", made.slug), wrong).content.decode()
    assert "There is a problem" in page
