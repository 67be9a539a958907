"""Choosing and asking a colleague."""

from cohorts.programme.enums import (
    SupportRoute,
)
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services import support
from tests.support.people import NOW

MANAGER = support.Named("Dana", "Field", "dana@example.org")


def choose(
    application: Application,
    route: SupportRoute = SupportRoute.MANAGER,
    named: support.Named | None = MANAGER,
) -> ManagerSupport:
    return support.choose_support(
        application=application, route=route, named=named, by=application.applicant, at=NOW
    )


def ask(application: Application) -> ManagerSupport:
    return support.ask_support(application=application, by=application.applicant, at=NOW)
