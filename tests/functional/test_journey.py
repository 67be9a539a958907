"""The whole journey, as the people in it make it: on a phone, without JavaScript, by keyboard."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from cohorts.programme.models import Application, Cohort, Enrolment, Programme
from lic_site.accounts.enums import Role
from lic_site.accounts.models import Person
from lic_site.common import ticks
from tests import role_matrix as who
from tests.factories.people import PersonFactory, staff
from tests.functional.conftest import NewVisitor
from tests.support import choosing, world
from tests.support.visitor import Visitor
from tests.support.wagtail import plant_roots

pytestmark = pytest.mark.django_db(transaction=True)

APPLICANT, MANAGER = "ada.fernhollow@example.org", "grace.mossbridge@example.org"


def letter(address: str, below: str) -> str:
    """Let the clock tick; the page that the newest message to this address leads to."""
    assert not ticks.run_all(at=timezone.now())
    words = [str(message.body) for message in mail.outbox if address in message.to]
    found = re.findall(rf"https?://[^/\s]+({below}\S*)", "\n".join(words))
    assert found, words
    return str(found[-1])


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def a_planned_cohort(admin: Person, rival: Person) -> Cohort:
    plant_roots()
    call_command("bootstrap", verbosity=0)
    scene = world.World({who.COLLEGE: admin, who.RIVAL: rival})
    cohort = choosing.a_cohort(scene, Programme.objects.get(), "Cohort 7", opened=1, closes=4)
    Cohort.objects.filter(pk=cohort.pk).update(
        places=1, applications_open_at=scene.now - timedelta(days=1)
    )
    return Cohort.objects.get(pk=cohort.pk)


def hear_of_it(ada: Visitor) -> None:
    """Nothing is open yet: ask to be told, without an account."""
    ada.go("/")
    ada.follow("Tell me when applications open", exact=False)
    ada.fill("First name", "Ada")
    ada.fill("E-mail address", APPLICANT)
    ada.press("Tell me")
    ada.sees("Thank you")


def sign_up(ada: Visitor, cohort: Cohort) -> None:
    """From the public page, through an account, back to the application."""
    ada.go(letter(APPLICANT, "/apply/"))
    ada.follow("Start now")
    ada.follow("Create an account", exact=False)
    ada.fill("E-mail address", APPLICANT)
    ada.fill("Password", "a long enough secret")
    ada.press("Create an account")
    ada.fill("Code", code_in(mail.outbox[-1]))
    ada.press("Confirm")
    ada.sees("Are you Global Majority staff")


def apply(ada: Visitor, cohort: Cohort) -> None:
    ada.choose("Yes")
    ada.press("Continue")
    ada.fill("Job title", "Team manager")
    ada.choose("First-line manager")
    ada.pick("Where you work", "Hackney Council")
    ada.press("Save and continue")
    ada.fill("Why now?", "Because I am ready, and so is my team.")
    ada.press("Save and continue")
    ada.follow("Support from a colleague")
    ada.choose("My line manager")
    ada.press("Save and continue")
    ada.fill("Their first name", "Grace")
    ada.fill("Their last name", "Mossbridge")
    ada.fill("Their work e-mail address", MANAGER)
    ada.press("Save and continue")
    ada.sees("What Grace Mossbridge will see")
    ada.choose("Yes, ask now")
    ada.press("Continue")
    ada.go(f"/apply/{cohort.slug}/tasks/")
    ada.follow("Check your answers")
    ada.choose("What I wrote is true", exact=False)
    ada.press("Send my application")
    ada.sees("Your application is with us")


def support(grace: Visitor) -> None:
    """The manager answers from the link, without an account, and sees no answer of hers."""
    grace.go(letter(MANAGER, "/support/"))
    grace.sees("Ada asks for your support")
    grace.sees_not("Because I am ready")
    grace.choose("I support this")
    grace.press("Continue")
    grace.press("Confirm my answer")
    grace.sees("Thank you")


def give_out(college: Visitor, cohort: Cohort, readers: list[Person]) -> None:
    college.go(f"/staff/cohorts/{cohort.slug}/step/close/")
    college.press("Close applications")
    for reader in readers:
        college.go(f"/staff/cohorts/{cohort.slug}/readers/find/")
        college.fill("Name or e-mail address", reader.family_name)
        college.press("Search")
        college.press(f"Add {reader.name}", exact=False)
    college.go(f"/staff/cohorts/{cohort.slug}/readers/")
    college.press("Assign readers")


def read(reader: Visitor, points: dict[str, str]) -> None:
    """Score what waits, without the applicants' names."""
    for reference, given in points.items():
        reader.go("/my/reading/")
        reader.follow(reference)
        reader.sees_not("Ada")
        reader.choose(given, group="Readiness")
        reader.press("Send my scores")


def decide(college: Visitor, cohort: Cohort, first: str, second: str) -> None:
    """The first is offered the one place, the second waits."""
    for reference, way, done in (
        (first, "Offer a place", "Offer the places"),
        (second, "Put on the waiting list", "Put them on the list"),
    ):
        college.go(f"/staff/cohorts/{cohort.slug}/selection/")
        college.choose(f"Choose {reference}")
        college.press(way)
        college.sees(reference)
        college.fill("Reason", "By the readers' scores.")
        college.press(done)
        assert college.path.endswith("/selection/")


@pytest.mark.parametrize(
    "hands",
    [{"phone": True}, {"phone": True, "javascript": False}, {"keyboard": True}],
    ids=["on a phone", "without JavaScript", "by keyboard"],
)
def test_from_an_open_cohort_to_a_place(visitor: NewVisitor, hands: dict[str, bool]) -> None:
    recent = {"created_at": timezone.now()}  # nobody whom retention would take out
    admin, rival, *readers = (
        staff(Role.COLLEGE_ADMIN, **recent),
        PersonFactory(family_name="Rival", **recent),
        PersonFactory(family_name="Readerone", **recent),
        PersonFactory(family_name="Readertwo", **recent),
    )
    cohort = a_planned_cohort(admin, rival)
    ada, grace, other = visitor(**hands), visitor(**hands), visitor(**hands)
    college, *reading = (visitor(**hands | {"phone": False}) for _ in range(3))

    hear_of_it(ada)
    college.sign_in(admin)
    college.go(f"/staff/cohorts/{cohort.slug}/step/open/")
    college.press("Open applications")
    sign_up(ada, cohort)
    apply(ada, cohort)
    scene = world.World({who.COLLEGE: admin, who.RIVAL: rival})
    theirs = choosing.a_sent_application(scene, who.RIVAL, cohort).reference
    support(grace)
    ours = Application.objects.exclude(reference=theirs).get().reference

    give_out(college, cohort, readers)
    for browser, person in zip(reading, readers, strict=True):
        browser.sign_in(person)
        read(browser, {theirs: "5", ours: "4"})
    decide(college, cohort, theirs, ours)

    other.sign_in(rival)
    other.go(letter(rival.user.email, f"/my/applications/{theirs}/offer"))
    other.follow("I cannot take it")
    other.press("Yes, let it go")
    ada.go(letter(APPLICANT, f"/my/applications/{ours}/offer"))
    ada.choose("I can come on all of these dates", exact=False)
    ada.press("Take the place")
    assert Enrolment.objects.get().application.reference == ours
    ada.go("/my/")
    ada.sees("Cohort 7")
