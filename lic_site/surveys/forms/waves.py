"""What narrows the board, and what staff choose when they plan a survey or change a plan."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from lic_site.common.dates import moment
from lic_site.common.widgets import DateParts
from lic_site.surveys import timing
from lic_site.surveys.boards import MODES
from lic_site.surveys.enums import Mode, VersionState, WaveState
from lic_site.surveys.models import Plan, Questionnaire, Wave
from lic_site.surveys.protocol import Subject, subjects
from lic_site.surveys.services.waves import Asking

NOT_A_DATE = "This is not a date. Give day, month and year."


def published() -> Any:
    """Questionnaires that can be asked now."""
    asked = Questionnaire.objects.filter(versions__state=VersionState.PUBLISHED)
    return asked.filter(retired_at=None).distinct().order_by("name", "pk")


class BoardFilter(forms.Form):
    """Narrows the board; with nothing chosen it shows what is open, comes and closed lately."""

    mark_optional = False

    q = forms.CharField(label="What it is about", required=False, max_length=100)
    group = forms.TypedChoiceField(
        label="Cohort", required=False, coerce=int, empty_value=None, choices=[]
    )
    questionnaire = forms.ModelChoiceField(
        label="Questionnaire",
        required=False,
        queryset=Questionnaire.objects.order_by("name", "pk"),
        empty_label="Any",
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Any"), *WaveState.choices]
    )
    mode = forms.ChoiceField(label="Kept", required=False, choices=[("", "Any"), *Mode.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Wave.objects.exclude(group=None).order_by("group_name")
        found = dict(known.values_list("group", "group_name").distinct())
        field: Any = self.fields["group"]
        field.choices = [("", "Any"), *found.items()]

    def narrowed(self, waves: Any) -> Any:
        """The waves that were asked for; all where what was typed is not understood."""
        if not self.is_valid():
            return waves
        said = self.cleaned_data
        if said["q"]:
            waves = waves.filter(about__icontains=said["q"])
        for name in ("group", "questionnaire", "state", "mode"):
            if said[name]:
                waves = waves.filter(**{name: said[name]})
        return waves

    @property
    def is_narrow(self) -> bool:
        """Whether a list is asked for: more than one cohort's board."""
        names = ("q", "questionnaire", "state", "mode")
        return self.is_valid() and any(self.cleaned_data[name] for name in names)


class FindForm(forms.Form):
    """What a survey planned by hand is about."""

    mark_optional = False

    kind = forms.ChoiceField(label="About", required=False)
    q = forms.CharField(label="Name", required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(each.name, each.title) for each in subjects().values()]


def _chasers() -> forms.TypedChoiceField:
    numbers = [(0, "None"), (1, "One at most"), (2, "Two at most"), (3, "Three at most")]
    return forms.TypedChoiceField(label="Reminders", coerce=int, choices=numbers, initial=1)


def _days_between() -> forms.IntegerField:
    return forms.IntegerField(label="Days between reminders", min_value=1, max_value=60, initial=4)


def _mode() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How are answers kept?",
        choices=[(mode, f"{mode.label}. {MODES[mode]}") for mode in Mode],
        widget=forms.RadioSelect,
        initial=Mode.ANONYMOUS,
    )


def _in_room() -> forms.BooleanField:
    return forms.BooleanField(
        label="Ask there and then",
        required=False,
        help_text="At the end of a day that people came to. It goes at once, even to those who "
        "were asked something else within the last two weeks.",
    )


class AskingForm(forms.Form):
    """How a survey is asked. ``asking`` is what the verbs take."""

    use_required_attribute = False

    questionnaire = forms.ModelChoiceField(
        label="Questionnaire",
        queryset=Questionnaire.objects.none(),
        empty_label="Choose one",
        help_text="Those with a published version. The newest is asked when it opens.",
        error_messages={"required": "Choose a questionnaire."},
    )
    audience = forms.ChoiceField(
        label="Who is asked?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who is asked."},
    )
    mode = _mode()
    opens_on = forms.DateField(
        label="Opens on",
        help_text="At 9am.",
        widget=DateParts,
        error_messages={"required": "Give the day it opens.", "invalid": NOT_A_DATE},
    )
    closes_on = forms.DateField(
        label="Closes on",
        help_text="At the end of the day.",
        widget=DateParts,
        error_messages={"required": "Give the day it closes.", "invalid": NOT_A_DATE},
    )
    chasers = _chasers()
    chase_after_days = _days_between()
    in_room = _in_room()

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["questionnaire"]
        asked.queryset = published()
        field: Any = self.fields["audience"]
        field.choices = list(subject.audiences.items())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        opens_on, closes_on = cleaned.get("opens_on"), cleaned.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "It closes before it opens: change one of the days.")
        if closes_on and closes_on < timezone.localdate():
            self.add_error("closes_on", "This day is over. Give one that is still to come.")
        return cleaned

    def asking(self) -> Asking:
        said = dict(self.cleaned_data)
        return Asking(
            opens_at=moment(said.pop("opens_on"), timing.MORNING),
            closes_at=moment(said.pop("closes_on"), timing.LAST_MINUTE),
            **said,
        )


def as_asked(wave: Wave) -> dict[str, Any]:
    """What the form begins with when a planned survey is changed."""
    names = ("questionnaire", "audience", "mode", "chasers", "chase_after_days", "in_room")
    return {
        **{name: getattr(wave, name) for name in names},
        "opens_on": timing.day_of(wave.opens_at),
        "closes_on": timing.day_of(wave.closes_at),
    }


class ClosingForm(forms.Form):
    use_required_attribute = False

    closes_on = forms.DateField(
        label="Closes on",
        help_text="At the end of the day. Whoever has a link can answer until then.",
        widget=DateParts,
        error_messages={"required": "Give the day it closes.", "invalid": NOT_A_DATE},
    )

    def closes_at(self) -> datetime:
        return moment(self.cleaned_data["closes_on"], timing.LAST_MINUTE)


class PlanForm(forms.ModelForm[Plan]):
    """How a plan asks."""

    use_required_attribute = False
    chasers = _chasers()
    chase_after_days = _days_between()
    mode = _mode()
    in_room = _in_room()
    audience = forms.ChoiceField(label="Who is asked?", widget=forms.RadioSelect)
    opens_after_days = forms.IntegerField(
        min_value=-90, max_value=800, label="Opens so many days after"
    )
    open_days = forms.IntegerField(label="Open for so many days", min_value=1, max_value=120)
    field_order = ["opens_after_days", "open_days", "audience", "mode", "chasers"]

    class Meta:
        model = Plan
        fields = (
            "opens_after_days",
            "open_days",
            "audience",
            "mode",
            "chasers",
            "chase_after_days",
            "in_room",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject = subjects()[self.instance.subject_kind]
        anchor = subject.anchors[self.instance.anchor]
        field: Any = self.fields["audience"]
        field.choices = list(subject.audiences.items())
        days: Any = self.fields["opens_after_days"]
        days.help_text = f"Counted from when {anchor}; less than 0 is before. 0 is at once."
