"""Editors at once, on PostgreSQL; with the safeguard taken out the test must fail."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from lic_site.accounts.models import Person
from lic_site.surveys import editing
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.services.errors import ChangedMeanwhile, DraftThere
from tests.factories.people import PersonFactory
from tests.factories.surveys import ASKED, VersionFactory
from tests.support.people import NOW

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
EDITORS = 4
WAITS = 20
"""Seconds before the gate gives up on somebody."""


def together(work: Callable[[int], object]) -> Counter[str]:
    """How often each thing happened: 'done', or the name of what was raised."""
    gate = threading.Barrier(EDITORS)

    def one(number: int) -> str:
        try:
            gate.wait(WAITS)
            work(number)
        except (ChangedMeanwhile, DraftThere, IntegrityError) as no:
            return type(no).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(EDITORS) as pool:
        return Counter(pool.map(one, range(EDITORS)))


@pytest.fixture
def robin() -> Person:
    person: Person = PersonFactory()
    return person


@pytest.fixture
def out() -> Version:
    version: Version = VersionFactory()
    return version


def begin(out: Version, robin: Person) -> Counter[str]:
    def work(_: int) -> None:
        questionnaire = Questionnaire.objects.get(pk=out.questionnaire_id)
        verbs.begin_version(questionnaire=questionnaire, by=robin, at=NOW)

    return together(work)


def test_one_draft_begins(out: Version, robin: Person) -> None:
    assert begin(out, robin) == {"done": 1, "DraftThere": EDITORS - 1}
    assert out.questionnaire.versions.count() == 2


def test_without_the_lock_several_begin_and_the_constraint_alone_stops_them(
    out: Version, robin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = threading.Barrier(EDITORS)
    monkeypatch.setattr(verbs, "_lock", lambda _: inside.wait(WAITS))
    assert begin(out, robin)["IntegrityError"] > 0
    assert out.questionnaire.versions.count() == 2


def test_one_change_wins_and_the_others_are_told(out: Version, robin: Person) -> None:
    draft = verbs.begin_version(questionnaire=out.questionnaire, by=robin, at=NOW)

    def work(number: int) -> None:
        verbs.change_draft(
            version=Version.objects.get(pk=draft.pk),
            revision=1,
            definition=editing.set_closing(ASKED, f"Editor {number}"),
            by=robin,
            at=NOW,
        )

    assert together(work) == {"done": 1, "ChangedMeanwhile": EDITORS - 1}
    assert Version.objects.get(pk=draft.pk).revision == 2


def test_who_says_the_newest_revision_overwrites_the_others(out: Version, robin: Person) -> None:
    """What the revision is for: one after the other, each is let through."""
    draft = verbs.begin_version(questionnaire=out.questionnaire, by=robin, at=NOW)
    turn = threading.Lock()

    def work(number: int) -> None:
        with turn:
            version = Version.objects.get(pk=draft.pk)
            changed = editing.set_closing(ASKED, f"Editor {number}")
            verbs.change_draft(
                version=version, revision=version.revision, definition=changed, by=robin, at=NOW
            )

    assert together(work) == {"done": EDITORS}
    assert Version.objects.get(pk=draft.pk).revision == 1 + EDITORS
