"""When a page or a question is asked."""

from typing import Any

from django import forms

from lic_site.surveys.definition import Condition, Question
from lic_site.surveys.enums import CHOICES, SCORED, Test

_BY_ANSWERS = frozenset({Test.ANY_OF, Test.NONE_OF})
_BY_NUMBER = frozenset({Test.AT_LEAST, Test.AT_MOST})


class ConditionForm(forms.Form):
    """About one earlier question: its answers, a number, or that it is answered at all."""

    test = forms.ChoiceField(
        label="Ask only if the answer",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how to look at the answer."},
    )
    values = forms.MultipleChoiceField(
        label="Which answers",
        help_text="For ‘is any of’ and ‘is none of’.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    number = forms.FloatField(
        label="Which number",
        help_text="For ‘is at least’ and ‘is at most’. On a scale it is the score.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": "Write a number."},
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, asked: Question, when: Condition | None) -> None:
        """``asked``: the earlier question; ``when``: the condition so far."""
        self.asked = asked
        super().__init__(data, initial=_initial(when) if when else {})
        tests = [each for each in Test if _suits(each, asked)]
        self.fields["test"].choices = [  # type: ignore[attr-defined]
            (each.value, each.label) for each in tests
        ]
        self.fields["values"].choices = [  # type: ignore[attr-defined]
            (each.code, each.words) for each in asked.options
        ]
        if asked.kind not in CHOICES:
            del self.fields["values"]
        if asked.kind not in SCORED:
            del self.fields["number"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        test = cleaned.get("test")
        if test in _BY_ANSWERS and not cleaned.get("values"):
            self.add_error("values", "Choose at least one answer.")
        if test in _BY_NUMBER and cleaned.get("number") is None and not self.errors:
            self.add_error("number", "Write the number.")
        return cleaned

    def given(self) -> Condition:
        test = Test(self.cleaned_data["test"])
        values: tuple[str, ...] = ()
        if test in _BY_ANSWERS:
            values = tuple(self.cleaned_data["values"])
        elif test in _BY_NUMBER:
            values = (f"{self.cleaned_data['number']:g}",)
        return Condition(question=self.asked.code, test=test, values=values)


def _suits(test: Test, asked: Question) -> bool:
    if test in _BY_ANSWERS:
        return asked.kind in CHOICES
    return test == Test.ANSWERED or asked.kind in SCORED


def _initial(when: Condition) -> dict[str, Any]:
    number = when.values[0] if when.test in _BY_NUMBER and when.values else ""
    return {"test": when.test, "values": list(when.values), "number": number}
