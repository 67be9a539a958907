"""The floor, as data."""

from dataclasses import dataclass

FLOOR = 5
COMMENTS = 10


@dataclass(frozen=True)
class Policy:
    """Under how many people nothing is shown; to what counts of people are rounded, if at all."""

    scores: int = FLOOR
    comments: int = COMMENTS
    rounding: int | None = None

    def shows(self, n: int) -> bool:
        """Whether a figure of so many people may be shown."""
        return n >= self.scores

    def shows_comments(self, n: int) -> bool:
        """Whether what so many people wrote may be read."""
        return n >= self.comments

    def apart(self, n: int) -> bool:
        """Whether two reports may both be shown whose people differ by so many."""
        return n == 0 or n >= self.scores

    def count(self, n: int) -> int | None:
        """The number itself as it may be shown, rounded half up; None under the floor."""
        if not self.shows(n):
            return None
        base = self.rounding or 1
        return (2 * n + base) // (2 * base) * base


USUAL = Policy()
