"""Which of a person's addresses messages go to."""

from lic_site.accounts.models import ContactAddress, Person
from lic_site.notices.models import AddressTrouble


def is_set_aside(address: ContactAddress) -> bool:
    """Whether it sends messages back, so that nothing is sent to it."""
    trouble: AddressTrouble | None = getattr(address, "trouble", None)
    return trouble is not None and trouble.set_aside_at is not None


def address_of(person: Person, category: str) -> str:
    """The address the person chose for this category; empty if we hold none that works. Reads
    ``addresses`` with their ``trouble``: prefetch both for a list.
    """
    if not person.pk:
        return ""
    aside = [address.pk for address in person.addresses.all() if is_set_aside(address)]
    return person.address_for(category, without=aside) or ""
