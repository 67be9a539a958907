"""Who may see and steer the messages."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from lic_site.accounts.enums import DerivedRole, Role
from lic_site.accounts.models import Person, RoleGrant
from lic_site.accounts.policies import EDITORIAL, holds
from lic_site.notices.models import (
    AddressTrouble,
    DeliveryEvent,
    Mailing,
    Notice,
    ReminderRule,
)
from lic_site.notices.protocol import kinds, private_kinds
from lic_site.notices.querysets import NoticeQuerySet

STAFF = (Role.COLLEGE_ADMIN,)
"""A list of messages is a list of who applies and who was offered what: the lead sees neither."""

REPLIES = (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD, Role.CONFERENCE_ORGANISER)

STAFF_VERBS = {
    "view_board",
    "view",
    "retry",
    "cancel",
    "hold",
    "release",
    "change_rules",
    "send_mailings",
    "change_settings",
    "mend_addresses",
}
EDITING = "edit_texts"
OWN_VERBS = {"change_preferences", "keep_calendar"}


WHO_SEES = {
    "preferences": (
        "You, and Staff College admins, so that they can say why a message did or did not reach "
        "you. That they looked is written down, and you can see it."
    ),
    "settings": "Every Staff College admin. People see the quiet hours and the time on their own "
    "page of messages.",
}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:  # noqa: ARG001
    """Staff read and steer every message; a person turns off their own optional kinds."""
    if verb in STAFF_VERBS:
        return holds(person, *STAFF)
    if verb == EDITING:
        return holds(person, *EDITORIAL)
    return verb in OWN_VERBS and person is not None and person.erased_at is None


def may_get_replies(person: Person) -> bool:
    """Replies reach whoever holds a staff role today, and nobody who takes part: their address
    would tell every recipient so.
    """
    return holds(person, *REPLIES) and not holds(person, DerivedRole.PARTICIPANT)


def who_may_get_replies() -> QuerySet[Person]:
    """Holders of a staff role today, for choosing among them; ``may_get_replies`` has the last
    word.
    """
    live = RoleGrant.objects.live(timezone.localdate()).filter(role__in=REPLIES)
    return Person.objects.filter(pk__in=live.values("person"), erased_at=None)


_KIND_OF: dict[type[Model], str] = {
    Notice: "kind",
    ReminderRule: "kind",
    DeliveryEvent: "notice__kind",
}
"""Where the kind of message stands, which may be private."""


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Staff see every message and rule that is not private, what providers told of such messages,
    every mailing and address that sends messages back; a person sees the messages that were sent
    to them.
    """
    if person is None or queryset.model not in {*_KIND_OF, Mailing, AddressTrouble}:
        return queryset.none()
    if holds(person, *STAFF):
        kind = _KIND_OF.get(queryset.model)
        return queryset.exclude(**{f"{kind}__in": private_kinds()}) if kind else queryset
    if queryset.model is not Notice:
        return queryset.none()
    return queryset.filter(recipient=person, state="sent")


# Whose message it is, to staff ------------------------------------------------------------------


def named(notices: NoticeQuerySet) -> NoticeQuerySet:
    """Those of which staff see to whom they go: for whatever is found by a name, or stands beneath
    one.
    """
    hidden = Q(pk__in=())
    for name, about in _unnamed(kinds()).items():
        hidden |= Q(kind=name) if about is None else Q(kind=name, anchor_id__in=about)
    return notices.exclude(hidden)


def recipient_titles(notices: Iterable[Notice]) -> dict[int, str]:
    """What staff read in place of the recipient's name, by the message's id; those of which they
    see the name are left out.
    """
    found = list(notices)
    about = _unnamed({notice.kind for notice in found})
    return {
        notice.pk: kinds()[notice.kind].recipient_title
        for notice in found
        if notice.kind in about and _is_among(notice.anchor_id, about[notice.kind])
    }


def _unnamed(names: Iterable[str]) -> dict[str, Collection[int] | None]:
    known = ((name, kinds().get(name)) for name in names)
    return {name: kind.unnamed() for name, kind in known if kind and kind.recipient_title}


def _is_among(pk: int, some: Collection[int] | None) -> bool:
    return some is None or pk in some
