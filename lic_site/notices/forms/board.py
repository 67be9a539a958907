"""What narrows the staff's list of messages, and what they do to many of them."""

from typing import Any

from django import forms

from lic_site.notices.enums import CAME_BACK, Reason, State
from lic_site.notices.protocol import kinds

STATES = [("", "Any"), *State.choices, (CAME_BACK, "Sent, and came back")]


class SearchForm(forms.Form):
    """Narrows the staff's list of messages."""

    mark_optional = False

    q = forms.CharField(label="Name or e-mail address", required=False, max_length=100)
    kind = forms.ChoiceField(label="Message", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=STATES)
    since = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.ChoiceField(
        required=False, choices=[("", "Any"), *Reason.choices], widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [kind for kind in kinds().values() if not getattr(kind, "private", False)]
        titles = sorted((kind.title, kind.name) for kind in shown)
        field: Any = self.fields["kind"]
        field.choices = [("", "Any"), *((name, title) for title, name in titles)]


class NarrowForm(forms.Form):
    """What links alone say: one person, one rule, one record that the message is about."""

    person = forms.IntegerField(required=False, min_value=1)
    rule = forms.IntegerField(required=False, min_value=1)
    about = forms.IntegerField(required=False, min_value=1)


DO = (
    ("retry", "Send again"),
    ("release", "Release"),
    ("hold", "Hold"),
    ("cancel", "Cancel"),
)


class ManyForm(forms.Form):
    """What to do, and to which: those ticked, or all that the list shows, on every page of it."""

    do = forms.ChoiceField(choices=DO)
    all = forms.BooleanField(required=False)
    last = forms.IntegerField(required=False, min_value=0)
    """The newest message when staff looked: what came later is left alone."""
