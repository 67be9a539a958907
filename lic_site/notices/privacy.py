"""What this app holds about people: that a message was sent, never its words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from lic_site.common.personal_data import Held, PersonalData, Row
from lic_site.notices.enums import FINISHED
from lic_site.notices.models import Notice, NoticePreference
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
    Notice.objects.filter(recipient=person).delete()


def _erase_preferences(person: Any, _at: datetime) -> None:
    NoticePreference.objects.filter(person=person).delete()


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
            kept_for="Kept for as long as we keep your record.",
            export=_export_preferences,
        ),
    ),
    impersonal=("notices.ReminderRule",),
)
