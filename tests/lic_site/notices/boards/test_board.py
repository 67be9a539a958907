"""The board: what needs staff, the last fortnight, the next day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common.models import Tick
from lic_site.notices.enums import Reason, State
from tests.factories.people import PersonFactory
from tests.lic_site.notices.boards.support import (
    BOARD,
    LIST,
    main,
    queue,
    set_aside,
    told,
)
from tests.lic_site.notices.support import NOW
from tests.support.queries import grows_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def test_an_empty_board_says_what_will_be_there(college: Client) -> None:
    text = main(college.get(BOARD).text)
    assert "Nothing here needs you." in text
    assert "No messages in the last 14 days" in text
    assert "Nothing is waiting to go out now." in text
    Tick.objects.all().delete()
    text = main(college.get(BOARD).text)
    assert "The queue has not been worked through yet." in text
    assert "No reminders have been planned yet." in text
    assert "Messages have never been sent out" in text


def test_what_needs_staff_comes_first(college: Client, person: Person) -> None:
    told(queue(person, State.SENT))
    queue(person, State.FAILED)
    for reason in (Reason.RESTORED, Reason.TOO_MANY, Reason.HELD, Reason.STOPPED, "more"):
        queue(person, State.PARKED, reason=reason)
    set_aside(person)
    text = main(college.get(BOARD).text)
    for words in (
        "1 message could not be sent",
        "1 message held since a restore",
        "1 message held because a rule would write to many at once",
        "2 messages held by staff",
        "1 message in a mailing that was stopped",
        "1 address sends messages back",
        "A message came back once in the last 14 days",
    ):
        assert words in text
        assert text.index(words) < text.index("Sent today")


def test_the_fortnight_is_shown_by_day_and_by_kind(college: Client, person: Person) -> None:
    day = timedelta(days=1)
    for ago in (0, 13, 14):
        queue(person, State.SENT, finished_at=NOW - ago * day)
    queue(person, State.FAILED, finished_at=NOW - day)
    queue(person, State.EXPIRED, finished_at=NOW - day)
    context = college.get(BOARD).context
    assert [bar["value"] for bar in context["bars"]] == [1] + [0] * 12 + [1]
    assert context["bars"][0]["label"] == "Sat 21 Nov"
    assert context["bars"][1]["hint"] == "1 failed, 1 too late"
    [row] = context["kind_rows"]
    assert [cell["text"] for cell in row["cells"]] == ["A reminder", "2", "1", "1", "0"]
    page = college.get(row["cells"][1]["href"])
    assert len(page.context["rows"]) == 2
    failed = context["day_rows"][1]["cells"][2]["href"]
    assert len(college.get(failed).context["rows"]) == 1
    assert context["sent_today"] == 1


def test_the_days_can_be_of_one_kind(college: Client, person: Person) -> None:
    queue(person, State.SENT)
    text = main(college.get(f"{BOARD}?kind=tests.news").text)
    assert "The last 14 days: News" in text
    assert college.get(f"{BOARD}?kind=tests.news").context["bars"][0]["value"] == 0
    assert college.get(f"{BOARD}?kind=nonsense").context["kind"] == ""


def test_a_day_begins_at_midnight_in_london(college: Client, person: Person) -> None:
    """Half past midnight in July is the evening before in UTC."""
    summer = timezone.make_aware(timezone.datetime(2026, 7, 2, 0, 30))  # type: ignore[attr-defined]
    queue(person, State.SENT, finished_at=summer)
    for day, n in (("2026-07-01", 0), ("2026-07-02", 1)):
        page = college.get(f"{LIST}?state=sent&since={day}&until={day}")
        assert len(page.context["rows"]) == n


def test_what_waits_for_its_time_is_not_overdue(college: Client, person: Person) -> None:
    queue(person, not_before=NOW + timedelta(hours=2), due_at=NOW - timedelta(hours=5))
    queue(person, not_before=NOW + timedelta(hours=2), due_at=NOW + timedelta(hours=2))
    context = college.get(BOARD).context
    assert context["vitals"].oldest is None
    assert [row["value"] for row in context["coming"]] == [1]
    assert (context["quiet"], context["again"]) == (1, 0)
    queue(person, not_before=NOW - timedelta(minutes=20))
    page = college.get(BOARD)
    assert page.context["vitals"].due == 1
    assert "A message has waited for 20 minutes" in main(page.text)


def test_the_board_takes_as_many_queries_however_much_there_is(
    college: Client, person: Person
) -> None:
    def more() -> None:
        for state in (State.PENDING, State.SENT, State.FAILED, State.PARKED):
            told(queue(PersonFactory(), state))
        set_aside(PersonFactory())

    grows_not(college, BOARD, more, at_most=11)


def test_what_is_due_and_waits_is_counted_apart_and_says_why(
    college: Client, person: Person
) -> None:
    hours = timedelta(hours=1)
    quiet = queue(person, not_before=NOW + 22 * hours, due_at=NOW - hours)
    again = queue(person, not_before=NOW + hours, due_at=NOW - hours, attempts=2)
    untried = queue(person, not_before=NOW + timedelta(seconds=60), due_at=NOW)
    far = queue(person, not_before=NOW + 26 * hours, due_at=NOW)
    planned = queue(person, not_before=NOW + hours, due_at=NOW + hours)
    text = main(college.get(BOARD).text)
    assert "1 Waiting for the morning" in text
    assert "2 To be tried again" in text
    hints = {row["notice"]: row["hint"] for row in college.get(LIST).context["rows"]}
    assert hints == {
        quiet: "Waiting until 7:30am, when quiet hours end",
        again: "Waiting until 10:30am, when it is tried again",
        untried: "Waiting until 9:31am, when it is tried again",
        far: "Waiting until 22 November 2026 at 11:30am, when quiet hours end",
        planned: "",
    }
    page = main(college.get(reverse("notices:one", args=[quiet.pk])).text)
    assert "Why not yet Waiting until 7:30am, when quiet hours end" in page
    assert "Why not yet" not in main(college.get(reverse("notices:one", args=[planned.pk])).text)


def test_days_without_anything_have_no_row_of_noughts(college: Client, person: Person) -> None:
    for ago in (0, 5):
        queue(person, State.SENT, finished_at=NOW - timedelta(days=ago))
    assert len(college.get(BOARD).context["day_rows"]) == 2
    assert "came too late" not in main(college.get(f"{BOARD}?kind=tests.news").text)
