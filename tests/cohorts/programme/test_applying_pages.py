"""The applicant's pages, walked as an applicant walks them."""

from datetime import timedelta

import pytest
from django.test import Client

from cohorts.programme.enums import ApplicationState, CohortState
from cohorts.programme.models import Application, Cohort
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.walking import complete, draft_of, words
from tests.factories.people import BoroughFactory, OrganisationFactory, PersonFactory, staff
from tests.factories.programme import (
    CohortFactory,
    QuestionFactory,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class TestTheStart:
    def test_anybody_may_read_it(self, client: Client, cohort: Cohort) -> None:
        page = words(client.get("/apply/spring/"))
        for told in ("Spring cohort", "19 December 2026", "4 March 2027", "Start now"):
            assert told in page

    def test_a_draft_cohort_does_not_exist_for_the_public(
        self, client: Client, alice: Client, signed_in: SignedIn
    ) -> None:
        CohortFactory(slug="later", state=CohortState.DRAFT)
        assert client.get("/apply/later/").status_code == 404
        assert alice.get("/apply/later/begin/").status_code == 404
        assert alice.get("/apply/later/tasks/").status_code == 404
        assert "being prepared" in words(signed_in(staff()).get("/apply/later/"))

    @pytest.mark.parametrize(
        ("values", "told"),
        [
            ({"state": CohortState.SELECTING}, "closed on"),
            ({"applications_open_at": NOW + timedelta(days=1)}, "Applications open on"),
        ],
    )
    def test_when_it_takes_no_applications_it_offers_to_tell(
        self, client: Client, values: dict[str, object], told: str
    ) -> None:
        CohortFactory(slug="other", **values)
        page = words(client.get("/apply/other/"))
        assert told in page
        assert "Tell me when applications open" in page
        assert "Start now" not in page

    def test_what_is_over_is_not_offered(self, client: Client, cohort: Cohort) -> None:
        assert "Apply for Spring cohort" in (page := words(client.get("/apply/spring/")))
        assert "What you will be asked" in page
        Cohort.objects.update(state=CohortState.CONFIRMED)
        page = words(client.get("/apply/spring/"))
        assert "Spring cohort" in page
        assert "Apply for" not in page
        assert "What you will be asked" not in page

    def test_limits_of_grade_and_borough_are_said(self, client: Client, cohort: Cohort) -> None:
        cohort.eligible_grades = ["director"]
        cohort.save()
        cohort.eligible_boroughs.set([BoroughFactory(name="Camberwick")])
        page = words(client.get("/apply/spring/"))
        assert "Director" in page
        assert "Camberwick" in page

    def test_who_has_begun_goes_on(self, alice: Client, cast: Cast, cohort: Cohort) -> None:
        application = draft_of(cast.owner, cohort)
        assert "Go on with your application" in words(alice.get("/apply/spring/"))
        Application.objects.update(state="submitted", submitted_at=NOW)
        page = words(alice.get("/apply/spring/"))
        assert f"/my/applications/{application.reference}/" in page

    def test_a_visitor_signs_in_and_comes_back(self, client: Client, cohort: Cohort) -> None:
        to = client.get("/apply/spring/begin/").headers["Location"]
        assert to == "/accounts/login/?next=/apply/spring/begin/"


class TestTheWholeJourney:
    def test_from_the_first_question_to_the_confirmation(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        first, second = cohort.questions.all()
        begun = alice.post("/apply/spring/begin/", {"eligible": "yes"}, follow=True)
        assert "Your post" in words(begun)
        post = {
            "job_title": "Team manager",
            "grade_band": "first_line_manager",
            "organisation": cast.owner.organisation_id,
        }
        at_question = alice.post("/apply/spring/details/", post, follow=True)
        assert first.text in words(at_question)
        at_second = alice.post(
            f"/apply/spring/question/{first.pk}/", {"text": "I led."}, follow=True
        )
        assert second.text in words(at_second)
        at_tasks = alice.post(f"/apply/spring/question/{second.pk}/", {"text": ""}, follow=True)
        assert "2 of 3 parts done" in words(at_tasks)
        alice.post("/apply/spring/adjustments/", {"text": "A hearing loop"})
        alice.post("/apply/spring/readers/", {"name": "Jo", "email": ""})
        whom = alice.post("/apply/spring/support/", {"route": "manager"}, follow=True)
        assert "Your line manager" in words(whom)
        named = {"given_name": "Dana", "family_name": "Field", "email": "dana@example.org"}
        seen = alice.post("/apply/spring/support/manager/", named, follow=True)
        assert "What Dana Field will see" in words(seen)
        assert not Notice.objects.exists()
        alice.post("/apply/spring/support/ask/", {"when": "now"})
        assert Notice.objects.filter(kind="programme.manager_asked").count() == 1
        check = words(alice.get("/apply/spring/check/"))
        for written in ("I led.", "A hearing loop", "Jo", "Dana Field", "Who sees this"):
            assert written in check
        assert "Tick the box" in words(alice.post("/apply/spring/check/", {}))
        sent = alice.post("/apply/spring/check/", {"declared": "on"}, follow=True)
        application = Application.objects.get()
        assert application.reference in words(sent)
        again = alice.post("/apply/spring/check/", {"declared": "on"}, follow=True)
        assert words(again).count("Your application is with us") == 1
        assert Notice.objects.filter(kind="programme.application_received").count() == 1
        status = words(alice.get(f"/my/applications/{application.reference}/"))
        assert "You asked Dana Field" in status

    def test_equality_answers_leave_no_trace_on_it(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        assert "/my/equality/?next=/apply/spring/tasks/" in words(alice.get("/apply/spring/tasks/"))


class TestEligibility:
    def test_a_no_is_met_kindly_and_not_kept(self, alice: Client, cohort: Cohort) -> None:
        page = words(alice.post("/apply/spring/begin/", {"eligible": "no"}))
        assert "We have kept nothing" in page
        assert not Application.objects.exists()

    def test_no_answer_is_asked_for(self, alice: Client, cohort: Cohort) -> None:
        assert "Say yes or no." in words(alice.post("/apply/spring/begin/", {}))

    def test_a_closed_cohort_says_so(self, alice: Client, cohort: Cohort) -> None:
        cohort.state = CohortState.SELECTING
        cohort.save()
        page = words(alice.post("/apply/spring/begin/", {"eligible": "yes"}))
        assert "not taking applications now" in page

    def test_who_has_begun_does_not_begin_again(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        assert alice.get("/apply/spring/begin/").headers["Location"] == "/apply/spring/tasks/"

    @pytest.mark.parametrize("why", ["grade", "borough", "organisation"])
    def test_an_ineligible_post_is_told_why(
        self, alice: Client, cast: Cast, cohort: Cohort, why: str
    ) -> None:
        draft_of(cast.owner, cohort)
        place = cast.owner.organisation
        match why:
            case "grade":
                cohort.eligible_grades = ["director"]
                told = "Director"
            case "borough":
                cohort.eligible_boroughs.set([BoroughFactory(name="Camberwick")])
                told = "Camberwick"
            case _:
                place = OrganisationFactory(boroughs=[])
                told = "serves none of them"
        cohort.save()
        post = {
            "job_title": "Manager",
            "grade_band": "first_line_manager",
            "organisation": place.pk,  # type: ignore[union-attr]
        }
        assert told in words(alice.post("/apply/spring/details/", post))

    def test_a_post_that_is_no_longer_eligible_is_told_on_sending(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        complete(draft_of(cast.owner, cohort))
        cohort.eligible_grades = ["director"]
        cohort.save()
        page = words(alice.post("/apply/spring/check/", {"declared": "on"}))
        assert "not for your post at present" in page


class TestAQuestion:
    def test_too_many_words_are_kept_and_counted(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = draft_of(cast.owner, cohort)
        question = cohort.questions.first()
        assert question is not None
        long = "word " * 102
        page = words(alice.post(f"/apply/spring/question/{question.pk}/", {"text": long}))
        assert "2 words too long. Everything you wrote is saved." in page
        assert application.answers.get().text == long.strip()
        assert "2 words too long" in words(alice.get("/apply/spring/tasks/"))

    def test_coming_back_later_keeps_it_and_goes_to_the_tasks(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = draft_of(cast.owner, cohort)
        question = cohort.questions.first()
        assert question is not None
        there = alice.post(
            f"/apply/spring/question/{question.pk}/", {"text": "word " * 102, "later": "1"}
        )
        assert there.headers["Location"] == "/apply/spring/tasks/"
        assert application.answers.exists()

    def test_beyond_what_can_be_kept_nothing_typed_is_lost(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        question = cohort.questions.first()
        assert question is not None
        page = words(alice.post(f"/apply/spring/question/{question.pk}/", {"text": "x" * 20_001}))
        assert "Shorten it, then save again." in page
        assert "x" * 20_001 in page

    def test_another_cohorts_question_does_not_exist_here(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        other = QuestionFactory(cohort=CohortFactory())
        assert alice.get(f"/apply/spring/question/{other.pk}/").status_code == 404

    def test_sent_in_another_window_what_is_typed_stays_on_the_page(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort, state=ApplicationState.SUBMITTED)
        question = cohort.questions.first()
        assert question is not None
        url = f"/apply/spring/question/{question.pk}/"
        page = words(alice.post(url, {"text": "Second thoughts"}))
        assert "You have sent this application" in page
        assert "Second thoughts" in page
        assert "/my/applications/" in alice.get(url).headers["Location"]

    def test_a_change_from_the_check_page_goes_back_there_and_never_elsewhere(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        question = cohort.questions.first()
        assert question is not None
        url = f"/apply/spring/question/{question.pk}/?next="
        back = alice.post(url + "/apply/spring/check/", {"text": "I led."})
        assert back.headers["Location"] == "/apply/spring/check/"
        back = alice.post(url + "https://evil.example/", {"text": "I led."})
        assert back.headers["Location"].startswith("/apply/spring/")


class TestSending:
    def test_after_the_deadline_the_page_says_so_and_all_is_kept(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = complete(draft_of(cast.owner, cohort))
        cohort.applications_close_at = NOW
        cohort.save()
        for url in ("/apply/spring/tasks/", "/apply/spring/details/", "/apply/spring/check/"):
            assert "Everything you wrote is kept" in words(alice.get(url))
        page = words(alice.post("/apply/spring/check/", {"declared": "on"}))
        assert "Applications have closed" in page
        application.refresh_from_db()
        assert application.state == ApplicationState.DRAFT

    def test_what_is_missing_is_listed(self, alice: Client, cast: Cast, cohort: Cohort) -> None:
        draft_of(cast.owner, cohort)
        page = words(alice.get("/apply/spring/check/"))
        assert "Before you can send this" in page
        assert "Some parts still need you" in words(
            alice.post("/apply/spring/check/", {"declared": "on"})
        )

    def test_the_confirmation_is_for_what_was_sent(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = draft_of(cast.owner, cohort)
        url = f"/my/applications/{application.reference}/"
        assert alice.get(f"{url}sent/").headers["Location"] == url


def test_the_journeys_pages_take_few_queries(alice: Client, cast: Cast, cohort: Cohort) -> None:
    mine = complete(draft_of(cast.owner, cohort))
    for _more in range(5):
        QuestionFactory(cohort=cohort, position=9)
    for url, most in (
        ("/apply/spring/", 18),
        ("/apply/spring/tasks/", 20),
        ("/apply/spring/check/", 26),
        (f"/my/applications/{mine.reference}/", 24),
    ):
        assert queries_of(alice, url) <= most, url


def test_a_person_without_a_profile_says_who_they_are_first(
    signed_in: SignedIn, cohort: Cohort
) -> None:
    person = PersonFactory()
    browser = signed_in(person)
    Person.objects.filter(pk=person.pk).update(user=None)
    to = browser.get("/apply/spring/begin/").headers["Location"]
    assert to == "/my/about-you/?next=/apply/spring/begin/"
