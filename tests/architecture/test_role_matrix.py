"""Every address × every persona × every method, ids of other people's things among them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.plugin import DjangoDbBlocker

from tests import role_matrix as who
from tests.role_matrix import MATRIX, PERSONAS, Rule
from tests.support.world import SECRET, World, build

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("role matrix")]

WRITES = re.compile(r"(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) \"(\w+)\"", re.IGNORECASE)
# What is written of a reader: who looked, and that they are still there.
LEDGERS = {"accounts_auditevent", "django_session", "usersessions_usersession", "cache"}
METHODS = ("GET", "POST", "DELETE")
OTHERS = who.ALLAUTH_OPEN | who.ALLAUTH_OWN | who.PUBLIC_SITE
SIGN_IN = ("/accounts/login/", "/my/about-you/")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Every address below these patterns, its placeholders without their kind, and its name."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield re.sub(r"<\w+:(\w+)>", r"<\1>", route), pattern.name or ""


ALL = dict(routes(get_resolver().url_patterns))
ADMIN = {route for route in ALL if route.startswith(who.ADMIN)}
ADMIN_PLAIN = sorted(
    route for route in ADMIN if not re.search("[<(^]|/login/|password_reset", route)
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Built once for this module, and undone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@dataclass
class Answer:
    response: Any
    content: bytes
    wrote: set[str]
    """The tables that the request changed."""

    @property
    def code(self) -> int:
        return int(self.response.status_code)

    @property
    def led(self) -> bool:
        """To sign in, or to say who they are."""
        return self.code == 302 and self.response.headers["Location"].startswith(SIGN_IN)


def ask(world: World, persona: str, method: str, route: str) -> Answer:
    """One request as this persona, undone afterwards."""
    client = Client(raise_request_exception=False)
    if persona in world.sessions:
        client.cookies["sessionid"] = world.sessions[persona]
    wrote: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITES.match(sql):
            wrote.add(found[1])
        return execute(sql, *rest)

    data, kind = world.data(method, route)
    with transaction.atomic(), connection.execute_wrapper(watch):
        response: Any = client.generic(method, world.address(route), data, kind)
        content = response.getvalue()
        transaction.set_rollback(True)
    return Answer(response, content, wrote - LEDGERS)


def faults(rule: Rule, persona: str, method: str, answer: Answer) -> str:
    """What is wrong with the answer, in a few words; empty where it is right."""
    code, allowed, meant = answer.code, persona in rule.allowed, method in rule.methods
    if code >= 500:
        return "broke"
    if answer.wrote and not (allowed and meant and method == "POST"):
        return f"changed {sorted(answer.wrote)}"
    if not allowed and SECRET.encode() in answer.content:
        return "named the applicant"
    if not meant or (persona in rule.led and code == 302 and not answer.led):
        return ""
    if allowed:
        return f"gave {code}" if answer.led or code in {401, 403, 404, 405} else ""
    led = answer.led and persona in {who.VISITOR, who.NEWCOMER}
    return "" if led or code in {404, 405} else f"let in with {code}"


def test_every_address_stands_in_the_matrix() -> None:
    ours = ALL.keys() - ADMIN
    assert not ours - MATRIX.keys() - OTHERS
    assert not (MATRIX.keys() | OTHERS) - ours


def test_no_two_addresses_share_a_name() -> None:
    resolver = get_resolver()
    for space, (before, inner) in resolver.namespace_dict.items():
        if before.startswith(who.ADMIN):
            continue
        names = [name for _, name in routes(inner.url_patterns)]
        assert len(names) == len(set(names)), (space, sorted(names))


@pytest.mark.parametrize("route", sorted(MATRIX))
def test_an_address_answers_whom_it_should(world: World, route: str) -> None:
    rule = MATRIX[route]
    found = {
        f"{persona} {method}: {fault}"
        for persona in sorted(PERSONAS)
        for method in METHODS
        if (fault := faults(rule, persona, method, ask(world, persona, method, route)))
    }
    assert not found, f"/{route}"


@pytest.mark.parametrize("route", sorted(who.ALLAUTH_OPEN | who.ALLAUTH_OWN))
def test_sign_in_breaks_for_nobody(world: World, route: str) -> None:
    for persona in (who.VISITOR, who.NEWCOMER, who.STRANGER, who.COLLEGE):
        for method in METHODS:
            answer = ask(world, persona, method, route)
            assert answer.code < 500, (persona, method)
            if persona == who.VISITOR and route in who.ALLAUTH_OWN:
                assert answer.code in {302, 404, 405}, method


def test_only_editors_reach_wagtails_admin(world: World) -> None:
    """One gate stands before all of it: every address as one, every tenth as everybody."""
    for number, route in enumerate(ADMIN_PLAIN):
        personas = sorted(PERSONAS - who.EDITORS) if number % 10 == 0 else [who.STRANGER]
        for persona in personas:
            answer = ask(world, persona, "GET", route)
            hidden = answer.code == 404 or (persona == who.VISITOR and answer.led)
            assert hidden, (route, persona)


@pytest.mark.parametrize(
    "route",
    [
        "manage/",
        "manage/pages/",
        "manage/images/",
        "manage/questionnaires/",
        "manage/questionnaires/new/",
    ],
)
def test_editors_work_in_wagtails_admin(world: World, route: str) -> None:
    assert ask(world, who.EDITOR, "GET", route).code in {200, 302}


def test_the_matrix_bites(world: World) -> None:
    """With the wrong people named, the answer is a fault."""
    wrong = who.page(who.only(who.STRANGER))
    assert faults(wrong, who.STRANGER, "GET", ask(world, who.STRANGER, "GET", "staff/people/"))
    assert faults(wrong, who.COLLEGE, "GET", ask(world, who.COLLEGE, "GET", "staff/people/"))
    writes = Answer(HttpResponse(), b"", {"programme_application"})
    assert faults(who.page(who.ANYONE), who.STRANGER, "GET", writes)
    assert faults(who.page(who.ANYONE), who.STRANGER, "POST", writes)
