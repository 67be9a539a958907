"""What applicants and their colleagues are written to about, and when it is no longer true."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from cohorts.programme.enums import ApplicationState, CohortState, OfferState, SupportAnswer
from cohorts.programme.kinds import applying
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import interest, support
from lic_site.notices.protocol import NoticeKind
from tests.factories.programme import ApplicationFactory, CohortFactory, OfferFactory
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


def _interest(_asked: ManagerSupport) -> Model:
    return interest.note_interest(
        programme=CohortFactory().programme,
        given_name="Pat",
        email="pat@example.org",
        by=None,
        at=NOW,
    )


def _answered(asked: ManagerSupport) -> Model:
    return support.answer_support(token=support.token_for(asked), answer=SupportAnswer.YES, at=NOW)


ANCHORS: dict[type[NoticeKind], Callable[[ManagerSupport], Any]] = {
    applying.InterestNoted: _interest,
    applying.DraftClosing: lambda asked: asked.application,
    applying.ApplicationReceived: lambda _: ApplicationFactory(state=ApplicationState.SUBMITTED),
    applying.ApplicationWithdrawn: lambda _: ApplicationFactory(state=ApplicationState.WITHDRAWN),
    applying.ManagerAsked: lambda asked: asked,
    applying.ManagerChased: lambda asked: asked,
    applying.ManagerAnswered: _answered,
    applying.PlaceAccepted: lambda _: OfferFactory(state=OfferState.ACCEPTED),
    applying.PlaceDeclined: lambda _: OfferFactory(state=OfferState.DECLINED),
}


def recipient(thing: Any) -> Any:
    for name in ("person", "applicant", "supporter"):
        if found := getattr(thing, name, None):
            return found
    return thing.application.applicant


@pytest.mark.parametrize("kind", applying.KINDS, ids=lambda kind: kind.name)
def test_each_is_wanted_while_it_is_true_and_says_what_its_sample_says(
    kind: NoticeKind, asked: ManagerSupport
) -> None:
    made = ANCHORS[type(kind)](asked)
    found = kind.anchor(made.pk)
    assert found == made
    person = recipient(made)
    assert kind.is_wanted(found, person)
    assert set(kind.context(found, person)) == set(kind.sample())
    assert kind.anchor(0) is None


@pytest.mark.parametrize(
    ("kind", "state", "wanted"),
    [
        (applying.ApplicationReceived(), ApplicationState.WITHDRAWN, False),
        (applying.ApplicationReceived(), ApplicationState.UNDER_REVIEW, True),
        (applying.ApplicationWithdrawn(), ApplicationState.DRAFT, False),
        (applying.DraftClosing(), ApplicationState.SUBMITTED, False),
    ],
)
def test_what_has_changed_since_is_not_sent(
    kind: NoticeKind, state: ApplicationState, wanted: bool
) -> None:
    application = ApplicationFactory(state=state)
    assert kind.is_wanted(application, application.applicant) is wanted


def test_a_draft_whose_cohort_closed_early_is_left_alone() -> None:
    application = ApplicationFactory(cohort__state=CohortState.SELECTING)
    assert not applying.DraftClosing().is_wanted(application, application.applicant)


def test_an_answer_is_not_told_after_the_decision(asked: ManagerSupport) -> None:
    support.answer_support(token=support.token_for(asked), answer=SupportAnswer.YES, at=NOW)
    Application.objects.update(state=ApplicationState.REJECTED, submitted_at=NOW)
    kind = applying.ManagerAnswered()
    found = kind.anchor(asked.pk)
    assert not kind.is_wanted(found, asked.application.applicant)


def test_drafts_are_reminded_before_their_own_deadline() -> None:
    draft = ApplicationFactory()
    ApplicationFactory(cohort=draft.cohort, state=ApplicationState.SUBMITTED)
    ApplicationFactory(cohort__state=CohortState.SELECTING)
    closes = draft.cohort.applications_close_at
    kind = applying.DraftClosing()
    (due,) = kind.due(closes - timedelta(hours=1), closes)
    assert (due.anchor, due.person, due.anchor_at) == (draft, draft.applicant, closes)
    assert due.revision == draft.cohort.revision
    assert not [*kind.due(closes, closes + timedelta(days=1))]
