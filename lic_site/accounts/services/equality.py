import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.equality import (
    DETAILED_GROUPS,
    ETHNIC_GROUPS,
    OWN_WORDS_LENGTH,
    PREFER_NOT,
    QUESTIONS,
)
from lic_site.accounts.models import Person
from lic_site.accounts.models.equality import EqualityRecord
from lic_site.common.errors import Refusal


class NotAnAnswer(Refusal):
    """Choose one of the answers shown, or leave the question out."""


@transaction.atomic
def record_equality(*, person: Person, answers: Mapping[str, str], at: datetime) -> None:
    """Keep what the person chose to tell. What is not among ``answers`` stays as it was; an empty
    answer takes that one back. Raises NotAnAnswer.
    """
    record = EqualityRecord.objects.select_for_update().filter(person=person).first()
    told: dict[str, str] = json.loads(record.answers) if record else {}
    told = {code: answer for code, answer in {**told, **answers}.items() if answer}
    if "ethnic_detail" in told and told["ethnic_detail"] not in _details(told):
        if "ethnic_detail" in answers:
            raise NotAnAnswer
        del told["ethnic_detail"]
    _check(told)
    EqualityRecord.objects.update_or_create(
        person=person,
        defaults={"answers": json.dumps(told), "updated_on": timezone.localdate(at)},
    )
    audit.record("accounts.equality_recorded", by=person, at=at, subject=person)


@transaction.atomic
def withdraw_equality(*, person: Person, at: datetime) -> None:
    """Delete everything the person told. Later figures are counted without it."""
    deleted, _ = EqualityRecord.objects.filter(person=person).delete()
    if deleted:
        audit.record("accounts.equality_withdrawn", by=person, at=at, subject=person)


def equality_answers(person: Person) -> dict[str, str]:
    """The person's own answers, for their own pages alone."""
    record = EqualityRecord.objects.filter(person=person).first()
    told: dict[str, str] = json.loads(record.answers) if record else {}
    return told


def _details(told: Mapping[str, str]) -> set[str]:
    group = told.get("ethnic_group", "")
    return {PREFER_NOT} | {code for code, _ in DETAILED_GROUPS.get(group, ())}


def _check(told: Mapping[str, str]) -> None:
    allowed = {question.code: dict(question.choices) for question in QUESTIONS}
    allowed["ethnic_group"] = dict(ETHNIC_GROUPS)
    for code, answer in told.items():
        if code == "ethnic_own_words":
            is_one = len(answer) <= OWN_WORDS_LENGTH
        else:
            is_one = code == "ethnic_detail" or answer in {PREFER_NOT, *allowed.get(code, ())}
        if not is_one:
            raise NotAnAnswer
