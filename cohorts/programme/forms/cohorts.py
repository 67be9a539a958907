"""Planning a cohort: its dates, who may apply, what it asks and scores."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils import timezone

from cohorts.programme.models import Cohort, Criterion, Question
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Borough
from lic_site.common.widgets import DateParts

OPENS = time(9, 0)
CLOSES = time(23, 59)
TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p", "%H:%M:%S"]


def london(day: date, clock: time) -> datetime:
    """That time of that day in London."""
    return timezone.make_aware(datetime.combine(day, clock))


class SaysWhatIsMissing(forms.Form):
    """Each field that must be filled in says so in a sentence of its own."""

    missing: ClassVar[Mapping[str, str]] = {}
    """What to enter, by the field's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name in self.missing:
                field.error_messages["required"] = self.missing[name]
            if isinstance(field, forms.TimeField):
                field.error_messages["invalid"] = "Enter a time such as 9:30am."


class DeadlinesForm(SaysWhatIsMissing):
    """Applications open at 9am and close at 11:59pm, London time."""

    opens_on = forms.DateField(label="Applications open on", widget=DateParts, help_text="At 9am.")
    closes_on = forms.DateField(
        label="Applications close on", widget=DateParts, help_text="At 11:59pm."
    )
    decisions_by = forms.DateField(label="Every applicant hears by", widget=DateParts)

    missing: ClassVar[Mapping[str, str]] = {
        "opens_on": "Enter the day that applications open.",
        "closes_on": "Enter the day that applications close.",
        "decisions_by": "Enter the day by which every applicant hears.",
    }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes, decided = (
            data.get(name) for name in ("opens_on", "closes_on", "decisions_by")
        )
        if opens and closes and closes < opens:
            self.add_error("closes_on", "Applications close before they open: change a date.")
        if closes and decided and decided <= closes:
            self.add_error(
                "decisions_by", "Leave time to read: choose a day after applications close."
            )
        return data

    def plan(self) -> dict[str, Any]:
        """What the verbs take. A day left as it is keeps its time, perhaps of an early close."""
        data = self.cleaned_data
        moments = {
            "applications_open_at": ("opens_on", OPENS),
            "applications_close_at": ("closes_on", CLOSES),
        }
        return {
            name: london(data[day], clock)
            if day in self.changed_data or name not in self.initial
            else self.initial[name]
            for name, (day, clock) in moments.items()
        } | {"decisions_by": data["decisions_by"]}

    @staticmethod
    def of(cohort: Cohort) -> dict[str, Any]:
        """The form's values as they stand, and the moments that its days stand for."""
        return {
            "applications_open_at": cohort.applications_open_at,
            "applications_close_at": cohort.applications_close_at,
            "opens_on": timezone.localdate(cohort.applications_open_at),
            "closes_on": timezone.localdate(cohort.applications_close_at),
            "decisions_by": cohort.decisions_by,
        }


class CopyForm(DeadlinesForm):
    """The name and the dates of a new cohort."""

    name = forms.CharField(
        max_length=120, help_text="For example, Spring cohort 2027. Applicants see it."
    )
    starts_on = forms.DateField(label="First day", widget=DateParts)
    ends_on = forms.DateField(label="Last day", widget=DateParts)

    missing: ClassVar[Mapping[str, str]] = {
        **DeadlinesForm.missing,
        "name": "Enter the cohort’s name.",
        "starts_on": "Enter the cohort’s first day.",
        "ends_on": "Enter the cohort’s last day.",
    }
    field_order = ["name", "opens_on", "closes_on", "decisions_by", "starts_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        starts, ends, decided = (
            data.get(name) for name in ("starts_on", "ends_on", "decisions_by")
        )
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The cohort ends before it starts: change a date.")
        if starts and decided and starts <= decided:
            self.add_error("starts_on", "Choose a first day after every applicant has heard.")
        return data

    def plan(self) -> dict[str, Any]:
        names = ("name", "starts_on", "ends_on")
        return super().plan() | {name: self.cleaned_data[name] for name in names}


class MadeOnce(forms.Form):
    """A form that plans a cohort once, however often it is sent."""

    made_with = forms.UUIDField(
        widget=forms.HiddenInput,
        required=False,
        initial=uuid4,
        error_messages={"invalid": "Open this page again, and send it once more."},
    )

    def plan(self) -> dict[str, Any]:
        planned: dict[str, Any] = super().plan()  # type: ignore[misc]
        return planned | {"made_with": self.cleaned_data["made_with"]}


RUNNING = ("attendance_wanted", "support_after", "needs_by")
"""What a cohort expects of its participants once it runs."""


class CohortForm(CopyForm):
    """The whole plan of a cohort."""

    summary = forms.CharField(
        label="What it is and whom it is for",
        help_text="Two or three sentences. They stand on the public page.",
        widget=forms.Textarea(attrs={"data-rows": 4}),
    )
    places = forms.IntegerField(min_value=1, max_value=500)
    offer_days = forms.IntegerField(
        label="Days an offered place is held",
        min_value=1,
        max_value=60,
        help_text="The offer lapses at 11:59pm on the last day.",
    )
    eligible_grades = forms.MultipleChoiceField(
        label="Grades that may apply", choices=GradeBand, widget=forms.CheckboxSelectMultiple
    )
    boroughs = forms.ModelMultipleChoiceField(
        label="Boroughs that may apply",
        queryset=Borough.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Choose none for all 33 local authorities.",
    )
    names_hidden = forms.TypedChoiceField(
        label="What readers see",
        coerce=lambda value: value == "hidden",
        choices=[
            ("hidden", "Answers and grade only: names and employers are hidden"),
            ("shown", "Names and employers as well"),
        ],
        widget=forms.RadioSelect,
    )
    commitment = forms.CharField(
        label="What a participant promises",
        required=False,
        help_text="Beside coming on every date. They confirm it when they accept a place.",
        widget=forms.Textarea(attrs={"data-rows": 3}),
    )

    attendance_wanted = forms.IntegerField(
        label="Attendance to complete, in percent",
        min_value=0,
        max_value=100,
        initial=80,
        help_text="Of the sessions held, how many a participant comes to or catches up on.",
    )
    support_after = forms.IntegerField(
        label="Sessions missed before somebody asks how it goes",
        min_value=1,
        max_value=50,
        initial=2,
        help_text="Missed and not caught up on. The participant then may need support.",
    )
    needs_by = forms.DateField(
        label="Participants say what they need by",
        widget=DateParts,
        required=False,
        help_text="Access, diet and the like. Leave it empty if there is no day yet.",
    )

    missing: ClassVar[Mapping[str, str]] = {
        **CopyForm.missing,
        "summary": "Say what the cohort is and whom it is for.",
        "places": "Enter the number of places.",
        "offer_days": "Enter the number of days that an offered place is held.",
        "eligible_grades": "Choose the grades that may apply.",
        "names_hidden": "Choose what readers see.",
        "attendance_wanted": "Enter a percentage from 0 to 100.",
        "support_after": "Enter a number of sessions, 1 or more.",
    }
    field_order = [
        "name",
        "summary",
        "places",
        *CopyForm.field_order[1:],
        "offer_days",
        "eligible_grades",
        "boroughs",
        "names_hidden",
        "commitment",
        *RUNNING,
    ]

    def plan(self) -> dict[str, Any]:
        names = (
            "summary",
            "places",
            "offer_days",
            "eligible_grades",
            "boroughs",
            "names_hidden",
            "commitment",
            *RUNNING,
        )
        return super().plan() | {name: self.cleaned_data[name] for name in names}

    @staticmethod
    def of(cohort: Cohort) -> dict[str, Any]:
        names = ("name", "starts_on", "ends_on", "summary", "places", "offer_days", *RUNNING)
        return {
            **DeadlinesForm.of(cohort),
            **{name: getattr(cohort, name) for name in names},
            "eligible_grades": cohort.eligible_grades,
            "boroughs": cohort.eligible_boroughs.all(),
            "names_hidden": "hidden" if cohort.names_hidden else "shown",
            "commitment": cohort.commitment,
        }


class NewCohortForm(MadeOnce, CohortForm):
    """The plan of a cohort that is not there yet."""


class NewCopyForm(MadeOnce, CopyForm):
    """The name and the dates of a copy."""


class QuestionForm(forms.ModelForm[Question]):
    class Meta:
        model = Question
        fields = ["text", "hint", "max_words", "is_required"]
        labels = {"max_words": "Most words", "is_required": "It must be answered"}
        help_texts = {"hint": "One or two sentences that help to answer."}


class CriterionForm(forms.ModelForm[Criterion]):
    class Meta:
        model = Criterion
        fields = ["name", "description", "weight"]
        help_texts = {"weight": "From 1 to 10. Weight 2 counts twice as much as weight 1."}
        widgets = {"description": forms.Textarea(attrs={"data-rows": 3})}
