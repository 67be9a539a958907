"""What staff and readers set off: places, the waiting list, reading, a cohort opening."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.utils import timezone

from cohorts.programme.enums import (
    ApplicationState,
    CohortState,
    OfferState,
)
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Application, Cohort, CohortReader, Interest, Offer, Review
from lic_site.accounts.models import Person
from lic_site.notices.enums import Category, Pace
from lic_site.notices.protocol import Due, NoticeKind

_SAMPLE_COHORT = "Spring cohort"
_SAMPLE_TIME = datetime(2027, 1, 15, 23, 59, tzinfo=UTC)


class _AboutOffer(Kind[Offer]):
    model = Offer
    related = ("application__cohort", "application__applicant")
    states: frozenset[str] = frozenset({OfferState.OPEN})

    def is_wanted(self, anchor: Offer, recipient: Person) -> bool:
        return anchor.state in self.states

    def path(self, anchor: Offer, recipient: Person) -> str:
        """The page where an open offer is answered."""
        application = f"/my/applications/{anchor.application.reference}/"
        return f"{application}offer/" if anchor.state == OfferState.OPEN else application

    def words(self, anchor: Offer, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.application.cohort.name, "expires_at": anchor.expires_at}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": _SAMPLE_COHORT, "expires_at": _SAMPLE_TIME}


class PlaceOffered(_AboutOffer):
    name = "programme.place_offered"
    title = "Place offered"


class MovedUp(_AboutOffer):
    name = "programme.moved_up"
    title = "Moved up from the waiting list"


class OfferDeadlineNear(_AboutOffer):
    name = "programme.offer_deadline_near"
    title = "Offer still to be answered"
    anchor_title = "the offer ends"
    audience_title = "whoever has not answered it"
    reminder_days: tuple[int, ...] = (-2,)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        offers = Offer.objects.open().filter(expires_at__gt=after, expires_at__lte=until)
        for offer in offers.select_related("application__applicant"):
            yield Due(offer, offer.application.applicant, offer.expires_at)


class OfferLapsed(_AboutOffer):
    name = "programme.offer_lapsed"
    title = "Offer lapsed"
    states = frozenset({OfferState.LAPSED})


class PlaceTakenBack(_AboutOffer):
    name = "programme.place_taken_back"
    title = "Offer taken back"
    states = frozenset({OfferState.TAKEN_BACK})


class _AboutApplication(Kind[Application]):
    model = Application
    related = ("cohort", "applicant")
    state: ApplicationState

    def is_wanted(self, anchor: Application, recipient: Person) -> bool:
        return anchor.state == self.state

    def path(self, anchor: Application, recipient: Person) -> str:
        return f"/my/applications/{anchor.reference}/"

    def words(self, anchor: Application, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.cohort.name, "feedback": anchor.feedback}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": _SAMPLE_COHORT, "feedback": "You wrote clearly about your team."}


class Waitlisted(_AboutApplication):
    name = "programme.waitlisted"
    title = "On the waiting list"
    state = ApplicationState.WAITLISTED


class NotOffered(_AboutApplication):
    name = "programme.not_offered"
    title = "Not offered a place this time"
    state = ApplicationState.REJECTED


class AdjustmentAnswered(Kind[Application]):
    name = "programme.adjustment_answered"
    title = "Reply about an adjustment"
    pace = Pace.CAN_WAIT
    model = Application
    related = ("applicant",)

    def path(self, anchor: Application, recipient: Person) -> str:
        return f"/my/applications/{anchor.reference}/"


class CohortOpened(Kind[Cohort]):
    name = "programme.cohort_opened"
    title = "Applications are open"
    example = "When you can apply for something you asked us to tell you about: once for each."
    category = Category.OPTIONAL
    # Applications stay open for weeks.
    pace = Pace.CAN_WAIT
    model = Cohort

    def is_wanted(self, anchor: Cohort, recipient: Person) -> bool:
        is_open = anchor.state == CohortState.OPEN
        still_asked = Interest.objects.live().filter(
            programme=anchor.programme_id, person=recipient
        )
        return is_open and anchor.applications_close_at > timezone.now() and still_asked.exists()

    def path(self, anchor: Cohort, recipient: Person) -> str:
        return f"/apply/{anchor.slug}/"

    def words(self, anchor: Cohort, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.name, "closes_at": anchor.applications_close_at}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": _SAMPLE_COHORT, "closes_at": _SAMPLE_TIME}


class _AboutReading(Kind[CohortReader]):
    model = CohortReader
    related = ("cohort", "person")

    def waiting(self, anchor: CohortReader) -> list[Review]:
        return list(
            Review.objects.to_read()
            .filter(reader=anchor.person_id, application__cohort=anchor.cohort_id)
            .order_by("due_on")
        )

    def is_wanted(self, anchor: CohortReader, recipient: Person) -> bool:
        return bool(self.waiting(anchor))

    def path(self, anchor: CohortReader, recipient: Person) -> str:
        return "/my/reading/"

    def words(self, anchor: CohortReader, recipient: Person) -> Mapping[str, Any]:
        waiting = self.waiting(anchor)
        return {
            "cohort": anchor.cohort.name,
            "count": len(waiting),
            "due_on": waiting[0].due_on if waiting else None,
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": _SAMPLE_COHORT, "count": 6, "due_on": _SAMPLE_TIME.date()}


class ReaderAssigned(_AboutReading):
    name = "programme.reader_assigned"
    title = "Applications to read"


class ReaderChased(_AboutReading):
    """Once a reader and due date, however many applications wait."""

    name = "programme.reader_chased"
    title = "Applications still to be read"
    anchor_title = "the readings are due"
    audience_title = "readers who have not sent them all"
    reminder_days: tuple[int, ...] = (-3, 1)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        unread = Review.objects.to_read().filter(
            due_on__gte=timezone.localdate(after),
            due_on__lte=timezone.localdate(until),
        )
        pairs = unread.values_list("reader", "application__cohort", "due_on").distinct()
        panels = {
            (panel.person_id, panel.cohort_id): panel
            for panel in CohortReader.objects.filter(
                person__in={reader for reader, _, _ in pairs}
            ).select_related("person")
        }
        for reader, cohort, due_on in pairs:
            moment = timezone.make_aware(datetime.combine(due_on, time(23, 59)))
            panel = panels.get((reader, cohort))
            if panel is not None and after < moment <= until:
                yield Due(panel, panel.person, moment, revision=due_on.toordinal())


KINDS: list[NoticeKind] = [
    CohortOpened(),
    ReaderAssigned(),
    ReaderChased(),
    PlaceOffered(),
    MovedUp(),
    OfferDeadlineNear(),
    OfferLapsed(),
    PlaceTakenBack(),
    Waitlisted(),
    NotOffered(),
    AdjustmentAnswered(),
]
