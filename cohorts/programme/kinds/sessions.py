"""What participants and facilitators are written to about their dates."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Apology, Cohort, Enrolment, Session
from cohorts.programme.services.sessions import telling
from lic_site.accounts.models import Person
from lic_site.common import dates
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import Due, NoticeKind
from lic_site.notices.wording import Card

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

    def meant_for(self, anchor: Session) -> QuerySet[Person] | None:
        """Participants and whoever leads, while people are told of the session at all."""
        if not telling.is_told(anchor):
            return Person.objects.none()
        return _people(telling.concerned(anchor)) | _these(telling.leaders(anchor))

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
            "details": details(
                anchor.title, anchor.starts_at, anchor.ends_at, anchor.place, anchor.link
            ),
        }

    def sample_words(self) -> Mapping[str, Any]:
        title, place = "Leading through change", "12 Example Street, London"
        return {
            "session": title,
            "starts_at": _STARTS,
            "ends_at": _ENDS,
            "place": place,
            "is_online": True,
            "details": details(title, _STARTS, _ENDS, place, "https://meet.example.org/"),
        }


def details(title: str, starts_at: datetime, ends_at: datetime, place: str, link: str) -> Card:
    """What, when and where; never the link itself."""
    lines = (title, dates.span(starts_at, ends_at), place)
    return Card((*lines, "Online: the link is on the page.") if link else lines)


def _people(places: QuerySet[Enrolment]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=places.values("person"))


def _these(people: QuerySet[Person]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=people.values("pk"))


def coming(after: datetime, until: datetime) -> QuerySet[Session]:
    """Sessions to be held that start in (after, until] and of which people are told."""
    return (
        Session.objects.live()
        .filter(starts_at__gt=after, starts_at__lte=until, cohort__state__in=TOLD_STATES)
        .select_related("cohort", "learning_set__facilitator", "participant")
    )


class SessionSoon(AboutSession):
    """To whoever is expected and has not said that they cannot come."""

    name = "programme.session_soon"
    title = "Session soon"
    anchor_title = "the session starts"
    audience_title = "everybody who is expected at it"
    reminder_days: tuple[int, ...] = (-7, -1)

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        return bool(self.expected(anchor).filter(person=recipient).exists())

    @staticmethod
    def expected(session: Session) -> Any:
        return telling.concerned(session).exclude(apologies__session=session)

    def meant_for(self, anchor: Session) -> QuerySet[Person]:
        return _people(self.expected(anchor))

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        """Three queries, however many sessions and people."""
        sessions = list(coming(after, until))
        if not sessions:
            return
        excused = set(
            Apology.objects.filter(session__in=sessions).values_list("session_id", "enrolment_id")
        )
        places = telling.concerned_by(sessions)
        for session in sessions:
            for place in places[session.pk]:
                if (session.pk, place.pk) not in excused:
                    yield Due(session, place.person, session.starts_at, session.revision)


class SessionChanged(AboutSession):
    name = "programme.session_changed"
    title = "Session moved"
    # Whoever leaves home early must know it before: a night is too long.
    pace = Pace.NOW

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
    # As above: nobody should travel to nothing.
    pace = Pace.NOW

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

    def meant_for(self, anchor: Session) -> QuerySet[Person]:
        return _these(telling.leaders(anchor))

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        return self.leads(anchor, recipient)


class FacilitatorSoon(FacilitatorNamed):
    name = "programme.facilitator_soon"
    title = "Session to lead soon"
    anchor_title = "the session starts"
    audience_title = "whoever leads it"
    reminder_days: tuple[int, ...] = (-2,)

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        is_open_slot = anchor.is_slot and anchor.participant_id is None
        return not is_open_slot and super().is_wanted(anchor, recipient)

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        """Two queries, however many sessions and people."""
        sessions = list(coming(after, until).exclude(is_slot=True, participant=None))
        leaders = telling.leaders_of(sessions) if sessions else {}
        for session in sessions:
            for person in leaders[session.pk]:
                yield Due(session, person, session.starts_at, session.revision)


class MaterialsReady(AboutSession):
    """Once a day and session, however much is shared; also after the session."""

    name = "programme.materials_ready"
    title = "Something to read for a session"
    pace = Pace.CAN_WAIT

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        shared = anchor.materials.filter(shared_at__isnull=False)
        mine = telling.concerned(anchor).filter(person=recipient)
        return telling.is_told(anchor) and shared.exists() and mine.exists()

    def meant_for(self, anchor: Session) -> QuerySet[Person]:
        return _people(telling.concerned(anchor))

    def path(self, anchor: Session, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.cohort.slug}/sessions/{anchor.pk}/"


class SessionsAdded(Kind[Cohort]):
    """Once a day, however many dates are added."""

    name = "programme.sessions_added"
    title = "New dates or coaching to book"
    pace = Pace.CAN_WAIT
    model = Cohort

    def is_wanted(self, anchor: Cohort, recipient: Person) -> bool:
        """While something lies ahead of them, or can be booked."""
        places = Enrolment.objects.active().filter(cohort=anchor, person=recipient)
        ahead = Session.objects.live().filter(cohort=anchor, starts_at__gt=timezone.now())
        mine = ahead.of_enrolments(places)
        free = ahead.filter(is_slot=True, participant=None)
        return anchor.state in TOLD_STATES and places.exists() and (mine.exists() or free.exists())

    def path(self, anchor: Cohort, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.slug}/sessions/"

    def words(self, anchor: Cohort, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.name}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": "Spring cohort"}


class SlotBooked(AboutSession):
    name = "programme.slot_booked"
    title = "Coaching booked"
    # The answer to booking it.
    pace = Pace.NOW

    def meant_for(self, anchor: Session) -> QuerySet[Person]:
        place = anchor.participant
        people = Person.objects.all()
        return people.filter(pk=place.person_id) if place else people.none()

    def is_for(self, anchor: Session, recipient: Person) -> bool:
        place = anchor.participant
        return place is not None and place.person_id == recipient.pk


class SlotTaken(FacilitatorNamed):
    """To the coach; the page says by whom."""

    name = "programme.slot_taken"
    title = "A coaching slot was booked"

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        return anchor.participant_id is not None and super().is_wanted(anchor, recipient)


class SlotGivenBack(FacilitatorNamed):
    name = "programme.slot_given_back"
    title = "A coaching slot is free again"

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        return anchor.participant_id is None and super().is_wanted(anchor, recipient)


KINDS: list[NoticeKind] = [
    SessionSoon(),
    SessionChanged(),
    SessionCancelled(),
    FacilitatorNamed(),
    FacilitatorSoon(),
    MaterialsReady(),
    SessionsAdded(),
    SlotBooked(),
    SlotTaken(),
    SlotGivenBack(),
]
