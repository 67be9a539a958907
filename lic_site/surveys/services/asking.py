"""Ask people to answer, and remind those who have not.

At most one request in a fortnight to one person: whatever waits for them then is asked in one
message, and what opens meanwhile waits its turn (it stands on their home all the same). What is
asked there and then, at the end of a session, neither waits nor makes anything else wait.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lic_site.accounts.models import Person
from lic_site.common.dates import local
from lic_site.notices.services import Message, send_each
from lic_site.surveys import timing
from lic_site.surveys.models import Invitation, Request, Wave

FORTNIGHT = timedelta(days=14)
LAST = timedelta(days=2)
"""So long before a wave closes nobody is reminded of it any more."""
BEGINS = timing.MORNING.hour
"""The hour in London from which reminders go."""
CHUNK = 500


def ask_due(*, at: datetime) -> int:
    """Ask everybody whose turn it is; says how many requests were made. Their number follows the
    people who wait: a few queries for five hundred of them.
    """
    there = _unasked(at).filter(wave__in_room=True)
    turn = _unasked(at).filter(wave__in_room=False).exclude(_asked_lately(at))
    made = 0
    for some in batched(_people(there), CHUNK, strict=False):
        made += _ask(some, counts=False, at=at)
    for some in batched(_people(turn), CHUNK, strict=False):
        made += _ask(some, counts=True, at=at)
    return made


def _unasked(at: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.waiting(at).filter(request=None, person__erased_at=None)


def _asked_lately(at: datetime) -> Exists:
    lately = Request.objects.filter(counts=True, asked_at__gt=at - FORTNIGHT)
    return Exists(lately.filter(person=OuterRef("person")))


def _people(invitations: QuerySet[Invitation]) -> list[int]:
    return list(invitations.order_by("person").values_list("person", flat=True).distinct())


def hold(people: Iterable[int]) -> None:
    """One clock at a time asks these people."""
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=list(people))
    list(held.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _ask(people: tuple[int, ...], *, counts: bool, at: datetime) -> int:
    """One request to each of these people, about all that waits for them. Asked again under the
    lock: another clock may have been here.
    """
    hold(people)
    found = _unasked(at).filter(person__in=people, wave__in_room=not counts)
    if counts:
        found = found.exclude(_asked_lately(at))
    waiting: dict[int, list[Invitation]] = {}
    for invitation in found.select_related("wave").order_by("wave__closes_at", "pk"):
        waiting.setdefault(invitation.person_id, []).append(invitation)
    requests = Request.objects.bulk_create(
        Request(person_id=person, asked_at=at, counts=counts) for person in waiting
    )
    for request in requests:
        for invitation in waiting[request.person_id]:
            invitation.request = request
    asked = [each for some in waiting.values() for each in some]
    Invitation.objects.bulk_update(asked, ["request"], batch_size=CHUNK)
    messages = [
        Message(each.person_id, each, max(one.wave.closes_at for one in waiting[each.person_id]))
        for each in requests
    ]
    send_each("surveys.asked", messages=messages, at=at)
    return len(requests)


def chase_due(*, at: datetime) -> int:
    """Remind whoever has not answered, as often as each wave allows and from the morning on; says
    how many people. One message for all that waits for one person.
    """
    if local(at).hour < BEGINS:
        return 0
    reminded = 0
    open_now = Wave.objects.open_at(at).filter(chasers__gt=0, closes_at__gt=at + LAST)
    paces = set(open_now.order_by().values_list("chase_after_days", flat=True))
    for days in sorted(paces):
        for some in batched(_people(_to_chase(days, at)), CHUNK, strict=False):
            reminded += _chase(some, days=days, at=at)
    return reminded


def _to_chase(days: int, at: datetime) -> QuerySet[Invitation]:
    """Asked, not answered, reminders left, and nothing written about any survey these days."""
    since = timing.before_day(at, days)
    written = Q(asked_at__gte=since) | Q(chased_at__gte=since)
    lately = Request.objects.filter(written, person=OuterRef("person"))
    return (
        Invitation.objects.waiting(at)
        .filter(
            wave__chase_after_days=days,
            wave__chasers__gt=F("request__chased"),
            wave__closes_at__gt=at + LAST,
            person__erased_at=None,
        )
        .exclude(Exists(lately))
    )


@transaction.atomic
def _chase(people: tuple[int, ...], *, days: int, at: datetime) -> int:
    hold(people)
    due = _to_chase(days, at).filter(person__in=people)
    until: dict[int, datetime] = {}
    asked: set[int] = set()
    for request, person, closes_at in due.values_list("request", "person", "wave__closes_at"):
        asked.add(request)
        until[person] = max(until.get(person, at), closes_at)
    requests = Request.objects.filter(pk__in=asked)
    latest = {each.person_id: each for each in requests.order_by("pk")}
    requests.update(chased=F("chased") + 1, chased_at=at)
    day = f"{timing.day_of(at):%Y%m%d}"
    messages = [Message(person, each, until[person]) for person, each in latest.items()]
    send_each("surveys.chased", messages=messages, at=at, key=day)
    return len(messages)
