"""What people fill in about messages."""

from collections.abc import Iterator
from typing import Any

from django import forms

from lic_site.accounts.models import Person
from lic_site.notices.enums import State
from lic_site.notices.models import NoticePreference
from lic_site.notices.protocol import kinds
from lic_site.notices.services.preferences import optional_kinds


class PreferencesForm(forms.Form):
    """The optional kinds a person wants."""

    mark_optional = False

    wanted = forms.MultipleChoiceField(
        label="Send me",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [(kind.name, kind.title) for kind in optional_kinds()]
        off = set(NoticePreference.objects.filter(person=person).values_list("kind", flat=True))
        field: Any = self.fields["wanted"]
        field.choices = self.kinds
        field.initial = [name for name, _ in self.kinds if name not in off]

    def choices(self) -> Iterator[tuple[str, bool]]:
        """Each optional kind and whether it is wanted."""
        wanted = set(self.cleaned_data["wanted"])
        for name, _ in self.kinds:
            yield name, name in wanted


class SearchForm(forms.Form):
    """Narrows the staff's list of messages."""

    mark_optional = False

    q = forms.CharField(label="Name or e-mail address", required=False, max_length=100)
    kind = forms.ChoiceField(label="Message", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = sorted((kind.title, name) for name, kind in kinds().items())
        field: Any = self.fields["kind"]
        field.choices = [("", "Any"), *((name, title) for title, name in titles)]
