"""'Have you done …?'"""

from typing import Any

from django import forms

from cohorts.programme.enums import Route
from cohorts.programme.services.routes import Done


class RouteForm(forms.Form):
    """One other leadership programme."""

    mark_optional = False

    route = forms.ChoiceField(
        label="Which programme?",
        choices=Route.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which programme."},
    )
    title = forms.CharField(label="Its name, if it is another one", max_length=120, required=False)
    year = forms.IntegerField(
        label="The year it began, if you know it",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Enter a year in four figures, such as 2021."},
    )
    is_completed = forms.ChoiceField(
        label="Was it completed?",
        choices=[("yes", "Yes"), ("no", "No, or not yet")],
        widget=forms.RadioSelect,
        initial="yes",
        error_messages={"required": "Say whether it was completed."},
    )

    @property
    def done(self) -> Done:
        said: dict[str, Any] = self.cleaned_data
        route = Route(said["route"])
        return Done(
            route=route,
            title=" ".join(said["title"].split()) if route == Route.OTHER else "",
            year=said["year"],
            is_completed=said["is_completed"] == "yes",
        )
