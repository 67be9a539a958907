"""Saying beforehand that one cannot come."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.programme.models import Apology, Enrolment, Session
from cohorts.programme.services.register.errors import (
    NotExpected,
    SessionCancelled,
    SessionStarted,
)
from cohorts.programme.services.sessions.telling import leaders
from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.notices.services import cancel, send

KIND = "programme.apologies_received"


@transaction.atomic
def send_apology(
    *, session: Session, enrolment: Enrolment, words: str = "", by: Person, at: datetime
) -> Apology:
    """The participant cannot come to the session. Telling again changes the words. Whoever leads
    it hears of apologies at most once a day.

    Raises SessionCancelled, SessionStarted, NotExpected.
    """
    _check(session, at)
    if not Enrolment.objects.expected_at(session).filter(pk=enrolment.pk).exists():
        raise NotExpected("You are not expected at this session, so you need not tell us.")
    apology, _ = Apology.objects.update_or_create(
        session=session, enrolment=enrolment, defaults={"words": words.strip(), "sent_at": at}
    )
    audit.record("programme.apology_sent", by=by, at=at, thing=apology, subject=enrolment.person)
    for person in leaders(session):
        send(
            KIND,
            to=person,
            about=session,
            at=at,
            key=f"{timezone.localdate(at):%Y-%m-%d}",
            useless_after=session.ends_at,
        )
    return apology


@transaction.atomic
def withdraw_apology(*, session: Session, enrolment: Enrolment, by: Person, at: datetime) -> None:
    """The participant can come after all. Raises SessionCancelled, SessionStarted."""
    _check(session, at)
    found = Apology.objects.filter(session=session, enrolment=enrolment).first()
    if found is None:
        return
    audit.record("programme.apology_withdrawn", by=by, at=at, thing=found, subject=enrolment.person)
    found.delete()
    if not session.apologies.exists():
        cancel(KIND, about=session, at=at)


def _check(session: Session, at: datetime) -> None:
    if session.cancelled_at is not None:
        raise SessionCancelled
    if session.starts_at <= at:
        raise SessionStarted
