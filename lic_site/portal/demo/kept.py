"""What the demonstration keeps beside its database: the password, the same at every start."""

import json
import secrets
from pathlib import Path
from typing import TypedDict

from django.conf import settings

WORDS = ("amber", "bridge", "cedar", "drum", "ember", "fable", "garden", "harbour", "indigo")


class Kept(TypedDict):
    password: str
    addresses: dict[str, str]


def path() -> Path:
    return Path(settings.VAR_DIR) / "demo.json"


def read() -> Kept:
    """What was kept, or a new password where nothing was."""
    try:
        found: Kept = json.loads(path().read_text())
        return {"password": found["password"], "addresses": found["addresses"]}
    except (OSError, ValueError, KeyError):
        words = [secrets.choice(WORDS) for _ in range(3)]
        return {"password": f"{'-'.join(words)}-{secrets.randbelow(9000) + 1000}", "addresses": {}}


def write(kept: Kept) -> None:
    path().parent.mkdir(parents=True, exist_ok=True)
    path().write_text(json.dumps(kept, indent=2))
    path().chmod(0o600)
