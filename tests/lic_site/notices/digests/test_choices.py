"""What people and staff choose, and the digests that wait meanwhile."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from lic_site.accounts.models import Person
from lic_site.accounts.services.people import merge_people
from lic_site.notices import protocol, renderer, services
from lic_site.notices.enums import State
from lic_site.notices.models import DeliveryPreference, MessageSettings, Notice, NoticePreference
from lic_site.notices.privacy import PERSONAL_DATA
from lic_site.notices.services import digests, preferences
from tests.factories.people import PersonFactory
from tests.lic_site.notices.digests.support import (
    AT_HALF_PAST_FOUR,
    DAY,
    deliver,
    digest,
    send,
    states,
    wants_digest,
)
from tests.lic_site.notices.support import NOW, News

pytestmark = pytest.mark.django_db


def test_whoever_gives_the_digest_up_gets_what_waited_for_it(person: Person) -> None:
    one = send(person)
    deliver()
    assert preferences.choose_pace(person=person, once_a_day=False, by=person, at=NOW)
    assert states(one, digest()) == [State.PENDING, State.CANCELLED]
    assert deliver() == (1, 1, False)
    assert not preferences.choose_pace(person=person, once_a_day=False, by=person, at=NOW)


def test_whoever_wants_it_again_on_the_same_day_gets_the_same_digest(person: Person) -> None:
    send(person)
    deliver()
    preferences.choose_pace(person=person, once_a_day=False, by=person, at=NOW)
    assert preferences.choose_pace(person=person, once_a_day=True, by=person, at=NOW)
    deliver()
    assert digest().state == State.PENDING
    assert digest().bundled.count() == 1


def test_a_digest_that_staff_cancelled_stays_so_and_the_next_day_s_is_taken(
    person: Person,
) -> None:
    send(person)
    deliver()
    services.cancel_by_hand(notice=digest(), by=None, at=NOW)
    services.free_the_stranded(at=NOW)
    other = send(person, key="other")
    deliver()
    bundle = Notice.objects.get(pk=other.pk).bundle
    assert bundle is not None
    assert bundle.due_at == AT_HALF_PAST_FOUR + DAY


def test_without_a_digest_that_can_be_sent_it_goes_by_itself(person: Person) -> None:
    one = send(person)
    deliver()
    services.cancel_by_hand(notice=digest(), by=None, at=NOW)
    for days in range(1, digests.TRIED_DAYS):
        on = date(2026, 11, 21) + timedelta(days=days)
        Notice.objects.create(
            key=f"notices.digest:{on.isoformat()}:0:{person.pk}",
            kind="notices.digest",
            recipient=person,
            anchor_id=0,
            state=State.PARKED,
            due_at=NOW,
            not_before=NOW,
            created_at=NOW,
        )
    Notice.objects.filter(pk=one.pk).update(state=State.PENDING, bundle=None)
    assert deliver() == (1, 1, False)


def test_a_digest_due_in_one_s_quiet_hours_waits_for_their_end(
    person: Person, clock: time_machine.Traveller
) -> None:
    DeliveryPreference.objects.update(quiet_from=time(16), quiet_until=time(8))
    useless = AT_HALF_PAST_FOUR + timedelta(hours=1)
    send(person, key="by itself", useless_after=useless)
    assert deliver() == (1, 1, False)
    one = send(person)
    deliver()
    clock.move_to(AT_HALF_PAST_FOUR)
    assert deliver() == (0, 1, False)
    assert digest().not_before == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert states(one) == [State.BUNDLED]


def test_the_office_chooses_the_hour(person: Person) -> None:
    MessageSettings.objects.create(pk=1, digest_at=time(12))
    send(person)
    deliver()
    assert digest().due_at == datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_erasing_leaves_no_digest_and_nothing_that_hung_of_it(person: Person) -> None:
    send(person)
    deliver()
    held = next(each for each in PERSONAL_DATA.held if each.model == "notices.Notice")
    held.erase(person, NOW)
    assert not Notice.objects.exists()


def test_two_records_of_one_person_come_together_with_their_choices(person: Person) -> None:
    other = wants_digest(PersonFactory(user=None, organisation=person.organisation))
    for each in (person, other):
        NoticePreference.objects.create(person=each, kind="tests.news", turned_off_at=NOW)
    NoticePreference.objects.create(person=other, kind="tests.more", turned_off_at=NOW)
    send(other)
    deliver()
    merge_people(keep=person, duplicate=other, by=person, at=NOW)
    assert set(NoticePreference.objects.values_list("person", "kind")) == {
        (person.pk, "tests.news"),
        (person.pk, "tests.more"),
    }
    assert DeliveryPreference.objects.get().person == person
    assert digest().recipient == person


def test_a_digest_can_be_looked_at_before_and_after_it_goes(
    person: Person, clock: time_machine.Traveller
) -> None:
    """And a preview leads nowhere that acts for the recipient."""
    one = send(person)
    deliver()
    assert "/o/" not in renderer.render(digest(), is_preview=True).text
    clock.move_to(AT_HALF_PAST_FOUR)
    deliver()
    again = renderer.render(digest())
    assert f"/o/{one.anchor_id}/" in again.text
    assert protocol.kinds()["tests.news"].category == News.category
