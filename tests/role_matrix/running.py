"""The addresses of running a cohort."""

from tests.role_matrix.cast import COLLEAGUE, PARTICIPANT, Rule, action, only, page

SESSIONS: dict[str, Rule] = {}
SETS: dict[str, Rule] = {}
NEEDS: dict[str, Rule] = {}
REGISTER: dict[str, Rule] = {}
PLACES: dict[str, Rule] = {}
CERTIFICATES: dict[str, Rule] = {}
BOARDS: dict[str, Rule] = {
    "my/cohorts/<slug>/": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/named/": action(only(PARTICIPANT, COLLEAGUE)),
}
IMPORTS: dict[str, Rule] = {}

RUNNING = {
    **SESSIONS,
    **SETS,
    **NEEDS,
    **REGISTER,
    **PLACES,
    **CERTIFICATES,
    **BOARDS,
    **IMPORTS,
}
