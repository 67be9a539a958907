"""The language that the words of messages are written in, on plain values alone.

A text is one source, from which subject, plain text and HTML are made::

    Subject: A date in your calendar: {starts_at:day}

    Hello {given_name},

    {details}

    On its page you find how to join{if place}, where it is{end}.

    [See the session]

    --
    You receive this because it is in your calendar.

``check(source, names=…)`` says in sentences what stands in the way of sending it, for whoever
writes it; ``fill(source, context)`` fills in one message's values. ``names`` are the names that
may be filled in, as ``sorts(samples)`` finds them; ``together`` makes a source of a subject, a body
and a reason that were written apart. What becomes mail of it is ``renderer``'s.
"""

from lic_site.notices.wording.checking import check, faults
from lic_site.notices.wording.filling import Block, Filled, fill
from lic_site.notices.wording.language import (
    BlockKind,
    Fault,
    Part,
    Parts,
    Unreadable,
    apart,
    parse,
    together,
)
from lic_site.notices.wording.samples import Sample, varied
from lic_site.notices.wording.values import Card, Sort, is_there, said, sorts

__all__ = [
    "Block",
    "BlockKind",
    "Card",
    "Fault",
    "Filled",
    "Part",
    "Parts",
    "Sample",
    "Sort",
    "Unreadable",
    "apart",
    "check",
    "faults",
    "fill",
    "is_there",
    "parse",
    "said",
    "sorts",
    "together",
    "varied",
]
