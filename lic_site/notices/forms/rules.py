"""When a rule of the clock's sends, as staff fill it in."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime

from lic_site.common.errors import Refusal
from lic_site.notices.models import ReminderRule
from lic_site.notices.protocol import NoticeKind
from lic_site.notices.services.rules import FURTHEST, When

TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p", "%H:%M:%S"]
CALENDAR, WORKING = "calendar", "working"
BEFORE, AFTER = "before", "after"
ON, OFF = "on", "off"
NUMBER = f"Enter a whole number of days from 0 to {FURTHEST}, such as 7."
TIME = "Enter a time such as 9am or 2:30pm."


class NotAsOpened(Refusal):
    """What this page held of the reminder did not come back as it was. Look at your choices again,
    then save them.
    """


class RuleForm(forms.Form):
    """``seen`` is when the rule had last been changed as the page was opened."""

    days = forms.IntegerField(
        label="How many days",
        min_value=0,
        max_value=FURTHEST,
        help_text="0 is the day itself.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "required": NUMBER,
            "invalid": NUMBER,
            "min_value": NUMBER,
            "max_value": NUMBER,
        },
    )
    counted = forms.ChoiceField(
        label="Which days count",
        choices=[
            (CALENDAR, "Every day"),
            (WORKING, "Working days: Mondays to Fridays that are no bank holiday in England"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which days count."},
    )
    side = forms.ChoiceField(
        label="Before or after",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it goes before or after."},
    )
    at_time = forms.TimeField(
        label="Time of day",
        input_formats=TIMES,
        help_text="In London, for example 9am or 2:30pm.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={"required": TIME, "invalid": TIME},
    )
    is_on = forms.ChoiceField(
        label="Is it on?",
        choices=[(ON, "On"), (OFF, "Off: nothing is sent")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is on."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: NoticeKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        side: Any = self.fields["side"]
        side.choices = [
            (BEFORE, f"Before {kind.anchor_title}"),
            (AFTER, f"After {kind.anchor_title}"),
        ]

    @staticmethod
    def of(when: When, *, changed_at: datetime | None = None) -> dict[str, Any]:
        """The form's values for a rule that sends so."""
        return {
            "days": abs(when.offset_days),
            "counted": WORKING if when.in_working_days else CALENDAR,
            "side": AFTER if when.offset_days > 0 else BEFORE,
            "at_time": _spoken(when.at_time),
            "is_on": ON if when.is_on else OFF,
            "seen": changed_at.isoformat() if changed_at else "",
        }

    def when(self) -> When:
        data = self.cleaned_data
        return When(
            offset_days=data["days"] * (1 if data["side"] == AFTER else -1),
            in_working_days=data["counted"] == WORKING,
            at_time=data["at_time"],
            is_on=data["is_on"] == ON,
        )

    def seen_at(self) -> datetime | None:
        """When the rule had last been changed as the page was opened; None for one that never was.
        Raises NotAsOpened.
        """
        seen = self.cleaned_data["seen"]
        try:
            at = parse_datetime(seen)
        except ValueError:  # written like a moment, and none: the 31st of February
            at = None
        if seen and at is None:
            raise NotAsOpened
        return at

    def changed(self, rule: ReminderRule) -> ReminderRule:
        """The rule as it would be, not saved."""
        when = self.when()
        return ReminderRule(
            pk=rule.pk,
            kind=rule.kind,
            key=rule.key,
            offset_days=when.offset_days,
            in_working_days=when.in_working_days,
            at_time=when.at_time,
            is_on=when.is_on,
        )


class HoldForm(forms.Form):
    """Saving a rule that would write to more people at once than are let through."""

    agreed = forms.BooleanField(
        label="I know that these messages are held until somebody releases them",
        error_messages={
            "required": "Tick that you know these messages are held, or go back and change it."
        },
    )


def _spoken(clock: time) -> str:
    minutes = f":{clock.minute:02}" if clock.minute else ""
    return f"{clock.hour % 12 or 12}{minutes}{'am' if clock.hour < 12 else 'pm'}"
