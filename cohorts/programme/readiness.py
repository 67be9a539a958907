"""What a cohort still lacks before it can open, on plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Obstacle(StrEnum):
    """Why a cohort cannot open. A template says each in words."""

    NO_SUMMARY = "no_summary"
    NO_QUESTIONS = "no_questions"
    NO_CRITERIA = "no_criteria"
    NO_SESSIONS = "no_sessions"
    NO_LEGAL_GROUND = "no_legal_ground"
    CLOSES_IN_PAST = "closes_in_past"
    DECISIONS_TOO_SOON = "decisions_too_soon"
    STARTS_TOO_SOON = "starts_too_soon"
    SESSION_OUTSIDE = "session_outside"


@dataclass(frozen=True)
class Plan:
    """A cohort's plan, dates in London."""

    has_summary: bool
    questions: int
    criteria: int
    has_legal_ground: bool
    closes_at: datetime
    closes_on: date
    decisions_by: date
    starts_on: date
    ends_on: date
    session_days: tuple[date, ...]


def obstacles(plan: Plan, at: datetime) -> Iterator[Obstacle]:
    """What stands in the way of opening at this moment."""
    if not plan.has_summary:
        yield Obstacle.NO_SUMMARY
    if not plan.questions:
        yield Obstacle.NO_QUESTIONS
    if not plan.criteria:
        yield Obstacle.NO_CRITERIA
    if not plan.session_days:
        yield Obstacle.NO_SESSIONS
    if not plan.has_legal_ground:
        yield Obstacle.NO_LEGAL_GROUND
    if plan.closes_at <= at:
        yield Obstacle.CLOSES_IN_PAST
    if plan.decisions_by <= plan.closes_on:
        yield Obstacle.DECISIONS_TOO_SOON
    if plan.starts_on <= plan.decisions_by:
        yield Obstacle.STARTS_TOO_SOON
    if any(not plan.starts_on <= day <= plan.ends_on for day in plan.session_days):
        yield Obstacle.SESSION_OUTSIDE
