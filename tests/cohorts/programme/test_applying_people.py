"""The pages about support, and about who must not read."""

import pytest
from django.test import Client

from cohorts.programme.enums import ApplicationState, SupportRoute
from cohorts.programme.models import Application, Cohort, ManagerSupport
from tests.cohorts.programme.walking import complete, draft_of, words
from tests.factories.programme import (
    ApplicationFactory,
)
from tests.support.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


class TestSupportPages:
    def test_a_manager_naming_themselves_is_told_and_keeps_what_they_typed(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        assert cast.owner.user is not None
        own = cast.owner.user.email.upper()
        page = words(
            alice.post(
                "/apply/spring/support/manager/",
                {"given_name": "Me", "family_name": "Again", "email": own},
            )
        )
        assert '<a href="#id_email">That is your own address.' in page
        assert 'id="id_email_error"' in page
        assert own in page

    def test_a_route_without_a_person_has_no_such_page(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        assert alice.get("/apply/spring/support/nobody/").status_code == 404

    def test_nobody_for_now_is_an_answer(self, alice: Client, cast: Cast, cohort: Cohort) -> None:
        draft_of(cast.owner, cohort)
        there = alice.post("/apply/spring/support/", {"route": "nobody"})
        assert there.headers["Location"] == "/apply/spring/tasks/"
        assert ManagerSupport.objects.get().route == SupportRoute.NOBODY
        assert alice.get("/apply/spring/support/ask/").headers["Location"].endswith("/support/")

    def test_a_manager_can_be_named_another_time(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        there = alice.post("/apply/spring/support/", {"route": "manager", "later": "1"})
        assert there.headers["Location"] == "/apply/spring/tasks/"
        assert not ManagerSupport.objects.exists()

    def test_staff_college_is_asked_in_confidence(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        page = alice.post("/apply/spring/support/", {"route": "college"}, follow=True)
        assert "speaks to nobody at your work" in words(page)
        alice.post("/apply/spring/support/ask/", {"when": "later"})
        assert ManagerSupport.objects.get().asked_at is None

    def test_after_sending_support_can_still_be_asked_for(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = complete(draft_of(cast.owner, cohort))
        Application.objects.update(state="submitted", submitted_at=NOW)
        assert alice.get("/apply/spring/support/").status_code == 200
        named = {"given_name": "Dana", "family_name": "Field", "email": "dana@example.org"}
        alice.post("/apply/spring/support/senior/", named)
        alice.post("/apply/spring/support/ask/", {"when": "now"})
        assert ManagerSupport.objects.get().asked_at is not None
        Application.objects.update(state="rejected")
        back = alice.get("/apply/spring/support/").headers["Location"]
        assert back == "/apply/spring/"
        assert application.reference not in back


class TestReadersToAvoid:
    def test_added_and_removed(self, alice: Client, cast: Cast, cohort: Cohort) -> None:
        application = draft_of(cast.owner, cohort)
        alice.post("/apply/spring/readers/", {"name": "Jo Bracken", "email": "jo@example.org"})
        assert "Jo Bracken" in words(alice.get("/apply/spring/readers/"))
        exclusion = application.exclusions.get()
        url = f"/apply/spring/readers/{exclusion.pk}/remove/"
        assert alice.get(url).status_code == 405
        alice.post(url)
        assert not application.exclusions.exists()

    def test_another_persons_list_is_out_of_reach(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        draft_of(cast.owner, cohort)
        other = ApplicationFactory(cohort=cohort).exclusions.create(name="Jo", email="")
        assert alice.post(f"/apply/spring/readers/{other.pk}/remove/").status_code == 404

    def test_once_reading_begins_it_says_so(
        self, alice: Client, cast: Cast, cohort: Cohort
    ) -> None:
        application = draft_of(cast.owner, cohort, state=ApplicationState.UNDER_REVIEW)
        exclusion = application.exclusions.create(name="Jo", email="")
        page = alice.post(f"/apply/spring/readers/{exclusion.pk}/remove/", follow=True)
        assert "Reading has begun" in words(page)
