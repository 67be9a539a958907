"""One question: what its kind needs, and nothing else."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lic_site.surveys.definition import HIGHEST_LIMIT, Option, Question
from lic_site.surveys.editing.faults import (
    LONGEST_HINT,
    LONGEST_ITEM,
    LONGEST_OPTION,
    LONGEST_QUESTION,
)
from lic_site.surveys.enums import CHOICES, SCORED, WORDS, Kind, Occasion
from lic_site.surveys.forms.building.options import OptionRows

SPARE, SPARE_AT_FIRST = 1, 4
"""Empty rows below the answers there are; below none."""
AUDIENCE = "words_for_"
_OF_KINDS = {
    "low_words": {Kind.SCORE},
    "high_words": {Kind.SCORE},
    "lowest": {Kind.NUMBER},
    "highest": {Kind.NUMBER},
    "max_length": WORDS,
    "item": SCORED,
    "occasion": SCORED,
    "is_cut": {Kind.SINGLE},
}


class QuestionForm(forms.Form):
    words = forms.CharField(
        label="Question",
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write what it asks."},
    )
    hint = forms.CharField(
        label="Hint",
        help_text="Stands below the question, in smaller letters.",
        max_length=LONGEST_HINT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    required = forms.BooleanField(label="It must be answered", required=False)
    low_words = forms.CharField(label="What 0 means", max_length=LONGEST_OPTION, required=False)
    high_words = forms.CharField(label="What 10 means", max_length=LONGEST_OPTION, required=False)
    lowest = forms.FloatField(
        label="Lowest number",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "Write a number, or leave it empty."},
    )
    highest = forms.FloatField(
        label="Highest number",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "Write a number, or leave it empty."},
    )
    max_length = forms.IntegerField(
        label="Longest answer, in characters",
        help_text="Left empty, it is 200 for a few words and 2,000 for a longer answer.",
        required=False,
        min_value=1,
        max_value=HIGHEST_LIMIT,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    item = forms.SlugField(
        label="What it measures",
        help_text="A short name, such as ‘lead’. Surveys that ask the same are compared by it: use "
        "the same name at the start and at the end.",
        max_length=LONGEST_ITEM,
        required=False,
        error_messages={"invalid": "Use letters, figures, low lines and hyphens alone."},
    )
    occasion = forms.ChoiceField(
        label="Of which time it asks",
        choices=Occasion.choices,
        initial=Occasion.NOW,
        required=False,
        widget=forms.RadioSelect,
    )
    is_cut = forms.BooleanField(
        label="Results may be shown by its answers",
        help_text="Where enough people gave each. Three questions at most.",
        required=False,
    )
    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        kind: Kind,
        question: Question | None = None,
        begin_with: tuple[Option, ...] = (),
        audiences: Mapping[str, str],
        published: Mapping[str, str],
    ) -> None:
        """``begin_with``: the answers of a ready scale. ``audiences``: what each is called, by its
        name. ``published``: the words of its options when they were published last, by code.
        """
        self.kind, self.question = kind, question
        initial = _initial(question) if question else {}
        super().__init__(data, initial=initial)
        for name, kinds in _OF_KINDS.items():
            if kind not in kinds:
                del self.fields[name]
        said = question.other_words if question else {}
        for audience, label in {**dict.fromkeys(said, ""), **audiences}.items():
            self.fields[AUDIENCE + audience] = forms.CharField(
                label=label or f"‘{audience}’",
                max_length=LONGEST_QUESTION,
                required=False,
                initial=said.get(audience, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        options = question.options if question else begin_with
        self.rows = OptionRows(
            data,
            options=options if kind in CHOICES else (),
            scored=kind == Kind.SCALE,
            published=published,
            spare=0 if kind not in CHOICES else SPARE if options else SPARE_AT_FIRST,
        )

    @property
    def plain(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith(AUDIENCE)]

    @property
    def other(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(AUDIENCE)]

    @property
    def says_other(self) -> bool:
        return any(field.value() for field in self.other)

    def is_valid(self) -> bool:
        fine = super().is_valid()
        return self.rows.is_valid() and fine

    def given(self) -> Question:
        """As typed. Without a code if it is new; options that are new, too."""
        clean = self.cleaned_data
        return Question(
            code=self.question.code if self.question else "",
            kind=self.kind,
            words=clean["words"],
            hint=clean["hint"],
            required=clean["required"],
            options=self.rows.given(),
            low_words=clean.get("low_words", ""),
            high_words=clean.get("high_words", ""),
            lowest=clean.get("lowest"),
            highest=clean.get("highest"),
            max_length=clean.get("max_length") or 0,
            item=clean.get("item", ""),
            occasion=Occasion(clean.get("occasion") or Occasion.NOW),
            is_cut=clean.get("is_cut", False),
            other_words={
                name.removeprefix(AUDIENCE): words
                for name, words in clean.items()
                if name.startswith(AUDIENCE) and words
            },
        )


def _initial(question: Question) -> dict[str, Any]:
    return {
        "words": question.words,
        "hint": question.hint,
        "required": question.required,
        "low_words": question.low_words,
        "high_words": question.high_words,
        "lowest": _plain(question.lowest),
        "highest": _plain(question.highest),
        "max_length": question.max_length or None,
        "item": question.item,
        "occasion": question.occasion,
        "is_cut": question.is_cut,
    }


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
