"""What becomes of a person's place: left, moved, gone on with, completed. Never why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from cohorts.programme.enums import ApplicationState, EnrolmentStep
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Application, Certificate, Cohort, Enrolment, EnrolmentEvent
from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import NoticeKind


class _AboutStep(Kind[EnrolmentEvent]):
    """Wanted as long as nothing has happened to the place since."""

    model = EnrolmentEvent
    related = ("enrolment__cohort", "enrolment__deferred_to")
    step: EnrolmentStep

    def is_wanted(self, anchor: EnrolmentEvent, recipient: Person) -> bool:
        later = EnrolmentEvent.objects.filter(enrolment=anchor.enrolment_id, pk__gt=anchor.pk)
        return anchor.step == self.step and not later.exists()

    def cohort(self, anchor: EnrolmentEvent) -> Cohort:
        """The cohort that the message is about."""
        return anchor.enrolment.cohort

    def path(self, anchor: EnrolmentEvent, recipient: Person) -> str:
        return f"/my/cohorts/{self.cohort(anchor).slug}/"

    def words(self, anchor: EnrolmentEvent, recipient: Person) -> Mapping[str, Any]:
        cohort = self.cohort(anchor)
        return {
            "cohort": cohort.name,
            "starts_on": cohort.starts_on,
            "is_ahead": cohort.starts_on > timezone.localdate(),
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": "Spring cohort", "starts_on": date(2027, 3, 1), "is_ahead": True}


class _Left(_AboutStep):
    def path(self, anchor: EnrolmentEvent, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.enrolment.cohort.slug}/leave/"


class Deferred(_Left):
    name = "programme.deferred"
    title = "Place deferred"
    step = EnrolmentStep.DEFERRED

    def words(self, anchor: EnrolmentEvent, recipient: Person) -> Mapping[str, Any]:
        until = anchor.enrolment.deferred_to
        return {**super().words(anchor, recipient), "until": until.name if until else ""}

    def sample_words(self) -> Mapping[str, Any]:
        return {**super().sample_words(), "until": "Autumn cohort"}


class WithdrawnPlace(_Left):
    name = "programme.withdrawn_place"
    title = "Place given up"
    step = EnrolmentStep.WITHDRAWN


class Transferred(_AboutStep):
    """About the place left; what it says is where the person goes on."""

    name = "programme.transferred"
    title = "Moved to another cohort"
    step = EnrolmentStep.TRANSFERRED

    def cohort(self, anchor: EnrolmentEvent) -> Cohort:
        place = Enrolment.objects.filter(follows=anchor.enrolment_id).select_related("cohort")
        return place.get().cohort

    def words(self, anchor: EnrolmentEvent, recipient: Person) -> Mapping[str, Any]:
        return {**super().words(anchor, recipient), "left": anchor.enrolment.cohort.name}

    def sample_words(self) -> Mapping[str, Any]:
        return {**super().sample_words(), "left": "Winter cohort"}


class Resumed(_AboutStep):
    name = "programme.resumed"
    title = "Going on in another cohort"
    step = EnrolmentStep.RESUMED


class Reinstated(_AboutStep):
    name = "programme.reinstated"
    title = "Back in the cohort"
    step = EnrolmentStep.REINSTATED


class Completed(_AboutStep):
    """The message that brings the certificate, where there is one."""

    name = "programme.completed"
    title = "Cohort completed"
    step = EnrolmentStep.COMPLETED

    def path(self, anchor: EnrolmentEvent, recipient: Person) -> str:
        return "/my/certificates/"

    def words(self, anchor: EnrolmentEvent, recipient: Person) -> Mapping[str, Any]:
        held = Certificate.objects.filter(enrolment=anchor.enrolment_id, withdrawn_at=None)
        return {**super().words(anchor, recipient), "has_certificate": held.exists()}

    def sample_words(self) -> Mapping[str, Any]:
        return {**super().sample_words(), "has_certificate": True}


class CompletionUndone(_AboutStep):
    name = "programme.completion_undone"
    title = "Completion undone"
    step = EnrolmentStep.UNDONE


class CertificateReady(Kind[Certificate]):
    """Issued after the completion, or again."""

    name = "programme.certificate_ready"
    title = "Certificate ready"
    pace = Pace.CAN_WAIT
    model = Certificate
    related = ("enrolment__cohort",)

    def is_wanted(self, anchor: Certificate, recipient: Person) -> bool:
        return anchor.withdrawn_at is None

    def path(self, anchor: Certificate, recipient: Person) -> str:
        return "/my/certificates/"

    def words(self, anchor: Certificate, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.enrolment.cohort.name, "is_again": anchor.issue > 1}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": "Spring cohort", "is_again": False}


class WaitingEnded(Kind[Application]):
    """To whoever still waited for a place when the cohort started."""

    name = "programme.waiting_ended"
    title = "Waiting list ended"
    model = Application
    related = ("cohort",)

    def is_wanted(self, anchor: Application, recipient: Person) -> bool:
        return anchor.state == ApplicationState.REJECTED

    def path(self, anchor: Application, recipient: Person) -> str:
        return f"/my/applications/{anchor.reference}/"

    def words(self, anchor: Application, recipient: Person) -> Mapping[str, Any]:
        return {"cohort": anchor.cohort.name}

    def sample_words(self) -> Mapping[str, Any]:
        return {"cohort": "Spring cohort"}


KINDS: list[NoticeKind] = [
    Deferred(),
    WithdrawnPlace(),
    Transferred(),
    Resumed(),
    Reinstated(),
    Completed(),
    CompletionUndone(),
    CertificateReady(),
    WaitingEnded(),
]
