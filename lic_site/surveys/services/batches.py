"""Sealed answers of an anonymous wave become readable in company alone.

Why not one by one: whoever holds two copies of the database sees which invitations were marked
between them, and which responses came. If one of each came, they belong together. So while a wave
is open a pool of ``POOL`` stays sealed, and the rest of it (as many or more, chosen by lot, so that
nobody knows who is among them) is opened, shuffled and written in one transaction: within it
neither ids, nor the order of rows, nor the transaction's own number tell one from another. The pool
also sees to it that what is left for the closing is never a few.

While a wave is open, a sealed answer can be joined to an invitation by the order in which they were
written; but nobody can read it without the wave's private key, which is encrypted with the site's
keys, is no column that a copy of the database opens, and is gone once the wave is closed.
"""

import random
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from lic_site.insight.suppression import USUAL
from lic_site.surveys import sealing
from lic_site.surveys.definition import Answers
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import SealedAnswer, Wave
from lic_site.surveys.services.storing import store

POOL = 10
"""So many stay sealed while a wave is open, and no fewer are ever moved together."""

type Opened = dict[str, Answers]


@transaction.atomic
def move(*, wave: Wave, at: datetime) -> int:  # noqa: ARG001 - as every verb; no time is kept here
    """Move what may be moved while the wave is open; returns how many. Two workers at once move
    each answer once: whoever comes second leaves it to the first.
    """
    waves = Wave.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
    mine = waves.filter(pk=wave.pk, state=WaveState.OPEN, mode=Mode.ANONYMOUS).first()
    if mine is None:
        return 0
    opened = _opened(mine)
    if len(opened) < 2 * POOL:
        return 0
    chosen = random.SystemRandom().sample(sorted(opened), len(opened) - POOL)
    _write(mine, opened, chosen)
    return len(chosen)


@transaction.atomic
def move_rest(*, wave: Wave, at: datetime) -> None:  # noqa: ARG001 - as every verb
    """On closing: write all that remain, or delete them unread where they are too few; then there
    is no private key any more. Once done, it does nothing.
    """
    waves = Wave.objects.select_for_update(no_key=True, of=("self",))
    mine = waves.get(pk=wave.pk)
    if mine.mode != Mode.ANONYMOUS or not mine.private_key:
        return
    opened = _opened(mine)
    if USUAL.shows(len(opened)):
        _write(mine, opened, sorted(opened))
    left = mine.sealed.all()
    dropped = left.count()
    left.delete()
    Wave.objects.filter(pk=mine.pk).update(dropped=F("dropped") + dropped, private_key="")


def _opened(wave: Wave) -> Opened:
    """By id, those that open. One that was changed where it lies stays sealed, until it is dropped.
    Raises ValueError if the private key cannot be read.
    """
    found: Opened = {}
    for pk, sealed in wave.sealed.values_list("pk", "sealed"):
        try:
            found[str(pk)] = sealing.unseal(wave.private_key, bytes(sealed))
        except sealing.NotSealed:
            continue
    return found


def _write(wave: Wave, opened: Opened, chosen: Iterable[str]) -> None:
    """Shuffled, in the caller's transaction."""
    shuffled = list(chosen)
    random.SystemRandom().shuffle(shuffled)
    store(wave, [opened[pk] for pk in shuffled])
    SealedAnswer.objects.filter(pk__in=shuffled).delete()
