"""Questionnaires: made, changed as drafts, published for good, retired."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.surveys.definition import Definition
from lic_site.surveys.editing import faults
from lic_site.surveys.enums import VersionState, WaveState
from lic_site.surveys.library import Ready, ready
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services.errors import (
    ChangedMeanwhile,
    DraftThere,
    HasFaults,
    NotADraft,
    NotPublished,
    QuestionnaireRefused,
    StillAsked,
)

LONGEST_SLUG = 60


@transaction.atomic
def make(
    *,
    name: str,
    level: str,
    summary: str = "",
    begin_with: Ready | None = None,
    by: Person,
    at: datetime,
) -> Questionnaire:
    """A questionnaire with a draft: blank, or as a ready one. Raises QuestionnaireRefused."""
    made = Questionnaire(
        name=name,
        level=level,
        summary=summary,
        library_code=begin_with.code if begin_with else "",
        made_at=at,
        made_by=by,
    )
    _keep(made)
    _draft(made, begin_with.definition if begin_with else Definition(), at)
    audit.record("surveys.questionnaire_made", by=by, at=at, thing=made)
    return made


@transaction.atomic
def copy(*, questionnaire: Questionnaire, name: str, by: Person, at: datetime) -> Questionnaire:
    """A new questionnaire that begins as this one is now, its draft included. Raises
    QuestionnaireRefused.
    """
    made = Questionnaire(
        name=name,
        level=questionnaire.level,
        summary=questionnaire.summary,
        library_code=questionnaire.library_code,
        made_at=at,
        made_by=by,
    )
    _keep(made)
    newest = questionnaire.versions.order_by("-number").first()
    _draft(made, newest.definition if newest else Definition(), at)
    audit.record("surveys.questionnaire_copied", by=by, at=at, thing=made)
    return made


@transaction.atomic
def describe(
    *,
    questionnaire: Questionnaire,
    name: str,
    level: str,
    summary: str,
    by: Person,
    at: datetime,
) -> None:
    """Change what staff call it and read about it. Raises QuestionnaireRefused."""
    questionnaire.name, questionnaire.level, questionnaire.summary = name, level, summary
    _keep(questionnaire)
    audit.record(
        "surveys.questionnaire_described",
        by=by,
        at=at,
        thing=questionnaire,
        fields=["name", "level", "summary"],
    )


@transaction.atomic
def begin_version(*, questionnaire: Questionnaire, by: Person, at: datetime) -> Version:
    """A draft that begins as the newest published version. Raises DraftThere, NotPublished."""
    _lock(questionnaire)
    if questionnaire.versions.filter(state=VersionState.DRAFT).exists():
        raise DraftThere
    newest = questionnaire.versions.order_by("-number").first()
    if newest is None:
        raise NotPublished
    version = _draft(questionnaire, newest.definition, at)
    audit.record("surveys.version_begun", by=by, at=at, thing=version)
    return version


@transaction.atomic
def change_draft(
    *, version: Version, revision: int, definition: Definition, by: Person, at: datetime
) -> None:
    """Put another definition in the draft's place, if nobody did since ``revision``. Raises
    NotADraft, ChangedMeanwhile.
    """
    drafts = Version.objects.filter(pk=version.pk, state=VersionState.DRAFT)
    content = definition.to_json()
    if not drafts.filter(revision=revision).update(content=content, revision=F("revision") + 1):
        raise ChangedMeanwhile if drafts.exists() else NotADraft
    _read_anew(version)
    audit.record("surveys.draft_changed", by=by, at=at, thing=version)


@transaction.atomic
def publish(*, version: Version, revision: int, by: Person, at: datetime) -> None:
    """From now on waves that open take this version, and it never changes. Raises HasFaults,
    NotADraft, ChangedMeanwhile.
    """
    _lock(version.questionnaire)
    _read_anew(version)
    if version.state != VersionState.DRAFT:
        raise NotADraft
    if version.revision != revision:
        raise ChangedMeanwhile
    if faults(version.definition):
        raise HasFaults
    version.state, version.published_at, version.published_by = VersionState.PUBLISHED, at, by
    version.save(update_fields=["state", "published_at", "published_by"])
    audit.record("surveys.version_published", by=by, at=at, thing=version)


@transaction.atomic
def discard(*, version: Version, by: Person, at: datetime) -> bool:
    """Delete a draft, and its questionnaire with it if nothing else is left of that. True if the
    questionnaire has gone. Raises NotADraft.
    """
    questionnaire = version.questionnaire
    _lock(questionnaire)
    audit.record("surveys.draft_discarded", by=by, at=at, thing=version)
    deleted, _ = Version.objects.filter(pk=version.pk, state=VersionState.DRAFT).delete()
    if not deleted:
        raise NotADraft
    used = (questionnaire.versions, questionnaire.plans, questionnaire.waves)
    if any(each.exists() for each in used):
        return False
    questionnaire.delete()
    return True


@transaction.atomic
def retire(*, questionnaire: Questionnaire, by: Person, at: datetime) -> None:
    """Offer it no more for new surveys; those that are open stay open. Raises StillAsked."""
    _lock(questionnaire)
    planned = questionnaire.waves.filter(state=WaveState.PLANNED)
    if planned.exists() or questionnaire.plans.filter(is_on=True).exists():
        raise StillAsked
    retired = Questionnaire.objects.filter(pk=questionnaire.pk, retired_at=None)
    if retired.update(retired_at=at):
        audit.record("surveys.questionnaire_retired", by=by, at=at, thing=questionnaire)


@transaction.atomic
def bring_back(*, questionnaire: Questionnaire, by: Person, at: datetime) -> None:
    retired = Questionnaire.objects.filter(pk=questionnaire.pk, retired_at__isnull=False)
    if retired.update(retired_at=None):
        audit.record("surveys.questionnaire_brought_back", by=by, at=at, thing=questionnaire)


@transaction.atomic
def load_library(*, at: datetime) -> int:
    """Make each ready questionnaire that is not there, its first version published. How many were
    made.
    """
    there = set(Questionnaire.objects.values_list("slug", flat=True))
    missing = [each for each in ready().values() if each.code not in there]
    for each in missing:
        made = Questionnaire.objects.create(
            name=each.name,
            slug=each.code,
            level=each.level,
            summary=each.summary,
            library_code=each.code,
            made_at=at,
        )
        Version.objects.create(
            questionnaire=made,
            number=1,
            state=VersionState.PUBLISHED,
            content=each.definition.to_json(),
            made_at=at,
            published_at=at,
        )
        audit.record("surveys.questionnaire_made", by=None, at=at, thing=made)
    return len(missing)


def _draft(questionnaire: Questionnaire, definition: Definition, at: datetime) -> Version:
    highest = questionnaire.versions.aggregate(highest=Max("number"))["highest"] or 0
    return Version.objects.create(
        questionnaire=questionnaire,
        number=highest + 1,
        content=definition.to_json(),
        made_at=at,
    )


def _lock(questionnaire: Questionnaire) -> None:
    """Until the transaction ends nobody else begins, publishes or discards a version of it."""
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)


def _read_anew(version: Version) -> None:
    """Raises NotADraft if it has gone."""
    version.__dict__.pop("definition", None)
    try:
        version.refresh_from_db()
    except Version.DoesNotExist as gone:
        raise NotADraft from gone


def _keep(questionnaire: Questionnaire) -> None:
    if not questionnaire.slug:
        questionnaire.slug = _slug(questionnaire.name)
    try:
        questionnaire.full_clean()
    except ValidationError as wrong:
        raise QuestionnaireRefused(" ".join(wrong.messages)) from wrong
    questionnaire.save()


def _slug(name: str) -> str:
    first = slug = slugify(name)[: LONGEST_SLUG - 5].strip("-") or "questionnaire"
    taken = set(Questionnaire.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    number = 1
    while slug in taken:
        number += 1
        slug = f"{first}-{number}"
    return slug
