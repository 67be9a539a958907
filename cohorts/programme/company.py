"""Whom a participant learns with, as each of them chose to be shown."""

from dataclasses import dataclass

from cohorts.programme import policies
from cohorts.programme.models import Enrolment, Introduction, LearningSet
from lic_site.accounts.models import Person


@dataclass(frozen=True)
class Mate:
    """One member of a set. What they did not choose to show is empty."""

    name: str
    job_title: str = ""
    organisation: str = ""
    email: str = ""
    phone: str = ""
    about: str = ""


def company(learning_set: LearningSet, person: Person) -> list[Mate]:
    """The other members of a set that this person may see, by name: always their first name, the
    rest as each shared it; to its facilitator, who takes their register, also the last name.
    """
    introductions = {
        each.enrolment_id: each
        for each in policies.visible(
            person, Introduction.objects.filter(enrolment__learning_set=learning_set)
        )
    }
    members = (
        Enrolment.objects.taking_part()
        .filter(learning_set=learning_set)
        .exclude(person=person)
        .select_related("person__organisation")
        .order_by("person__given_name", "pk")
    )
    leads = learning_set.facilitator_id == person.pk
    return [_mate(each.person, introductions.get(each.pk), leads=leads) for each in members]


def mine(enrolment: Enrolment) -> Mate:
    """How the others of the set see this participant."""
    introduction = Introduction.objects.filter(enrolment=enrolment).first()
    return _mate(enrolment.person, introduction, leads=False)


def _mate(person: Person, shown: Introduction | None, *, leads: bool) -> Mate:
    whole = leads or (shown is not None and shown.shows_family_name)
    name = person.name if whole else person.given_name
    if shown is None:
        return Mate(name)
    return Mate(
        name=name,
        job_title=person.job_title if shown.shows_job_title else "",
        organisation=str(person.organisation or "") if shown.shows_organisation else "",
        email=shown.email,
        phone=shown.phone,
        about=shown.about,
    )
