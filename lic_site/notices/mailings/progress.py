"""How far mailings have got, counted from their messages."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from lic_site.notices.enums import MailingState, Reason, State
from lic_site.notices.mailings.audience import KINDS
from lic_site.notices.models import Mailing, Notice

WAITING = frozenset({State.PENDING, State.SENDING, State.BUNDLED})
OFF = frozenset({Reason.TURNED_OFF, Reason.ERASED, Reason.GONE})


@dataclass
class Progress:
    """Of each mailing's people, how many messages stand where."""

    total: int
    states: dict[str, int] = field(default_factory=dict)
    in_hand: int = 0
    """Being sent at this moment."""
    turned_off: int = 0
    turned_back: int = 0
    """Found unwanted by a worker: it asked while the mailing was stopped."""
    called_off: int = 0
    is_stopped: bool = False

    @property
    def sent(self) -> int:
        return self.states.get(State.SENT, 0)

    @property
    def waiting(self) -> int:
        return sum(self.states.get(state, 0) for state in WAITING)

    @property
    def held(self) -> int:
        return self.states.get(State.PARKED, 0) + (self.turned_back if self.is_stopped else 0)

    @property
    def unwanted(self) -> int:
        """Did not want it, or could not be meant any more."""
        return self.turned_off + (0 if self.is_stopped else self.turned_back)

    @property
    def failed(self) -> int:
        return self.states.get(State.FAILED, 0)

    @property
    def late(self) -> int:
        return self.states.get(State.EXPIRED, 0)

    @property
    def left(self) -> int:
        """Neither sent nor given up."""
        return self.waiting + self.held

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def erased(self) -> int:
        """Whose record is no longer there, and their message with it."""
        return self.total - sum(self.states.values())


def progress_of(mailings: Iterable[Mailing]) -> dict[int, Progress]:
    """By the mailing's id; one query for all. A draft has none."""
    found = {
        each.pk: Progress(each.recipients, is_stopped=each.state == MailingState.STOPPED)
        for each in mailings
        if each.state != MailingState.DRAFT
    }
    rows = (
        Notice.objects.filter(kind__in=KINDS, anchor_id__in=list(found))
        .order_by()
        .values_list("anchor_id", "state", "reason")
        .annotate(Count("pk"))
    )
    for pk, state, reason, number in rows:
        progress = found[pk]
        progress.states[state] = progress.states.get(state, 0) + number
        if state == State.SENDING:
            progress.in_hand += number
        elif state == State.CANCELLED and reason in OFF:
            progress.turned_off += number
        elif state == State.CANCELLED and reason == Reason.UNWANTED:
            progress.turned_back += number
        elif state == State.CANCELLED:
            progress.called_off += number
    return found


def state_of(mailing: Mailing, progress: Progress | None) -> MailingState:
    """Its state, ahead of the clock that writes it down once nothing is left."""
    going = mailing.state == MailingState.SENDING
    over = going and progress is not None and not progress.left
    return MailingState.DONE if over else MailingState(mailing.state)
