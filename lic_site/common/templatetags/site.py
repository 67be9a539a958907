"""What the layouts and components need worked out."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context

from lic_site.common import dates

register = template.Library()


@register.simple_tag
def demo() -> bool:
    """Whether this is a demonstration, in which every person is invented."""
    return bool(settings.DEMO)


@register.filter
def when(value: Any) -> str:
    """A date as '21 November 2026', a moment as '21 November 2026 at 9:30am'; words stay."""
    return dates.when(value) if isinstance(value, date) else str(value)


@register.filter
def clock(value: datetime | time) -> str:
    """The time of day as '9:30am', '2pm', 'midday' or 'midnight', in London."""
    return dates.clock(value)


class Sorting(NamedTuple):
    """A column's state for ``aria-sort`` and where its heading leads."""

    state: str
    href: str


@register.simple_tag(takes_context=True)
def sort_by(context: Context, key: str) -> Sorting:
    """Sorting by ``?sort=key`` and ``?sort=-key``, from the first page again."""
    request: HttpRequest = context["request"]
    now = request.GET.get("sort", "")
    query = request.GET.copy()
    query["sort"] = f"-{key}" if now == key else key
    query.pop("page", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return Sorting(state, f"?{query.urlencode()}")


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The numbers to show, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def beside(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell with its column."""
    return list(zip(columns, cells, strict=False))


@register.filter
def with_share(stages: Iterable[Any]) -> list[dict[str, Any]]:
    """Each stage of a funnel with its share of the largest, 0 to 100."""
    rows = [
        {name: _get(stage, name) for name in ("label", "value", "hint", "href")} for stage in stages
    ]
    most = max((row["value"] for row in rows), default=0)
    for row in rows:
        row["share"] = round(100 * row["value"] / most, 1) if most else 0
    return rows


@register.filter
def steps(current: int, total: int) -> list[str]:
    """'done', 'now' or 'next' for each step."""
    return [
        "done" if step < current else "now" if step == current else "next"
        for step in range(1, total + 1)
    ]


def _get(thing: Any, name: str) -> Any:
    return thing.get(name, "") if isinstance(thing, dict) else getattr(thing, name, "")
