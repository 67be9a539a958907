"""What upper floors tell of themselves: settings list, by dotted path, lists of things that fit a
protocol. The part of their system checks that is everywhere the same.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string


def lacking(thing: object, *, says: Iterable[str] = (), answers: Iterable[str] = ()) -> list[str]:
    """Which of these the thing does not have: what it says, and what it can be asked."""
    silent = [name for name in says if not getattr(thing, name, "")]
    return silent + [name for name in answers if not callable(getattr(thing, name, None))]


def found(setting: str, *, missing: str) -> tuple[list[Any], list[CheckMessage]]:
    """All that is listed, and an error, its id ``missing``, for each path that leads nowhere."""
    things: list[Any] = []
    errors: list[CheckMessage] = []
    for path in getattr(settings, setting):
        try:
            things += import_string(path)
        except ImportError as error:
            errors.append(Error(f"{setting}: {path}: {error}", id=missing))
    return things, errors


def check_named(
    setting: str,
    *,
    ids: tuple[str, str, str],
    lacks: Callable[[Any], list[str]],
    further: Callable[[Any], Iterable[CheckMessage]] = lambda _: (),
) -> list[CheckMessage]:
    """Each thing is there, lacks nothing and has a name of its own; then what ``further`` finds.

    ``ids`` are those of the errors for a path that leads nowhere, for a thing that lacks something,
    and for a name that two have.
    """
    missing, lame, twice = ids
    things, errors = found(setting, missing=missing)
    names: set[str] = set()
    for thing in things:
        name = str(getattr(thing, "name", ""))
        if without := lacks(thing):
            words = f"{setting}: {type(thing).__name__} lacks {', '.join(without)}."
            errors.append(Error(words, obj=thing, id=lame))
        elif name in names:
            errors.append(Error(f"{setting}: two are called {name}.", obj=thing, id=twice))
        else:
            errors += further(thing)
        names.add(name)
    return errors
