"""'Tell me when applications open', for people who need have no account."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from cohorts.programme.kinds.applying import InterestNoted
from cohorts.programme.models import Interest, Programme
from cohorts.programme.services import interest
from lic_site.accounts.models import AuditEvent, Person
from lic_site.common import tokens
from lic_site.notices.models import Notice
from tests.factories.people import PersonFactory
from tests.factories.programme import ProgrammeFactory
from tests.support.people import NOW, Cast, SignedIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    made: Programme = ProgrammeFactory(slug="lic")
    return made


def note(programme: Programme, email: str = "pat@example.org", days: int = 0) -> Interest:
    return interest.note_interest(
        programme=programme,
        given_name="Pat",
        email=email,
        by=None,
        at=NOW + timedelta(days=days),
    )


def test_it_is_noted_once_in_whatever_case(programme: Programme) -> None:
    assert note(programme) == note(programme, "PAT@Example.org")
    assert Notice.objects.count() == 1


def test_leaving_twice_leaves_once(programme: Programme) -> None:
    noted = note(programme)
    for _twice in range(2):
        interest.end_interest(interest=noted, at=NOW)
    assert AuditEvent.objects.filter(verb="programme.interest_ended").count() == 1


def test_whoever_left_can_come_back_and_is_written_to_once_a_day(programme: Programme) -> None:
    noted = note(programme)
    interest.end_interest(interest=noted, at=NOW)
    assert note(programme).ended_at is None
    assert Notice.objects.count() == 1
    interest.end_interest(interest=noted, at=NOW)
    note(programme, days=1)
    assert Notice.objects.count() == 2


def test_a_name_typed_for_somebody_known_changes_nothing(programme: Programme) -> None:
    known = PersonFactory(given_name="Kim", user=None, address="kim@example.org")
    assert note(programme, "kim@example.org").person == known
    known.refresh_from_db()
    assert known.given_name == "Kim"


def test_the_message_leads_to_the_way_out(programme: Programme) -> None:
    noted, kind = note(programme), InterestNoted()
    assert kind.is_wanted(noted, noted.person)
    link = kind.context(noted, noted.person)["link"]
    assert link.endswith(f"/interest/end/{interest.token_for(noted)}/")
    interest.end_interest(interest=noted, at=NOW)
    noted.refresh_from_db()
    assert not kind.is_wanted(noted, noted.person)


def test_the_answer_is_the_same_for_the_known_and_the_unknown(
    client: Client, programme: Programme
) -> None:
    note(programme, "known@example.org")
    answers = set()
    for email in ("known@example.org", "new@example.org"):
        response = client.post("/interest/lic/", {"given_name": "A", "email": email}, follow=True)
        assert "Kim" not in response.content.decode()
        answers.add(response.content)
    assert len(answers) == 1
    assert Interest.objects.count() == 2


def test_what_is_wrong_is_said_and_stays(client: Client, programme: Programme) -> None:
    page = client.post("/interest/lic/", {"given_name": "", "email": "not an address"})
    assert b"Write your first name" in page.content
    assert b"not an address" in page.content
    assert b"Write an address like" in page.content


def test_a_flood_from_one_place_is_stopped(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "interest", "2/h/ip")
    cache.clear()
    codes = [
        client.post(
            "/interest/lic/", {"given_name": "A", "email": f"flood{number}@example.org"}
        ).status_code
        for number in range(3)
    ]
    assert codes == [302, 302, 429]
    assert Interest.objects.count() == 2
    cache.clear()


def test_a_signed_in_person_need_not_type(
    cast: Cast, signed_in: SignedIn, programme: Programme
) -> None:
    page = signed_in(cast.owner).get("/interest/lic/").content.decode()
    assert cast.owner.user is not None
    assert cast.owner.user.email in page


def test_the_link_ends_it_by_post_alone(client: Client, programme: Programme) -> None:
    noted = note(programme)
    url = f"/interest/end/{interest.token_for(noted)}/"
    assert b"Leave the list?" in client.get(url).content
    noted.refresh_from_db()
    assert noted.ended_at is None
    for _twice in range(2):
        assert b"You are off the list" in client.post(url, follow=True).content


def test_a_foreign_link_tells_nothing(client: Client, programme: Programme) -> None:
    noted = note(programme)
    for token in ("nonsense", tokens.make("support", noted.pk), tokens.make("interest", 999_999)):
        for response in (
            client.get(f"/interest/end/{token}/"),
            client.post(f"/interest/end/{token}/"),
        ):
            assert response.status_code == 404
            assert b"does not open anything" in response.content
    assert Person.objects.get(pk=noted.person_id)
