"""How the verbs of needs say no. Each docstring is the sentence that people read."""

from lic_site.common.errors import Refusal


class NotTakingPart(Refusal):
    """This place is no longer held, so there is nothing to arrange for it."""


class NotAsked(Refusal):
    """We do not ask for an emergency contact: this cohort has no nights away."""


class NotComplete(Refusal):
    """Answer each part before you send it. ‘I need nothing’ is an answer too."""


class NothingNeeded(Refusal):
    """Nothing is asked for here, so there is nothing to answer."""


class ToldAlready(Refusal):
    """This person has said what they need, or takes part no longer."""


class ChangedMeanwhile(Refusal):
    """They changed what they need a moment ago. Read it again, then answer."""
