"""Staff College looks after messages: finds some, holds and releases them, sends a failed one."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.postbox import Postbox
from tests.factories.people import PersonFactory, staff
from tests.factories.programme import EnrolmentFactory
from tests.factories.running import a_running_cohort, a_session
from tests.functional.conftest import NewVisitor
from tests.support.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Ada", "Ben", "Cleo", "Dev")


@pytest.fixture
def people() -> list[Person]:
    """Three wait to be told of a session; what the fourth was to be told has failed."""
    now = timezone.now()
    cohort = a_running_cohort(at=now)
    session = a_session(cohort, days=7, at=now)
    made: list[Person] = [PersonFactory(given_name=name, family_name="Afolabi") for name in NAMES]
    for person in made:
        EnrolmentFactory(cohort=cohort, person=person, enrolled_at=now - timedelta(days=60))
        services.send("programme.session_soon", to=person, about=session, at=now)
    Notice.objects.filter(recipient=made[-1]).update(
        state=State.FAILED, reason=Reason.TRIED_OUT, attempts=8, finished_at=now
    )
    return made


def waiting() -> dict[str, str]:
    """Each message's state, by whom it is for."""
    return dict(Notice.objects.values_list("recipient__given_name", "state"))


def hold_two(college: Visitor) -> None:
    college.pick("Message", "Session soon", exact=True)
    college.pick("State", "Waiting")
    college.press("Show")
    college.sees("3 messages.")
    college.sees_not("Dev Afolabi")
    for name in ("Ada", "Cleo"):
        college.choose(f"Choose Session soon to {name} Afolabi")
    college.press("Hold")
    college.sees("2 messages")
    assert State.PARKED not in waiting().values(), "nothing happens before the count was seen"
    college.press("Hold these messages")
    college.sees("2 messages are held until somebody releases them.")
    assert [waiting()[name] for name in NAMES] == ["parked", "pending", "parked", "failed"]


def release_them(college: Visitor) -> None:
    college.follow("Messages that are held")
    college.sees("Held by staff: 2")
    college.follow("Release Session soon")
    college.sees("2 messages")
    college.press("Release these messages")
    college.sees("2 messages are on their way.")


def send_the_failed_one(college: Visitor) -> None:
    college.follow("All messages")
    college.fill("Name or e-mail address", "Dev")
    college.pick("State", "Failed")
    college.press("Show")
    college.sees("1 message.")
    college.follow("Session soon to Dev Afolabi")
    college.sees("It could not be sent in eight tries")
    college.sees("This is how it would go out now.")
    college.press("Send it now")
    college.sees("The message is on its way.")


@pytest.mark.parametrize(
    ("phone", "javascript", "keyboard"), [(True, False, True), (False, True, False)]
)
def test_some_are_held_and_released_and_a_failed_one_is_sent(
    visitor: NewVisitor, people: list[Person], *, phone: bool, javascript: bool, keyboard: bool
) -> None:
    college = visitor(phone=phone, javascript=javascript, keyboard=keyboard)
    college.sign_in(staff())
    college.go("/staff/messages/")
    college.follow("Search all messages")
    hold_two(college)
    release_them(college)
    send_the_failed_one(college)
    assert set(waiting().values()) == {State.PENDING}
    with Postbox() as postbox:
        assert services.deliver_batch(postbox) == (4, 4, False)
    college.go(college.path)
    college.sees("Sent")
    written = sorted(email for letter in mail.outbox for email in letter.to)
    assert written == sorted(person.addresses.get().email for person in people)
