"""The verbs of writing to many: draft, test, confirm, stop, resume, call off."""

from lic_site.notices.services.mailings.confirming import confirm
from lic_site.notices.services.mailings.drafting import (
    arrange,
    begin,
    choose_people,
    copy,
    delete_draft,
    write,
)
from lic_site.notices.services.mailings.steering import call_off, resume, settle, stop
from lic_site.notices.services.mailings.testing import send_test

__all__ = [
    "arrange",
    "begin",
    "call_off",
    "choose_people",
    "confirm",
    "copy",
    "delete_draft",
    "resume",
    "send_test",
    "settle",
    "stop",
    "write",
]
