"""What the addresses about concerns stand on in the role matrix's world."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from lic_site.accounts.models import Person
from lic_site.concerns.enums import Entry
from lic_site.concerns.services import handling
from tests import role_matrix as who
from tests.factories.concerns import ContactFactory, a_concern


def arguments(people: Mapping[str, Person], at: datetime) -> dict[str, dict[str, Any]]:
    """The applicant's concern, about the college admin, read by the lead; a third reader."""
    reader = ContactFactory(person=people[who.LEAD])
    ContactFactory(person=people[who.COLLEGE])
    other = ContactFactory()
    concern = a_concern(
        reader, by=people[who.APPLICANT], concerned=[people[who.COLLEGE]], at=at, nonce="world"
    )
    handling.agree_action(concern=concern, text="Look.", by=people[who.LEAD], at=at)
    action = concern.entries.get(kind=Entry.ACTION)
    return {
        "my/concerns/": {"reference": concern.reference},
        "staff/concerns/": {"reference": concern.reference, "name": "reply"},
        "staff/concerns/contacts/": {"pk": other.pk},
        "staff/concerns/<reference>/actions/": {"pk": action.pk},
    }
