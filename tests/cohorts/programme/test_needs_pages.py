"""What participants need on screen: their own pages, Staff College's, the two spreadsheets."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from cohorts.programme.enums import EnrolmentState, NeedKind, SessionKind
from cohorts.programme.models import Cohort, Enrolment, Need
from cohorts.programme.needed import Contact
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import ApplicationFactory, EnrolmentFactory
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    NeedFactory,
    a_running_cohort,
    a_session,
    in_set,
)
from tests.factories.selection import a_reader
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SECRET = "Larkspurroot"
"""Words of a need, which nobody may read but its owner and admins."""


@pytest.fixture
def away() -> Cohort:
    """A cohort with nights away, whose needs are wanted in a month."""
    cohort = a_running_cohort(slug="away", needs_by=NOW.date() + 30 * DAY)
    a_session(cohort, days=40, kind=SessionKind.RESIDENTIAL)
    return cohort


@pytest.fixture
def place(away: Cohort, cast: Cast) -> Enrolment:
    made: Enrolment = EnrolmentFactory(cohort=away, person=cast.owner)
    return made


def a_need(cohort: Cohort, **values: object) -> Need:
    """Sent to Staff College."""
    person = values.pop("person", None) or PersonFactory()
    place = EnrolmentFactory(cohort=cohort, person=person, needs_told_at=NOW)
    made: Need = NeedFactory(enrolment=place, **values)
    return made


def book(response: object) -> list[tuple[object, ...]]:
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return list(load_workbook(BytesIO(content)).active.values)  # type: ignore[union-attr]


def test_a_participant_says_all_that_they_need(alice: Client, place: Enrolment) -> None:
    start = url("needs", "away")
    assert "0 of 3 parts done" in text_of(alice, start)
    assert "Tell us by <strong>21 December 2026" in text_of(alice, start)
    diet, access, contact = (url("need", "away", kind) for kind in ("diet", "access", "contact"))
    step = alice.post(diet, {"codes": ["halal", "other"], "text": "No sesame."})
    assert step["Location"] == access
    assert "1 of 3 parts done" in text_of(alice, start)
    assert alice.get(url("needs_check", "away"))["Location"] == start
    assert alice.post(access, {"codes": ["nothing"]})["Location"] == contact
    done = alice.post(contact, {"name": "Bo", "relation": "Sister", "phone": "020 7946 0000"})
    assert done["Location"] == url("needs_check", "away")
    check = text_of(alice, url("needs_check", "away"))
    for words in ("Halal, Something else", "No sesame.", "I need nothing", "020 7946 0000"):
        assert words in check
    sent = alice.post(url("needs_check", "away"), follow=True).content.decode()
    assert "Staff College has had this since" in sent
    assert "four weeks after your cohort ends" in sent
    place.refresh_from_db()
    assert place.needs_told_at == NOW
    changed = alice.post(diet, {"codes": ["vegan"]}, follow=True).content.decode()
    assert "Your change is saved" in changed
    assert 'value="vegan" ' in text_of(alice, diet)
    assert "Bo" in text_of(alice, contact)
    assert alice.get(url("needs_check", "away"))["Location"] == start


def test_unfinished_needs_are_not_sent(alice: Client, place: Enrolment) -> None:
    page = alice.post(url("needs_check", "away"), follow=True).content.decode()
    assert "Answer each part before you send it" in page
    place.refresh_from_db()
    assert place.needs_told_at is None


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("diet", {}, "Tick what you need"),
        ("diet", {"codes": ["nothing", "vegan"]}, "Take one of them away"),
        ("diet", {"codes": ["other"]}, "say what, in a few words"),
        ("diet", {"codes": ["lobster"]}, "Select a valid choice"),
        ("access", {"codes": ["nothing"], "text": "A seat."}, "Take one of them away"),
        ("contact", {}, "Write their name. Or tick"),
        ("contact", {"name": "Bo"}, "Write a phone number. Or tick"),
        ("contact", {"name": "Bo", "nothing": "on"}, "Untick this"),
    ],
)
def test_a_wrong_answer_says_how_to_put_it_right(
    alice: Client, place: Enrolment, kind: str, data: dict[str, object], words: str
) -> None:
    page = alice.post(url("need", "away", kind), data).content.decode()
    assert "There is a problem" in page
    assert words in page
    assert not Need.objects.exists()


def test_nobody_need_be_named_for_an_emergency(alice: Client, place: Enrolment) -> None:
    alice.post(url("need", "away", "contact"), {"nothing": "on"})
    assert not Need.objects.get().is_something
    assert " checked" in text_of(alice, url("need", "away", "contact"))


def test_what_was_asked_when_applying_is_shown_and_not_taken_over(
    alice: Client, away: Cohort, cast: Cast
) -> None:
    application = ApplicationFactory(cohort=away, applicant=cast.owner, adjustments=SECRET)
    EnrolmentFactory(cohort=away, person=cast.owner, application=application)
    page = text_of(alice, url("need", "away", "access"))
    assert SECRET in page
    assert page.count(SECRET) == 1
    assert SECRET not in text_of(alice, url("need", "away", "diet"))
    assert not Need.objects.exists()


def test_after_the_day_a_change_says_that_the_venue_may_know(
    alice: Client, place: Enrolment
) -> None:
    Cohort.objects.filter(pk=place.cohort_id).update(needs_by=NOW.date() - DAY)
    assert "there may still be time" in text_of(alice, url("needs", "away"))
    place.needs_told_at = NOW
    place.save()
    NeedFactory(enrolment=place, reply="A seat is kept.", state="arranged", answered_at=NOW)
    page = text_of(alice, url("needs", "away"))
    assert "may have been told already" in page
    assert "A seat is kept." in page
    assert "may have been told already" in text_of(alice, url("need", "away", "diet"))


def test_without_nights_away_nobody_is_asked_whom_to_ring(alice: Client, cast: Cast) -> None:
    cohort = a_running_cohort(slug="days")
    EnrolmentFactory(cohort=cohort, person=cast.owner)
    assert "0 of 2 parts done" in text_of(alice, url("needs", "days"))
    assert alice.get(url("need", "days", "contact")).status_code == 404
    assert alice.get(url("need", "days", "money")).status_code == 404


def test_staff_see_who_has_told_them_and_each_look_is_written_down(
    office: Client, admin: Person, away: Cohort
) -> None:
    assert "Nobody takes part yet" in text_of(office, url("staff_needs", "away"))
    need = a_need(away, chosen='["bsl"]', text=SECRET)
    unsent = EnrolmentFactory(cohort=away)
    NeedFactory(enrolment=unsent, text="Not sent yet.")
    a_need(away, text="")
    a_need(away, kind=NeedKind.CONTACT, text=str(Contact("Bo", "Sister", "020 7946 0000")))
    page = text_of(office, url("staff_needs", "away"))
    assert SECRET in page
    assert "British Sign Language interpreter" in page
    assert "Not sent yet" not in page
    assert "020 7946" not in page
    assert unsent.person.name in page
    looks = AuditEvent.objects.filter(verb="programme.need_viewed", actor_id=admin.pk)
    assert [look.subject_id for look in looks] == [need.enrolment.person_id]


def test_staff_answer_a_need(office: Client, away: Cohort, cast: Cast, alice: Client) -> None:
    need = a_need(away, person=cast.owner, text=SECRET)
    address = url("answer_need", "away", need.pk)
    page = text_of(office, address)
    assert SECRET in page
    told_at = need.told_at.isoformat()
    wrong = office.post(address, {"told_at": told_at, "state": "arranged"}).content.decode()
    assert "Write what the participant reads" in wrong
    late = {"told_at": (NOW - DAY).isoformat(), "state": "arranged", "reply": "We booked it."}
    refused = office.post(address, late).content.decode()
    assert "changed what they need a moment ago" in refused
    assert "We booked it." in refused
    assert told_at in refused
    office.post(address, {**late, "told_at": told_at})
    need.refresh_from_db()
    assert (need.state, need.reply) == ("arranged", "We booked it.")
    assert "We booked it." in text_of(alice, url("needs", "away"))
    assert "We booked it." in text_of(office, address)
    contact = a_need(away, kind=NeedKind.CONTACT, text="a\nb\nc")
    for pk in (contact.pk, NeedFactory(enrolment=EnrolmentFactory(cohort=away)).pk, 987_654):
        assert office.get(url("answer_need", "away", pk)).status_code == 404


def test_staff_remind_one_or_all_who_have_not_told_them(office: Client, away: Cohort) -> None:
    one, other = (EnrolmentFactory(cohort=away) for _ in range(2))
    a_need(away)
    office.post(url("remind_needs", "away"), {"place": one.pk})
    asked = Notice.objects.filter(kind="programme.needs_asked")
    assert [notice.recipient_id for notice in asked] == [one.person_id]
    done = office.post(url("remind_needs", "away"), follow=True).content.decode()
    assert "2 reminders are on their way" in done
    assert sorted(notice.recipient_id for notice in asked.all()) == sorted(
        [one.person_id, other.person_id]
    )
    Enrolment.objects.filter(cohort=away).update(needs_told_at=NOW)
    assert "Nobody is left to remind" in (
        office.post(url("remind_needs", "away"), follow=True).content.decode()
    )


def test_the_venue_gets_numbers_without_names_or_words(office: Client, away: Cohort) -> None:
    for _ in range(2):
        a_need(away, kind=NeedKind.DIET, chosen='["vegan", "other"]', text=SECRET)
    named = a_need(away, chosen='["prayer_room"]', text=SECRET).enrolment.person.family_name
    gone = a_need(away, chosen='["prayer_room"]').enrolment
    gone.state, gone.ended_at = EnrolmentState.WITHDRAWN, NOW
    gone.save()
    page = text_of(office, url("venue", "away"))
    assert SECRET not in page
    assert named not in page
    response = office.get(url("venue_sheet", "away"))
    assert response["Content-Disposition"] == 'attachment; filename="counts.xlsx"'
    rows = book(response)
    assert rows[0] == ("About", "Choice", "People")
    assert ("Diet", "Vegan", 2) in rows
    assert ("Diet", "Something else", 2) in rows
    assert ("Access", "Prayer room", 1) in rows
    assert ("Access", "Captions", 0) in rows
    assert len(rows) == 19
    assert AuditEvent.objects.filter(verb="programme.venue_exported").count() == 1


def test_emergency_contacts_are_a_sheet_and_each_can_see_who_fetched_it(
    office: Client, away: Cohort
) -> None:
    need = a_need(away, kind=NeedKind.CONTACT, text=str(Contact("=Bo", "Sister", "020 7946")))
    a_need(away, kind=NeedKind.CONTACT, text="")
    rows = book(office.get(url("contacts_sheet", "away")))
    assert rows[1:] == [(need.enrolment.person.name, "'=Bo", "Sister", "020 7946")]
    assert AuditEvent.objects.filter(verb="programme.contacts_exported").count() == 1
    look = AuditEvent.objects.get(verb="programme.contact_viewed")
    assert look.subject_id == need.enrolment.person_id
    days = a_running_cohort()
    assert office.get(url("contacts_sheet", days.slug)).status_code == 404


def test_needs_are_seen_by_their_owner_and_admins_alone(
    away: Cohort, cast: Cast, signed_in: SignedIn
) -> None:
    """Not the lead, a facilitator, the set, a reader, a coordinator; nor under another's name."""
    leads = PersonFactory()
    learning_set = LearningSetFactory(cohort=away, facilitator=leads)
    mine = in_set(learning_set, cast.owner)
    mine.needs_told_at = NOW
    mine.save()
    in_set(learning_set, cast.colleague)
    a_session(away, days=3, leads=leads)
    need = NeedFactory(enrolment=mine, text=SECRET, reply=SECRET)
    coordinator = staff(Role.BOROUGH_COORDINATOR, organisation=cast.owner.organisation)
    reader = a_reader(away)
    own = [url("needs", "away"), url("need", "away", "access"), url("needs_check", "away")]
    offices = [
        url("staff_needs", "away"),
        url("answer_need", "away", need.pk),
        url("venue", "away"),
        url("venue_sheet", "away"),
        url("contacts_sheet", "away"),
    ]
    others = [url("my_set", "away"), url("facilitated_set", learning_set.pk), "/my/", "/staff/"]
    for person in (
        cast.colleague,
        cast.stranger,
        leads,
        coordinator,
        reader,
        staff(Role.PROGRAMME_LEAD),
        staff(Role.EDITOR),
        staff(Role.ANALYST),
    ):
        browser = signed_in(person)
        for address in (*own, *offices, *others):
            response = browser.get(address)
            if address in offices:
                assert response.status_code == 404, (person, address)
            assert SECRET not in response.content.decode(), (person, address)
    visitor = Client()
    for address in (*own, *offices):
        assert visitor.get(address)["Location"].startswith("/accounts/login/")
    assert signed_in(cast.owner).delete(own[0]).status_code == 405


def test_the_pages_take_as_many_queries_for_many(
    office: Client, away: Cohort, alice: Client, place: Enrolment
) -> None:
    def add() -> None:
        a_need(away, text=SECRET)
        EnrolmentFactory(cohort=away)

    for name in ("staff_needs", "venue"):
        grows_not(office, url(name, "away"), add, at_most=11)


def test_whoever_took_their_place_is_led_to_say_what_they_need(
    alice: Client, away: Cohort, cast: Cast
) -> None:
    application = ApplicationFactory(cohort=away, applicant=cast.owner, state="accepted")
    place = EnrolmentFactory(cohort=away, person=cast.owner, application=application)
    address = url("accepted", application.reference)
    assert f'href="{url("needs", "away")}"' in text_of(alice, address)
    place.needs_told_at = NOW
    place.save()
    assert url("needs", "away") not in text_of(alice, address)
    assert f'href="{url("needs", "away")}"' in text_of(alice, url("my_cohort", "away"))
