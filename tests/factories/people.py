"""People, organisations and roles."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory

from lic_site.accounts.enums import GradeBand, OrganisationKind, Role
from lic_site.accounts.models import (
    Borough,
    ContactAddress,
    ManagerRelation,
    Organisation,
    Person,
    RoleGrant,
    SubRegion,
    User,
)

LONG_AGO = datetime(2020, 8, 3, 9, tzinfo=UTC)
PASSWORD = "a-long-enough-secret"


class SubRegionFactory(DjangoModelFactory[SubRegion]):
    name = factory.Sequence(lambda n: f"Sub-region {n}")
    source = "Made up for a test."

    class Meta:
        model = SubRegion


class BoroughFactory(DjangoModelFactory[Borough]):
    name = factory.Sequence(lambda n: f"Borough {n}")
    gss_code = factory.Sequence(lambda n: f"E08{n:06d}")
    dfe_number = factory.Sequence(lambda n: 1000 + n)
    sub_region = factory.SubFactory(SubRegionFactory)

    class Meta:
        model = Borough


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """A council of one borough, unless ``boroughs`` is given."""

    name = factory.Sequence(lambda n: f"Borough {n} Council")
    kind = OrganisationKind.COUNCIL

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    @factory.post_generation
    def boroughs(self: Any, create: bool, extracted: list[Borough] | None, **_: object) -> None:
        if create:
            self.boroughs.set([BoroughFactory()] if extracted is None else extracted)


class UserFactory(DjangoModelFactory[User]):
    """A user who has verified their address. Their password is ``PASSWORD`` when asked for."""

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    password = "!"

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        with_password = factory.Trait(password=factory.django.Password(PASSWORD))

    @factory.post_generation
    def verified_address(self: Any, create: bool, extracted: bool | None, **_: object) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class PersonFactory(DjangoModelFactory[Person]):
    """A person with an account. ``user=None`` makes one without."""

    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")
    job_title = "Team manager"
    grade_band = GradeBand.FIRST_LINE_MANAGER
    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    created_at = LONG_AGO

    class Meta:
        model = Person
        skip_postgeneration_save = True

    @factory.post_generation
    def address(self: Any, create: bool, extracted: str | None, **_: object) -> None:
        email = extracted or (self.user and self.user.email)
        if create and email:
            ContactAddress.objects.create(
                person=self, email=email, is_primary=True, verified_at=LONG_AGO
            )


class ContactAddressFactory(DjangoModelFactory[ContactAddress]):
    person = factory.SubFactory(PersonFactory)
    email = factory.Sequence(lambda n: f"other{n}@example.org")

    class Meta:
        model = ContactAddress


class RoleGrantFactory(DjangoModelFactory[RoleGrant]):
    person = factory.SubFactory(PersonFactory)
    role = Role.COLLEGE_ADMIN
    starts_on = date(2020, 8, 3)
    ends_on = date(2099, 12, 31)
    granted_at = LONG_AGO

    class Meta:
        model = RoleGrant


class ManagerRelationFactory(DjangoModelFactory[ManagerRelation]):
    person = factory.SubFactory(PersonFactory)
    manager = factory.SubFactory(PersonFactory)
    starts_on = date(2020, 8, 3)

    class Meta:
        model = ManagerRelation


def staff(role: str = Role.COLLEGE_ADMIN, **person: Any) -> Person:
    """A person who holds the role; a coordinator holds it for their own organisation."""
    holder: Person = PersonFactory(**person)
    scope = holder.organisation if role == Role.BOROUGH_COORDINATOR else None
    RoleGrantFactory(person=holder, role=role, organisation=scope)
    return holder
