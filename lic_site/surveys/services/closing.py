"""Close waves whose time is over: the last answers are moved, the figures are made, once."""

import logging
from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Wave
from lic_site.surveys.services import batches, checking, releasing

log = logging.getLogger(__name__)


def close_due(*, at: datetime) -> int:
    """Close every open wave whose time is over. Says how many. One that cannot be closed stays
    open, which the board shows, and holds up no other.
    """
    due = Wave.objects.open().filter(closes_at__lte=at).order_by("closes_at", "pk")
    closed = 0
    for wave in due:
        try:
            closed += close(wave=wave, at=at)
        except Exception:
            log.exception("Wave %s could not be closed", wave.pk)
    return closed


@transaction.atomic
def close(*, wave: Wave, at: datetime, by: Person | None = None) -> bool:
    """Take no more answers, and make the figures. Says whether it was open."""
    held = Wave.objects.select_for_update().filter(pk=wave.pk, state=WaveState.OPEN).first()
    if held is None:
        return False
    held.state, held.closed_at = WaveState.CLOSED, at
    held.save(update_fields=["state", "closed_at"])
    batches.move_rest(wave=held, at=at)
    release = releasing.make(wave=held, at=at)
    if release is not None:
        checking.drop_unreadable(wave=held, answered=release.answered)
    audit.record("surveys.wave_closed", by=by, at=at, thing=held)
    return True


def move(*, at: datetime) -> None:
    """Move sealed answers of open anonymous waves, in company."""
    for wave in (
        Wave.objects.open_at(at).filter(mode=Mode.ANONYMOUS, sealed__isnull=False).distinct()
    ):
        batches.move(wave=wave, at=at)
