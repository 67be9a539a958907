"""How answers become rows, whatever the mode."""

import random
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from lic_site.accounts.models import Person
from lic_site.surveys.definition import Answers, Definition
from lic_site.surveys.enums import WORDS, Mode
from lic_site.surveys.models import Answer, Comment, Response, Wave

CHUNK = 2_000


@transaction.atomic
def store(
    wave: Wave,
    given: Iterable[Answers],
    *,
    pseudonym: str = "",
    person: Person | None = None,
    on: date | None = None,
) -> list[Response]:
    """Write responses with their answers, and what was said in words as comments to be checked.
    Answers to questions that were not asked are left out.

    In an anonymous wave words stand alone, shuffled apart from the response they came with. What is
    one's own, or was named, needs no check and is read as it was written.
    """
    definition = _definition(wave)
    responses: list[Response] = []
    answers: list[Answer] = []
    comments: list[Comment] = []
    for each in given:
        response = Response(wave=wave, pseudonym=pseudonym, person=person, on=on)
        responses.append(response)
        for code, values in definition.kept(each).items():
            if definition.by_code[code].kind in WORDS:
                kept_with = None if wave.mode == Mode.ANONYMOUS else response
                comments.append(
                    Comment(wave=wave, question=code, response=kept_with, text=values[0])
                )
            else:
                answers += [
                    Answer(response=response, question=code, value=value) for value in values
                ]
    random.SystemRandom().shuffle(comments)
    Response.objects.bulk_create(responses, batch_size=CHUNK)
    Answer.objects.bulk_create(answers, batch_size=CHUNK)
    Comment.objects.bulk_create(comments, batch_size=CHUNK)
    return responses


def _definition(wave: Wave) -> Definition:
    if wave.version is None:
        raise ValueError("A wave without a version has nothing to answer.")
    return wave.version.definition
