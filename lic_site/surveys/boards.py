"""What the board of waves shows, as plain values for its templates."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from lic_site.accounts.models import Person
from lic_site.common.dates import local, when
from lic_site.insight.suppression import USUAL
from lic_site.surveys import policies
from lic_site.surveys.enums import NAMELESS, Mode, VersionState, WaveState, Why
from lic_site.surveys.models import Invitation, Release, Request, Wave
from lic_site.surveys.protocol import subjects
from lic_site.surveys.services.asking import FORTNIGHT
from lic_site.surveys.services.planning import AHEAD

SHOWN = 25
"""Rows of each part of the board; all of them stand on the list that it leads to."""
LATELY = timedelta(days=30)
SOON = timedelta(days=3)
STUCK = timedelta(hours=1)
"""So long after its time a wave that is still open has something wrong with it."""
TONES = {
    WaveState.PLANNED: "wait",
    WaveState.OPEN: "going",
    WaveState.CLOSED: "done",
    WaveState.CANCELLED: "plain",
}
MODES = {
    Mode.ANONYMOUS: "Nobody can tell who said what.",
    Mode.LINKED: "Before and after are linked by the system alone; no person sees whose they are.",
    Mode.NAMED: "Staff College admins see answers with their names.",
    Mode.OWN: "Each answer is its owner’s, who may show it to one person at a time.",
}


@dataclass(frozen=True)
class Rate:
    """How many were asked and answered. ``answered`` is None where a number would tell too much:
    in a wave without names, fewer than five.
    """

    asked: int
    answered: int | None

    @property
    def words(self) -> str:
        if not self.asked:
            return "Nobody is asked yet"
        if self.answered is None:
            return f"Fewer than {USUAL.scores} of {self.asked} answered"
        return f"{self.answered} of {self.asked} answered ({round(self.percent)}%)"

    @property
    def percent(self) -> float:
        return 100 * (self.answered or 0) / self.asked if self.asked else 0.0


@dataclass(frozen=True)
class Row:
    wave: Wave
    rate: Rate
    tone: str
    href: str
    closes_soon: bool = False


def rate(wave: Wave, asked: int, answered: int) -> Rate:
    hidden = wave.mode in NAMELESS and not USUAL.shows(answered)
    return Rate(asked, None if hidden else answered)


def rates(waves: Collection[Wave]) -> dict[int, Rate]:
    """By wave, in two queries: what was released stays so when invitations are forgotten."""
    pks = [each.pk for each in waves]
    counted = {
        pk: (asked, answered)
        for pk, asked, answered in Invitation.objects.filter(wave__in=pks)
        .order_by()
        .values_list("wave")
        .annotate(asked=Count("pk"), answered=Count("pk", filter=Q(answered=True)))
    }
    for pk, asked, answered in Release.objects.filter(wave__in=pks).values_list(
        "wave", "asked", "answered"
    ):
        counted[pk] = (asked, answered)
    return {each.pk: rate(each, *counted.get(each.pk, (0, 0))) for each in waves}


def rows(waves: Iterable[Wave], at: datetime) -> list[Row]:
    """Wants ``questionnaire`` joined."""
    shown = list(waves)
    known = rates(shown)
    return [
        Row(
            each,
            known[each.pk],
            TONES[WaveState(each.state)],
            reverse("surveys:wave", args=[each.pk]),
            each.state == WaveState.OPEN and each.closes_at <= at + SOON,
        )
        for each in shown
    ]


def visible(person: Person) -> QuerySet[Wave]:
    return policies.visible(person, Wave.objects.select_related("questionnaire", "plan"))


@dataclass(frozen=True)
class Board:
    open: list[Row]
    coming: list[Row]
    closed: list[Row]
    counts: dict[str, int]


def board(waves: QuerySet[Wave], at: datetime) -> Board:
    """What is open, the first to close first; what comes within sixty days; what closed lately."""
    opened = waves.filter(state=WaveState.OPEN).order_by("closes_at", "pk")
    coming = waves.filter(state=WaveState.PLANNED, opens_at__lte=at + AHEAD)
    closed = waves.filter(state=WaveState.CLOSED, closed_at__gt=at - LATELY)
    parts = [
        list(opened[:SHOWN]),
        list(coming.order_by("opens_at", "pk")[:SHOWN]),
        list(closed.order_by("-closed_at", "-pk")[:SHOWN]),
    ]
    laid = {row.wave.pk: row for row in rows([each for part in parts for each in part], at)}
    counts = waves.order_by().aggregate(
        open=Count("pk", filter=Q(state=WaveState.OPEN)),
        planned=Count("pk", filter=Q(state=WaveState.PLANNED, opens_at__lte=at + AHEAD)),
        closed=Count("pk", filter=Q(state=WaveState.CLOSED, closed_at__gt=at - LATELY)),
    )
    first, second, third = ([laid[each.pk] for each in part] for part in parts)
    return Board(first, second, third, counts)


def in_trouble(waves: QuerySet[Wave], at: datetime) -> QuerySet[Wave]:
    """Should be open and has no questionnaire; should be closed; had too few to ask, lately."""
    published = Q(questionnaire__versions__state=VersionState.PUBLISHED)
    bare = Q(state=WaveState.PLANNED, opens_at__lte=at + LATELY) & ~published
    stuck = Q(state=WaveState.OPEN, closes_at__lte=at - STUCK)
    few = Q(
        state=WaveState.CANCELLED,
        why__in=[Why.TOO_FEW, Why.NO_QUESTIONNAIRE],
        opens_at__gt=at - LATELY / 2,
    )
    return waves.filter(bare | stuck | few).order_by("opens_at", "pk").distinct()


def troubles(waves: QuerySet[Wave], at: datetime) -> list[tuple[Wave, str]]:
    """Each with a sentence: what is wrong, and what to do."""
    return [(each, _trouble(each, at)) for each in in_trouble(waves, at)[:SHOWN]]


def _trouble(wave: Wave, at: datetime) -> str:
    if wave.state == WaveState.OPEN:
        return "It should have closed and could not be. Ask whoever runs the site to read its log."
    if wave.why == Why.TOO_FEW:
        return (
            "It was not sent: fewer than five people would have been asked, and their answers "
            "would have told who said what."
        )
    if wave.why == Why.NO_QUESTIONNAIRE:
        return "It was not sent: its questionnaire was not published in time."
    if wave.opens_at <= at:
        return "It should be open, and its questionnaire has no published version. Publish one."
    day = when(local(wave.opens_at).date())
    return f"It opens on {day}, and its questionnaire has no published version. Publish one."


def facts(wave: Wave) -> list[dict[str, Any]]:
    """What one wave is, in pairs."""
    subject = subjects().get(wave.subject_kind)
    audiences = subject.audiences if subject else {}
    found = subject.find([wave.subject_id]) if subject else {}
    about = found.get(wave.subject_id)
    often = f"{wave.chasers} at most, {wave.chase_after_days} days apart"
    return [
        {
            "key": "About",
            "value": wave.about,
            "hint": wave.group_name if wave.group_name != wave.about else "",
            "href": about.href if about else "",
            "action": "See it",
        },
        {"key": "Questionnaire", "value": _questionnaire(wave)},
        {"key": "Who is asked", "value": audiences.get(wave.audience, wave.audience)},
        {
            "key": "How answers are kept",
            "value": wave.get_mode_display(),
            "hint": MODES[Mode(wave.mode)],
        },
        {"key": "Opens", "value": when(wave.opened_at or wave.opens_at)},
        {"key": "Closes", "value": when(wave.closed_at or wave.closes_at)},
        {"key": "Reminders", "value": often if wave.chasers else "None"},
        {"key": "Planned by", "value": _planned_by(wave)},
    ]


def _questionnaire(wave: Wave) -> str:
    if wave.version is None:
        return f"{wave.questionnaire.name}: the newest published version when it opens"
    return str(wave.version)


def _planned_by(wave: Wave) -> str:
    if wave.plan is None:
        return "Staff, by hand"
    if wave.made_by_id is not None:
        return f"{wave.plan.name}; staff changed it, so it no longer follows its plan"
    return f"{wave.plan.name}, by itself"


@dataclass(frozen=True)
class Asked:
    """How far a wave has got with asking. None of it counts by whether somebody answered."""

    mailed: int
    waiting: int
    too_late: int
    """Of those who wait: whose turn comes only once it has closed."""


def asked(wave: Wave) -> Asked:
    invited = Invitation.objects.filter(wave=wave)
    counted = invited.aggregate(
        mailed=Count("pk", filter=Q(request__isnull=False)),
        waiting=Count("pk", filter=Q(request=None)),
    )
    since = wave.closes_at - FORTNIGHT
    lately = Request.objects.filter(counts=True, asked_at__gt=since).values("person")
    late = 0 if wave.in_room else invited.filter(request=None, person__in=lately).count()
    return Asked(counted["mailed"], counted["waiting"], late)
