"""Who gets what answer: every address × every persona × every method.

A line per address. ``page`` answers GET, ``form`` GET and POST, ``action`` POST alone; any other
method changes nothing, and no GET does. Whoever is not named gets a 404, as if nothing were
there; a visitor is led to sign in. ``tests/architecture/test_role_matrix.py`` tries all of it in
the world of ``tests/support/world.py``, where every record belongs to the applicant unless said
otherwise.
"""

from tests.role_matrix.cast import (
    ADMIN_ALONE,
    ANALYST,
    ANYONE,
    APPLICANT,
    CHAIR,
    COLLEAGUE,
    COLLEGE,
    COORDINATOR,
    EDITOR,
    FACILITATOR,
    LEAD,
    MANAGER,
    NEWCOMER,
    NOBODY,
    ORGANISER,
    OTHER_READER,
    PARTICIPANT,
    PEOPLE,
    PERSONAS,
    READER,
    RIVAL,
    STAFF,
    STRANGER,
    USERS,
    VISITOR,
    Rule,
    only,
    page,
)
from tests.role_matrix.concerns import CONCERNS
from tests.role_matrix.house import (
    APPLYING,
    COHORTS,
    DEMONSTRATION,
    IMPORTS,
    OPERATIONS,
    OWN_ACCOUNT,
    PROGRAMME,
    READING,
    SELECTION,
    STAFF_PEOPLE,
)
from tests.role_matrix.messages import MESSAGES
from tests.role_matrix.outside import (
    ADMIN,
    ALLAUTH_OPEN,
    ALLAUTH_OWN,
    EDITORS,
    PUBLIC_SITE,
)
from tests.role_matrix.running import RUNNING
from tests.role_matrix.surveys import SURVEYS

MATRIX: dict[str, Rule] = {
    **OPERATIONS,
    **OWN_ACCOUNT,
    **STAFF_PEOPLE,
    **IMPORTS,
    **MESSAGES,
    **CONCERNS,
    **APPLYING,
    **READING,
    **PROGRAMME,
    **COHORTS,
    **SELECTION,
    **RUNNING,
    **SURVEYS,
    **DEMONSTRATION,
}

__all__ = [
    "ADMIN",
    "ADMIN_ALONE",
    "ALLAUTH_OPEN",
    "ALLAUTH_OWN",
    "ANALYST",
    "ANYONE",
    "APPLICANT",
    "CHAIR",
    "COLLEAGUE",
    "COLLEGE",
    "COORDINATOR",
    "EDITOR",
    "EDITORS",
    "FACILITATOR",
    "LEAD",
    "MANAGER",
    "MATRIX",
    "NEWCOMER",
    "NOBODY",
    "ORGANISER",
    "OTHER_READER",
    "PARTICIPANT",
    "PEOPLE",
    "PERSONAS",
    "PUBLIC_SITE",
    "READER",
    "RIVAL",
    "STAFF",
    "STRANGER",
    "USERS",
    "VISITOR",
    "Rule",
    "only",
    "page",
]
