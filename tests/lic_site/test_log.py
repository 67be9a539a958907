"""Log lines name ids and routes; nobody, no address, no token and nothing that somebody wrote."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch

from lic_site import access, celery, log
from lic_site.access import middleware, unlogged
from lic_site.log import JsonFormatter, configuration, report_errors, scrub, work_id
from tests.support.people import Cast, SignedIn

type Lines = list[dict[str, Any]]


class Kept(io.StringIO):
    @property
    def lines(self) -> Lines:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Every line, as it would be written."""
    stream = Kept()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_line_is_one_json_object_with_time_and_ids(kept: Kept) -> None:
    logging.getLogger("a").warning("job %s failed", 7, extra={"job": 7, "kind": ValueError("x")})
    (line,) = kept.lines
    assert line["at"].endswith("+00:00")
    assert (line["level"], line["logger"], line["message"]) == ("WARNING", "a", "job 7 failed")
    assert (line["job"], line["kind"]) == (7, "ValueError")
    assert "work" not in line


def fail(error: BaseException, cause: BaseException | None = None) -> None:
    raise error from cause


def caught(error: BaseException, cause: BaseException | None = None) -> BaseException:
    """The exception as raised, its cause too."""
    try:
        if cause:
            fail(cause)
    except type(cause) as inner:  # type: ignore[misc]
        cause = inner
    try:
        fail(error, cause)
    except type(error) as raised:
        return raised
    raise AssertionError


def test_an_exception_is_told_without_its_words(kept: Kept) -> None:
    error = caught(
        KeyError("ada.lovelace@example.org"), ValidationError("Ada Lovelace is not 12 years old")
    )
    logging.getLogger("a").error("it broke: %r", error, exc_info=error)
    (line,) = kept.lines
    assert "Ada" not in json.dumps(line)
    assert "lovelace" not in json.dumps(line)
    assert line["message"] == "it broke: KeyError"
    assert line["error"][0] == "builtins.KeyError"
    assert "django.core.exceptions.ValidationError" in line["error"]
    assert any("test_log.py" in place for place in line["error"])


def test_causes_are_followed_as_python_would_show_them() -> None:
    during = ValueError()
    during.__context__ = KeyError()
    assert log.error_lines(during) == ["builtins.ValueError", "builtins.KeyError"]
    during.__suppress_context__ = True
    assert log.error_lines(during) == ["builtins.ValueError"]


def test_an_exception_without_words_leaves_the_message_alone(kept: Kept) -> None:
    logging.getLogger("a").error("it broke", exc_info=KeyError())
    assert kept.lines[0]["message"] == "it broke"


def test_addresses_are_taken_out_wherever_they_stand(kept: Kept) -> None:
    logging.getLogger("a").warning("to <ada@example.org>", extra={"to": ["bo@x.example"]})
    assert "@" not in kept.getvalue()
    assert kept.lines[0]["message"] == "to <(address)>"


def request_to(path: str, route: str = "", **kwargs: Any) -> HttpRequest:
    request = RequestFactory().get(path)
    if route:
        request.resolver_match = ResolverMatch(lambda r: None, (), kwargs, route=route)
    return request


def test_a_path_with_a_token_is_written_as_its_route(kept: Kept) -> None:
    for request in (
        request_to("/support/7-1~secret/", "support/<str:token>/", token="7-1~secret"),
        request_to("/support/7-1~secret/"),
    ):
        logging.getLogger("django.request").error(
            "Internal Server Error: %s", request.path, extra={"request": request}
        )
    assert "secret" not in kept.getvalue()
    messages = [line["message"] for line in kept.lines]
    assert messages == [
        "Internal Server Error: /support/<str:token>/",
        "Internal Server Error: (path)",
    ]


def test_the_level_is_checked() -> None:
    assert configuration("debug")["root"]["level"] == "DEBUG"
    with pytest.raises(ImproperlyConfigured, match="LOG_LEVEL is 'LOUD'"):
        configuration("LOUD")


# Access --------------------------------------------------------------------------------------


def test_each_request_leaves_one_line_with_ids_alone(
    kept: Kept, cast: Cast, signed_in: SignedIn
) -> None:
    answer = signed_in(cast.owner).get("/jobs/?name=Ada")
    (line,) = [line for line in kept.lines if line["logger"] == "access"]
    assert (line["status"], line["method"], line["person"]) == (404, "GET", cast.owner.pk)
    assert line["work"] == answer["X-Request-ID"]
    assert isinstance(line["ms"], int)
    assert "Ada" not in kept.getvalue()
    assert "Alice" not in kept.getvalue()
    assert work_id.get() == ""


def answered(request: HttpRequest, view: Any = None, **kwargs: Any) -> HttpResponse:
    def get_response(request: HttpRequest) -> HttpResponse:
        if view:
            route = "r/<token>/"
            request.resolver_match = ResolverMatch(view, (), kwargs, url_name="r", route=route)
        return HttpResponse()

    return middleware(get_response)(request)


def test_numbers_of_the_route_are_written_and_tokens_are_not(kept: Kept) -> None:
    answered(RequestFactory().get("/x"), lambda r: None, pk=7, token="secret")
    (line,) = kept.lines
    assert (line["route"], line["ids"], line["person"]) == ("r", {"pk": 7}, None)
    assert "secret" not in kept.getvalue()


def test_an_address_that_leads_nowhere_is_not_written(kept: Kept) -> None:
    answered(RequestFactory().generic("BREW", "/support/secret"))
    assert (kept.lines[0]["route"], kept.lines[0]["method"]) == ("none", "other")
    assert "secret" not in kept.getvalue()


def test_a_view_may_leave_no_line_at_all(kept: Kept) -> None:
    @unlogged
    def anonymous(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    answered(RequestFactory().get("/survey/secret/"), anonymous)
    assert kept.lines == []


def test_an_id_given_by_a_trusted_proxy_is_taken_up(settings) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": "abcd-1234-efgh"})
    settings.TRUSTED_PROXY_COUNT = 0
    assert answered(request)["X-Request-ID"] != "abcd-1234-efgh"
    settings.TRUSTED_PROXY_COUNT = 1
    assert answered(request)["X-Request-ID"] == "abcd-1234-efgh"
    spoiled = RequestFactory().get("/", headers={"X-Request-ID": "a b\tc<script>"})
    assert "script" not in answered(spoiled)["X-Request-ID"]


def test_the_id_is_given_up_even_when_the_answer_fails() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        access.middleware(broken)(RequestFactory().get("/"))
    assert work_id.get() == ""


def test_a_tasks_lines_carry_its_id(kept: Kept) -> None:
    token = work_id.set("")
    celery._name_the_work(task_id="abc")
    logging.getLogger("a").info("x")
    work_id.reset(token)
    assert kept.lines[0]["work"] == "abc"


@pytest.mark.django_db
def test_no_token_of_a_missing_page_is_written(kept: Kept, client: Client) -> None:
    client.get("/support/7-1~secret/extra/")
    client.post("/accounts/login/", {"login": "ada@example.org", "password": "hunter2hunter2"})
    text = kept.getvalue()
    assert "secret" not in text
    assert "ada@" not in text
    assert "hunter2" not in text


# Sentry --------------------------------------------------------------------------------------


def test_an_error_leaves_the_site_without_people_words_or_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []

    class Transport(sentry_sdk.Transport):
        def capture_envelope(self, envelope: Any) -> None:
            sent.extend(item.payload.json for item in envelope.items)

    real = sentry_sdk.init
    monkeypatch.setattr(log.sentry_sdk, "init", lambda **o: real(**o, transport=Transport))
    report_errors("https://key@errors.example/1", environment="programme.example")
    sentry_sdk.set_user({"id": 7, "email": "ada@example.org"})
    sentry_sdk.capture_exception(caught(ValidationError("Ada Lovelace lives at ada@example.org")))
    sentry_sdk.init()
    (event,) = sent
    text = json.dumps(event)
    assert "ValidationError" in text
    assert "test_log.py" in text
    assert "Ada" not in text
    assert "example.org" not in text


def test_what_is_scrubbed() -> None:
    event = {
        "request": {"method": "POST", "url": "https://x/support/secret/", "data": {"a": "Ada"}},
        "user": {"id": 7},
        "breadcrumbs": {"values": ["Ada"]},
        "extra": {"a": "Ada"},
        "message": "Ada",
        "logentry": {"message": "Ada"},
        "transaction": "/support/secret/",
        "exception": {"values": [{"type": "KeyError", "value": "Ada"}]},
    }
    assert scrub(event) == {
        "request": {"method": "POST"},
        "exception": {"values": [{"type": "KeyError", "value": ""}]},
    }
    assert scrub({"transaction": "cohorts.views.apply"}) == {
        "request": {},
        "transaction": "cohorts.views.apply",
    }


def test_a_malformed_sentry_address_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="SENTRY_DSN is not understood"):
        report_errors("nonsense", environment="x")
