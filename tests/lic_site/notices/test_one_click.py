"""The one click of a mail program, on a message that a mail server really took, over real HTTP."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from lic_site.accounts.models import Person
from lic_site.env import mailer
from lic_site.notices import services
from lic_site.notices.enums import Reason, State
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.postbox import Postbox
from tests.support.mail import Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("reminder")]

URLENCODED = ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click")
PART = 'Content-Disposition: form-data; name="List-Unsubscribe"'
MULTIPART = (
    "multipart/form-data; boundary=part",
    f"--part\r\n{PART}\r\n\r\nOne-Click\r\n--part--\r\n",
)
"""The two forms of body that RFC 8058 allows."""


@pytest.fixture
def site(live_server: LiveServer, settings: Any, sink: Sink) -> str:
    settings.SITE_URL = live_server.url
    settings.MAILERS = {"default": mailer(sink.url)}
    return str(live_server.url)


def deliver(person: Person, key: str) -> None:
    place = person.organisation
    assert place is not None
    services.send("tests.news", to=person, about=place, at=timezone.now(), key=key)
    with Postbox() as postbox:
        services.deliver_batch(postbox)


@pytest.fixture
def letter(site: str, sink: Sink, person: Person) -> EmailMessage:
    deliver(person, "first")
    [arrived] = sink.messages
    return arrived


def ask(method: str, address: str, body: str = "", **headers: str) -> HTTPResponse:
    """One request as a program makes it: no cookie, no referrer, no redirect followed."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=20)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request(method, target, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def one_click(letter: EmailMessage) -> str:
    """The address, read as mail programs do."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    [address] = re.findall(r"<([^<>]+)>", str(letter["List-Unsubscribe"]))
    return str(address)


def links(letter: EmailMessage) -> Iterator[str]:
    """Every address anywhere in the message."""
    yield one_click(letter)
    for part in letter.walk():
        if part.get_content_maintype() == "text":
            yield from re.findall(r"https?://[^\s\"'<>]+", part.get_content())


@pytest.mark.parametrize(("kind", "body"), [URLENCODED, MULTIPART], ids=["form", "multipart"])
def test_one_bare_post_stops_what_the_message_was(
    letter: EmailMessage, sink: Sink, person: Person, kind: str, body: str
) -> None:
    answer = ask("POST", one_click(letter), body, **{"Content-Type": kind})
    assert answer.status == 200, "a mail program follows no redirect"
    assert answer.headers["Set-Cookie"] is None
    choice = NoticePreference.objects.get()
    assert (choice.person, choice.kind) == (person, "tests.news")
    deliver(person, "second")
    assert len(sink.messages) == 1
    second = Notice.objects.latest("pk")
    assert (second.state, second.reason) == (State.CANCELLED, Reason.TURNED_OFF)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_whatever_follows_every_link_of_a_message_changes_nothing(
    letter: EmailMessage, site: str, sink: Sink, person: Person, method: str
) -> None:
    """A scanner of mail, a preview, a person who only looks."""
    found = {each for each in links(letter) if each.startswith(site)}
    assert one_click(letter) in found
    for address in found:
        ask(method, address)
    ask(method, f"{one_click(letter)}?{URLENCODED[1]}")
    assert not NoticePreference.objects.exists()
    deliver(person, "second")
    assert len(sink.messages) == 2
