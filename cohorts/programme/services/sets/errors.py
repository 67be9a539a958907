"""How the verbs of learning sets say no. Each docstring is the sentence that people read."""

from lic_site.common.errors import Refusal


class CohortOver(Refusal):
    """This cohort is over, so its learning sets can no longer change."""


class NotTakingPart(Refusal):
    """This person no longer takes part in the cohort. Look at the sets again."""


class TheirLineManager(Refusal):
    """These two are in one line of management, so they cannot be in one learning set."""


class KeptApart(Refusal):
    """These two are kept apart. Lift that first, or choose another set."""


class SizeOutside(Refusal):
    """A learning set has five to eight people. Tick ‘Move all the same’ if you mean it."""


class ToldAlready(Refusal):
    """Their set was named to them. Move them to another set instead of taking them out."""


class SetNotEmpty(Refusal):
    """People are in this set. Move them first."""


class SetHasDates(Refusal):
    """This set has dates of its own. Cancel or move them first."""


class NothingToName(Refusal):
    """There is no set with people in it whose members are still to be told."""


class FacilitatorTakesPart(Refusal):
    """This person takes part in the cohort, so they cannot facilitate a set of it."""


class FacilitatorManages(Refusal):
    """This person is in line management with somebody of the set. Choose another facilitator."""


class SamePerson(Refusal):
    """Choose two different people."""


class InOneSet(Refusal):
    """These two are in one set. Move one of them first, then keep them apart."""


class SetsChanged(Refusal):
    """The sets or the people changed while this was worked out. Look at them and start again."""


class SetsImpossible(Refusal):
    """The sets cannot be made by these rules. Lift one of them."""


class NotNamedYet(Refusal):
    """Your learning set is not named yet. You choose what to share once it is."""
