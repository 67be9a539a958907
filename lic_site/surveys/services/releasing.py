"""Figures are made once, when a wave has closed, and never again; then they may be shared."""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common.errors import Refusal
from lic_site.surveys.enums import Mode
from lic_site.surveys.figures import compute
from lic_site.surveys.models import Release, Wave


class NothingToShare(Refusal):
    """Too few people answered for any figure, so there is nothing to share."""


@transaction.atomic
def make(*, wave: Wave, at: datetime) -> Release | None:
    """Make a wave's figures, unless they are made: what was released stays as it is.

    None for what is the respondents' own, of which there are no figures.
    """
    if wave.mode == Mode.OWN:
        return None
    locked = Wave.objects.select_for_update().select_related(None).get(pk=wave.pk)
    made = Release.objects.filter(wave=locked).first()
    if made is not None:
        return made
    invited = wave.invitations
    release = Release.objects.create(
        wave=wave,
        figures=compute(wave),
        asked=invited.count(),
        answered=invited.filter(answered=True).count(),
        made_at=at,
    )
    audit.record("surveys.results_made", by=None, at=at, thing=release)
    return release


@transaction.atomic
def share(*, release: Release, by: Person, at: datetime) -> None:
    """Open the figures to those the survey was about. Raises NothingToShare."""
    if not release.figures["questions"]:
        raise NothingToShare
    shared = Release.objects.filter(pk=release.pk, shared_at=None)
    if shared.update(shared_at=at, shared_by=by):
        audit.record("surveys.results_shared", by=by, at=at, thing=release)


@transaction.atomic
def unshare(*, release: Release, by: Person, at: datetime) -> None:
    """Close them again; who has read them has read them."""
    shared = Release.objects.filter(pk=release.pk, shared_at__isnull=False)
    if shared.update(shared_at=None, shared_by=None):
        audit.record("surveys.results_unshared", by=by, at=at, thing=release)
