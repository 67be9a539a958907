"""The tools the tests rest on must bite."""

import smtplib
import socket
import warnings
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.template import Context, Origin, Template, engines
from django.utils import timezone
from pytest_socket import SocketConnectBlockedError

from tests.support.mail import Sink
from tests.support.people import NOW, Cast, SignedIn
from tests.support.templates import UndefinedVariable


def rendered(words: str, folder: str = "templates/") -> str:
    engine = engines["django"].engine
    origin = Origin(f"{settings.BASE_DIR}/{folder}page.html")
    return Template(words, origin=origin, engine=engine).render(Context({"there": "yes"}))


def test_an_undefined_variable_fails() -> None:
    with pytest.raises(UndefinedVariable, match=r"missing.* in templates/page\.html"):
        rendered("{{ missing }}")
    with pytest.raises(UndefinedVariable):
        rendered("{{ there.deeper|upper }}")


def test_a_variable_that_says_it_may_be_missing_passes() -> None:
    assert (
        rendered("{{ there }} {{ missing|default:'none' }}{% if missing %}x{% endif %}")
        == "yes none"
    )


def test_others_templates_are_left_alone() -> None:
    assert not rendered("{{ missing }}", ".venv/lib/site-packages/wagtail/")


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("careful", UserWarning, stacklevel=1)


def test_no_socket_leaves_this_machine() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_the_clock_stands_still(clock: object) -> None:
    assert timezone.now() == NOW


def test_the_cast_signs_in(cast: Cast, signed_in: SignedIn) -> None:
    assert cast.owner.organisation == cast.colleague.organisation != cast.stranger.organisation
    assert "sessionid" in signed_in(cast.owner).cookies


def test_the_sink_keeps_messages(sink: Sink) -> None:
    message = EmailMessage()
    message["To"], message["From"], message["Subject"] = "a@example.org", "b@example.org", "Hello"
    message.set_content("Word")
    with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as server:
        server.send_message(message)
    assert [kept["Subject"] for kept in sink.messages] == ["Hello"]
