"""Verbs about what a person may do, and who manages whom."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.enums import Role
from lic_site.accounts.models import ManagerRelation, Organisation, Person, RoleGrant
from lic_site.accounts.policies import can
from lic_site.accounts.services.editors import follow_grants
from lic_site.common.errors import Refusal


class NotYoursToGrant(Refusal):
    """Only a Staff College admin or the programme lead gives and ends roles, and nobody their own.
    Ask a colleague to do it.
    """


class AlreadyHolds(Refusal):
    """This person holds that role on those days already. End it first, or choose other days."""


class GrantRefused(Refusal):
    """These dates or this organisation do not fit the role."""


class AlreadyEnded(Refusal):
    """This role has already ended."""


class OwnManager(Refusal):
    """Nobody is their own line manager: name somebody else."""


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: str,
    starts_on: date,
    ends_on: date,
    organisation: Organisation | None = None,
    by: Person | None,
    at: datetime,
) -> RoleGrant:
    """Give the person a role until a day. ``by`` None is the command line that sets a site up.

    Raises NotYoursToGrant, AlreadyHolds, GrantRefused.
    """
    if by is not None and not can(by, "grant_role", person):
        raise NotYoursToGrant
    grant = RoleGrant(
        person=person,
        role=Role(role),
        organisation=organisation,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by,
        granted_at=at,
    )
    try:
        grant.full_clean()
    except ValidationError as wrong:
        raise GrantRefused(" ".join(wrong.messages)) from wrong
    Person.objects.select_for_update().get(pk=person.pk)
    if person.grants.filter(
        role=role,
        organisation=organisation,
        ended_at=None,
        starts_on__lte=ends_on,
        ends_on__gte=starts_on,
    ).exists():
        raise AlreadyHolds
    grant.save()
    person.__dict__.pop("_holdings", None)
    follow_grants(person=person, at=at)
    audit.record("accounts.role_granted", by=by, at=at, thing=grant, subject=person)
    return grant


@transaction.atomic
def end_grant(*, grant: RoleGrant, by: Person | None, at: datetime) -> None:
    """End a role now. Raises NotYoursToGrant, AlreadyEnded."""
    if by is not None and not can(by, "end_grant", grant):
        raise NotYoursToGrant
    live = RoleGrant.objects.filter(pk=grant.pk, ended_at=None)
    if not live.filter(ends_on__gte=timezone.localdate(at)).update(ended_at=at):
        raise AlreadyEnded
    grant.ended_at = at
    grant.person.__dict__.pop("_holdings", None)
    follow_grants(person=grant.person, at=at)
    audit.record("accounts.role_ended", by=by, at=at, thing=grant, subject=grant.person)


@transaction.atomic
def name_manager(
    *, person: Person, manager: Person, named_as: str, by: Person | None, at: datetime
) -> ManagerRelation:
    """From today this is the person's line manager; whoever was before is so no longer.

    ``named_as``: the manager's name as typed, which is all that the person is shown. Raises
    OwnManager.
    """
    if person.pk == manager.pk:
        raise OwnManager
    Person.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate(at)
    current = person.managers.filter(ends_on=None)
    same = current.filter(manager=manager).first()
    if same is not None:
        same.named_as = named_as
        same.save(update_fields=["named_as"])
        return same
    for earlier in current:
        end_management(relation=earlier, by=by, at=at)
    relation = ManagerRelation.objects.create(
        person=person, manager=manager, named_as=named_as, starts_on=today
    )
    audit.record("accounts.manager_named", by=by, at=at, thing=relation, subject=person)
    return relation


@transaction.atomic
def end_management(*, relation: ManagerRelation, by: Person | None, at: datetime) -> None:
    """The manager no longer manages the person, from today on."""
    relation.ends_on = timezone.localdate(at)
    relation.save(update_fields=["ends_on"])
    audit.record("accounts.management_ended", by=by, at=at, thing=relation, subject=relation.person)
