"""The secret with which somebody who gave no name comes back, and the numbers of records.

No letter or figure in a code is easily taken for another, and none spells a word. 28 signs and 16
places make some 77 bits: what the database keeps of it (SHA-256) opens nothing.
"""

import hashlib
import re
import secrets

SIGNS = "23456789BCDFGHJKLMNPQRSTVWXZ"
GROUPS, IN_GROUP = 4, 4
_SEPARATORS = re.compile(r"[\s\-–—_.]+")


def new_code() -> str:
    """Such as ``K7QM-3XTF-9BRP-W2HD``."""
    return "-".join(_signs(IN_GROUP) for _ in range(GROUPS))


def new_reference() -> str:
    """What a concern is called, by its readers and whoever raised it: ``R7QM-3XTF``."""
    return f"{_signs(4)}-{_signs(4)}"


def new_id() -> int:
    """A random primary key, which tells nothing of when, and fits every database and browser."""
    return secrets.randbelow(2**53 - 1) + 1


def digest(code: str) -> str:
    """What is kept of a code, however it was typed: any case, with or without separators."""
    plain = _SEPARATORS.sub("", code).upper()
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def _signs(number: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(number))
