"""Who may read a concern: the one reader it is with, and whoever raised it. No role opens it.

A reader's right holds from a day until a day, and never for a concern that is about them. Those who
keep the list of readers (Staff College admins and the programme lead) see how many concerns there
are, never one of them; those about themselves are in no figure that they see.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from lic_site.accounts.enums import DerivedRole
from lic_site.accounts.models import Person
from lic_site.accounts.policies import PEOPLE_STAFF, holds
from lic_site.concerns.enums import Known
from lic_site.concerns.models import Concern, Contact
from lic_site.notices.protocol import private_kinds
from lic_site.notices.querysets import NoticeQuerySet


def is_reader(person: Person | None) -> bool:
    return holds(person, DerivedRole.CONCERN_CONTACT)


def keeps_readers(person: Person | None) -> bool:
    return holds(person, *PEOPLE_STAFF)


def _reads(person: Person, concern: Concern) -> bool:
    return is_reader(person) and Concern.objects.read_by(person).filter(pk=concern.pk).exists()


_RULES: dict[str, Callable[[Person, Any], bool]] = {
    "see_board": lambda person, _: is_reader(person) or keeps_readers(person),
    "read_concerns": lambda person, _: is_reader(person),
    "send_stuck": lambda person, _: is_reader(person) or keeps_readers(person),
    "see_counts": lambda person, _: keeps_readers(person),
    "keep_contacts": lambda person, _: keeps_readers(person),
    "change_contact": lambda person, whose: keeps_readers(person) and whose.pk != person.pk,
    "handle": _reads,
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:
    """Whether the person may do this to this concern, or to the list of readers."""
    rule = _RULES.get(verb)
    return bool(rule and person and not person.erased_at and rule(person, thing))


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """The concerns that a reader is to read now; every reader for those who keep the list, those
    of today for everybody.
    """
    model: type[Model] = queryset.model
    if model is Contact:
        live = Contact.objects.live(timezone.localdate()).values("pk")
        return queryset if keeps_readers(person) else queryset.filter(pk__in=live)
    if model is not Concern or person is None or not is_reader(person):
        return queryset.none()
    return queryset.filter(reader=person).exclude(exclusions__person=person)


def messages(person: Person, notices: NoticeQuerySet) -> NoticeQuerySet:
    """The messages about concerns that the person may send again without seeing one: a reader those
    of what is with them; whoever keeps the readers all but those of what is about themselves, for a
    reader may be away.
    """
    found = Concern.objects.none()
    if keeps_readers(person):
        found = Concern.objects.not_about(person)
    elif is_reader(person):
        found = visible(person, Concern.objects.all())
    kinds = [name for name in private_kinds() if name.startswith("concerns.")]
    return notices.filter(kind__in=kinds, anchor_id__in=found.values("pk"))


def own[Rows: QuerySet[Any]](person: Person, queryset: Rows) -> Rows:
    """The concerns that the person raised with their name."""
    return queryset.filter(Q(raiser=person))


def name_shown(concern: Concern) -> bool:
    """Whether the reader of the moment sees who raised it: a name that was meant for one reader
    does not go along when the concern is passed on.
    """
    if concern.known == Known.ONE_READER:
        return concern.reader_id == concern.first_reader_id
    return concern.known in {Known.NAMED, Known.WRITTEN}


WHO_SEES = {
    "before": (
        "Nothing is stored before you send it. It stays on these pages alone, and is gone when you "
        "leave them."
    ),
    "words": (
        "The one reader whom you choose, and you. Nobody else who works on the programme, whatever "
        "their role."
    ),
    "who": (
        "The one reader whom you choose. Anybody you tick below never sees it, and is not told "
        "that it exists."
    ),
    "known": "The one reader whom you choose, as far as you say here.",
    "thread": "You, and the one reader it is with.",
    "private": "You, and any reader to whom you pass it on. Never whoever raised it.",
    "reply": "You, any reader to whom you pass it on, and whoever raised it.",
    "contact": "Anybody who raises a concern. It stands beside the name there.",
    "counts": (
        "Staff College admins and the programme lead, as counts alone: never what a concern says, "
        "who raised it or whom it is about."
    ),
}
"""One sentence for beside each answer: what the rules above come to, in words for the person."""
