"""The addresses of the house and of applying."""

from tests.role_matrix.cast import (
    ADMIN_ALONE,
    ANALYST,
    ANYONE,
    APPLICANT,
    COLLEGE,
    COORDINATOR,
    LEAD,
    NOBODY,
    OTHER_READER,
    PARTICIPANT,
    PEOPLE,
    READER,
    RIVAL,
    STAFF,
    USERS,
    action,
    form,
    only,
    page,
)

OPERATIONS = {
    "live": page(ANYONE),
    "ready": page(ANYONE),
    "metrics": page(ANYONE),  # behind a token, or closed, in production
    "jobs/<pk>/": page(NOBODY),  # nobody's own: the id is made up
    "jobs/<pk>/file/": page(NOBODY),
}

OWN_ACCOUNT = {
    "my/": page(PEOPLE),
    "my/about-you/": form(USERS),
    "my/profile/": page(PEOPLE),
    "my/profile/details/": form(PEOPLE),
    "my/profile/employer/": form(PEOPLE),
    "my/profile/manager/": form(PEOPLE),
    "my/profile/messages/": form(PEOPLE),
    "my/equality/": page(PEOPLE),
    "my/equality/group/": form(PEOPLE),
    "my/equality/background/": form(PEOPLE),
    "my/equality/more/": form(PEOPLE),
    "my/equality/withdraw/": action(PEOPLE),
    "my/data/": page(PEOPLE),
    "my/data/who-looked/": page(PEOPLE),
    "my/data/download/": action(PEOPLE),
    "my/data/delete/": form(PEOPLE),
    "accounts/second-factor/": page(PEOPLE),
    "accounts/deleted/": page(ANYONE),
}

STAFF_PEOPLE = {
    "staff/people/": page(STAFF),
    "staff/people/<pk>/": page(STAFF),
    "staff/people/<pk>/grant/": form(STAFF),
    "staff/people/<pk>/manager/": form(STAFF),
    "staff/people/<pk>/merge/": form(STAFF),
    "staff/grants/<pk>/end/": form(STAFF),
    "staff/equality/": page(only(LEAD, ANALYST)),
}

IMPORTS = {
    "staff/imports/": page(ADMIN_ALONE),
    "staff/imports/new/<kind>/": form(ADMIN_ALONE),
    "staff/imports/template/<kind>.xlsx": page(ADMIN_ALONE),
    "staff/imports/<pk>/": page(ADMIN_ALONE),
    "staff/imports/<pk>/columns/": form(ADMIN_ALONE),
    "staff/imports/<pk>/list.xlsx": page(ADMIN_ALONE),
    "staff/imports/<pk>/confirm/": action(ADMIN_ALONE),
    "staff/imports/<pk>/discard/": form(ADMIN_ALONE),
}

WRITING = only(APPLICANT, RIVAL)
APPLYING = {
    "apply/<slug>/": page(ANYONE),
    "apply/<slug>/begin/": form(PEOPLE),
    "apply/<slug>/tasks/": page(WRITING, led=PEOPLE),
    "apply/<slug>/details/": form(WRITING, led=PEOPLE),
    "apply/<slug>/question/<pk>/": form(WRITING, led=PEOPLE),
    "apply/<slug>/adjustments/": form(WRITING, led=PEOPLE),
    "apply/<slug>/support/": form(WRITING, led=PEOPLE),
    "apply/<slug>/support/<route>/": form(WRITING, led=PEOPLE),
    "apply/<slug>/support/ask/": form(WRITING, led=PEOPLE),
    "apply/<slug>/readers/": form(WRITING, led=PEOPLE),
    "apply/<slug>/readers/<pk>/remove/": action(only(APPLICANT), led=PEOPLE),
    "apply/<slug>/check/": form(WRITING, led=PEOPLE),
    "my/borough/": page(only(COORDINATOR)),
    "my/applications/": page(PEOPLE),
    "my/applications/<reference>/": page(only(APPLICANT)),
    "my/applications/<reference>/sent/": page(only(APPLICANT)),
    "my/applications/<reference>/withdraw/": form(only(APPLICANT)),
    "my/applications/<reference>/offer/": form(only(APPLICANT)),
    "my/applications/<reference>/decline/": form(only(APPLICANT)),
    "my/applications/<reference>/accepted/": page(only(PARTICIPANT)),
    "my/applications/<reference>/dates.ics": page(only(PARTICIPANT)),
    "support/<token>/": form(ANYONE),  # the token is the right
    "support/<token>/answered/": page(ANYONE),
    "interest/<slug>/": form(ANYONE),
    "interest/<slug>/noted/": page(ANYONE),
    "interest/end/<token>/": form(ANYONE),
    "staff/cohorts/<slug>/support/": page(only(COLLEGE)),
}

READING = {
    "my/reading/": page(only(READER, OTHER_READER)),
    "my/reading/<pk>/": form(only(READER)),
    "my/reading/<pk>/step-aside/": form(only(READER)),
}

PROGRAMME = {
    "staff/": page(STAFF),
    "staff/programme/": page(STAFF),
    "staff/programme/<slug>/": page(STAFF),
    "staff/programme/<slug>/change/": form(STAFF),
    "staff/programme/<slug>/strands/<kind>/": form(STAFF),
    "staff/programme/<slug>/positive-action/": form(STAFF),
    "staff/programme/<slug>/funding/new/": form(STAFF),
    "staff/programme/<slug>/funding/<pk>/": form(STAFF),
    "staff/programme/<slug>/funding/<pk>/delete/": action(STAFF),
}
COHORTS = {
    "staff/cohorts/": page(STAFF),
    "staff/cohorts/<slug>/": page(STAFF),
    "staff/cohorts/new/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/change/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/copy/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/deadlines/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/step/<name>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/questions/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/criteria/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/edit/<kind>/new/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/edit/<kind>/<pk>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/edit/<kind>/<pk>/arrange/": action(ADMIN_ALONE),
}
SELECTION = {
    "staff/cohorts/<slug>/readers/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/find/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/add/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/assign/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/who/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/who/<reference>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/readers/<pk>/": action(ADMIN_ALONE),
    "staff/cohorts/<slug>/selection/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/selection/list.xlsx": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/selection/decide/<action>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/applications/<reference>/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/applications/<reference>/take-back/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/adjustments/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/adjustments/<reference>/": form(ADMIN_ALONE),
}

# For a demonstration alone; where DEMO is off these addresses do not exist.
DEMONSTRATION = {
    "dev/components/": page(ANYONE),
    "dev/mail/": page(ANYONE),
    "dev/mail/<kept_id>/": page(NOBODY),  # no such message
    "dev/mail/<kept_id>/html/": page(NOBODY),
}
