"""Who reads concerns, and until when."""

from typing import Any

from django import forms

from lic_site.accounts.models import Person
from lic_site.common.widgets import DateParts
from lic_site.concerns.policies import WHO_SEES


class ContactForm(forms.Form):
    what_for = forms.CharField(
        label="What they are for",
        help_text="One line, as whoever raises a concern reads it beside the name.",
        max_length=200,
        error_messages={"required": "Write what they are for."},
    )
    starts_on = forms.DateField(
        label="From",
        widget=DateParts,
        error_messages={"required": "Give the first day.", "invalid": "This is not a date."},
    )
    ends_on = forms.DateField(
        label="Until",
        help_text="The last day. Their right to read ends with it.",
        widget=DateParts,
        error_messages={"required": "Give the last day.", "invalid": "This is not a date."},
    )
    who_sees = {"what_for": WHO_SEES["contact"]}
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first: change one of them.")
        return cleaned


class NewContactForm(ContactForm):
    """The reader is found by the address they sign in with."""

    email = forms.EmailField(
        label="Their e-mail address",
        help_text="The one with which they sign in here.",
        error_messages={
            "required": "Write their e-mail address.",
            "invalid": "Write an address like name@example.com.",
        },
    )
    field_order = ["email", "what_for", "starts_on", "ends_on"]
    person: Person

    def clean_email(self) -> str:
        found = Person.objects.filter(
            erased_at=None,
            user__isnull=False,
            addresses__email__iexact=self.cleaned_data["email"],
            addresses__verified_at__isnull=False,
        ).first()
        if found is None:
            raise forms.ValidationError(
                "Nobody signs in with this address. Check it, or ask them to sign up first."
            )
        self.person = found
        return str(self.cleaned_data["email"])
