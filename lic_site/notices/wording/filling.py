"""One message's values filled into a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from lic_site.common import dates
from lic_site.notices.wording.language import (
    BlockKind,
    Shape,
    Unreadable,
    Value,
    parse,
    shapes,
)
from lic_site.notices.wording.values import Card, is_there, said


@dataclass(frozen=True)
class Block:
    """A block as plain values, the same for both versions of a message. No line is empty."""

    kind: BlockKind
    lines: tuple[str, ...]
    """A paragraph's or a card's lines, a list's items; one for a heading or a button."""
    link: str = ""
    """Where a button leads, and a card that leads somewhere."""

    def __str__(self) -> str:
        """In one line, for whoever writes a text."""
        return ", ".join(self.lines)

    @property
    def plain(self) -> str:
        """As it reads without marks: an address stands under the words that lead there."""
        if self.kind == BlockKind.LIST:
            return "\n".join(f"- {line}" for line in self.lines)
        words = "\n".join(self.lines)
        if not self.link:
            return words
        return (
            f"{words}:\n{self.link}" if self.kind == BlockKind.BUTTON else f"{words}\n{self.link}"
        )


@dataclass(frozen=True)
class Filled:
    subject: str
    blocks: tuple[Block, ...]
    why: str


def fill(source: str, context: Mapping[str, Any]) -> Filled:
    """The text with these values. The button leads to the context's ``link``.

    Raises Unreadable where the text is not of the language, KeyError where the context lacks a
    name. A text that ``check`` found nothing against raises neither for a context of its names.
    """
    text = parse(source)
    if text.faults:
        raise Unreadable(tuple(text.faults))
    truths = tuple(is_there(context[name]) for name in text.conditions)
    body, why = shapes(source, truths)
    return Filled(
        subject=" ".join(_joined((piece.words for piece in text.subject), context).split()),
        blocks=tuple(block for shape in body for block in _blocks(shape, context)),
        why="\n".join(line for each in why for line in _split(_joined(each, context))),
    )


def _blocks(shape: Shape, context: Mapping[str, Any]) -> Iterator[Block]:
    """The block; none when nothing is left of it, several where one value stands for several."""
    value = standing_alone(shape)
    if shape.kind == BlockKind.BUTTON:
        yield Block(shape.kind, (str(shape.lines[0][0]),), str(context["link"]))
    elif value is not None and (cards := _cards(context[value.name])):
        for card in cards:
            yield Block(BlockKind.CARD, tuple(_split("\n".join(card.lines))), card.link)
    elif value is not None and (ready := _ready_made(context[value.name])):
        yield from ready
    elif value is not None:
        yield from _paragraphs(_read(value, context))
    else:
        read = [_split(_joined(line, context)) for line in shape.lines]
        if shape.kind == BlockKind.PARAGRAPH:
            lines = tuple(line for each in read for line in each)
        else:
            lines = tuple(" ".join(each) for each in read if each)
        if lines:
            yield Block(shape.kind, lines)


def standing_alone(shape: Shape) -> Value | None:
    """The value that makes a paragraph by itself."""
    if shape.kind != BlockKind.PARAGRAPH or len(shape.lines) > 1 or len(shape.lines[0]) > 1:
        return None
    only = shape.lines[0][0]
    return only if isinstance(only, Value) else None


def _cards(held: Any) -> list[Card]:
    each = held if isinstance(held, list | tuple) else [held]
    return [card for card in each if isinstance(card, Card) and card]


def _ready_made(held: Any) -> list[Block]:
    """Blocks of other messages, which stand here as they are."""
    each = held if isinstance(held, list | tuple) else ()
    return [block for block in each if isinstance(block, Block)]


def _paragraphs(words: str) -> Iterator[Block]:
    """Long words with the paragraphs and lines they were written in."""
    lines = (line.strip() for line in words.splitlines())
    for has_words, paragraph in groupby(lines, key=bool):
        if has_words:
            yield Block(BlockKind.PARAGRAPH, tuple(paragraph))


def _joined(line: Iterable[str | Value], context: Mapping[str, Any]) -> str:
    return "".join(piece if isinstance(piece, str) else _read(piece, context) for piece in line)


def _split(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _read(value: Value, context: Mapping[str, Any]) -> str:
    held = context[value.name]
    if value.forms is not None:
        one, many = value.forms
        return f"{said(held)} {one if held == 1 else many}"
    if value.form and isinstance(held, date):
        return dates.day(held)
    return said(held)
