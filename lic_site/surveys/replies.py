"""What one respondent answered, in words: for whoever gave it, and whom it was named to."""

from collections.abc import Iterator
from dataclasses import dataclass

from lic_site.surveys.journey import in_words
from lic_site.surveys.models import Response


@dataclass(frozen=True)
class Reply:
    """One question as it was asked, and what was chosen or written."""

    code: str
    asked: str
    words: list[str]

    @property
    def line(self) -> str:
        return ", ".join(self.words)


def replies(response: Response) -> Iterator[Reply]:
    """Those that were given, in the order in which they were asked. Reads ``answers`` and
    ``comments``, which a list of responses prefetches.
    """
    wave = response.wave
    if wave.version is None:
        return
    given: dict[str, list[str]] = {}
    for answer in response.answers.all():
        given.setdefault(answer.question, []).append(answer.value)
    given |= {comment.question: [comment.text] for comment in response.comments.all()}
    for question in wave.version.definition.questions():
        if question.code in given:
            words = in_words(question, given[question.code])
            yield Reply(question.code, question.words_for(wave.audience), words)
