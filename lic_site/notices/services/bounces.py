"""What became of messages after they left us, and the addresses that send them back."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from lic_site.accounts import audit
from lic_site.accounts.models import ContactAddress, Person
from lic_site.common.errors import Refusal
from lic_site.notices import troubles
from lic_site.notices.enums import Category, Delivery
from lic_site.notices.models import AddressTrouble, DeliveryEvent, Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.services import preferences

SMTP = "smtp"
"""The provider's name where we speak to a mail server ourselves."""


class NotSetAside(Refusal):
    sentence = "This address is not set aside: messages go to it already."


def troubles_of(person: Person) -> QuerySet[AddressTrouble]:
    """The person's addresses to which nothing is sent, because they send messages back."""
    return (
        AddressTrouble.objects.filter(address__person=person, set_aside_at__isnull=False)
        .select_related("address")
        .order_by("set_aside_at", "pk")
    )


@transaction.atomic
def record_delivery(
    *,
    provider: str,
    event_id: str,
    event: Delivery,
    message_id: str,
    email: str,
    detail: str = "",
    happened_at: datetime | None = None,
    at: datetime,
) -> DeliveryEvent | None:
    """Keep what a provider tells of one message, and draw what follows for its address. Told
    again, or about what is not ours, it changes nothing and returns None.

    ``message_id`` is the provider's own; ``email`` finds the address; ``detail`` is a reason's
    code, never words.
    """
    notice = None
    if message_id:
        found = Notice.objects.filter(provider_id=message_id).select_related("recipient")
        notice = found.order_by("-pk").first()
    address = _address(email, of=notice.recipient if notice else None)
    if notice is None and address is None:
        return None
    return _keep(
        provider=provider,
        event_id=event_id,
        event=event,
        notice=notice,
        address=address,
        detail=detail,
        happened_at=happened_at,
        at=at,
    )


@transaction.atomic
def record_refusal(*, notice: Notice, email: str, detail: str, at: datetime) -> bool:
    """A mail server refused the recipient while we spoke to it. Says whether another address of
    the person can be tried instead.
    """
    address = _address(email, of=notice.recipient)
    _by_smtp(notice, address, Delivery.BOUNCED, detail, at)
    if (
        address is None
        or not AddressTrouble.objects.filter(address=address, set_aside_at__isnull=False).exists()
    ):
        return False
    aside = troubles_of(notice.recipient).values_list("address_id", flat=True)
    return bool(notice.recipient.address_for(without=set(aside)))


@transaction.atomic
def record_acceptance(*, notice: Notice, email: str, at: datetime) -> None:
    """A mail server took a message for an address that had sent some back."""
    _by_smtp(notice, _address(email, of=notice.recipient), Delivery.DELIVERED, "", at)


def _by_smtp(
    notice: Notice, address: ContactAddress | None, event: Delivery, detail: str, at: datetime
) -> None:
    _keep(
        provider=SMTP,
        event_id=f"{notice.pk}:{notice.lease}",
        event=event,
        notice=notice,
        address=address,
        detail=detail,
        happened_at=at,
        at=at,
    )


def _address(email: str, *, of: Person | None) -> ContactAddress | None:
    """The address, locked until the transaction ends: what is told of it is weighed one by one."""
    found = ContactAddress.objects.filter(email__iexact=email) if email else None
    if found is None:
        return None
    if of is not None:
        found = found.filter(person=of)
    return found.select_for_update(no_key=True, of=("self",)).select_related("person").first()


def _keep(
    *,
    provider: str,
    event_id: str,
    event: Delivery,
    notice: Notice | None,
    address: ContactAddress | None,
    detail: str,
    happened_at: datetime | None,
    at: datetime,
) -> DeliveryEvent | None:
    told, is_new = DeliveryEvent.objects.get_or_create(
        provider=provider,
        event_id=event_id if len(event_id) <= 200 else sha256(event_id.encode()).hexdigest(),
        defaults={
            "event": event,
            "notice": notice,
            "address": address,
            "detail": detail[:60],
            "happened_at": min(happened_at or at, at),
            "received_at": at,
        },
    )
    if not is_new:
        return None
    if address is not None:
        _judge(address, event, at=at)
    if event == Delivery.UNSUBSCRIBED and notice is not None:
        kind = kinds().get(notice.kind)
        if kind is not None and kind.category == Category.OPTIONAL:
            preferences.turn_off(person=notice.recipient, kind=kind.name, by=None, at=at)
    return told


def _judge(address: ContactAddress, event: Delivery, *, at: datetime) -> None:
    """Weigh all that was told of the address; its row is locked."""
    trouble = AddressTrouble.objects.filter(address=address).first()
    weight = troubles.weigh(event, "")
    if weight is troubles.Weight.NOTHING or (weight is troubles.Weight.WORKS and trouble is None):
        return
    told = DeliveryEvent.objects.filter(address=address).values_list(
        "happened_at", "provider", "event_id", "event", "detail"
    )
    stands = troubles.standing(
        (
            troubles.Told(happened_at, f"{provider}:{event_id}", what, detail)
            for happened_at, provider, event_id, what, detail in told
        ),
        put_back_at=trouble.put_back_at if trouble else None,
    )
    was_aside = trouble is not None and trouble.set_aside_at is not None
    if trouble is None and not stands.bounces:
        return  # it has been heard of late: a later message has arrived
    values = {
        "bounces": stands.bounces,
        "last_code": stands.last_code,
        "set_aside_at": stands.set_aside_at,
    }
    if stands.bounces:
        values |= {"first_at": stands.first_at, "last_at": stands.last_at}
    AddressTrouble.objects.update_or_create(address=address, defaults=values)
    if stands.set_aside_at is not None and not was_aside:
        audit.record(
            "notices.address_set_aside", by=None, at=at, thing=address, subject=address.person
        )


@transaction.atomic
def put_back(*, address: ContactAddress, by: Person | None, at: datetime) -> None:
    """Write to an address again: its owner or staff say that it works. One more message that comes
    back sets it aside anew. Raises NotSetAside.
    """
    locked = _address(address.email, of=address.person)
    changed = AddressTrouble.objects.filter(address=locked, set_aside_at__isnull=False).update(
        set_aside_at=None, bounces=0, put_back_at=at
    )
    if not changed:
        raise NotSetAside
    audit.record("notices.address_put_back", by=by, at=at, thing=address, subject=address.person)
