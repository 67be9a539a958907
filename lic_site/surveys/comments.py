"""Comments as they may be read: by a checker as they were written, by everybody else once checked
and in company.

They are checked only when their wave has closed: read as they come, the hour would tell of whom.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from lic_site.insight.suppression import USUAL
from lic_site.surveys.enums import NAMELESS, CommentState, WaveState
from lic_site.surveys.models import Checker, Comment, Theme, Wave

CHECKERS = 2


@dataclass(frozen=True)
class Said:
    """The checked comments on one question, and how many are about each theme."""

    question: str
    comments: list[Comment]
    themes: list[tuple[str, int]]


@dataclass(frozen=True)
class Shown:
    """``is_hidden``: too few answered, so nobody reads any."""

    is_hidden: bool
    waiting: int
    withheld: int
    said: list[Said]


def shown(wave: Wave) -> Shown:
    """What staff and, once shared, participants read of a wave's comments. Three queries."""
    counts = Counter(
        {
            row["state"]: row["number"]
            for row in wave.comments.order_by().values("state").annotate(number=Count("pk"))
        }
    )
    answered = wave.release.answered if hasattr(wave, "release") else 0
    is_hidden = not USUAL.shows_comments(answered) or wave.mode not in NAMELESS
    return Shown(
        is_hidden=is_hidden,
        waiting=counts[CommentState.WAITING],
        withheld=counts[CommentState.WITHHELD],
        said=[] if is_hidden else _said(wave),
    )


def _said(wave: Wave) -> list[Said]:
    cleared = list(
        wave.comments.cleared().prefetch_related(Prefetch("themes", Theme.objects.order_by("name")))
    )
    questions = wave.version.definition.questions() if wave.version else ()
    found = []
    for question in questions:
        here = [each for each in cleared if each.question == question.code]
        if here:
            themes = Counter(theme.name for each in here for theme in each.themes.all())
            found.append(Said(question.words, here, themes.most_common()))
    return found


def closed_waves() -> QuerySet[Wave]:
    """Waves with comments to check or checked, those to check first."""
    return (
        Wave.objects.filter(
            state=WaveState.CLOSED, mode__in=NAMELESS, release__answered__gte=USUAL.comments
        )
        .annotate(
            waiting=Count("comments", filter=Q(comments__state=CommentState.WAITING)),
            checked=Count("comments", filter=~Q(comments__state=CommentState.WAITING)),
        )
        .filter(Q(waiting__gt=0) | Q(checked__gt=0))
        .select_related("questionnaire")
        .order_by("-waiting", "-closes_at", "pk")
    )


def checkers() -> QuerySet[Checker]:
    """Those who check now."""
    return Checker.objects.filter(ended_at=None).select_related("person")


def waiting_count() -> int:
    """How many comments wait for a checker."""
    return (
        Comment.objects.to_check()
        .filter(
            wave__state=WaveState.CLOSED,
            wave__mode__in=NAMELESS,
            wave__release__answered__gte=USUAL.comments,
        )
        .count()
    )


def question_words(comment: Comment) -> str:
    """What the comment answers."""
    version = comment.wave.version
    question = version.definition.by_code.get(comment.question) if version else None
    return question.words if question else ""
