"""What a reader writes about a concern."""

from typing import Any

from django import forms

from lic_site.common.widgets import DateParts
from lic_site.concerns.enums import Outcome
from lic_site.concerns.forms.raising import long_text
from lic_site.concerns.models import Contact
from lic_site.concerns.policies import WHO_SEES


class WordsForm(forms.Form):
    """Words, each act with its own."""

    use_required_attribute = False
    text: Any = long_text("Your words", required="Write something first.")


class AcknowledgeForm(WordsForm):
    text = long_text("A first answer", help_text="They read it with the acknowledgement.", rows=5)
    who_sees = {"text": WHO_SEES["reply"]}


class LookIntoForm(forms.Form):
    """Nothing to write: the button alone."""


class ReplyForm(WordsForm):
    text = long_text("Your reply", required="Write your reply.")
    who_sees = {"text": WHO_SEES["reply"]}


class NoteForm(WordsForm):
    text = long_text("Your note", required="Write your note.")
    who_sees = {"text": WHO_SEES["private"]}


class ActionForm(WordsForm):
    text = long_text("What will be done", required="Write what will be done.", rows=4)
    due_on = forms.DateField(label="By when", required=False, widget=DateParts)
    who_sees = {"text": WHO_SEES["private"]}


class CloseForm(WordsForm):
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    text = long_text(
        "What you tell them",
        required="Write what whoever raised it is told.",
        help_text="What you found, what is done about it, and what they can do if they are not "
        "content with it.",
    )
    who_sees = {"text": WHO_SEES["reply"]}
    field_order = ["outcome", "text"]


class ReopenForm(WordsForm):
    text = long_text("Why it is opened again", required="Write why.", rows=4)
    who_sees = {"text": WHO_SEES["private"]}


class HandOverForm(WordsForm):
    """``readers`` are those who may be given it."""

    reader = forms.ModelChoiceField(
        Contact.objects.none(),
        label="To whom?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose another reader.",
            "invalid_choice": "This person cannot read this concern. Choose another reader.",
        },
    )
    text = long_text("Why", required="Write why you pass it on.", rows=4)
    who_sees = {"text": WHO_SEES["private"]}
    field_order = ["reader", "text"]

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose: Any = self.fields["reader"]
        choose.queryset = readers
        choose.label_from_instance = lambda each: f"{each.person.name}: {each.what_for}"


class BoardFilter(forms.Form):
    """Which of a reader's concerns are listed."""

    show = forms.ChoiceField(
        label="Show",
        choices=[("open", "Open"), ("late", "Overdue"), ("closed", "Closed"), ("all", "All")],
        required=False,
    )
    mark_optional = False
