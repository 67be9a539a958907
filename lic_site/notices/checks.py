"""Every kind of message fits the protocol and has its words; every source of dates is there."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.utils.module_loading import import_string

from lic_site.notices import wording
from lic_site.notices.enums import Category
from lic_site.notices.texts import default_words, names_of

SAYS = ("name", "title", "category")
ANSWERS = ("anchor", "is_wanted", "context", "sample", "due")


@register()
def every_kind_is_whole(**_: Any) -> list[Error]:
    """Errors ``notices.E001`` to ``E005``."""
    errors: list[Error] = []
    seen: set[str] = set()
    for path in settings.NOTICE_KINDS:
        try:
            found = import_string(path)
        except ImportError as error:
            errors.append(Error(f"NOTICE_KINDS: {path}: {error}", id="notices.E001"))
            continue
        for kind in found:
            errors += _faults(kind, seen)
            seen.add(getattr(kind, "name", ""))
    return errors


def _faults(kind: Any, seen: set[str]) -> list[Error]:
    missing = [name for name in SAYS if not getattr(kind, name, "")]
    missing += [name for name in ANSWERS if not callable(getattr(kind, name, None))]
    if missing or kind.category not in Category.values:
        what = ", ".join(missing) or "a category of the enumeration"
        return [Error(f"{type(kind).__name__} lacks {what}.", obj=kind, id="notices.E002")]
    if kind.name in seen:
        return [Error(f"Two kinds are called {kind.name}.", obj=kind, id="notices.E003")]
    days = getattr(kind, "reminder_days", ())
    if days and not (kind.anchor_title and kind.audience_title):
        words = f"{kind.name} is sent by the clock and does not say from what, and to whom."
        return [Error(words, obj=kind, id="notices.E005")]
    return [
        Error(f"The words of {kind.name}: {fault}", obj=kind, id="notices.E004")
        for fault in _faults_of_words(kind)
    ]


def _faults_of_words(kind: Any) -> list[str]:
    try:
        words = default_words(kind)
    except TemplateDoesNotExist as missing:
        return [f"{missing} is missing."]
    return wording.check(words, names=names_of(kind))


@register()
def every_source_of_dates_is_there(**_: Any) -> list[Error]:
    """Errors ``notices.E006``."""
    errors: list[Error] = []
    for path in settings.CALENDAR_SOURCES:
        try:
            found = import_string(path)
        except ImportError as error:
            errors.append(Error(f"CALENDAR_SOURCES: {path}: {error}", id="notices.E006"))
            continue
        errors += [
            Error(
                f"CALENDAR_SOURCES: {path} holds {source!r}, which is no source.", id="notices.E006"
            )
            for source in found
            if not callable(source)
        ]
    return errors
