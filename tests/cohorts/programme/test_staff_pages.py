"""Staff's pages: who gets in, what waits today, the programme and its people's needs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from cohorts.programme import policies
from cohorts.programme.enums import (
    AdjustmentState,
    CohortState,
)
from cohorts.programme.models import (
    Application,
    Funding,
    PositiveActionRecord,
    Programme,
    Review,
)
from cohorts.programme.panels import staff as panels
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from tests.cohorts.programme.staffing import parts, text_of, url
from tests.factories.people import RoleGrantFactory, staff
from tests.factories.selection import (
    a_cohort,
    a_programme,
    a_reader,
    a_review,
    offered,
    sent,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_staff_pages_do_not_exist_for_anybody_else(cast: Cast, signed_in: SignedIn) -> None:
    cohort = a_cohort()
    addresses = [
        url("cohorts"),
        url("cohort", cohort.slug),
        url("board", cohort.slug),
        url("panel", cohort.slug),
        url("staff_adjustments", cohort.slug),
        url("board_export", cohort.slug),
        url("programmes"),
        url("reading"),
        reverse("portal:staff_home"),
    ]
    for person in (cast.owner, staff(Role.EDITOR), staff(Role.ANALYST)):
        client = signed_in(person)
        assert {client.get(address).status_code for address in addresses} == {404}
    assert {Client().get(address).status_code for address in addresses} == {302}


def test_the_lead_sees_counts_and_money_but_no_application(signed_in: SignedIn) -> None:
    lead = staff(Role.PROGRAMME_LEAD)
    client, cohort = signed_in(lead), a_cohort()
    text_of(client, reverse("portal:staff_home"))
    text_of(client, url("cohorts"))
    text_of(client, url("cohort", cohort.slug))
    text_of(client, url("programme", cohort.programme.slug))
    assert client.get(url("board", cohort.slug)).status_code == 404
    assert not policies.visible(lead, Application.objects.all()).exists()
    assert panels.today(lead, NOW).work == []


def test_today_says_what_waits_the_most_urgent_first(office: Client, admin: Person) -> None:
    a_cohort(
        CohortState.DRAFT,
        applications_open_at=NOW + timedelta(days=30),
        applications_close_at=NOW + timedelta(days=50),
    )
    a_cohort(CohortState.OPEN, applications_close_at=NOW + timedelta(days=3))
    unread = a_cohort()
    sent(unread)
    late = a_cohort()
    review = a_review(sent(late), a_reader(late))
    Review.objects.filter(pk=review.pk).update(due_on=NOW.date() - timedelta(days=1))
    a_review(review.application, a_reader(late), points=3)
    decidable = a_cohort()
    done = sent(decidable)
    for _ in range(2):
        a_review(done, a_reader(decidable), points=3)
    waiting_offer = a_cohort()
    offered(waiting_offer, expires_at=NOW + timedelta(days=1))
    work = panels.today(admin, NOW).work
    assert work[0].what == "overdue"
    assert {item.what for item in work} == {
        "open", "closing", "unassigned", "overdue", "decide", "expiring",
    }  # fmt: skip
    page = text_of(office, reverse("portal:staff_home"))
    assert "1 reading overdue" in page
    assert "1 decision ready to make" in page


def test_a_quiet_day_and_an_empty_site_say_how_to_begin(office: Client) -> None:
    assert "No cohort yet" in text_of(office, reverse("portal:staff_home"))
    assert "Plan the first one" in text_of(office, url("cohorts"))
    assert "No programme yet" in text_of(office, url("programmes"))
    assert office.get(url("create_cohort")).status_code == 404


def test_lists_take_as_many_queries_with_three_rows_as_with_one(office: Client) -> None:
    grows_not(office, url("cohorts"), a_cohort, at_most=10)
    grows_not(office, reverse("portal:staff_home"), a_cohort, at_most=13)
    cohort = a_cohort()

    def read_twice() -> None:
        application = sent(cohort)
        for _ in range(2):
            a_review(application, a_reader(cohort), points=3)

    grows_not(office, url("board", cohort.slug), read_twice, at_most=14)
    grows_not(office, url("panel", cohort.slug), read_twice, at_most=10)
    grows_not(office, url("assigned", cohort.slug), read_twice, at_most=16)


def test_adjustments_are_listed_answered_and_every_look_written_down(office: Client) -> None:
    cohort = a_cohort()
    assert "Nobody has asked" in text_of(office, url("staff_adjustments", cohort.slug))
    sent(cohort)
    application = sent(cohort, adjustments="Large print, please.")
    page = text_of(office, url("staff_adjustments", cohort.slug))
    assert "Large print" in page
    address = url("answer_adjustment", cohort.slug, application.reference)
    text_of(office, address)
    office.post(address, {"state": AdjustmentState.ARRANGED, "reply": "On its way."})
    assert "On its way." in text_of(office, url("staff_adjustments", cohort.slug))
    text_of(office, address)
    assert AuditEvent.objects.filter(verb="programme.adjustments_viewed").count() == 2
    assert AuditEvent.objects.filter(verb="programme.adjustment_viewed").count() == 3


def test_nobody_answers_what_they_asked_for_themselves(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    own = sent(cohort, adjustments="Large print, please.")
    RoleGrantFactory(person=own.applicant, role=Role.COLLEGE_ADMIN)
    address = url("answer_adjustment", cohort.slug, own.reference)
    assert signed_in(own.applicant).get(address).status_code == 404


def test_the_programme_its_legal_ground_and_money_are_edited(office: Client) -> None:
    programme = a_programme()
    slug = programme.slug
    assert office.get(url("programmes")).headers["Location"] == url("programme", slug)
    assert "Write the record" in text_of(office, url("programme", slug))
    text_of(office, url("change_positive_action", slug))
    record = {"evidence": "e", "aim": "a", "proportionality": "p"}
    due = parts("review_on", "1", "11", "2026")
    office.post(url("change_positive_action", slug), record | due)
    assert PositiveActionRecord.objects.get().evidence == "e"
    text_of(office, url("change_strand", slug, "conference"))
    office.post(url("change_strand", slug, "conference"), {"summary": "A day for everybody."})
    assert office.get(url("change_strand", slug, "chess")).status_code == 404
    line = {"source": "ALDCS", "allocated": "50000", "committed": "20000", "spent": "1"}
    wrong = office.post(url("add_funding", slug), line | {"year": "26"}).content.decode()
    assert "Enter the year in full" in wrong
    twice = line | {"year": "2026"}
    office.post(url("add_funding", slug), twice)
    assert "There is a problem" in office.post(url("add_funding", slug), twice).content.decode()
    page = text_of(office, url("programme", slug))
    assert "£50,000" in page
    assert "due to be looked at again" in page
    funding = Funding.objects.get()
    text_of(office, url("change_funding", slug, funding.pk))
    office.post(url("delete_funding", slug, funding.pk))
    assert not Funding.objects.exists()
    text_of(office, url("change_programme", slug))
    office.post(
        url("change_programme", slug),
        {"name": "Renamed", "aims": "", **parts("starts_on", "1", "8", "2020")},
    )
    assert Programme.objects.get().name == "Renamed"
    a_programme()
    assert "Renamed" in text_of(office, url("programmes"))
