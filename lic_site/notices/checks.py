"""Every kind of message fits the protocol and has its words."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.module_loading import import_string

from lic_site.notices.enums import Category
from lic_site.notices.renderer import PARTS

SAYS = ("name", "title", "category")
ANSWERS = ("anchor", "is_wanted", "context", "sample", "due")


@register()
def every_kind_is_whole(**_: Any) -> list[Error]:
    """Errors ``notices.E001`` to ``E004``."""
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
    return [
        Error(f"{kind.name} has no words: {template} is missing.", obj=kind, id="notices.E004")
        for template in (f"emails/{kind.name}/{part}" for part in PARTS)
        if not _exists(template)
    ]


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
