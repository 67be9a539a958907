"""The clock's messages. Each rule plans what fell due since it last did, so that the cost follows
what is due and not what exists.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.db import transaction

from lic_site.notices.enums import State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import Due, NoticeKind, kinds
from lic_site.notices.services.sending import notice_key, revive

LONDON = ZoneInfo("Europe/London")
OVERLAP = timedelta(minutes=5)
"""How far each planning looks back over the last: a record committed late is not missed."""
LONGEST_OUTAGE = timedelta(days=14)
"""What fell due longer ago than this is not sent any more."""
CHASER_LIFE = timedelta(days=7)
"""How long a message that follows its anchor stays useful; one that precedes it, until then."""
TICK = timedelta(microseconds=1)


def plan(*, at: datetime) -> int:
    """Plan every reminder that fell due since the last planning; says how many are new."""
    make_rules(at=at)
    rules = ReminderRule.objects.filter(is_on=True, kind__in=list(kinds()))
    return sum(plan_rule(rule, kinds()[rule.kind], at=at) for rule in rules)


def make_rules(*, at: datetime) -> None:
    """Give each kind the rules it comes with. A new rule looks forward only."""
    known = set(ReminderRule.objects.values_list("kind", "offset_days"))
    missing = [
        ReminderRule(kind=kind.name, offset_days=days, planned_until=at + OVERLAP)
        for kind in kinds().values()
        for days in kind.reminder_days
        if (kind.name, days) not in known
    ]
    if missing:
        ReminderRule.objects.bulk_create(missing, ignore_conflicts=True)


@transaction.atomic
def plan_rule(rule: ReminderRule, kind: NoticeKind, *, at: datetime) -> int:
    """Plan one rule up to ``at`` and move its mark; both or neither. Planning the same time twice,
    or by two at once, changes nothing.
    """
    after = max(rule.planned_until - OVERLAP, at - LONGEST_OUTAGE)
    planned = 0
    for due_at, anchors_after, anchors_until in windows(rule, after=after, until=at):
        found = (
            _notice(rule, due, due_at=due_at, at=at)
            for due in kind.due(anchors_after, anchors_until)
        )
        for chunk in batched(found, 500, strict=False):
            planned += _insert(list(chunk), kind)
    ReminderRule.objects.filter(pk=rule.pk, planned_until__lt=at).update(planned_until=at)
    return planned


def windows(
    rule: ReminderRule, *, after: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """For each of the rule's times in (after, until]: that time, and the London day (from, to] in
    which the anchors lie that it counts from. All in UTC; right on both clock changes.
    """
    day = after.astimezone(LONDON).date()
    while day <= until.astimezone(LONDON).date():
        due_at = _london(day, rule.at_time)
        if after < due_at <= until:
            anchor_day = day - timedelta(days=rule.offset_days)
            start = _london(anchor_day, time(0))
            end = _london(anchor_day + timedelta(days=1), time(0))
            yield due_at, start - TICK, end - TICK
        day += timedelta(days=1)


def _london(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


def _notice(rule: ReminderRule, due: Due, *, due_at: datetime, at: datetime) -> Notice:
    effect = f"{rule.offset_days:+d}d r{due.revision}"
    return Notice(
        key=notice_key(rule.kind, effect, due.anchor.pk, due.person.pk),
        kind=rule.kind,
        recipient=due.person,
        anchor_id=due.anchor.pk,
        revision=due.revision,
        due_at=due_at,
        not_before=due_at,
        useless_after=due.anchor_at if due.anchor_at > due_at else due_at + CHASER_LIFE,
        created_at=at,
    )


def _insert(notices: list[Notice], kind: NoticeKind) -> int:
    """Add those that are not there, and bring back those that were called off and are wanted
    again.
    """
    states = dict(
        Notice.objects.filter(key__in=[notice.key for notice in notices]).values_list(
            "key", "state"
        )
    )
    new = [notice for notice in notices if notice.key not in states]
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    revived = sum(
        revive(notice)
        for notice in notices
        if states.get(notice.key) == State.CANCELLED and _wanted_again(notice, kind)
    )
    return len(new) + revived


def _wanted_again(notice: Notice, kind: NoticeKind) -> bool:
    anchor = kind.anchor(notice.anchor_id)
    return anchor is not None and kind.is_wanted(anchor, notice.recipient)
