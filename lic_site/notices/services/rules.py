"""What staff do to the rules by which the clock writes to people.

A rule that is new or changed looks forward only: nothing that would have been due before goes out.
Whoever has had its message about something does not get it again.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from secrets import token_hex

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import NoticeKind, kinds, private_kinds
from lic_site.notices.quiet import QuietHours
from lic_site.notices.services.office import office
from lic_site.notices.services.planning import forward, own_key
from lic_site.notices.services.sending import UNSENT

FURTHEST = 366
"""Days from an anchor."""


class TooFar(Refusal):
    """A reminder goes up to 366 days before or after. Enter fewer days."""

    field = "days"


class InQuietHours(Refusal):
    """Nothing is sent in quiet hours. Choose a time outside them."""

    field = "at_time"


class SuchARule(Refusal):
    """There is already a reminder for this message at that time, on or off. Change that one, or
    choose another day or time.
    """

    field = "days"


class ChangedMeanwhile(Refusal):
    """Somebody else has changed this reminder since you opened it. Look at it again, then save."""


class ComesWithTheMessage(Refusal):
    """This reminder comes with its message and cannot be removed. Turn it off instead."""


class NotByTheClock(Refusal):
    """This message is not one that goes by the calendar."""


@dataclass(frozen=True)
class When:
    """So many days from what a kind counts from, below 0 before it, at a time in London."""

    offset_days: int
    in_working_days: bool
    at_time: time
    is_on: bool = True

    @classmethod
    def of(cls, rule: ReminderRule) -> "When":
        return cls(rule.offset_days, rule.in_working_days, rule.at_time, rule.is_on)


def clock_kinds() -> dict[str, NoticeKind]:
    """The kinds that the clock sends and whose rules staff steer, by their names."""
    private = private_kinds()
    found = {name: kind for name, kind in kinds().items() if kind.reminder_days}
    return {name: kind for name, kind in found.items() if name not in private}


def came_with(rule: ReminderRule) -> When | None:
    """How the rule was when it came with its kind; None if staff added it."""
    known = kinds().get(rule.kind)
    for days in known.reminder_days if known else ():
        if rule.key == own_key(days):
            at_time: time = ReminderRule._meta.get_field("at_time").get_default()
            return When(days, in_working_days=False, at_time=at_time)
    return None


def check(*, kind: str, when: When, besides: ReminderRule | None = None) -> None:
    """Raises NotByTheClock, TooFar, InQuietHours, SuchARule."""
    if kind not in clock_kinds():
        raise NotByTheClock
    if abs(when.offset_days) > FURTHEST:
        raise TooFar
    chosen = office()
    if QuietHours(chosen.quiet_from, chosen.quiet_until).has(when.at_time):
        raise InQuietHours(
            f"Nothing is sent from {chosen.quiet_from:%H:%M} to {chosen.quiet_until:%H:%M}, which "
            "are quiet hours. Choose a time outside them."
        )
    same = ReminderRule.objects.filter(
        kind=kind,
        offset_days=when.offset_days,
        in_working_days=when.in_working_days,
        at_time=when.at_time,
    )
    if (same.exclude(pk=besides.pk) if besides else same).exists():
        raise SuchARule


@transaction.atomic
def add_rule(*, kind: str, when: When, by: Person, at: datetime) -> ReminderRule:
    """Raises what ``check`` raises."""
    check(kind=kind, when=when)
    rule = ReminderRule.objects.create(
        kind=kind,
        key=f"x{token_hex(4)}",
        planned_until=forward(at),
        changed_at=at,
        **asdict(when),
    )
    audit.record("notices.rule_added", by=by, at=at, thing=rule, fields=asdict(when))
    return rule


@transaction.atomic
def change_rule(
    *, rule: ReminderRule, when: When, seen: datetime | None, by: Person, at: datetime
) -> list[str]:
    """Change when a rule sends, or turn it off or on. Its messages that have not gone are called
    off. Says what changed. ``seen`` is when it had last been changed as the person saw it.

    Raises ChangedMeanwhile, and what ``check`` raises.
    """
    held = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    if held.changed_at != seen:
        raise ChangedMeanwhile
    check(kind=held.kind, when=when, besides=held)
    changed = [name for name, value in asdict(when).items() if getattr(held, name) != value]
    if not changed:
        return []
    for name, value in asdict(when).items():
        setattr(held, name, value)
    held.planned_until, held.changed_at = forward(at), at
    held.save()
    call_off(held, at=at)
    audit.record("notices.rule_changed", by=by, at=at, thing=held, fields=changed)
    return changed


@transaction.atomic
def remove_rule(*, rule: ReminderRule, by: Person, at: datetime) -> None:
    """Take away a rule that staff added, and call off its messages that have not gone. Raises
    ComesWithTheMessage.
    """
    held = ReminderRule.objects.select_for_update().get(pk=rule.pk)
    if came_with(held) is not None:
        raise ComesWithTheMessage
    call_off(held, at=at)
    audit.record("notices.rule_removed", by=by, at=at, thing=held)
    held.delete()


def unsent(rule: ReminderRule) -> int:
    """How many of its messages wait to go."""
    return Notice.objects.filter(rule=rule, state__in=UNSENT).count()


def call_off(rule: ReminderRule, *, at: datetime) -> int:
    """Call off what a rule planned and what has not gone. Says how many."""
    waiting = Notice.objects.filter(rule=rule, state__in=UNSENT)
    return waiting.move(State.CANCELLED, reason=Reason.RULE_OFF, finished_at=at)
