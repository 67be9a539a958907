"""What applicants, and the colleagues who support them, are written to about.

The answer to what somebody has just done goes at any hour: they are awake, and look for it.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F

from cohorts.programme.enums import SUPPORT_STATES, ApplicationState, CohortState, OfferState
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Application, Interest, ManagerSupport, Offer
from cohorts.programme.services import interest, support
from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import Due, NoticeKind

_SAMPLE = {"cohort": "Spring cohort"}
_SAMPLE_TIME = datetime(2027, 1, 15, 17, tzinfo=UTC)


class InterestNoted(Kind[Interest]):
    name = "programme.interest_noted"
    title = "Interest noted"
    pace = Pace.NOW
    model = Interest
    related = ("programme", "person")

    def is_wanted(self, anchor: Interest, recipient: Person) -> bool:
        return anchor.ended_at is None

    def path(self, anchor: Interest, recipient: Person) -> str:
        return f"/interest/end/{interest.token_for(anchor)}/"


class _AboutApplication(Kind[Application]):
    model = Application
    related = ("cohort", "applicant")
    states: frozenset[str]

    def is_wanted(self, anchor: Application, recipient: Person) -> bool:
        return anchor.state in self.states

    def path(self, anchor: Application, recipient: Person) -> str:
        return f"/my/applications/{anchor.reference}/"

    def words(self, anchor: Application, recipient: Person) -> Mapping[str, Any]:
        cohort = anchor.cohort
        return {"cohort": cohort.name, "decisions_by": cohort.decisions_by}

    def sample_words(self) -> Mapping[str, Any]:
        return {**_SAMPLE, "decisions_by": _SAMPLE_TIME.date()}


class DraftClosing(_AboutApplication):
    """To whoever has begun and not sent."""

    name = "programme.draft_closing"
    title = "Applications close soon"
    recipient_title = "Somebody with an unsent application"
    anchor_title = "applications close"
    audience_title = "whoever has begun an application and not sent it"
    reminder_days: tuple[int, ...] = (-7, -2)
    states = frozenset({ApplicationState.DRAFT})

    def is_wanted(self, anchor: Application, recipient: Person) -> bool:
        return super().is_wanted(anchor, recipient) and anchor.cohort.state == CohortState.OPEN

    def path(self, anchor: Application, recipient: Person) -> str:
        return f"/apply/{anchor.cohort.slug}/tasks/"

    def words(self, anchor: Application, recipient: Person) -> Mapping[str, Any]:
        cohort = anchor.cohort
        return {"cohort": cohort.name, "closes_at": cohort.applications_close_at}

    def sample_words(self) -> Mapping[str, Any]:
        return {**_SAMPLE, "closes_at": _SAMPLE_TIME}

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        drafts = Application.objects.filter(
            state=ApplicationState.DRAFT,
            cohort__state=CohortState.OPEN,
            cohort__applications_close_at__gt=after,
            cohort__applications_close_at__lte=until,
        )
        for draft in drafts.select_related("cohort", "applicant"):
            cohort = draft.cohort
            yield Due(draft, draft.applicant, cohort.applications_close_at, cohort.revision)


class ApplicationReceived(_AboutApplication):
    name = "programme.application_received"
    title = "Application received"
    pace = Pace.NOW
    states = frozenset(
        set(ApplicationState.values) - {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}
    )


class ApplicationWithdrawn(_AboutApplication):
    name = "programme.application_withdrawn"
    title = "Application withdrawn"
    pace = Pace.NOW
    states = frozenset({ApplicationState.WITHDRAWN})


class ManagerAsked(Kind[ManagerSupport]):
    """To the colleague whom the applicant chose to ask. It says what the link's page says."""

    name = "programme.manager_asked"
    title = "Colleague asked for support"
    model = ManagerSupport
    related = ("application__cohort", "application__applicant")

    def is_wanted(self, anchor: ManagerSupport, recipient: Person) -> bool:
        return (
            anchor.asked_at is not None
            and anchor.answered_at is None
            and anchor.supporter_id == recipient.pk
            and anchor.application.state in SUPPORT_STATES
        )

    def path(self, anchor: ManagerSupport, recipient: Person) -> str:
        return f"/support/{support.token_for(anchor)}/"

    def words(self, anchor: ManagerSupport, recipient: Person) -> Mapping[str, Any]:
        application = anchor.application
        cohort = application.cohort
        return {
            "applicant": application.applicant.name,
            "cohort": cohort.name,
            "starts_on": cohort.starts_on,
            "ends_on": cohort.ends_on,
            "decisions_by": cohort.decisions_by,
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {
            "applicant": "Sam Example",
            **_SAMPLE,
            "starts_on": date(2027, 3, 1),
            "ends_on": date(2027, 12, 10),
            "decisions_by": _SAMPLE_TIME.date(),
        }


class ManagerChased(ManagerAsked):
    """Once, a week after the asking, while no answer has come."""

    name = "programme.manager_chased"
    title = "Colleague reminded about support"
    anchor_title = "the colleague was asked"
    audience_title = "the colleague, while they have not answered"
    reminder_days: tuple[int, ...] = (7,)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        unanswered = ManagerSupport.objects.filter(
            asked_at__gt=after,
            asked_at__lte=until,
            answered_at=None,
            supporter__isnull=False,
            application__state__in=SUPPORT_STATES,
        )
        asked = unanswered.annotate(since=F("asked_at")).select_related("supporter")
        for request in asked:
            if request.supporter is not None:
                yield Due(request, request.supporter, request.since, request.version)


class ManagerAnswered(Kind[ManagerSupport]):
    """To the applicant: that an answer came, not what it says."""

    name = "programme.manager_answered"
    title = "Colleague answered about support"
    # Nothing is to be done, and silence would have held nothing up.
    pace = Pace.CAN_WAIT
    model = ManagerSupport
    related = ("application__applicant",)

    def is_wanted(self, anchor: ManagerSupport, recipient: Person) -> bool:
        return anchor.answered_at is not None and anchor.application.state in SUPPORT_STATES

    def path(self, anchor: ManagerSupport, recipient: Person) -> str:
        application = anchor.application
        return f"/my/applications/{application.reference}/"


class _AboutOffer(Kind[Offer]):
    model = Offer
    related = ("application__cohort",)
    state: OfferState

    def is_wanted(self, anchor: Offer, recipient: Person) -> bool:
        return anchor.state == self.state

    def path(self, anchor: Offer, recipient: Person) -> str:
        return f"/my/applications/{anchor.application.reference}/"

    def words(self, anchor: Offer, recipient: Person) -> Mapping[str, Any]:
        cohort = anchor.application.cohort
        return {"cohort": cohort.name, "starts_on": cohort.starts_on}

    def sample_words(self) -> Mapping[str, Any]:
        return {**_SAMPLE, "starts_on": date(2027, 3, 1)}


class PlaceAccepted(_AboutOffer):
    name = "programme.place_accepted"
    title = "Place accepted"
    pace = Pace.NOW
    state = OfferState.ACCEPTED


class PlaceDeclined(_AboutOffer):
    name = "programme.place_declined"
    title = "Place declined"
    pace = Pace.NOW
    state = OfferState.DECLINED


KINDS: list[NoticeKind] = [
    InterestNoted(),
    DraftClosing(),
    ApplicationReceived(),
    ApplicationWithdrawn(),
    ManagerAsked(),
    ManagerChased(),
    ManagerAnswered(),
    PlaceAccepted(),
    PlaceDeclined(),
]
