"""What staff do with one wave: plan it by hand, change it, open it, close it, call it off."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.enums import WaveState, Why
from lic_site.surveys.models import Questionnaire, Wave
from lic_site.surveys.protocol import subjects
from lic_site.surveys.services import closing, opening
from lic_site.surveys.services.errors import (
    NoLongerOpen,
    NotPlannedAnyMore,
    SubjectGone,
    TimesDoNotFit,
    TooFewToAsk,
)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """How a survey is asked, as staff chose it."""

    questionnaire: Questionnaire
    mode: str
    audience: str
    opens_at: datetime
    closes_at: datetime
    chasers: int = 1
    chase_after_days: int = 4
    in_room: bool = False


@transaction.atomic
def plan_wave(
    *, subject_kind: str, subject_id: int, asking: Asking, by: Person, at: datetime
) -> Wave:
    """Plan a survey by hand; it opens by itself. Raises SubjectGone, TooFewToAsk, TimesDoNotFit."""
    subject = subjects()[subject_kind]
    about = subject.find([subject_id]).get(subject_id)
    if about is None:
        raise SubjectGone
    wave = Wave(
        subject_kind=subject_kind,
        subject_id=subject_id,
        anchor=next(iter(subject.anchors)),
        group=about.group,
        about=about.words[:200],
        group_name=about.group_words[:120],
        made_at=at,
        made_by=by,
    )
    _take(wave, asking, at=at)
    wave.save()
    audit.record("surveys.wave_planned", by=by, at=at, thing=wave)
    return wave


def _take(wave: Wave, asking: Asking, *, at: datetime) -> None:
    """Raises TooFewToAsk, TimesDoNotFit, SubjectGone."""
    if asking.closes_at <= asking.opens_at or asking.closes_at <= at:
        raise TimesDoNotFit
    wave.questionnaire = asking.questionnaire
    wave.mode, wave.audience, wave.in_room = asking.mode, asking.audience, asking.in_room
    wave.opens_at, wave.closes_at = asking.opens_at, asking.closes_at
    wave.chasers, wave.chase_after_days = asking.chasers, asking.chase_after_days
    if opening.people_of(wave).distinct().count() < opening.fewest(wave.mode):
        raise TooFewToAsk


@transaction.atomic
def change(*, wave: Wave, asking: Asking, by: Person, at: datetime) -> None:
    """Change a survey that has not opened. One that a plan made is then in the hands of staff: the
    plan no longer moves it. Raises NotPlannedAnyMore, SubjectGone, TooFewToAsk, TimesDoNotFit.
    """
    held = _planned(wave)
    _take(held, asking, at=at)
    held.made_by = by
    held.save()
    audit.record("surveys.wave_changed", by=by, at=at, thing=held)


@transaction.atomic
def move_closing(*, wave: Wave, closes_at: datetime, by: Person, at: datetime) -> None:
    """Close an open survey earlier or later. Raises NoLongerOpen, TimesDoNotFit."""
    held = _held(wave)
    if held.state != WaveState.OPEN or held.closes_at <= at:
        raise NoLongerOpen
    if closes_at <= at:
        raise TimesDoNotFit
    held.closes_at = closes_at
    held.save(update_fields=["closes_at"])
    audit.record("surveys.wave_changed", by=by, at=at, thing=held, fields=["closes_at"])


@transaction.atomic
def open_now(*, wave: Wave, by: Person, at: datetime) -> None:
    """Open a planned survey before its time. It closes when it would have. Raises
    NotPlannedAnyMore, NotPublished, SubjectGone, TooFewToAsk, TimesDoNotFit.
    """
    held = _planned(wave)
    if held.closes_at <= at:
        raise TimesDoNotFit
    held.opens_at = min(held.opens_at, at)
    opening.start(held, by=by, at=at)


@transaction.atomic
def close_now(*, wave: Wave, by: Person, at: datetime) -> None:
    """Close an open survey and make its figures. Raises NoLongerOpen."""
    held = _held(wave)
    if held.state != WaveState.OPEN:
        raise NoLongerOpen
    held.closes_at = min(held.closes_at, max(at, held.opens_at))
    if held.closes_at > held.opens_at:
        held.save(update_fields=["closes_at"])
    closing.close(wave=held, by=by, at=at)


@transaction.atomic
def call_off(*, wave: Wave, by: Person, at: datetime) -> None:
    """Call off a survey that has not opened. The clock does not plan it again. Raises
    NotPlannedAnyMore.
    """
    held = _planned(wave)
    held.state, held.why = WaveState.CANCELLED, Why.STAFF
    held.save(update_fields=["state", "why"])
    audit.record("surveys.wave_called_off", by=by, at=at, thing=held)


def _held(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)


def _planned(wave: Wave) -> Wave:
    held = _held(wave)
    if held.state != WaveState.PLANNED:
        raise NotPlannedAnyMore
    return held
