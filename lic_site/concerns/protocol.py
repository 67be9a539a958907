"""What upper floors tell of the things a concern can come from: a session, a learning set.

Settings list the implementations in ``CONCERN_SUBJECTS``. A page of the thing links to
``/concern/`` with a signed token; nothing of it is kept but the words of ``find``, encrypted.
"""

from collections.abc import Iterable
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from lic_site.accounts.models import Person
from lic_site.common import tokens

SEPARATOR = ":"


class Subject(Protocol):
    """One sort of thing that a concern can come from."""

    name: str
    """Letters alone, such as ``session``."""

    def find(self, pk: int) -> str | None:
        """What the thing is called, for whoever raises a concern and its reader; None when it has
        gone.
        """
        ...

    def concerned(self, pk: int) -> Iterable[Person]:
        """Who should not be offered as a reader of a concern from here: whoever leads it."""
        ...


@cache
def subjects() -> dict[str, Subject]:
    """Every sort of thing by its name."""
    return {each.name: each for path in settings.CONCERN_SUBJECTS for each in import_string(path)}


def token_for(name: str, pk: int) -> str:
    """What ``/concern/?about=`` carries."""
    return f"{name}{SEPARATOR}{tokens.make(_purpose(name), pk)}"


def read_token(token: str) -> tuple[Subject, int] | None:
    """What the token is about; None for one that we did not make, however malformed."""
    name, _, signed = token.partition(SEPARATOR)
    subject = subjects().get(name)
    found = tokens.read(_purpose(name), signed) if subject else None
    return (subject, found[0]) if subject and found else None


def _purpose(name: str) -> str:
    return f"concern {name}"
