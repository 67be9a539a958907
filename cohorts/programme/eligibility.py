"""Who may apply to a cohort, on plain values."""

from collections.abc import Collection
from enum import StrEnum


class Barrier(StrEnum):
    """Why somebody cannot apply. A template says each in words."""

    STATEMENT = "statement"
    ORGANISATION = "organisation"
    BOROUGH = "borough"
    GRADE = "grade"


def barrier(
    *,
    says_eligible: bool,
    grade: str,
    boroughs: Collection[int],
    eligible_grades: Collection[str],
    eligible_boroughs: Collection[int],
) -> Barrier | None:
    """The first reason against, or None.

    ``says_eligible``: the applicant is Global Majority staff in London children's services.
    ``boroughs`` are served by the employer; ``eligible_boroughs`` empty means all 33.
    """
    if not says_eligible:
        return Barrier.STATEMENT
    if not boroughs:
        return Barrier.ORGANISATION
    if eligible_boroughs and not set(boroughs) & set(eligible_boroughs):
        return Barrier.BOROUGH
    if grade not in eligible_grades:
        return Barrier.GRADE
    return None
