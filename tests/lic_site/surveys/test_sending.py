"""One link, one answer; anonymous answers leave no trace of who or when."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from lic_site.accounts.models import AuditEvent
from lic_site.common.errors import Refusal
from lic_site.notices.models import Notice
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import (
    Comment,
    Draft,
    Invitation,
    Response,
    SealedAnswer,
    Wave,
)
from lic_site.surveys.services import answering, batches
from lic_site.surveys.services.errors import AnsweredAlready, NoLongerOpen
from tests.cohorts.programme.test_races import at_once, meet_after
from tests.factories.survey_answering import anonymous_wave
from tests.factories.surveys import InvitationFactory, WaveFactory
from tests.support.people import NOW

GIVEN = {"useful": ("2",), "change": ("Shorter",), "where": ("room",)}
KNOWN = [Mode.LINKED, Mode.NAMED, Mode.OWN]


def invited(mode: str = Mode.ANONYMOUS, **fields: Any) -> Invitation:
    return InvitationFactory(wave=anonymous_wave(mode=mode, **fields))


def send(invitation: Invitation, **given: tuple[str, ...]) -> None:
    answering.send_answers(
        invitation=Invitation.objects.select_related("wave__version").get(pk=invitation.pk),
        answers=GIVEN | given,
        at=NOW,
    )


def counts() -> tuple[int, int]:
    return SealedAnswer.objects.count(), Response.objects.count()


@pytest.mark.django_db
def test_an_anonymous_answer_is_sealed_and_nothing_else_is_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    invitation = invited()
    with caplog.at_level(logging.INFO):
        send(invitation)
    assert counts() == (1, 0)
    assert not AuditEvent.objects.exists()
    assert not Notice.objects.exists()
    assert not Draft.objects.exists()
    assert not caplog.records
    assert b"Shorter" not in bytes(SealedAnswer.objects.get().sealed)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", KNOWN)
def test_other_modes_keep_what_they_say(mode: Mode) -> None:
    invitation = invited(mode)
    answering.save_draft(invitation=invitation, typed={"useful": ["2"]}, page="x")
    send(invitation)
    response = Response.objects.get()
    is_linked = mode == Mode.LINKED
    assert (response.person is None, response.on is None) == (is_linked, is_linked)
    assert bool(response.pseudonym) == is_linked
    assert Comment.objects.get().response == response
    assert not Draft.objects.exists()
    assert AuditEvent.objects.count() == (0 if is_linked else 1)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", list(Mode))
def test_the_second_answer_is_refused_and_leaves_nothing(mode: Mode) -> None:
    invitation = invited(mode)
    send(invitation)
    before = counts()
    with pytest.raises(AnsweredAlready):
        send(invitation)
    assert counts() == before
    assert answering.save_draft(invitation=invitation, typed={}, page="") is None


@pytest.mark.django_db
@pytest.mark.parametrize("mode", list(Mode))
def test_a_wave_that_is_not_open_takes_nothing(mode: Mode) -> None:
    invitation = invited(mode)
    for fields in (
        {"opens_at": NOW + timedelta(days=1)},
        {"opens_at": NOW - timedelta(days=3), "closes_at": NOW},
        {"closes_at": NOW + timedelta(days=3), "state": WaveState.CLOSED},
    ):
        Wave.objects.update(**fields)
        with pytest.raises(NoLongerOpen):
            send(invitation)
    assert counts() == (0, 0)
    assert not Invitation.objects.get().answered


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given", [{"useful": ()}, {"useful": ("9",)}, {"change": ("x" * 3000,)}, {"change": (" a ",)}]
)
def test_what_no_page_lets_through_is_refused(given: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(answering.NotRightlyAnswered):
        send(invited(), **given)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.LINKED])
def test_a_wave_that_closes_in_the_midst_takes_nothing(
    monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    """It was open when the answers were looked at, and is not when they are marked."""
    invitation = invited(mode)
    real = answering._right

    def closing(*args: Any) -> Any:
        Wave.objects.update(state=WaveState.CLOSED)
        return real(*args)

    monkeypatch.setattr(answering, "_right", closing)
    with pytest.raises(NoLongerOpen):
        send(invitation)
    assert counts() == (0, 0)


@pytest.mark.django_db
def test_an_answer_that_was_moved_on_before_it_was_marked_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody could find it any more, so its link is used."""
    invitation = invited()

    def closed_meanwhile(*_: Any) -> bool:
        SealedAnswer.objects.all().delete()
        return False

    monkeypatch.setattr(answering, "_mark", closed_meanwhile)
    send(invitation)
    assert Invitation.objects.get().answered


@pytest.mark.django_db(transaction=True)
def test_answer_and_mark_are_never_in_one_transaction() -> None:
    invitation = invited()
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        send(invitation)
    assert counts() == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_dying_between_the_two_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    invitation = invited()

    def die(*_: Any) -> bool:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(answering, "_mark", die)
        with pytest.raises(MemoryError):
            send(invitation)
    assert counts() == (1, 0)
    assert not Invitation.objects.get().answered
    send(invitation)
    assert counts() == (2, 0), "at most a repeat"


def race(monkeypatch: pytest.MonkeyPatch, mode: Mode, *, naive: bool = False) -> int:
    """How many answers four sends with one link leave."""
    invitation = invited(mode)
    monkeypatch.setattr(answering, "_right", meet_after(answering._right, 4))
    if naive:
        looked = Invitation.objects.filter(pk=invitation.pk, answered=False)
        see = meet_after(looked.exists, 4)

        def mark(*_: Any) -> bool:
            return bool(see() and Invitation.objects.filter(pk=invitation.pk).update(answered=True))

        monkeypatch.setattr(answering, "_mark", mark)
    outcomes = at_once([lambda: send(invitation)] * 4)
    refused = [each for each in outcomes if isinstance(each, Refusal)]
    assert len(outcomes) == 4
    assert len(refused) == 4 - sum(counts())
    return sum(counts())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(Mode))
def test_one_link_sent_from_four_windows_is_one_answer(
    monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    assert race(monkeypatch, mode) == 1
    assert connection.vendor == "postgresql"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_condition_they_would_be_four(monkeypatch: pytest.MonkeyPatch) -> None:
    assert race(monkeypatch, Mode.ANONYMOUS, naive=True) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("mode", KNOWN)
def test_what_is_withdrawn_is_gone_and_can_be_answered_again(mode: Mode) -> None:
    invitation = invited(mode)
    send(invitation)
    answering.withdraw(invitation=invitation, at=NOW)
    assert not Response.objects.exists()
    assert not Comment.objects.exists()
    assert not Invitation.objects.get().answered
    send(invitation)
    assert Response.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("mode", KNOWN)
def test_after_closing_it_is_withdrawn_from_what_is_kept(mode: Mode) -> None:
    invitation = invited(mode)
    send(invitation)
    Wave.objects.update(state=WaveState.CLOSED)
    answering.withdraw(invitation=invitation, at=NOW)
    assert not Response.objects.exists()
    assert Invitation.objects.get().answered


@pytest.mark.django_db
@pytest.mark.parametrize("mode", list(Mode))
def test_there_may_be_nothing_to_withdraw(mode: Mode) -> None:
    invitation, other = invited(mode), InvitationFactory(wave=WaveFactory(mode=mode))
    if mode in KNOWN:
        send(invited(mode, subject_id=invitation.wave.subject_id))
    for each in (invitation, other):
        with pytest.raises(answering.NothingToWithdraw):
            answering.withdraw(invitation=each, at=NOW)


@pytest.mark.django_db
def test_a_wave_without_a_questionnaire_takes_nothing() -> None:
    invitation = invited()
    Wave.objects.update(state=WaveState.PLANNED, version=None, opened_at=None)
    with pytest.raises(NoLongerOpen):
        send(invitation)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_batch_in_the_midst_of_sending_takes_no_answer_twice() -> None:
    wave = anonymous_wave()
    everybody = InvitationFactory.create_batch(24, wave=wave)
    acts: list[Any] = [lambda each=each: send(each) for each in everybody]
    at_once([*acts, *[lambda: batches.move(wave=wave, at=NOW)] * 3])
    batches.move_rest(wave=wave, at=NOW)
    assert Response.objects.count() == 24
