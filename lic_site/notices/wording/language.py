"""A text taken apart: its subject, its body and why somebody receives it, each as pieces of words
and values; and the paragraphs, lists, cards and button that the pieces make.

Values never take part in that: whatever they hold, they stay words.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

_TAG = re.compile(r"\{([^{}\n]*)\}")
_NAME = r"[A-Za-z][A-Za-z0-9_]*"
_VALUE = re.compile(
    rf"(?P<name>{_NAME})\s*(?::\s*(?P<form>\w*)|\|(?P<one>[^|]*)\|(?P<many>[^|]*))?"
)
_SUBJECT = re.compile(r"subject:(.*)", re.IGNORECASE)
_BUTTON = re.compile(r"\[([^\[\]]*\S[^\[\]]*)\]")
_STRAY = re.compile(r"[{}]")
_UNSHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


class Part(StrEnum):
    """Where a fault lies, for a form that asks for each part by itself."""

    SUBJECT = "subject"
    BODY = "body"
    BUTTON = "button"
    WHY = "why"


class Fault(NamedTuple):
    part: Part
    sentence: str
    """What is wrong and how to put it right."""


class Unreadable(ValueError):
    """The text is not of the language; ``faults`` say why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Value:
    """``{name}``, ``{name:day}`` or ``{name|one|many}``."""

    name: str
    form: str = ""
    forms: tuple[str, str] | None = None
    """What is counted: the word for one and the word for more."""
    tag: str = ""
    """As it was written."""


@dataclass(frozen=True)
class Piece:
    """Words or a value, which stand there if the value ``needs`` is there, or is not."""

    words: str | Value
    needs: str = ""
    wants: bool = True


type Line = tuple[str | Value, ...]


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    LIST = "list"
    HEADING = "heading"
    BUTTON = "button"
    CARD = "card"


@dataclass(frozen=True)
class Shape:
    """One block before its values are filled in. A list has a line for each item."""

    kind: BlockKind
    lines: tuple[Line, ...]


@dataclass
class Text:
    """A text taken apart. With ``faults`` it is not one that can be filled in."""

    subject: tuple[Piece, ...] = ()
    body: tuple[Piece, ...] = ()
    why: tuple[Piece, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    conditions: tuple[str, ...] = ()
    """The names that ``{if …}`` asks for, each once."""


@lru_cache(maxsize=1024)
def parse(source: str) -> Text:
    """The text taken apart; what is wrong with it stands in ``faults``."""
    text = Text()
    lines = source.replace("\r\n", "\n").strip().split("\n")
    if _UNSHOWN.search("\n".join(lines)):
        text.faults.append(
            Fault(Part.BODY, "There is a character that cannot be shown. Type the text by hand.")
        )
    subject = _SUBJECT.fullmatch(lines[0])
    if subject is None or not subject[1].strip():
        text.faults.append(
            Fault(Part.SUBJECT, "Begin with the subject, on a line like ‘Subject: A date for you’.")
        )
    marks = [number for number, line in enumerate(lines) if line.rstrip() == "--"]
    if len(marks) > 1:
        text.faults.append(
            Fault(
                Part.WHY, "There are several lines ‘--’. Keep the one before why they receive it."
            )
        )
    until = marks[0] if marks else len(lines)
    body = lines[0 if subject is None else 1 : until]
    parts = {
        Part.SUBJECT: subject[1].strip() if subject else "",
        Part.BODY: "\n".join(body),
        Part.WHY: "\n".join(lines[until + 1 :]).strip(),
    }
    read: dict[Part, tuple[Piece, ...]] = {}
    for part, words in parts.items():
        sentences: list[str] = []
        read[part] = _pieces(words, sentences)
        text.faults += [Fault(part, sentence) for sentence in sentences]
    text.subject, text.body, text.why = read[Part.SUBJECT], read[Part.BODY], read[Part.WHY]
    asked = (piece.needs for part in (text.body, text.why) for piece in part if piece.needs)
    text.conditions = tuple(dict.fromkeys(asked))
    return text


def _pieces(part: str, faults: list[str]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    needs, wants, place = "", True, 0
    for tag in _TAG.finditer(part):
        found.append(Piece(part[place : tag.start()], needs, wants))
        place = tag.end()
        word, _, rest = tag[1].strip().partition(" ")
        if word == "if":
            name = rest.strip()
            if needs:
                faults.append(
                    f"{tag[0]} begins inside another {{if …}}. Close that one with {{end}} first."
                )
            if not re.fullmatch(_NAME, name):
                faults.append(f"{tag[0]} must ask for one name, as in {{if place}}.")
            needs, wants = name or "?", True
        elif word in {"else", "end"} and not rest:
            if not needs or (word == "else" and not wants):
                faults.append(f"{tag[0]} has no {{if …}} that it belongs to. Take it out.")
            needs, wants = (needs, False) if word == "else" else ("", True)
        else:
            value = _value(tag, faults)
            if value is not None:
                found.append(Piece(value, needs, wants))
    found.append(Piece(part[place:], needs, wants))
    if needs:
        faults.append(f"{{if {needs}}} is not closed. Write {{end}} where it stops.")
    if any(isinstance(each.words, str) and _STRAY.search(each.words) for each in found):
        faults.append("A { or } stands alone. Curly brackets go around a name, as in {given_name}.")
    return tuple(piece for piece in found if piece.words)


def _value(tag: re.Match[str], faults: list[str]) -> Value | None:
    read = _VALUE.fullmatch(tag[1].strip())
    if read is None or read["form"] not in {None, "day"}:
        faults.append(
            f"{tag[0]} is not understood. Write a name, as in {{given_name}}, "
            "{starts_at:day} or {count|person|people}."
        )
        return None
    forms = None if read["one"] is None else (read["one"].strip(), read["many"].strip())
    return Value(read["name"], read["form"] or "", forms, tag[0])


@lru_cache(maxsize=4096)
def shapes(source: str, truths: tuple[bool, ...]) -> tuple[tuple[Shape, ...], tuple[Line, ...]]:
    """The blocks of the body and the lines of why, where each of the text's ``conditions`` holds or
    not, in that order. Raises Unreadable.
    """
    text = parse(source)
    if text.faults:
        raise Unreadable(tuple(text.faults))
    holds = dict(zip(text.conditions, truths, strict=True))
    why = tuple(line for line in _lines(text.why, holds) if line)
    return _blocks(_lines(text.body, holds)), why


def _lines(pieces: tuple[Piece, ...], holds: dict[str, bool]) -> list[Line]:
    """The pieces that stand there, by line; one without words is empty."""
    lines: list[list[str | Value]] = [[]]
    for piece in pieces:
        if piece.needs and holds[piece.needs] != piece.wants:
            continue
        if isinstance(piece.words, Value):
            lines[-1].append(piece.words)
            continue
        first, *others = piece.words.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return [_trimmed(line) for line in lines]


def _trimmed(line: list[str | Value]) -> Line:
    """Words beside each other as one, without space at either end."""
    joined: list[str | Value] = []
    for are_words, group in groupby(line, key=lambda each: isinstance(each, str)):
        each = list(group)
        joined += ["".join(str(words) for words in each)] if are_words else each
    if joined and isinstance(joined[0], str):
        joined[0] = joined[0].lstrip()
    if joined and isinstance(joined[-1], str):
        joined[-1] = joined[-1].rstrip()
    return tuple(each for each in joined if each)


def _blocks(lines: list[Line]) -> tuple[Shape, ...]:
    found: list[tuple[BlockKind, list[Line]]] = []
    goes_on = False
    for line in lines:
        kind, content = _read(line)
        if not line:
            goes_on = False
        elif found and kind == found[-1][0] and _joins(kind, goes_on=goes_on):
            found[-1][1].append(content)
        else:
            found.append((kind, [content]))
            goes_on = True
    return tuple(Shape(kind, tuple(content)) for kind, content in found)


def _joins(kind: BlockKind, *, goes_on: bool) -> bool:
    """Items make one list, with or without blank lines between them."""
    return kind == BlockKind.LIST or (kind == BlockKind.PARAGRAPH and goes_on)


def _read(line: Line) -> tuple[BlockKind, Line]:
    """What a line is, and what it holds without its mark."""
    first = line[0] if line else ""
    if not isinstance(first, str):
        return BlockKind.PARAGRAPH, line
    button = _BUTTON.fullmatch(first)
    if button is not None and len(line) == 1:
        return BlockKind.BUTTON, (button[1].strip(),)
    for mark, kind in (("-", BlockKind.LIST), ("#", BlockKind.HEADING)):
        if first.startswith(f"{mark} "):
            rest = first[2:].lstrip()
            return kind, ((rest, *line[1:]) if rest else line[1:])
    return BlockKind.PARAGRAPH, line


class Parts(NamedTuple):
    """A text as a form asks for it. The button is its words alone, and stands below the body."""

    subject: str
    body: str
    button: str
    why: str


def together(*, subject: str, body: str, why: str, button: str = "") -> str:
    """One source of words that were written apart; without ``button`` the body holds it."""
    lines = [f"Subject: {' '.join(subject.split())}", body.strip()]
    lines += [f"[{button.strip()}]"] if button.strip() else []
    return "\n\n".join([*lines, f"--\n{why.strip()}\n"])


def apart(source: str) -> Parts:
    """The parts of a text that has all of them; a button that is not below the body stays in it."""
    head, _, rest = source.replace("\r\n", "\n").strip().partition("\n")
    body, _, why = rest.partition("\n--\n")
    above, _, last = body.rstrip().rpartition("\n")
    button = _BUTTON.fullmatch(last.strip())
    return Parts(
        subject=head.partition(":")[2].strip(),
        body=(body if button is None else above).strip(),
        button="" if button is None else button[1].strip(),
        why=why.strip(),
    )
