"""Answer a survey, leave and come back, take back what was sent.

Who answers holds the link of an invitation; nobody signs in. An anonymous answer and the mark that
its invitation is used are two transactions: in one, the database would keep for both the number of
the same transaction, and that number joins them. Nothing on that path knows a date or a time,
writes to the audit trail, or makes a line in a log.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.common.errors import Refusal
from lic_site.surveys import answers as reading
from lic_site.surveys import sealing
from lic_site.surveys.definition import Answers, Definition
from lic_site.surveys.enums import SAVED, WITHDRAWABLE, Mode
from lic_site.surveys.models import Draft, Invitation, Response, SealedAnswer, Series, Wave
from lic_site.surveys.services import pseudonyms
from lic_site.surveys.services.errors import AnsweredAlready, NoLongerOpen
from lic_site.surveys.services.storing import store


class NotRightlyAnswered(Refusal):
    """Something is not answered, or not so that it can be kept. Go back to it and look again."""


class NothingToWithdraw(Refusal):
    """There are no answers of yours here to take back."""


@transaction.atomic
def save_draft(
    *, invitation: Invitation, typed: Mapping[str, Sequence[str]], page: str
) -> Draft | None:
    """Keep what was typed so far, right or wrong, and where to go on. Nothing is kept in a mode
    that keeps none, and nothing once the survey is answered.
    """
    held = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if invitation.wave.mode not in SAVED or held.answered:
        return None
    words = json.dumps({code: list(values) for code, values in typed.items()})
    draft, _ = Draft.objects.update_or_create(
        invitation=held, defaults={"answers": words, "page": page}
    )
    return draft


@transaction.atomic
def forget_draft(*, invitation: Invitation) -> None:
    """Begin again."""
    Draft.objects.filter(invitation=invitation).delete()


def send_answers(*, invitation: Invitation, answers: Answers, at: datetime) -> None:
    """Take the answers, as the wave's mode keeps them; those to questions that are not asked are
    left out. Raises NotRightlyAnswered, AnsweredAlready, NoLongerOpen.
    """
    wave = invitation.wave
    if wave.version is None or not _open(wave, at):
        raise NoLongerOpen
    given = _right(wave.version.definition, answers)
    if wave.mode == Mode.ANONYMOUS:
        _send_sealed(invitation, wave.version.definition, given, at)
    else:
        _send_known(invitation, given, at)


def _right(definition: Definition, answers: Answers) -> Answers:
    """What is kept of the answers, each read once more."""
    kept = definition.kept(answers)
    for _, questions in definition.pages(kept):
        for question in questions:
            found = reading.read(question, kept.get(question.code, ()))
            if found.problem or found.values != kept.get(question.code, ()):
                raise NotRightlyAnswered
    return kept


def _send_sealed(
    invitation: Invitation, definition: Definition, given: Answers, at: datetime
) -> None:
    """First the answer, then the mark, each in a transaction of its own. Should we die between the
    two, the answer is there and the link is not used: at worst the same person answers again.

    Whoever comes second with one link has their answer deleted again. If it was moved on in that
    very moment nobody can tell any more which it was: then it counts.
    """
    sealed = sealing.seal(definition, invitation.wave.public_key, given)
    with transaction.atomic(durable=True):
        row = SealedAnswer.objects.create(wave_id=invitation.wave_id, sealed=sealed)
    with transaction.atomic(durable=True):
        if _mark(invitation, at):
            return
        deleted, _ = SealedAnswer.objects.filter(pk=row.pk).delete()
        if not deleted:
            Invitation.objects.filter(pk=invitation.pk).update(answered=True)
            return
    raise _second(invitation)


def _mark(invitation: Invitation, at: datetime) -> bool:
    """Use the link, if it is not used and the wave is open at this moment."""
    unused = Invitation.objects.filter(
        pk=invitation.pk, answered=False, wave__in=Wave.objects.open_at(at)
    )
    return bool(unused.update(answered=True))


def _second(invitation: Invitation) -> Refusal:
    used = Invitation.objects.filter(pk=invitation.pk, answered=True).exists()
    return AnsweredAlready() if used else NoLongerOpen()


@transaction.atomic
def _send_known(invitation: Invitation, given: Answers, at: datetime) -> None:
    """With a pseudonym or a person, in one transaction with the mark. Of a linked answer nothing is
    written down elsewhere: a moment in the audit trail would tell whose it is.
    """
    wave, held = _held(invitation)
    if not _open(wave, at):
        raise NoLongerOpen
    if held.answered or given_by(held) is not None:
        raise AnsweredAlready
    person = held.person
    if wave.mode == Mode.LINKED:
        store(wave, [given], pseudonym=pseudonyms.pseudonym(wave, person))
    else:
        store(wave, [given], person=person, on=timezone.localdate(at))
        audit.record("surveys.answers_sent", by=person, at=at, thing=held, subject=person)
    Invitation.objects.filter(pk=held.pk).update(answered=True)
    Draft.objects.filter(invitation=held).delete()


@transaction.atomic
def withdraw(*, invitation: Invitation, at: datetime) -> None:
    """Delete what was answered with this link, with everything said in words and every share of it.
    While the wave is open it can be answered again; figures that were made stay. Raises
    NothingToWithdraw, in an anonymous wave always.
    """
    wave, held = _held(invitation)
    response = given_by(held)
    if response is None:
        raise NothingToWithdraw
    response.delete()
    if _open(wave, at):
        Invitation.objects.filter(pk=held.pk).update(answered=False)
    if wave.mode != Mode.LINKED:
        audit.record(
            "surveys.answers_withdrawn", by=held.person, at=at, thing=held, subject=held.person
        )


def given_by(invitation: Invitation) -> Response | None:
    """What was answered with this link; None where nothing was, or where nobody can tell."""
    wave = invitation.wave
    mine = Response.objects.filter(wave=wave)
    if wave.mode not in WITHDRAWABLE:
        return None
    if wave.mode != Mode.LINKED:
        return mine.filter(person=invitation.person_id).first()
    series = Series.objects.filter(name=wave.series).first()
    known = None if series is None else pseudonyms.of(series, invitation.person)
    return mine.filter(pseudonym=known).first() if known else None


def _held(invitation: Invitation) -> tuple[Wave, Invitation]:
    """Both as they are now; whoever closes the wave waits for our transaction."""
    waves = Wave.objects.select_for_update(no_key=True, of=("self",)).select_related("version")
    wave = waves.get(pk=invitation.wave_id)
    held = Invitation.objects.select_for_update(of=("self",)).select_related("person")
    mine = held.get(pk=invitation.pk)
    mine.wave = wave
    return wave, mine


def _open(wave: Wave, at: datetime) -> bool:
    return Wave.objects.open_at(at).filter(pk=wave.pk).exists()
