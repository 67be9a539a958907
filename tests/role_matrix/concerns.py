"""The addresses about concerns. In this world the applicant raised one with their name; the lead
reads it; it is about the college admin, who is a reader too.
"""

from tests.role_matrix.cast import (
    ANYONE,
    APPLICANT,
    LEAD,
    PEOPLE,
    STAFF,
    Rule,
    action,
    form,
    only,
    page,
)

CONCERNS: dict[str, Rule] = {
    "concern/": form(ANYONE),
    "concern/follow/": form(ANYONE),
    "my/concerns/": page(PEOPLE),
    "my/concerns/<reference>/": form(only(APPLICANT)),
    "my/concerns/<reference>/withdraw/": form(only(APPLICANT)),
    "staff/concerns/": page(STAFF),
    "staff/concerns/messages/": action(STAFF),
    "staff/concerns/contacts/": page(STAFF),
    "staff/concerns/contacts/new/": form(STAFF),
    "staff/concerns/contacts/<pk>/": form(STAFF),
    "staff/concerns/contacts/<pk>/end/": form(STAFF),
    "staff/concerns/<reference>/": page(only(LEAD)),
    "staff/concerns/<reference>/do/<name>/": form(only(LEAD)),
    "staff/concerns/<reference>/actions/<pk>/": action(only(LEAD)),
}
