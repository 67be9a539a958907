"""How a participant stands: sessions held, attended, missed, caught up on; and whether somebody
should ask how it goes. Plain values in, plain values out.

A session counts for a participant once its register is taken and says something of them. What was
attended in an earlier cohort is shown beside it and never counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from cohorts.programme.enums import ATTENDED, CatchUp, Mark, SupportReason
from cohorts.programme.selection import half_up

IN_A_ROW = 2
"""As many sessions missed one after the other, the last ones held, are a reason to ask."""
OFTEN_LATE = 3


@dataclass(frozen=True)
class Marked:
    """What the register of one session says of a participant."""

    starts_at: datetime
    mark: str
    marked_at: datetime
    catch_up: str = ""

    @property
    def is_missed(self) -> bool:
        return self.mark not in ATTENDED

    @property
    def is_open(self) -> bool:
        """Missed, and not made good."""
        return self.is_missed and self.catch_up != CatchUp.DONE


@dataclass(frozen=True)
class Wanted:
    """What a cohort expects of its participants."""

    percent: int
    support_after: int
    needs_due_at: datetime | None = None
    """The end of the day by which they say what they need."""


@dataclass(frozen=True)
class Reason:
    """Why somebody may need support, and when the last thing that makes it so came to be."""

    code: SupportReason
    since: datetime


@dataclass(frozen=True)
class Tally:
    """Sessions counted. ``attended`` and ``missed`` add up to ``held``; ``late`` is a part of the
    first, ``caught_up`` of the second.
    """

    held: int = 0
    attended: int = 0
    late: int = 0
    missed: int = 0
    caught_up: int = 0

    @property
    def made(self) -> int:
        """Attended or made good."""
        return self.attended + self.caught_up

    @property
    def outstanding(self) -> int:
        """Missed and not caught up on."""
        return self.missed - self.caught_up

    @property
    def percent(self) -> int | None:
        """Of the sessions held, those attended or caught up on: whole percent, halves up. None
        before the first.
        """
        return _percent(self.made, self.held) if self.held else None


@dataclass(frozen=True)
class Standing(Tally):
    to_come: int = 0
    """Sessions for the participant whose register is not taken yet."""
    wanted: int = 0
    """The percent that completing asks for."""
    reasons: tuple[Reason, ...] = ()
    """Why somebody should ask how it goes, the newest first; empty if nobody need."""
    earlier: Tally | None = None
    """In the cohorts that this place goes on from; not counted."""

    @property
    def is_enough(self) -> bool:
        """Whether the attendance so far is what completing asks for. What is read decides: the
        rounded percent is compared.
        """
        return (self.percent or 0) >= self.wanted

    @property
    def best(self) -> int:
        """The percent at the end if every session to come is attended and nothing more is caught
        up on. 100 when there is no session at all.
        """
        whole = self.held + self.to_come
        return _percent(self.made + self.to_come, whole) if whole else 100

    @property
    def can_reach(self) -> bool:
        """Whether attending all that is to come is enough without catching up."""
        return self.best >= self.wanted

    def new_reasons(self, since: datetime | None) -> tuple[Reason, ...]:
        """The reasons that came up after somebody last asked."""
        return tuple(each for each in self.reasons if since is None or each.since > since)


def tally(marked: Sequence[Marked]) -> Tally:
    """Count what registers say."""
    missed = [each for each in marked if each.is_missed]
    return Tally(
        held=len(marked),
        attended=len(marked) - len(missed),
        late=sum(each.mark == Mark.LATE for each in marked),
        missed=len(missed),
        caught_up=sum(not each.is_open for each in missed),
    )


def stand(
    marked: Sequence[Marked],
    *,
    to_come: int,
    wanted: Wanted,
    needs_told: bool,
    at: datetime,
    is_active: bool = True,
    earlier: Sequence[Marked] = (),
) -> Standing:
    """Where a participant stands. Whoever no longer takes part has no reasons."""
    counted = tally(marked)
    standing = Standing(
        **vars(counted),
        to_come=to_come,
        wanted=wanted.percent,
        earlier=tally(earlier) if earlier else None,
    )
    if not is_active:
        return standing
    found = _from_register(marked, standing, wanted)
    due = wanted.needs_due_at
    if due is not None and due <= at and not needs_told:
        found.append(Reason(SupportReason.NEEDS, due))
    found.sort(key=lambda reason: reason.since, reverse=True)
    return Standing(**{**vars(standing), "reasons": tuple(found)})


def _from_register(marked: Sequence[Marked], standing: Standing, wanted: Wanted) -> list[Reason]:
    in_order = sorted(marked, key=lambda each: each.starts_at)
    still_open = [each for each in in_order if each.is_open]
    late = [each for each in in_order if each.mark == Mark.LATE]
    last = in_order[-IN_A_ROW:]
    found = []
    if len(still_open) >= wanted.support_after:
        found.append(Reason(SupportReason.MISSED, _newest(still_open)))
    if len(last) == IN_A_ROW and all(each.is_open for each in last):
        found.append(Reason(SupportReason.IN_A_ROW, _newest(last)))
    if still_open and not standing.can_reach:
        found.append(Reason(SupportReason.OUT_OF_REACH, _newest(still_open)))
    if len(late) >= OFTEN_LATE:
        found.append(Reason(SupportReason.LATE, _newest(late)))
    return found


def _newest(marked: Sequence[Marked]) -> datetime:
    return max(each.marked_at for each in marked)


def _percent(part: int, whole: int) -> int:
    return int(half_up(Fraction(100 * part, whole), 0))
