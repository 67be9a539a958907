"""Stop a mailing that goes out, let it go on, or call the rest off."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import MailingState, Reason, State
from lic_site.notices.mailings import text
from lic_site.notices.mailings.audience import KINDS
from lic_site.notices.mailings.progress import progress_of
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.querysets import NoticeQuerySet
from lic_site.notices.services import nudging
from lic_site.notices.services.mailings.errors import NotGoing, NotStopped, TooLate


@transaction.atomic
def stop(*, mailing: Mailing, by: Person | None, at: datetime) -> int:
    """Hold back every message that waits; says how many. One that is in a worker's hands may still
    go. Raises NotGoing.
    """
    going = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING)
    if not going.update(state=MailingState.STOPPED, stopped_at=at):
        raise NotGoing
    audit.record("notices.mailing_stopped", by=by, at=at, thing=mailing)
    waiting = messages_of(mailing).filter(state__in=[State.PENDING, State.BUNDLED])
    return waiting.move(State.PARKED, reason=Reason.STOPPED, bundle=None)


@transaction.atomic
def resume(*, mailing: Mailing, by: Person | None, at: datetime) -> int:
    """Let those go that were held back; says how many. Nobody gets it twice. Raises NotStopped,
    TooLate.
    """
    stopped = Mailing.objects.filter(pk=mailing.pk, state=MailingState.STOPPED)
    if mailing.useless_after is not None and mailing.useless_after <= at:
        raise TooLate(
            "The day until which this is of use has passed, so nobody else is sent it. "
            "Call the rest off."
        )
    if not stopped.update(state=MailingState.SENDING, stopped_at=None):
        raise NotStopped
    held = messages_of(mailing).filter(state=State.PARKED, reason=Reason.STOPPED)
    released = held.move(State.PENDING, reason="", not_before=at, attempts=0)
    released += _turned_back(mailing, at)
    audit.record("notices.mailing_resumed", by=by, at=at, thing=mailing)
    nudging.after_commit()
    return released


@transaction.atomic
def call_off(*, mailing: Mailing, by: Person | None, at: datetime) -> int:
    """Send it to nobody else, for good; says to how many it does not go. Raises NotGoing."""
    live = Mailing.objects.filter(
        pk=mailing.pk, state__in=[MailingState.SENDING, MailingState.STOPPED]
    )
    if not live.update(state=MailingState.DONE, stopped_at=at):
        raise NotGoing
    unsent = messages_of(mailing).filter(state__in=[State.PENDING, State.BUNDLED, State.PARKED])
    called_off = unsent.move(State.CANCELLED, reason=Reason.STAFF, finished_at=at, bundle=None)
    audit.record("notices.mailing_called_off", by=by, at=at, thing=mailing)
    return called_off


def settle(*, at: datetime) -> int:
    """Write down which mailings are over; says how many. Whatever a worker turned back while a
    mailing was stopped, and returned after it went on, goes on too.
    """
    over = 0
    going = list(Mailing.objects.filter(state=MailingState.SENDING))
    progress = progress_of(going)
    for mailing in going:
        if progress[mailing.pk].turned_back and text.can_go(mailing):
            _turned_back(mailing, at)
        elif not progress[mailing.pk].left:
            still = Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING)
            over += still.update(state=MailingState.DONE)
    return over


def _turned_back(mailing: Mailing, at: datetime) -> int:
    """A worker that asked while the mailing was stopped was told that it is not wanted."""
    unwanted = messages_of(mailing).filter(state=State.CANCELLED, reason=Reason.UNWANTED)
    return unwanted.move(State.PENDING, reason="", not_before=at, attempts=0, finished_at=None)


def messages_of(mailing: Mailing) -> NoticeQuerySet:
    return Notice.objects.about(list(KINDS), mailing.pk)
