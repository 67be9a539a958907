"""The addresses where surveys are planned and watched. The plan asks after each session; the survey
is the one about the running cohort's first day.
"""

from tests.role_matrix.cast import ADMIN_ALONE, STAFF, Rule, action, form, page

WAVES: dict[str, Rule] = {
    "staff/surveys/": page(STAFF),
    "staff/surveys/new/": page(ADMIN_ALONE),
    "staff/surveys/new/<kind>/<pk>/": form(ADMIN_ALONE),
    "staff/surveys/plans/": page(STAFF),
    "staff/surveys/plans/<pk>/": form(ADMIN_ALONE),
    "staff/surveys/plans/<pk>/switch/": action(ADMIN_ALONE),
    "staff/surveys/<pk>/": page(STAFF),
    "staff/surveys/<pk>/change/": form(ADMIN_ALONE),
    "staff/surveys/<pk>/do/<name>/": form(ADMIN_ALONE),
}
