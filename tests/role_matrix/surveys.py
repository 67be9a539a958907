"""The addresses about surveys. In this world twelve people answered a survey about the running
cohort's first day; the lead checks comments; the results are shared with those who took part.
"""

from tests.role_matrix.cast import (
    ADMIN_ALONE,
    ANALYST,
    ANYONE,
    APPLICANT,
    COLLEAGUE,
    COLLEGE,
    FACILITATOR,
    LEAD,
    PARTICIPANT,
    PEOPLE,
    STAFF,
    Rule,
    action,
    form,
    only,
    page,
)
from tests.role_matrix.survey_waves import WAVES

FIGURES = only(COLLEGE, LEAD, ANALYST)

COMMENTS: dict[str, Rule] = {
    "staff/surveys/comments/": page(STAFF),
    "staff/surveys/comments/checkers/": form(STAFF),
    "staff/surveys/comments/checkers/<pk>/end/": form(STAFF),
    "staff/surveys/comments/themes/": form(ADMIN_ALONE),
    "staff/surveys/comments/themes/<pk>/": form(ADMIN_ALONE),
    "staff/surveys/comments/<pk>/": form(only(LEAD)),
    "staff/surveys/<pk>/comments/": page(only(LEAD)),
    "staff/surveys/<pk>/deeds/": form(ADMIN_ALONE),
    "staff/surveys/<pk>/deeds/<deed>/": form(ADMIN_ALONE),
}

RESULTS: dict[str, Rule] = {
    "my/surveys/results/": page(PEOPLE),
    "my/surveys/results/<pk>/": page(only(PARTICIPANT, COLLEAGUE, FACILITATOR)),
    "staff/surveys/compare/": page(FIGURES),
    "staff/surveys/compare/<slug>/": page(FIGURES),
    "staff/surveys/compare/<slug>/<group>/": page(FIGURES),
    "staff/surveys/<pk>/results/": page(FIGURES),
    "staff/surveys/<pk>/results/by/<code>/": page(FIGURES),
    "staff/surveys/<pk>/results/share/": action(ADMIN_ALONE),
    "staff/surveys/<pk>/results/report/": action(FIGURES),
    "staff/surveys/<pk>/results/download/<kind>/": action(FIGURES),
    "staff/surveys/<pk>/answers/": page(ADMIN_ALONE),
    "staff/surveys/<pk>/answers/export/": action(ADMIN_ALONE),
}

ANSWERING: dict[str, Rule] = {
    "survey/<token>/": form(ANYONE),
    "survey/<token>/withdraw/": form(ANYONE),
    "my/surveys/": page(PEOPLE),
    "my/surveys/<pk>/": page(only(APPLICANT)),
    "my/surveys/<pk>/share/<question>/": form(only(APPLICANT)),
    "my/surveys/shares/<pk>/end/": action(only(APPLICANT)),
    "my/shared/": page(PEOPLE),
}

SURVEYS: dict[str, Rule] = {**RESULTS, **COMMENTS, **ANSWERING, **WAVES}
