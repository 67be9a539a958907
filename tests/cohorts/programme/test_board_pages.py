"""The selection board: ranked, narrowed, decided on, exported."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from cohorts.programme.enums import (
    CohortState,
    OfferState,
)
from cohorts.programme.models import (
    Answer,
    Offer,
    Question,
)
from lic_site.accounts.models import AuditEvent, Person
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory
from tests.factories.selection import (
    a_cohort,
    a_reader,
    a_review,
    offered,
    sent,
)
from tests.support.people import NOW, SignedIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_board_ranks_filters_sorts_and_balances(office: Client, admin: Person) -> None:
    cohort = a_cohort()
    best, far, unread = sent(cohort), sent(cohort), sent(cohort)
    own = sent(cohort, applicant=admin)
    for application, points in ((best, (5, 5)), (far, (1, 4))):
        for given in points:
            a_review(application, a_reader(cohort), points=given)
    a_review(unread, a_reader(cohort))
    address = url("board", cohort.slug)
    page = text_of(office, address)
    assert page.index(best.reference) < page.index(far.reference) < page.index(unread.reference)
    assert "100.0%" in page
    assert "Far apart" in page
    assert best.applicant.name not in page
    assert "Your own: a colleague decides" in page
    assert own.reference in page
    assert best.reference not in text_of(office, address + "?wide=on")
    for sort in ("rank", "-rank", "spread", "-spread", "borough", "grade", "state"):
        text_of(office, f"{address}?sort={sort}")
    nothing = text_of(office, address + "?state=accepted&grade=director&top=1")
    assert "Nothing fits" in nothing
    assert "No application yet" in text_of(office, url("board", a_cohort().slug))
    assert "still open" in text_of(office, url("board", a_cohort(CohortState.OPEN).slug))


def test_looking_at_an_application_is_written_down(office: Client, admin: Person) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    question = Question.objects.create(cohort=cohort, text="What did you lead?")
    Answer.objects.create(application=application, question=question, text="A team.", saved_at=NOW)
    a_review(application, a_reader(cohort), points=3)
    a_review(application, a_reader(cohort))
    page = text_of(office, url("staff_application", cohort.slug, application.reference))
    assert "A team." in page
    assert "60.0%" in page
    event = AuditEvent.objects.get(verb="programme.application_viewed")
    assert (event.actor_id, event.subject_id) == (admin.pk, application.applicant_id)
    own = sent(cohort, applicant=admin)
    assert office.get(url("staff_application", cohort.slug, own.reference)).status_code == 404


def test_many_are_decided_on_after_the_recipients_were_shown(office: Client) -> None:
    cohort = a_cohort(places=2)
    one, two, three, four = (sent(cohort) for _ in range(4))
    for application in (one, two, three, four):
        for _ in range(2):
            a_review(application, a_reader(cohort), points=3)
    slug = cohort.slug
    offer = url("decide", slug, "offer") + f"?chosen={one.reference}&chosen={two.reference}"
    page = text_of(office, offer)
    assert "Offer 2 people a place" in page
    assert one.reference in page
    assert "Decide all the same" not in page
    assert one.applicant.given_name not in page
    assert not Offer.objects.exists()
    assert "Give a reason" in office.post(offer, {"reason": ""}).content.decode()
    office.post(offer, {"reason": "Best."})
    assert Offer.objects.count() == 2
    again = office.post(offer, {"reason": "Best."}).content.decode()
    assert "Every place is taken" in again
    wait = url("decide", slug, "waitlist") + f"?chosen={three.reference}"
    text_of(office, wait)
    office.post(wait, {"reason": "Next."})
    no = url("decide", slug, "not_offer") + f"?chosen={four.reference}"
    text_of(office, no)
    missing = office.post(no, {"reason": "Below."}).content.decode()
    assert f"Write feedback for {four.reference}" in missing
    office.post(no, {"reason": "Below.", "common": "Thank you.", f"feedback_{four.pk}": "More."})
    four.refresh_from_db()
    assert four.feedback == "Thank you.\n\nMore."
    shown = text_of(office, url("board", slug)).replace('value="rejected"', "")
    assert "rejected" not in shown.lower()
    assert "not chosen anybody" in text_of(office, url("decide", slug, "offer"))
    assert office.get(url("decide", slug, "explode")).status_code == 404
    decided = text_of(office, url("staff_application", slug, four.reference))
    assert "Below." in decided


def test_whoever_decides_before_two_have_read_is_warned_and_says_so(
    office: Client, signed_in: SignedIn
) -> None:
    cohort = a_cohort()
    read, unread = sent(cohort), sent(cohort)
    reader = a_reader(cohort)
    for _ in range(2):
        a_review(read, a_reader(cohort), points=3)
    review = a_review(unread, reader)
    offer = url("decide", cohort.slug, "offer")
    offer += f"?chosen={read.reference}&chosen={unread.reference}"
    assert "1 of the 2 has not been read by two people" in text_of(office, offer)
    refused = office.post(offer, {"reason": "Best."}).content.decode()
    assert "Tick ‘Decide all the same’" in refused
    assert "Best." in refused
    assert not Offer.objects.exists()
    office.post(offer, {"reason": "Best.", "unread_accepted": "on"})
    assert Offer.objects.count() == 2
    queue = text_of(signed_in(reader), url("reading"))
    assert unread.reference not in queue
    late = signed_in(reader).post(url("review", review.pk), {"send": "1"}, follow=True)
    assert "You need not read that application any more." in late.content.decode()
    shown = text_of(office, url("staff_application", cohort.slug, unread.reference))
    assert "No longer needed" in shown
    assert "Not read" in text_of(office, url("board", cohort.slug))


def test_going_back_to_choose_fewer_keeps_the_ticks(office: Client) -> None:
    cohort = a_cohort(places=1)
    one, two, other = (sent(cohort) for _ in range(3))
    chosen = f"?chosen={one.reference}&chosen={two.reference}"
    page = text_of(office, url("decide", cohort.slug, "offer") + chosen)
    back = url("board", cohort.slug) + chosen
    assert f'href="{back.replace("&", "&amp;")}">Go back and choose fewer' in page
    board = text_of(office, back)
    for application, is_ticked in ((one, True), (two, True), (other, False)):
        assert (f'id="choose-{application.reference}" checked' in board) is is_ticked


def test_feedback_stands_under_a_plain_heading(office: Client) -> None:
    application = sent(cohort := a_cohort())
    page = text_of(
        office, url("decide", cohort.slug, "not_offer") + f"?chosen={application.reference}"
    )
    assert "\nFeedback\n" in page
    assert "What the readers would like" not in page


def test_an_offer_is_taken_back_with_a_reason(office: Client) -> None:
    offer = offered(cohort := a_cohort())
    address = url("take_back", cohort.slug, offer.application.reference)
    text_of(office, address)
    text_of(office, url("staff_application", cohort.slug, offer.application.reference))
    assert office.post(address, {"reason": ""}).status_code == 200
    assert office.post(address, {"reason": "A mistake."}).status_code == 302
    offer.refresh_from_db()
    assert offer.state == OfferState.TAKEN_BACK
    assert office.get(address).status_code == 404


def test_the_export_keeps_names_hidden_and_is_written_down(office: Client) -> None:
    cohort = a_cohort()
    hidden = sent(cohort)
    a_review(hidden, a_reader(cohort), points=3)
    a_review(hidden, a_reader(cohort), points=3)
    named = offered(cohort, applicant=PersonFactory(given_name="=SUM(1)", family_name="Lee"))
    response = office.get(url("board_export", cohort.slug))
    content = b"".join(response) if response.streaming else response.content
    rows = list(load_workbook(BytesIO(content)).active.values)
    assert rows[0][:2] == ("Rank", "Reference")
    by_reference = {row[1]: row for row in rows[1:]}
    assert not by_reference[hidden.reference][-1]
    assert by_reference[named.application.reference][-1] == "'=SUM(1) Lee"
    assert AuditEvent.objects.filter(verb="programme.board_exported").count() == 1


def test_a_long_board_comes_in_pages_and_keeps_what_was_asked(office: Client) -> None:
    cohort = a_cohort()
    everyone = [sent(cohort) for _ in range(23)]
    address = url("board", cohort.slug)
    first, second = text_of(office, address), text_of(office, address + "?page=2&state=submitted")
    assert "1 to 20 of 23 applications" in first
    assert "21 to 23 of 23 applications" in second
    assert "state=submitted" in second.partition('rel="prev"')[0]
    shown = [each.reference in first for each in everyone]
    assert shown.count(True) == 20
    assert [each.reference in second for each in everyone] == [not here for here in shown]
    assert "23" in first.partition("read by two")[0]
