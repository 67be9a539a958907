"""Reading and deciding."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from cohorts.programme.enums import AdjustmentState
from cohorts.programme.models import Application, Criterion, Review
from cohorts.programme.selection import MAX_POINTS
from cohorts.programme.services.reading import Mark
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Person
from lic_site.common.widgets import DateParts

POINTS = [(str(points), str(points)) for points in range(MAX_POINTS + 1)]


class SearchForm(forms.Form):
    mark_optional = False
    q = forms.CharField(label="Name or e-mail address", required=False)


class DueForm(forms.Form):
    due_on = forms.DateField(label="Scores are due by", widget=DateParts)

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError("Choose today or a later day.")
        return due_on


class PeopleField(forms.ModelMultipleChoiceField[Person]):
    """People by name."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.name


class ReadersForm(DueForm):
    """Up to two readers for one application."""

    def __init__(self, *args: Any, panel: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["readers"] = PeopleField(
            queryset=Person.objects.filter(pk__in=[person.pk for person in panel]),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text="Two at most.",
        )
        self.order_fields(["readers", "due_on"])


class ScoreForm(forms.Form):
    """Points and a note for each criterion, and a comment on the whole."""

    mark_optional = False

    def __init__(
        self, *args: Any, criteria: Iterable[Criterion], review: Review, **kwargs: Any
    ) -> None:
        self.criteria = list(criteria)
        kwargs["initial"] = self._saved(review)
        super().__init__(*args, **kwargs)
        for criterion in self.criteria:
            self.fields[f"points_{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                choices=POINTS,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect(attrs={"data-inline": True}),
                required=False,
            )
            self.fields[f"note_{criterion.pk}"] = forms.CharField(
                label=f"Note on {criterion.name[:1].lower()}{criterion.name[1:]}",
                widget=forms.Textarea(attrs={"data-rows": 2}),
                required=False,
            )
        self.fields["comment"] = forms.CharField(
            label="Anything else",
            help_text="What stood out, and what the applicant could take from it. Write it as you "
            "would say it to them.",
            widget=forms.Textarea(attrs={"data-rows": 4}),
            required=False,
        )

    @staticmethod
    def _saved(review: Review) -> dict[str, Any]:
        saved: dict[str, Any] = {"comment": review.comment}
        for score in review.scores.all():
            saved[f"points_{score.criterion_id}"] = score.points
            saved[f"note_{score.criterion_id}"] = score.note
        return saved

    def marks(self) -> dict[int, Mark]:
        return {
            criterion.pk: Mark(
                points=self.cleaned_data[f"points_{criterion.pk}"],
                note=self.cleaned_data[f"note_{criterion.pk}"],
            )
            for criterion in self.criteria
        }

    def unscored(self) -> bool:
        """Mark each criterion without points as wrong; says whether there is one."""
        missing = [each for each in self.criteria if self.marks()[each.pk].points is None]
        for criterion in missing:
            self.add_error(f"points_{criterion.pk}", f"Choose the points for {criterion.name}.")
        return bool(missing)


class RecuseForm(forms.Form):
    reason = forms.CharField(
        label="Why do you step aside?",
        help_text="A few words, such as ‘I used to manage this person’. Staff College alone "
        "reads it.",
        widget=forms.Textarea(attrs={"data-rows": 3}),
        error_messages={"required": "Say why you step aside, in a few words."},
    )


class BoardForm(forms.Form):
    """Narrow the board."""

    mark_optional = False
    state = forms.ChoiceField(label="Where it is", required=False)
    grade = forms.ChoiceField(
        label="Grade", required=False, choices=[("", "Every grade"), *GradeBand.choices]
    )
    borough = forms.ChoiceField(label="Borough", required=False)
    top = forms.IntegerField(label="Show balance for the top", required=False, min_value=1)
    wide = forms.BooleanField(label="Readers far apart only", required=False)

    def __init__(
        self, *args: Any, boroughs: Iterable[str], states: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, every, choices in (
            ("borough", "Every borough", [(label, label) for label in boroughs]),
            ("state", "Everywhere", list(states)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the checker)
            field.choices = [("", every), *choices]


class DecisionForm(forms.Form):
    """Why, for the record; and for those who are not offered a place, what they read."""

    reason = forms.CharField(
        label="Reason",
        help_text="Kept with each decision. Staff College alone reads it.",
        widget=forms.Textarea(attrs={"data-rows": 2}),
        error_messages={"required": "Give a reason. It is kept with each decision."},
    )

    def __init__(self, *args: Any, unread: int = 0, **kwargs: Any) -> None:
        """``unread``: how many of them two people have not read yet."""
        super().__init__(*args, **kwargs)
        if unread:
            self.fields["unread_accepted"] = forms.BooleanField(
                label="Decide all the same",
                error_messages={
                    "required": "Tick ‘Decide all the same’, or go back and wait until two "
                    "people have read each application."
                },
            )


class FeedbackForm(DecisionForm):
    """Feedback for everybody, and in its place or after it words for one person."""

    def __init__(self, *args: Any, applications: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.applications = list(applications)
        self.fields["common"] = forms.CharField(
            label="Feedback for everybody below",
            help_text="Each of them reads this, followed by their own.",
            widget=forms.Textarea(attrs={"data-rows": 4}),
            required=False,
        )
        for application in self.applications:
            self.fields[f"feedback_{application.pk}"] = forms.CharField(
                label=f"Feedback for {application.reference}",
                widget=forms.Textarea(attrs={"data-rows": 3}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for application in self.applications:
            if not self.words(application):
                self.add_error(
                    f"feedback_{application.pk}",
                    f"Write feedback for {application.reference}, or for everybody.",
                )
        return data

    def words(self, application: Application) -> str:
        parts = (
            self.cleaned_data.get("common"),
            self.cleaned_data.get(f"feedback_{application.pk}"),
        )
        return "\n\n".join(part.strip() for part in parts if part and part.strip())

    def feedback(self) -> dict[Application, str]:
        return {application: self.words(application) for application in self.applications}


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label="Why is the offer taken back?",
        help_text="Kept with the application. The applicant does not read it.",
        widget=forms.Textarea(attrs={"data-rows": 3}),
        error_messages={"required": "Give a reason. It is kept with the application."},
    )


class AdjustmentForm(forms.Form):
    state = forms.ChoiceField(
        label="Where is it?", choices=AdjustmentState, widget=forms.RadioSelect
    )
    reply = forms.CharField(
        label="What the applicant reads", widget=forms.Textarea(attrs={"data-rows": 4})
    )
