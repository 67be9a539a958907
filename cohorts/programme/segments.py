"""The groups of people of the programme that staff may write to."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from cohorts.programme.enums import OVER_STATES, ApplicationState, EnrolmentState
from cohorts.programme.models import (
    Application,
    Cohort,
    CohortReader,
    Enrolment,
    Interest,
    LearningSet,
    Offer,
    Programme,
    Review,
    Session,
)
from cohorts.programme.services.needs.wanted import needs_due_on
from lic_site.accounts.models import Person
from lic_site.notices.segments import (
    Chosen,
    Gone,
    Segment,
    area_field,
    area_told,
    in_area,
    on_record,
)

STANDINGS = {
    "draft": ("Not sent yet", {ApplicationState.DRAFT}),
    "under_review": (
        "Sent, not decided on",
        {ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW},
    ),
    "offered": ("Offered a place, no answer yet", {ApplicationState.OFFERED}),
    "waiting": ("On the waiting list", {ApplicationState.WAITLISTED}),
    "rejected": ("Not offered a place this time", {ApplicationState.REJECTED}),
}
"""What staff tell applicants apart by."""


def cohort_field(**values: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="Which cohort?", choices=_cohorts, **values)


def _cohorts() -> list[tuple[str, str]]:
    found = Cohort.objects.values_list("pk", "name")
    return [("", "Choose a cohort"), *((str(pk), name) for pk, name in found)]


def cohort_of(chosen: Chosen) -> Cohort:
    """The cohort that was chosen. Raises Gone."""
    found = Cohort.objects.filter(pk=chosen["cohort"]).first()
    if found is None:
        raise Gone
    return found


class OfCohort(Segment):
    """People of one cohort, from everywhere or an area."""

    def fields(self) -> Mapping[str, forms.Field]:
        return {"cohort": cohort_field(), **self.narrowing(), "area": area_field()}

    def narrowing(self) -> dict[str, forms.Field]:
        """The fields between the cohort and the area."""
        return {}

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        return in_area(on_record(pk__in=self.found(chosen)), chosen["area"])

    @abstractmethod
    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        """The ids of the people, however often each."""

    def told(self, chosen: Chosen) -> Iterable[str]:
        yield cohort_of(chosen).name
        yield from self.narrowed(chosen)
        yield from filter(None, [area_told(chosen["area"])])

    def narrowed(self, chosen: Chosen) -> Iterator[str]:  # noqa: ARG002
        yield from ()

    def words(self, chosen: Chosen) -> Mapping[str, Any]:
        cohort = cohort_of(chosen)
        return {"cohort": cohort.name, "starts_on": cohort.starts_on, "ends_on": cohort.ends_on}


class Interested(Segment):
    name = "programme.interested"
    title = "People who are interested"
    hint = "They asked to be told when applications open."
    why = "You receive this because you asked the programme office to keep you informed."

    def fields(self) -> Mapping[str, forms.Field]:
        return {
            "programme": forms.ChoiceField(label="Which programme?", choices=_programmes),
            "area": area_field(),
        }

    def people(self, chosen: Chosen) -> QuerySet[Person]:
        found = Interest.objects.live().filter(programme=chosen["programme"])
        return in_area(on_record(pk__in=found.values("person")), chosen["area"])

    def told(self, chosen: Chosen) -> Iterable[str]:
        programme = Programme.objects.filter(pk=chosen["programme"]).first()
        if programme is None:
            raise Gone
        yield programme.name
        yield from filter(None, [area_told(chosen["area"])])


def _programmes() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in Programme.objects.values_list("pk", "name")]


class Applicants(OfCohort):
    name = "programme.applicants"
    title = "Applicants of a cohort"
    hint = "Those who are writing, wait for a decision, or heard that there is no place."
    why = "You receive this because of an application with the programme office."

    def narrowing(self) -> dict[str, forms.Field]:
        return {
            "standing": forms.MultipleChoiceField(
                label="Where is their application?",
                choices=[(name, label) for name, (label, _) in STANDINGS.items()],
                widget=forms.CheckboxSelectMultiple,
            )
        }

    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        states = {state for name in chosen["standing"] for state in STANDINGS[name][1]}
        sent = Application.objects.filter(cohort=chosen["cohort"], state__in=states)
        return sent.values("applicant")

    def narrowed(self, chosen: Chosen) -> Iterator[str]:
        yield "; ".join(STANDINGS[name][0] for name in chosen["standing"])

    def words(self, chosen: Chosen) -> Mapping[str, Any]:
        cohort = cohort_of(chosen)
        return {
            **super().words(chosen),
            "applications_close_at": cohort.applications_close_at,
            "decisions_by": cohort.decisions_by,
        }

    def shows_names(self, chosen: Chosen) -> bool:
        """Who is writing an application is for them to tell."""
        return "draft" not in chosen["standing"]


class Participants(OfCohort):
    name = "programme.participants"
    title = "Participants of a cohort"
    hint = "All of them, one learning set, or those whose place ended."
    why = "You receive this because of your place with the programme office."

    def narrowing(self) -> dict[str, forms.Field]:
        return {
            "states": forms.MultipleChoiceField(
                label="Where is their place?",
                choices=EnrolmentState.choices,
                initial=[EnrolmentState.ACTIVE],
                widget=forms.CheckboxSelectMultiple,
            ),
            "learning_set": forms.ChoiceField(
                label="Learning set", required=False, choices=_learning_sets
            ),
        }

    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        places = Enrolment.objects.filter(cohort=chosen["cohort"], state__in=chosen["states"])
        if chosen["learning_set"]:
            places = places.filter(learning_set=chosen["learning_set"])
        return places.values("person")

    def narrowed(self, chosen: Chosen) -> Iterator[str]:
        yield ", ".join(EnrolmentState(state).label for state in chosen["states"])
        if chosen["learning_set"]:
            found = LearningSet.objects.filter(pk=chosen["learning_set"]).first()
            if found is None:
                raise Gone
            yield found.name


def _learning_sets() -> list[tuple[str, Any]]:
    grouped: dict[str, list[tuple[str, str]]] = {}
    for found in LearningSet.objects.select_related("cohort").order_by("-cohort__starts_on"):
        grouped.setdefault(found.cohort.name, []).append((str(found.pk), found.name))
    return [("", "Any"), *grouped.items()]


class Unanswered(OfCohort):
    name = "programme.unanswered"
    title = "Those who have not answered"
    hint = "What they need, an offer of a place, or whether they can come on the dates."
    why = "You receive this because the programme office waits for an answer of yours."

    WAITED_FOR = {
        "needs": "What they need",
        "offer": "An offer of a place",
        "commitment": "Whether they commit to the dates",
    }

    def narrowing(self) -> dict[str, forms.Field]:
        return {
            "waits_for": forms.ChoiceField(
                label="What have they not answered?",
                choices=list(self.WAITED_FOR.items()),
                widget=forms.RadioSelect,
            )
        }

    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        if chosen["waits_for"] == "offer":
            offers = Offer.objects.open().filter(application__cohort=chosen["cohort"])
            return offers.values("application__applicant")
        places = Enrolment.objects.active().filter(cohort=chosen["cohort"])
        untold = "needs_told_at" if chosen["waits_for"] == "needs" else "committed_at"
        return (
            places.exclude(cohort__state__in=OVER_STATES).filter(**{untold: None}).values("person")
        )

    def narrowed(self, chosen: Chosen) -> Iterator[str]:
        yield f"No answer to: {self.WAITED_FOR[chosen['waits_for']].lower()}"

    def words(self, chosen: Chosen) -> Mapping[str, Any]:
        found = dict(super().words(chosen))
        if chosen["waits_for"] == "needs":
            found["needs_by"] = needs_due_on(cohort_of(chosen))
        return found


class Readers(OfCohort):
    name = "programme.readers"
    title = "Readers of a cohort"
    hint = "Whoever reads its applications, or only those who have not finished."
    why = "You receive this because you read applications for the programme office."

    def narrowing(self) -> dict[str, forms.Field]:
        return {"unread": forms.BooleanField(label="Only who has still to read", required=False)}

    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        if chosen["unread"]:
            reviews = Review.objects.to_read().filter(application__cohort=chosen["cohort"])
            return reviews.values("reader")
        return CohortReader.objects.filter(cohort=chosen["cohort"]).values("person")

    def narrowed(self, chosen: Chosen) -> Iterator[str]:
        if chosen["unread"]:
            yield "Only who has still to read"


class Facilitators(OfCohort):
    name = "programme.facilitators"
    title = "Facilitators of a cohort"
    hint = "Whoever leads a session or a learning set of it."
    why = "You receive this because you lead sessions for the programme office."

    def found(self, chosen: Chosen) -> QuerySet[Any, Any]:
        sessions = Session.objects.live().filter(cohort=chosen["cohort"])
        sets = LearningSet.objects.filter(cohort=chosen["cohort"])
        either = Q(pk__in=sessions.values("facilitators__person")) | Q(
            pk__in=sets.values("facilitator")
        )
        return Person.objects.filter(either).values("pk")


SEGMENTS: list[Segment] = [
    Unanswered(),
    Participants(),
    Applicants(),
    Interested(),
    Readers(),
    Facilitators(),
]
