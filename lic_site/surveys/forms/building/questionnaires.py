"""A questionnaire as staff call it; its pages; what is said at the end."""

from typing import Any

from django import forms

from lic_site.surveys.definition import Definition, Section
from lic_site.surveys.editing.faults import LONGEST_INTRO, LONGEST_TITLE
from lic_site.surveys.enums import Level

STATES = [
    ("", "In use"),
    ("draft", "With a draft"),
    ("retired", "Retired"),
]


class FilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False)
    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "All levels"), *Level.choices]
    )
    state = forms.ChoiceField(label="Show", required=False, choices=STATES)


class NameForm(forms.Form):
    name = forms.CharField(
        label="Name",
        help_text="Whoever answers reads it above the questions, too.",
        max_length=120,
        error_messages={"required": "Give it a name."},
    )
    use_required_attribute = False


class DescribeForm(NameForm):
    level = forms.ChoiceField(
        label="What it asks about",
        help_text="One of Kirkpatrick’s four levels of evaluation.",
        choices=Level.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a level."},
    )
    summary = forms.CharField(
        label="What it is for, and when to use it",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SectionForm(forms.Form):
    """One page."""

    title = forms.CharField(
        label="Heading of the page",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Give the page a heading."},
    )
    intro = forms.CharField(
        label="Introduction",
        help_text="Stands above the questions. An empty line begins a new paragraph.",
        max_length=LONGEST_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, section: Section | None = None) -> None:
        initial = {"title": section.title, "intro": section.intro} if section else {}
        super().__init__(data, initial=initial)


class ClosingForm(forms.Form):
    closing = forms.CharField(
        label="What happens next",
        help_text="For whoever has answered: who reads it, and when they hear what came of it.",
        max_length=LONGEST_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None, *, definition: Definition) -> None:
        super().__init__(data, initial={"closing": definition.closing})


class MoveForm(forms.Form):
    """To which page a question goes."""

    section = forms.ChoiceField(label="Page")

    def __init__(self, data: Any = None, *, definition: Definition, question: str) -> None:
        super().__init__(data)
        elsewhere = [
            (each.code, each.title)
            for each in definition.sections
            if all(one.code != question for one in each.questions)
        ]
        self.fields["section"].choices = elsewhere  # type: ignore[attr-defined]
        self.can_move = bool(elsewhere)
