"""What the pages about reminders show, as plain values for their templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from lic_site.notices.forecast import Sending, forecast
from lic_site.notices.models import ReminderRule
from lic_site.notices.protocol import NoticeKind, kinds
from lic_site.notices.services.planning import bank_holidays
from lic_site.notices.services.rules import When, came_with, clock_kinds


@dataclass(frozen=True)
class Row:
    """One rule in words, and when it would next send."""

    rule: ReminderRule
    kind: NoticeKind
    came: When | None
    next: Sending | None = None

    @property
    def days(self) -> int:
        return abs(self.rule.offset_days)

    @property
    def is_before(self) -> bool:
        return self.rule.offset_days < 0

    @property
    def is_as_it_came(self) -> bool:
        return self.came == When.of(self.rule)


def row(rule: ReminderRule, sending: Sending | None = None) -> Row:
    """The rule's kind must be known."""
    return Row(rule, kinds()[rule.kind], came_with(rule), sending)


def groups(rules: Iterable[ReminderRule], *, at: datetime) -> list[dict[str, Any]]:
    """Every kind that the clock sends with its rules, in the order of their titles."""
    shown = clock_kinds()
    known = [rule for rule in rules if rule.kind in shown]
    first: dict[int, Sending] = {}
    for sending in forecast([rule for rule in known if rule.is_on], at=at):
        first.setdefault(sending.rule.pk, sending)
    ordered = sorted(known, key=lambda rule: (rule.offset_days, rule.at_time))
    return [
        {
            "kind": kind,
            "rows": [row(rule, first.get(rule.pk)) for rule in ordered if rule.kind == kind.name],
        }
        for kind in sorted(shown.values(), key=lambda kind: kind.title)
    ]


def month(sendings: Iterable[Sending]) -> dict[str, Any]:
    """By day, and altogether."""
    found = list(sendings)
    return {
        "days": [
            {"day": day, "lines": [{"sending": each, "row": row(each.rule)} for each in lines]}
            for day, lines in groupby(found, key=lambda sending: sending.day)
        ],
        "planned": sum(sending.people for sending in found),
        "unreachable": sum(sending.unreachable for sending in found),
        "held": [sending for sending in found if sending.is_held],
    }


def known_until() -> date:
    """The last day for which bank holidays are known: after it only weekends are left out."""
    return date(max(bank_holidays()).year, 12, 31)
