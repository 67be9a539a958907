"""Reading pages, and applications to walk them with."""

from cohorts.programme.enums import SupportRoute
from cohorts.programme.models import Application, Cohort
from cohorts.programme.services import submission, support
from cohorts.programme.services.support import choose_support
from lic_site.accounts.models import Person
from tests.factories.programme import (
    AnswerFactory,
    ApplicationFactory,
)
from tests.support.people import NOW


def words(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


def draft_of(person: Person, cohort: Cohort, **values: object) -> Application:
    made: Application = ApplicationFactory(applicant=person, cohort=cohort, complete=True, **values)
    return made


def complete(application: Application) -> Application:
    AnswerFactory(
        application=application, question=application.cohort.questions.get(is_required=True)
    )
    support.choose_support(
        application=application, route=SupportRoute.NOBODY, by=application.applicant, at=NOW
    )
    return application


def ready(**values: object) -> Application:
    """A draft that could be sent."""
    application: Application = ApplicationFactory(complete=True, **values)
    required = application.cohort.questions.filter(is_required=True).first()
    AnswerFactory(application=application, question=required)
    choose_support(
        application=application, route=SupportRoute.NOBODY, by=application.applicant, at=NOW
    )
    return application


def sent(application: Application, declared: bool = True) -> Application:
    return submission.submit_application(
        application=application, declared=declared, by=application.applicant, at=NOW
    )
