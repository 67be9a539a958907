"""One page of a questionnaire as a form."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from lic_site.surveys.answers import SCORES, read
from lic_site.surveys.definition import Question
from lic_site.surveys.enums import Kind
from lic_site.surveys.journey import field_name

NO_ANSWER = ("", "I would rather not answer")
"""Offered beside radios once one is chosen, since a radio cannot be taken back."""
_SHORTEST_ROWS, _ROWS = 2, 5


class AnswerField(forms.Field):
    """One question. What it means to answer it is for ``answers.read`` to say."""

    def __init__(self, question: Question, words: str, typed: Sequence[str]) -> None:
        self.question, self.words = question, words
        self.is_list = question.kind == Kind.MULTIPLE
        super().__init__(
            label=words,
            help_text=question.hint,
            required=question.required,
            widget=_widget(question, typed),
        )
        self.template_name = _TEMPLATES.get(question.kind)

    def clean(self, value: Any) -> tuple[str, ...]:
        """The values that are kept."""
        typed = value if self.is_list else [value]
        found = read(self.question, [each for each in typed or () if each], words=self.words)
        if found.problem:
            raise forms.ValidationError(found.problem)
        return found.values

    def initial_of(self, typed: Sequence[str]) -> Any:
        return list(typed) if self.is_list else next(iter(typed), "")


class AnswersForm(forms.Form):
    """``typed`` is what was typed so far, by the question's code. With ``is_asked`` the page shows
    it without judging it.
    """

    use_required_attribute = False

    def __init__(
        self,
        questions: Iterable[Question],
        typed: Mapping[str, Sequence[str]],
        *,
        audience: str = "",
        is_asked: bool = True,
        words_seen: str = "",
    ) -> None:
        asked = list(questions)
        data = {field_name(each): list(typed.get(each.code, ())) for each in asked}
        super().__init__(None if is_asked else MultiValueDict(data))
        self.who_sees: dict[str, str] = {}
        for each in asked:
            given, name = typed.get(each.code, ()), field_name(each)
            field = AnswerField(each, each.words_for(audience), given)
            self.fields[name] = field
            self.initial[name] = field.initial_of(given)
            if each.kind == Kind.LONG and words_seen:
                self.who_sees[name] = words_seen
        if len(asked) == 1:
            self.heading_field = field_name(asked[0])


def _widget(question: Question, typed: Sequence[str]) -> forms.Widget:
    choices = [(option.code, option.words) for option in question.options]
    if question.kind == Kind.SCORE:
        choices = [(score, score) for score in SCORES]
    if not question.required and any(typed):
        choices.append(NO_ANSWER)
    match question.kind:
        case Kind.MULTIPLE:
            return forms.CheckboxSelectMultiple(choices=choices[: len(question.options)])
        case Kind.NUMBER:
            return forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "class": "lic-number"}
            )
        case Kind.SHORT:
            return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        case Kind.LONG:
            rows = _SHORTEST_ROWS if question.longest < 300 else _ROWS
            return forms.Textarea(
                attrs={"dir": "auto", "data-rows": rows, "maxlength": question.longest}
            )
    return forms.RadioSelect(choices=choices)


_TEMPLATES = {
    Kind.SCALE: "surveys/answering/_scale.html",
    Kind.SCORE: "surveys/answering/_score.html",
}
