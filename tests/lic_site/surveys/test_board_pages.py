"""What staff see of surveys: what is open, comes and closed; one of them; what needs somebody."""

from datetime import timedelta

import pytest
from django.test import Client

from lic_site.accounts.enums import Role
from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys import boards
from lic_site.surveys.enums import Mode, VersionState, WaveState, Why
from lic_site.surveys.models import Release, Wave
from lic_site.surveys.services.asking import ask_due
from tests.factories.people import PersonFactory, staff
from tests.factories.survey_waves import DAY, a_day, a_plan, a_planned_wave, an_open_wave
from tests.factories.surveys import (
    InvitationFactory,
    QuestionnaireFactory,
    VersionFactory,
    WaveFactory,
    invited,
)
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BOARD = "/staff/surveys/"


@pytest.fixture
def college(signed_in: SignedIn) -> Client:
    return signed_in(staff(Role.COLLEGE_ADMIN))


def shown(client: Client, url: str = BOARD) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def a_closed_wave(**values: object) -> Wave:
    made: Wave = WaveFactory(state=WaveState.CLOSED, closed_at=NOW - DAY, **values)
    Release.objects.create(wave=made, figures={}, asked=12, answered=9, made_at=NOW)
    return made


def test_the_board_shows_what_is_open_what_comes_and_what_closed(college: Client) -> None:
    wave = an_open_wave(about="Open one", closes_at=NOW + DAY)
    people = invited(wave, 8)
    for each in people[:6]:
        each.answered = True
        each.save()
    a_planned_wave(a_day(), about="Coming one", opens_at=NOW + DAY)
    a_closed_wave(about="Closed one")
    page = shown(college)
    for words in ("Open one", "Coming one", "Closed one", "6 of 8 answered (75%)", "Closes soon"):
        assert words in page
    assert "9 of 12 answered" in page


def test_without_names_fewer_than_five_answers_are_no_number() -> None:
    for mode in (Mode.ANONYMOUS, Mode.LINKED):
        wave = WaveFactory.build(mode=mode)
        assert boards.rate(wave, 9, 4).answered is None
        assert boards.rate(wave, 9, 4).words == "Fewer than 5 of 9 answered"
        assert boards.rate(wave, 9, 5).words == "5 of 9 answered (56%)"
    named = boards.rate(WaveFactory.build(mode=Mode.NAMED), 9, 1)
    assert (named.answered, round(named.percent)) == (1, 11)
    assert boards.rate(WaveFactory.build(mode=Mode.NAMED), 0, 0).words == ("Nobody is asked yet")
    assert boards.Rate(0, 0).percent == 0


def test_the_list_is_narrowed_by_cohort_state_mode_questionnaire_and_words(
    college: Client,
) -> None:
    one = an_open_wave(about="Finding your voice", group=1, group_name="Cohort 1")
    other = a_closed_wave(about="Another day", group=2, group_name="Cohort 2", mode=Mode.LINKED)
    for query in (
        "?q=finding",
        "?state=open",
        "?mode=named",
        f"?questionnaire={one.questionnaire_id}",
        "?group=1",
    ):
        page = shown(college, BOARD + query)
        assert "Finding your voice" in page
        assert other.about not in page
    assert "Nothing matches" in shown(college, f"{BOARD}?q=nothing-of-that-name")
    assert one.about in shown(college, f"{BOARD}?state=no-such-state")


def test_a_long_list_has_pages(college: Client) -> None:
    for number in range(27):
        an_open_wave(about=f"Day {number}")
    assert "All 27 that are open" in shown(college)
    assert 'aria-label="Page 2"' in shown(college, f"{BOARD}?state=open")


def test_what_needs_somebody_stands_first_with_what_to_do(college: Client) -> None:
    bare = a_planned_wave(a_day(), about="Bare")
    soon = a_planned_wave(a_day(), about="Soon", opens_at=NOW + 2 * DAY)
    unpublished = QuestionnaireFactory()
    Wave.objects.filter(pk__in=[bare.pk, soon.pk]).update(questionnaire=unpublished)
    an_open_wave(about="Stuck", at=NOW - 9 * DAY, closes_at=NOW - timedelta(hours=2))
    for why in (Why.TOO_FEW, Why.NO_QUESTIONNAIRE):
        a_planned_wave(a_day(), about=why.label, state=WaveState.CANCELLED, why=why)
    a_planned_wave(a_day(), about="Fine", opens_at=NOW + DAY)
    page = shown(college)
    for words in (
        "It should be open, and its questionnaire has no published version",
        "It opens on 23 November 2026, and its questionnaire",
        "It should have closed and could not be",
        "fewer than five people would have been asked",
        "was not published in time",
    ):
        assert words in page
    assert len(boards.troubles(Wave.objects.all(), NOW)) == 5
    assert "5 surveys need you" in shown(college, "/staff/")


def test_a_draft_does_not_make_a_questionnaire_ready() -> None:
    wave = a_planned_wave(a_day())
    draft = VersionFactory(state=VersionState.DRAFT, published_at=None)
    Wave.objects.filter(pk=wave.pk).update(questionnaire=draft.questionnaire)
    assert boards.troubles(Wave.objects.all(), NOW)


def test_one_survey_says_what_is_asked_of_whom_and_how_far_it_has_got(college: Client) -> None:
    session = a_day(days=-1, title="Finding your voice")
    wave = an_open_wave(
        subject_id=session.pk,
        group_name="Cohort 7",
        about="Finding your voice, 20 November 2026",
        mode=Mode.ANONYMOUS,
        audience="attended",
    )
    invited(wave, 7)
    page = shown(college, f"{BOARD}{wave.pk}/")
    for words in (
        "Nobody can tell who said what.",
        "Everybody who came",
        "0 of 7 written to by e-mail so far",
        "everybody finds the survey on their home",
        f"/dates/{session.pk}/",
        "2 at most, 4 days apart",
        "Staff, by hand",
        "Fewer than 5 of 7 answered",
    ):
        assert words in page
    assert "Who has not answered" not in page


def test_it_says_for_how_many_it_closes_before_their_turn() -> None:
    person = PersonFactory()
    InvitationFactory(wave=an_open_wave(), person=person)
    ask_due(at=NOW)
    short = an_open_wave(at=NOW, closes_at=NOW + 5 * DAY)
    InvitationFactory(wave=short, person=person)
    assert boards.asked(short) == boards.Asked(mailed=0, waiting=1, too_late=1)
    room = an_open_wave(closes_at=NOW + 5 * DAY, in_room=True)
    InvitationFactory(wave=room, person=person)
    assert boards.asked(room).too_late == 0


def test_with_names_an_admin_sees_who_has_not_answered_and_that_is_written_down(
    college: Client, signed_in: SignedIn
) -> None:
    wave = an_open_wave(mode=Mode.NAMED)
    late = InvitationFactory(wave=wave, person__family_name="Latecomer")
    InvitationFactory(wave=wave, person__family_name="Prompt", answered=True)
    page = shown(college, f"{BOARD}{wave.pk}/")
    assert "Latecomer" in page
    assert "Prompt" not in page
    assert AuditEvent.objects.filter(verb="surveys.unanswered_viewed").count() == 1
    lead = signed_in(staff(Role.PROGRAMME_LEAD))
    assert "Latecomer" not in shown(lead, f"{BOARD}{wave.pk}/")
    late.answered = True
    late.save()
    assert "all who were asked have answered" in shown(college, f"{BOARD}{wave.pk}/")


def test_a_wave_of_a_plan_says_so_and_whether_staff_took_it_in_hand() -> None:
    wave = an_open_wave(subject_kind="nothing", made_by=None)
    assert boards.facts(wave)[-1]["value"] == "Staff, by hand"
    plan = a_planned_wave(a_day())
    plan.plan = a_plan(name="After each session")
    assert boards.facts(plan)[-1]["value"] == "After each session, by itself"
    plan.made_by_id = 1
    assert "no longer follows its plan" in boards.facts(plan)[-1]["value"]


@pytest.mark.parametrize("query", ["", "?state=open"])
def test_the_board_grows_by_no_query(college: Client, query: str) -> None:
    def add() -> None:
        invited(an_open_wave(), 2)
        a_planned_wave(a_day(), opens_at=NOW + DAY)
        a_closed_wave()

    grows_not(college, f"{BOARD}{query}", add, at_most=22)


def test_a_home_shows_what_waits_for_an_answer(signed_in: SignedIn) -> None:
    person: Person = PersonFactory()
    wave = an_open_wave(about="Finding your voice")
    InvitationFactory(wave=wave, person=person)
    InvitationFactory(wave=an_open_wave(about="Done"), person=person, answered=True)
    page = shown(signed_in(person), "/my/")
    assert f"{wave.questionnaire.name}: Finding your voice" in page
    assert "/survey/" in page
    assert "Done" not in page


def test_the_page_of_a_session_leads_to_its_survey_while_it_waits(signed_in: SignedIn) -> None:
    session = a_day(days=-1)
    person = session.cohort.enrolments.all()[0].person
    wave = an_open_wave(subject_id=session.pk)
    invitation = InvitationFactory(wave=wave, person=person)
    url = f"/my/cohorts/{session.cohort.slug}/sessions/{session.pk}/"
    browser = signed_in(person)
    assert "Say how it was" in shown(browser, url)
    invitation.answered = True
    invitation.save()
    assert "Say how it was" not in shown(browser, url)
