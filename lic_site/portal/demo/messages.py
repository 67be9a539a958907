"""A month of messages as it went: what the worlds and the clock wrote is recorded as sent when it
was due, not handed to a mail server today. Some of it went wrong, so that staff have something to
put right.
"""

from datetime import datetime, time, timedelta

from django.db.models import F, QuerySet

from lic_site.accounts.models import Person
from lic_site.notices import services
from lic_site.notices.enums import Delivery, Reason, State
from lic_site.notices.mailings.audience import KINDS as MAILINGS
from lic_site.notices.models import Notice, ReminderRule
from lic_site.notices.protocol import private_kinds
from lic_site.notices.services import bounces
from lic_site.notices.services.office import change_settings
from lic_site.portal.demo.people import PERSONAS
from lic_site.portal.demo.stages import Personas

DAYS = 31  # the last of the clock's weeks ends today
FRESH = 8
"""So many of the newest are left to be delivered, for ``/dev/mail/``."""
TOOK = timedelta(seconds=20)
LATELY = timedelta(days=12)
OFFICE = {
    "quiet_from": time(3, 0),
    "quiet_until": time(4, 0),
    "digest_at": time(16, 30),
    "hold_over": 500,
}
"""Short quiet hours: whoever looks at the demonstration in the evening sees messages go too."""


def lay(at: datetime, personas: Personas) -> None:
    """After the worlds were laid. Done again it would change nothing that was sent."""
    college = personas["college"]
    change_settings(values={**OFFICE, "reply_to": college}, by=college, at=at)
    _remind(at)
    fresh = Notice.objects.due(at).order_by("-due_at", "-pk").values_list("pk", flat=True)
    kept = list(fresh[:FRESH])
    Notice.objects.due(at).exclude(pk__in=kept).update(
        state=State.SENT, attempts=1, finished_at=F("due_at") + TOOK
    )
    _go_wrong(at)
    _bounce(at)
    shown = Notice.objects.filter(pk__in=kept).exclude(kind__in=private_kinds())
    for notice in shown.order_by("pk")[:2]:
        services.hold(notice=notice, by=college, at=at)


def _remind(at: datetime) -> None:
    """The clock's reminders of a month, planned six days at a time, each due when it would be."""
    first = at - timedelta(days=DAYS)
    ReminderRule.objects.filter(planned_until__gt=first).update(planned_until=first)
    for days in range(DAYS - 7, -1, -6):
        services.plan(at=at - timedelta(days=days))


def _lately(at: datetime) -> QuerySet[Notice]:
    """Sent in the last days, to nobody whom visitors sign in as. Mailings stay as they were
    laid: their own pages count them.
    """
    own = [persona.email for persona in PERSONAS]
    sent = Notice.objects.filter(state=State.SENT, due_at__gt=at - LATELY)
    sent = sent.exclude(kind__in=private_kinds() | set(MAILINGS))
    return sent.exclude(recipient__addresses__email__in=own).order_by("pk")


def _go_wrong(at: datetime) -> None:
    """Three failed, five came too late after a mail server had been away, four were called off."""
    found = list(_lately(at).values_list("pk", flat=True))
    step = max(1, len(found) // 12)
    chosen = found[::step][:12]
    for pks, values in (
        (
            chosen[:3],
            {"state": State.FAILED, "reason": Reason.TRIED_OUT, "attempts": 8}
            | {"last_error": "SMTPServerDisconnected"},
        ),
        (chosen[3:8], {"state": State.EXPIRED, "attempts": 3}),
        (chosen[8:], {"state": State.CANCELLED, "reason": Reason.UNWANTED, "attempts": 0}),
    ):
        Notice.objects.filter(pk__in=pks).update(**values)


def _bounce(at: datetime) -> None:
    """Somebody left their council: one message came back, and the next was not sent."""
    gone = _lately(at).select_related("recipient").last()
    if gone is None:
        return
    person: Person = gone.recipient
    Notice.objects.filter(pk=gone.pk).update(provider_id="demonstration")
    bounces.record_delivery(
        provider="demonstration",
        event_id="1",
        event=Delivery.BOUNCED,
        message_id="demonstration",
        email=person.addresses.all()[0].email,
        detail="bounced 550 5.1.1",
        happened_at=min(gone.due_at + timedelta(minutes=2), at),
        at=at,
    )
    later = Notice.objects.filter(recipient=person, state=State.SENT).exclude(pk=gone.pk).last()
    if later is not None:
        Notice.objects.filter(pk=later.pk).update(
            state=State.FAILED, reason=Reason.SET_ASIDE, finished_at=at - timedelta(hours=3)
        )
