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
    """You cannot decide on your own application, nor who reads it. Ask a colleague."""


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


class NotDraft(Refusal):
    """This cohort is already open. Change its deadlines or places instead."""


class NotOpen(Refusal):
    """Applications to this cohort are not open."""


class LiveOffers(Refusal):
    """Some offers still wait for an answer. Wait, or take them back, before you confirm."""


class Undecided(Refusal):
    """Some applications still wait for a decision. Decide on each before you confirm."""


class DecisionsMade(Refusal):
    """Decisions have been made in this cohort, so applications cannot be opened again."""


class TooFewPlaces(Refusal):
    """More places are taken or on offer than that. Take back an offer first."""


class EligibilityNarrowed(Refusal):
    """People have begun to apply. Grades and boroughs can be added, but not taken away."""


class NamesSettled(Refusal):
    """Reading has begun, so whether readers see names can no longer change."""


class QuestionsLocked(Refusal):
    """People have begun to apply, so the questions can no longer change. They can in a copy."""


class CriteriaLocked(Refusal):
    """Reading has begun, so the criteria can no longer change. They can in a copy of the cohort."""


class DateInPast(Refusal):
    """Applications would close in the past. Choose a later time, or close applications now."""


class ReaderApplied(Refusal):
    """This person applied to this cohort, so they cannot read in it."""


class ReaderWithoutAccount(Refusal):
    """This person has no account. Ask them to make one first, then add them."""


class AlreadyReader(Refusal):
    """This person is already on the panel."""


class ReaderBarred(Refusal):
    """This reader may not read this application."""


class TooManyReaders(Refusal):
    """An application has two readers. Take one off before you add another."""


class ReviewFinished(Refusal):
    """This reading is finished, so it cannot change."""


class ReadingNotNeeded(ReviewFinished):
    """A decision was made on this application, so it need not be read any more. Thank you."""


class NotReadByTwo(Refusal):
    """Some of them have not been read by two people. Tick the box to decide all the same."""


class ScoresMissing(Refusal):
    """Give points for every criterion before you send your scores."""


class ReadingClosed(Refusal):
    """Reading in this cohort is over."""


class NotWanted(Refusal):
    """The applicant did not ask for an adjustment."""


class CohortHasApplications(Refusal):
    """People have begun to apply to this cohort, so it cannot be deleted."""
