"""By what sections, questions and options are known: made from their words once, never changed."""

import re
from collections.abc import Collection

LONGEST_CODE = 40
_ROOM = 34
"""Leaves room for what tells two alike apart."""


def code_from(words: str, taken: Collection[str], *, otherwise: str = "question") -> str:
    """A code of at most 40 small letters, figures and low lines, which is not taken.

    ``taken`` holds every code that was ever published, or what was removed would seem to have come
    back. ``otherwise`` stands for words without a letter.
    """
    code = re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")
    if len(code) > _ROOM:
        code = code[: _ROOM + 1].rpartition("_")[0][:_ROOM] or code[:_ROOM]
    first = code = code or otherwise
    number = 1
    while code in taken:
        number += 1
        code = f"{first}_{number}"
    return code
