"""What members of a learning set and its facilitator are written to about it."""

from collections.abc import Mapping
from typing import Any

from cohorts.programme.enums import TOLD_STATES, EnrolmentState
from cohorts.programme.kinds.base import Kind
from cohorts.programme.models import Enrolment, LearningSet
from lic_site.accounts.models import Person
from lic_site.notices.enums import Pace
from lic_site.notices.protocol import NoticeKind


class _AboutSet(Kind[Enrolment]):
    model = Enrolment
    related = ("cohort", "learning_set__facilitator")

    def is_wanted(self, anchor: Enrolment, recipient: Person) -> bool:
        learning_set = anchor.learning_set
        is_named = learning_set is not None and learning_set.named_at is not None
        return is_named and anchor.state == EnrolmentState.ACTIVE

    def path(self, anchor: Enrolment, recipient: Person) -> str:
        return f"/my/cohorts/{anchor.cohort.slug}/set/"

    def words(self, anchor: Enrolment, recipient: Person) -> Mapping[str, Any]:
        learning_set = anchor.learning_set
        others = Enrolment.objects.active().filter(learning_set=learning_set)
        names = others.exclude(pk=anchor.pk).order_by("person__given_name", "pk")
        facilitator = learning_set.facilitator if learning_set else None
        return {
            "set": learning_set.name if learning_set else "",
            "others": list(names.values_list("person__given_name", flat=True)),
            "facilitator": facilitator.name if facilitator else "",
        }

    def sample_words(self) -> Mapping[str, Any]:
        return {"set": "Set 2", "others": ["Ade", "Mei", "Priya"], "facilitator": "Jo Field"}


class SetNamed(_AboutSet):
    """Once: who is in it, and who facilitates it."""

    name = "programme.set_named"
    title = "Learning set named"
    # Told once, long before the first meeting.
    pace = Pace.CAN_WAIT


class SetChanged(_AboutSet):
    """To whoever moved to another set, or whose set has another facilitator."""

    name = "programme.set_changed"
    title = "Learning set changed"


class SetGiven(Kind[LearningSet]):
    """To whoever facilitates a set from now on, once its members know it."""

    name = "programme.set_given"
    title = "Learning set to facilitate"
    model = LearningSet
    related = ("cohort",)

    def is_wanted(self, anchor: LearningSet, recipient: Person) -> bool:
        is_theirs = anchor.facilitator_id == recipient.pk and anchor.named_at is not None
        return is_theirs and anchor.cohort.state in TOLD_STATES

    def path(self, anchor: LearningSet, recipient: Person) -> str:
        return f"/my/sets/{anchor.pk}/"

    def words(self, anchor: LearningSet, recipient: Person) -> Mapping[str, Any]:
        members = Enrolment.objects.active().filter(learning_set=anchor)
        return {"set": anchor.name, "cohort": anchor.cohort.name, "number": members.count()}

    def sample_words(self) -> Mapping[str, Any]:
        return {"set": "Set 2", "cohort": "Cohort 3", "number": 6}


KINDS: list[NoticeKind] = [SetNamed(), SetChanged(), SetGiven()]
