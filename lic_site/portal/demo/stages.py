"""How an invented cohort comes from a plan to its participants, step by step: what the worlds have
in common.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from cohorts.programme.forms.cohorts import london
from cohorts.programme.models import (
    Application,
    Cohort,
    Criterion,
    Funding,
    PositiveActionRecord,
    Programme,
    Question,
    Session,
    Strand,
)
from cohorts.programme.services import cohorts, decisions, design, offers, panels, programmes
from cohorts.programme.services.sessions import planning
from lic_site.accounts.models import Person, User
from lic_site.portal.demo import people, words

type Personas = Mapping[str, Person]

NINE, FOUR = time(9, 30), time(16, 0)
KNOWN_FOR = timedelta(days=690)
"""How long the colleagues have been on record."""


def programme(at: datetime, personas: Personas) -> Programme:
    """The programme with its strands, legal ground and money; the same one each time."""
    found = Programme.objects.filter(slug="leadership-in-colour").first()
    by = personas["college"]
    if found is None:
        found = programmes.save_part(
            part=Programme(),
            by=by,
            at=at,
            name="Leadership in Colour",
            slug="leadership-in-colour",
            aims=words.AIMS,
            starts_on=date(2020, 8, 1),
        )
    if PositiveActionRecord.objects.filter(programme=found).exists():
        return found
    today = timezone.localdate(at)
    for kind, summary in words.STRANDS:
        strand = Strand.objects.filter(programme=found, kind=kind).first()
        programmes.save_part(
            part=strand or Strand(programme=found), by=by, at=at, kind=kind, summary=summary
        )
    programmes.save_part(
        part=PositiveActionRecord(programme=found),
        by=by,
        at=at,
        evidence=words.EVIDENCE,
        aim=words.AIM,
        proportionality=words.PROPORTIONALITY,
        review_on=today + timedelta(days=150),
    )
    year = today.year if today.month >= 4 else today.year - 1
    for source, begins, allocated, committed, spent in (
        ("ALDCS (demonstration)", year, 50_000, 38_500, 17_250),
        ("ALDCS (demonstration)", year - 1, 50_000, 50_000, 48_900),
        ("London councils together (demonstration)", year, 24_000, 12_000, 6_400),
    ):
        programmes.save_part(
            part=Funding(programme=found),
            by=by,
            at=at,
            source=source,
            year=begins,
            allocated=allocated,
            committed=committed,
            spent=spent,
        )
    return found


def decide(
    cohort: Cohort, by: Person, moment: datetime, *, places: int = 10, is_read: bool = True
) -> None:
    """As many offers as places; one declined and one lapsed, so that two move up from the waiting
    list.
    """
    everybody = list(
        Application.objects.filter(cohort=cohort).select_related("applicant").order_by("pk")
    )
    chosen, waiting = everybody[:places], everybody[places : places + 5]
    others = everybody[places + 5 :]
    common: dict[str, Any] = {"cohort": cohort, "by": by, "at": moment}
    sure: dict[str, Any] = common | {"unread_accepted": not is_read}
    decisions.offer_places(applications=chosen, reason="Highest scores.", **sure)
    decisions.waitlist(applications=waiting, reason="Next by score.", **sure)
    decisions.not_offer(
        feedback={
            application: words.FEEDBACK[number % len(words.FEEDBACK)]
            for number, application in enumerate(others)
        },
        reason="Below the others this time.",
        **sure,
    )
    accept(chosen[:-2], moment + timedelta(days=2))
    offers.decline_offer(
        offer=chosen[-2].offers.open().get(),
        by=chosen[-2].applicant,
        at=moment + timedelta(days=3),
    )
    offers.lapse_overdue(moment + timedelta(days=9))
    accept(waiting[:2], moment + timedelta(days=9, hours=12))


def accept(applicants: Sequence[Application], moment: datetime) -> None:
    for application in applicants:
        offer = application.offers.open().select_related("application__applicant").first()
        if offer is not None:
            offers.accept_offer(offer=offer, committed=True, by=application.applicant, at=moment)


def opened(
    name: str,
    at: datetime,
    personas: Personas,
    *,
    places: int,
    opened: int,
    closes: int,
    decided: int,
    starts: int,
    every: int = 45,
    with_sets: bool = False,
) -> Cohort:
    """A cohort planned and opened; days are counted from now, ``every`` so many days a session.
    Where it will have learning sets, their own dates are left for when they are named.
    """
    today = timezone.localdate(at)
    moment = london(today + timedelta(days=opened), time(9, 0))
    by = personas["college"]
    starts_on = weekday(today + timedelta(days=starts))
    cohort = cohorts.create_cohort(
        programme=programme(moment, personas),
        by=by,
        at=moment - timedelta(days=14),
        name=name,
        summary=words.SUMMARY,
        places=places,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=every * 6 + 10),
        applications_open_at=moment,
        applications_close_at=london(today + timedelta(days=closes), time(23, 59)),
        decisions_by=today + timedelta(days=decided),
        offer_days=7,
        commitment=words.COMMITMENT,
    )
    for text, hint, most in words.QUESTIONS:
        design.save_item(
            item=Question(cohort=cohort), by=by, at=moment, text=text, hint=hint, max_words=most
        )
    for criterion, description, weight in words.CRITERIA:
        design.save_item(
            item=Criterion(cohort=cohort),
            by=by,
            at=moment,
            name=criterion,
            description=description,
            weight=weight,
        )
    for number, (title, kind, place) in enumerate(words.SESSIONS):
        if with_sets and kind == "learning_set":
            continue
        day = weekday(starts_on + timedelta(days=every * number))
        last = day + timedelta(days=1) if kind == "residential" else day
        planning.save_session(
            session=Session(cohort=cohort),
            by=by,
            at=moment,
            title=title,
            kind=kind,
            place=place,
            starts_at=london(day, NINE),
            ends_at=london(last, FOUR),
        )
    return cohorts.open_cohort(cohort=cohort, by=by, at=moment)


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.isoweekday()) + 1) if day.isoweekday() > 5 else day


def colleagues(at: datetime, first: int, number: int) -> list[Person]:
    """A stretch of the invented colleagues: the same stretch is always the same people."""
    return list(islice(people.colleagues(at=at - KNOWN_FOR), first, first + number))


def readers(at: datetime, first: int, number: int) -> list[Person]:
    """Colleagues with an account, who read."""
    found = colleagues(at, first, number)
    for person in found:
        if person.user_id is None:
            address = person.addresses.get().email
            person.user = User.objects.create(email=address, password="!")  # noqa: S106 (no way in)
            person.save(update_fields=["user"])
    return found


def panel(cohort: Cohort, readers: Sequence[Person], personas: Personas, moment: datetime) -> None:
    for reader in readers:
        panels.add_reader(cohort=cohort, person=reader, by=personas["college"], at=moment)
