"""Reading and scoring: saved as the reader goes, sent once, or stepped aside from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cohorts.programme.enums import UNDECIDED_STATES, ReviewState
from cohorts.programme.models import Application, Review, Score
from cohorts.programme.policies.staff import READING_STATES
from cohorts.programme.services.errors import (
    ReadingClosed,
    ReadingNotNeeded,
    ReasonMissing,
    ReviewFinished,
    ScoresMissing,
)
from lic_site.accounts import audit
from lic_site.accounts.models import Person


class RecusalReasonMissing(ReasonMissing):
    """Say why you step aside, in a few words. Staff College alone reads it."""


@dataclass(frozen=True)
class Mark:
    """What a reader gives for one criterion. ``points`` None: not decided yet."""

    points: int | None = None
    note: str = ""


@transaction.atomic
def save_scores(
    *, review: Review, marks: Mapping[int, Mark], comment: str, by: Person, at: datetime
) -> Review:
    """Keep what the reader has so far. ``marks``: criterion's id to mark. Raises ReviewFinished,
    ReadingClosed.
    """
    review = _still_mine(review)
    review.comment = comment
    review.save(update_fields=["comment"])
    criteria = set(review.application.cohort.criteria.values_list("pk", flat=True))
    for criterion in criteria & marks.keys():
        mark = marks[criterion]
        Score.objects.update_or_create(
            review=review,
            criterion_id=criterion,
            defaults={"points": mark.points, "note": mark.note},
        )
    audit.record("programme.scores_saved", by=by, at=at, thing=review)
    return review


@transaction.atomic
def submit_review(
    *, review: Review, marks: Mapping[int, Mark], comment: str, by: Person, at: datetime
) -> Review:
    """Send the scores. They cannot change afterwards. Raises ScoresMissing, ReviewFinished,
    ReadingClosed.
    """
    review = save_scores(review=review, marks=marks, comment=comment, by=by, at=at)
    scored = review.scores.filter(points__isnull=False).values("criterion")
    if review.application.cohort.criteria.exclude(pk__in=scored).exists():
        raise ScoresMissing
    _finish(review, ReviewState.SUBMITTED, at=at)
    audit.record("programme.review_submitted", by=by, at=at, thing=review)
    return review


@transaction.atomic
def recuse(*, review: Review, reason: str, by: Person, at: datetime) -> Review:
    """Step aside from an application; what was noted so far is deleted and it goes to somebody
    else. Raises RecusalReasonMissing, ReviewFinished, ReadingClosed.
    """
    if not reason.strip():
        raise RecusalReasonMissing
    review = _still_mine(review)
    review.scores.all().delete()
    _finish(review, ReviewState.RECUSED, at=at, recusal_reason=reason.strip(), comment="")
    audit.record("programme.reader_recused", by=by, at=at, thing=review)
    return review


def _still_mine(review: Review) -> Review:
    """The review, locked, if it can still change."""
    held = (
        Review.objects.select_for_update(of=("self",))
        .select_related("application__cohort")
        .get(pk=review.pk)
    )
    if held.state == ReviewState.CLOSED:
        raise ReadingNotNeeded
    wanted = held.application.state in UNDECIDED_STATES
    if held.state != ReviewState.ASSIGNED or not wanted:
        raise ReviewFinished
    if held.application.cohort.state not in READING_STATES:
        raise ReadingClosed
    return held


def _finish(review: Review, state: ReviewState, *, at: datetime, **values: str) -> None:
    for name, value in {"state": state, "finished_at": at, **values}.items():
        setattr(review, name, value)
    review.save(update_fields=["state", "finished_at", *values])


def close_readings(application: Application) -> None:
    """Ask nobody to read on: a decision was made. The caller has locked the cohort."""
    application.reviews.filter(state=ReviewState.ASSIGNED).update(state=ReviewState.CLOSED)


def reopen_readings(application: Application) -> None:
    """The decision was taken back: whoever was still to read may read on."""
    application.reviews.filter(state=ReviewState.CLOSED).update(state=ReviewState.ASSIGNED)
