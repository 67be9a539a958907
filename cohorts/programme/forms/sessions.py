"""Planning a session: what it is, whom it is for, when and where."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from cohorts.programme import london
from cohorts.programme.enums import SessionKind
from cohorts.programme.forms.cohorts import TIMES, SaysWhatIsMissing
from cohorts.programme.models import Cohort, Enrolment, LearningSet, Session
from cohorts.programme.policies import session_words
from lic_site.common.errors import Refusal
from lic_site.common.widgets import DateParts

EVERYBODY = "all"
ORDER = ("title", "kind", "audience", "day", "starts", "ends", "last_day", "place", "link")


class WhatForm(SaysWhatIsMissing):
    """The title and the kind: what can change even when everybody knows the date."""

    title = forms.CharField(
        max_length=120,
        help_text="Participants see it on their pages, never in a message’s subject.",
    )
    kind = forms.ChoiceField(choices=SessionKind, widget=forms.RadioSelect)

    missing: ClassVar[Mapping[str, str]] = {
        "title": "Enter the session’s title.",
        "kind": "Choose what kind of session it is.",
    }

    def plan(self) -> dict[str, Any]:
        """What the verb takes."""
        return {"title": self.cleaned_data["title"], "kind": self.cleaned_data["kind"]}

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        """The form's values as they stand."""
        return {"title": session.title, "kind": session.kind}


class WhenForm(SaysWhatIsMissing):
    """When, in London time, and where."""

    day = forms.DateField(label="Date", widget=DateParts)
    starts = forms.TimeField(
        label="Starts at", input_formats=TIMES, help_text="For example, 9:30am."
    )
    ends = forms.TimeField(label="Ends at", input_formats=TIMES, help_text="For example, 4pm.")
    last_day = forms.DateField(
        label="Last day",
        widget=DateParts,
        required=False,
        help_text="Only if it takes several days.",
    )
    place = forms.CharField(
        max_length=200, required=False, help_text="An address, or leave it empty if it is online."
    )
    link = forms.URLField(
        label="Online link",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Where people join online.",
    )

    missing: ClassVar[Mapping[str, str]] = {
        "day": "Enter the session’s date.",
        "starts": "Enter the time that it starts, such as 9:30am.",
        "ends": "Enter the time that it ends, such as 4pm.",
    }
    who_sees: ClassVar[Mapping[str, str]] = {
        "place": session_words.PLACE,
        "link": session_words.JOIN_LINK,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["link"].error_messages["invalid"] = (
            "Enter the whole link, such as https://example.org/join."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = data.get("day")
        self._read(data, "starts", first)
        self._read(data, "ends", data.get("last_day") or first)
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", "The session ends before it starts: change a time.")
        return data

    def _read(self, data: dict[str, Any], name: str, day: date | None) -> None:
        clock: time | None = data.get(name)
        if day is None or clock is None:
            return
        try:
            data[f"{name}_at"] = london.moment(day, clock)
        except Refusal as refusal:
            self.add_error(name, str(refusal))

    def plan(self) -> dict[str, Any]:
        """What the verb takes."""
        names = ("starts_at", "ends_at", "place", "link")
        return {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        """The form's values as they stand."""
        return {
            **when(session.starts_at, session.ends_at),
            "place": session.place,
            "link": session.link,
        }


def when(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """The moments as the form asks for them."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    several = ends.date() != starts.date()
    return {
        "day": starts.date(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "last_day": ends.date() if several else None,
    }


class SessionForm(WhatForm, WhenForm):
    """All of a session that nobody was told of yet."""

    missing: ClassVar[Mapping[str, str]] = {**WhatForm.missing, **WhenForm.missing}

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sets = {f"set-{each.pk}": each for each in cohort.learning_sets.all()}
        places = Enrolment.objects.active().filter(cohort=cohort).select_related("person")
        self._places = {
            f"person-{each.pk}": each
            for each in places.order_by("person__family_name", "person__given_name", "pk")
        }
        self.fields["audience"] = forms.ChoiceField(
            label="Whom it is for",
            choices=self._choices(),
            initial=EVERYBODY,
            help_text="The whole cohort’s dates stand on its public page; others never do.",
            error_messages={"required": "Choose whom the session is for."},
        )
        if not (self._sets or self._places):
            del self.fields["audience"]
        self.order_fields(ORDER)

    def _choices(self) -> list[Any]:
        sets = [(value, each.name) for value, each in self._sets.items()]
        people = [(value, each.person.name) for value, each in self._places.items()]
        groups = [("One learning set", sets), ("One participant", people)]
        return [(EVERYBODY, "The whole cohort"), *((name, each) for name, each in groups if each)]

    def plan(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("audience") or EVERYBODY
        learning_set: LearningSet | None = self._sets.get(chosen)
        participant: Enrolment | None = self._places.get(chosen)
        return {
            **WhatForm.plan(self),
            **WhenForm.plan(self),
            "learning_set": learning_set,
            "participant": participant,
        }

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        chosen = EVERYBODY
        if session.learning_set_id is not None:
            chosen = f"set-{session.learning_set_id}"
        if session.participant_id is not None:
            chosen = f"person-{session.participant_id}"
        return {**WhatForm.of(session), **WhenForm.of(session), "audience": chosen}


class CancelForm(forms.Form):
    because = forms.CharField(
        label="What people are told",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"data-rows": 3}),
        help_text="Why, and what happens instead. Name nobody.",
    )
    who_sees: ClassVar[Mapping[str, str]] = {"because": session_words.CANCELLED_BECAUSE}
