"""The pages of an application that is sent: its status, withdrawing, an offer."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    EnrolmentState,
    OfferState,
    SessionKind,
    SupportRoute,
)
from cohorts.programme.models import Application, Cohort, Enrolment
from cohorts.programme.services import support
from tests.cohorts.programme.asking import ask, choose
from tests.cohorts.programme.walking import complete, draft_of, words
from tests.factories.people import staff
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
    EnrolmentFactory,
    OfferFactory,
    SessionFactory,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class TestAfterSending:
    @pytest.mark.parametrize("tail", ["", "sent/", "withdraw/", "offer/", "decline/", "accepted/"])
    def test_others_applications_do_not_exist(
        self, client: Client, signed_in: SignedIn, cast: Cast, cohort: Cohort, tail: str
    ) -> None:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.OFFERED)
        OfferFactory(application=mine)
        url = f"/my/applications/{mine.reference}/{tail}"
        for other in (cast.colleague, cast.stranger, staff()):
            assert signed_in(other).get(url).status_code == 404
            assert signed_in(other).post(url).status_code == 404
        assert "/accounts/login/" in client.get(url).headers["Location"]

    @pytest.mark.parametrize("state", ApplicationState)
    def test_every_state_has_its_sentence(
        self, alice: Client, cast: Cast, cohort: Cohort, state: ApplicationState
    ) -> None:
        mine = complete(draft_of(cast.owner, cohort))
        mine.events.create(state="draft", at=NOW)
        if state != ApplicationState.DRAFT:
            mine.events.create(state=state, at=NOW)
        Application.objects.update(state=state, submitted_at=NOW, feedback="Good example.")
        page = words(alice.get(f"/my/applications/{mine.reference}/"))
        assert str(ApplicationState(state).label) in page
        assert ("Good example." in page) == (state == ApplicationState.REJECTED)

    @pytest.mark.parametrize(
        ("answer", "told"),
        [("yes", "supports your application"), ("conditions", "Cover"), ("not_now", "‘not now’")],
    )
    def test_the_applicant_sees_the_answer(
        self, alice: Client, cast: Cast, cohort: Cohort, answer: str, told: str
    ) -> None:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.SUBMITTED)
        named = support.Named("Dana", "Field", "dana@example.org")
        chosen = support.choose_support(
            application=mine, route=SupportRoute.MANAGER, named=named, by=cast.owner, at=NOW
        )
        url = f"/my/applications/{mine.reference}/"
        assert "You have not asked Dana Field yet" in words(alice.get(url))
        chosen = support.ask_support(application=mine, by=cast.owner, at=NOW)
        support.answer_support(
            token=support.token_for(chosen),
            answer=support.SupportAnswer(answer),
            conditions="Cover",
            at=NOW,
        )
        assert told in words(alice.get(url))

    def test_what_no_answer_means_is_said_until_the_decision(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.SUBMITTED)
        choose(mine)
        ask(mine)
        url = f"/my/applications/{mine.reference}/"
        assert "No answer has come yet" in words(alice.get(url))
        Application.objects.update(state=ApplicationState.REJECTED)
        page = words(alice.get(url))
        assert "You asked Dana Field" in page
        assert "No answer has come" not in page

    def test_withdrawing_is_asked_once_more_and_confirmed(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.SUBMITTED)
        url = f"/my/applications/{mine.reference}/withdraw/"
        assert "We do not ask why." in words(alice.get(url))
        mine.refresh_from_db()
        assert mine.state == ApplicationState.SUBMITTED
        for _twice in range(2):
            assert "You withdrew it" in words(alice.post(url, follow=True))
        assert "You withdrew it" in words(alice.get(url, follow=True))

    def test_what_has_ended_has_no_such_page(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.REJECTED)
        assert alice.get(f"/my/applications/{mine.reference}/withdraw/").status_code == 404

    def test_the_list(self, alice: Client, cast: Cast, cohort: Cohort) -> None:
        assert "See the open cohort" in words(alice.get("/my/applications/"))
        draft_of(cast.owner, cohort)
        draft_of(cast.owner, CohortFactory(name="Past one"), state=ApplicationState.REJECTED)
        page = words(alice.get("/my/applications/"))
        assert "Earlier applications" in page
        assert "/apply/spring/tasks/" in page

    def test_the_list_when_nothing_is_open(self, alice: Client) -> None:
        assert "No cohort is taking applications now" in words(alice.get("/my/applications/"))

    def test_the_list_does_not_grow_by_a_query_a_row(self, alice: Client, cast: Cast) -> None:
        grows_not(
            alice,
            "/my/applications/",
            lambda: ApplicationFactory(applicant=cast.owner),
            at_most=8,
        )


class TestAnOffer:
    @pytest.fixture
    def mine(self, cast: Cast, cohort: Cohort) -> Application:
        cohort.state = CohortState.SELECTING
        cohort.commitment = "Come on every date."
        cohort.save()
        made = draft_of(cast.owner, cohort, state=ApplicationState.OFFERED)
        OfferFactory(application=made)
        return made

    def url(self, mine: Application, tail: str = "offer") -> str:
        return f"/my/applications/{mine.reference}/{tail}/"

    def test_it_shows_the_dates_the_promise_and_the_deadline(
        self, alice: Client, mine: Application
    ) -> None:
        page = words(alice.get(self.url(mine)))
        for told in ("28 November 2026", "Thursday 4 March 2027", "Come on every date."):
            assert told in page

    def test_the_dates_must_be_promised(self, alice: Client, mine: Application) -> None:
        assert "Tick the box" in words(alice.post(self.url(mine)))
        assert mine.offers.get().state == OfferState.OPEN

    def test_taking_it_twice_takes_it_once(self, alice: Client, mine: Application) -> None:
        for _twice in range(2):
            page = alice.post(self.url(mine), {"committed": "on"}, follow=True)
            assert "Your place is confirmed" in words(page)
        assert mine.cohort.enrolments.count() == 1
        assert "Your place is confirmed" in words(alice.get(self.url(mine), follow=True))
        assert "Thursday 4 March 2027" in words(alice.get(self.url(mine, "accepted")))

    def test_letting_it_go(self, alice: Client, mine: Application) -> None:
        assert "Let this place go?" in words(alice.get(self.url(mine, "decline")))
        assert mine.offers.get().state == OfferState.OPEN
        for _twice in range(2):
            page = alice.post(self.url(mine, "decline"), follow=True)
            assert "You let the place go" in words(page)
        assert "You let this place go" in words(alice.get(self.url(mine)))

    def test_a_lapsed_offer_says_so_on_both_pages(self, alice: Client, mine: Application) -> None:
        with time_machine.travel(NOW + timedelta(days=8), tick=False):
            for tail in ("offer", "decline"):
                assert "Its deadline was" in words(alice.get(self.url(mine, tail)))
                page = words(alice.post(self.url(mine, tail), {"committed": "on"}))
                assert "its deadline passed" in page
        assert not mine.cohort.enrolments.exists()

    def test_an_offer_taken_back_says_so(self, alice: Client, mine: Application) -> None:
        mine.offers.update(state=OfferState.TAKEN_BACK)
        assert "was taken back" in words(alice.get(self.url(mine)))

    def test_without_an_offer_there_is_nothing_to_answer(
        self, alice: Client, mine: Application
    ) -> None:
        mine.offers.all().delete()
        for tail in ("offer", "decline", "accepted"):
            back = alice.get(self.url(mine, tail)).headers["Location"]
            assert back == f"/my/applications/{mine.reference}/"


class TestDates:
    @pytest.fixture
    def url(self, cast: Cast, cohort: Cohort) -> str:
        mine = draft_of(cast.owner, cohort, state=ApplicationState.ACCEPTED)
        EnrolmentFactory(cohort=cohort, person=cast.owner)
        SessionFactory(
            cohort=cohort,
            title="Leadership in Colour weekend",
            kind=SessionKind.RESIDENTIAL,
            starts_at=datetime(2027, 6, 4, 8, 30, tzinfo=UTC),
            ends_at=datetime(2027, 6, 5, 15, tzinfo=UTC),
            place="",
        )
        return f"/my/applications/{mine.reference}/"

    def test_all_of_them_go_into_a_calendar_and_tell_nothing(
        self, alice: Client, cohort: Cohort, url: str
    ) -> None:
        assert f'href="{url}dates.ics"' in words(alice.get(f"{url}accepted/"))
        response = alice.get(f"{url}dates.ics")
        assert response.headers["Content-Type"].startswith("text/calendar")
        assert response.headers["Content-Disposition"] == 'attachment; filename="dates.ics"'
        assert b"olour" not in response.content
        assert cohort.name.encode() not in response.content
        events = Calendar.from_ical(response.content).walk("VEVENT")
        titles = [str(event["SUMMARY"]) for event in events]
        assert titles == ["Learning day", "Learning day", "Residential"]
        assert {str(event["CLASS"]) for event in events} == {"PRIVATE"}
        weekend = events[2]
        assert weekend.decoded("DTSTART") == datetime(2027, 6, 4, 8, 30, tzinfo=UTC)
        assert weekend.decoded("DTEND") == datetime(2027, 6, 5, 15, tzinfo=UTC)
        assert weekend.decoded("DTSTAMP") == NOW
        assert str(events[0]["LOCATION"]) == "A hall in London"
        assert "LOCATION" not in weekend

    def test_a_date_that_moves_keeps_its_entry(
        self, alice: Client, cohort: Cohort, url: str
    ) -> None:
        def uids() -> list[str]:
            file = Calendar.from_ical(alice.get(f"{url}dates.ics").content)
            return [str(event["UID"]) for event in file.walk("VEVENT")]

        before = uids()
        assert len(set(before)) == 3
        cohort.sessions.update(starts_at=NOW + timedelta(days=90))
        assert sorted(uids()) == sorted(before)

    def test_they_are_for_whoever_takes_part(
        self, alice: Client, signed_in: SignedIn, cast: Cast, url: str
    ) -> None:
        for other in (cast.colleague, cast.stranger, staff()):
            assert signed_in(other).get(f"{url}dates.ics").status_code == 404
        Enrolment.objects.update(state=EnrolmentState.WITHDRAWN, ended_at=NOW)
        assert alice.get(f"{url}dates.ics").status_code == 404
