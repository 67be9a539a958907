"""Taking a register, apologies, catching up, and asking how it goes."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cohorts.programme.enums import Mark
from cohorts.programme.registers import Row
from cohorts.programme.services.register import Choice

_OR_NOTHING = [("", ""), *Mark.choices]


class RegisterForm(forms.Form):
    """One choice for each name. ``seen`` is the register's revision when the page was opened."""

    seen = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, rows: Iterable[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            for name in ("mark", "was", "yours"):
                self.fields[f"{name}_{row.pk}"] = forms.ChoiceField(
                    choices=_OR_NOTHING, required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for row in self.rows:
            if data.get(f"yours_{row.pk}") and not data.get(f"mark_{row.pk}"):
                self.add_error(f"mark_{row.pk}", f"Choose which is right for {row.name}.")
        return data

    def posted(self) -> dict[int, tuple[str, str, str]]:
        """By the id of the place: the choice, what the page said before, and a choice that
        somebody disagreed with. What is none of the choices is empty.
        """
        data = getattr(self, "cleaned_data", {})

        def value(name: str, pk: int) -> str:
            return str(data.get(f"{name}_{pk}") or "")

        return {
            row.pk: (
                value("mark", row.pk),
                value("was", row.pk),
                value("yours", row.pk),
            )
            for row in self.rows
        }

    def choices(self) -> dict[int, Choice]:
        """What the verb takes: nothing for those without a choice."""
        return {
            pk: Choice(Mark(chosen), was)
            for pk, (chosen, was, _) in self.posted().items()
            if chosen
        }


class ApologyForm(forms.Form):
    words = forms.CharField(
        label="Why, if you want to say",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"data-rows": 3}),
        help_text="You need not give a reason.",
    )

    def __init__(self, *args: Any, who_sees: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who_sees = {"words": who_sees}


class CatchUpForm(forms.Form):
    words = forms.CharField(
        label="How did you catch up?",
        max_length=300,
        error_messages={"required": "Say in one line how you caught up."},
        help_text="One line is enough: ‘I read the slides and spoke to somebody who was there.’",
    )

    def __init__(self, *args: Any, who_sees: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who_sees = {"words": who_sees}


class ContactForm(forms.Form):
    note = forms.CharField(
        label="What came of it",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"data-rows": 5}),
        help_text="Keep to what helps next time: what was agreed, and when you speak again.",
    )

    def __init__(self, *args: Any, who_sees: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.who_sees = {"note": who_sees}
