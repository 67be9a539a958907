"""What learning sets are made of: who takes part, and who must not be with whom. Few queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cohorts.programme.grouping import Member
from cohorts.programme.grouping_solver import Pair
from cohorts.programme.models import Enrolment, SetExclusion
from cohorts.programme.querysets import EnrolmentQuerySet
from lic_site.accounts.models import ManagerRelation


@dataclass(frozen=True)
class Facts:
    """The active participants of a cohort by the ids of their places."""

    members: Mapping[int, Enrolment]
    managed: frozenset[Pair]
    """Two of whom one is the other's line manager today."""
    exclusions: Mapping[Pair, int]
    """Two whom Staff College keeps apart, and the id of the row that says so."""

    @property
    def apart(self) -> frozenset[Pair]:
        return self.managed | self.exclusions.keys()

    def plain(self, stays: Mapping[int, int] | None = None) -> list[Member]:
        """As values to solve with. ``stays``: who stays in which set."""
        stays = stays or {}
        return [plain_member(each, stays.get(key)) for key, each in self.members.items()]

    def barred_from(self, member: Enrolment, others: Collection[int]) -> Pair | None:
        """The first pair with one of these whom the member must not be with."""
        for other in sorted(others):
            pair = in_order(member.pk, other)
            if pair in self.apart:
                return pair
        return None

    def names(self, keys: Collection[int]) -> list[str]:
        return [self.members[key].person.name for key in keys]


def in_order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def plain_member(enrolment: Enrolment, stays_in: int | None = None) -> Member:
    """The post of today, or if none is known the one on joining."""
    person = enrolment.person
    employer = person.organisation or enrolment.entry_organisation
    boroughs = employer.boroughs.all() if employer else ()
    return Member(
        key=enrolment.pk,
        boroughs=frozenset(each.pk for each in boroughs),
        grade=person.grade_band or enrolment.entry_grade_band,
        employer=employer.pk if employer else None,
        stays_in=stays_in,
    )


def facts_of(enrolments: EnrolmentQuerySet, on: date) -> Facts:
    """Of these places, those that are active; managers as they are on this day."""
    active = enrolments.active().order_by("pk")
    members = {
        each.pk: each
        for each in active.select_related(
            "person__organisation", "entry_organisation"
        ).prefetch_related("person__organisation__boroughs", "entry_organisation__boroughs")
    }
    rows = SetExclusion.objects.filter(one__in=members, other__in=members)
    return Facts(
        members=members,
        managed=_managed({each.person_id: key for key, each in members.items()}, on),
        exclusions={(one, other): pk for pk, one, other in rows.values_list("pk", "one", "other")},
    )


def managing(people: Collection[int], on: date) -> QuerySet[ManagerRelation]:
    """Relations of line management that hold on this day and touch one of these people."""
    return ManagerRelation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        Q(person__in=people) | Q(manager__in=people),
        starts_on__lte=on,
    )


def _managed(by_person: Mapping[int, int], on: date) -> frozenset[Pair]:
    relations = managing(by_person.keys(), on).filter(
        person__in=by_person.keys(), manager__in=by_person.keys()
    )
    return frozenset(
        in_order(by_person[person], by_person[manager])
        for person, manager in relations.values_list("person_id", "manager_id")
    )
