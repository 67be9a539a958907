"""Staff College admins bring spreadsheets in. Nobody else sees one."""

from typing import Any

from django.db.models import QuerySet

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holds
from lic_site.common.models import Sheet, SheetFinding


def can(person: Person | None, verb: str, thing: Any = None) -> bool:  # noqa: ARG001
    """Whether the person may do this; the one verb is ``bring_in``."""
    return verb == "bring_in" and holds(person, Role.COLLEGE_ADMIN)


def visible[Rows: QuerySet[Any]](person: Person | None, queryset: Rows) -> Rows:
    """Every sheet to every admin: what one began, another can finish."""
    if queryset.model in {Sheet, SheetFinding} and can(person, "bring_in"):
        return queryset
    return queryset.none()


WHO_SEES = (
    "Staff College admins alone. The file is deleted as soon as it has been brought in or "
    "discarded, and after 14 days at the latest."
)
