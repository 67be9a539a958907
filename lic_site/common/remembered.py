"""Small things that every page shows and everybody may see, kept in each process as whole pages
are: until what the public sees changes, and a minute at most.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import cast

from django.conf import settings

from lic_site.common import page_cache

MOST = 256

_kept: OrderedDict[Hashable, tuple[int, float, object]] = OrderedDict()
_lock = Lock()


def remembered[T](key: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` answers, asked for again within a second of ``page_cache.bump``. Only for what
    hangs neither on a person nor on the time; ``key`` begins with the asking module's name.
    """
    if not settings.PAGE_CACHE:
        return make()
    generation, now = page_cache.pages.generation(), time.monotonic()
    with _lock:
        found = _kept.get(key)
    if found and found[0] == generation and now - found[1] <= page_cache.LIFE:
        return cast("T", found[2])
    made = make()
    with _lock:
        _kept[key] = (generation, now, made)
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Start again with nothing kept."""
    with _lock:
        _kept.clear()
