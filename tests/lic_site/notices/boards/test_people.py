"""Addresses, histories, and who has not had a message."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lic_site.accounts.models import AuditEvent, Person
from lic_site.notices import boards, services
from lic_site.notices.enums import Delivery, State
from lic_site.notices.models import (
    DeliveryEvent,
    DeliveryPreference,
    Notice,
    NoticePreference,
)
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.boards.support import (
    ASIDE,
    main,
    queue,
    set_aside,
    told,
)
from tests.lic_site.notices.support import NOW, Reminder
from tests.support.people import Cast
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def test_staff_see_whom_to_ring_and_put_an_address_back(college: Client, cast: Cast) -> None:
    trouble = set_aside(cast.owner)
    set_aside(cast.stranger, set_aside_at=None)
    text = college.get(ASIDE).text
    assert "Alice" in text
    assert "Charlie" not in text
    assert "@" not in main(text), "no address where nobody asked for one"
    put_back = reverse("notices:put_back", args=[trouble.address_id])
    done = college.post(put_back, follow=True)
    assert "Messages go to that address again" in main(done.text)
    assert "not set aside" in main(college.post(put_back, follow=True).text)
    assert "Every address works" in main(college.get(ASIDE).text)


def test_a_person_s_history_shows_all_there_is_and_the_look_is_written_down(
    college: Client, person: Person
) -> None:
    person.addresses.update(verified_at=NOW)
    notice = queue(person, State.SENT)
    told(notice)
    queue(person, due_at=NOW + timedelta(days=1))
    set_aside(person, last_code="550 5.1.1")
    NoticePreference.objects.create(person=person, kind="tests.news", turned_off_at=NOW)
    DeliveryPreference.objects.create(person=person, once_a_day=True, changed_at=NOW)
    page = college.get(f"/staff/messages/people/{person.pk}/")
    text = main(page.text)
    for words in (
        "alice@example.org",
        "Set aside since",
        "(550 5.1.1)",
        "Nothing can be sent to this person",
        "What can wait goes to them once a day",
        "They turned these off: News",
        "A reminder : Sent back",
        "We do not track whether anybody opens a message",
    ):
        assert words in text, words
    assert len(page.context["rows"]) == 2
    assert AuditEvent.objects.filter(verb="notices.history_viewed", subject_id=person.pk).exists()


def test_a_history_without_anything_says_so(college: Client) -> None:
    nobody = PersonFactory()
    nobody.addresses.all().delete()
    told_of = boards.history(nobody, by=staff())
    assert (told_of["addresses"], told_of["told"]) == ([], [])
    text = main(college.get(f"/staff/messages/people/{nobody.pk}/").text)
    assert "We hold no e-mail address for this person." in text
    assert "They turned nothing off." in text
    assert "None yet." in text


def test_a_history_does_not_grow_by_queries(college: Client, person: Person) -> None:
    first = person.addresses.get()
    page = f"/staff/messages/people/{person.pk}/"

    def add() -> None:
        notice = queue(person, State.SENT)
        DeliveryEvent.objects.create(
            provider="tests",
            event_id=uuid4().hex,
            event=Delivery.DELIVERED,
            notice=notice,
            address=first,
            happened_at=NOW,
            received_at=NOW,
        )
        person.addresses.create(email=f"{uuid4().hex}@example.org")

    grows_not(college, page, add, at_most=15)


@pytest.fixture
def meant(reminder: Reminder, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says for whom a reminder is meant."""

    def mean(*people: Person) -> None:
        found = Person.objects.filter(pk__in=[person.pk for person in people])
        monkeypatch.setattr(reminder, "meant_for", lambda _: found, raising=False)

    return mean


def effect(person: Person, cast: Cast, key: str = "now", **values: Any) -> Notice:
    services.send(
        "tests.reminder", to=person, about=cast.owner.organisation, at=NOW, key=key, **values
    )  # type: ignore[arg-type]
    return Notice.objects.latest("pk")


def test_those_who_have_none_are_named_and_sent_the_same(
    college: Client, cast: Cast, meant: Callable[..., None]
) -> None:
    notice = effect(cast.owner, cast, useless_after=NOW + timedelta(days=1))
    effect(cast.stranger, cast, key="another effect")
    meant(cast.owner, cast.colleague, cast.stranger)
    page = reverse("notices:everybody", args=[notice.pk])
    text = main(college.get(page).text)
    assert "Bob Colleague" in text
    assert "Charlie Stranger" in text
    done = college.post(page, follow=True)
    assert "on its way to 2 people" in main(done.text)
    sent = Notice.objects.get(recipient=cast.colleague)
    assert (sent.key, sent.useless_after) == (
        f"tests.reminder:now:{notice.anchor_id}:{cast.colleague.pk}",
        notice.useless_after,
    )
    assert AuditEvent.objects.filter(
        verb="notices.sent_to_missing", subject_id=cast.colleague.pk
    ).exists()
    again = college.post(page, follow=True)
    assert "Everybody it is meant for has it" in main(again.text)
    assert Notice.objects.count() == 4


def test_a_message_that_is_too_late_is_sent_to_nobody_more(
    college: Client, cast: Cast, meant: Callable[..., None]
) -> None:
    notice = effect(cast.owner, cast, useless_after=NOW)
    meant(cast.colleague)
    page = reverse("notices:everybody", args=[notice.pk])
    assert "too late" in main(college.post(page, follow=True).text)
    assert Notice.objects.count() == 1


def test_where_nobody_can_say_whom_it_is_meant_for_it_says_that(
    college: Client, cast: Cast
) -> None:
    notice = effect(cast.owner, cast)
    page = reverse("notices:everybody", args=[notice.pk])
    assert "nobody can say who else" in main(college.get(page).text)
    Notice.objects.update(kind="tests.gone")
    assert "nobody can say who else" in main(college.get(page).text)


def test_nobody_missing_says_so(college: Client, cast: Cast, meant: Callable[..., None]) -> None:
    notice = effect(cast.owner, cast)
    meant(cast.owner)
    page = reverse("notices:everybody", args=[notice.pk])
    assert "Nobody: everybody it is meant for has it" in main(college.get(page).text)
    grows_not(college, page, lambda: effect(PersonFactory(), cast), at_most=15)


def test_one_message_is_held_from_its_own_page(college: Client, person: Person) -> None:
    notice = queue(person)
    told(notice, Delivery.DEFERRED)
    page = college.get(reverse("notices:one", args=[notice.pk]))
    assert "Delayed" in main(page.text)
    done = college.post(reverse("notices:hold", args=[notice.pk]), follow=True)
    assert "The message is held" in main(done.text)
    assert "Held by staff" in main(done.text)


def test_a_person_s_messages_are_sorted_as_the_heading_says(
    college: Client, person: Person
) -> None:
    first = queue(person, State.SENT, due_at=NOW, finished_at=NOW)
    last = queue(
        person, State.SENT, due_at=NOW - timedelta(days=1), finished_at=NOW + timedelta(days=1)
    )
    page = f"/staff/messages/people/{person.pk}/"
    orders = {"-due": [first, last], "due": [last, first], "-finished": [last, first]}
    for sort, found in orders.items():
        rows = college.get(f"{page}?sort={sort}").context["rows"]
        assert [row["notice"] for row in rows] == found, sort
    assert "sort=" not in college.get(f"/staff/messages/{first.pk}/everybody/").text
