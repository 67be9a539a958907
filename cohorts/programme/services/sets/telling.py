"""Telling the members of a set that was named, and its facilitator, what changed for them."""

from collections.abc import Iterable
from datetime import datetime

from cohorts.programme.models import Enrolment, LearningSet
from lic_site.notices.services import send


def tell_changed(members: Iterable[Enrolment], *, at: datetime) -> None:
    """Each is written to about their set as it is now. Wants ``person`` joined."""
    for each in members:
        send(
            "programme.set_changed",
            to=each.person,
            about=each,
            at=at,
            key=at.isoformat(timespec="seconds"),
        )


def tell_named(members: Iterable[Enrolment], *, at: datetime) -> None:
    """Each is written to once, however often sets are named."""
    for each in members:
        send("programme.set_named", to=each.person, about=each, at=at)


def tell_moved(enrolment: Enrolment, *, told: bool, at: datetime) -> None:
    """Whoever came into a named set: a change if they had been told of another, else its name."""
    if told:
        tell_changed([enrolment], at=at)
    else:
        tell_named([enrolment], at=at)


def tell_facilitator(learning_set: LearningSet, *, at: datetime) -> None:
    """Whoever facilitates a named set from now on, if anybody does."""
    if learning_set.facilitator is not None and learning_set.named_at is not None:
        send(
            "programme.set_given",
            to=learning_set.facilitator,
            about=learning_set,
            at=at,
            key=at.isoformat(timespec="seconds"),
        )
