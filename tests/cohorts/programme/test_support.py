"""Support: asked only when the applicant says so, informs, never blocks."""

from datetime import timedelta

import pytest

from cohorts.programme.enums import (
    SUPPORT_STATES,
    ApplicationState,
    SupportAnswer,
    SupportRoute,
)
from cohorts.programme.kinds.applying import ManagerAsked, ManagerChased
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import support
from lic_site.accounts.models import Person
from lic_site.notices.models import Notice
from tests.cohorts.programme.asking import ask, choose
from tests.factories.people import ContactAddressFactory, PersonFactory
from tests.factories.programme import ApplicationFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


class TestChoosing:
    def test_nobody_is_written_to_before_the_applicant_says_so(self) -> None:
        chosen = choose(ApplicationFactory())
        assert chosen.supporter is not None
        assert chosen.asked_at is None
        assert not Notice.objects.exists()

    def test_a_manager_without_a_name_or_address_is_asked_for(self) -> None:
        for named in (None, support.Named("", "", "a@example.org"), support.Named("A", "B", "")):
            with pytest.raises(support.SupporterMissing):
                choose(ApplicationFactory(), named=named)

    def test_nobody_supports_themselves_in_whatever_case(self) -> None:
        application = ApplicationFactory()
        own = application.applicant.user.email.upper()
        with pytest.raises(support.Yourself):
            choose(application, named=support.Named("Me", "Myself", own))

    def test_nor_by_another_address_of_theirs(self) -> None:
        application = ApplicationFactory()
        ContactAddressFactory(person=application.applicant, email="home@example.org")
        with pytest.raises(support.Yourself):
            choose(application, named=support.Named("Me", "Myself", "Home@Example.org"))

    def test_nor_when_they_never_signed_in_with_it(self) -> None:
        application = ApplicationFactory(applicant__user=None, applicant__address="me@example.org")
        with pytest.raises(support.Yourself):
            choose(application, named=support.Named("Me", "Myself", "me@example.org"))

    def test_an_address_that_leads_to_the_applicant_is_theirs(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        application = ApplicationFactory()
        monkeypatch.setattr(support, "find_or_add_person", lambda **_: application.applicant)
        with pytest.raises(support.Yourself):
            choose(application)

    def test_one_address_in_two_cases_is_one_person(self, asked: ManagerSupport) -> None:
        again = choose(asked.application, named=support.Named("Dana", "Field", "DANA@Example.org"))
        assert (again.supporter, again.version) == (asked.supporter, asked.version)
        assert again.asked_at == NOW
        assert Person.objects.filter(addresses__email__iexact="dana@example.org").count() == 1

    def test_what_we_know_of_the_person_is_not_told(self) -> None:
        PersonFactory(given_name="Secret", family_name="Name", user=None, address="x@example.org")
        chosen = choose(ApplicationFactory(), named=support.Named("Typed", "Word", "X@example.org"))
        assert chosen.typed_name == "Typed Word"
        assert chosen.supporter is not None
        assert chosen.supporter.name == "Secret Name"

    @pytest.mark.parametrize(
        ("route", "named"),
        [
            (SupportRoute.SENIOR, support.Named("Sol", "High", "sol@example.org")),
            (SupportRoute.COLLEGE, None),
            (SupportRoute.NOBODY, None),
        ],
    )
    def test_choosing_another_ends_the_link_and_the_answer(
        self, asked: ManagerSupport, route: SupportRoute, named: support.Named | None
    ) -> None:
        token = support.token_for(asked)
        support.answer_support(token=token, answer=SupportAnswer.YES, at=NOW)
        changed = choose(asked.application, route, named)
        assert (changed.answer, changed.asked_at) == ("", None)
        with pytest.raises(support.LinkEnded):
            support.open_request(token)

    def test_from_college_to_nobody_nothing_stays_asked(self) -> None:
        application = ApplicationFactory()
        choose(application, SupportRoute.COLLEGE, None)
        ask(application)
        assert choose(application, SupportRoute.COLLEGE, None).asked_at == NOW
        assert choose(application, SupportRoute.NOBODY, None).asked_at is None

    def test_after_the_decision_it_is_too_late(self) -> None:
        with pytest.raises(support.DecisionMade):
            choose(ApplicationFactory(state=ApplicationState.REJECTED))


class TestAsking:
    def test_the_colleague_is_written_to_once(self, asked: ManagerSupport) -> None:
        ask(asked.application)
        notice = Notice.objects.get()
        assert (notice.kind, notice.recipient) == ("programme.manager_asked", asked.supporter)

    def test_staff_college_is_asked_without_a_message(self) -> None:
        application = ApplicationFactory()
        choose(application, SupportRoute.COLLEGE, None)
        assert ask(application).asked_at == NOW
        assert not Notice.objects.exists()

    def test_nobody_cannot_be_asked(self) -> None:
        application = ApplicationFactory()
        with pytest.raises(support.NothingToAsk):
            ask(application)
        choose(application, SupportRoute.NOBODY, None)
        with pytest.raises(support.NothingToAsk):
            ask(application)

    def test_the_message_says_what_the_page_says_and_names_nobody_in_its_subject(
        self, asked: ManagerSupport
    ) -> None:
        kind = ManagerAsked()
        assert asked.supporter is not None
        words = kind.context(asked, asked.supporter)
        assert words["applicant"] == "Alice Owner"
        assert set(words) == {
            "given_name", "link", "applicant", "cohort", "starts_on", "ends_on", "decisions_by",
        }  # fmt: skip
        assert words["link"].endswith(f"/support/{support.token_for(asked)}/")

    def test_a_message_about_an_earlier_choice_is_not_wanted(self, asked: ManagerSupport) -> None:
        kind, before = ManagerAsked(), asked.supporter
        assert before is not None
        assert kind.is_wanted(asked, before)
        changed = choose(asked.application, named=support.Named("Sol", "High", "sol@example.org"))
        assert not kind.is_wanted(changed, before)


class TestChasing:
    def due(self) -> list[int]:
        found = ManagerChased().due(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
        return [due.anchor.pk for due in found]

    def test_whoever_has_not_answered_is_reminded(self, asked: ManagerSupport) -> None:
        assert self.due() == [asked.pk]

    def test_nobody_else_is(self, asked: ManagerSupport) -> None:
        college = ApplicationFactory()
        choose(college, SupportRoute.COLLEGE, None)
        ask(college)
        choose(ApplicationFactory())
        support.answer_support(token=support.token_for(asked), answer=SupportAnswer.NOT_NOW, at=NOW)
        assert self.due() == []


class TestAnswering:
    @pytest.mark.parametrize("answer", SupportAnswer)
    def test_no_answer_changes_where_the_application_stands(
        self, asked: ManagerSupport, answer: SupportAnswer
    ) -> None:
        support.answer_support(
            token=support.token_for(asked), answer=answer, conditions="Cover", at=NOW
        )
        asked.refresh_from_db()
        asked.application.refresh_from_db()
        assert asked.answer == answer
        assert asked.conditions == ("Cover" if answer == SupportAnswer.CONDITIONS else "")
        assert asked.application.state == ApplicationState.DRAFT

    def test_an_answer_can_be_changed_and_is_told_once(self, asked: ManagerSupport) -> None:
        token = support.token_for(asked)
        for answer in (SupportAnswer.NOT_NOW, SupportAnswer.YES):
            support.answer_support(token=token, answer=answer, at=NOW)
        asked.refresh_from_db()
        assert asked.answer == SupportAnswer.YES
        told = Notice.objects.filter(kind="programme.manager_answered")
        assert [notice.recipient for notice in told] == [asked.application.applicant]

    @pytest.mark.parametrize("state", sorted(set(ApplicationState) - SUPPORT_STATES))
    def test_after_the_decision_the_link_has_ended(
        self, asked: ManagerSupport, state: ApplicationState
    ) -> None:
        Application.objects.update(state=state, submitted_at=NOW)
        with pytest.raises(support.LinkEnded):
            support.open_request(support.token_for(asked))

    def test_a_link_opens_nothing_before_the_asking(self) -> None:
        with pytest.raises(support.LinkEnded):
            support.open_request(support.token_for(choose(ApplicationFactory())))
