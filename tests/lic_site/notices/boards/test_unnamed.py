"""Kinds that go to whoever does something that is for them to tell: staff see a title, no name."""

from collections.abc import Collection

import pytest
from django.test import Client

from lic_site.notices.enums import State
from lic_site.notices.models import Notice
from tests.factories.people import PersonFactory
from tests.lic_site.notices.boards.support import LIST, MANY, main, queue, told
from tests.lic_site.notices.support import Reminder
from tests.support.people import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reminder", "clock")]
TITLE = "Somebody unsent"


@pytest.fixture
def unsent(reminder: Reminder, cast: Cast) -> Notice:
    reminder.recipient_title = TITLE
    reminder.words = {"name": "A & B", "by": "soon"}
    return queue(cast.owner, State.FAILED)


def test_lists_and_pages_say_the_title_and_never_the_name(
    college: Client, unsent: Notice, cast: Cast
) -> None:
    for page in (LIST, f"/staff/messages/{unsent.pk}/", f"/staff/messages/{unsent.pk}/everybody/"):
        text = college.get(page).text
        assert TITLE in main(text), page
        assert cast.owner.family_name not in text, page
        assert cast.owner.addresses.get().email not in text, page
    assert f"/people/{cast.owner.pk}/" not in college.get(f"/staff/messages/{unsent.pk}/").text
    assert college.get(f"/staff/messages/{unsent.pk}/html/").status_code == 200


def test_what_is_found_by_a_name_leaves_them_out(
    college: Client, unsent: Notice, cast: Cast
) -> None:
    told(unsent)
    for query in (f"q={cast.owner.family_name}", f"person={cast.owner.pk}"):
        assert "No messages here" in main(college.get(f"{LIST}?{query}").text)
        many = college.get(f"{MANY}?do=retry&all=yes&{query}")
        assert "Nothing to do" in main(many.text)
    history = main(college.get(f"/staff/messages/people/{cast.owner.pk}/").text)
    assert "A reminder" not in history
    assert "1 message" in main(college.get(f"{MANY}?do=retry&all=yes").text)


def test_only_the_records_that_the_kind_says_are_unnamed(
    college: Client, unsent: Notice, reminder: Reminder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = queue(PersonFactory(given_name="Nadia", family_name="Named"), State.FAILED)
    about: Collection[int] = [unsent.anchor_id]
    monkeypatch.setattr(reminder, "unnamed", lambda: about)
    text = main(college.get(LIST).text)
    assert TITLE in text
    assert "Nadia Named" in text
    assert "Nadia Named" in main(college.get(f"/staff/messages/{other.pk}/").text)
    assert "1 message." in main(college.get(f"{LIST}?q=Named").text)
