"""What the programme's pages are tried with."""

import pytest
from django.test import Client

from cohorts.programme.models import Cohort, ManagerSupport
from lic_site.accounts.models import Person
from tests.cohorts.programme.asking import ask, choose
from tests.factories.people import staff
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


@pytest.fixture
def admin() -> Person:
    return staff(given_name="Priya")


@pytest.fixture
def office(admin: Person, signed_in: SignedIn) -> Client:
    return signed_in(admin)
