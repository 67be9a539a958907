"""What the clock's rules would send, when, to how many: as things stand now.

Each kind is asked once for the whole time; which rule counts from which anchor, and to which day,
is worked out here. Names nobody.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from lic_site.accounts.models import ContactAddress, Person
from lic_site.common.dates import LONDON, moment
from lic_site.notices.enums import Category, Reason, State
from lic_site.notices.models import MessageSettings, Notice, NoticePreference, ReminderRule
from lic_site.notices.occasions import Occasion, Timing
from lic_site.notices.protocol import Due, NoticeKind, kinds
from lic_site.notices.services.office import office
from lic_site.notices.services.planning import reminder_key, timing

MONTH = timedelta(days=31)


@dataclass(frozen=True)
class Sending:
    """One rule at one moment."""

    rule: ReminderRule
    kind: NoticeKind
    due_at: datetime
    people: int
    """Whom it would reach; those who turned such messages off are not among them."""
    unreachable: int
    """How many of them we hold no working address of."""
    is_held: bool
    """Whether these are more than may go at once."""

    @property
    def day(self) -> date:
        return self.due_at.astimezone(LONDON).date()


def forecast(
    rules: Iterable[ReminderRule],
    *,
    at: datetime,
    lasts: timedelta = MONTH,
    chosen: MessageSettings | None = None,
) -> list[Sending]:
    """What these rules would send from now on, the earliest first. Four queries and those of each
    kind; one less where the caller has read what the office chose.
    """
    by_kind: defaultdict[str, list[_Plan]] = defaultdict(list)
    for rule in rules:
        plan = _Plan(rule, timing(rule), at, at + lasts)
        if plan.occasions:
            by_kind[rule.kind].append(plan)
    dues = {name: _dues(kinds()[name], plans) for name, plans in by_kind.items()}
    planned = _planned(dues)
    for name, plans in by_kind.items():
        for due in dues[name]:
            for plan in plans:
                plan.take(due, planned)
    sendings = [
        (plan.rule, due_at, people)
        for plans in by_kind.values()
        for plan in plans
        for due_at, people in plan.people.items()
    ]
    if not sendings:
        return []
    off = _turned_off()
    silent = _without_address()
    hold_over = (chosen or office()).hold_over
    found = [
        Sending(
            rule=rule,
            kind=kinds()[rule.kind],
            due_at=due_at,
            people=len(people - off[rule.kind]),
            unreachable=len((people - off[rule.kind]) & silent),
            is_held=len(people) > hold_over,
        )
        for rule, due_at, people in sendings
    ]
    return sorted(found, key=lambda sending: (sending.due_at, sending.kind.title, sending.rule.key))


class _Plan:
    """One rule's times within the range, and whom each would reach."""

    def __init__(self, rule: ReminderRule, when: Timing, after: datetime, until: datetime) -> None:
        self.rule, self._when = rule, when
        self._after, self._until = after, until
        self.occasions: list[Occasion] = list(when.occasions(after=after, until=until))
        self.people: defaultdict[datetime, set[int]] = defaultdict(set)
        self._days: dict[date, datetime] = {}

    def take(self, due: Due, planned: Collection[str]) -> None:
        """Note the person, if one of the rule's times counts from this anchor and the message is
        not planned already.
        """
        day = due.anchor_at.astimezone(LONDON).date()
        if day not in self._days:
            self._days[day] = moment(self._when.due_day(day), self.rule.at_time)
        due_at = self._days[day]
        if self._after < due_at <= self._until and reminder_key(self.rule, due) not in planned:
            self.people[due_at].add(due.person.pk)


def _dues(kind: NoticeKind, plans: Sequence[_Plan]) -> list[Due]:
    after = min(plan.occasions[0].after for plan in plans)
    until = max(plan.occasions[-1].until for plan in plans)
    return list(kind.due(after, until))


def _planned(dues: Mapping[str, Iterable[Due]]) -> set[str]:
    """The keys of what is planned or has gone, of any kind: planning would not bring it again."""
    theirs = Q(pk__in=())
    for kind, found in dues.items():
        theirs |= Q(kind=kind, anchor_id__in={due.anchor.pk for due in found})
    there = Notice.objects.filter(theirs, revision__isnull=False)
    come_back = Q(state=State.CANCELLED) & ~Q(reason=Reason.STAFF)
    return set(there.exclude(come_back).values_list("key", flat=True))


def _turned_off() -> defaultdict[str, set[int]]:
    """Who turned an optional kind off, by its name."""
    optional = [name for name, kind in kinds().items() if kind.category == Category.OPTIONAL]
    found: defaultdict[str, set[int]] = defaultdict(set)
    rows = NoticePreference.objects.filter(kind__in=optional)
    for name, person in rows.values_list("kind", "person"):
        found[name].add(person)
    return found


def _without_address() -> set[int]:
    """Everybody who has no address, or none that is not set aside."""
    working = ContactAddress.objects.filter(trouble__set_aside_at=None)
    without = Person.objects.exclude(pk__in=working.values("person"))
    return set(without.values_list("pk", flat=True))
