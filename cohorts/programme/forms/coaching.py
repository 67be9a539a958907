"""A row of coaching slots: a day, from when to when, how long each, who coaches."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django import forms

from cohorts.programme.forms.sessions import WhenForm
from cohorts.programme.slots import Slot, row
from lic_site.accounts.models import Person

MOST = 30
"""Slots added at once."""


class SlotsForm(WhenForm):
    """``find`` looks up people by the words typed. With several found, the form asks which."""

    length = forms.IntegerField(label="Minutes for each", min_value=10, max_value=480, initial=45)
    gap = forms.IntegerField(label="Minutes between them", min_value=0, max_value=240, initial=15)
    coach = forms.CharField(
        label="Coach",
        required=False,
        max_length=200,
        help_text="A name or an e-mail address that we know. They need an account to see who "
        "comes. Leave it empty to name somebody later.",
    )

    missing: ClassVar[Mapping[str, str]] = {
        **WhenForm.missing,
        "day": "Enter the day of the slots.",
        "starts": "Enter the time that the first starts, such as 9:30am.",
        "ends": "Enter the time by which the last ends, such as 4pm.",
        "length": "Enter how many minutes each takes.",
        "gap": "Enter how many minutes lie between two. It may be 0.",
    }

    def __init__(
        self, *args: Any, find: Callable[[list[str]], Iterable[Person]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["last_day"]
        self._find = find
        self.fields["starts"].label = "First starts at"
        self.fields["ends"].label = "Last ends by"
        self.order_fields(["day", "starts", "ends", "length", "gap", "coach", "place", "link"])

    def clean_coach(self) -> Person | None:
        words = self.cleaned_data["coach"].split()
        if not words:
            return None
        found = list(self._find(words))
        if not found:
            raise forms.ValidationError(
                "We know nobody of that name or address. Check the spelling, or leave it empty and "
                "name somebody later."
            )
        if len(found) > 1:
            raise forms.ValidationError(
                "Several people match. Enter the e-mail address of the one you mean."
            )
        return found[0]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"starts_at", "ends_at", "length", "gap"} <= data.keys() and not self.errors:
            data["slots"] = row(
                data["starts_at"],
                data["ends_at"],
                length=timedelta(minutes=data["length"]),
                gap=timedelta(minutes=data["gap"]),
            )
            if not data["slots"]:
                self.add_error("length", "Not one slot fits in that time. Make them shorter.")
            if len(data["slots"]) > MOST:
                self.add_error("length", f"That makes more than {MOST} slots. Add them in parts.")
        return data

    def plan(self) -> dict[str, Any]:
        """What the verb takes."""
        data = self.cleaned_data
        slots: list[Slot] = data["slots"]
        return {
            "slots": slots,
            "coach": data["coach"],
            "place": data["place"],
            "link": data["link"],
        }
