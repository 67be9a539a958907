"""What the board shows: a reader their concerns, those who keep the readers figures alone."""

from dataclasses import dataclass
from datetime import date

from lic_site.accounts.models import Person
from lic_site.concerns import policies
from lic_site.concerns.enums import State
from lic_site.concerns.models import Concern, Contact

FLOOR = 5
"""A count below this is said as 'fewer than 5', none included, so that one concern more or less
tells nobody that somebody spoke up.
"""
FEWEST_READERS = 2
"""With one alone, nobody who is concerned with that one has anybody to turn to."""
TONES = {
    State.RECEIVED: "todo",
    State.ACKNOWLEDGED: "going",
    State.LOOKING_INTO: "going",
    State.CLOSED: "done",
}


@dataclass(frozen=True)
class Row:
    concern: Concern
    is_late: bool
    due: str
    tone: str


def row(concern: Concern, on: date) -> Row:
    """A concern with when its next step is due, in words."""
    by = concern.due_by
    late = concern.working_days_late(on)
    what = "Acknowledge" if concern.state == State.RECEIVED else "Answer"
    if by is None:
        words = "Nothing is due"
    elif late:
        words = f"{what} it: overdue by {late} working day{'' if late == 1 else 's'}"
    elif by == on:
        words = f"{what} it today"
    else:
        words = f"{what} it by {by:%-d %B %Y}"
    return Row(concern, bool(late), words, TONES[State(concern.state)])


def rows(person: Person, on: date, *, show: str) -> list[Row]:
    """A reader's concerns, the most pressing first."""
    found = policies.visible(person, Concern.objects.all())
    if show in {"open", "late", ""}:
        found = found.open()
    elif show == "closed":
        found = found.filter(state=State.CLOSED)
    laid_out = sorted(
        (row(each, on) for each in found),
        key=lambda each: (each.concern.due_by or date.max, each.concern.reference),
    )
    return [each for each in laid_out if each.is_late or show != "late"]


@dataclass(frozen=True)
class Figures:
    """Counts in words, and what needs whoever keeps the readers."""

    counts: list[tuple[str, str]]
    warnings: list[str]


def figures(person: Person, on: date) -> Figures:
    """Without those that are about the person who looks."""
    found = Concern.objects.not_about(person)
    known = found.by_state()
    counts = [(state.label, _said(known.get(state.value, 0))) for state in State]
    return Figures(counts, warnings(person, on))


def warnings(person: Person, on: date) -> list[str]:
    """What must not wait, in sentences without a number or a name."""
    readers = list(Contact.objects.live(on).values_list("person", flat=True))
    found = list(Concern.objects.not_about(person).open())
    said = []
    if len(readers) < FEWEST_READERS:
        said.append(
            "Fewer than two people read concerns. Name another: somebody must be left when a "
            "concern is about one of them."
        )
    if any(each.reader_id not in readers for each in found):
        said.append(
            "Something waits whose reader’s time has ended, and nobody else may read it. Name "
            "another reader."
        )
    if any(each.state == State.RECEIVED and each.working_days_late(on) for each in found):
        said.append(
            "Something has waited for more than two working days to be acknowledged. Ask the "
            "readers to look at their board."
        )
    return said


def _said(count: int) -> str:
    return str(count) if count >= FLOOR else f"Fewer than {FLOOR}"
