"""Words for dates and times, sorting, pages, shares, steps."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory

from lic_site.common.templatetags import site


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2026, 11, 21), "21 November 2026"),
        (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), "21 November 2026 at 9:30am"),
        (datetime(2026, 7, 1, 13, 0, tzinfo=UTC), "1 July 2026 at 2pm"),
        (datetime(2026, 11, 21, 12, 0, tzinfo=UTC), "21 November 2026 at midday"),
        (datetime(2026, 11, 21, 0, 0, tzinfo=UTC), "21 November 2026 at midnight"),
        ("next spring", "next spring"),
    ],
)
def test_a_date_is_said_in_full_in_london(value: object, words: str) -> None:
    assert site.when(value) == words


def test_a_time_of_day_alone_is_said_as_it_is() -> None:
    assert site.clock(time(17, 5)) == "5:05pm"


@pytest.mark.parametrize(
    ("query", "state", "href"),
    [
        ("", "none", "?sort=name"),
        ("sort=name&page=3&q=a", "ascending", "?sort=-name&q=a"),
        ("sort=-name", "descending", "?sort=name"),
    ],
)
def test_a_heading_sorts_and_turns_round(query: str, state: str, href: str) -> None:
    request = RequestFactory().get(f"/?{query}")
    assert site.sort_by(Context({"request": request}), "name") == (state, href)


def test_far_pages_are_left_out_of_the_list_of_pages() -> None:
    page = Paginator(range(200), 10).get_page(10)
    assert list(site.page_numbers(page)) == [1, "…", 9, 10, 11, "…", 20]


def test_a_funnel_is_drawn_in_shares_of_its_widest_stage() -> None:
    stages = [{"label": "Sent", "value": 96}, {"label": "Read", "value": 24}]
    assert [stage["share"] for stage in site.with_share(stages)] == [100, 25]
    assert site.with_share([{"label": "Sent", "value": 0}])[0]["share"] == 0
    assert site.with_share([]) == []


def test_cells_stand_beside_their_columns() -> None:
    assert site.beside(["a", "b"], ["A", "B"]) == [("A", "a"), ("B", "b")]


def test_steps_are_done_now_or_next() -> None:
    assert site.steps(2, 3) == ["done", "now", "next"]
