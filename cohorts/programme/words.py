"""Counting words, and saying how many."""

import re

_WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """How many words: runs without a space that hold a letter or a digit. A lone dash is none."""
    return len(_WORD.findall(text))


def how_many(number: int, one: str, more: str = "") -> str:
    """'1 offer', '2 offers', '1,000 people'. ``more`` where the plural takes more than an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
