"""The addresses of running a cohort."""

from tests.role_matrix.cast import (
    ADMIN_ALONE,
    ANYONE,
    APPLICANT,
    COLLEAGUE,
    COLLEGE,
    FACILITATOR,
    PARTICIPANT,
    PEOPLE,
    Rule,
    action,
    form,
    only,
    page,
)

SESSIONS: dict[str, Rule] = {
    "staff/cohorts/<slug>/dates/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/new/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/change/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/move/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/cancel/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/delete/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/facilitators/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/coaching/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/coaching/new/": form(ADMIN_ALONE),
    "staff/dates-to-avoid/": page(ADMIN_ALONE),
    "staff/dates-to-avoid/new/": form(ADMIN_ALONE),
    "staff/dates-to-avoid/<pk>/": form(ADMIN_ALONE),
    "staff/dates-to-avoid/<pk>/delete/": action(ADMIN_ALONE),
    "my/cohorts/<slug>/coaching/": form(only(PARTICIPANT, COLLEAGUE)),
    "my/materials/<pk>/": page(only(PARTICIPANT, COLLEAGUE, FACILITATOR, COLLEGE)),
    "my/materials/<pk>/change/": action(only(FACILITATOR, COLLEGE)),
    "my/sessions/<pk>/materials/": form(only(FACILITATOR, COLLEGE)),
    "my/cohorts/<slug>/sessions/": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/sessions/dates.ics": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/sessions/<pk>/": page(only(PARTICIPANT)),
    "my/cohorts/<slug>/sessions/<pk>/date.ics": page(only(PARTICIPANT)),
    "my/dates/<pk>/": page(only(PARTICIPANT, FACILITATOR)),
    "my/sessions/": page(only(FACILITATOR)),
    "my/sessions/<pk>/": page(only(FACILITATOR)),
    "my/sessions/<pk>/date.ics": page(only(FACILITATOR)),
}
SETS: dict[str, Rule] = {
    "my/cohorts/<slug>/set/": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/set/share/": form(only(PARTICIPANT, COLLEAGUE)),
    "my/sets/<pk>/": page(only(FACILITATOR)),
    "staff/cohorts/<slug>/sets/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/make/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/name/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/apart/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/apart/<pk>/lift/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/add/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/<pk>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/sets/<pk>/remove/": action(ADMIN_ALONE),
}
NEEDS: dict[str, Rule] = {
    "my/cohorts/<slug>/needs/": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/needs/check/": form(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/needs/<kind>/": form(only(PARTICIPANT, COLLEAGUE)),
    "staff/cohorts/<slug>/needs/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/needs/remind/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/needs/venue/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/needs/venue.xlsx": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/needs/contacts.xlsx": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/needs/<pk>/": form(ADMIN_ALONE),
}
REGISTER: dict[str, Rule] = {
    "my/sessions/<pk>/register/": form(only(FACILITATOR, COLLEGE)),
    "my/sessions/<pk>/catch-up/<attendance>/": action(only(FACILITATOR, COLLEGE)),
    "my/cohorts/<slug>/sessions/<pk>/cannot-come/": form(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/sessions/<pk>/catch-up/": form(only(PARTICIPANT)),
    "staff/cohorts/<slug>/register/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/register/list.xlsx": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/support-list/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/support-list/<pk>/": form(ADMIN_ALONE),
    "staff/may-need-support/": page(ADMIN_ALONE),
}
PLACES: dict[str, Rule] = {
    "my/cohorts/<slug>/leave/": form(only(PARTICIPANT, COLLEAGUE)),
    "staff/cohorts/<slug>/complete/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/complete/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/resume/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/reinstate/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/transfer/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/defer/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/withdraw/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/undo/": form(ADMIN_ALONE),
}
CERTIFICATES: dict[str, Rule] = {
    "certificates/check/": form(ANYONE),  # says yes or no to a number with its last name
    "certificates/check/<number>/": form(ANYONE),
    "my/certificates/": page(PEOPLE),
    "my/certificates/<pk>/certificate.pdf": page(only(PARTICIPANT)),
    "my/certificates/<pk>/checking/": action(only(PARTICIPANT)),
    "staff/cohorts/<slug>/certificates/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/certificate/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/certificate/withdraw/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/certificate.pdf": page(ADMIN_ALONE),
}
BOARDS: dict[str, Rule] = {
    "my/cohorts/": page(PEOPLE),
    "my/cohorts/<slug>/": page(only(PARTICIPANT, COLLEAGUE)),
    "my/cohorts/<slug>/named/": action(only(PARTICIPANT, COLLEAGUE)),
    "staff/cohorts/<slug>/people/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/list.xlsx": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/people/<pk>/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/list.xlsx": action(ADMIN_ALONE),
}
IMPORTS: dict[str, Rule] = {
    "my/profile/routes/": form(PEOPLE),
    "my/profile/routes/<pk>/remove/": action(only(APPLICANT)),
    "staff/people/<pk>/routes/": form(ADMIN_ALONE),
    "staff/people/<pk>/routes/<route>/remove/": action(ADMIN_ALONE),
}

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
