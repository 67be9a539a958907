"""What participants and facilitators are written to about their dates."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Session
from cohorts.programme.services.sessions import telling
from lic_site.accounts.models import Person
from lic_site.notices.protocol import Due, NoticeKind

_STARTS = datetime(2027, 3, 9, 9, 30, tzinfo=UTC)
_ENDS = datetime(2027, 3, 9, 16, tzinfo=UTC)


class AboutSession(Kind[Session]):
    """Says when and where; whoever leads the session is led to the facilitators' page."""

    model = Session
    related = ("cohort", "learning_set", "participant")

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        """While the session is to be held and still concerns them."""
        return (
            self.is_ahead(anchor) and anchor.cancelled_at is None and self.is_for(anchor, recipient)
        )

    def is_ahead(self, anchor: Session) -> bool:
        return anchor.cohort.state in TOLD_STATES and anchor.ends_at > timezone.now()

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        mine = telling.concerned(anchor).filter(person=recipient)
        return mine.exists() or self.leads(anchor, recipient)

    def leads(self, anchor: Session, recipient: Person) -> bool:
        return telling.leaders(anchor).filter(pk=recipient.pk).exists()

    def path(self, anchor: Session, recipient: Person) -> str:
        if self.leads(anchor, recipient):
            return f"/my/sessions/{anchor.pk}/"
        return f"/my/cohorts/{anchor.cohort.slug}/sessions/{anchor.pk}/"

    def words(self, anchor: Session, recipient: Person) -> Mapping[str, Any]:
        return {
            "session": anchor.title,
            "starts_at": anchor.starts_at,
            "ends_at": anchor.ends_at,
            "place": anchor.place,
            "is_online": bool(anchor.link),
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {
            "session": "Leading through change",
            "starts_at": _STARTS,
            "ends_at": _ENDS,
            "place": "12 Example Street, London",
            "is_online": True,
        }


def coming(after: datetime, until: datetime) -> QuerySet[Session]:
    """Sessions to be held that start in (after, until] and of which people are told."""
    return (
        Session.objects.live()
        .filter(starts_at__gt=after, starts_at__lte=until, cohort__state__in=TOLD_STATES)
        .select_related("cohort", "learning_set", "participant")
    )


class SessionSoon(AboutSession):
    """To whoever is expected and has not said that they cannot come."""

    name = "programme.session_soon"
    title = "Session soon"
    reminder_days: tuple[int, ...] = (-7, -1)

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        return bool(self.expected(anchor).filter(person=recipient).exists())

    @staticmethod
    def expected(session: Session) -> Any:
        return telling.concerned(session).exclude(apologies__session=session)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        for session in coming(after, until):
            for enrolment in self.expected(session).select_related("person"):
                yield Due(session, enrolment.person, session.starts_at, session.revision)


class SessionChanged(AboutSession):
    name = "programme.session_changed"
    title = "Session moved"

    def words(self, anchor: Session, recipient: Person) -> Mapping[str, Any]:
        return {
            **super().words(anchor, recipient),
            "earlier_starts_at": anchor.earlier_starts_at,
            "earlier_place": anchor.earlier_place,
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {
            **super().sample_words(),
            "earlier_starts_at": datetime(2027, 3, 2, 9, 30, tzinfo=UTC),
            "earlier_place": "3 Other Street, London",
        }


class SessionCancelled(AboutSession):
    name = "programme.session_cancelled"
    title = "Session cancelled"

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        return (
            self.is_ahead(anchor)
            and anchor.cancelled_at is not None
            and self.is_for(anchor, recipient)
        )

    def words(self, anchor: Session, recipient: Person) -> Mapping[str, Any]:
        return {**super().words(anchor, recipient), "because": anchor.cancelled_because}

    def sample_words(self) -> Mapping[str, Any]:
        return {**super().sample_words(), "because": "The trains do not run. A new date follows."}


class FacilitatorNamed(AboutSession):
    name = "programme.facilitator_named"
    title = "Named to lead a session"

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        return self.leads(anchor, recipient)


class FacilitatorSoon(FacilitatorNamed):
    name = "programme.facilitator_soon"
    title = "Session to lead soon"
    reminder_days: tuple[int, ...] = (-2,)

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        is_open_slot = anchor.is_slot and anchor.participant_id is None
        return not is_open_slot and super().is_wanted(anchor, recipient)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        for session in coming(after, until).exclude(is_slot=True, participant=None):
            for person in telling.leaders(session):
                yield Due(session, person, session.starts_at, session.revision)


KINDS: list[NoticeKind] = [
    SessionSoon(),
    SessionChanged(),
    SessionCancelled(),
    FacilitatorNamed(),
    FacilitatorSoon(),
]
