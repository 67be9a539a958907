"""Who may see and steer the messages."""

from typing import Any

from django.db.models import QuerySet

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holds
from lic_site.notices.models import Notice

STAFF = (Role.COLLEGE_ADMIN,)
"""A list of messages is a list of who applies and who was offered what: the lead sees neither."""

STAFF_VERBS = {"view_board", "view", "retry", "cancel", "release"}


def can(person: Person | None, verb: str, thing: Any = None) -> bool:  # noqa: ARG001
    """Staff read and steer every message; a person turns off their own optional kinds."""
    if verb in STAFF_VERBS:
        return holds(person, *STAFF)
    return verb == "change_preferences" and person is not None


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Staff see every message; a person sees those that were sent to them."""
    if person is None or queryset.model is not Notice:
        return queryset.none()
    if holds(person, *STAFF):
        return queryset
    return queryset.filter(recipient=person, state="sent")
