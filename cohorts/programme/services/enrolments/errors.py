"""How the verbs on places say no. Each docstring is the sentence that people read."""

from cohorts.programme.services.errors import NoPlaceLeft
from lic_site.common.errors import Refusal


class NotTakingPart(Refusal):
    """This place is not held any more. Open the person's page again to see where it stands."""


class CohortOver(Refusal):
    """This cohort is over, so its places no longer change."""


class NoPlaceThere(NoPlaceLeft):
    """Every place in that cohort is taken or on offer, so nothing was changed. Add a place to
    it, or choose another cohort.
    """


class NoPlaceToReturnTo(NoPlaceLeft):
    """Every place in this cohort is taken or on offer. Add a place to it first, or let the person
    go on in another cohort.
    """


class WrongCohort(Refusal):
    """Nobody can go on in that cohort: choose another that has opened and is not over."""


class AppliedThere(Refusal):
    """This person's application to that cohort still waits for an answer. Settle it first, or
    choose another cohort.
    """


class WentOn(Refusal):
    """This person has gone on in another cohort. Change their place there."""


class NotDeferred(Refusal):
    """Only a place that was deferred can go on in another cohort."""


class NothingToUndo(Refusal):
    """This person has not left, so there is nothing to undo."""


class OwnPlace(Refusal):
    """You cannot decide on your own place. Ask a colleague."""


class NotUnderWay(Refusal):
    """Places are completed while the cohort is under way. If it is complete, mark it as under way
    again first.
    """


class NotCompletedYet(Refusal):
    """This person has not completed the cohort, so there is nothing to undo."""


class BelowAttendance(Refusal):
    """Some have attended less than the cohort asks for. Say for each why they complete all the
    same, or leave them out.
    """

    def __init__(self, number: int) -> None:
        who = "One person has" if number == 1 else f"{number} people have"
        super().__init__(
            f"{who} attended less than the cohort asks for. Say for each why they complete all "
            "the same, or leave them out."
        )
