"""What allauth tells us: who signed in, and which addresses they have confirmed."""

from typing import Any

from allauth.account import signals
from django.utils import timezone

from lic_site.accounts.models import User
from lic_site.accounts.services.people import claim_person, follow_addresses


def listen() -> None:
    """Connect to allauth's signals, once."""
    signals.user_logged_in.connect(on_sign_in, dispatch_uid="accounts.sign_in")
    signals.email_confirmed.connect(on_confirmed, dispatch_uid="accounts.confirmed")
    signals.email_changed.connect(on_change, dispatch_uid="accounts.changed")
    signals.email_removed.connect(on_change, dispatch_uid="accounts.removed")


def on_sign_in(user: User, **_: Any) -> None:
    claim_person(user=user, at=timezone.now())


def on_confirmed(email_address: Any, **_: Any) -> None:
    claim_person(user=email_address.user, at=timezone.now())


def on_change(user: User, **_: Any) -> None:
    follow_addresses(user=user, at=timezone.now())
