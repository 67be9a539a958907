"""The menu over the staff's pages about messages."""

import pytest

from lic_site.notices.templatetags.messages_menu import messages_menu


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/staff/messages/", "Board"),
        ("/staff/messages/7/", "Board"),
        ("/staff/messages/rules/next-month/", "Reminders"),
        ("/staff/messages/mailings/3/words/", "To many"),
        ("/staff/", None),
    ],
)
def test_the_menu_marks_the_page_or_the_one_above_it(path: str, current: str | None) -> None:
    marked = [item["text"] for item in messages_menu(path)["items"] if item["current"]]
    assert marked == ([current] if current else [])
