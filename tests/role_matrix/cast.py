"""Everybody who tries every address, and how an address says what it allows."""

from dataclasses import dataclass

VISITOR = "visitor"
"""Signed out."""
NEWCOMER = "newcomer"
"""Signed in, and has not yet said who they are."""
STRANGER = "stranger"
"""A person without a role, an application or anything else."""
APPLICANT = "applicant"
"""Owns the applications of the world: a draft, one under review, one with an offer."""
RIVAL = "rival"
"""Another applicant to the same cohorts."""
PARTICIPANT = "participant"
"""Takes part in the cohort that runs, and in its first learning set."""
COLLEAGUE = "colleague"
"""Takes part in the same cohort, in the other learning set."""
FACILITATOR = "facilitator"
"""Leads the running cohort's first session, and its first learning set."""
MANAGER = "manager"
"""The applicant's line manager, with an account; asked for support."""
READER = "reader"
"""Reads the applicant's application."""
OTHER_READER = "other_reader"
"""Reads in the same cohort, another application."""
COORDINATOR = "coordinator"
COLLEGE, LEAD = "college", "lead"
CHAIR, ORGANISER, ANALYST, EDITOR = "chair", "organiser", "analyst", "editor"

PERSONAS = frozenset(
    {
        *(VISITOR, NEWCOMER, STRANGER, APPLICANT, RIVAL, PARTICIPANT, MANAGER, READER),
        *(
            COLLEAGUE,
            FACILITATOR,
            OTHER_READER,
            COORDINATOR,
            COLLEGE,
            LEAD,
            CHAIR,
            ORGANISER,
            ANALYST,
            EDITOR,
        ),
    }
)
ANYONE = PERSONAS
USERS = PERSONAS - {VISITOR}
PEOPLE = USERS - {NEWCOMER}
STAFF = frozenset({COLLEGE, LEAD})
ADMIN_ALONE = frozenset({COLLEGE})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """The methods an address answers, to whom, and who is led to another page, told nothing."""

    methods: frozenset[str]
    allowed: frozenset[str]
    led: frozenset[str] = NOBODY


def page(allowed: frozenset[str], led: frozenset[str] = NOBODY) -> Rule:
    return Rule(frozenset({"GET"}), allowed, led)


def form(allowed: frozenset[str], led: frozenset[str] = NOBODY) -> Rule:
    return Rule(frozenset({"GET", "POST"}), allowed, led)


def action(allowed: frozenset[str], led: frozenset[str] = NOBODY) -> Rule:
    return Rule(frozenset({"POST"}), allowed, led)


def only(*personas: str) -> frozenset[str]:
    return frozenset(personas)
