"""The addresses about surveys. In this world twelve people answered a survey about the running
cohort's first day; the lead checks comments; the results are shared with those who took part.
"""

from tests.role_matrix.cast import ADMIN_ALONE, ANYONE, LEAD, STAFF, Rule, form, only, page

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

ANSWERING: dict[str, Rule] = {
    "survey/<token>/": form(ANYONE),
    "survey/<token>/withdraw/": form(ANYONE),
}

SURVEYS: dict[str, Rule] = {**COMMENTS, **ANSWERING}
