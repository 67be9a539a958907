"""The pages on which a concern is told, one question each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from lic_site.accounts.models import Person
from lic_site.concerns.enums import About, Known
from lic_site.concerns.models import Contact
from lic_site.concerns.policies import WHO_SEES

LONGEST = 20_000
"""Characters: some eight pages."""
TOO_LONG = (
    "This is longer than we can take. Everything you wrote is still here: shorten it to "
    f"{LONGEST:,} characters, or send the first part now and add the rest afterwards."
)


def long_text(label: str, *, required: str = "", help_text: str = "", rows: int = 8) -> Any:
    """Words of somebody's own, as many as anybody needs."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"data-rows": rows}),
        error_messages={"required": required, "max_length": TOO_LONG},
    )


class PageForm(forms.Form):
    """One page. ``typed`` is what was typed on it, ``contacts`` who reads concerns today without
    the person who raises it, ``barred`` the numbers of those whom it is said to be about.
    """

    use_required_attribute = False

    def __init__(
        self,
        typed: MultiValueDict[str, str] | None,
        *,
        person: Person | None,
        contacts: Sequence[Contact],
        barred: frozenset[str],
        ticked: Sequence[str],
    ) -> None:
        super().__init__(typed)
        self.typed = typed
        self.person, self.contacts = person, contacts
        self.barred, self.ticked = barred, ticked
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to who asks and who reads."""


class HappenedForm(PageForm):
    about = forms.ChoiceField(
        label="What is it about?",
        choices=About,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about. ‘Something else’ will do."},
    )
    words = long_text(
        "What happened?",
        required="Write what happened, in your own words. A sentence is enough to begin with.",
        help_text="As much or as little as you like. You can add more afterwards.",
        rows=10,
    )
    happened_when = forms.CharField(
        label="When, if you want to say",
        help_text="For example ‘last Thursday’, or ‘again and again since spring’.",
        required=False,
        max_length=300,
    )
    happened_where = forms.CharField(
        label="Where, if you want to say", required=False, max_length=300
    )
    mark_optional = False
    who_sees = {"words": WHO_SEES["words"]}


class WhoForm(PageForm):
    who = long_text(
        "Who is it about?",
        help_text="Names if you know them, or what they do. Leave it empty if you would rather "
        "not say.",
        rows=4,
    )
    concerned = forms.MultipleChoiceField(
        label="Is it about any of the people who read concerns?",
        help_text="Tick everybody it is about, or who should not know of it.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    who_sees = {"who": WHO_SEES["who"]}

    def prepare(self) -> None:
        """Whoever leads what it came from is ticked at first. Somebody whose time as a reader ended
        while it was written stays ticked.
        """
        names = [(str(each.pk), each.person.name) for each in self.contacts]
        kept = set() if self.typed is None else set(self.typed.getlist("concerned"))
        gone = kept - {number for number, _ in names}
        # What was typed is compared as it is: a number may be none that a database knows.
        past = Contact.objects.select_related("person") if gone else ()
        names += [(str(each.pk), each.person.name) for each in past if str(each.pk) in gone]
        self.fields["concerned"].choices = names  # type: ignore[attr-defined]
        self.initial["concerned"] = list(self.ticked)
        if not names:
            del self.fields["concerned"]


class ReaderForm(PageForm):
    reader = forms.ChoiceField(
        label="Who should read it?",
        help_text="One person reads it and answers. They can pass it on to another of these "
        "readers, never to anybody you ticked, and you are told.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who should read it.",
            "invalid_choice": "The person you chose does not read concerns any more, or you ticked "
            "them as somebody it is about. Choose another reader.",
        },
    )
    heading_field = "reader"
    who_sees = {"reader": WHO_SEES["words"]}

    def prepare(self) -> None:
        readers = [each for each in self.contacts if str(each.pk) not in self.barred]
        self.fields["reader"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.person.name}: {each.what_for}") for each in readers
        ]


class KnownForm(PageForm):
    known = forms.ChoiceField(
        label="Do you want to be known?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose whether you want to be known.",
            "invalid_choice": "You are signed in or out differently from when you chose, so this "
            "answer is not possible now. Choose again.",
        },
    )
    tell_by_mail = forms.BooleanField(
        label="Tell me by e-mail when there is something to read. The message does not say what it "
        "is about. Only with your name.",
        required=False,
        initial=True,
    )
    reach = forms.CharField(
        label="Another way to reach you, if you want to give one",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"data-rows": 3}),
    )
    heading_field = "known"
    mark_optional = False
    who_sees = {"known": WHO_SEES["known"]}

    def prepare(self) -> None:
        if self.person is None:
            choices: list[tuple[str, str]] = [
                (Known.ANONYMOUS, "No. I stay anonymous, and come back with a code"),
                (Known.WRITTEN, "Yes. I write below who I am and how to reach me"),
            ]
            del self.fields["tell_by_mail"]
            self.fields["reach"].label = "Who you are and how to reach you"
            self.fields[
                "reach"
            ].help_text = "Only if you want to be known: a name, a number and a good time to ring."
        else:
            name = self.person.name
            choices = [
                (Known.NAMED, f"Yes, with my name ({name}), to whoever reads it"),
                (
                    Known.ONE_READER,
                    f"My name ({name}), for the reader I chose alone, also if they pass it on",
                ),
                (
                    Known.ANONYMOUS,
                    "No. I stay anonymous, although I am signed in, and come back with a code",
                ),
            ]
            self.fields["reach"].help_text = (
                "For example a private number and a good time to ring. Whoever reads it sees this. "
                "To stay anonymous leave it empty."
            )
        self.fields["known"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("known") == Known.WRITTEN and not cleaned.get("reach"):
            self.add_error("reach", "Write who you are and how to reach you, or stay anonymous.")
        return cleaned


class HopeForm(PageForm):
    hoped_for = long_text(
        "What do you hope will happen?",
        help_text="For example an apology, that it stops, advice, or only that somebody knows. "
        "Leave it empty if you do not know yet.",
        rows=4,
    )
    heading_field = "hoped_for"
    who_sees = {"hoped_for": WHO_SEES["words"]}


class CodeForm(forms.Form):
    """The way back for whoever gave no name. A wrong code is told apart from no other."""

    code = forms.CharField(
        label="Your code",
        help_text="Four groups of four letters and figures, as you were shown them.",
        max_length=100,
        error_messages={
            "required": "Write the code you were shown when you sent it.",
            "max_length": "This code opens nothing here. Check it against what you wrote down.",
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class MoreForm(forms.Form):
    text = long_text(
        "Add something",
        required="Write what you want to add.",
        rows=6,
    )
    who_sees = {"text": WHO_SEES["thread"]}
    use_required_attribute = False
