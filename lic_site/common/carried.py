"""What a page carries to the next one, sealed: nothing of it is stored here, in a row, a session or
a cookie, and it can be neither read nor changed on the way. It tells no time.
"""

import json
from typing import Any

from cryptography.fernet import InvalidToken

from lic_site.common.fields import NO_TIME, cipher


def seal(purpose: str, value: dict[str, Any]) -> str:
    """Text for a hidden field."""
    plain = json.dumps([purpose, value], ensure_ascii=False).encode("utf-8", "replace")
    return cipher().encrypt_at_time(plain, NO_TIME).decode()


def unseal(purpose: str, text: str) -> dict[str, Any] | None:
    """What was sealed for this purpose, or None."""
    try:
        sealed_for, value = json.loads(cipher().decrypt(text.encode("utf-8", "replace")))
    except InvalidToken:
        return None
    return value if sealed_for == purpose else None
