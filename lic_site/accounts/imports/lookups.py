"""Employers and grades by whatever people call them, and people by their addresses."""

from collections.abc import Iterable, Iterator
from itertools import batched

from django.db.models.functions import Lower

from lic_site.accounts.enums import GradeBand, OrganisationKind
from lic_site.accounts.models import Borough, ContactAddress, Organisation, Person
from lic_site.common.imports.lookups import Lookup, plain

AT_ONCE = 1_000
_BEFORE = (
    "the",
    "london borough of",
    "royal borough of",
    "borough of",
    "city of",
    "lb of",
    "lb",
    "lbc",
    "l b",
    "rb",
)
_AFTER = (
    "london borough council",
    "borough council",
    "city council",
    "county council",
    "council",
    "london borough",
    "borough",
    "lb",
    "childrens services",
    "children s services",
)
SHORT_NAMES = {
    "Kensington and Chelsea": ("RBKC", "Kensington", "K&C"),
    "Hammersmith and Fulham": ("LBHF", "H&F", "Hammersmith"),
    "Barking and Dagenham": ("LBBD", "B&D", "Barking", "Dagenham"),
    "Kingston upon Thames": ("RBK", "Kingston"),
    "Richmond upon Thames": ("LBRuT", "Richmond"),
    "Tower Hamlets": ("LBTH",),
    "Waltham Forest": ("LBWF",),
    "City of London": ("Corporation of London", "City of London Corporation", "The City"),
}
"""What boroughs are called besides their names; asked for only where the name is on the list."""

GRADE_WORDS = {
    GradeBand.PRACTITIONER: ("Social worker", "Youth worker", "Officer", "Practitioner grade"),
    GradeBand.SENIOR_PRACTITIONER: (
        "Senior social worker",
        "Advanced practitioner",
        "Consultant social worker",
        "Senior",
    ),
    GradeBand.FIRST_LINE_MANAGER: (
        "First line",
        "First line manager",
        "Team manager",
        "Deputy team manager",
        "Assistant team manager",
        "Practice supervisor",
        "Team leader",
    ),
    GradeBand.MIDDLE_MANAGER: ("Middle", "Service manager", "Group manager", "Principal officer"),
    GradeBand.HEAD_OF_SERVICE: ("HoS", "Service head", "Head"),
    GradeBand.ASSISTANT_DIRECTOR: ("AD", "Operational director", "Deputy director"),
    GradeBand.DIRECTOR: ("DCS", "Director of children's services", "Executive director"),
}


def variants(words: str) -> Iterator[str]:
    """'london borough of hackney' and then 'hackney': the words, and less and less of them."""
    yield words
    while True:
        shorter = _without(words)
        if shorter == words:
            return
        words = shorter
        yield words


def _without(words: str) -> str:
    for before in _BEFORE:
        if words.startswith(f"{before} "):
            return words.removeprefix(f"{before} ")
    for after in _AFTER:
        if words.endswith(f" {after}"):
            return words.removesuffix(f" {after}")
    return words


def employers() -> Lookup[Organisation]:
    """Organisations by their name; a borough's council by the borough's name, GSS code or DfE
    number, and by what people call it.
    """
    current = Organisation.objects.filter(ended_on=None).order_by("pk")
    councils: dict[int, Organisation] = {}
    for council in current.filter(kind=OrganisationKind.COUNCIL).prefetch_related("boroughs"):
        for borough in council.boroughs.all():
            councils.setdefault(borough.pk, council)
    boroughs = [one for one in Borough.objects.all() if one.pk in councils]

    def names() -> Iterator[tuple[str, Organisation]]:
        for borough in boroughs:
            council = councils[borough.pk]
            yield borough.name, council
            yield borough.gss_code, council
            yield str(borough.dfe_number), council
            for short in SHORT_NAMES.get(borough.name, ()):
                yield short, council
        for organisation in current:
            yield organisation.name, organisation

    return Lookup(names(), what="a borough or an employer on the list", variants=variants)


def grades() -> Lookup[str]:
    """The values of grade bands by their labels, and by usual titles of posts in them."""

    def names() -> Iterator[tuple[str, str]]:
        for grade in GradeBand:
            yield grade.label, grade.value
            yield grade.value, grade.value
        for grade, words in GRADE_WORDS.items():
            for word in words:
                yield word, grade.value

    labels = ", ".join(f"‘{grade.label}’" for grade in GradeBand)
    return Lookup(names(), what=f"a grade. The grades are {labels}")


def people_by_address(emails: Iterable[str]) -> dict[str, Person]:
    """Whom each of these addresses, in small letters, belongs to, of those that are known."""
    found: dict[str, Person] = {}
    for some in batched(sorted(set(emails)), AT_ONCE, strict=False):
        rows = ContactAddress.objects.alias(small=Lower("email")).filter(small__in=some)
        for address in rows.select_related("person__organisation"):
            found[address.email.lower()] = address.person
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever their case and signs."""
    return plain(one) == plain(other)
