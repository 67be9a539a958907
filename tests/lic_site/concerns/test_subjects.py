"""What a concern can come from: the protocol, its check, and the programme's own."""

from typing import Any

import pytest

from lic_site.accounts.models import Person
from lic_site.concerns import protocol
from lic_site.concerns.checks import subjects_fit
from lic_site.concerns.templatetags.concerns import concern_about
from tests.factories.people import PersonFactory
from tests.factories.running import LearningSetFactory, a_running_cohort, a_session


class Whole:
    name = "whole"

    def find(self, pk: int) -> str | None:
        return None

    def concerned(self, pk: int) -> list[Person]:
        return []


class Nameless(Whole):
    name = "not letters 1"


class Empty:
    name = "empty"


WHOLE, TWICE = [Whole()], [Whole(), Whole()]
NAMELESS, EMPTY = [Nameless()], [Empty()]


@pytest.mark.parametrize(
    ("path", "number"),
    [("NOTHING", "E001"), ("NAMELESS", "E002"), ("EMPTY", "E002"), ("TWICE", "E003")],
)
def test_one_that_does_not_fit_is_named(settings: Any, path: str, number: str) -> None:
    settings.CONCERN_SUBJECTS = [f"{__name__}.{path}"]
    assert [error.id for error in subjects_fit()] == [f"concerns.{number}"]


def test_those_of_the_site_fit(settings: Any) -> None:
    assert subjects_fit() == []
    settings.CONCERN_SUBJECTS = [f"{__name__}.WHOLE"]
    assert subjects_fit() == []


def find(name: str, pk: int) -> tuple[str | None, list[Person]]:
    subject = protocol.subjects()[name]
    return subject.find(pk), list(subject.concerned(pk))


def test_a_session_a_set_and_a_cohort_say_what_they_are_and_who_leads_them(db: None) -> None:
    cohort, leader = a_running_cohort(), PersonFactory()
    session = a_session(cohort, days=-1, leads=leader)
    chosen = LearningSetFactory(cohort=cohort, facilitator=leader)
    title, leading = find("session", session.pk)
    assert title is not None
    assert session.title in title
    assert cohort.name in title
    assert leading == [leader]
    assert find("set", chosen.pk) == (f"{chosen.name} ({cohort.name})", [leader])
    assert find("cohort", cohort.pk) == (cohort.name, [leader])


@pytest.mark.parametrize("name", ["session", "set", "cohort"])
def test_what_has_gone_has_no_name(db: None, name: str) -> None:
    assert find(name, 10**9) == (None, [])


def test_a_token_leads_back_and_one_for_another_sort_does_not() -> None:
    token = protocol.token_for("session", 7)
    found = protocol.read_token(token)
    assert found is not None
    assert (found[0].name, found[1]) == ("session", 7)
    assert protocol.read_token(token.replace("session", "cohort")) is None


def test_a_page_of_nothing_in_particular_links_without_a_token() -> None:
    assert concern_about("", "") == "/concern/"
    assert concern_about("cohort", 3).startswith("/concern/?about=cohort%3A3-1~")
