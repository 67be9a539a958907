"""What a page carries to the next one, sealed: nothing of it is stored here, in a row, a session or
a cookie, and it can be neither read nor changed on the way.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken

from lic_site.common.fields import cipher


def seal(purpose: str, value: dict[str, Any]) -> str:
    """Text for a hidden field."""
    return cipher().encrypt(json.dumps([purpose, value]).encode()).decode()


def unseal(purpose: str, text: str) -> dict[str, Any] | None:
    """What was sealed for this purpose, or None."""
    try:
        sealed_for, value = json.loads(cipher().decrypt(text.encode("utf-8", "replace")))
    except InvalidToken:
        return None
    return value if sealed_for == purpose else None
