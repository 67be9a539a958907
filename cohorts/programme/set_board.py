"""A cohort's learning sets as Staff College sees them: who is in which, who in none, how even."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from cohorts.programme.boards import GRADE_ORDER
from cohorts.programme.grouping import sharing
from cohorts.programme.grouping_solver import LARGEST, SMALLEST
from cohorts.programme.models import Enrolment, LearningSet
from cohorts.programme.services.sets.facts import Facts, plain_member
from lic_site.accounts.enums import GradeBand
from lic_site.accounts.models import Organisation


@dataclass(frozen=True)
class Row:
    """One participant."""

    enrolment: Enrolment
    employer: str
    borough: str
    grade: str


@dataclass(frozen=True)
class Card:
    """One set."""

    learning_set: LearningSet
    rows: list[Row]
    grades: list[tuple[str, int]]
    """Junior to senior."""
    boroughs: int
    """How many differ."""
    same_employer: int
    """Pairs."""

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def is_small(self) -> bool:
        return 0 < self.size < SMALLEST

    @property
    def is_large(self) -> bool:
        return self.size > LARGEST


@dataclass(frozen=True)
class Figure:
    """Pairs within sets who share something, and the fewest that there could be."""

    kind: str
    pairs: int
    fewest: int


@dataclass(frozen=True)
class Board:
    cards: list[Card]
    unplaced: list[Row]
    figures: list[Figure]

    @property
    def people(self) -> int:
        return len(self.unplaced) + sum(card.size for card in self.cards)

    @property
    def to_name(self) -> int:
        """How many people are in sets that were not named yet."""
        return sum(card.size for card in self.cards if card.learning_set.named_at is None)


def board_of(facts: Facts, sets: QuerySet[LearningSet]) -> Board:
    """Wants the sets' facilitators joined."""
    cards = list(sets)
    rows: dict[int | None, list[Row]] = {each.pk: [] for each in cards}
    unplaced: list[Row] = []
    for each in facts.members.values():
        rows.get(each.learning_set_id, unplaced).append(_row(each))
    for inside in (*rows.values(), unplaced):
        inside.sort(key=lambda row: (row.enrolment.person.name.casefold(), row.enrolment.pk))
    plain = [[plain_member(row.enrolment) for row in rows[each.pk]] for each in cards]
    return Board(
        cards=[_card(each, rows[each.pk]) for each in cards],
        unplaced=unplaced,
        figures=[Figure(kind, *sharing(plain, kind)) for kind in ("borough", "grade", "employer")]
        if any(plain)
        else [],
    )


def _row(enrolment: Enrolment) -> Row:
    person = enrolment.person
    employer = person.organisation or enrolment.entry_organisation
    grade = person.grade_band or enrolment.entry_grade_band
    return Row(
        enrolment=enrolment,
        employer=str(employer) if employer else "",
        borough=_boroughs(employer) if employer else "",
        grade=str(GradeBand(grade).label) if grade else "",
    )


def _boroughs(employer: Organisation) -> str:
    """Those it serves, one label; or itself, if it serves none."""
    names = sorted(str(borough) for borough in employer.boroughs.all())
    return " and ".join(names) or employer.name


def _card(learning_set: LearningSet, rows: list[Row]) -> Card:
    grades = Counter(row.grade for row in rows if row.grade)
    return Card(
        learning_set=learning_set,
        rows=rows,
        grades=sorted(grades.items(), key=lambda item: GRADE_ORDER.index(item[0])),
        boroughs=len({row.borough for row in rows if row.borough}),
        same_employer=_pairs([row.employer for row in rows if row.employer]),
    )


def _pairs(labels: Collection[str]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())
