"""The addresses of running a cohort."""

from tests.role_matrix.cast import Rule

SESSIONS: dict[str, Rule] = {}
SETS: dict[str, Rule] = {}
NEEDS: dict[str, Rule] = {}
REGISTER: dict[str, Rule] = {}
PLACES: dict[str, Rule] = {}
CERTIFICATES: dict[str, Rule] = {}
BOARDS: dict[str, Rule] = {}
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
