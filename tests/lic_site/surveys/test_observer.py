"""An observer with the whole database, every log and copies from any moment joins no anonymous
answer to a person. The same attacks do join answers that are kept the naive way.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from lic_site.surveys import sealing
from lic_site.surveys.models import Answer, Comment, Invitation, Response, SealedAnswer, Wave
from lic_site.surveys.services import batches
from tests.factories.survey_answering import anonymous_wave
from tests.lic_site.surveys import observing
from tests.lic_site.surveys.observing import PEOPLE, Play, by_the_pages, naively
from tests.support.people import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]

CHANCE = 14
"""Right joins of forty that luck may bring. In every batch of ten one is right on average at most,
so four in all, and fifteen once in a hundred thousand tries.
"""
EVERYWHERE = [
    observing.by_place,
    observing.by_number_of_answer,
    observing.by_id,
    observing.by_two_snapshots,
]
BY_TRANSACTION = [observing.by_transaction, observing.by_nearest_transaction]
MOVED = {
    "surveys_invitation",
    "surveys_sealedanswer",
    "surveys_response",
    "surveys_answer",
    "surveys_comment",
}

type Attack = Callable[[Play], dict[str, int]]


def survives(seen: Play, attacks: list[Attack]) -> None:
    for attack in attacks:
        assert seen.hits(attack(seen)) <= CHANCE, attack.__name__


def test_nothing_that_is_kept_joins_an_answer_to_a_person(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wave = anonymous_wave()
    with caplog.at_level(logging.INFO):
        seen = observing.play(wave, by_the_pages)
    assert Response.objects.count() == 30
    survives(seen, EVERYWHERE)

    # Batches: ten or more at once, out of twice as many, and ten stay behind.
    for first, second in zip(seen.snapshots, seen.snapshots[1:], strict=False):
        came = len(second.responses - first.responses)
        assert came == 0 or came >= batches.POOL
        assert not came or (first.sealed >= 2 * came and second.sealed >= batches.POOL)
        assert not came or second.answered == first.answered
    # Whatever two copies are compared, what came between them is of ten people or more.
    sizes = {
        len(second.responses - first.responses)
        for first in seen.snapshots
        for second in seen.snapshots
    }
    assert all(size == 0 or size >= batches.POOL for size in sizes)

    # Lengths, and what an answer says of itself.
    assert (
        len({len(bytes(each)) for each in SealedAnswer.objects.values_list("sealed", flat=True)})
        == 1
    )
    assert set(Response.objects.values_list("pseudonym", "person", "on")) == {("", None, None)}
    # Logs.
    assert not caplog.records

    batches.move_rest(wave=wave, at=NOW)
    assert Response.objects.count() == PEOPLE
    survives(seen, EVERYWHERE)


def test_answering_writes_to_no_other_table_and_no_table_knows_a_link_or_a_time() -> None:
    wave = anonymous_wave()
    before: dict[str, list[str]] = {}

    def first(seen: Play, number: int) -> None:
        before.update(before or observing.tables())
        by_the_pages(seen, number)

    seen = observing.play(wave, first)
    after = observing.tables()
    assert {name for name in after if after[name] != before[name]} <= MOVED
    everything = "\n".join(row for name in MOVED for row in after[name])
    assert not [link for link in observing.links(seen) if link in everything]
    assert "datetime" not in everything
    for model in (Response, Answer, Comment, SealedAnswer, Invitation):
        for row in model.objects.values():
            assert not [value for value in row.values() if isinstance(value, date)], model


def test_what_is_sealed_opens_with_nothing_that_the_database_holds() -> None:
    """Sealed answers lie in the order in which they came: that alone joins them to invitations. So
    they must not open without the site's keys, and never once the wave is closed.
    """
    wave = anonymous_wave()
    observing.play(wave, by_the_pages)
    kept = [bytes(each) for each in SealedAnswer.objects.values_list("sealed", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT private_key, public_key FROM surveys_wave")
        found = cursor.fetchone()
    assert wave.private_key not in found
    for column in found:
        for sealed in kept:
            with pytest.raises((sealing.NotSealed, ValueError)):
                sealing.unseal(column, sealed)
    batches.move_rest(wave=wave, at=NOW)
    assert not Wave.objects.get().private_key
    assert not SealedAnswer.objects.exists()


def test_comments_stand_apart_from_the_answers_they_came_with() -> None:
    wave = anonymous_wave()

    def with_words(seen: Play, number: int) -> None:
        observing.Pages(seen.people[number]).send(useful="1", change=f"Words of {number}")
        batches.move(wave=wave, at=NOW)

    observing.play(wave, with_words)
    batches.move_rest(wave=wave, at=NOW)
    assert not Comment.objects.exclude(response=None).exists()
    in_place = [pk for pk, _ in observing.column(Comment, observing.place())]
    said = {each.pk.hex: int(each.text.rpartition(" ")[2]) for each in Comment.objects.all()}
    right = [number == said[pk] for number, pk in enumerate(in_place)]
    assert len(right) == PEOPLE
    assert sum(right) <= CHANCE


@pytest.mark.parametrize("attack", [each for each in EVERYWHERE if each is not observing.by_id])
def test_the_naive_way_is_joined_by_the_same_attacks(attack: Attack) -> None:
    seen = observing.play(anonymous_wave(), naively)
    assert seen.hits(attack(seen)) == PEOPLE


@pytest.mark.postgres
def test_no_transaction_wrote_both_a_mark_and_an_answer() -> None:
    wave = anonymous_wave()
    seen = observing.play(wave, by_the_pages)
    batches.move_rest(wave=wave, at=NOW)
    survives(seen, [*EVERYWHERE, *BY_TRANSACTION])
    marks = {xmin for _, xmin in observing.column(Invitation, "xmin::text")}
    for model in (Response, Answer):
        written = Counter(xmin for _, xmin in observing.column(model, "xmin::text"))
        assert not marks & set(written)
        assert min(written.values()) >= batches.POOL
    responses = Counter(xmin for _, xmin in observing.column(Response, "xmin::text"))
    assert sorted(responses.values()) == [10, 10, 10, 10]


@pytest.mark.postgres
@pytest.mark.parametrize("attack", BY_TRANSACTION)
def test_the_naive_way_is_joined_by_its_transactions(attack: Attack) -> None:
    seen = observing.play(anonymous_wave(), naively)
    assert seen.hits(attack(seen)) == PEOPLE


@pytest.mark.postgres
def test_sealed_answers_and_marks_have_transactions_of_their_own() -> None:
    wave = anonymous_wave()
    people = [each.pk for each in observing.play(wave, by_the_pages).people]
    assert len(people) == PEOPLE
    marks = {xmin for _, xmin in observing.column(Invitation, "xmin::text")}
    assert not marks & {xmin for _, xmin in observing.column(SealedAnswer, "xmin::text")}
