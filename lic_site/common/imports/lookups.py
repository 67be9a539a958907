"""Finding what a cell means, however it is written, and the nearest to what it could have meant."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import lru_cache

NEAR = 0.6
"""How alike two words must be for one to be asked about (difflib's ratio)."""


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The words alone: no case, accents, signs or double spaces; '&' is 'and'."""
    letters = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _as_it_is(text: str) -> Iterable[str]:
    return (text,)


class Lookup[Thing]:
    """Things by each of their names. ``what`` says what is looked for: 'a grade'."""

    def __init__(
        self,
        names: Iterable[tuple[str, Thing]],
        *,
        what: str,
        variants: Callable[[str], Iterable[str]] = _as_it_is,
    ) -> None:
        self.what = what
        self._things: dict[str, Thing] = {}
        self._shown: dict[str, str] = {}
        self._variants = variants
        self._known: dict[str, Thing | None] = {}
        self._said: dict[str, str] = {}
        for name, thing in names:
            self._things.setdefault(plain(name), thing)
            self._shown.setdefault(plain(name), name)

    def find(self, text: str) -> Thing | None:
        """What the text names, or None. Asked again, it need not look again."""
        if text not in self._known:
            found = (self._things.get(each) for each in self._variants(plain(text)))
            self._known[text] = next((thing for thing in found if thing is not None), None)
        return self._known[text]

    def nearest(self, text: str) -> str | None:
        """The name most like the text, or None where none is alike."""
        for each in self._variants(plain(text)):
            if near := get_close_matches(each, self._things, n=1, cutoff=NEAR):
                return self._shown[near[0]]
        return None

    def unknown(self, text: str) -> str:
        """The sentence for a text that names nothing."""
        if text not in self._said:
            near = self.nearest(text)
            asked = f" Did you mean ‘{near}’?" if near else ""
            self._said[text] = f"‘{text[:120]}’ is not {self.what}.{asked}"
        return self._said[text]
