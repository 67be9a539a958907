"""What every page shows is asked for once and forgotten when the public pages change."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings

from lic_site.common import page_cache, remembered
from lic_site.common.page_cache import bump, pages

pytestmark = pytest.mark.django_db


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def time(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    clock = Clock()
    monkeypatch.setattr(page_cache, "time", clock)
    monkeypatch.setattr(remembered, "time", clock)
    pages.clear()
    remembered.forget()
    with override_settings(PAGE_CACHE=True):
        yield clock
    pages.clear()
    remembered.forget()


class Asked:
    """Counts how often it is asked."""

    times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_it_is_made_once_for_each_key() -> None:
    asked = Asked()
    assert [remembered.remembered("a", asked) for _ in range(3)] == [1, 1, 1]
    assert remembered.remembered("b", asked) == 2


def test_it_is_made_again_within_a_second_of_what_the_public_sees_changing(
    time: Clock, django_capture_on_commit_callbacks: Any
) -> None:
    asked = Asked()
    remembered.remembered("a", asked)
    with django_capture_on_commit_callbacks(execute=True):
        bump()
    time.now += page_cache.READ_EVERY
    assert [remembered.remembered("a", asked) for _ in range(2)] == [2, 2]


def test_it_lives_a_minute_at_most(time: Clock) -> None:
    asked = Asked()
    remembered.remembered("a", asked)
    time.now += page_cache.LIFE
    assert remembered.remembered("a", asked) == 1
    time.now += 0.1
    assert remembered.remembered("a", asked) == 2


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    asked = Asked()
    for key in ("a", "b", "c"):
        remembered.remembered(key, asked)
    assert remembered.remembered("c", asked) == 3
    assert remembered.remembered("a", asked) == 4


def test_nothing_is_kept_while_pages_are_not() -> None:
    asked = Asked()
    with override_settings(PAGE_CACHE=False):
        assert [remembered.remembered("a", asked) for _ in range(2)] == [1, 2]
