"""What other apps tell of messages fits: every kind has its words, every group of people its
choices, every source of dates can be asked.
"""

from typing import Any

from django import forms
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist

from lic_site.common import listed
from lic_site.notices import wording
from lic_site.notices.enums import Category
from lic_site.notices.texts import default_words, names_of

KIND_SAYS = ("name", "title", "category")
KIND_ANSWERS = ("anchor", "is_wanted", "context", "sample", "due")
SEGMENT_SAYS = ("name", "title", "why")
SEGMENT_ANSWERS = ("fields", "people", "told", "words", "shows_names")


@register()
def every_kind_is_whole(**_: Any) -> list[CheckMessage]:
    """Errors ``notices.E001`` to ``E005``."""
    return listed.check_named(
        "NOTICE_KINDS",
        ids=("notices.E001", "notices.E002", "notices.E003"),
        lacks=_lacks_as_kind,
        further=_faults_of_kind,
    )


def _lacks_as_kind(kind: Any) -> list[str]:
    without = listed.lacking(kind, says=KIND_SAYS, answers=KIND_ANSWERS)
    if without or kind.category in Category.values:
        return without
    return ["a category of the enumeration"]


def _faults_of_kind(kind: Any) -> list[CheckMessage]:
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
def every_source_of_dates_is_there(**_: Any) -> list[CheckMessage]:
    """Errors ``notices.E006``."""
    sources, errors = listed.found("CALENDAR_SOURCES", missing="notices.E006")
    return errors + [
        Error(f"CALENDAR_SOURCES lists {source!r}, which is no source.", id="notices.E006")
        for source in sources
        if not callable(source)
    ]


@register()
def every_segment_is_whole(**_: Any) -> list[CheckMessage]:
    """Errors ``notices.E011`` to ``E014``."""
    return listed.check_named(
        "NOTICE_SEGMENTS",
        ids=("notices.E011", "notices.E012", "notices.E013"),
        lacks=lambda each: listed.lacking(each, says=SEGMENT_SAYS, answers=SEGMENT_ANSWERS),
        further=_faults_of_segment,
    )


def _faults_of_segment(segment: Any) -> list[CheckMessage]:
    odd = [name for name, each in segment.fields().items() if not isinstance(each, forms.Field)]
    said = [f"{name} is no form field." for name in odd]
    reason = wording.together(subject="News", body="Hello.\n\n[See it]", why=segment.why)
    said += wording.check(reason, names={})
    return [
        Error(f"The segment {segment.name}: {each}", obj=segment, id="notices.E014")
        for each in said
    ]
