"""Who runs the programme, and who reads in it."""

from typing import Any

from cohorts.programme.enums import CohortState
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.policies import holdings, holds

PROGRAMME_STAFF = (Role.COLLEGE_ADMIN, Role.PROGRAMME_LEAD)
READING_STATES = (CohortState.OPEN, CohortState.SELECTING)


def is_admin(person: Person, _thing: Any = None) -> bool:
    return holds(person, Role.COLLEGE_ADMIN)


def is_staff(person: Person, _thing: Any = None) -> bool:
    return holds(person, *PROGRAMME_STAFF)


def coordinated(person: Person) -> set[int]:
    """The ids of the organisations that the person coordinates, whose counts they may see."""
    held = holdings(person)
    return {each.scope for each in held if each.role == Role.BOROUGH_COORDINATOR and each.scope}
