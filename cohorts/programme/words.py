"""Counting words as a person would."""

import re

_WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """How many words: runs without a space that hold a letter or a digit. A lone dash is none."""
    return len(_WORD.findall(text))
