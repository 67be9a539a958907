"""An editor, a questionnaire that is out, and a draft that follows it."""

import pytest
from django.test import Client
from django.utils import timezone

from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.accounts.services.editors import prepare_editors
from lic_site.accounts.services.roles import grant_role
from lic_site.surveys.models import Version
from lic_site.surveys.services import questionnaires as verbs
from tests.factories.people import PersonFactory
from tests.factories.surveys import VersionFactory
from tests.support.people import SignedIn


def holder(role: str) -> Person:
    person: Person = PersonFactory(address=f"{role}@example.org")
    today = timezone.localdate()
    grant_role(person=person, role=role, starts_on=today, ends_on=today, by=None, at=timezone.now())
    return person


@pytest.fixture
def robin(db: None) -> Person:
    prepare_editors(at=timezone.now())
    return holder(Role.EDITOR)


@pytest.fixture
def editor(robin: Person, signed_in: SignedIn) -> Client:
    return signed_in(robin)


@pytest.fixture
def draft(robin: Person) -> Version:
    """Version 2, as the published version 1 is: ``ASKED``."""
    out = VersionFactory()
    return verbs.begin_version(questionnaire=out.questionnaire, by=robin, at=timezone.now())
