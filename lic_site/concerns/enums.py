from django.db import models


class About(models.TextChoices):
    """What a concern is about, as whoever raises it says."""

    RACISM = "racism", "Racism"
    HARASSMENT = "harassment", "Harassment or bullying"
    HARM = "harm", "Harm, or a risk of harm"
    COMPLAINT = "complaint", "A complaint about how something was done"
    OTHER = "other", "Something else"


class Known(models.TextChoices):
    """How far whoever raises a concern wants to be known."""

    NAMED = "named", "With my name"
    ONE_READER = "one_reader", "My name, for this one reader alone"
    WRITTEN = "written", "I write down who I am and how to reach me"
    ANONYMOUS = "anonymous", "Anonymously"


ON_RECORD = frozenset({Known.NAMED, Known.ONE_READER})
"""Those of whom the site keeps who raised it."""


class State(models.TextChoices):
    """Where a concern stands. ``MOVES`` says which may follow which."""

    RECEIVED = "received", "Received"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    LOOKING_INTO = "looking_into", "Being looked into"
    CLOSED = "closed", "Closed"


MOVES: dict[State, frozenset[State]] = {
    State.RECEIVED: frozenset({State.ACKNOWLEDGED, State.CLOSED}),
    State.ACKNOWLEDGED: frozenset({State.LOOKING_INTO, State.CLOSED}),
    State.LOOKING_INTO: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.LOOKING_INTO}),
}
"""The whole state machine: from each state, the states that may follow."""


def sources(target: State) -> list[State]:
    """The states from which ``target`` may be reached."""
    return [state for state, targets in MOVES.items() if target in targets]


class Outcome(models.TextChoices):
    UPHELD = "upheld", "Upheld"
    PARTLY_UPHELD = "partly_upheld", "Partly upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"
    ADVICE_GIVEN = "advice_given", "Advice given"
    PASSED_ON = "passed_on", "Passed on to somebody who must deal with it"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Entry(models.TextChoices):
    """What one entry in the record of a concern is. The raiser reads the first three."""

    SAID = "said", "From whoever raised it"
    REPLY = "reply", "Reply"
    STEP = "step", "Step"
    NOTE = "note", "Private note"
    ACTION = "action", "Action agreed"


SHARED = (Entry.SAID, Entry.REPLY, Entry.STEP)
"""What whoever raised the concern reads too. The reason of a step is for its readers alone."""


class Step(models.TextChoices):
    """What an entry of the kind ``STEP`` says happened."""

    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    LOOKING_INTO = "looking_into", "Being looked into"
    HANDED_OVER = "handed_over", "Passed to another reader"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Opened again"
    WITHDRAWN = "withdrawn", "Withdrawn by whoever raised it"
