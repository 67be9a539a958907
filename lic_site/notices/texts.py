"""Which words go out for a kind of message: the product's own, or the office's where it has
published some that can be sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import get_template

from lic_site.common.remembered import remembered
from lic_site.notices import wording
from lic_site.notices.models import MessageText
from lic_site.notices.protocol import NoticeKind, kinds


def words_of(kind: NoticeKind) -> str:
    """The words that go out now. Every process knows of a change within a second of it."""
    return _published().get(kind.name) or default_words(kind)


def default_words(kind: NoticeKind) -> str:
    """The words that the product comes with. Raises TemplateDoesNotExist."""
    template = get_template(f"emails/{kind.name}.txt").template  # type: ignore[attr-defined]
    return str(template.source)


def names_of(kind: NoticeKind) -> dict[str, wording.Sort]:
    """The names that the words of this kind may fill in, with what each stands for."""
    return wording.sorts([kind.sample()])


def samples_of(kind: NoticeKind) -> dict[str, wording.Sample]:
    """Made-up values to try words with. What the product's words ask for with ``{if …}`` is what
    may be missing.
    """
    may_be_empty = wording.parse(default_words(kind)).conditions
    return wording.varied(kind.sample(), may_be_empty=may_be_empty)


def editable_kinds() -> dict[str, NoticeKind]:
    """The kinds whose words are the kind's and not each record's own."""
    return {name: kind for name, kind in kinds().items() if not kind.is_written_each_time}


@dataclass(frozen=True)
class Standing:
    """Whose words go out for a kind, and why."""

    text: MessageText | None
    is_edited: bool
    """The office's words go out."""
    faults: tuple[str, ...] = ()
    """Why the office's words do not go out although they are published."""


def standings() -> dict[str, Standing]:
    """By kind. One query."""
    held = MessageText.objects.in_bulk(field_name="kind")
    return {name: standing(kind, held.get(name)) for name, kind in editable_kinds().items()}


def standing(kind: NoticeKind, text: MessageText | None) -> Standing:
    if text is None or not text.live:
        return Standing(text, is_edited=False)
    faults = tuple(wording.check(text.source, names=names_of(kind)))
    return Standing(text, is_edited=not faults, faults=faults)


def _published() -> Mapping[str, str]:
    return remembered("notices.texts", _read)


def _read() -> dict[str, str]:
    """The live texts that pass: a release may have changed what can be filled in."""
    known = kinds()
    return {
        text.kind: text.source
        for text in MessageText.objects.filter(live=True)
        if text.kind in known and standing(known[text.kind], text).is_edited
    }
