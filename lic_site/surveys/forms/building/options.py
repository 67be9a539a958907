"""The answers to choose from, a row each."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from lic_site.surveys.definition import Option
from lic_site.surveys.editing.faults import LONGEST_OPTION

SAME, OTHER = "same", "other"
MEANS = [
    (SAME, "Still the same, in other words: counted together with earlier answers"),
    (OTHER, "Something else: counted apart from earlier answers"),
]
MOST_ROWS = 60


class RowForm(forms.Form):
    """One answer. Its meaning is asked for if it was published in other words."""

    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    words = forms.CharField(label="Answer", required=False, max_length=LONGEST_OPTION)
    score = forms.IntegerField(
        label="Score",
        required=False,
        min_value=-100,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3}),
        error_messages={"invalid": "Write a whole number, or leave it empty."},
    )
    means = forms.ChoiceField(
        label="What does it mean now?", choices=MEANS, required=False, widget=forms.RadioSelect
    )
    use_required_attribute = False

    def __init__(
        self, data: Any, *, number: int, option: Option | None, scored: bool, published: str
    ) -> None:
        """``published``: the words it had last when it was published, or nothing."""
        initial = (
            {"code": option.code, "words": option.words, "score": option.score} if option else {}
        )
        super().__init__(data, prefix=f"option-{number}", initial={**initial, "means": SAME})
        self.number, self.option, self.published = number, option, published
        self.fields["words"].label = f"Answer {number}"
        if not scored:
            del self.fields["score"]
        self.asks = self._is_renamed()
        if not self.asks:
            del self.fields["means"]

    def _is_renamed(self) -> bool:
        if not self.is_bound or self.option is None or not self.published:
            return False
        typed = str(self.data.get(self.add_prefix("words"), "")).strip()
        return bool(typed) and typed not in {self.published, self.option.words}

    @property
    def waits(self) -> bool:
        """Nobody has said yet what the new words mean."""
        return self.asks and self.add_prefix("means") not in self.data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.option and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Write the answer, or remove it with its button.")
        elif not self.option and not cleaned.get("words") and cleaned.get("score") is not None:
            self.add_error("words", "Write the answer that has this score.")
        if self.waits:
            self.add_error("means", "The words have changed: say what the answer means now.")
        return cleaned

    def given(self) -> Option | None:
        """None for a row that was left empty."""
        if not self.cleaned_data["words"]:
            return None
        is_other = self.cleaned_data.get("means") == OTHER
        return Option(
            code=self.option.code if self.option and not is_other else "",
            words=self.cleaned_data["words"],
            score=self.cleaned_data.get("score"),
        )


class OptionRows:
    """Every row: those of the options there are, and some that are empty."""

    def __init__(
        self,
        data: Any,
        *,
        options: tuple[Option, ...],
        scored: bool,
        published: Mapping[str, str],
        spare: int,
    ) -> None:
        self.data = data
        by_code = {each.code: each for each in options}
        rows: list[Option | None] = [*options, *[None] * spare]
        if data is not None:
            count = min(int(data.get("rows")), MOST_ROWS) if _is_count(data) else 0
            codes = [data.get(f"option-{number}-code", "") for number in range(1, count + 1)]
            rows = [by_code.get(code) for code in codes]
        self.rows = [
            RowForm(
                data,
                number=number,
                option=option,
                scored=scored,
                published=published.get(option.code, "") if option else "",
            )
            for number, option in enumerate(rows, start=1)
        ]
        self.is_scored = scored

    def __iter__(self) -> Iterator[RowForm]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def is_valid(self) -> bool:
        return all(row.is_valid() for row in self.rows)

    def given(self) -> tuple[Option, ...]:
        return tuple(option for row in self.rows if (option := row.given()) is not None)


def _is_count(data: Any) -> bool:
    return str(data.get("rows", "")).isdecimal()
