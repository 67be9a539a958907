"""How the verbs of sessions say no. Each docstring is the sentence that people read."""

from lic_site.common.errors import Refusal


class EndsBeforeItStarts(Refusal):
    """The session ends before it starts: change a time."""

    field = "ends"


class MovedIntoPast(Refusal):
    """That time has passed. Choose a later one."""

    field = "day"


class Begun(Refusal):
    """This session has begun, so it stays where it was. Plan another one instead."""


class Cancelled(Refusal):
    """This session is cancelled. Plan it again as a new session."""


class CohortIsOver(Refusal):
    """This cohort is complete, so its dates no longer change."""


class Told(Refusal):
    """Participants know of this session. Move it or cancel it instead: then they are told."""


class RegisterTaken(Refusal):
    """The register of this session was taken, so it was held. It stays."""


class NotOfThisCohort(Refusal):
    """That learning set or participant belongs to another cohort. Choose again."""

    field = "audience"


class LeadsAlready(Refusal):
    """This person leads the session already."""


class TakesPart(Refusal):
    """This person takes part in the cohort, so they cannot lead in it. Choose somebody else."""
