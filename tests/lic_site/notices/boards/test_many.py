"""What is done to many at once, and what is held."""

import re
from typing import Any

import pytest
from django.test import Client

from lic_site.accounts.models import Person
from lic_site.notices.enums import Delivery, Reason, State
from lic_site.notices.models import (
    Notice,
)
from tests.lic_site.notices.boards.support import (
    HELD,
    LIST,
    MANY,
    main,
    queue,
    told,
)
from tests.lic_site.notices.support import NOW
from tests.support.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]


def confirm(college: Client, page: Any) -> Any:
    """Press the button of a check page, with all it carries."""
    form = page.text.partition('<form method="post">')[2].partition("</form>")[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    data: dict[str, list[str]] = {}
    for name, value in fields:
        data.setdefault(name, []).append(value)
    return college.post(MANY, data, follow=True)


def test_those_ticked_are_held_and_no_others(college: Client, cast: Cast) -> None:
    mine, other = queue(cast.owner), queue(cast.stranger)
    page = college.get(f"{MANY}?do=hold&chosen={mine.pk}&chosen=x&chosen={9**40}")
    assert "1 message" in main(page.text)
    assert Notice.objects.filter(state=State.PARKED).count() == 0, "a look changes nothing"
    done = confirm(college, page)
    assert "1 message is held until somebody releases it." in main(done.text)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == (State.PARKED, State.PENDING)
    assert "Nothing was changed" in main(confirm(college, page).text)


def test_all_that_match_are_cancelled_but_not_what_came_after_the_look(
    college: Client, cast: Cast
) -> None:
    for _ in range(2):
        queue(cast.owner)
    queue(cast.owner, State.SENT)
    queue(cast.stranger)
    page = college.get(f"{MANY}?do=cancel&all=yes&q=Alice")
    text = main(page.text)
    assert "2 messages" in text
    assert "1 more is left alone" in text
    late = queue(cast.owner)
    done = confirm(college, page)
    assert "2 messages are cancelled." in main(done.text)
    late.refresh_from_db()
    assert late.state == State.PENDING
    assert Notice.objects.filter(state=State.CANCELLED).count() == 2


@pytest.mark.parametrize(("do", "state"), [("retry", State.FAILED), ("release", State.PARKED)])
def test_failed_ones_are_sent_again_and_held_ones_released(
    college: Client, person: Person, do: str, state: State
) -> None:
    notice = queue(person, state, reason="")
    done = confirm(college, college.get(f"{MANY}?do={do}&chosen={notice.pk}"))
    assert "1 message is on its way" in main(done.text)
    notice.refresh_from_db()
    assert notice.state == State.PENDING


@pytest.mark.parametrize("do", ["retry", "release", "hold", "cancel"])
def test_where_nothing_fits_it_says_why(college: Client, person: Person, do: str) -> None:
    notice = queue(person, State.SENT)
    text = main(college.get(f"{MANY}?do={do}&chosen={notice.pk}").text)
    assert "Nothing to do" in text
    assert "Only a message that" in text


def test_an_unknown_step_leads_back_to_the_list(college: Client) -> None:
    for query in ("", "?do=burn"):
        assert college.get(MANY + query)["Location"] == LIST
        assert college.post(MANY + query)["Location"] == LIST


@pytest.mark.parametrize("narrowed", ["until=31-31-2026", "person=x", "state=burnt"])
def test_nothing_is_done_to_all_where_the_narrowing_is_not_understood(
    college: Client, person: Person, narrowed: str
) -> None:
    queue(person)
    assert college.get(f"{MANY}?do=cancel&all=yes&{narrowed}")["Location"] == LIST
    data = {"do": "cancel", "all": "yes", "last": "999", narrowed.partition("=")[0]: "x"}
    assert college.post(MANY, data)["Location"] == LIST
    assert not Notice.objects.filter(state=State.CANCELLED).exists()


def test_a_step_asks_for_its_own_right(
    college: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may only look at the board does nothing to what it shows."""
    notice = queue(person)
    monkeypatch.setattr("lic_site.notices.policies.STAFF_VERBS", {"view_board", "view"})
    data = {"do": "hold", "chosen": str(notice.pk), "last": str(notice.pk)}
    assert college.post(MANY, data).status_code == 404
    assert college.post(f"/staff/messages/{notice.pk}/everybody/").status_code == 404


def test_too_many_at_once_is_said(
    college: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lic_site.notices.services.staff.MOST", 0)
    queue(person)
    page = college.get(f"{MANY}?do=hold&all=yes")
    assert "Narrow the list" in main(confirm(college, page).text)


def test_after_a_restore_what_is_held_is_shown_by_kind_with_what_is_known(
    college: Client, person: Person
) -> None:
    told(queue(person, State.PARKED, reason=Reason.RESTORED), Delivery.DELIVERED)
    queue(person, State.PARKED, reason=Reason.RESTORED, useless_after=NOW)
    queue(person, State.PARKED, reason=Reason.HELD, kind="tests.news")
    queue(person, State.PARKED, reason=Reason.STOPPED, kind="tests.gone")
    page = college.get(HELD)
    text = main(page.text)
    assert text.index("Held since a restore: 2") < text.index("Held by staff: 1")
    assert "1 arrived, the mail provider says." in text
    assert "1 too late to be of use." in text
    assert "None has gone out." in text
    assert page.text.count("do=release") == 2, "not what belongs to a stopped mailing"
    done = college.post("/staff/messages/release/", follow=True)
    assert "1 held message is on the way." in main(done.text)


def test_one_kind_alone_is_released(college: Client, person: Person) -> None:
    for kind in ("tests.reminder", "tests.news"):
        queue(person, State.PARKED, reason=Reason.RESTORED, kind=kind)
    assert "Nothing tells whether they went out." in main(college.get(HELD).text)
    query = "do=release&all=yes&state=parked&reason=restored&kind=tests.news"
    confirm(college, college.get(f"{MANY}?{query}"))
    assert Notice.objects.get(state=State.PARKED).kind == "tests.reminder"


def test_nothing_held_says_when_there_would_be(college: Client) -> None:
    assert "Nothing is held" in main(college.get(HELD).text)
