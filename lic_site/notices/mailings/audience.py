"""To whom a mailing goes, as its choices stand now."""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lic_site.accounts.models import ContactAddress, Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Category, MailingState
from lic_site.notices.models import Mailing, NoticePreference
from lic_site.notices.segments import Chosen, Gone, Segment, segments

ESSENTIAL_KIND = "notices.mailing"
OPTIONAL_KIND = "notices.mailing_optional"
KINDS = (ESSENTIAL_KIND, OPTIONAL_KIND)


class ChoicesGone(Refusal):
    """What these people were chosen by is no longer there. Choose again whom to write to."""


class ChoicesForm(forms.Form):
    """The choices that narrow a segment."""

    mark_optional = False

    def __init__(self, *args: Any, segment: Segment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(segment.fields())


def kind_of(mailing: Mailing) -> str:
    """The kind of message that each person is sent: one that can be turned off, or not."""
    return OPTIONAL_KIND if mailing.category == Category.OPTIONAL else ESSENTIAL_KIND


def segment_of(mailing: Mailing) -> Segment:
    """Raises ChoicesGone when there is no such segment any more."""
    found = segments().get(mailing.segment)
    if found is None:
        raise ChoicesGone
    return found


def cleaned(segment: Segment, chosen: Chosen) -> dict[str, Any]:
    """The choices if each is still on offer. Raises ChoicesGone."""
    form = ChoicesForm(dict(chosen), segment=segment)
    if not form.is_valid():
        raise ChoicesGone
    return form.cleaned_data


def people_of(mailing: Mailing) -> QuerySet[Person]:
    """Everybody it would go to now. Raises ChoicesGone."""
    segment = segment_of(mailing)
    return segment.people(cleaned(segment, mailing.chosen))


def told_of(mailing: Mailing) -> list[str]:
    """The segment and the choices in words."""
    try:
        segment = segment_of(mailing)
        return [segment.title, *segment.told(cleaned(segment, mailing.chosen))]
    except (ChoicesGone, Gone):
        return ["A choice that is no longer there"]


def shows_names(mailing: Mailing) -> bool:
    """Whether staff may be shown who it goes to. Raises ChoicesGone."""
    segment = segment_of(mailing)
    return segment.shows_names(cleaned(segment, mailing.chosen))


def unnamed_mailings(category: Category) -> frozenset[int]:
    """Those that went out and of which staff may not be shown who they are for. What no longer
    tells whom it meant is among them.
    """
    known = segments()
    found = Mailing.objects.filter(category=category).exclude(state=MailingState.DRAFT)
    return frozenset(
        pk
        for pk, name, chosen in found.values_list("pk", "segment", "chosen")
        if name not in known or not known[name].shows_names(chosen)
    )


@dataclass(frozen=True)
class Reach:
    """How many it is for, and how many of those it will not reach."""

    total: int
    no_address: int
    set_aside: int
    turned_off: int

    @property
    def reached(self) -> int:
        return self.total - self.no_address - self.set_aside - self.turned_off


def reach(people: QuerySet[Person], category: str) -> Reach:
    """One query. Who turned these messages off counts there, whatever their addresses."""
    addresses = ContactAddress.objects.filter(person=OuterRef("pk"))
    has_any = Exists(addresses)
    has_good = Exists(addresses.filter(trouble__set_aside_at=None))
    off = NoticePreference.objects.filter(person=OuterRef("pk"), kind=OPTIONAL_KIND)
    is_off = Exists(off if category == Category.OPTIONAL else off.none())
    counted: Mapping[str, int] = people.order_by().aggregate(
        total=Count("pk"),
        no_address=Count("pk", filter=Q(~has_any) & ~Q(is_off)),
        set_aside=Count("pk", filter=Q(has_any) & ~Q(has_good) & ~Q(is_off)),
        turned_off=Count("pk", filter=Q(is_off)),
    )
    return Reach(**counted)


LONGEST = 4_000_000


def packed(pks: Iterable[int]) -> str:
    """The people a page showed, in few letters: a form brings them back, so that they can be told
    apart from those it is for when it is sent.
    """
    ordered = sorted(pks)
    steps = (later - earlier for earlier, later in pairwise([0, *ordered]))
    return urlsafe_b64encode(zlib.compress(",".join(map(str, steps)).encode())).decode()


def unpacked(text: str) -> frozenset[int]:
    """What ``packed`` took; nobody if it is not of its making."""
    try:
        steps = zlib.decompressobj().decompress(urlsafe_b64decode(text), LONGEST).decode()
        total, found = 0, set()
        for step in filter(None, steps.split(",")):
            total += int(step)
            found.add(total)
    except (ValueError, zlib.error):
        return frozenset()
    return frozenset(found)
