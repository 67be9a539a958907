"""The register: who came, who could not, who caught up, and who may need support."""

from cohorts.programme.services.register.apologies import send_apology, withdraw_apology
from cohorts.programme.services.register.catching_up import (
    confirm_catch_up,
    reopen_catch_up,
    report_catch_up,
)
from cohorts.programme.services.register.due import registers_due
from cohorts.programme.services.register.marking import Choice, check_register, save_register
from cohorts.programme.services.register.standings import standing_of
from cohorts.programme.services.register.supporting import (
    MayNeedSupport,
    may_need_support,
    record_contact,
)

__all__ = [
    "Choice",
    "MayNeedSupport",
    "check_register",
    "confirm_catch_up",
    "may_need_support",
    "record_contact",
    "registers_due",
    "reopen_catch_up",
    "report_catch_up",
    "save_register",
    "send_apology",
    "standing_of",
    "withdraw_apology",
]
