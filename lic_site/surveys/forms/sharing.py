"""With whom to share an answer."""

from collections.abc import Mapping
from typing import Any

from django import forms

from lic_site.accounts.models import Person


class ShareForm(forms.Form):
    relation = forms.ChoiceField(
        label="With whom?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose with whom to share it."},
    )

    def __init__(self, *args: Any, companions: Mapping[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [  # type: ignore[attr-defined]
            (relation, f"{person.name} – {relation[:1].lower()}{relation[1:]}")
            for relation, person in companions.items()
        ]
