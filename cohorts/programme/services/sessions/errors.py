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


class SlotTaken(Refusal):
    """Somebody else has just taken this time. Choose another one."""


class TooLateToBook(Refusal):
    """Slots can be booked, changed and given back until 24 hours before they start. Write to the
    programme office about this one.
    """


class NotBookable(Refusal):
    """Coaching can be booked by whoever takes part, while the cohort is confirmed or under way."""


class NotYours(Refusal):
    """You do not hold this slot any more. Look at your coaching again."""


class FileOrLink(Refusal):
    """Choose a file or give a link, not both."""

    field = "file"
