"""A cohort's pages: planned, changed, filled with questions and dates, opened, given readers."""

from datetime import timedelta

import pytest
from django.test import Client

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
)
from cohorts.programme.forms.cohorts import CohortForm
from cohorts.programme.models import (
    Application,
    Cohort,
    CohortReader,
    Criterion,
    Offer,
    Question,
    Review,
    Session,
)
from tests.cohorts.programme.staffing import COPY, DEADLINES, PLAN, parts, text_of, url
from tests.factories.people import PersonFactory
from tests.factories.selection import (
    a_cohort,
    a_programme,
    a_reader,
    a_review,
    enrolled,
    offered,
    ready_to_open,
    sent,
)
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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
