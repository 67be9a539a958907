"""The requests that views receive, once the middleware has said who is asking."""

from django.http import HttpRequest

from lic_site.accounts.models import Person, User


class PersonRequest(HttpRequest):
    """Any request. ``person`` is None for a visitor, and for a user who has not yet said who
    they are.
    """

    person: Person | None


class SignedInRequest(PersonRequest):
    """A request that passed ``guards.person_required``."""

    person: Person
    user: User
