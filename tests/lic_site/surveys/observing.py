"""Somebody who sees everything that is kept: every table with its hidden columns, every log line,
and copies of the database from any moment. They know, too, in which order people answered. What
they have not is the site's keys.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from lic_site.surveys.definition import Answers
from lic_site.surveys.links import token_for
from lic_site.surveys.models import Answer, Invitation, Response, SealedAnswer, Wave
from lic_site.surveys.services import batches
from lic_site.surveys.services.storing import store
from tests.factories.surveys import InvitationFactory
from tests.lic_site.surveys.walking import Pages
from tests.support.people import NOW

PEOPLE = 40


def own_answer(number: int) -> dict[str, Any]:
    """What nobody else answers, so that a join can be told right from wrong."""
    useful, rest = number % 5, number // 5
    again, where = rest % 11, rest // 11
    return {"useful": str(useful + 1), "again": str(again), "where": ["room", "online"][where]}


@dataclass(frozen=True)
class Snapshot:
    """One copy of the database: who has answered, and which answers there are."""

    answered: frozenset[int]
    responses: frozenset[str]
    sealed: int


@dataclass
class Play:
    """What happened, and what an observer has seen of it."""

    wave: Wave
    people: list[Invitation] = field(default_factory=list)
    """In the order in which they answered."""
    snapshots: list[Snapshot] = field(default_factory=list)

    def look(self) -> None:
        answered = Invitation.objects.filter(answered=True).values_list("pk", flat=True)
        self.snapshots.append(
            Snapshot(
                frozenset(answered),
                frozenset(str(pk) for pk in Response.objects.values_list("pk", flat=True)),
                SealedAnswer.objects.count(),
            )
        )

    def owner(self, response: str) -> int:
        """Whose it really is: the test knows, the observer does not."""
        given = dict(Answer.objects.filter(response=response).values_list("question", "value"))
        numbers = [each for each in range(PEOPLE) if own_answer(each) == given]
        return self.people[numbers[0]].pk

    def hits(self, guesses: dict[str, int]) -> int:
        """How many of these joins of a response to an invitation are right."""
        return sum(self.owner(response) == person for response, person in guesses.items())


def by_the_pages(play: Play, number: int) -> None:
    """As it is done: through the real pages, and the clock comes round after each."""
    Pages(play.people[number]).send(**own_answer(number))
    play.look()
    batches.move(wave=play.wave, at=NOW)


def naively(play: Play, number: int) -> None:
    """As nobody should: the answer and the mark in one transaction, one by one. (A savepoint around
    either would give it a number of its own, and leave it to be joined by the next one before.)
    """
    write: Any = store
    given: Answers = {code: (value,) for code, value in own_answer(number).items()}
    with transaction.atomic():
        write.__wrapped__(play.wave, [given])
        Invitation.objects.filter(pk=play.people[number].pk).update(answered=True)


def play(wave: Wave, answer: Callable[[Play, int], None]) -> Play:
    seen = Play(wave, InvitationFactory.create_batch(PEOPLE, wave=wave))
    seen.look()
    for number in range(PEOPLE):
        answer(seen, number)
        seen.look()
    return seen


def column(model: Any, hidden: str) -> list[tuple[str, Any]]:
    """Every row's key and what the database itself keeps of it, in the order of the latter."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {hidden} FROM {table}")
        rows = [(str(pk).replace("-", ""), value) for pk, value in cursor.fetchall()]
    return sorted(rows, key=lambda row: _place(row[1]))


def _place(value: Any) -> tuple[int, ...]:
    """A place in a table, '(0,12)', or a number, as something that can be put in order."""
    return tuple(int(each) for each in re.findall(r"\d+", str(value)))


def place() -> str:
    """The column that tells in which order rows were written."""
    return "ctid" if connection.vendor == "postgresql" else "rowid"


def in_order(seen: Play, responses: list[str]) -> dict[str, int]:
    """Join the first who answered to the first response, and so on."""
    return dict(zip(responses, [each.pk for each in seen.people], strict=False))


def by_place(seen: Play) -> dict[str, int]:
    return in_order(seen, [pk for pk, _ in column(Response, place())])


def by_number_of_answer(seen: Play) -> dict[str, int]:
    rows = Answer.objects.order_by("pk").values_list("response", flat=True)
    return in_order(seen, list(dict.fromkeys(pk.hex for pk in rows)))


def by_id(seen: Play) -> dict[str, int]:
    return in_order(seen, [pk.hex for pk in sorted(Response.objects.values_list("pk", flat=True))])


def by_two_snapshots(seen: Play) -> dict[str, int]:
    """One more has answered and one more response is there."""
    found: dict[str, int] = {}
    for first, second in zip(seen.snapshots, seen.snapshots[1:], strict=False):
        people, responses = second.answered - first.answered, second.responses - first.responses
        if len(people) == len(responses) == 1:
            found[next(iter(responses))] = next(iter(people))
    return found


def by_transaction(seen: Play) -> dict[str, int]:
    """What was written by the same transaction. PostgreSQL keeps its number with each row."""
    people = {xmin: int(pk) for pk, xmin in column(Invitation, "xmin::text")}
    return {pk: people[xmin] for pk, xmin in column(Response, "xmin::text") if xmin in people}


def by_nearest_transaction(seen: Play) -> dict[str, int]:
    """What was written by the transaction next before."""
    people = [(int(xmin), int(pk)) for pk, xmin in column(Invitation, "xmin::text")]
    found: dict[str, int] = {}
    for pk, xmin in column(Response, "xmin::text"):
        before = [each for each in people if each[0] <= int(xmin)]
        if before:
            found[pk] = max(before)[1]
    return found


def tables() -> dict[str, list[Any]]:
    """Every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def links(seen: Play) -> list[str]:
    return [token_for(each).partition("~")[2] for each in seen.people]
