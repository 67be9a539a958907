"""What a concern can come from fits the protocol."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string


@register()
def subjects_fit(**_: Any) -> list[CheckMessage]:
    """Errors ``concerns.E001`` to ``E003``."""
    errors: list[CheckMessage] = []
    seen: set[str] = set()
    for path in settings.CONCERN_SUBJECTS:
        try:
            found = import_string(path)
        except ImportError as error:
            errors.append(Error(f"CONCERN_SUBJECTS: {path}: {error}", id="concerns.E001"))
            continue
        for subject in found:
            errors += _faults(subject, seen)
            seen.add(str(getattr(subject, "name", "")))
    return errors


def _faults(subject: object, seen: set[str]) -> list[CheckMessage]:
    name, what = str(getattr(subject, "name", "")), type(subject).__name__
    missing = [] if name.isalpha() else ["a name of letters"]
    missing += [
        each for each in ("find", "concerned") if not callable(getattr(subject, each, None))
    ]
    if missing:
        lacks = f"CONCERN_SUBJECTS: {what} lacks {', '.join(missing)}."
        return [Error(lacks, id="concerns.E002")]
    if name in seen:
        return [Error(f"CONCERN_SUBJECTS: two are called {name}.", id="concerns.E003")]
    return []
