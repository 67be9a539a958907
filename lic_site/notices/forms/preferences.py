"""What a person chooses about their messages, one thing at a time."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django import forms

from lic_site.accounts.models import Person
from lic_site.common import dates
from lic_site.notices import policies
from lic_site.notices.models import MessageSettings, NoticePreference
from lic_site.notices.services.office import preference_of
from lic_site.notices.services.preferences import optional_kinds

SINGLY, DAILY = "singly", "daily"
OFFICE, OWN = "office", "own"


def half_hours(*also: time | None) -> list[tuple[str, str]]:
    """Every half hour of a day, and the times that are set already."""
    clocks = {time(hour, minute) for hour in range(24) for minute in (0, 30)}
    clocks |= {each for each in also if each is not None}
    return [(f"{each:%H:%M}", dates.clock(each)) for each in sorted(clocks)]


def as_time(value: str) -> time:
    return time.fromisoformat(value)


class WantedForm(forms.Form):
    """The optional kinds a person wants, each with an example of when it comes."""

    mark_optional = False

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        off = set(NoticePreference.objects.filter(person=person).values_list("kind", flat=True))
        for kind in optional_kinds():
            self.fields[kind.name] = forms.BooleanField(
                label=kind.title,
                help_text=kind.example,
                required=False,
                initial=kind.name not in off,
            )

    def choices(self) -> Iterator[tuple[str, bool]]:
        """Each optional kind and whether it is wanted."""
        yield from self.cleaned_data.items()


class PaceForm(forms.Form):
    """Singly, or once a day."""

    heading_field = "pace"

    pace = forms.ChoiceField(
        label="How would you like what can wait?",
        help_text=(
            "Something to read for a session, new dates, a certificate, news. What cannot wait, "
            "such as a changed date, always comes by itself."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you would like what can wait."},
    )

    def __init__(self, *args: Any, person: Person, office: MessageSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pace"]
        at = dates.clock(office.digest_at)
        field.choices = [
            (SINGLY, "Each message by itself, as it comes"),
            (DAILY, f"Once a day, in one message at {at}"),
        ]
        choice = preference_of(person)
        field.initial = DAILY if choice and choice.once_a_day else SINGLY

    @property
    def once_a_day(self) -> bool:
        return bool(self.cleaned_data["pace"] == DAILY)


NEEDS = {
    "begins": "Choose when your own quiet hours begin.",
    "ends": "Choose when your own quiet hours end.",
}
"""What is said where own quiet hours are given by half."""


class QuietForm(forms.Form):
    """The office's quiet hours, or one's own."""

    mark_optional = False

    whose = forms.ChoiceField(
        label="Which quiet hours would you like?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which quiet hours you would like."},
    )
    begins = forms.ChoiceField(label="My own begin at", required=False)
    ends = forms.ChoiceField(label="My own end at", required=False)

    def __init__(self, *args: Any, person: Person, office: MessageSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whose: Any = self.fields["whose"]
        begins: Any = self.fields["begins"]
        ends: Any = self.fields["ends"]
        theirs = f"{dates.clock(office.quiet_from)} to {dates.clock(office.quiet_until)}"
        whose.choices = [(OFFICE, f"The programme office’s: {theirs}"), (OWN, "My own")]
        choice = preference_of(person)
        own = (choice.quiet_from, choice.quiet_until) if choice else (None, None)
        whose.initial = OWN if own[0] else OFFICE
        clocks = half_hours(*own, office.quiet_from, office.quiet_until)
        begins.choices = ends.choices = [("", "Choose a time"), *clocks]
        begins.initial, ends.initial = (f"{each:%H:%M}" if each else "" for each in own)

    def clean(self) -> dict[str, Any]:
        """Own quiet hours are given whole."""
        data = self.cleaned_data
        for name, sentence in NEEDS.items():
            if data.get("whose") == OWN and data.get(name) == "":
                self.add_error(name, sentence)
        return data

    def hours(self) -> dict[str, time | None]:
        """``begins`` and ``ends``, both None for the office's."""
        if self.cleaned_data["whose"] == OFFICE:
            return {"begins": None, "ends": None}
        return {name: as_time(self.cleaned_data[name]) for name in ("begins", "ends")}


class OfficeForm(forms.Form):
    """What the office chose for every message."""

    mark_optional = False
    who_sees = {"quiet_from": policies.WHO_SEES["settings"]}

    quiet_from = forms.TypedChoiceField(
        label="Quiet hours begin",
        help_text="Only the answer to what somebody just did, and a session that is moved or "
        "cancelled, goes out in quiet hours. People can choose their own.",
        coerce=as_time,
    )
    quiet_until = forms.TypedChoiceField(label="Quiet hours end", coerce=as_time)
    digest_at = forms.TypedChoiceField(
        label="Time of the day’s messages",
        help_text="For those who chose to have what can wait once a day.",
        coerce=as_time,
    )
    hold_over = forms.IntegerField(
        label="Hold a rule that writes to more than",
        help_text="More messages than this from one rule at once wait until you release them.",
        min_value=1,
        max_value=100_000,
        error_messages={
            "required": "Enter how many messages a rule may send at once.",
            "invalid": "Enter a whole number, such as 500.",
            "min_value": "Enter 1 or more.",
            "max_value": "Enter 100,000 or less.",
        },
    )
    reply_to = forms.ModelChoiceField(
        label="Replies reach",
        help_text="Everybody who gets a message sees this person’s e-mail address. Only people "
        "who hold a staff role today can be chosen.",
        queryset=Person.objects.none(),
        required=False,
        empty_label="The sender’s address",
    )

    def __init__(self, *args: Any, office: MessageSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("quiet_from", "quiet_until", "digest_at"):
            field: Any = self.fields[name]
            field.choices = half_hours(getattr(office, name))
            field.initial = f"{getattr(office, name):%H:%M}"
        self.fields["hold_over"].initial = office.hold_over
        replies: Any = self.fields["reply_to"]
        replies.queryset = policies.who_may_get_replies()
        replies.label_from_instance = lambda person: person.name
        replies.initial = office.reply_to_id
