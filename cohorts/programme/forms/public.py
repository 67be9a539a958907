"""What visitors, and colleagues with a link, write."""

from typing import Any

from django import forms

from cohorts.programme.enums import SupportAnswer


class InterestForm(forms.Form):
    given_name = forms.CharField(
        label="First name",
        max_length=80,
        error_messages={"required": "Write your first name, so that we know how to greet you."},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="Any address you read, work or personal. We use it for this alone.",
        error_messages={
            "required": "Write the address we should write to.",
            "invalid": "Write an address like name@example.com.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SupportAnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Do you support this application?",
        choices=SupportAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three answers."},
    )
    conditions = forms.CharField(
        label="Conditions, if there are any",
        help_text="For example that cover is arranged for the dates. "
        "Only for ‘I support this, with conditions’.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"data-rows": 4}),
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("answer") == SupportAnswer.CONDITIONS and not cleaned.get("conditions"):
            self.add_error("conditions", "Write your conditions, or choose another answer.")
        return cleaned
