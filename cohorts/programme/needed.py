"""What participants need, on plain values: whom to ring as it is kept, counts for a venue."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cohorts.programme.enums import Access, Diet, NeedKind


@dataclass(frozen=True)
class Contact:
    """Whom to ring for somebody in an emergency. Kept as three lines."""

    name: str
    relation: str
    phone: str

    def __str__(self) -> str:
        return "\n".join((self.name, self.relation, self.phone))


def contact_of(text: str) -> Contact | None:
    """From its three lines; None where nobody is to be rung."""
    lines = text.split("\n")
    return Contact(*lines) if len(lines) == 3 else None


@dataclass(frozen=True)
class Count:
    """How many ticked one choice. A person may tick several."""

    kind: NeedKind
    label: str
    number: int


def counts(ticked: Iterable[tuple[str, Iterable[str]]]) -> list[Count]:
    """For the venue: every choice of diet and of access, those that nobody ticked among them.
    ``ticked``: kinds with the codes one person ticked. Words of 'something else' never count.
    """
    seen = Counter((kind, code) for kind, codes in ticked for code in set(codes))
    return [
        Count(kind, str(choice.label), seen[kind.value, choice.value])
        for kind, choices in ((NeedKind.DIET, Diet), (NeedKind.ACCESS, Access))
        for choice in choices
    ]
