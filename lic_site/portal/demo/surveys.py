"""A year and a half of surveys as the clock would have opened and closed them, answered by invented
people through the real verbs. The last ones are open: the participant and the mentor are asked.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from cohorts.programme.enums import CohortState, SessionKind
from cohorts.programme.models import Cohort
from lic_site.accounts.models import Person
from lic_site.portal.demo.answering import Answering, checked
from lic_site.surveys import comments
from lic_site.surveys.enums import CommentState, Mode, WaveState
from lic_site.surveys.models import Comment, Plan, Questionnaire, Theme, Wave
from lic_site.surveys.services import (
    answering,
    asking,
    checking,
    closing,
    deeds,
    opening,
    planning,
    releasing,
)
from lic_site.surveys.services.waves import Asking, plan_wave

DAY = timedelta(days=1)
SINCE = {"cohort": 600 * DAY, "session": 365 * DAY, "sets": 365 * DAY}
"""How far back each sort of thing is asked about."""
STRETCH = 50 * DAY
"""So much is planned ahead at a time: less than the clock does."""
ANSWER = 0.8
CHECKED_AFTER = 25 * DAY
"""Comments of what closed lately still wait for a checker."""
SHARED_AFTER = 26 * DAY
DONE = (
    (
        "The days begin too early for those who bring children to school.",
        "From the next cohort on every day begins at 10am, and says so when applications open.",
    ),
    (
        "There was more case discussion to be had than there was time.",
        "The afternoon of day four is kept for your own cases, in your learning sets.",
    ),
    (
        "Whoever joined online was forgotten.",
        "Somebody other than the facilitator now watches the chat and speaks for it.",
    ),
)
ABOUT = {
    "change": ("Pace and length", "Facilitation", "Content and relevance", "What to keep"),
    "different": ("Confidence and identity", "Progression and barriers"),
    "hope": ("Progression and barriers", "Network and belonging"),
}
"""What comments are coded to, by the code of their question."""


def build(*, at: datetime, personas: Mapping[str, Person]) -> None:
    """Once: where there are surveys already, nothing is done."""
    if Wave.objects.exists():
        return
    college, lead = personas["college"], personas["lead"]
    checking.name_checker(person=lead, by=college, at=at - SINCE["cohort"])
    checking.name_checker(person=college, by=lead, at=at - SINCE["cohort"])
    for kind, since in SINCE.items():
        Plan.objects.filter(subject_kind=kind).update(starts_at=at - since)
    waits = {personas["participant"].pk, personas["mentor"].pk}
    _by_hand(college, at)
    moment = at - max(SINCE.values())
    while moment < at:
        planning.plan(at=moment)
        moment = min(moment + STRETCH, at)
        _until(moment, waits, at)
    planning.plan(at=at)
    asking.ask_due(at=at)
    _check(lead, at)
    _tell(college, at)


def _by_hand(by: Person, at: datetime) -> None:
    """What staff planned for the running cohort: where each stands, twice, for themselves alone;
    and how it was to lead the residential, with names.
    """
    cohort = Cohort.objects.filter(state=CohortState.RUNNING).earliest("pk")
    ended = cohort.sessions.filter(kind=SessionKind.RESIDENTIAL, ends_at__lt=at).latest("ends_at")
    known = {each.library_code: each for each in Questionnaire.objects.all()}
    for since, until in ((60, 46), (4, -10)):
        asking = Asking(
            questionnaire=known["baseline"],
            mode=Mode.OWN,
            audience="participants",
            opens_at=at - since * DAY,
            closes_at=at - until * DAY,
        )
        plan_wave(
            subject_kind="cohort", subject_id=cohort.pk, asking=asking, by=by, at=at - 61 * DAY
        )
    asking = Asking(
        questionnaire=known["session-reaction"],
        mode=Mode.NAMED,
        audience="facilitators",
        opens_at=ended.ends_at + DAY,
        closes_at=ended.ends_at + 10 * DAY,
    )
    plan_wave(subject_kind="session", subject_id=ended.pk, asking=asking, by=by, at=ended.ends_at)


def _until(moment: datetime, waits: set[int], now: datetime) -> None:
    """Open, answer and close what falls due until then, in the order of the clock."""
    while due := _next(moment):
        known = set(Wave.objects.open().values_list("pk", flat=True))
        closing.close_due(at=due)
        opening.open_due(at=due)
        for wave in Wave.objects.open().exclude(pk__in=known).select_related("version"):
            _answer(wave, due, waits if wave.closes_at > now else set())


def _next(moment: datetime) -> datetime | None:
    """When the next wave opens or closes, until then."""
    opens = Wave.objects.filter(state=WaveState.PLANNED, opens_at__lte=moment)
    closes = Wave.objects.open().filter(closes_at__lte=moment)
    first = [
        *opens.order_by("opens_at").values_list("opens_at", flat=True)[:1],
        *closes.order_by("closes_at").values_list("closes_at", flat=True)[:1],
    ]
    return min(first, default=None)


def _answer(wave: Wave, at: datetime, waits: set[int]) -> None:
    """Four in five answer; in what is open still, those who are to be asked do not."""
    if wave.version is None:
        return
    answers = Answering(wave.version.definition, wave.stage, f"{wave.about}{wave.stage}")
    for number, invitation in enumerate(wave.invitations.select_related("person", "wave__version")):
        if invitation.person_id in waits or (number * 7 + wave.pk) % 10 >= ANSWER * 10:
            continue
        answering.send_answers(
            invitation=invitation, answers=answers.by(invitation.person_id), at=at
        )


def _check(by: Person, at: datetime) -> None:
    """What closed some time ago is checked and coded; what closed lately waits."""
    waves = comments.closed_waves().filter(closes_at__lt=at - CHECKED_AFTER)
    themes = {theme.name: theme for theme in Theme.objects.all()}
    for number, comment in enumerate(Comment.objects.to_check().filter(wave__in=waves)):
        names = ABOUT.get(comment.question, ("Manager and employer support",))
        checking.check_comment(
            comment=comment,
            seen=CommentState.WAITING,
            text=checked(comment.text),
            themes=[themes[names[number % len(names)]]],
            by=by,
            at=comment.wave.closes_at + DAY,
        )


def _tell(by: Person, at: datetime) -> None:
    """Results of some time ago are shared, with what was done about the latest of them."""
    closed = Wave.objects.filter(state=WaveState.CLOSED, closes_at__lt=at - SHARED_AFTER)
    readable = closed.filter(release__answered__gte=5).order_by("-closes_at", "-pk")
    for wave in readable.select_related("release"):
        releasing.share(release=wave.release, by=by, at=wave.closes_at + 3 * DAY)
    of_sessions = readable.filter(Q(subject_kind="session"), release__answered__gte=10)
    for wave, (said, did) in zip(of_sessions, DONE, strict=False):
        deed = deeds.say_deed(wave=wave, said=said, did=did, by=by, at=wave.closes_at + 4 * DAY)
        deeds.share_deed(deed=deed, by=by, at=wave.closes_at + 4 * DAY)
