"""Open waves whose time has come: the newest questionnaire, an invitation for each of those to be
asked.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.insight.suppression import USUAL
from lic_site.surveys import sealing
from lic_site.surveys.enums import NAMELESS, Mode, WaveState, Why
from lic_site.surveys.models import Invitation, Version, Wave
from lic_site.surveys.protocol import subjects
from lic_site.surveys.services.errors import NotPublished, SubjectGone, TooFewToAsk

CHUNK = 1_000


def fewest(mode: str) -> int:
    """How many must be asked at least."""
    return USUAL.scores if mode in NAMELESS else 1


def open_due(*, at: datetime) -> int:
    """Open every planned wave whose time has come; call off those that cannot be opened. Says how
    many opened.
    """
    due = Wave.objects.filter(state=WaveState.PLANNED, opens_at__lte=at).order_by("opens_at", "pk")
    return sum(open_one(pk, at=at) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def open_one(pk: int, *, at: datetime) -> bool:
    """The clock's way: one whose whole time has passed is called off, and so is one about what is
    gone or with too few to ask. Without a published questionnaire it waits for that until then.
    """
    wave = Wave.objects.select_for_update().filter(pk=pk, state=WaveState.PLANNED).first()
    if wave is None or wave.opens_at > at:
        return False
    if wave.closes_at <= at:
        _call_off(wave, "" if _newest(wave) else Why.NO_QUESTIONNAIRE)
        return False
    try:
        start(wave, by=None, at=at)
    except NotPublished:
        return False
    except SubjectGone:
        _call_off(wave, Why.SUBJECT_GONE)
        return False
    except TooFewToAsk:
        _call_off(wave, Why.TOO_FEW)
        return False
    return True


def start(wave: Wave, *, by: Person | None, at: datetime) -> None:
    """Open a planned wave that the caller holds. Raises NotPublished, SubjectGone, TooFewToAsk,
    and has then changed nothing.
    """
    version = _newest(wave)
    if version is None:
        raise NotPublished
    asked = list(people_of(wave).order_by("pk").values_list("pk", flat=True).distinct())
    if len(asked) < fewest(wave.mode):
        raise TooFewToAsk
    invitations = [Invitation(wave=wave, person_id=each) for each in asked]
    Invitation.objects.bulk_create(invitations, batch_size=CHUNK, ignore_conflicts=True)
    wave.version, wave.state, wave.opened_at = version, WaveState.OPEN, at
    if wave.mode == Mode.ANONYMOUS:
        wave.public_key, wave.private_key = sealing.new_keys()
    wave.save()
    audit.record("surveys.wave_opened", by=by, at=at, thing=wave)


def people_of(wave: Wave) -> QuerySet[Person]:
    """Whom a wave would ask as things stand. Raises SubjectGone."""
    subject = subjects().get(wave.subject_kind)
    if subject is None or wave.subject_id not in subject.find([wave.subject_id]):
        raise SubjectGone
    return subject.audience(wave.subject_id, wave.audience)


def _newest(wave: Wave) -> Version | None:
    versions = Version.objects.published().filter(questionnaire=wave.questionnaire_id)
    return versions.order_by("-number").first()


def _call_off(wave: Wave, why: str) -> None:
    wave.state, wave.why = WaveState.CANCELLED, why
    wave.save(update_fields=["state", "why"])
