"""What stands in the way of sending a text, said to whoever writes it."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import product

from lic_site.notices.wording.filling import standing_alone
from lic_site.notices.wording.language import (
    BlockKind,
    Fault,
    Line,
    Part,
    Piece,
    Text,
    Value,
    parse,
    shapes,
)
from lic_site.notices.wording.values import Sort

LONGEST_SUBJECT = 78
LONGEST = 10_000
"""Characters: some five pages."""
MOST_CONDITIONS = 6
"""Names that ``{if …}`` may ask for in one text: each doubles what has to be right."""
TELLING = re.compile(
    r"(?i)leadership in colou?r|global majority|ethnic|\bblack\b|\basian\b|minorit|heritage|racis"
)
"""What must not stand on a lock screen."""
_DATES = {Sort.DATE: "30 September 2026", Sort.MOMENT: "30 September 2026 at 12:59pm"}
_LONGEST_DAY = "30 September"


def check(source: str, *, names: Mapping[str, Sort], needs_button: bool = True) -> list[str]:
    """Sentences that each say what is wrong and how to put it right; none if the text can be sent.
    ``names`` are those that may be filled in, each with what it stands for.
    """
    return [fault.sentence for fault in faults(source, names=names, needs_button=needs_button)]


def faults(source: str, *, names: Mapping[str, Sort], needs_button: bool = True) -> list[Fault]:
    """As ``check``, each with the part of the text in which it lies."""
    if len(source) > LONGEST:
        sentence = f"The text has {len(source):,} characters. Shorten it to {LONGEST:,}."
        return [Fault(Part.BODY, sentence)]
    text = parse(source)
    found = [
        *text.faults,
        *(Fault(Part.BODY, sentence) for sentence in _names(text.body, names)),
        *(Fault(Part.WHY, sentence) for sentence in _names(text.why, names)),
        *(Fault(Part.SUBJECT, sentence) for sentence in _subject(text, names)),
    ]
    if not any(_is_something(piece) for piece in text.why):
        why = "Say at the end why they receive it: a line ‘--’, and the reason on the line below."
        found.append(Fault(Part.WHY, why))
    if len(text.conditions) > MOST_CONDITIONS:
        many = (
            f"{{if …}} asks for {len(text.conditions)} different names. "
            f"Keep to {MOST_CONDITIONS}, so that every case can be tried."
        )
        found.append(Fault(Part.BODY, many))
    elif not text.faults:
        found += _blocks(source, text, names, needs_button=needs_button)
    return list(dict.fromkeys(found))


def _is_something(piece: Piece) -> bool:
    return isinstance(piece.words, Value) or bool(piece.words.strip())


def _names(part: tuple[Piece, ...], names: Mapping[str, Sort]) -> Iterator[str]:
    for piece in part:
        if piece.needs and piece.needs not in names:
            yield _unknown(piece.needs, f"{{if {piece.needs}}}", names)
        if isinstance(piece.words, Value):
            yield from _misused(piece.words, names)


def _misused(value: Value, names: Mapping[str, Sort]) -> Iterator[str]:
    tag, sort = value.tag, names.get(value.name)
    if sort is None:
        yield _unknown(value.name, tag, names)
    elif sort == Sort.LINK:
        yield f"{tag} is where the button leads. Write the button instead, as in [See the page]."
    elif sort == Sort.TRUTH:
        yield f"{tag} is only yes or no. Write {{if {value.name}}}…{{else}}…{{end}} around words."
    elif value.form and sort not in _DATES:
        yield f"{tag}: only a date has a day. Write {{{value.name}}}."
    elif value.forms is not None and sort != Sort.NUMBER:
        yield f"{tag}: only a number is counted. Write {{{value.name}}}."
    elif value.forms is not None and not all(value.forms):
        yield f"{tag}: write both words, as in {{{value.name}|person|people}}."


def _unknown(name: str, tag: str, names: Mapping[str, Sort]) -> str:
    close = get_close_matches(name.lower(), names, 1)
    if close:
        return f"{tag}: nothing is called ‘{name}’ here. Did you mean ‘{close[0]}’?"
    known = ", ".join(name for name, sort in names.items() if sort != Sort.LINK)
    return f"{tag}: nothing is called ‘{name}’ here. You can use: {known or 'no names'}."


def _subject(text: Text, names: Mapping[str, Sort]) -> Iterator[str]:
    if any(piece.needs for piece in text.subject):
        yield "The subject must be the same for everybody: take {if …} out of it."
    length = 0
    for piece in text.subject:
        if isinstance(piece.words, str):
            length += len(piece.words)
            continue
        value, sort = piece.words, names.get(piece.words.name)
        if sort is None:
            yield _unknown(value.name, value.tag, names)
        elif sort not in _DATES or value.forms is not None:
            yield (
                f"{value.tag} cannot stand in the subject, which anybody near the screen can read. "
                "Only a date can."
            )
        else:
            length += len(_LONGEST_DAY if value.form else _DATES[sort])
    if length > LONGEST_SUBJECT:
        yield (
            f"The subject can grow to {length} characters. "
            f"Shorten it to {LONGEST_SUBJECT}, so that no mail program cuts it."
        )
    words = (piece.words for piece in text.subject)
    told = TELLING.search(" ".join(each for each in words if isinstance(each, str)))
    if told is not None:
        yield (
            f"The subject says ‘{told[0]}’, which anybody near the screen can read. "
            "Keep it neutral, as in ‘A date in your calendar’."
        )


def _blocks(
    source: str, text: Text, names: Mapping[str, Sort], *, needs_button: bool
) -> Iterator[Fault]:
    """Tried in every case that ``{if …}`` can make."""
    counts: set[int] = set()
    for truths in product((True, False), repeat=len(text.conditions)):
        body, why = shapes(source, truths)
        counts.add(sum(shape.kind == BlockKind.BUTTON for shape in body))
        joined = [line for shape in body if standing_alone(shape) is None for line in shape.lines]
        for part, lines in ((Part.BODY, joined), (Part.WHY, why)):
            for line in lines:
                yield from _inside(part, line, names)
    if max(counts) > 1:
        several = "There are several buttons. Keep one, so that it is clear what to do."
        yield Fault(Part.BODY, several)
    elif needs_button and max(counts) == 0:
        none = "Add the button: words in square brackets on a line of their own, as in [See it]."
        yield Fault(Part.BUTTON, none)
    elif needs_button and min(counts) == 0:
        some = "The button is missing in some cases: place it outside {if …} and {end}."
        yield Fault(Part.BODY, some)


def _inside(part: Part, line: Line, names: Mapping[str, Sort]) -> Iterator[Fault]:
    """What must not stand within a line."""
    for piece in line:
        if isinstance(piece, Value) and names.get(piece.name) == Sort.CARD:
            yield Fault(part, f"{piece.tag} is several lines: give it a paragraph of its own.")
    first, last = line[0], line[-1]
    if not (isinstance(first, str) and first.startswith("[") and isinstance(last, str)):
        return
    if last.endswith("]") and len(line) > 1:
        alone = "Nothing can be filled into the button. Write it in words alone."
        yield Fault(Part.BUTTON, alone)
    elif "](" in last:
        bare = "The button leads to its page by itself: write [words] alone, without an address."
        yield Fault(Part.BUTTON, bare)
