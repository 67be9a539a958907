"""A person's dates, as their calendar shows them: sessions they take part in or lead, and the day
by which an offer wants an answer. Calendars lie open to colleagues and IT, so a date names neither
the programme nor what it is about, and its page has an address that says nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from cohorts.programme.enums import SessionKind
from cohorts.programme.models import Offer, Session
from cohorts.programme.policies.running import in_own_diary
from lic_site.accounts.models import Person
from lic_site.notices.ics import Entry

TITLES = {
    SessionKind.WORKSHOP: "Learning day",
    SessionKind.RESIDENTIAL: "Residential",
    SessionKind.LEARNING_SET: "Learning group",
    SessionKind.COACHING: "Coaching",
}
ANSWER = "An answer is due"
_LINK = re.compile(r"(?i)://|\bwww\.|\b[\w-]+\.(?:com|us|net|org|uk|london)\b")


def session_dates(person: Person, *, since: datetime, until: datetime) -> Iterator[Entry]:
    """The sessions that the person takes part in or leads."""
    near = Session.objects.filter(ends_at__gt=since, starts_at__lt=until)
    known = near.filter(Q(cancelled_at=None) | Q(cancelled_at__gt=since))
    return entries(known.filter(in_own_diary(person)))


def offer_dates(person: Person, *, since: datetime, until: datetime) -> Iterator[Entry]:
    """The last day to answer each open offer. It goes once the offer is answered."""
    mine = Offer.objects.open().filter(application__applicant=person)
    for offer in mine.filter(expires_at__gt=since, expires_at__lt=until):
        yield Entry(
            uid=f"answer-{offer.pk}@dates.invalid",
            revision=1,
            starts_at=offer.expires_at,
            ends_at=offer.expires_at,
            title=ANSWER,
            path="/my/",
            is_deadline=True,
        )


SOURCES = (session_dates, offer_dates)


def entries(sessions: Iterable[Session]) -> Iterator[Entry]:
    """Sessions as dates. One that moved or was cancelled takes its old place in a calendar that
    holds it: its identifier stays, and its revision rises.
    """
    for session in sessions:
        yield Entry(
            uid=f"date-{session.pk}@dates.invalid",
            revision=session.revision,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            title=TITLES[SessionKind(session.kind)],
            place=where(session),
            path=reverse("programme:date", args=[session.pk]),
            is_cancelled=session.cancelled_at is not None,
            changed_at=session.cancelled_at,
        )


def where(session: Session) -> str:
    """The place, unless somebody typed an address to join into it: that stands on the session's
    page alone.
    """
    if session.place and not _LINK.search(session.place):
        return session.place
    return "Online" if session.place or session.link else ""
