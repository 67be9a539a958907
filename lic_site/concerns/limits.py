"""How often one address may send, or try a wrong code, within a day.

Counted by ourselves, and coarsely: what is kept is a number for a day, under a name made of the
address with a secret. It holds no address and no time of day, so that it cannot be laid beside a
session or a line of the log. A council sits behind one address: the numbers are generous.
"""

import hashlib
import hmac
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


class Limit(Enum):
    """What is counted, and how often it may be done in a day."""

    SENT = 50
    WRONG_CODE = 100
    ADDED = 200


def is_over(limit: Limit, request: HttpRequest, *, at: datetime) -> bool:
    """Whether this address has had its share today."""
    return int(cache.get(_key(limit, request, at.date()), 0)) >= limit.value


def count(limit: Limit, request: HttpRequest, *, at: datetime) -> None:
    """One more. Gone at midnight (UTC)."""
    key = _key(limit, request, at.date())
    midnight = datetime.combine(at.date() + timedelta(days=1), time(), UTC)
    cache.set(key, int(cache.get(key, 0)) + 1, int((midnight - at).total_seconds()) + 1)


def _key(limit: Limit, request: HttpRequest, day: date) -> str:
    address = get_adapter(request).get_client_ip(request)
    said = f"{limit.name} {day:%Y%m%d} {address}".encode()
    return f"limit:{hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()}"
