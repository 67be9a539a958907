"""The addresses about messages."""

from tests.role_matrix.cast import ADMIN_ALONE, ANYONE, NOBODY, PEOPLE, action, form, page

BOARD = {
    "staff/messages/": page(ADMIN_ALONE),
    "staff/messages/all/": page(ADMIN_ALONE),
    "staff/messages/many/": form(ADMIN_ALONE),
    "staff/messages/held/": page(ADMIN_ALONE),
    "staff/messages/release/": action(ADMIN_ALONE),
    "staff/messages/addresses/": page(ADMIN_ALONE),
    "staff/messages/addresses/<pk>/put-back/": action(ADMIN_ALONE),
    "staff/messages/people/<pk>/": page(ADMIN_ALONE),
    "staff/messages/kinds/": page(ADMIN_ALONE),
    "staff/messages/kinds/<name>/": page(ADMIN_ALONE),
    "staff/messages/kinds/<name>/html/": page(ADMIN_ALONE),
    "staff/messages/<pk>/": page(ADMIN_ALONE),
    "staff/messages/<pk>/html/": page(ADMIN_ALONE),
    "staff/messages/<pk>/everybody/": form(ADMIN_ALONE),
    "staff/messages/<pk>/hold/": action(ADMIN_ALONE),
    "staff/messages/<pk>/retry/": action(ADMIN_ALONE),
    "staff/messages/<pk>/cancel/": action(ADMIN_ALONE),
}

MINE = {
    "my/messages/": page(PEOPLE),
    "my/messages/wanted/": form(PEOPLE),
    "my/messages/pace/": form(PEOPLE),
    "my/messages/quiet/": form(PEOPLE),
    "staff/messages/settings/": form(ADMIN_ALONE),
    "messages/stop/<kind>/<token>/": form(ANYONE),
}

RULES = {
    "staff/messages/rules/": page(ADMIN_ALONE),
    "staff/messages/rules/next-month/": page(ADMIN_ALONE),
    "staff/messages/rules/add/<kind>/": form(ADMIN_ALONE),
    "staff/messages/rules/<pk>/": form(ADMIN_ALONE),
    "staff/messages/rules/<pk>/remove/": form(ADMIN_ALONE),
}

MAILINGS = {
    "staff/messages/mailings/": page(ADMIN_ALONE),
    "staff/messages/mailings/new/": page(ADMIN_ALONE),
    "staff/messages/mailings/new/<name>/": form(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/": page(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/whom/": page(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/whom/<name>/": form(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/words/": form(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/how/": form(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/people/": page(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/sample/<number>/": page(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/sample/<number>/html/": page(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/test/": action(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/send/": action(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/stop/": action(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/resume/": action(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/call-off/": form(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/copy/": action(ADMIN_ALONE),
    "staff/messages/mailings/<pk>/delete/": form(ADMIN_ALONE),
}

CALENDARS = {
    "calendar/<token>.ics": page(ANYONE),  # for whoever holds the address
    "my/calendar/": page(PEOPLE),
    "my/calendar/on/": action(PEOPLE),
    "my/calendar/off/": action(PEOPLE),
    "my/calendar/new/": form(PEOPLE),
}

WEBHOOKS = {
    "webhooks/mail/<provider>/": action(NOBODY),  # no provider sends our mail here
}

MESSAGES = BOARD | MINE | RULES | MAILINGS | CALENDARS | WEBHOOKS
