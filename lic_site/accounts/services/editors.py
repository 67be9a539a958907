"""Wagtail's groups follow the roles that are granted: nobody is put into one by hand."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone

from lic_site.accounts.models import Person, RoleGrant, User
from lic_site.accounts.policies import EDITORIAL

EDITOR_GROUPS = ("Editors", "Moderators")
"""Wagtail's own two groups: the workflow that it ships asks the second for approval."""
REFERENCE_LISTS = ("subregion", "borough", "organisation")


@transaction.atomic
def prepare_editors(*, at: datetime) -> None:
    """Make the groups, let them into the editor and at the reference lists, and fill them.

    Safe to call again.
    """
    lists = Permission.objects.filter(
        content_type__app_label="accounts",
        content_type__model__in=REFERENCE_LISTS,
        codename__regex=r"^(add|change|view)_",
    )
    entry = Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    for name in EDITOR_GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*lists, *entry)
    follow_grants(at=at)


@transaction.atomic
def follow_grants(*, at: datetime, person: Person | None = None) -> None:
    """Put into the editors' groups whoever holds an editorial role today, take out whoever no
    longer does: one person, or everybody.
    """
    groups = Group.objects.filter(name__in=EDITOR_GROUPS)
    live = RoleGrant.objects.live(timezone.localdate(at)).filter(role__in=EDITORIAL)
    users = User.objects.all()
    if person is not None:
        users = users.filter(person=person)
    entitled = users.filter(
        person__in=live.values("person"), person__erased_at=None, is_active=True
    )
    for group in groups:
        members = users.filter(groups=group)
        group.user_set.remove(*members.exclude(pk__in=entitled.values("pk")))
        group.user_set.add(*entitled.exclude(groups=group))
