"""Leaving a cohort and going on in another, for participants and for staff; certificates."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cohorts.programme.enums import EnrolmentReason as Reason
from cohorts.programme.models import Cohort

DEFER, WITHDRAW = "defer", "withdraw"
OWN_REASONS = [
    (Reason.WORKLOAD, "My work leaves no time"),
    (Reason.RELEASE, "My employer cannot release me"),
    (Reason.NEW_JOB, "I have a new job"),
    (Reason.PERSONAL, "Personal or family reasons"),
    (Reason.HEALTH, "My health"),
    (Reason.DATES, "The dates do not work for me"),
    (Reason.FIT, "The programme is not the right one for me"),
    (Reason.OTHER, "Another reason"),
    (Reason.NOT_SAID, "I prefer not to say"),
]
"""As the participant says them."""


class CohortField(forms.ModelChoiceField[Cohort]):
    """Cohorts by name and first day."""

    def label_from_instance(self, obj: Cohort) -> str:
        return f"{obj.name}, from {obj.starts_on.day} {obj.starts_on:%B %Y}"


class LeaveForm(forms.Form):
    """A participant leaves, for now or for good."""

    mark_optional = False
    how = forms.ChoiceField(
        label="What would you like to do?",
        choices=[
            (DEFER, "Defer: stop for now, and go on in a later cohort"),
            (WITHDRAW, "Leave: give up my place"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you defer or leave."},
    )
    until = CohortField(
        queryset=Cohort.objects.none(),
        label="If you defer: where would you like to go on?",
        help_text="A wish, not a booking: we write to you about your place.",
        empty_label="I do not know yet",
        required=False,
    )
    reason = forms.ChoiceField(
        label="Why?",
        choices=OWN_REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason. You can choose ‘I prefer not to say’."},
    )

    def __init__(self, *args: Any, later: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = self.fields["until"]
        assert isinstance(until, CohortField)  # noqa: S101 (for the checker)
        until.queryset = later
        if not later:
            del self.fields["until"]

    @property
    def defers(self) -> bool:
        return bool(self.cleaned_data["how"] == DEFER)

    @property
    def why(self) -> Reason:
        return Reason(self.cleaned_data["reason"])

    @property
    def later(self) -> Cohort | None:
        return self.cleaned_data.get("until") if self.defers else None


class _NoteForm(forms.Form):
    mark_optional = True
    note = forms.CharField(
        label="Note",
        help_text="Seen by Staff College alone.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"data-rows": 3}),
    )

    def said(self) -> dict[str, Any]:
        """What the verb is told beside whose place it is."""
        return dict(self.cleaned_data)


class NoteForm(_NoteForm):
    """Bringing somebody back, or undoing a completion."""


class ReasonForm(_NoteForm):
    reason = forms.ChoiceField(
        label="Why?",
        choices=Reason,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason. ‘Prefers not to say’ is one."},
    )
    field_order = ["reason", "note"]

    def said(self) -> dict[str, Any]:
        return super().said() | {"reason": Reason(self.cleaned_data["reason"])}


class DeferForm(ReasonForm):
    until = CohortField(
        queryset=Cohort.objects.none(),
        label="Where do they mean to go on?",
        empty_label="Not known yet",
        required=False,
    )
    field_order = ["reason", "until", "note"]

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "until", cohorts)


class ResumeForm(forms.Form):
    to = CohortField(
        queryset=Cohort.objects.none(),
        label="Cohort",
        empty_label="Choose a cohort",
        error_messages={"required": "Choose the cohort in which they go on."},
    )

    def __init__(self, *args: Any, cohorts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "to", cohorts)

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TransferForm(ResumeForm, ReasonForm):
    field_order = ["to", "reason", "note"]

    def said(self) -> dict[str, Any]:
        return ReasonForm.said(self)


def _offer(form: forms.Form, name: str, cohorts: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, CohortField)  # noqa: S101 (for the checker)
    field.queryset = cohorts


class CompleteForm(forms.Form):
    """Who completes; for whoever attended less than is asked for, why all the same."""

    mark_optional = False

    def __init__(self, *args: Any, places: Iterable[int], short: Iterable[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.short = set(short)
        self.fields["chosen"] = forms.TypedMultipleChoiceField(
            label="Who completes",
            choices=[(str(pk), str(pk)) for pk in places],
            coerce=int,
            error_messages={"required": "Tick at least one person."},
        )
        for pk in sorted(self.short):
            self.fields[f"reason_{pk}"] = forms.CharField(
                label="Why all the same", required=False, max_length=300
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for pk in self.short & set(cleaned.get("chosen", [])):
            if not cleaned.get(f"reason_{pk}", "").strip():
                self.add_error(
                    f"reason_{pk}", "Say why they complete all the same, or take the tick away."
                )
        return cleaned

    def reasons(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"reason_{pk}"] for pk in self.short}


class CertificateForm(forms.Form):
    mark_optional = False
    name = forms.CharField(
        label="Name as printed",
        max_length=170,
        error_messages={"required": "Write the name as it should be printed."},
    )
    family_name = forms.CharField(
        label="Last name",
        help_text="Asked for when somebody checks the certificate.",
        max_length=80,
        error_messages={"required": "Write the last name, or the one name they have."},
    )


class CheckForm(forms.Form):
    """Anybody checks a certificate."""

    mark_optional = False
    number = forms.CharField(
        label="Number of the certificate",
        help_text="Sixteen letters and numbers in four groups, such as 7K4M-9PQX-3BDT-W8HN.",
        max_length=60,
        error_messages={"required": "Write the number that is printed on the certificate."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    family_name = forms.CharField(
        label="Last name",
        help_text="As printed on the certificate. Accents, hyphens and capital letters do not "
        "matter.",
        max_length=120,
        error_messages={"required": "Write the last name that is printed on the certificate."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
