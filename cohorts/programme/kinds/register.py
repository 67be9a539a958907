"""What the register sets off: apologies, sessions missed, catching up, registers to be taken."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from cohorts.programme.enums import ATTENDED, CatchUp, EnrolmentState
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Attendance, Material, Session
from cohorts.programme.services.register import registers_due
from cohorts.programme.services.sessions.telling import leaders_of
from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import Due, NoticeKind

_SAMPLE_TIME = datetime(2027, 1, 15, 10, 0, tzinfo=UTC)
_SAMPLE_SESSION = {"session": "Leading change", "starts_at": _SAMPLE_TIME}


class _AboutSession(Kind[Session]):
    model = Session
    related = ("cohort",)

    def path(self, anchor: Session, recipient: Person) -> str:
        return f"/my/sessions/{anchor.pk}/register/"

    def words(self, anchor: Session, recipient: Person) -> Mapping[str, Any]:
        return {"session": anchor.title, "starts_at": anchor.starts_at}

    def sample_words(self) -> Mapping[str, Any]:
        return _SAMPLE_SESSION


class ApologiesReceived(_AboutSession):
    """At most one a day and session, whoever and however many cannot come."""

    name = "programme.apologies_received"
    title = "Somebody cannot come to a session"

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        return anchor.cancelled_at is None and anchor.apologies.exists()

    def words(self, anchor: Session, recipient: Person) -> Mapping[str, Any]:
        return {**super().words(anchor, recipient), "count": anchor.apologies.count()}

    def sample_words(self) -> Mapping[str, Any]:
        return {**_SAMPLE_SESSION, "count": 2}


class RegisterDue(_AboutSession):
    """The morning after a session without a register."""

    name = "programme.register_due"
    title = "Register to be taken"
    anchor_title = "the session ends"
    audience_title = "whoever leads it, while its register is not taken"
    reminder_days: tuple[int, ...] = (1,)

    def is_wanted(self, anchor: Session, recipient: Person) -> bool:
        return anchor.cancelled_at is None and anchor.register_taken_at is None

    def due(self, after: datetime, until: datetime) -> Iterable[Due]:
        """Two queries, however many sessions and people."""
        sessions = list(
            registers_due(until)
            .filter(ends_at__gt=after)
            .select_related("learning_set__facilitator")
        )
        leaders = leaders_of(sessions) if sessions else {}
        for session in sessions:
            for person in leaders[session.pk]:
                yield Due(session, person, session.ends_at, revision=session.revision)


class _AboutMissing(Kind[Attendance]):
    model = Attendance
    related = ("session__cohort", "enrolment")

    def path(self, anchor: Attendance, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.session.cohort.slug}/sessions/{anchor.session_id}/catch-up/"

    def words(self, anchor: Attendance, recipient: Person) -> Mapping[str, Any]:
        return {"session": anchor.session.title, "starts_at": anchor.session.starts_at}

    def sample_words(self) -> Mapping[str, Any]:
        return _SAMPLE_SESSION


class SessionMissed(_AboutMissing):
    """Once a session, unless the register is put right meanwhile."""

    name = "programme.session_missed"
    title = "Missed a session: the way to catch up"
    # There are weeks to catch up in.
    pace = Pace.CAN_WAIT

    def is_wanted(self, anchor: Attendance, recipient: Person) -> bool:
        return (
            anchor.mark not in ATTENDED
            and anchor.catch_up in {"", CatchUp.OFFERED}
            and anchor.session.cancelled_at is None
            and anchor.enrolment.state == EnrolmentState.ACTIVE
        )

    def words(self, anchor: Attendance, recipient: Person) -> Mapping[str, Any]:
        shared = Material.objects.filter(session=anchor.session_id, shared_at__isnull=False)
        return {**super().words(anchor, recipient), "materials": shared.count()}

    def sample_words(self) -> Mapping[str, Any]:
        return {**_SAMPLE_SESSION, "materials": 2}


class CatchUpRecorded(_AboutMissing):
    name = "programme.catch_up_recorded"
    title = "Catching up recorded"
    pace = Pace.CAN_WAIT

    def is_wanted(self, anchor: Attendance, recipient: Person) -> bool:
        return anchor.catch_up == CatchUp.DONE


KINDS: list[NoticeKind] = [
    ApologiesReceived(),
    RegisterDue(),
    SessionMissed(),
    CatchUpRecorded(),
]
