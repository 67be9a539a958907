"""'You said, we did': what came of what people answered."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.enums import WaveState
from lic_site.surveys.models import Deed, Wave
from lic_site.surveys.policies import can
from lic_site.surveys.services import errors


@transaction.atomic
def say_deed(*, wave: Wave, said: str, did: str, by: Person, at: datetime) -> Deed:
    """Note what came of a closed wave, for staff until it is shared. Raises NotYours,
    NotYetClosed.
    """
    _must(by)
    if wave.state != WaveState.CLOSED:
        raise errors.NotYetClosed
    deed = Deed.objects.create(
        wave=wave, said=said.strip(), did=did.strip(), made_at=at, made_by=by
    )
    audit.record("surveys.deed_noted", by=by, at=at, thing=deed)
    return deed


@transaction.atomic
def change_deed(*, deed: Deed, said: str, did: str, by: Person, at: datetime) -> None:
    """Raises NotYours."""
    _must(by)
    deed.said, deed.did = said.strip(), did.strip()
    deed.save(update_fields=["said", "did"])
    audit.record("surveys.deed_changed", by=by, at=at, thing=deed, fields=["said", "did"])


@transaction.atomic
def share_deed(*, deed: Deed, by: Person, at: datetime) -> None:
    """Show it to those whom the wave's results are shared with. Raises NotYours."""
    _must(by)
    deed.shared_at = at
    deed.save(update_fields=["shared_at"])
    audit.record("surveys.deed_shared", by=by, at=at, thing=deed)


@transaction.atomic
def remove_deed(*, deed: Deed, by: Person, at: datetime) -> None:
    """Raises NotYours."""
    _must(by)
    audit.record("surveys.deed_removed", by=by, at=at, thing=deed)
    deed.delete()


def _must(by: Person) -> None:
    if not can(by, "say_what_was_done"):
        raise errors.NotYours
