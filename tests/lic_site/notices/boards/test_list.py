"""All messages, and those of one state, day, reason or person."""

from datetime import timedelta

import pytest
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.notices.boards import lists
from lic_site.notices.enums import Delivery, Reason, State
from lic_site.notices.models import (
    Notice,
)
from tests.factories.people import PersonFactory
from tests.lic_site.notices.boards.support import (
    ASIDE,
    BOARD,
    HELD,
    LIST,
    main,
    queue,
    set_aside,
    told,
)
from tests.lic_site.notices.support import NOW
from tests.support.people import Cast
from tests.support.queries import grows_not, queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def test_the_list_is_narrowed_by_day_reason_rule_and_what_it_is_about(
    college: Client, cast: Cast
) -> None:
    mine = queue(cast.owner, State.PARKED, reason=Reason.HELD)
    queue(cast.stranger, due_at=NOW - timedelta(days=3))

    def shown(query: str) -> int:
        return len(college.get(f"{LIST}?{query}").context["rows"])

    assert shown("since=2026-11-21") == 1
    assert shown("until=2026-11-18") == 1
    assert shown("since=2026-11-19&until=2026-11-20") == 0
    assert shown("reason=held") == 1
    assert shown(f"about={mine.anchor_id}") == 1
    assert shown("rule=1") == 0
    assert shown("rule=x&since=nonsense") == 2
    assert shown(f"person={cast.owner.pk}") == 1


def test_what_came_back_can_be_listed(college: Client, cast: Cast) -> None:
    notice = queue(cast.owner, State.SENT)
    for event in (Delivery.DEFERRED, Delivery.BOUNCED, Delivery.DELIVERED):
        told(notice, event)
    delivered = queue(cast.stranger, State.SENT)
    told(delivered, Delivery.DELIVERED)
    [row] = college.get(f"{LIST}?state=came_back").context["rows"]
    assert (row["notice"], row["hint"]) == (notice, "Sent back")
    hints = {row["hint"] for row in college.get(LIST).context["rows"]}
    assert hints == {"Sent back", "Delivered"}


def test_the_list_is_sorted_either_way(college: Client, cast: Cast) -> None:
    first = queue(cast.owner, State.SENT, due_at=NOW - timedelta(days=2))
    last = queue(cast.stranger, State.SENT, finished_at=NOW - timedelta(days=1))

    def order(sort: str) -> list[Notice]:
        return [row["notice"] for row in college.get(f"{LIST}?sort={sort}").context["rows"]]

    assert order("due") == order("-finished") == [first, last]
    assert order("-due") == order("finished") == order("nonsense") == [last, first]


def test_a_very_long_list_counts_so_far_and_no_further(
    college: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "CAP", 2)
    for _ in range(2):
        queue(person)
    assert "2 messages." in main(college.get(LIST).text)
    queue(person)
    text = main(college.get(LIST).text)
    assert "2+ messages." in text
    assert "narrow the list for the rest" in text


def test_the_list_takes_as_many_queries_at_200_as_at_2_000(college: Client, person: Person) -> None:
    def grow(to: int) -> None:
        first = Notice.objects.count()
        Notice.objects.bulk_create(
            Notice(
                key=f"many {number}",
                kind="tests.reminder",
                recipient=person,
                anchor_id=1,
                state=State.SENT,
                due_at=NOW - timedelta(minutes=number),
                not_before=NOW,
                created_at=NOW,
                finished_at=NOW,
            )
            for number in range(first, to)
        )

    grow(200)
    before = [queries_of(college, page) for page in (LIST, BOARD, f"{LIST}?page=3")]
    grow(2_000)
    after = [queries_of(college, page) for page in (LIST, BOARD, f"{LIST}?page=3")]
    assert before == after


@pytest.mark.parametrize("page", [LIST, HELD, ASIDE])
def test_lists_do_not_grow_by_queries(page: str, college: Client) -> None:
    def more() -> None:
        person = PersonFactory()
        told(queue(person, State.PARKED, reason=Reason.HELD))
        set_aside(person)

    grows_not(college, page, more, at_most=9)
