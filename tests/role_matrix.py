"""Who gets what answer: every address × every persona × every method.

A line per address. ``page`` answers GET, ``form`` GET and POST, ``action`` POST alone; any other
method changes nothing, and no GET does. Whoever is not named gets a 404, as if nothing were
there; a visitor is led to sign in. ``tests/architecture/test_role_matrix.py`` tries all of it in
the world of ``tests/support/world.py``, where every record belongs to the applicant unless said
otherwise.
"""

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
        *(OTHER_READER, COORDINATOR, COLLEGE, LEAD, CHAIR, ORGANISER, ANALYST, EDITOR),
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

MESSAGES = {
    "my/messages/": form(PEOPLE),
    "messages/stop/<kind>/<token>/": form(ANYONE),
    "staff/messages/": page(ADMIN_ALONE),
    "staff/messages/all/": page(ADMIN_ALONE),
    "staff/messages/release/": action(ADMIN_ALONE),
    "staff/messages/kinds/": page(ADMIN_ALONE),
    "staff/messages/kinds/<name>/": page(ADMIN_ALONE),
    "staff/messages/kinds/<name>/html/": page(ADMIN_ALONE),
    "staff/messages/<pk>/": page(ADMIN_ALONE),
    "staff/messages/<pk>/html/": page(ADMIN_ALONE),
    "staff/messages/<pk>/retry/": action(ADMIN_ALONE),
    "staff/messages/<pk>/cancel/": action(ADMIN_ALONE),
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
    "staff/cohorts/<slug>/dates/": page(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/new/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/": form(ADMIN_ALONE),
    "staff/cohorts/<slug>/dates/<pk>/delete/": action(ADMIN_ALONE),
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

MATRIX: dict[str, Rule] = {
    **OPERATIONS,
    **OWN_ACCOUNT,
    **STAFF_PEOPLE,
    **MESSAGES,
    **APPLYING,
    **READING,
    **PROGRAMME,
    **COHORTS,
    **SELECTION,
    **DEMONSTRATION,
}

# Others' addresses, which keep their own rules. Each is tried: no persona may break it, and those
# about an account answer a visitor with the way to sign in.
ALLAUTH_OPEN = {
    "accounts/login/",
    "accounts/logout/",
    "accounts/inactive/",
    "accounts/signup/",
    "accounts/confirm-email/",
    "accounts/password/reset/",
    "accounts/password/reset/confirm/",
    "accounts/password/reset/complete/",
    "accounts/password/reset/done/",
    "accounts/login/code/",
    "accounts/login/code/confirm/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/webauthn/login/",
}
ALLAUTH_OWN = {
    "accounts/reauthenticate/",
    "accounts/email/",
    "accounts/password/change/",
    "accounts/password/set/",
    "accounts/2fa/",
    "accounts/2fa/reauthenticate/",
    "accounts/2fa/totp/activate/",
    "accounts/2fa/totp/deactivate/",
    "accounts/2fa/recovery-codes/",
    "accounts/2fa/recovery-codes/generate/",
    "accounts/2fa/recovery-codes/download/",
    "accounts/2fa/webauthn/",
    "accounts/2fa/webauthn/add/",
    "accounts/2fa/webauthn/reauthenticate/",
    "accounts/2fa/webauthn/keys/<pk>/remove/",
    "accounts/2fa/webauthn/keys/<pk>/edit/",
    "accounts/sessions/",
}
# Wagtail's: pages and documents by their own privacy; two doors that lead to ours.
PUBLIC_SITE = {
    "^((?:[\\w\\-]+/)*)$",
    "documents/^(\\d+)/(.*)$",
    "documents/authenticate_with_password/<restriction_id>/",
    "_util/authenticate_with_password/<page_view_restriction_id>/<page_id>/",
    "_util/login/",
    "^_util/login/",
    "^manage/(login|password_reset)/",
    "^manage/reports/",
    "robots.txt",
    "sitemap.xml",
}
# Wagtail's admin is for editors alone, by one gate before all of it: every address below is tried
# without arguments where it needs none.
EDITORS = only(EDITOR, COLLEGE, LEAD)
ADMIN = "manage/"
