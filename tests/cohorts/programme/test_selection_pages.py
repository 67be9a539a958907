"""Staff's boards and the reader's pages: who gets in, what they show, what they do."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cohorts.programme import policies
from cohorts.programme.enums import (
    AdjustmentState,
    ApplicationState,
    CohortState,
    OfferState,
    ReviewState,
)
from cohorts.programme.forms.cohorts import CohortForm
from cohorts.programme.kinds.selection import KINDS
from cohorts.programme.models import (
    Answer,
    Application,
    Cohort,
    CohortReader,
    Criterion,
    Funding,
    Offer,
    PositiveActionRecord,
    Programme,
    Question,
    Review,
    Session,
)
from cohorts.programme.panels import staff as panels
from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from tests.factories.people import PersonFactory, RoleGrantFactory, staff
from tests.factories.selection import (
    a_cohort,
    a_programme,
    a_reader,
    a_review,
    enrolled,
    offered,
    ready_to_open,
    sent,
    waiting,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = {"day": "21", "month": "11", "year": "2026"}


@pytest.fixture
def admin() -> Person:
    return staff(given_name="Priya")


@pytest.fixture
def office(admin: Person, signed_in: SignedIn) -> Client:
    return signed_in(admin)


def url(name: str, *args: object) -> str:
    return reverse(f"programme:{name}", args=args)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def parts(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}


DEADLINES = {
    **parts("opens_on", "1", "12", "2026"),
    **parts("closes_on", "20", "12", "2026"),
    **parts("decisions_by", "20", "1", "2027"),
}
COPY = {
    **DEADLINES,
    "name": "Autumn",
    **parts("starts_on", "1", "3", "2027"),
    **parts("ends_on", "1", "12", "2027"),
}
PLAN = {
    **COPY,
    "summary": "A year of learning.",
    "places": "12",
    "offer_days": "7",
    "eligible_grades": ["practitioner"],
    "names_hidden": "hidden",
    "commitment": "",
}


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
    assert panels.todays_work(lead, NOW) == []


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
    work = panels.todays_work(admin, NOW)
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
    grows_not(office, url("cohorts"), a_cohort, at_most=14)
    grows_not(office, reverse("portal:staff_home"), a_cohort, at_most=24)
    cohort = a_cohort()

    def read_twice() -> None:
        application = sent(cohort)
        for _ in range(2):
            a_review(application, a_reader(cohort), points=3)

    grows_not(office, url("board", cohort.slug), read_twice, at_most=24)
    grows_not(office, url("panel", cohort.slug), read_twice, at_most=24)
    grows_not(office, url("assigned", cohort.slug), read_twice, at_most=24)


def test_a_reader_queue_takes_constant_queries(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    client = signed_in(reader)
    grows_not(client, url("reading"), lambda: a_review(sent(cohort), reader), at_most=14)


def test_a_cohort_is_planned_changed_copied_and_deleted(office: Client) -> None:
    a_programme()
    text_of(office, url("create_cohort"))
    bad = office.post(url("create_cohort"), PLAN | {"places": "0"})
    assert b"There is a problem" in bad.content
    assert b"A year of learning." in bad.content
    office.post(url("create_cohort"), PLAN)
    cohort = Cohort.objects.get()
    assert (cohort.slug, cohort.places, cohort.names_hidden) == ("autumn", 12, True)
    text_of(office, url("change_cohort", cohort.slug))
    office.post(url("change_cohort", cohort.slug), PLAN | {"places": "14"})
    cohort.refresh_from_db()
    assert cohort.places == 14
    text_of(office, url("copy_cohort", cohort.slug))
    office.post(url("copy_cohort", cohort.slug), COPY | {"name": "Winter"})
    assert Cohort.objects.get(slug="winter").places == 14
    text_of(office, url("step", "winter", "delete"))
    assert office.post(url("step", "winter", "delete")).headers["Location"] == url("cohorts")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (parts("closes_on", "30", "11", "2026"), "Applications close before they open"),
        (parts("decisions_by", "20", "12", "2026"), "Leave time to read"),
        (parts("ends_on", "1", "2", "2027"), "The cohort ends before it starts"),
        (parts("starts_on", "2", "1", "2027"), "Choose a first day after"),
    ],
)
def test_dates_that_cannot_be_are_said_clearly(
    office: Client, changes: dict[str, str], said: str
) -> None:
    cohort = a_cohort()
    response = office.post(url("copy_cohort", cohort.slug), COPY | changes)
    assert said in response.content.decode()


def test_each_empty_field_of_a_plan_asks_for_what_it_wants(office: Client) -> None:
    cohort = a_cohort(CohortState.DRAFT)
    asked = {
        url("create_cohort"): [
            "Enter the cohort’s name.",
            "Enter the number of places.",
            "Enter the day that applications open.",
            "Enter the cohort’s last day.",
            "Choose the grades that may apply.",
        ],
        url("copy_cohort", cohort.slug): ["Enter the cohort’s first day."],
        url("deadlines", cohort.slug): ["Enter the day by which every applicant hears."],
        url("add_session", cohort.slug): [
            "Enter the session’s title.",
            "Enter the session’s date.",
            "Enter the time that it starts, such as 9:30am.",
        ],
    }
    for address, sentences in asked.items():
        page = office.post(address, {"x": "y"}).content.decode()
        assert "Answer this question." not in page
        for sentence in sentences:
            assert sentence in page
    wrong = office.post(url("add_session", cohort.slug), {"starts": "half nine"}).content.decode()
    assert "Enter a time such as 9:30am." in wrong


def test_a_refusal_keeps_what_was_typed(office: Client) -> None:
    cohort = a_cohort()
    enrolled(cohort)
    enrolled(cohort)
    response = office.post(
        url("change_cohort", cohort.slug), PLAN | {"places": "1", "eligible_grades": []}
    )
    assert "problem" in response.content.decode()
    past = DEADLINES | parts("opens_on", "1", "10", "2026") | parts("closes_on", "2", "10", "2026")
    page = office.post(url("deadlines", cohort.slug), past).content.decode()
    assert "Applications would close in the past" in page
    later = DEADLINES | parts("opens_on", "1", "10", "2026")
    text_of(office, url("deadlines", cohort.slug))
    office.post(url("deadlines", cohort.slug), later)
    cohort.refresh_from_db()
    assert cohort.state == CohortState.SELECTING


def test_the_steps_of_a_cohorts_life_are_asked_before_they_are_taken(office: Client) -> None:
    empty = a_cohort(CohortState.DRAFT)
    assert "Add a question" in text_of(office, url("cohort", empty.slug))
    page = office.post(url("step", empty.slug, "open")).content.decode()
    assert "It cannot open yet" in page
    cohort = ready_to_open()
    assert "ready to open" in text_of(office, url("cohort", cohort.slug))
    for step, state in (("open", "open"), ("close", "selecting"), ("confirm", "confirmed")):
        text_of(office, url("step", cohort.slug, step))
        cohort.refresh_from_db()
        assert cohort.state != state
        office.post(url("step", cohort.slug, step))
        cohort.refresh_from_db()
        assert cohort.state == state
        text_of(office, url("cohort", cohort.slug))
    live = a_cohort()
    offered(live)
    refused = office.post(url("step", live.slug, "confirm")).content.decode()
    assert "1 offer still waits for an answer" in refused
    assert office.get(url("step", live.slug, "explode")).status_code == 404


def test_opening_says_when_people_can_apply_and_warns_of_short_notice(office: Client) -> None:
    soon = ready_to_open(applications_close_at=NOW + timedelta(days=6))
    page = text_of(office, url("step", soon.slug, "open"))
    assert "Applications close in 6 days." in page
    assert "People can apply as soon as you open it" in page
    today = ready_to_open(applications_close_at=NOW + timedelta(minutes=5))
    assert "Applications close today." in text_of(office, url("step", today.slug, "open"))
    later = ready_to_open(
        applications_open_at=NOW + timedelta(days=3),
        applications_close_at=NOW + timedelta(days=14),
    )
    page = text_of(office, url("step", later.slug, "open"))
    assert "Applications close" not in page
    assert "People can apply from" in page


def test_the_overview_leads_to_the_next_step(office: Client) -> None:
    cohort = a_cohort()
    application = sent(cohort)
    assert "Assign readers" in text_of(office, url("cohort", cohort.slug))
    for _ in range(2):
        a_review(application, a_reader(cohort), points=3)
    assert "Choose participants" in text_of(office, url("cohort", cohort.slug))
    Application.objects.update(state=ApplicationState.OFFERED)
    Offer.objects.create(application=application, made_at=NOW, expires_at=NOW + timedelta(days=3))
    assert "1 offer waits" in text_of(office, url("cohort", cohort.slug))


def test_questions_criteria_and_dates_are_edited(office: Client) -> None:
    cohort = a_cohort(CohortState.DRAFT)
    slug = cohort.slug
    assert "No question yet" in text_of(office, url("questions", slug))
    text_of(office, url("add_item", slug, "questions"))
    for text in ("First?", "Second?"):
        office.post(
            url("add_item", slug, "questions"),
            {"text": text, "max_words": "200", "is_required": "on"},
        )
    first, second = Question.objects.all()
    office.post(url("arrange_item", slug, "questions", second.pk), {"do": "up"})
    assert list(Question.objects.all()) == [second, first]
    office.post(url("arrange_item", slug, "questions", first.pk), {"do": "remove"})
    office.post(url("arrange_item", slug, "questions", second.pk), {"do": "nothing"})
    assert Question.objects.get() == second
    text_of(office, url("questions", slug))
    criterion = Criterion.objects.first()
    assert criterion is not None
    text_of(office, url("change_item", slug, "criteria", criterion.pk))
    office.post(
        url("change_item", slug, "criteria", criterion.pk), {"name": "Courage", "weight": "5"}
    )
    assert "Courage" in text_of(office, url("criteria", slug))
    sent(cohort)
    refused = office.post(
        url("change_item", slug, "questions", second.pk), {"text": "New?", "max_words": "10"}
    )
    assert "the questions can no longer change" in refused.content.decode()
    office.post(url("arrange_item", slug, "questions", second.pk), {"do": "remove"})
    assert Question.objects.exists()
    assert office.get(url("add_item", slug, "sessions")).status_code == 404
    Criterion.objects.all().delete()
    assert "No criterion yet" in text_of(office, url("criteria", slug))


def test_a_date_is_added_in_london_time_changed_and_taken_out(office: Client) -> None:
    slug = a_cohort(CohortState.DRAFT).slug
    assert "No date yet" in text_of(office, url("sessions", slug))
    text_of(office, url("add_session", slug))
    session = {
        "title": "Residential", "kind": "residential", **parts("day", "5", "7", "2027"),
        "starts": "9:30am", "ends": "4pm", **parts("last_day", "6", "7", "2027"), "place": "",
    }  # fmt: skip
    office.post(url("add_session", slug), session)
    added = Session.objects.get()
    assert added.starts_at.isoformat() == "2027-07-05T08:30:00+00:00"
    assert "9:30am" in text_of(office, url("sessions", slug))
    text_of(office, url("change_session", slug, added.pk))
    backwards = session | {"ends": "9am", **parts("last_day", "", "", "")}
    page = office.post(url("change_session", slug, added.pk), backwards).content.decode()
    assert "The session ends before it starts" in page
    office.post(url("delete_session", slug, added.pk))
    assert not Session.objects.exists()


def test_the_panel_is_found_added_reminded_and_given_work(office: Client) -> None:
    cohort = a_cohort()
    applicant = sent(cohort).applicant
    slug = cohort.slug
    assert "Nobody reads here yet" in text_of(office, url("panel", slug))
    ann = PersonFactory(given_name="Ann", family_name="Lee")
    page = text_of(office, url("find_reader", slug) + "?q=ann+lee")
    assert "Ann Lee" in page
    assert "Nobody found" in text_of(office, url("find_reader", slug) + "?q=zzzz")
    text_of(office, url("find_reader", slug))
    applied = text_of(office, url("find_reader", slug) + f"?q={applicant.family_name}")
    assert "Applied here" in applied
    for person in (ann, ann, PersonFactory()):
        office.post(url("add_reader", slug), {"person": person.pk})
    assert office.post(url("add_reader", slug), {"person": "x"}).status_code == 404
    assert CohortReader.objects.count() == 2
    bad = office.post(url("assign", slug), parts("due_on", "1", "1", "2020"))
    assert "Choose today or a later day" in bad.content.decode()
    office.post(url("assign", slug), parts("due_on", "10", "12", "2026"))
    assert Review.objects.count() == 2
    panel = CohortReader.objects.get(person=ann)
    assert "To read" in text_of(office, url("panel", slug))
    office.post(url("change_reader", slug, panel.pk), {"do": "chase"})
    office.post(url("change_reader", slug, panel.pk), {"do": "nothing"})
    office.post(url("change_reader", slug, panel.pk), {"do": "remove"})
    assert Review.objects.count() == 1
    application = Application.objects.get()
    assert "Needs readers" in text_of(office, url("assigned", slug))
    third = a_reader(cohort, organisation=application.organisation)
    assert "works for the applicant" in text_of(office, url("assigned", slug))
    address = url("set_readers", slug, application.reference)
    assert third.name in text_of(office, address)
    due = parts("due_on", "10", "12", "2026")
    refused = office.post(address, due | {"readers": [str(third.pk)]})
    assert refused.status_code == 200
    office.post(address, due)
    assert not Review.objects.exists()
    Cohort.objects.update(state=CohortState.CONFIRMED)
    closed = office.post(url("assign", slug), due).content.decode()
    assert "Reading in this cohort is over" in closed
    assert "Reading in this cohort is over" in office.post(address, due).content.decode()


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
        assert (f'id="choose-{application.pk}" checked' in board) is is_ticked


def test_feedback_stands_under_a_plain_heading(office: Client) -> None:
    application = sent(cohort := a_cohort())
    page = text_of(
        office, url("decide", cohort.slug, "not_offer") + f"?chosen={application.reference}"
    )
    assert "Feedback:\n" in page
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


def test_a_reader_reads_saves_sends_and_then_sees_the_other(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader, other = a_reader(cohort), a_reader(cohort)
    application = sent(cohort, adjustments="Large print")
    question = Question.objects.create(cohort=cohort, text="What did you lead?")
    Answer.objects.create(application=application, question=question, text="A team.", saved_at=NOW)
    mine = a_review(application, reader)
    theirs = a_review(application, other, points=2)
    client = signed_in(reader)
    assert application.reference in text_of(client, url("reading"))
    page = text_of(client, url("review", mine.pk))
    assert "A team." in page
    for hidden in (application.applicant.name, str(application.organisation), "Large print"):
        assert hidden not in page
    assert client.get(url("review", theirs.pk)).status_code == 404
    first, second = cohort.criteria.all()
    some = {f"points_{first.pk}": "4", f"note_{second.pk}": "Thin.", "comment": "Good."}
    assert client.post(url("review", mine.pk), some | {"save": "1"}).status_code == 302
    assert "Begun" in text_of(client, url("reading"))
    missing = client.post(url("review", mine.pk), some | {"send": "1"}).content.decode()
    assert f"Choose the points for {second.name}" in missing
    client.post(url("review", mine.pk), some | {f"points_{second.pk}": "3", "send": "1"})
    mine.refresh_from_db()
    assert mine.state == ReviewState.SUBMITTED
    finished = text_of(client, url("review", mine.pk))
    assert "The other reader’s: 40.0%" in finished
    assert other.name not in finished
    assert "All read. Thank you." in text_of(client, url("reading"))
    queue = panels.reading_queue(reader)
    assert queue is not None
    assert queue.waiting == 0
    assert panels.reading_queue(application.applicant) is None


def test_names_are_shown_to_readers_only_where_the_cohort_says_so(signed_in: SignedIn) -> None:
    cohort = a_cohort(names_hidden=False)
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    page = text_of(signed_in(reader), url("review", review.pk))
    assert review.application.applicant.name in page


def test_a_reader_steps_aside_with_a_reason(signed_in: SignedIn) -> None:
    cohort = a_cohort()
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    client = signed_in(reader)
    assert "Say why" in client.post(url("recuse", review.pk), {"reason": " "}).content.decode()
    client.post(url("recuse", review.pk), {"reason": "A friend."})
    review.refresh_from_db()
    assert review.state == ReviewState.RECUSED
    assert "Nothing to read yet" in text_of(client, url("reading"))
    for name in ("review", "recuse"):
        again = client.post(url(name, review.pk), {"reason": "A friend."}, follow=True)
        assert "You need not read that application any more." in again.content.decode()
    assert Review.objects.get(pk=review.pk).recusal_reason == "A friend."


def test_every_kind_speaks_of_live_things_only_while_they_are_true() -> None:
    cohort = a_cohort()
    kinds = {kind.name.partition(".")[2]: kind for kind in KINDS}
    offer = offered(cohort, expires_at=NOW + timedelta(days=2))
    applicant = offer.application.applicant
    near = kinds["offer_deadline_near"]
    assert [due.person for due in near.due(NOW, NOW + timedelta(days=3))] == [applicant]
    assert list(near.due(NOW, NOW + timedelta(days=1))) == []
    assert kinds["place_offered"].is_wanted(offer, applicant)
    assert not kinds["offer_lapsed"].is_wanted(offer, applicant)
    context = near.context(near.anchor(offer.pk), applicant)
    assert context["link"].endswith(f"/my/applications/{offer.application.reference}/")
    reader = a_reader(cohort)
    review = a_review(sent(cohort), reader)
    panel = CohortReader.objects.get(person=reader)
    chased = kinds["reader_chased"]
    due_on = NOW + timedelta(days=20)
    (due,) = chased.due(NOW, due_on)
    assert (due.anchor, due.revision) == (panel, review.due_on.toordinal())
    words = chased.context(panel, reader)
    assert (words["count"], words["due_on"]) == (1, review.due_on)
    assert chased.is_wanted(panel, reader)
    CohortReader.objects.all().delete()
    assert list(chased.due(NOW, due_on)) == []
    Review.objects.all().delete()
    assert not chased.is_wanted(panel, reader)
    assert chased.context(panel, reader)["due_on"] is None
    opened = kinds["cohort_opened"]
    assert not opened.is_wanted(cohort, reader)
    assert opened.context(cohort, reader)["link"].endswith(f"/apply/{cohort.slug}/")
    listed = waiting(cohort, 1)
    assert kinds["waitlisted"].is_wanted(listed, listed.applicant)
    assert kinds["not_offered"].context(listed, listed.applicant)["feedback"] == ""
    answered = kinds["adjustment_answered"]
    assert answered.is_wanted(listed, listed.applicant)
    assert answered.context(listed, listed.applicant)["given_name"]
    assert all(kind.sample()["link"] for kind in KINDS)
    assert list(kinds["waitlisted"].due(NOW, due_on)) == []


def test_editing_a_cohort_that_closed_early_neither_opens_nor_refuses_it(office: Client) -> None:
    cohort = a_cohort(applications_close_at=NOW - timedelta(hours=1))
    form = CohortForm(initial=CohortForm.of(cohort))
    days = {
        f"{name}_{part}": str(getattr(form.initial[name], part))
        for name in ("opens_on", "closes_on", "decisions_by", "starts_on", "ends_on")
        for part in ("day", "month", "year")
    }
    grades = cohort.eligible_grades
    office.post(
        url("change_cohort", cohort.slug),
        PLAN | days | {"summary": "Anew.", "eligible_grades": grades},
    )
    changed = Cohort.objects.get()
    assert (changed.summary, changed.state) == ("Anew.", CohortState.SELECTING)
    assert changed.applications_close_at == cohort.applications_close_at
    assert changed.revision == cohort.revision
