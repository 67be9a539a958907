"""System checks: what settings list by dotted path is there, and fits its protocol. (Kinds of
message are checked where they are rendered.)
"""

import inspect
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from lic_site.common.personal_data import PersonalData


@register()
def listed_paths(**_: Any) -> list[CheckMessage]:
    """Every dotted path in the settings imports, and is what its list is made of."""
    lists: dict[str, Callable[[Any], str]] = {
        "ROLE_SOURCES": lambda found: _faults_of_call(found, ("person", "on")),
        "PERSONAL_DATA": _faults_of_declaration,
        "IMPORTERS": _faults_of_importer,
        "TICKS": lambda found: _faults_of_call(found, ("at",)),
    }
    return [
        Error(f"settings.{name} lists {path}: {fault}", id=f"lic.{name}")
        for name, faults in lists.items()
        for path in getattr(settings, name)
        if (fault := _fault(path, faults))
    ]


def _fault(path: str, faults: Callable[[Any], str]) -> str:
    try:
        found = import_string(path)
    except ImportError as error:
        return f"it cannot be imported ({error})."
    return faults(found)


def _faults_of_declaration(found: Any) -> str:
    return "" if isinstance(found, PersonalData) else "it is no PersonalData."


def _faults_of_importer(found: Any) -> str:
    missing = [
        name for name in ("name", "title", "about", "columns") if not getattr(found, name, "")
    ]
    missing += [name for name in ("plan", "write") if not callable(getattr(found, name, None))]
    return f"it lacks {', '.join(missing)}." if missing else ""


def _faults_of_call(found: Any, takes: tuple[str, ...]) -> str:
    if not callable(found):
        return "it cannot be called."
    try:
        inspect.signature(found).bind(*takes)
    except TypeError:
        return f"it does not take ({', '.join(takes)})."
    return ""
