"""How the verbs say no."""

from lic_site.common.errors import Refusal


class NoLongerOpen(Refusal):
    """This survey has closed, so it takes no more answers."""


class NotYetOpen(Refusal):
    """This survey is not open yet."""


class AnsweredAlready(Refusal):
    """This survey was answered with your link already. If that was not you, tell the programme
    office: somebody else has your link.
    """


class NotPublished(Refusal):
    """This questionnaire has no published version yet. Publish one first."""


class TooFewToAsk(Refusal):
    """So few people would be asked that their answers would tell who said what. Ask more people,
    or choose a mode in which names are known.
    """


class ChangedMeanwhile(Refusal):
    """Somebody else changed this while you had it open. Look at it as it is now, then change it."""


class NotYours(Refusal):
    """This is not yours to do."""


class NotStaff(Refusal):
    """Only Staff College admins and the programme lead check comments. Choose one of them."""

    field = "person"


class TwoAlready(Refusal):
    """Two people check comments already. End the time of one of them first."""

    field = "person"


class NoCheckerAnyMore(Refusal):
    """Their time has ended already."""


class NothingLeft(Refusal):
    """Nothing is left of the comment. Withhold it instead, if nobody else should read it."""

    field = "text"


class WithheldAlready(Refusal):
    """This comment was withheld and its words are deleted."""


class SameTheme(Refusal):
    """There is a theme of this name already."""

    field = "name"


class NotYetClosed(Refusal):
    """This survey is still open. Wait until it has closed."""


class DraftThere(Refusal):
    """There is a draft of this questionnaire already. Go on with it, or discard it first."""


class NotADraft(Refusal):
    """This was published or discarded meanwhile. Make a new draft to change it."""


class HasFaults(Refusal):
    """It cannot be published yet: put right what is listed on the draft’s page."""


class StillAsked(Refusal):
    """It is still to be asked, so it cannot be retired. Turn its plans off and call off the surveys
    that are planned first.
    """


class QuestionnaireRefused(Refusal):
    """A questionnaire needs a name and a level."""


class SubjectGone(Refusal):
    """What this survey asks about does not take place any more."""


class NotPlannedAnyMore(Refusal):
    """This survey has opened or was called off meanwhile, so this can no longer be changed."""


class TimesDoNotFit(Refusal):
    """The survey closes before it opens, or has closed already: change a date."""
