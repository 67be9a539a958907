"""What the demonstration keeps beside its database: the password, the same at every start."""

import json
import secrets
from pathlib import Path

from django.conf import settings

WORDS = ("amber", "bridge", "cedar", "drum", "ember", "fable", "garden", "harbour", "indigo")


def path() -> Path:
    return Path(settings.VAR_DIR) / "demo.json"


def password() -> str:
    """The password that was kept, or a new one where none was."""
    try:
        return str(json.loads(path().read_text())["password"])
    except (OSError, ValueError, KeyError):
        words = [secrets.choice(WORDS) for _ in range(3)]
        made = f"{'-'.join(words)}-{secrets.randbelow(9000) + 1000}"
        path().parent.mkdir(parents=True, exist_ok=True)
        path().write_text(json.dumps({"password": made}))
        path().chmod(0o600)
        return made
