"""What whoever leads a session sees, and until when."""

import pytest
from django.test import Client
from time_machine import Traveller

from cohorts.programme.models import Apology, Cohort
from lic_site.accounts.models import AuditEvent
from tests.cohorts.programme.staffing import text_of, url
from tests.factories.people import PersonFactory
from tests.factories.running import (
    DAY,
    LearningSetFactory,
    MaterialFactory,
    a_running_cohort,
    a_session,
    a_slot,
    in_set,
)
from tests.support.people import NOW, Cast, SignedIn
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def cohort() -> Cohort:
    return a_running_cohort(slug="running", name="Running cohort")


def test_today_comes_first_then_what_comes_then_what_was(
    alice: Client, cohort: Cohort, cast: Cast
) -> None:
    for days, title in ((5, "Coming day"), (0, "This day"), (-5, "Past day"), (-40, "Too old")):
        a_session(cohort, days=days, title=title, leads=cast.owner)
    own_set = LearningSetFactory(cohort=cohort, facilitator=cast.owner)
    a_session(cohort, days=6, title="Through the set", learning_set=own_set)
    a_session(cohort, days=6, title="Somebody else’s")
    page = text_of(alice, url("leading"))
    titles = ["This day", "Coming day", "Through the set", "Past day"]
    places = [page.index(title) for title in titles]
    assert places == sorted(places)
    assert "Too old" not in page
    assert "Somebody else’s" not in page


def test_a_facilitator_is_led_to_their_sets_once_these_are_named(
    alice: Client, cohort: Cohort, cast: Cast
) -> None:
    named = LearningSetFactory(cohort=cohort, facilitator=cast.owner, name="Oak")
    LearningSetFactory(cohort=cohort, facilitator=cast.owner, name="Elm", named_at=None)
    LearningSetFactory(cohort=cohort, name="Ash")
    page = text_of(alice, url("leading"))
    assert f'href="{url("facilitated_set", named.pk)}">Oak</a>' in page
    assert "Elm" not in page
    assert "Ash" not in page
    home = text_of(alice, "/my/")
    menu, _, rest = home.partition("<main")
    assert menu.count("Sessions I lead") == 1
    assert rest.count(">Sessions I lead<") == 1


def test_its_page_shows_who_is_expected_by_name_and_employer_alone(
    alice: Client, cohort: Cohort, cast: Cast
) -> None:
    session = a_session(
        cohort, days=5, leads=cast.owner, link="https://meet.example.org/room", place="County Hall"
    )
    ours = LearningSetFactory(cohort=cohort)
    comes, cannot = in_set(ours), in_set(ours)
    Apology.objects.create(session=session, enrolment=cannot, sent_at=NOW, words="A funeral.")
    MaterialFactory(session=session, title="Not shared yet", shared_at=None)
    page = text_of(alice, url("led_session", session.pk))
    for said in (comes.person.name, str(comes.person.organisation), "Cannot come", "2 people"):
        assert said in page
    assert "https://meet.example.org/room" in page
    assert "Not shared yet" in page
    assert comes.person.job_title not in page
    assert "A funeral." not in page
    event = AuditEvent.objects.get(verb="programme.expected_viewed")
    assert (event.actor_id, event.object_id) == (cast.owner.pk, session.pk)


def test_nobody_else_sees_it(
    cohort: Cohort, cast: Cast, signed_in: SignedIn, office: Client
) -> None:
    session = a_session(cohort, days=5, leads=cast.owner)
    in_set(LearningSetFactory(cohort=cohort), cast.colleague)
    for address in (url("led_session", session.pk), url("led_date", session.pk)):
        for browser in (signed_in(cast.colleague), signed_in(cast.stranger), office):
            assert browser.get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert signed_in(cast.owner).post(address).status_code == 405
    assert signed_in(cast.stranger).get(url("leading")).status_code == 404


def test_it_is_gone_thirty_days_after(
    cohort: Cohort, cast: Cast, clock: Traveller, signed_in: SignedIn
) -> None:
    session = a_session(cohort, days=1, leads=cast.owner)
    for days, status in ((29, 200), (31, 404)):
        clock.move_to(session.ends_at + days * DAY)
        answer = signed_in(cast.owner).get(url("led_session", session.pk))
        assert answer.status_code == status


def test_a_slot_says_whether_it_is_booked(alice: Client, cohort: Cohort, cast: Cast) -> None:
    slot = a_slot(cohort, days=5, leads=cast.owner)
    assert "Nobody has booked this slot yet." in text_of(alice, url("led_session", slot.pk))
    assert "BEGIN:VEVENT" in text_of(alice, url("led_date", slot.pk))


def test_the_pages_do_not_grow_by_queries(alice: Client, cohort: Cohort, cast: Cast) -> None:
    days = iter(range(2, 40))

    def add() -> None:
        a_session(cohort, days=next(days), leads=cast.owner)

    grows_not(alice, url("leading"), add, at_most=10)
    session = a_session(cohort, days=50, leads=cast.owner)
    ours = LearningSetFactory(cohort=cohort)
    grows_not(
        alice,
        url("led_session", session.pk),
        lambda: in_set(ours, PersonFactory()),
        at_most=14,
    )
