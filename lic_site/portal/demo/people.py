"""The people of the demonstration. Their names belong to nobody, their addresses lead nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, product

from allauth.account.models import EmailAddress
from django.utils import timezone

from lic_site.accounts.enums import GradeBand, Role
from lic_site.accounts.models import Organisation, Person, User
from lic_site.accounts.services.people import find_or_add_person, introduce_oneself
from lic_site.accounts.services.roles import grant_role, name_manager

DOMAIN = "demo.example"
GRANTED_FOR = timedelta(days=365)
COLLEGE = "Staff College"
ALLIANCE = "London Innovation and Improvement Alliance"


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as, and what they are there to show."""

    key: str
    given_name: str
    family_name: str
    job_title: str
    grade_band: str
    organisation: str
    shows: str
    role: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


_SENIOR = GradeBand.SENIOR_PRACTITIONER
_FIRST = GradeBand.FIRST_LINE_MANAGER
_MIDDLE = GradeBand.MIDDLE_MANAGER
_HEAD = GradeBand.HEAD_OF_SERVICE

PERSONAS = (
    Persona(
        "participant", "Adaeze", "Larkspur", "Team manager", _FIRST, "Hackney Council",
        "takes part in the running cohort",
    ),
    Persona(
        "applicant", "Imran", "Quillfeather", "Senior social worker", _SENIOR, "Brent Council",
        "is writing an application to the open cohort",
    ),
    Persona(
        "mentor", "Beverley", "Merrowdown", "Director", GradeBand.DIRECTOR, "Lambeth Council",
        "completed an earlier cohort and has its certificate; will mentor when mentoring joins",
    ),
    Persona(
        "manager", "Tomasz", "Thistlewick", "Head of service", _HEAD, "Brent Council",
        "manages the applicant",
    ),
    Persona(
        "coordinator", "Yasmin", "Foxhollow", "Workforce lead", _MIDDLE, "Hackney Council",
        "coordinates for Hackney", Role.BOROUGH_COORDINATOR,
    ),
    Persona(
        "member", "Delroy", "Rookhollow", "Service manager", _MIDDLE, "Croydon Council",
        "will sit on the Reference Group when it joins",
    ),
    Persona(
        "chair", "Marcia", "Wrenfold", "Assistant director", GradeBand.ASSISTANT_DIRECTOR,
        "Lewisham Council", "chairs the Reference Group", Role.GROUP_CHAIR,
    ),
    Persona(
        "college", "Priya", "Candlewick", "Programme manager", _MIDDLE, COLLEGE,
        "runs the cohorts", Role.COLLEGE_ADMIN,
    ),
    Persona(
        "reader", "Kwame", "Silverbirch", "Head of service", _HEAD, "Ealing Council",
        "reads applications",
    ),
    Persona(
        "facilitator", "Leila", "Moonpenny", "Facilitator", "", COLLEGE,
        "leads sessions and a learning set of the running cohort",
    ),
    Persona(
        "desk", "Jordan", "Tinderbox", "Events assistant", "", COLLEGE,
        "will help at the conference desk when it joins",
    ),
    Persona(
        "lead", "Nadia", "Harbourlight", "Programme lead", _HEAD, ALLIANCE,
        "answers for the programme", Role.PROGRAMME_LEAD,
    ),
    Persona(
        "analyst", "Femi", "Meadowlong", "Analyst", "", ALLIANCE,
        "sees figures, never people", Role.ANALYST,
    ),
    Persona(
        "editor", "Robin", "Inkwell", "Communications officer", "", ALLIANCE,
        "edits the public pages", Role.EDITOR,
    ),
)  # fmt: skip

GIVEN_NAMES = (
    "Abiola", "Aisha", "Amara", "Anjali", "Bilal", "Candice", "Chen", "Dalia", "Deepak", "Efua",
    "Esi", "Farah", "Gloria", "Hamza", "Ifeoma", "Jamal", "Jasmine", "Kavita", "Kemi", "Linh",
    "Malik", "Mei", "Nasra", "Olu", "Parveen", "Rajesh", "Rosa", "Samira", "Tariq", "Zainab",
)  # fmt: skip
FAMILY_NAMES = (
    "Applebough", "Bellwether", "Cloudberry", "Dovetail", "Elderflower", "Fernley-Moon",
    "Goldenrod", "Hazelwick", "Ivorygate", "Junipertree", "Kingfisherly", "Lanternby",
    "Marigolden", "Nightingrove", "Oakapple", "Peppercorne", "Quartzway", "Riversmeet",
    "Saffronhill", "Tamarindo", "Umberfield", "Velvetmoss", "Willowmere", "Yarrowdale",
)  # fmt: skip
JOBS = (
    ("Social worker", GradeBand.PRACTITIONER),
    ("Senior social worker", _SENIOR),
    ("Advanced practitioner", _SENIOR),
    ("Team manager", _FIRST),
    ("Deputy team manager", _FIRST),
    ("Service manager", _MIDDLE),
)


def add_personas(*, password: str, at: datetime) -> dict[str, Person]:
    """Every persona with a verified address, one password and the role they are granted."""
    template = User(email=f"nobody@{DOMAIN}")
    template.set_password(password)
    people = {
        persona.key: _add_persona(persona, hashed=template.password, at=at) for persona in PERSONAS
    }
    manager = people["manager"]
    name_manager(person=people["applicant"], manager=manager, named_as=manager.name, by=None, at=at)
    return people


def _add_persona(persona: Persona, *, hashed: str, at: datetime) -> Person:
    user = User.objects.create(email=persona.email, password=hashed, date_joined=at)
    EmailAddress.objects.create(user=user, email=persona.email, verified=True, primary=True)
    organisation = Organisation.objects.get(name=persona.organisation)
    person = introduce_oneself(
        user=user,
        given_name=persona.given_name,
        family_name=persona.family_name,
        job_title=persona.job_title,
        grade_band=persona.grade_band,
        organisation=organisation,
        at=at,
    )
    if persona.role:
        starts_on = timezone.localdate(at)
        grant_role(
            person=person,
            role=persona.role,
            organisation=organisation if persona.role == Role.BOROUGH_COORDINATOR else None,
            starts_on=starts_on,
            ends_on=timezone.localdate() + GRANTED_FOR,
            by=None,
            at=at,
        )
    return person


def colleagues(*, at: datetime) -> Iterator[Person]:
    """One invented person after another, without an account, spread over the councils."""
    councils = list(Organisation.objects.filter(kind="council").order_by("pk"))
    names = product(range(1000), range(len(FAMILY_NAMES)))
    for number, (turn, family) in zip(count(1), names, strict=False):
        given = GIVEN_NAMES[(family * 7 + turn) % len(GIVEN_NAMES)]
        job_title, grade_band = JOBS[number % len(JOBS)]
        person = find_or_add_person(
            email=f"person{number}@people.{DOMAIN}",
            given_name=given,
            family_name=FAMILY_NAMES[family],
            by=None,
            at=at,
        )
        if person.organisation_id is None:
            person.job_title, person.grade_band = job_title, grade_band
            person.organisation = councils[number * 5 % len(councils)]
            person.save(update_fields=["job_title", "grade_band", "organisation"])
        yield person
