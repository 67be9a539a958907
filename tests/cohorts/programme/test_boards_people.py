"""The people of a cohort: found, opened, taken away as a spreadsheet; each look written down."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.programme.enums import EnrolmentState, EnrolmentStep, Mark
from cohorts.programme.models import Cohort, Enrolment
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import BoroughFactory, OrganisationFactory, PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import (
    DAY,
    AttendanceFactory,
    CertificateFactory,
    LearningSetFactory,
    NeedFactory,
    a_running_cohort,
    a_session,
    a_slot,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="runs")


def member(cohort: Cohort, name: str, **values: object) -> Enrolment:
    given, _, family = name.partition(" ")
    values = {"enrolled_at": NOW - 60 * DAY, **values}
    made: Enrolment = EnrolmentFactory(
        cohort=cohort, person=PersonFactory(given_name=given, family_name=family), **values
    )
    return made


def missed(place: Enrolment, *days: int) -> None:
    for day in days:
        held = a_session(place.cohort, days=-day, register_taken_at=NOW - day * DAY)
        AttendanceFactory(session=held, enrolment=place, mark=Mark.ABSENT)


def names(client: Client, cohort: Cohort, query: str = "") -> list[str]:
    """Who stands on the page, in order."""
    response = client.get(url("people", cohort.slug) + query)
    assert response.status_code == 200
    return [row.person.name for row in response.context["rows"]]


def test_people_are_found_by_name_and_by_employer(office: Client, cohort: Cohort) -> None:
    member(cohort, "Amara Okafor")
    kofi = member(cohort, "Kofi Mensah")
    kofi.person.organisation = OrganisationFactory(name="Harrow Council")
    kofi.person.save()
    member(a_running_cohort(), "Amara Elsewhere")
    assert names(office, cohort, "?q=amara") == ["Amara Okafor"]
    assert names(office, cohort, "?q=harrow") == ["Kofi Mensah"]
    assert names(office, cohort, "?q=kofi+okafor") == []
    assert "Nobody fits" in text_of(office, url("people", cohort.slug) + "?q=zz")


def test_people_are_narrowed(office: Client, cohort: Cohort) -> None:
    first = LearningSetFactory(cohort=cohort)
    told = {"needs_told_at": NOW}
    member(cohort, "In Set", learning_set=first, **told)
    member(cohort, "No Set", **told)
    member(cohort, "Gone Away", state=EnrolmentState.WITHDRAWN, ended_at=NOW, **told)
    member(cohort, "Quiet One", learning_set=first)
    here = BoroughFactory(name="Harrow")
    OrganisationFactory(name="Other").boroughs.add(here)
    at = Enrolment.objects.get(person__given_name="In").person.organisation
    assert at is not None
    at.boroughs.set([here])
    assert names(office, cohort, f"?set={first.pk}") == ["Quiet One", "In Set"]
    assert names(office, cohort, "?set=none&state=active") == ["No Set"]
    assert names(office, cohort, "?state=withdrawn") == ["Gone Away"]
    assert names(office, cohort, "?untold=on") == ["Quiet One"]
    assert names(office, cohort, f"?borough={here.pk}") == ["In Set"]
    assert "1</strong> person fits your search" in text_of(
        office, url("people", cohort.slug) + "?untold=on"
    )


def test_who_may_need_support_is_found(office: Client, cohort: Cohort) -> None:
    member(cohort, "Fine Person", needs_told_at=NOW)
    missed(member(cohort, "Missing Often"), 9, 5)
    assert names(office, cohort, "?support=on") == ["Missing Often"]
    assert "May need support" in text_of(office, url("people", cohort.slug))


def test_people_are_sorted_by_attendance_those_without_last(office: Client, cohort: Cohort) -> None:
    member(cohort, "New Here")
    missed(member(cohort, "Never There"), 9)
    there = member(cohort, "Always There")
    AttendanceFactory(session=a_session(cohort, days=-8, register_taken_at=NOW), enrolment=there)
    assert names(office, cohort, "?sort=attendance") == ["Never There", "Always There", "New Here"]
    assert names(office, cohort, "?sort=-attendance") == ["Always There", "Never There", "New Here"]
    assert names(office, cohort, "?sort=-name") == ["Never There", "Always There", "New Here"]
    assert names(office, cohort, "?sort=nonsense") == ["New Here", "Always There", "Never There"]


def test_a_nonsensical_search_is_not_a_fault(office: Client, cohort: Cohort) -> None:
    member(cohort, "Amara Okafor")
    for query in ("?set=zz", "?borough=-1", "?state=rubbish", "?page=zz"):
        assert names(office, cohort, query) == ["Amara Okafor"]


def test_nobody_but_an_admin_opens_it(cohort: Cohort, cast: Cast, signed_in: SignedIn) -> None:
    place = member(cohort, "Amara Okafor")
    for person in (place.person, cast.stranger, staff(Role.PROGRAMME_LEAD)):
        for address in (
            url("people", cohort.slug),
            url("participant", cohort.slug, place.pk),
        ):
            assert signed_in(person).get(address).status_code == 404
        exported = signed_in(person).post(url("export_people", cohort.slug), {"all": "yes"})
        assert exported.status_code == 404


def test_a_participants_page_says_where_they_stand(office: Client, cohort: Cohort) -> None:
    place = member(
        cohort, "Amara Okafor", learning_set=LearningSetFactory(cohort=cohort, name="Set 7"),
        needs_told_at=NOW,
    )  # fmt: skip
    NeedFactory(enrolment=place, text="A secret need")
    missed(place, 9, 5)
    place.events.create(step=EnrolmentStep.JOINED, at=NOW - 60 * DAY)
    before = EnrolmentFactory(
        person=place.person, cohort__name="Earlier cohort", state=EnrolmentState.COMPLETED,
        ended_at=NOW - 300 * DAY,
    )  # fmt: skip
    CertificateFactory(enrolment=before)
    shown = text_of(office, url("participant", cohort.slug, place.pk))
    for words in ("0%", "Set 7", "1 told, 1 to arrange", "did not attend", "Took the place",
                  "Earlier cohort", "Missed the last two sessions"):  # fmt: skip
        assert words in shown
    assert "A secret need" not in shown
    earlier = text_of(office, url("participant", before.cohort.slug, before.pk))
    assert "Issued on" in earlier
    assert office.get(url("participant", before.cohort.slug, place.pk)).status_code == 404


def test_every_look_is_written_down_and_the_person_can_see_it(
    office: Client, cohort: Cohort, signed_in: SignedIn
) -> None:
    place = member(cohort, "Amara Okafor")
    text_of(office, url("people", cohort.slug))
    text_of(office, url("participant", cohort.slug, place.pk))
    assert AuditEvent.objects.filter(verb="programme.participants_viewed").count() == 1
    looked = signed_in(place.person).get("/my/data/who-looked/").content.decode()
    assert "Participant viewed" in looked


def exported(response: object) -> list[tuple[object, ...]]:
    content = b"".join(response)  # type: ignore[call-overload]
    return [*load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]


def test_those_ticked_leave_as_a_spreadsheet_and_it_is_written_down(
    office: Client, cohort: Cohort
) -> None:
    chosen = member(cohort, "=Amara Okafor")
    other = member(cohort, "Kofi Mensah")
    member(a_running_cohort(), "From Elsewhere")
    elsewhere = Enrolment.objects.latest("pk")
    response = office.post(
        url("export_people", cohort.slug), {"chosen": [chosen.pk, elsewhere.pk, "zz"]}
    )
    assert response.headers["Content-Disposition"] == 'attachment; filename="list.xlsx"'
    titles, *rows = exported(response)
    assert titles == ("Name", "Employer", "Borough", "Grade", "Learning set", "Where they are")
    assert [row[0] for row in rows] == ["'=Amara Okafor"]
    events = AuditEvent.objects.filter(verb="programme.participant_exported")
    assert [event.subject_id for event in events] == [chosen.person_id]
    assert other.person_id not in events.values_list("subject_id", flat=True)


def test_all_who_fit_leave_however_many_pages_there_are(office: Client, cohort: Cohort) -> None:
    for number in range(27):
        member(cohort, f"Name{number:02} Fits")
    member(cohort, "Other Person")
    shown = text_of(office, url("people", cohort.slug) + "?q=fits")
    assert "Rather all 27" in shown
    response = office.post(url("export_people", cohort.slug) + "?q=fits", {"all": "yes"})
    assert len(exported(response)) == 1 + 27


def test_nobody_ticked_is_said_and_the_search_stays(office: Client, cohort: Cohort) -> None:
    member(cohort, "Amara Okafor")
    response = office.post(url("export_people", cohort.slug) + "?q=amara", follow=True)
    assert "Tick the people" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("/people/?q=amara")
    assert office.get(url("export_people", cohort.slug)).status_code == 405


def test_the_dates_leave_without_a_name(office: Client, cohort: Cohort) -> None:
    place = member(cohort, "Amara Okafor")
    a_session(cohort, days=5, title="Second day")
    a_slot(cohort, days=6, participant=place)
    a_session(cohort, days=7, title="For the set", learning_set=LearningSetFactory(cohort=cohort))
    rows = exported(office.post(url("export_sessions", cohort.slug)))
    assert [row[2] for row in rows[1:3]] == ["Everybody", "One participant"]
    assert "Amara" not in str(rows)
    assert AuditEvent.objects.filter(verb="programme.sessions_exported").count() == 1


def test_the_list_does_not_grow_by_a_query_a_person(office: Client, cohort: Cohort) -> None:
    def add() -> None:
        missed(member(cohort, "Amara Okafor", learning_set=LearningSetFactory(cohort=cohort)), 3)

    grows_not(office, url("people", cohort.slug), add, at_most=16)
    grows_not(office, url("people", cohort.slug) + "?support=on&sort=attendance", add, at_most=17)


def test_who_deferred_to_a_cohort_stands_on_its_page_until_they_have_a_place(
    office: Client, cohort: Cohort
) -> None:
    earlier = a_running_cohort(name="Earlier cohort")
    place = member(
        earlier, "Amara Okafor", state=EnrolmentState.DEFERRED, ended_at=NOW, deferred_to=cohort
    )
    member(earlier, "Kofi Mensah", state=EnrolmentState.DEFERRED, ended_at=NOW)
    page = url("people", cohort.slug)
    shown = text_of(office, page)
    assert 'id="expected"' in shown
    assert url("participant", earlier.slug, place.pk) in shown
    assert "Kofi Mensah" not in shown
    EnrolmentFactory(cohort=cohort, person=place.person, follows=place)
    assert 'id="expected"' not in text_of(office, page)


def test_the_expected_take_one_query(office: Client, cohort: Cohort) -> None:
    def add() -> None:
        EnrolmentFactory(state=EnrolmentState.DEFERRED, ended_at=NOW, deferred_to=cohort)

    grows_not(office, url("people", cohort.slug), add, at_most=12)


def test_a_persons_record_leads_an_admin_and_no_lead_to_their_places(
    office: Client, cohort: Cohort, signed_in: SignedIn
) -> None:
    place = member(cohort, "Amara Okafor")
    record = reverse("accounts:person", args=[place.person_id])
    led_to = url("participant", cohort.slug, place.pk)
    assert led_to in text_of(office, record)
    lead = text_of(signed_in(staff(Role.PROGRAMME_LEAD)), record)
    assert led_to not in lead
    assert "Places in cohorts" not in lead
    grows_not(office, record, lambda: EnrolmentFactory(person=place.person), at_most=15)
