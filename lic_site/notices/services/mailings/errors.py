from collections.abc import Collection

from lic_site.common.errors import Refusal


class NotADraft(Refusal):
    """This mailing has been confirmed, so it cannot be changed. Copy it to write another."""


class Changed(Refusal):
    """This mailing was changed since you opened it, perhaps in another tab. Compare before you
    save again: what you typed is kept below.
    """


class NobodyChosen(Refusal):
    """Nobody fits these choices now, so there is nobody to write to. Change the choices."""


class UnfitWords(Refusal):
    """The words cannot be sent as they are. ``faults`` say what stands in the way."""

    def __init__(self, faults: Collection[str]) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


class WrongPage(Refusal):
    field = "path"


class NotAsShown(Refusal):
    """The words or choices were changed since you looked, so nothing was sent. Look through this
    page again, then send.
    """


class PeopleChanged(Refusal):
    """The people are not those you were shown, so nothing was sent."""

    def __init__(self, *, joined: Collection[int], left: Collection[int]) -> None:
        super().__init__()
        self.joined = sorted(joined)
        self.left = sorted(left)


class ManyPeople(Refusal):
    """Tick the box that says how many people this goes to."""

    field = "sure"


class TooLate(Refusal):
    """The day until which this is of use has passed. Choose a later day first."""


class NotGoing(Refusal):
    """This mailing is not going out, so there is nothing to stop."""


class NotStopped(Refusal):
    """This mailing is not stopped."""


class NotTested(Refusal):
    """The test could not be sent."""
