"""Checking comments, keeping themes and checkers, saying what was done."""

from typing import Any

from django import forms
from django.db.models import Q

from lic_site.accounts.models import Person
from lic_site.accounts.policies import PEOPLE_STAFF
from lic_site.surveys.comments import checkers
from lic_site.surveys.definition import HIGHEST_LIMIT
from lic_site.surveys.models import Comment, Theme


class CheckForm(forms.Form):
    """What was written, to be changed in place, and what it is about."""

    text = forms.CharField(
        label="The comment",
        help_text=(
            "Take out names, places, roles and stories by which somebody could be recognised. "
            "Put a word in square brackets in their place, such as [a colleague]. Leave the rest "
            "as it was written."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=HIGHEST_LIMIT,
        required=False,
    )
    themes = forms.ModelMultipleChoiceField(
        label="What it is about",
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    use_required_attribute = False
    mark_optional = False

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = comment.themes.values("pk")
        offered = Theme.objects.filter(Q(retired_at=None) | Q(pk__in=chosen))
        self.fields["themes"].queryset = offered  # type: ignore[attr-defined]


class ThemeForm(forms.Form):
    name = forms.CharField(
        label="Name of the theme",
        max_length=60,
        error_messages={"required": "Write a name for the theme."},
    )
    use_required_attribute = False


class CheckerForm(forms.Form):
    person = forms.ModelChoiceField(
        label="Who checks comments",
        queryset=Person.objects.none(),
        empty_label="Choose somebody",
        error_messages={
            "required": "Choose somebody.",
            "invalid_choice": "Choose somebody from the list.",
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = Person.objects.filter(
            erased_at=None, merged_into=None, grants__role__in=PEOPLE_STAFF
        ).exclude(pk=by.pk)
        free = staff.exclude(comment_checking__in=checkers())
        self.fields["person"].queryset = free.distinct()  # type: ignore[attr-defined]


class DeedForm(forms.Form):
    said = forms.CharField(
        label="You said",
        help_text="In a sentence, as a sum of what several people said. Quote nobody.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what people said."},
    )
    did = forms.CharField(
        label="We did",
        help_text="What has changed, or will and by when. If nothing can change, say why.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was done about it."},
    )
    use_required_attribute = False
