"""The programme's own record: aims, legal ground, money."""

from django import forms

from cohorts.programme.models import Funding, PositiveActionRecord, Programme, Strand
from lic_site.common.widgets import DateParts


class ProgrammeForm(forms.ModelForm[Programme]):
    class Meta:
        model = Programme
        fields = ["name", "aims", "starts_on", "ends_on"]
        labels = {"starts_on": "First day", "ends_on": "Last day"}
        widgets = {"starts_on": DateParts, "ends_on": DateParts}


class StrandForm(forms.ModelForm[Strand]):
    class Meta:
        model = Strand
        fields = ["summary"]
        labels = {"summary": "What this strand does"}


class PositiveActionForm(forms.ModelForm[PositiveActionRecord]):
    class Meta:
        model = PositiveActionRecord
        fields = ["evidence", "aim", "proportionality", "review_on"]
        labels = {
            "evidence": "Evidence of disadvantage or low participation",
            "aim": "Aim of the action",
            "proportionality": "Why the action is proportionate",
            "review_on": "The evidence is looked at again on",
        }
        widgets = {"review_on": DateParts}


class FundingForm(forms.ModelForm[Funding]):
    class Meta:
        model = Funding
        fields = ["source", "year", "allocated", "committed", "spent"]
        labels = {
            "year": "Financial year begins in",
            "allocated": "Allocated, in pounds",
            "committed": "Committed, in pounds",
            "spent": "Spent, in pounds",
        }
        help_texts = {
            "year": "The year in which it begins: 2026 for 2026/27.",
            "committed": "Promised to somebody, spent or not.",
        }

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2015 <= year <= 2100:
            raise forms.ValidationError("Enter the year in full, such as 2026.")
        return year

    def _get_validation_exclusions(self) -> set[str]:
        """The programme is not asked for, but 'one line a source and year' is held within it."""
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out - {"programme"}
