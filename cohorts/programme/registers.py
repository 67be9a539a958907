"""What a register's page shows, drawn together in few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cohorts.programme.enums import Mark
from cohorts.programme.models import Apology, Attendance, Enrolment, Session


@dataclass(frozen=True)
class Row:
    """One name on the register, and what is known of it."""

    enrolment: Enrolment
    attendance: Attendance | None
    apology: Apology | None

    @property
    def pk(self) -> int:
        return self.enrolment.pk

    @property
    def name(self) -> str:
        return self.enrolment.person.name

    @property
    def saved(self) -> str:
        """The mark as it is held; empty if there is none."""
        return self.attendance.mark if self.attendance else ""

    @property
    def offered(self) -> str:
        """What the page chooses beforehand: the mark, or apologies that were sent."""
        return self.saved or (Mark.APOLOGIES if self.apology else "")


@dataclass(frozen=True)
class Disagreement:
    """What somebody else saved of a participant, and what this person chose."""

    theirs: Mark
    yours: Mark
    attendance: Attendance


@dataclass(frozen=True)
class Line:
    """A row as the form shows it."""

    row: Row
    chosen: str
    was: str
    """What the page said of the participant when it was opened."""
    disagreement: Disagreement | None = None
    error: str = ""


def rows_of(session: Session) -> list[Row]:
    """Everybody on the register, by first name. Three queries. For whoever takes the register:
    it names people who have since left.
    """
    places = (
        Enrolment.objects.on_register(session)
        .select_related("person")
        .order_by("person__given_name", "person__family_name", "pk")
    )
    held = {each.enrolment_id: each for each in session.attendance.select_related("marked_by")}
    excused = {each.enrolment_id: each for each in session.apologies.all()}
    return [Row(place, held.get(place.pk), excused.get(place.pk)) for place in places]


def opened(rows: Iterable[Row]) -> list[Line]:
    """The page as it opens: what is saved, and apologies chosen beforehand."""
    return [Line(row, row.offered, row.offered) for row in rows]


def as_posted(
    rows: Iterable[Row], posted: Mapping[int, tuple[str, str, str]], *, otherwise: str = ""
) -> list[Line]:
    """The page with what was chosen on it; ``otherwise`` for those without a choice. ``posted``
    holds the choice, what the page said before, and a choice that somebody disagreed with.
    """
    lines = []
    for row in rows:
        chosen, was, yours = posted.get(row.pk, ("", "", ""))
        lines.append(Line(row, chosen or ("" if yours else otherwise), was, _between(row, yours)))
    return lines


def after_change(
    rows: Iterable[Row], posted: Mapping[int, tuple[str, str, str]], clashing: Iterable[int]
) -> list[Line]:
    """The page after somebody else saved meanwhile: where the two disagree nothing is chosen;
    what this person changed stays; the rest is what is saved now.
    """
    both = set(clashing)
    lines = []
    for row in rows:
        chosen, was, _ = posted.get(row.pk, ("", "", ""))
        line = Line(row, chosen if chosen and chosen != was else row.offered, row.offered)
        if row.pk in both:
            line = replace(line, chosen="", disagreement=_between(row, chosen))
        lines.append(line)
    return lines


def _between(row: Row, yours: str) -> Disagreement | None:
    if not yours or row.attendance is None or row.saved == yours:
        return None
    return Disagreement(Mark(row.saved), Mark(yours), row.attendance)
