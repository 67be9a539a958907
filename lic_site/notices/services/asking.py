"""Ask live data, just before a message goes, whether it should."""

from datetime import datetime

from lic_site.notices.enums import Category, Reason, State
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.protocol import NoticeKind

type Fate = tuple[State, Reason | None]
"""What becomes of a message that does not go, and why."""

UNKNOWN: Fate = (State.FAILED, Reason.UNKNOWN_KIND)


def fate_of(
    notice: Notice, kind: NoticeKind | None, anchor: object | None, *, at: datetime
) -> Fate | None:
    """What becomes of it instead of going; None when it goes."""
    if kind is None:
        return UNKNOWN
    if notice.useless_after is not None and notice.useless_after <= at:
        return State.EXPIRED, None
    if notice.rule is not None and not notice.rule.is_on:
        return State.CANCELLED, Reason.RULE_OFF
    reason = _unwanted(notice, kind, anchor)
    return (State.CANCELLED, reason) if reason else None


def _unwanted(notice: Notice, kind: NoticeKind, anchor: object | None) -> Reason | None:
    person = notice.recipient
    if person.erased_at is not None:
        return Reason.ERASED
    if anchor is None:
        return Reason.GONE
    if notice.revision is not None and notice.revision != getattr(
        anchor, "revision", notice.revision
    ):
        return Reason.MOVED
    if not kind.is_wanted(anchor, person):
        return Reason.UNWANTED
    if (
        kind.category == Category.OPTIONAL
        and NoticePreference.objects.filter(person=person, kind=kind.name).exists()
    ):
        return Reason.TURNED_OFF
    return None
