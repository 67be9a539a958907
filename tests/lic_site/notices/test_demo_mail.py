from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, mailers
from django.test import Client

from lic_site.notices.letters import Letter

pytestmark = pytest.mark.django_db

INBOX = "/dev/mail/"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": str(tmp_path)},
        }
    }
    return tmp_path


def write(*addresses: str, html: str = "") -> None:
    """One connection, so one file."""
    with mailers.default as connection:
        for address in addresses:
            mail = EmailMultiAlternatives(
                f"For {address}", "Go to http://localhost:8000/my/ now.\n-- \nUs", to=[address]
            )
            if html:
                mail.attach_alternative(html, "text/html")
            connection.send_messages([mail])


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(INBOX + query)
    return [kept.to for kept in page.context["page"]]


def test_the_newest_comes_first_and_an_address_can_be_searched(client: Client) -> None:
    assert "No mail yet" in client.get(INBOX).text
    write("a@example.org", "b@example.org")
    write("c@example.org")
    assert shown(client) == ["c@example.org", "b@example.org", "a@example.org"]
    assert shown(client, "?q=A@") == ["a@example.org"]


def test_a_message_shows_its_text_with_links_to_follow(client: Client) -> None:
    write("a@example.org", html="<html><head></head><body>Hello</body></html>")
    kept = client.get(INBOX).context["page"][0]
    page = client.get(f"{INBOX}{kept.id}/")
    assert '<a href="http://localhost:8000/my/"' in page.text
    html = client.get(f"{INBOX}{kept.id}/html/")
    assert html.text.strip() == '<html><head><base target="_top"></head><body>Hello</body></html>'
    assert html["Content-Security-Policy"].startswith("default-src 'none'")


def test_a_sign_in_code_without_html_is_shown_as_text(client: Client) -> None:
    write("a@example.org")
    kept = client.get(INBOX).context["page"][0]
    assert "iframe" not in client.get(f"{INBOX}{kept.id}/").text
    assert client.get(f"{INBOX}{kept.id}/html/").text == ""


@pytest.mark.parametrize("name", ["nothing", "nothing.log.0", "..%2F..%2Fetc%2Fpasswd.0"])
def test_no_other_file_can_be_read(client: Client, name: str) -> None:
    write("a@example.org")
    assert client.get(f"{INBOX}{name}/").status_code == 404


def test_outside_the_demonstration_there_is_no_such_page(client: Client, settings: Any) -> None:
    write("a@example.org")
    kept = client.get(INBOX).context["page"][0]
    settings.DEMO = False
    for page in (INBOX, f"{INBOX}{kept.id}/", f"{INBOX}{kept.id}/html/"):
        assert client.get(page).status_code == 404


def test_where_mail_is_really_sent_the_page_says_so(client: Client, settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    assert "really sent" in client.get(INBOX).text


def test_a_folder_that_is_not_there_yet_is_an_empty_inbox(client: Client, folder: Path) -> None:
    folder.rmdir()
    assert "No mail yet" in client.get(INBOX).text


def test_the_list_is_never_answered_from_memory(client: Client) -> None:
    """Somebody who waits for a code opens the list twice within a minute."""
    assert "no-store" in client.get(INBOX)["Cache-Control"]


def test_a_message_as_the_outbox_writes_it_is_shown_in_london_time(client: Client) -> None:
    with mailers.default as connection:
        connection.send_messages([Letter("A word", "Hello", to=["a@example.org"])])
    [kept] = client.get(INBOX).context["page"]
    assert (kept.to, str(kept.at.tzinfo)) == ("a@example.org", "Europe/London")
