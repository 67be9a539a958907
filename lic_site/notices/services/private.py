"""What an app's own board does with its private kinds, which no board of messages shows. The record
says that it was done and to how many, never to whom.
"""

from datetime import datetime

from django.db import transaction

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice
from lic_site.notices.protocol import private_kinds
from lic_site.notices.querysets import NoticeQuerySet
from lic_site.notices.services import nudging


@transaction.atomic
def send_stuck(*, notices: NoticeQuerySet, by: Person, at: datetime) -> int:
    """Send those that failed or are held, be it that one of them arrived before: nobody can be
    asked about each. Says how many.
    """
    again = {"reason": "", "not_before": at, "attempts": 0, "doubts": 0, "finished_at": None}
    sent = _stuck(notices, at).move(State.PENDING, **again)
    _write_down("notices.private_sent_again", sent, by=by, at=at)
    if sent:
        nudging.after_commit()
    return sent


@transaction.atomic
def drop_stuck(*, notices: NoticeQuerySet, by: Person, at: datetime) -> int:
    """Call those off for good that failed or are held. Says how many."""
    dropped = _stuck(notices, at).move(State.CANCELLED, reason=Reason.STAFF, finished_at=at)
    _write_down("notices.private_cancelled", dropped, by=by, at=at)
    return dropped


def _stuck(notices: NoticeQuerySet, at: datetime) -> NoticeQuerySet:
    chosen = notices.filter(kind__in=private_kinds()).stuck(at).order_by().values("pk")
    return Notice.objects.filter(pk__in=chosen)


def _write_down(verb: str, n: int, *, by: Person, at: datetime) -> None:
    if n:
        audit.record(verb, by=by, at=at, fields=[f"{n} messages"])
