"""What staff fill in to write to many people."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common.widgets import DateParts
from lic_site.notices.enums import Category
from lic_site.notices.mailings import text
from lic_site.notices.models import Mailing
from lic_site.notices.wording.checking import LONGEST

OFFICE, ME, SAME = "office", "me", "same"


class RevisionField(forms.IntegerField):
    """Which state of the mailing the page showed. One that cannot be read is 0, which none has: so
    nothing is saved, and whoever sent it is shown what stands there now.
    """

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except forms.ValidationError:
            return 0


class WordsForm(forms.Form):
    """What it says. What was typed is kept, whatever is wrong with it."""

    title = forms.CharField(
        label="What you call it",
        max_length=120,
        help_text="For staff alone: it stands on the list.",
    )
    subject = forms.CharField(
        label="Subject",
        max_length=78,
        help_text="Neutral: it names no person, not the programme, nor what it is about, since it "
        "can be read over somebody’s shoulder. As in ‘A question from the programme office’.",
    )
    body = forms.CharField(
        label="Text",
        strip=True,
        widget=forms.Textarea(attrs={"data-rows": 16, "maxlength": LONGEST}),
    )
    revision = RevisionField()


class HowForm(forms.Form):
    """How it goes: whether it can be turned off, where it leads, until when, who gets replies."""

    category = forms.ChoiceField(
        label="What sort of message is it?",
        choices=[
            (
                Category.ESSENTIAL,
                "Something they need to do or know: it goes to everybody",
            ),
            (
                Category.OPTIONAL,
                "News or an invitation: whoever turned these off, with one click, is left out",
            ),
        ],
        widget=forms.RadioSelect,
    )
    path = forms.CharField(
        label="Which page does the button lead to?",
        max_length=200,
        help_text="A page of this site, the same for everybody: /my/ for their own home, "
        "/apply/spring/ for a cohort’s page.",
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false"}),
    )
    until = forms.DateField(
        label="Until when is it of use?",
        required=False,
        help_text="Whatever could not be sent by the end of that day is not sent any more.",
        widget=DateParts,
    )
    reply_to = forms.ChoiceField(label="Who gets replies?", widget=forms.RadioSelect)
    revision = RevisionField()

    def __init__(self, *args: Any, mailing: Mailing, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {OFFICE: None, ME: by}
        options = [(OFFICE, "The programme office"), (ME, "I do")]
        if mailing.reply_to is not None and mailing.reply_to != by:
            options.append((SAME, mailing.reply_to.name))
            self.people[SAME] = mailing.reply_to
        field: Any = self.fields["reply_to"]
        field.choices = options

    def clean_path(self) -> str:
        try:
            return text.own_path(self.cleaned_data["path"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def clean_until(self) -> datetime | None:
        """The end of the day in London."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError("This day has passed. Choose today or a later day.")
        return timezone.make_aware(datetime.combine(day, time(23, 59)))

    def values(self) -> dict[str, Any]:
        """As the verb takes them."""
        return {
            "category": self.cleaned_data["category"],
            "path": self.cleaned_data["path"],
            "useless_after": self.cleaned_data["until"],
            "reply_to": self.people[self.cleaned_data["reply_to"]],
            "revision": self.cleaned_data["revision"],
        }


class SendForm(forms.Form):
    """What whoever sends it was shown: the revision of the words, the people, how many."""

    revision = RevisionField()
    shown = forms.CharField(widget=forms.HiddenInput)
    sure = forms.IntegerField(required=False)


class FindForm(forms.Form):
    """Narrows the people of a mailing."""

    mark_optional = False

    q = forms.CharField(label="Name or employer", required=False, max_length=100)
