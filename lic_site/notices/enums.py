from django.db import models


class State(models.TextChoices):
    """Where a notice is in its life. ``MOVES`` says which step may follow which."""

    PENDING = "pending", "Waiting"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    EXPIRED = "expired", "Too late to send"
    CANCELLED = "cancelled", "Cancelled"
    PARKED = "parked", "Held for staff"


MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.SENDING, State.EXPIRED, State.CANCELLED, State.PARKED}),
    State.SENDING: frozenset(
        {
            State.SENT,
            State.FAILED,
            State.EXPIRED,
            State.CANCELLED,
            State.PENDING,
            State.PARKED,
        }
    ),
    State.PARKED: frozenset({State.PENDING, State.CANCELLED}),
    State.FAILED: frozenset({State.PENDING, State.CANCELLED}),
    State.CANCELLED: frozenset({State.PENDING}),
    State.SENT: frozenset(),
    State.EXPIRED: frozenset(),
}
"""The whole state machine: from each state, the states that may follow."""

FINISHED = frozenset({State.SENT, State.FAILED, State.EXPIRED, State.CANCELLED})


def sources(target: State) -> list[State]:
    """The states from which ``target`` may be reached."""
    return [state for state, targets in MOVES.items() if target in targets]


class Reason(models.TextChoices):
    """Why a notice was not sent, as staff read it."""

    UNWANTED = "unwanted", "No longer needed when it was about to go"
    GONE = "gone", "What it was about has gone"
    MOVED = "moved", "What it was about has moved to another time"
    ERASED = "erased", "The person’s record was erased"
    TURNED_OFF = "turned_off", "The person turned these messages off"
    WITHDRAWN = "withdrawn", "Called off with what it was about"
    STAFF = "staff", "Cancelled by staff"
    NO_ADDRESS = "no_address", "We hold no e-mail address for the person"
    REFUSED = "refused", "The receiving server refused it for good"
    TRIED_OUT = "tried_out", "It could not be sent in eight tries"
    IN_DOUBT = "in_doubt", "The connection was lost twice: it may have arrived"
    UNKNOWN_KIND = "unknown_kind", "This kind of message no longer exists"


class Category(models.TextChoices):
    """What a person can choose an address for, and whether they can turn it off."""

    ESSENTIAL = "essential", "Things you need to do or know"
    OPTIONAL = "optional", "News and invitations"
