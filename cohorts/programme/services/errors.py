"""How the programme's verbs say no. Each docstring is the sentence that people read."""

from lic_site.common.errors import Refusal


class AlreadyDecided(Refusal):
    """Somebody has already decided on this application. Look at it again before you decide."""


class NoPlaceLeft(Refusal):
    """Every place is taken or on offer. Add places, take back an offer, or use the waiting list."""


class PlacesStillFree(Refusal):
    """There are still free places. Offer them first: people wait only when every place is taken."""


class NotChoosing(Refusal):
    """Decisions are made after applications close. Close applications first."""


class CohortStarted(Refusal):
    """The cohort has started, so no more places can be offered in it."""


class OwnApplication(Refusal):
    """You cannot decide on your own application. Ask a colleague."""


class OfferLapsed(Refusal):
    """This offer lapsed because its deadline passed. Write to us if you still want the place."""


class OfferAnswered(Refusal):
    """This offer was already answered, or was taken back. Your application says where it is."""


class NotCommitted(Refusal):
    """Confirm that you can come on every date before you accept the place."""


class ReasonMissing(Refusal):
    """Give a reason. It is kept with the decision and seen by Staff College alone."""


class FeedbackMissing(Refusal):
    """Write feedback for each person who is not offered a place this time."""
