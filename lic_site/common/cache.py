"""A Redis cache that fails open: while Redis is away, pages are slower, never down."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving[**P, R](call: Callable[P, R], *, fallback: Any) -> Callable[P, R]:
    @wraps(call)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return call(*args, **kwargs)
        except (RedisError, OSError):
            logger.warning("cache away", extra={"operation": call.__name__})
            answer: R = fallback() if callable(fallback) else fallback
            return answer

    return guarded


class ForgivingRedisCache(RedisCache):
    """Answers as an empty cache would while Redis cannot be reached."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _forgiving(super().get, fallback=default)(key, default, version=version)

    add = _forgiving(RedisCache.add, fallback=False)
    set = _forgiving(RedisCache.set, fallback=None)
    touch = _forgiving(RedisCache.touch, fallback=False)
    delete = _forgiving(RedisCache.delete, fallback=False)
    get_many = _forgiving(RedisCache.get_many, fallback=dict)
    set_many = _forgiving(RedisCache.set_many, fallback=list)
    delete_many = _forgiving(RedisCache.delete_many, fallback=None)
    has_key = _forgiving(RedisCache.has_key, fallback=False)
    clear = _forgiving(RedisCache.clear, fallback=False)
