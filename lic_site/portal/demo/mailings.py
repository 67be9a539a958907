"""What the office wrote to many: one text that has gone out, one stopped on the way, one draft."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from cohorts.programme.enums import CohortState
from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person
from lic_site.notices.enums import Category, Reason, State
from lic_site.notices.mailings.audience import KINDS, people_of
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.services import leases
from lic_site.notices.services import mailings as verbs
from lic_site.portal.demo import words

SENT_BEFORE_STOPPING = 4


def mailings(by: Person, at: datetime) -> None:
    cohorts = {cohort.state: cohort for cohort in Cohort.objects.order_by("pk")}
    running, choosing = cohorts[CohortState.RUNNING], cohorts[CohortState.SELECTING]
    _gone_out(running, by, at - timedelta(days=12))
    _stopped(choosing, by, at - timedelta(hours=20))
    draft(
        words.MAILINGS["draft"],
        "programme.participants",
        {"cohort": str(cohorts[CohortState.CONFIRMED].pk), "states": ["active"]},
        by,
        at - timedelta(hours=2),
    )


def draft(
    text: words.MailingWords, segment: str, chosen: dict[str, Any], by: Person, at: datetime
) -> Mailing:
    mailing = verbs.begin(segment=segment, chosen=chosen, by=by, at=at)
    verbs.write(
        mailing=mailing,
        revision=1,
        title=text.title,
        subject=text.subject,
        body=text.body,
        by=by,
        at=at,
    )
    verbs.arrange(
        mailing=mailing,
        revision=2,
        category=Category.OPTIONAL if text.is_news else Category.ESSENTIAL,
        path=text.path,
        useless_after=None,
        reply_to=by,
        by=by,
        at=at,
    )
    return Mailing.objects.get(pk=mailing.pk)


def _gone_out(cohort: Cohort, by: Person, at: datetime) -> None:
    """To everybody, save one whose mailbox is not there any more."""
    chosen = {"cohort": str(cohort.pk), "states": ["active"]}
    mailing = draft(words.MAILINGS["done"], "programme.participants", chosen, by, at)
    _confirm(mailing, by, at)
    last, *others = Notice.objects.filter(kind__in=KINDS, anchor_id=mailing.pk).order_by("-pk")
    _deliver(others, at + timedelta(minutes=1))
    _deliver([last], at + timedelta(minutes=1), State.FAILED, reason=Reason.REFUSED)
    verbs.settle(at=at + timedelta(minutes=2))


def _stopped(cohort: Cohort, by: Person, at: datetime) -> None:
    chosen = {"cohort": str(cohort.pk), "standing": ["under_review", "waiting"]}
    mailing = draft(words.MAILINGS["stopped"], "programme.applicants", chosen, by, at)
    _confirm(mailing, by, at)
    waiting = Notice.objects.filter(kind__in=KINDS, anchor_id=mailing.pk).order_by("pk")
    _deliver(list(waiting[:SENT_BEFORE_STOPPING]), at + timedelta(minutes=1))
    verbs.stop(mailing=mailing, by=by, at=at + timedelta(minutes=2))


def _confirm(mailing: Mailing, by: Person, at: datetime) -> None:
    people = set(people_of(mailing).values_list("pk", flat=True))
    verbs.confirm(
        mailing=mailing,
        revision=mailing.revision,
        shown=people,
        sure_of=len(people),
        by=by,
        at=at,
    )


def _deliver(
    notices: list[Notice], at: datetime, state: State = State.SENT, **values: object
) -> None:
    """As a worker takes and settles them; no mail is written for messages of long ago."""
    token = uuid4()
    leases.take([notice.pk for notice in notices], token=token, at=at)
    for notice in Notice.objects.filter(lease=token):
        leases.settle(notice, state, at=at, **values)
