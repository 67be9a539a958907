"""The clock's messages. Each rule plans what fell due since it last did, so that the cost follows
what is due and not what exists.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import batched

from django.db import transaction
from govuk_bank_holidays.bank_holidays import BankHolidays

from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.occasions import Timing
from lic_site.notices.protocol import Due, NoticeKind, kinds, private_kinds
from lic_site.notices.services.office import office
from lic_site.notices.services.sending import notice_key, revive
from lic_site.notices.working_days import WorkingDays

OVERLAP = timedelta(minutes=5)
"""How far each planning looks back over the last: a record committed late is not missed."""
LONGEST_OUTAGE = timedelta(days=14)
"""What fell due longer ago than this is not sent any more."""
CHASER_LIFE = timedelta(days=7)
"""How long a message that follows its anchor stays useful; one that precedes it, until then."""
CHUNK = 500


def plan(*, at: datetime) -> int:
    """Plan every reminder that fell due since the last planning; says how many are new."""
    make_rules(at=at)
    rules = ReminderRule.objects.filter(is_on=True, kind__in=list(kinds()))
    return sum(plan_rule(rule, kinds()[rule.kind], at=at) for rule in rules)


def make_rules(*, at: datetime) -> None:
    """Give each kind the rules it comes with. A new rule looks forward only."""
    known = set(ReminderRule.objects.values_list("kind", "key"))
    missing = [
        ReminderRule(kind=kind.name, key=own_key(days), offset_days=days, planned_until=forward(at))
        for kind in kinds().values()
        for days in kind.reminder_days
        if (kind.name, own_key(days)) not in known
    ]
    if missing:
        ReminderRule.objects.bulk_create(missing, ignore_conflicts=True)


def own_key(days: int) -> str:
    """The key of a rule that a kind comes with."""
    return f"{days:+d}d"


def forward(at: datetime) -> datetime:
    """The mark of a rule for which nothing before ``at`` is to be planned."""
    return at + OVERLAP


@cache
def bank_holidays() -> frozenset[date]:
    """Bank holidays in England. Reads no network: they are those that GOV.UK had published when
    ``govuk-bank-holidays`` was released. After the last year among them only weekends count.
    """
    known = BankHolidays(use_cached_holidays=True)
    found = known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    return frozenset(holiday["date"] for holiday in found)


def timing(rule: ReminderRule) -> Timing:
    """When the rule sends, as plain values."""
    working = WorkingDays(bank_holidays()) if rule.in_working_days else None
    return Timing(rule.offset_days, rule.at_time, working)


@transaction.atomic
def plan_rule(rule: ReminderRule, kind: NoticeKind, *, at: datetime) -> int:
    """Plan one rule up to ``at`` and move its mark; both or neither. Planning the same time twice,
    or by two at once, changes nothing.

    What would go to more people at once than the office lets through is held for staff.
    """
    held = ReminderRule.objects.select_for_update().filter(pk=rule.pk, is_on=True).first()
    if held is None:
        return 0
    after = max(held.planned_until - OVERLAP, at - LONGEST_OUTAGE)
    planned = _insert(_found(held, kind, after=after, at=at), kind)
    if held.planned_until < at:
        held.planned_until = at
        held.save(update_fields=["planned_until"])
    return planned


def _found(
    rule: ReminderRule, kind: NoticeKind, *, after: datetime, at: datetime
) -> Iterator[Notice]:
    for occasion in timing(rule).occasions(after=after, until=at):
        for due in kind.due(occasion.after, occasion.until):
            yield _notice(rule, due, due_at=occasion.due_at, at=at)


def reminder_key(rule: ReminderRule, due: Due) -> str:
    """What makes a reminder one: its rule, the anchor as it then stood, the person."""
    return notice_key(rule.kind, f"{rule.key} r{due.revision}", due.anchor.pk, due.person.pk)


def _notice(rule: ReminderRule, due: Due, *, due_at: datetime, at: datetime) -> Notice:
    return Notice(
        key=reminder_key(rule, due),
        kind=rule.kind,
        rule=rule,
        recipient=due.person,
        anchor_id=due.anchor.pk,
        revision=due.revision,
        due_at=due_at,
        not_before=due_at,
        useless_after=due.anchor_at if due.anchor_at > due_at else due_at + CHASER_LIFE,
        created_at=at,
    )


def _insert(notices: Iterable[Notice], kind: NoticeKind) -> int:
    """Add those that are not there, and bring back those that were called off and are wanted
    again: all of them held if they are too many.
    """
    new: list[Notice] = []
    back: list[Notice] = []
    for chunk in batched(notices, CHUNK, strict=False):
        keys = [notice.key for notice in chunk]
        states = dict(Notice.objects.filter(key__in=keys).values_list("key", "state"))
        new += [notice for notice in chunk if notice.key not in states]
        called_off = [each for each in chunk if states.get(each.key) == State.CANCELLED]
        back += [notice for notice in called_off if _wanted_again(notice, kind)]
    if not new and not back:
        return 0
    people = {notice.recipient_id for notice in (*new, *back)}
    # No board shows a private kind, so nobody could release it.
    is_held = len(people) > office().hold_over and kind.name not in private_kinds()
    if is_held:
        for notice in new:
            notice.state, notice.reason = State.PARKED, Reason.TOO_MANY
    Notice.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
    revived = [notice.key for notice in back if revive(notice)]
    if is_held:
        for some in batched(revived, CHUNK, strict=False):
            Notice.objects.filter(key__in=some).move(State.PARKED, reason=Reason.TOO_MANY)
    return len(new) + len(revived)


def _wanted_again(notice: Notice, kind: NoticeKind) -> bool:
    anchor = kind.anchor(notice.anchor_id)
    return anchor is not None and kind.is_wanted(anchor, notice.recipient)
