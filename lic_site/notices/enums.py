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
    BUNDLED = "bundled", "Goes in a daily digest"


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
            State.BUNDLED,
        }
    ),
    State.BUNDLED: frozenset(
        {State.SENT, State.PENDING, State.FAILED, State.EXPIRED, State.CANCELLED, State.PARKED}
    ),
    State.PARKED: frozenset({State.PENDING, State.CANCELLED, State.EXPIRED}),
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
    SET_ASIDE = "set_aside", "The person’s address sends messages back"
    RESTORED = "restored", "It fell due since the backup that was restored: it may have gone out"
    TOO_MANY = "too_many", "The rule would write to more people at once than is let through"
    STOPPED = "stopped", "Staff stopped the mailing it belongs to"
    HELD = "held", "Held by staff"
    RULE_OFF = "rule_off", "Its rule was turned off or changed"


class Category(models.TextChoices):
    """What a person can choose an address for, and whether they can turn it off."""

    ESSENTIAL = "essential", "Things you need to do or know"
    OPTIONAL = "optional", "News and invitations"


class Pace(models.TextChoices):
    """How soon a kind of message goes."""

    NOW = "now", "At once, also in quiet hours"
    """An answer to what somebody just did, or something that cannot wait."""
    SOON = "soon", "As soon as quiet hours are over"
    CAN_WAIT = "can_wait", "With the day’s other messages, for those who chose that"


class MailingState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENDING = "sending", "Going out"
    STOPPED = "stopped", "Stopped"
    DONE = "done", "Sent"


class Delivery(models.TextChoices):
    """What a mail provider tells of a message."""

    DELIVERED = "delivered", "Delivered"
    DEFERRED = "deferred", "Delayed"
    BOUNCED = "bounced", "Sent back"
    REJECTED = "rejected", "Not accepted"
    COMPLAINED = "complained", "Marked as junk"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"


FAILURES = frozenset({Delivery.BOUNCED, Delivery.REJECTED, Delivery.COMPLAINED})
"""What is told of a message that was sent and did not arrive, or was not wanted."""
CAME_BACK = "came_back"
"""Stands beside the states where staff narrow their list: sent, and then one of these."""
