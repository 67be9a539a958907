"""Questionnaires are made, drafted, published for good, and retired."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from lic_site.accounts.models import AuditEvent, Person
from lic_site.surveys import editing, published
from lic_site.surveys.definition import Definition
from lic_site.surveys.enums import Level, VersionState, WaveState
from lic_site.surveys.library import ready
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services import questionnaires as verbs
from lic_site.surveys.services.errors import (
    ChangedMeanwhile,
    DraftThere,
    HasFaults,
    NotADraft,
    NotPublished,
    QuestionnaireRefused,
    StillAsked,
)
from tests.factories.people import PersonFactory
from tests.factories.surveys import (
    ASKED,
    PlanFactory,
    QuestionnaireFactory,
    VersionFactory,
    WaveFactory,
)
from tests.support.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> Person:
    return PersonFactory()


def a_draft(by: Person, *, asks: Definition = ASKED) -> Version:
    made = verbs.make(name="Pulse", level=Level.REACTION, by=by, at=NOW)
    version = made.versions.get()
    verbs.change_draft(version=version, revision=1, definition=asks, by=by, at=NOW)
    return version


def verbs_of(person: Person) -> list[str]:
    events = AuditEvent.objects.filter(actor_id=person.pk).order_by("pk")
    return [verb.removeprefix("surveys.") for verb in events.values_list("verb", flat=True)]


def test_one_begins_blank_or_as_a_ready_one(robin: Person) -> None:
    blank = verbs.make(name="Pulse", level=Level.REACTION, by=robin, at=NOW)
    assert blank.versions.get().definition == Definition()
    begin_with = ready()["baseline"]
    made = verbs.make(name="Pulse", level="learning", begin_with=begin_with, by=robin, at=NOW)
    assert made.versions.get().definition == begin_with.definition
    assert (blank.slug, made.slug, made.library_code) == ("pulse", "pulse-2", "baseline")
    assert verbs_of(robin) == ["questionnaire_made", "questionnaire_made"]


@pytest.mark.parametrize(("name", "level"), [("", "reaction"), ("Pulse", "fun")])
def test_one_has_a_name_and_a_level(robin: Person, name: str, level: str) -> None:
    with pytest.raises(QuestionnaireRefused):
        verbs.make(name=name, level=level, by=robin, at=NOW)


def test_a_name_without_letters_has_an_address_too(robin: Person) -> None:
    assert verbs.make(name="?", level="reaction", by=robin, at=NOW).slug == "questionnaire"


def test_staff_may_call_it_something_else(robin: Person) -> None:
    made = verbs.make(name="Pulse", level="reaction", by=robin, at=NOW)
    verbs.describe(
        questionnaire=made, name="Beat", level="results", summary="For all", by=robin, at=NOW
    )
    made.refresh_from_db()
    assert (made.name, made.level, made.summary, made.slug) == (
        "Beat",
        "results",
        "For all",
        "pulse",
    )


def test_a_copy_begins_as_the_newest_version_is(robin: Person) -> None:
    version = a_draft(robin)
    made = verbs.copy(questionnaire=version.questionnaire, name="Other", by=robin, at=NOW)
    assert made.versions.get().definition == ASKED
    empty = QuestionnaireFactory()
    assert verbs.copy(questionnaire=empty, name="New", by=robin, at=NOW).versions.exists()


def test_a_change_to_a_draft_that_somebody_changed_meanwhile_is_refused(robin: Person) -> None:
    version = a_draft(robin)
    assert version.revision == 2
    stale = Version.objects.get()
    changed = editing.set_closing(ASKED, "Mine")
    verbs.change_draft(version=version, revision=2, definition=changed, by=robin, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        verbs.change_draft(version=stale, revision=2, definition=ASKED, by=robin, at=NOW)
    assert Version.objects.get().definition.closing == "Mine"
    assert version.definition == changed, "what was read before is not remembered"


def test_a_published_version_is_changed_as_a_new_draft_alone(robin: Person) -> None:
    version = a_draft(robin)
    with pytest.raises(ChangedMeanwhile):
        verbs.publish(version=version, revision=1, by=robin, at=NOW)
    verbs.publish(version=version, revision=2, by=robin, at=NOW)
    with pytest.raises(NotADraft):
        verbs.change_draft(version=version, revision=2, definition=ASKED, by=robin, at=NOW)
    with pytest.raises(NotADraft):
        verbs.publish(version=version, revision=2, by=robin, at=NOW)
    assert (version.published_by, version.published_at) == (robin, NOW)
    draft = verbs.begin_version(questionnaire=version.questionnaire, by=robin, at=NOW)
    assert (draft.number, draft.definition) == (2, ASKED)
    with pytest.raises(DraftThere):
        verbs.begin_version(questionnaire=version.questionnaire, by=robin, at=NOW)
    assert verbs_of(robin)[-2:] == ["version_published", "version_begun"]


def test_a_draft_of_nothing_begins_nowhere(robin: Person) -> None:
    with pytest.raises(NotPublished):
        verbs.begin_version(questionnaire=QuestionnaireFactory(), by=robin, at=NOW)


def test_a_draft_with_faults_is_not_published(robin: Person) -> None:
    version = a_draft(robin, asks=Definition())
    with pytest.raises(HasFaults):
        verbs.publish(version=version, revision=2, by=robin, at=NOW)
    assert Version.objects.get().state == VersionState.DRAFT


def test_a_questionnaire_that_was_never_more_than_a_draft_goes_with_it(robin: Person) -> None:
    version = a_draft(robin)
    assert verbs.discard(version=version, by=robin, at=NOW) is True
    assert not Questionnaire.objects.exists()
    version = VersionFactory()
    draft = verbs.begin_version(questionnaire=version.questionnaire, by=robin, at=NOW)
    assert verbs.discard(version=draft, by=robin, at=NOW) is False
    assert Version.objects.get() == version


def test_what_is_published_is_not_discarded(robin: Person) -> None:
    with pytest.raises(NotADraft):
        verbs.discard(version=VersionFactory(), by=robin, at=NOW)
    draft = a_draft(robin)
    other = Version.objects.get(pk=draft.pk)
    PlanFactory(questionnaire=draft.questionnaire)
    verbs.discard(version=draft, by=robin, at=NOW)
    with pytest.raises(NotADraft):
        verbs.publish(version=other, revision=2, by=robin, at=NOW)


def test_what_is_still_to_be_asked_is_not_retired(robin: Person) -> None:
    plan = PlanFactory()
    wave = WaveFactory(state=WaveState.PLANNED, questionnaire=plan.questionnaire)
    for _ in range(2):
        with pytest.raises(StillAsked):
            verbs.retire(questionnaire=plan.questionnaire, by=robin, at=NOW)
        plan.is_on = False
        plan.save()
    wave.state = WaveState.OPEN
    wave.save()
    for _ in range(2):
        verbs.retire(questionnaire=plan.questionnaire, by=robin, at=NOW)
    plan.questionnaire.refresh_from_db()
    assert plan.questionnaire.retired_at == NOW
    for _ in range(2):
        verbs.bring_back(questionnaire=plan.questionnaire, by=robin, at=NOW)
    plan.questionnaire.refresh_from_db()
    assert plan.questionnaire.retired_at is None
    assert verbs_of(robin) == ["questionnaire_retired", "questionnaire_brought_back"]


def test_the_library_is_loaded_once_and_left_alone(robin: Person) -> None:
    assert verbs.load_library(at=NOW) == len(ready())
    made = Questionnaire.objects.get(slug="baseline")
    verbs.describe(questionnaire=made, name="Ours", level="results", summary="", by=robin, at=NOW)
    assert verbs.load_library(at=NOW) == 0
    assert Questionnaire.objects.get(slug="baseline").name == "Ours"
    assert Version.objects.published().filter(number=1).count() == len(ready())
    for version in Version.objects.all():
        assert editing.faults(version.definition) == []


@pytest.fixture
def guarded() -> Version:
    """A published version, in a database that refuses to change it."""
    version = VersionFactory()
    published.remove(connection)
    published.install(connection)
    return version


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE surveys_version SET content = \'{"closing": "Other"}\'',
        "UPDATE surveys_version SET state = 'draft', published_at = NULL",
        "UPDATE surveys_version SET number = 7",
        "DELETE FROM surveys_version",
    ],
)
def test_the_database_refuses_to_change_what_was_published(
    guarded: Version, statement: str
) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Version.objects.get().definition == ASKED


def test_whoever_published_it_may_be_forgotten_and_drafts_change(
    guarded: Version, robin: Person
) -> None:
    Version.objects.update(published_by=robin)
    Version.objects.update(published_by=None)
    draft = a_draft(robin, asks=replace(ASKED, closing="Other"))
    verbs.publish(version=draft, revision=2, by=robin, at=NOW)
    other = verbs.begin_version(questionnaire=draft.questionnaire, by=robin, at=NOW)
    verbs.discard(version=other, by=robin, at=NOW)
    assert Version.objects.count() == 2


def test_whoever_empties_a_table_lifts_it_and_it_is_guarded_again(guarded: Version) -> None:
    with published.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM surveys_version")
    VersionFactory()
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
    ):
        Version.objects.all().delete()
