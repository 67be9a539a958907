"""Sealed answers are moved in company, once, or deleted unread."""

from collections import Counter
from typing import Any

import pytest

from lic_site.surveys import sealing
from lic_site.surveys.enums import Mode, WaveState
from lic_site.surveys.models import Answer, Comment, Response, SealedAnswer, Wave
from lic_site.surveys.services import batches
from tests.cohorts.programme.test_races import at_once
from tests.factories.survey_answering import anonymous_wave, sealed
from tests.factories.surveys import ASKED, WaveFactory
from tests.support.people import NOW


def scores() -> Counter[str]:
    return Counter(Answer.objects.filter(question="again").values_list("value", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("there", "moved"), [(0, 0), (1, 0), (10, 0), (19, 0), (20, 10), (21, 11), (45, 35)]
)
def test_while_open_ten_stay_and_never_fewer_than_ten_go(there: int, moved: int) -> None:
    wave = anonymous_wave()
    sealed(wave, range(there))
    assert batches.move(wave=wave, at=NOW) == moved
    assert (Response.objects.count(), SealedAnswer.objects.count()) == (moved, there - moved)
    assert batches.move(wave=wave, at=NOW) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("there", "kept"), [(0, 0), (1, 0), (4, 0), (5, 5), (12, 12)])
def test_on_closing_all_go_or_too_few_are_deleted_unread(there: int, kept: int) -> None:
    wave = anonymous_wave()
    sealed(wave, range(there))
    batches.move_rest(wave=wave, at=NOW)
    wave.refresh_from_db()
    assert Response.objects.count() == kept
    assert (wave.dropped, wave.private_key) == (there - kept, "")
    assert not SealedAnswer.objects.exists()
    batches.move_rest(wave=wave, at=NOW)
    assert Wave.objects.get().dropped == there - kept


@pytest.mark.django_db
def test_nothing_is_lost_and_nothing_doubled_over_several_batches() -> None:
    wave = anonymous_wave()
    for first in (0, 20, 40):
        sealed(wave, range(first, first + 20))
        batches.move(wave=wave, at=NOW)
    batches.move_rest(wave=wave, at=NOW)
    assert scores() == Counter(str(score % 11) for score in range(60))
    assert not Response.objects.exclude(pseudonym="", person=None, on=None).exists()


@pytest.mark.django_db
def test_a_batch_is_shuffled_and_who_is_in_it_is_drawn_by_lot() -> None:
    wave = anonymous_wave()
    sealed(wave, [0] * 10 + [1] * 10 + [2] * 40)
    batches.move(wave=wave, at=NOW)
    by_row = Answer.objects.filter(question="again").order_by("pk").values_list("value", flat=True)
    assert list(by_row) != sorted(by_row)
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_one_that_was_changed_where_it_lies_holds_up_nobody_and_is_dropped() -> None:
    wave = anonymous_wave()
    sealed(wave, range(20))
    SealedAnswer.objects.create(wave=wave, sealed=b"changed")
    assert batches.move(wave=wave, at=NOW) == 10
    batches.move_rest(wave=wave, at=NOW)
    assert (Response.objects.count(), Wave.objects.get().dropped) == (20, 1)


@pytest.mark.django_db
def test_without_the_sites_key_nothing_is_deleted(settings: Any) -> None:
    wave = anonymous_wave()
    sealed(wave, range(20))
    settings.FIELD_KEYS = ["A" * 43 + "="]
    for act in (batches.move, batches.move_rest):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever cryptography says
            act(wave=wave, at=NOW)
    assert SealedAnswer.objects.count() == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields", [{"state": WaveState.CLOSED}, {"mode": Mode.LINKED}], ids=["closed", "linked"]
)
def test_only_an_open_anonymous_wave_moves(fields: dict[str, Any]) -> None:
    wave = anonymous_wave(**fields)
    sealed(wave, range(20))
    assert batches.move(wave=wave, at=NOW) == 0


@pytest.mark.django_db
def test_closing_another_mode_changes_nothing() -> None:
    wave = WaveFactory(mode=Mode.NAMED)
    batches.move_rest(wave=wave, at=NOW)
    assert Wave.objects.get().dropped == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_move_each_answer_once() -> None:
    wave = anonymous_wave()
    sealed(wave, range(40))
    moved = at_once([lambda: batches.move(wave=wave, at=NOW)] * 4)
    assert sum(int(str(each)) for each in moved) == Response.objects.count() == 30
    at_once([lambda: batches.move_rest(wave=wave, at=NOW)] * 4)
    assert Response.objects.count() == 40
    assert scores() == Counter(str(score % 11) for score in range(40))
    assert not Wave.objects.get().private_key


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_somebody_sends_while_a_batch_moves() -> None:
    """What arrives meanwhile stays for the next batch, and does not wait for this one."""
    wave = anonymous_wave()
    sealed(wave, range(30))
    at_once([lambda: batches.move(wave=wave, at=NOW), lambda: sealed(wave, range(5))])
    batches.move_rest(wave=wave, at=NOW)
    assert Response.objects.count() == 35
    assert len(sealing.seal(ASKED, wave.public_key, {})) == sealing.size(ASKED) + sealing.OVERHEAD
