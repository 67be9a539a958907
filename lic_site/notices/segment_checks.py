"""Every group of people that staff may write to fits the protocol."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.checks import Error, register
from django.utils.module_loading import import_string

from lic_site.notices import wording

SAYS = ("name", "title", "why")
ANSWERS = ("fields", "people", "told", "words", "shows_names")


@register()
def every_segment_is_whole(**_: Any) -> list[Error]:
    """Errors ``notices.E011`` to ``E014``."""
    errors: list[Error] = []
    seen: set[str] = set()
    for path in settings.NOTICE_SEGMENTS:
        try:
            found = import_string(path)
        except ImportError as error:
            errors.append(Error(f"NOTICE_SEGMENTS: {path}: {error}", id="notices.E011"))
            continue
        for segment in found:
            errors += _faults(segment, seen)
            seen.add(getattr(segment, "name", ""))
    return errors


def _faults(segment: Any, seen: set[str]) -> list[Error]:
    missing = [name for name in SAYS if not getattr(segment, name, "")]
    missing += [name for name in ANSWERS if not callable(getattr(segment, name, None))]
    if missing:
        what = ", ".join(missing)
        return [Error(f"{type(segment).__name__} lacks {what}.", obj=segment, id="notices.E012")]
    if segment.name in seen:
        twice = f"Two segments are called {segment.name}."
        return [Error(twice, obj=segment, id="notices.E013")]
    odd = [name for name, each in segment.fields().items() if not isinstance(each, forms.Field)]
    said = [f"{name} is no form field." for name in odd]
    reason = wording.together(subject="News", body="Hello.\n\n[See it]", why=segment.why)
    said += wording.check(reason, names={})
    return [
        Error(f"The segment {segment.name}: {each}", obj=segment, id="notices.E014")
        for each in said
    ]
