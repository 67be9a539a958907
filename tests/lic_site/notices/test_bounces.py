"""Addresses that send messages back: told by a provider, or by the server we speak to."""

import itertools
import smtplib
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from lic_site.accounts.models import AuditEvent, ContactAddress, Person
from lic_site.notices import privacy, services
from lic_site.notices.enums import Delivery, Reason, State
from lic_site.notices.models import AddressTrouble, DeliveryEvent, Notice, NoticePreference
from lic_site.notices.postbox import Postbox, Refused, TryLater
from lic_site.notices.services import bounces
from lic_site.notices.smtp import WatchedBackend
from tests.factories.people import PersonFactory, staff
from tests.lic_site.notices.support import NOW, only, state
from tests.support.queries import CaptureQueriesContext, connection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def queue(person: Person, kind: str = "tests.reminder", **values: object) -> Notice:
    services.send(kind, to=person, about=person.organisation, at=NOW, **values)  # type: ignore[arg-type]
    return Notice.objects.latest("pk")


@pytest.fixture
def sent(person: Person) -> Notice:
    notice = queue(person)
    Notice.objects.update(state=State.SENT, provider_id="<p1@x>", finished_at=NOW)
    return notice


def tell(event: Delivery, number: int = 1, **values: Any) -> DeliveryEvent | None:
    told = {
        "provider": "tests",
        "event_id": str(number),
        "message_id": "<p1@x>",
        "email": "alice@example.org",
        "happened_at": NOW + timedelta(seconds=number) - timedelta(hours=1),
        "at": NOW,
    }
    return bounces.record_delivery(event=event, **(told | values))


def test_a_hard_bounce_sets_the_address_aside_and_is_written_down(
    sent: Notice, person: Person
) -> None:
    told = tell(Delivery.BOUNCED, detail="bounced 550 5.1.1")
    assert told is not None
    assert (told.notice, told.address) == (sent, person.addresses.get())
    trouble = AddressTrouble.objects.get()
    assert (trouble.bounces, trouble.last_code) == (1, "bounced 550 5.1.1")
    assert list(bounces.troubles_of(person)) == [trouble]
    assert AuditEvent.objects.filter(
        verb="notices.address_set_aside", subject_id=person.pk, actor_id=None
    ).exists()


def test_told_again_changes_nothing(sent: Notice) -> None:
    assert tell(Delivery.BOUNCED) is not None
    assert tell(Delivery.BOUNCED) is None
    assert tell(Delivery.BOUNCED, at=NOW + timedelta(hours=1)) is None
    assert (DeliveryEvent.objects.count(), AddressTrouble.objects.get().bounces) == (1, 1)


def test_a_delivery_to_a_sound_address_is_kept_and_no_trouble(sent: Notice) -> None:
    assert tell(Delivery.DELIVERED) is not None
    assert tell(Delivery.DEFERRED, 2) is not None
    assert not AddressTrouble.objects.exists()


def test_a_bounce_heard_after_a_later_delivery_is_no_trouble(sent: Notice) -> None:
    tell(Delivery.DELIVERED, 2)
    tell(Delivery.BOUNCED, 1)
    assert not AddressTrouble.objects.exists()


def test_events_in_any_order_leave_the_same_trouble(sent: Notice) -> None:
    story = [
        (Delivery.BOUNCED, ""),
        (Delivery.DELIVERED, ""),
        (Delivery.BOUNCED, "552 5.2.2"),
        (Delivery.REJECTED, "blocked"),
    ]
    found = set()
    for order in itertools.permutations(range(4)):
        for number in order:
            tell(story[number][0], number, detail=story[number][1])
        trouble = AddressTrouble.objects.get()
        found.add((trouble.bounces, trouble.last_code, trouble.last_at, trouble.set_aside_at))
        AddressTrouble.objects.all().delete()
        DeliveryEvent.objects.all().delete()
    assert len(found) == 1
    assert found.pop()[:2] == (2, "blocked")


def test_an_event_about_nothing_of_ours_is_not_kept(sent: Notice) -> None:
    assert tell(Delivery.BOUNCED, message_id="<other>", email="else@example.org") is None
    assert tell(Delivery.BOUNCED, message_id="", email="") is None
    assert not DeliveryEvent.objects.exists()


def test_a_sign_in_code_that_bounces_counts_for_the_address(person: Person) -> None:
    assert tell(Delivery.COMPLAINED, message_id="<code>", email="ALICE@example.org") is not None
    assert AddressTrouble.objects.get().set_aside_at is not None


def test_another_person_s_address_gets_no_blame_for_a_message_of_mine(sent: Notice) -> None:
    PersonFactory().addresses.update(email="bob@example.org")
    told = tell(Delivery.BOUNCED, email="bob@example.org")
    assert told is not None
    assert told.address is None


def test_the_future_and_long_ids_are_cut(sent: Notice) -> None:
    told = tell(Delivery.DELIVERED, event_id="x" * 300, happened_at=NOW + timedelta(days=9))
    assert told is not None
    assert (len(told.event_id), told.happened_at) == (64, NOW)


def test_whoever_unsubscribes_at_the_provider_gets_no_more_of_what_is_optional(
    person: Person,
) -> None:
    for number, kind in enumerate(("tests.news", "tests.reminder", "tests.gone")):
        notice = queue(person, key=kind)
        Notice.objects.filter(pk=notice.pk).update(kind=kind, provider_id=f"<{number}>")
        tell(Delivery.UNSUBSCRIBED, number, message_id=f"<{number}>")
    assert list(NoticePreference.objects.values_list("kind", flat=True)) == ["tests.news"]
    tell(Delivery.UNSUBSCRIBED, 9, message_id="")
    assert NoticePreference.objects.count() == 1


# What follows for delivery -------------------------------------------------------------------


def set_aside(address: ContactAddress) -> AddressTrouble:
    return AddressTrouble.objects.create(
        address=address, bounces=1, first_at=NOW, last_at=NOW, set_aside_at=NOW
    )


def test_nothing_goes_to_an_address_that_was_set_aside(
    person: Person, mailoutbox: list[Any]
) -> None:
    set_aside(person.addresses.get())
    queue(person)
    services.deliver_batch(Postbox())
    assert (state(), only().reason, mailoutbox) == (State.FAILED, Reason.SET_ASIDE, [])


def test_the_person_s_other_verified_address_is_used(person: Person, mailoutbox: list[Any]) -> None:
    person.addresses.update(verified_at=NOW)
    set_aside(person.addresses.get())
    person.addresses.create(email="unsure@example.org")
    person.addresses.create(email="home@example.org", verified_at=NOW)
    queue(person)
    services.deliver_batch(Postbox())
    assert [message.to for message in mailoutbox] == [["home@example.org"]]


def test_an_unverified_address_does_not_stand_in(person: Person, mailoutbox: list[Any]) -> None:
    person.addresses.update(verified_at=NOW)
    set_aside(person.addresses.get())
    person.addresses.create(email="unsure@example.org")
    queue(person)
    services.deliver_batch(Postbox())
    assert only().reason == Reason.SET_ASIDE


class Server:
    """Stands for a mail server that refuses the addresses it is told to, or answers as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.refuses: dict[str, tuple[int, bytes]] = {}
        self.took: list[str] = []
        monkeypatch.setattr(WatchedBackend, "open", lambda _: None)
        monkeypatch.setattr(WatchedBackend, "close", lambda _: None)
        monkeypatch.setattr(WatchedBackend, "send_messages", self.send)

    def send(self, messages: list[Any]) -> None:
        [to] = messages[0].to
        if to in self.refuses:
            raise smtplib.SMTPRecipientsRefused({to: self.refuses[to]})
        self.took.append(to)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Server:
    backend = "lic_site.notices.smtp.WatchedBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "localhost"}}}
    return Server(monkeypatch)


def test_a_server_that_knows_nobody_there_sets_the_address_aside(
    person: Person, server: Server
) -> None:
    server.refuses["alice@example.org"] = (550, b"5.1.1 <alice@example.org> unknown")
    queue(person)
    services.deliver_batch(Postbox())
    assert (state(), only().reason) == (State.FAILED, Reason.REFUSED)
    told = DeliveryEvent.objects.get()
    assert (told.provider, told.detail, told.notice) == ("smtp", "550 5.1.1", only())
    queue(person, key="next")
    services.deliver_batch(Postbox())
    assert Notice.objects.latest("pk").reason == Reason.SET_ASIDE


def test_refused_for_good_it_goes_to_the_person_s_other_address(
    person: Person, server: Server, clock: time_machine.Traveller
) -> None:
    person.addresses.update(verified_at=NOW)
    person.addresses.create(email="home@example.org", verified_at=NOW)
    server.refuses["alice@example.org"] = (550, b"5.1.1 unknown")
    queue(person)
    services.deliver_batch(Postbox())
    assert state() == State.PENDING
    clock.shift(timedelta(minutes=5))
    services.deliver_batch(Postbox())
    assert (state(), server.took) == (State.SENT, ["home@example.org"])


def test_a_third_plain_refusal_in_a_row_sets_it_aside_and_an_acceptance_begins_anew(
    person: Person, server: Server
) -> None:
    def refused(times: int) -> None:
        server.refuses["alice@example.org"] = (552, b"mailbox full")
        for _ in range(times):
            queue(person, key=str(Notice.objects.count()))
            services.deliver_batch(Postbox())

    refused(2)
    assert AddressTrouble.objects.get().bounces == 2
    server.refuses.clear()
    queue(person, key="good")
    services.deliver_batch(Postbox())
    trouble = AddressTrouble.objects.get()
    assert (trouble.bounces, trouble.set_aside_at) == (0, None)


def test_a_refusal_that_may_pass_is_no_bounce(person: Person, server: Server) -> None:
    server.refuses["alice@example.org"] = (450, b"later")
    queue(person)
    services.deliver_batch(Postbox())
    assert (state(), DeliveryEvent.objects.count()) == (State.PENDING, 0)


def test_refused_words_are_no_fault_of_the_address(person: Person, monkeypatch) -> None:
    def post(self: Postbox, message: object) -> str:
        raise Refused("SMTPDataError 554")

    monkeypatch.setattr(Postbox, "post", post)
    queue(person)
    services.deliver_batch(Postbox())
    assert (state(), DeliveryEvent.objects.count()) == (State.FAILED, 0)
    assert TryLater  # the other answer


def test_a_refusal_of_an_address_that_has_gone_meanwhile_is_kept(person: Person) -> None:
    notice = queue(person)
    assert not bounces.record_refusal(
        notice=notice, email="gone@example.org", detail="550 5.1.1", at=NOW
    )
    assert DeliveryEvent.objects.get().address is None


# Put back ------------------------------------------------------------------------------------


def test_staff_or_the_owner_put_it_back_for_one_more_try(sent: Notice, person: Person) -> None:
    tell(Delivery.COMPLAINED)
    by, address = staff(), person.addresses.get()
    bounces.put_back(address=address, by=by, at=NOW)
    assert not bounces.troubles_of(person).exists()
    assert AuditEvent.objects.filter(
        verb="notices.address_put_back", actor_id=by.pk, subject_id=person.pk
    ).exists()
    with pytest.raises(bounces.NotSetAside, match="not set aside"):
        bounces.put_back(address=address, by=by, at=NOW)
    tell(Delivery.BOUNCED, 2)
    assert not bounces.troubles_of(person).exists(), "it happened before"
    later = NOW + timedelta(days=1)
    tell(Delivery.BOUNCED, 3, happened_at=later, at=later)
    assert bounces.troubles_of(person).exists()


def test_what_an_address_was_set_aside_for_is_kept_as_long_as_it_is(
    sent: Notice, person: Person
) -> None:
    tell(Delivery.COMPLAINED)
    tell(Delivery.DELIVERED, 2, email="")
    late = NOW + timedelta(days=900)
    [held] = [held for held in privacy.PERSONAL_DATA.held if held.model == "notices.DeliveryEvent"]
    assert held.retain is not None
    assert held.retain(late) == 1
    assert DeliveryEvent.objects.get().event == Delivery.COMPLAINED
    bounces.put_back(address=person.addresses.get(), by=None, at=NOW)
    assert held.retain(late) == 1


def test_a_batch_costs_as_many_queries_with_troubles_as_without(person: Person) -> None:
    people = [person, *PersonFactory.create_batch(3)]
    costs = []
    for troubled in (False, True):
        if troubled:
            for one in people:
                AddressTrouble.objects.create(
                    address=one.addresses.get(), bounces=1, first_at=NOW, last_at=NOW
                )
        for one in people:
            queue(one, key=str(troubled))
        with CaptureQueriesContext(connection) as seen:
            services.deliver_batch(Postbox())
        costs.append(len(seen))
    assert costs[0] == costs[1]
