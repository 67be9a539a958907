"""A Redis cache that fails open: while Redis is away, pages are slower, never down."""

import logging
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REST = 5.0
"""Seconds that Redis is left alone after it did not answer, so that a page waits once, not for
each key.
"""
COUNTED = ("allauth", "limit")
"""Keys that begin so hold limits and used codes: they go on in the cache named ``spare``, the
database, while Redis is away.
"""

_rests_until: dict[str, float] = {}


class ForgivingRedisCache(RedisCache):
    """Answers as an empty cache would while Redis cannot be reached; counts sign-ins all the
    same.
    """

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> Any:
        return self._ask("add", key, value, timeout, version=version, otherwise=False)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask("get", key, default, version=version, otherwise=default)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> Any:
        return self._ask("set", key, value, timeout, version=version, otherwise=None)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._ask("touch", key, timeout, version=version, otherwise=False)

    def delete(self, key: Any, version: int | None = None) -> Any:
        return self._ask("delete", key, version=version, otherwise=False)

    def has_key(self, key: Any, version: int | None = None) -> Any:
        return self._ask("has_key", key, version=version, otherwise=False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        return self._ask("incr", key, delta, version=version, otherwise=delta)

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> Any:
        return self._ask("get_many", list(keys), version=version, otherwise={})

    def set_many(
        self,
        data: Mapping[Any, Any],
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> Any:
        return self._ask("set_many", data, timeout, version=version, otherwise=list(data))

    def delete_many(self, keys: Iterable[Any], version: int | None = None) -> Any:
        return self._ask("delete_many", list(keys), version=version, otherwise=None)

    def clear(self) -> Any:
        return self._ask("clear", otherwise=False)

    def _ask(self, operation: str, *args: Any, otherwise: Any, **kwargs: Any) -> Any:
        server = self._servers[0]  # type: ignore[attr-defined]
        if time.monotonic() >= _rests_until.get(server, 0.0):
            try:
                return getattr(super(), operation)(*args, **kwargs)
            except (RedisError, OSError):
                _rests_until[server] = time.monotonic() + REST
                logger.warning("cache away", extra={"operation": operation})
        if args and str(args[0]).startswith(COUNTED):
            return getattr(caches["spare"], operation)(*args, **kwargs)
        return otherwise
