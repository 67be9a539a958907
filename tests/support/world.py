"""One world in which every address of the role matrix has something to show.

Built through the real verbs: three cohorts, one open, one choosing, one making offers; the
applicant has a draft in the first, an application under review in the second, an offer in the
third. ``tests/support/running.py`` adds one that runs.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cohorts.programme.enums import Route
from cohorts.programme.models import (
    Application,
    Cohort,
    CohortReader,
    Funding,
    Programme,
)
from cohorts.programme.services import (
    applications,
    interest,
    routes,
    support,
)
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person, RoleGrant
from lic_site.common import tokens
from lic_site.common.models import Tick
from lic_site.notices.models import Mailing, Notice, ReminderRule
from lic_site.notices.services import mailings, rules, send
from tests import role_matrix as who
from tests.factories.imports import AMA, people_checked
from tests.factories.notices import calendar_of
from tests.factories.people import PersonFactory, UserFactory, staff
from tests.support import concerns, running, surveys
from tests.support.choosing import (
    a_cohort,
    a_draft,
    ask_manager,
    offer_and_place,
    readings,
)

WEEK = timedelta(days=7)
GRANTED = {
    who.COLLEGE: Role.COLLEGE_ADMIN,
    who.LEAD: Role.PROGRAMME_LEAD,
    who.CHAIR: Role.GROUP_CHAIR,
    who.ORGANISER: Role.CONFERENCE_ORGANISER,
    who.COORDINATOR: Role.BOROUGH_COORDINATOR,
    who.ANALYST: Role.ANALYST,
    who.EDITOR: Role.EDITOR,
}
REMINDER = "programme.session_soon"
"""A kind of message that the clock sends."""
OPTIONAL = "programme.cohort_opened"
"""A kind of message that a person may turn off."""
SECRET = "Larkspurwing"
"""The applicant's last name, which nobody may read who is not allowed."""


@dataclass
class World:
    people: dict[str, Person]
    now: datetime = field(default_factory=timezone.now)
    sessions: dict[str, str] = field(default_factory=dict)
    """Session keys by persona; the visitor has none."""
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What stands for the placeholders of an address: the longest beginning that fits counts."""

    @property
    def admin(self) -> Person:
        return self.people[who.COLLEGE]

    given: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What a POST must say to mean anything: who or what it is about."""

    def data(self, method: str, route: str) -> tuple[str, str]:
        """The body of a request and its kind."""
        said = self.given.get(route, {}) if method == "POST" else {}
        return urlencode(said), "application/x-www-form-urlencoded"

    def address(self, route: str) -> str:
        fits = [start for start in self.arguments if route.startswith(start)]
        for start in sorted(fits, key=len, reverse=True):
            for name, value in self.arguments[start].items():
                route = route.replace(f"<{name}>", str(value))
        return f"/{route}"


def build() -> World:
    call_command("bootstrap", verbosity=0)
    world = World(_people())
    programme = Programme.objects.get()
    opened = a_cohort(world, programme, "Open cohort", opened=-1, closes=3)
    choosing = a_cohort(world, programme, "Choosing cohort", opened=-5, closes=-1)
    offering = a_cohort(world, programme, "Offering cohort", opened=-9, closes=-5)
    draft = a_draft(world, who.APPLICANT, opened, at=world.now)
    a_draft(world, who.RIVAL, opened, at=world.now)
    asked = ask_manager(world, draft)
    exclusion = applications.exclude_reader(
        application=draft, name="Somebody", email="", by=draft.applicant, at=world.now
    )
    review = readings(world, choosing)
    offer, place = offer_and_place(world, offering)
    message = a_message(world, review.application)
    noted = interest.note_interest(
        programme=programme,
        given_name="Ada",
        email="ada@example.org",
        by=None,
        at=world.now,
    )
    planned = a_cohort(world, programme, "Planned cohort", opened=1, closes=4)
    day, asked_in_plan = planned.sessions.all()[0], planned.questions.all()[0]
    panel = CohortReader.objects.get(person=world.people[who.READER])
    funding = Funding.objects.create(programme=programme, source="Councils", year=2026).pk
    grant = RoleGrant.objects.get(person=world.people[who.EDITOR])
    question = opened.questions.all()[0]
    sheet = people_checked(AMA | {"family_name": SECRET}, by=world.admin, at=world.now)
    route = routes.record_route(
        person=draft.applicant, done=routes.Done(Route.BALI), by=draft.applicant, at=world.now
    )
    world.arguments = {
        "": {"slug": choosing.slug, "reference": review.application.reference},
        "apply/": {"slug": opened.slug},
        "apply/<slug>/question/": {"pk": question.pk},
        "apply/<slug>/support/": {"route": "manager"},
        "apply/<slug>/readers/": {"pk": exclusion.pk},
        "interest/": {"slug": programme.slug, "token": interest.token_for(noted)},
        "my/applications/<reference>/offer/": {"reference": offer.application.reference},
        "my/applications/<reference>/decline/": {"reference": offer.application.reference},
        "my/applications/<reference>/accepted/": {"reference": place.application.reference},
        "my/applications/<reference>/dates.ics": {"reference": place.application.reference},
        "my/reading/": {"pk": review.pk},
        "support/": {"token": support.token_for(asked)},
        "staff/people/": {"pk": world.people[who.APPLICANT].pk},
        "staff/grants/": {"pk": grant.pk},
        "my/profile/routes/": {"pk": route.pk},
        "staff/people/<pk>/routes/": {"route": route.pk},
        "staff/imports/": {"pk": sheet.pk, "kind": "people"},
        "staff/messages/": {"pk": message.pk, "name": message.kind},
        "staff/messages/mailings/": {
            "pk": a_mailing(world, choosing).pk,
            "name": "programme.applicants",
            "number": 1,
        },
        "staff/messages/people/": {"pk": world.people[who.APPLICANT].pk},
        "staff/messages/addresses/": {"pk": world.people[who.APPLICANT].addresses.get().pk},
        "staff/messages/rules/": {"pk": a_rule(world).pk, "kind": REMINDER},
        "messages/stop/": {
            "kind": OPTIONAL,
            "token": tokens.make(f"unsubscribe:{OPTIONAL}", world.people[who.APPLICANT].pk),
        },
        "calendar/": {"token": calendar_of(world.people[who.APPLICANT], at=world.now)},
        "staff/programme/": {"slug": programme.slug, "pk": funding, "kind": "conference"},
        "staff/cohorts/<slug>/": {"name": "confirm", "action": "offer", "kind": "questions"},
        "staff/cohorts/<slug>/dates/": {"slug": planned.slug, "pk": day.pk},
        "staff/cohorts/<slug>/edit/": {"slug": planned.slug, "pk": asked_in_plan.pk},
        "staff/cohorts/<slug>/readers/": {"pk": panel.pk},
        "staff/cohorts/<slug>/adjustments/": {},
        "staff/cohorts/<slug>/applications/<reference>/take-back/": {
            "slug": offering.slug,
            "reference": offer.application.reference,
        },
        "dev/mail/": {"kept_id": "none"},
        "webhooks/": {"provider": "mailgun"},
        "jobs/": {"pk": uuid.uuid4()},
        "accounts/2fa/": {"pk": 1},
    }
    runs = running.build(world.people, programme, world.now)
    world.arguments |= runs.arguments() | concerns.arguments(world.people, world.now)
    world.arguments |= surveys.arguments(world.people, runs, world.now)
    world.given = {
        "staff/cohorts/<slug>/readers/add/": {"person": world.people[who.STRANGER].pk},
        "staff/cohorts/<slug>/edit/<kind>/<pk>/arrange/": {"do": "up"},
        "my/cohorts/<slug>/coaching/": {"do": "book", "slot": runs.slot.pk},
        "my/materials/<pk>/change/": {"do": "hide"},
        "staff/cohorts/<slug>/dates/<pk>/facilitators/": {
            "do": "add",
            "person": world.people[who.STRANGER].pk,
        },
    }
    for name in settings.TICKS:
        Tick.objects.create(name=name, started_at=world.now, finished_at=world.now)
    sign_in(world)
    return world


def a_rule(world: World) -> ReminderRule:
    """Added by staff, so that it can be removed."""
    when = rules.When(offset_days=-3, in_working_days=True, at_time=time(10))
    return rules.add_rule(kind=REMINDER, when=when, by=world.admin, at=world.now)


def _people() -> dict[str, Person]:
    people = {persona: staff(role) for persona, role in GRANTED.items()}
    for persona in who.PEOPLE - people.keys():
        people[persona] = PersonFactory()
    people[who.APPLICANT].family_name = SECRET
    people[who.APPLICANT].save()
    return people


def sign_in(world: World) -> None:
    users = {persona: person.user for persona, person in world.people.items()}
    users[who.NEWCOMER] = UserFactory()
    for persona, user in users.items():
        client = Client()
        client.force_login(user)
        world.sessions[persona] = client.cookies["sessionid"].value


def a_mailing(world: World, cohort: Cohort) -> Mailing:
    """A draft, written, to those whose applications to this cohort are under review."""
    mailing = mailings.begin(
        segment="programme.applicants",
        chosen={"cohort": str(cohort.pk), "standing": ["under_review"], "area": ""},
        by=world.admin,
        at=world.now,
    )
    mailings.write(
        mailing=mailing,
        revision=mailing.revision,
        title="When they hear",
        subject="A date in your calendar",
        body="Hello {given_name},\n\nYou hear by {decisions_by}.\n\n[See more]",
        by=world.admin,
        at=world.now,
    )
    return mailing


def a_message(world: World, application: Application) -> Notice:
    send(
        "programme.application_received",
        to=world.people[who.APPLICANT],
        about=application,
        at=world.now,
        key="again",
    )
    return Notice.objects.order_by("pk").last()  # type: ignore[return-value]
