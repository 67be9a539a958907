"""A list must not grow by a query per row."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries_of(client: Client, url: str) -> int:
    """How many queries a page takes. It must answer 200, and is asked twice: once to warm up."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(seen)


def grows_not(
    client: Client,
    url: str,
    add: Callable[[], Any],
    *,
    at_most: int,
    rows: tuple[int, int] = (1, 3),
) -> None:
    """Assert that ``url`` takes as many queries with three rows as with one, and few at that."""
    first, last = rows
    for _ in range(first):
        add()
    before = queries_of(client, url)
    for _ in range(last - first):
        add()
    after = queries_of(client, url)
    assert after == before, f"{url}: {before} queries for {first}, {after} for {last}"
    assert after <= at_most, f"{url}: {after} queries, at most {at_most}"
