"""What the applicant's pages are tried with."""

import pytest
from django.test import Client

from cohorts.programme.models import Cohort, ManagerSupport
from tests.cohorts.programme.asking import ask, choose
from tests.factories.programme import (
    ApplicationFactory,
    CohortFactory,
)
from tests.support.people import Cast, SignedIn


@pytest.fixture
def cohort() -> Cohort:
    made: Cohort = CohortFactory(slug="spring", name="Spring cohort", sessions=2)
    return made


@pytest.fixture
def alice(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.owner)


@pytest.fixture
def asked() -> ManagerSupport:
    application = ApplicationFactory(applicant__given_name="Alice", applicant__family_name="Owner")
    choose(application)
    return ask(application)
