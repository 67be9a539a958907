"""What this app holds about people: that a message was sent, never its words."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q

from lic_site.common.personal_data import Held, PersonalData, Row
from lic_site.notices.enums import FINISHED, MailingState
from lic_site.notices.models import (
    AddressTrouble,
    CalendarFeed,
    DeliveryEvent,
    DeliveryPreference,
    Mailing,
    MessageSettings,
    Notice,
    NoticePreference,
)
from lic_site.notices.protocol import kinds

TWO_YEARS = timedelta(days=730)


def _export(person: Any) -> Iterable[Row]:
    known = kinds()
    for notice in Notice.objects.filter(recipient=person).order_by("-due_at", "-pk"):
        kind = known.get(notice.kind)
        yield {
            "Message": kind.title if kind else notice.kind,
            "Due": notice.due_at,
            "State": notice.get_state_display(),
            "Finished": notice.finished_at,
        }


def _export_preferences(person: Any) -> Iterable[Row]:
    known = kinds()
    for choice in NoticePreference.objects.filter(person=person).order_by("pk"):
        kind = known.get(choice.kind)
        yield {
            "Message": kind.title if kind else choice.kind,
            "Turned off": choice.turned_off_at,
        }


def _erase(person: Any, _at: datetime) -> None:
    """What digests carry goes first: it may not be left without what carries it."""
    mine = Notice.objects.filter(recipient=person)
    mine.filter(bundle__isnull=False).delete()
    mine.delete()


def _erase_preferences(person: Any, _at: datetime) -> None:
    NoticePreference.objects.filter(person=person).delete()


def _merge_preferences(keep: Any, duplicate: Any) -> None:
    """Turned off by either record is turned off."""
    same = NoticePreference.objects.filter(person=keep).values_list("kind", flat=True)
    NoticePreference.objects.filter(person=duplicate, kind__in=list(same)).delete()


def _merge_only_one(model: type[Model]) -> Callable[[Any, Any], None]:
    """What the record to keep says, counts."""

    def merge(keep: Any, duplicate: Any) -> None:
        rows = model._default_manager
        if rows.filter(person=keep).exists():
            rows.filter(person=duplicate).delete()

    return merge


def _erase_delivery(person: Any, _at: datetime) -> None:
    DeliveryPreference.objects.filter(person=person).delete()


def _erase_feed(person: Any, _at: datetime) -> None:
    CalendarFeed.objects.filter(person=person).delete()


def _erase_events(person: Any, _at: datetime) -> None:
    DeliveryEvent.objects.filter(Q(notice__recipient=person) | Q(address__person=person)).delete()


def _erase_troubles(person: Any, _at: datetime) -> None:
    AddressTrouble.objects.filter(address__person=person).delete()


def _erase_authorship(person: Any, _at: datetime) -> None:
    """What went out to others stays; who wrote it does not."""
    for role in ("written_by", "confirmed_by", "reply_to"):
        Mailing.objects.filter(**{role: person}).update(**{role: None})


def _erase_reply_to(person: Any, _at: datetime) -> None:
    MessageSettings.objects.filter(reply_to=person).update(reply_to=None)


def _retain_events(at: datetime) -> int:
    """What an address was set aside for stays as long as it is."""
    old = DeliveryEvent.objects.filter(received_at__lt=at - TWO_YEARS)
    return old.exclude(address__trouble__set_aside_at__isnull=False).delete()[0]


def _retain_mailings(at: datetime) -> int:
    old = Mailing.objects.filter(confirmed_at__lt=at - TWO_YEARS, state=MailingState.DONE)
    return old.delete()[0]


def _retain(at: datetime) -> int:
    old = Notice.objects.filter(state__in=FINISHED, finished_at__lt=at - TWO_YEARS)
    return old.delete()[0]


PERSONAL_DATA = PersonalData(
    held=(
        Held(
            model="notices.Notice",
            title="Messages to you",
            fields=("recipient", "kind", "anchor_id", "due_at", "state", "finished_at"),
            of=lambda person: Notice.objects.filter(recipient=person),
            erase=_erase,
            kept_for="That we sent it is kept for two years. What it said is not kept.",
            retain=_retain,
            export=_export,
        ),
        Held(
            model="notices.NoticePreference",
            title="Messages you turned off",
            fields=("person", "kind", "turned_off_at"),
            of=lambda person: NoticePreference.objects.filter(person=person),
            erase=_erase_preferences,
            merge=_merge_preferences,
            kept_for="Kept for as long as we keep your record.",
            export=_export_preferences,
        ),
        Held(
            model="notices.DeliveryPreference",
            title="How you want your messages",
            fields=("person", "once_a_day", "quiet_from", "quiet_until", "changed_at"),
            of=lambda person: DeliveryPreference.objects.filter(person=person),
            erase=_erase_delivery,
            merge=_merge_only_one(DeliveryPreference),
            kept_for="Kept for as long as we keep your record.",
        ),
        Held(
            model="notices.CalendarFeed",
            title="Your private calendar address",
            fields=("person", "is_on", "made_at"),
            of=lambda person: CalendarFeed.objects.filter(person=person),
            erase=_erase_feed,
            merge=_merge_only_one(CalendarFeed),
            kept_for="Kept for as long as we keep your record.",
        ),
        Held(
            model="notices.DeliveryEvent",
            title="What mail providers told us of messages to you",
            fields=("notice", "address", "event", "happened_at"),
            of=lambda person: DeliveryEvent.objects.filter(
                Q(notice__recipient=person) | Q(address__person=person)
            ),
            erase=_erase_events,
            kept_for="Kept for two years, and for as long as nothing is sent to the address.",
            retain=_retain_events,
        ),
        Held(
            model="notices.AddressTrouble",
            title="Addresses of yours that sent messages back",
            fields=("address", "bounces", "last_at", "set_aside_at"),
            of=lambda person: AddressTrouble.objects.filter(address__person=person),
            erase=_erase_troubles,
            kept_for="Kept for as long as we hold the address.",
        ),
        Held(
            model="notices.Mailing",
            title="Messages to many that you wrote or sent",
            fields=("written_by", "confirmed_by", "reply_to", "title", "created_at"),
            of=lambda person: Mailing.objects.filter(
                Q(written_by=person) | Q(confirmed_by=person) | Q(reply_to=person)
            ),
            erase=_erase_authorship,
            kept_for="Kept for two years after it went out.",
            retain=_retain_mailings,
        ),
        Held(
            model="notices.MessageSettings",
            title="Replies to messages that reach you",
            fields=("reply_to",),
            of=lambda person: MessageSettings.objects.filter(reply_to=person),
            erase=_erase_reply_to,
            kept_for="Kept until staff choose somebody else.",
        ),
    ),
    impersonal=("notices.ReminderRule", "notices.MessageText"),
)
