"""What this app holds about people, and what becomes of it."""

from collections.abc import Iterable
from typing import Any

from lic_site.common.personal_data import Held, PersonalData, Row, keep
from lic_site.concerns.enums import SHARED
from lic_site.concerns.enums import Entry as Kind
from lic_site.concerns.models import Concern, Contact, Entry, Exclusion
from lic_site.concerns.services import forgetting

STAYS = (
    "Deleted six years after it is closed. If your record is deleted before that, the concern "
    "stays without you, since it is about others too: who raised it and how to reach you are gone, "
    "what you wrote is not."
)


def _concerns(person: Any) -> Iterable[Row]:
    for concern in Concern.objects.raised_by(person).order_by("-received_on", "reference"):
        yield {
            "Reference": concern.reference,
            "About": concern.get_about_display(),
            "Sent": concern.received_on,
            "From": concern.regarding,
            "When": concern.happened_when,
            "Where": concern.happened_where,
            "Who it is about": concern.who,
            "What you hope for": concern.hoped_for,
            "How to reach you": concern.reach,
            "You are known": concern.get_known_display(),
            "State": concern.get_state_display(),
            "What came of it": concern.get_outcome_display(),
        }


def _entries(person: Any) -> Iterable[Row]:
    rows = Entry.objects.filter(concern__raiser=person, kind__in=SHARED)
    for entry in rows.select_related("concern").order_by("concern__reference", "number"):
        is_step = entry.kind == Kind.STEP
        yield {
            "Reference": entry.concern.reference,
            "On": entry.on,
            "What": entry.get_step_display() if is_step else entry.get_kind_display(),
            "Words": "" if is_step else entry.text,
        }


PERSONAL_DATA = PersonalData(
    held=(
        Held(
            model="concerns.Concern",
            title="Concerns you raised with your name",
            fields=(
                "raiser",
                "about",
                "known",
                "reach",
                "regarding",
                "happened_when",
                "happened_where",
                "who",
                "hoped_for",
                "reader",
                "first_reader",
                "state",
                "outcome",
            ),
            of=Concern.objects.raised_by,
            erase=forgetting.forget_raiser,
            kept_for=STAYS,
            retain=forgetting.retain,
            export=_concerns,
        ),
        Held(
            model="concerns.Entry",
            title="What was said about your concerns",
            fields=("concern", "author", "text", "on"),
            of=lambda person: Entry.objects.filter(concern__raiser=person, kind__in=SHARED),
            erase=lambda _person, _at: None,
            kept_for="Deleted with the concern. Its readers’ private notes are not shown here.",
            export=_entries,
        ),
        Held(
            model="concerns.Contact",
            title="Times in which you read concerns",
            fields=("person", "what_for", "starts_on", "ends_on", "added_by", "ended_at"),
            of=lambda person: Contact.objects.filter(person=person),
            erase=forgetting.forget_contact,
            kept_for="Kept without your name, so that it stays known who could read what.",
            export=lambda person: [
                {
                    "What for": contact.what_for,
                    "From": contact.starts_on,
                    "Until": contact.ended_at or contact.ends_on,
                }
                for contact in Contact.objects.filter(person=person).order_by("starts_on", "pk")
            ],
        ),
        Held(
            model="concerns.Exclusion",
            title="Concerns of other people",
            fields=("concern", "person"),
            of=lambda person: Exclusion.objects.filter(person=person).none(),
            erase=forgetting.forget_concerned,
            kept_for=(
                "Whether somebody raised a concern about you is not shown: it would tell who did. "
                "Whoever deals with one tells you what you have a right to know."
            ),
            retain=keep,
            export=lambda _person: (),
        ),
    ),
    impersonal=("concerns.Round",),
)
