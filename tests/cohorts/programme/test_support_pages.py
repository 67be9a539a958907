"""The colleague's pages, and what Staff College sees."""

from collections.abc import Callable

import pytest
from django.test import Client

from cohorts.programme.enums import (
    ApplicationState,
    SupportRoute,
)
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import support
from lic_site.accounts.models import AuditEvent
from lic_site.common import tokens
from tests.cohorts.programme.asking import ask, choose
from tests.factories.people import staff
from tests.factories.programme import ApplicationFactory
from tests.support.people import NOW, SignedIn
from tests.support.queries import grows_not

pytestmark = pytest.mark.django_db


def dead_links(asked: ManagerSupport) -> dict[str, Callable[[], str]]:
    return {
        "never made": lambda: "nonsense",
        "for another purpose": lambda: tokens.make("interest", asked.pk, asked.version),
        "an earlier version": lambda: tokens.make(support.PURPOSE, asked.pk, asked.version + 1),
        "somebody gone": lambda: tokens.make(support.PURPOSE, 999_999, 1),
    }


class TestThePages:
    def test_the_colleague_sees_name_cohort_and_dates_and_nothing_else(
        self, client: Client, asked: ManagerSupport
    ) -> None:
        application = asked.application
        application.answers.create(
            question=application.cohort.questions.first(), text="My private words", saved_at=NOW
        )
        page = client.get(f"/support/{support.token_for(asked)}/").content.decode()
        for shown in ("Alice Owner", application.cohort.name, "1 March 2027", "10 December 2027"):
            assert shown in page
        for hidden in (application.reference, "private words", application.applicant.job_title):
            assert hidden not in page

    def test_nothing_is_kept_before_it_is_confirmed(
        self, client: Client, asked: ManagerSupport
    ) -> None:
        url = f"/support/{support.token_for(asked)}/"
        client.get(url)
        page = client.post(url, {"answer": "conditions", "conditions": "If <b>cover</b> is found"})
        assert b"If &lt;b&gt;cover" in page.content
        asked.refresh_from_db()
        assert asked.answer == ""
        change = client.post(url, {"answer": "yes", "conditions": "", "change": "1"})
        assert b"Do you support" in change.content
        done = client.post(
            url, {"answer": "conditions", "conditions": "Cover", "confirmed": "1"}, follow=True
        )
        assert b"I support this, with conditions" in done.content
        asked.refresh_from_db()
        assert asked.conditions == "Cover"

    def test_conditions_must_be_said_and_what_was_typed_stays(
        self, client: Client, asked: ManagerSupport
    ) -> None:
        url = f"/support/{support.token_for(asked)}/"
        page = client.post(url, {"answer": "conditions", "conditions": ""})
        assert b"Write your conditions, or choose another answer." in page.content
        assert b"Choose one of the three answers." in client.post(url, {}).content

    def test_every_dead_link_looks_the_same(self, client: Client, asked: ManagerSupport) -> None:
        pages = set()
        for token in dead_links(asked).values():
            for tail in ("", "answered/"):
                response = client.get(f"/support/{token()}/{tail}")
                assert response.status_code == 404
                pages.add(response.content)
            posted = client.post(f"/support/{token()}/", {"answer": "yes", "confirmed": "1"})
            assert posted.status_code == 404
        assert len(pages) == 1
        assert b"Alice" not in pages.pop()

    def test_thanks_come_after_an_answer_only(self, client: Client, asked: ManagerSupport) -> None:
        token = support.token_for(asked)
        assert client.get(f"/support/{token}/answered/").headers["Location"] == f"/support/{token}/"

    def test_staff_college_sees_what_it_was_asked_and_each_look_is_written_down(
        self, signed_in: SignedIn
    ) -> None:
        application = ApplicationFactory(applicant__given_name="Quiet")
        choose(application, SupportRoute.COLLEGE, None)
        ask(application)
        url = f"/staff/cohorts/{application.cohort.slug}/support/"
        page = signed_in(staff()).get(url)
        assert b"Quiet" in page.content
        looked = AuditEvent.objects.get(verb="programme.support_request_viewed")
        assert looked.subject_id == application.applicant_id
        assert signed_in(application.applicant).get(url).status_code == 404
        assert signed_in(staff("programme_lead")).get(url).status_code == 404

    def test_an_applicant_who_withdraws_leaves_that_page(self, signed_in: SignedIn) -> None:
        application = ApplicationFactory(applicant__given_name="Quiet")
        choose(application, SupportRoute.COLLEGE, None)
        ask(application)
        Application.objects.update(state=ApplicationState.WITHDRAWN)
        url = f"/staff/cohorts/{application.cohort.slug}/support/"
        assert b"Quiet" not in signed_in(staff()).get(url).content

    def test_the_staff_page_does_not_grow_by_a_query_a_row(self, signed_in: SignedIn) -> None:
        first = ApplicationFactory()

        def add() -> None:
            application = ApplicationFactory(cohort=first.cohort)
            choose(application, SupportRoute.COLLEGE, None)
            ask(application)

        url = f"/staff/cohorts/{first.cohort.slug}/support/"
        grows_not(signed_in(staff()), url, add, at_most=14)
