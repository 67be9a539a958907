"""How the register says no. Each docstring is the sentence that people read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cohorts.programme.enums import Mark
from lic_site.common.errors import Refusal


class NotYetHeld(Refusal):
    """The register can be taken from the day of the session."""


class SessionCancelled(Refusal):
    """This session was cancelled, so nobody is expected at it."""


class NotExpected(Refusal):
    """Somebody you marked is not on this register. Look at it again, then save."""


@dataclass(frozen=True)
class Clash:
    """Two people marked one participant differently."""

    enrolment_id: int
    theirs: Mark
    yours: Mark
    by: str
    """The name of whoever saved first; empty once their record is erased."""
    at: datetime


class RegisterChanged(Refusal):
    """Somebody else saved this register meanwhile, and you do not agree about everybody. Choose
    for each, then save again. Nothing you chose is lost.
    """

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__()
        self.clashes = tuple(clashes)


class SessionStarted(Refusal):
    """The session has started, so this can no longer change. Tell whoever leads it."""


class NothingToCatchUp(Refusal):
    """The register does not say that this session was missed, so there is nothing to catch up."""


class AlreadyCaughtUp(Refusal):
    """It is recorded already that this session was caught up on."""


class OwnCatchUp(Refusal):
    """You cannot confirm that you caught up yourself. Ask a colleague."""


class WordsMissing(Refusal):
    """Say in one line how you caught up."""

    field = "words"


class NotTakingPart(Refusal):
    """This person no longer takes part in the cohort."""
