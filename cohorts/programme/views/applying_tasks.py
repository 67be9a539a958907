"""The task list of an application, and its answers laid out to be checked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cohorts.programme import policies
from cohorts.programme.enums import SupportRoute
from cohorts.programme.models import Application, ManagerSupport
from cohorts.programme.services.submission import Gap
from cohorts.programme.views.drafts import address
from cohorts.programme.words import count_words


@dataclass(frozen=True)
class Task:
    """One line of the task list."""

    title: str
    href: str
    status: str
    tone: str = "plain"
    hint: str = ""
    is_needed: bool = True

    @property
    def is_done(self) -> bool:
        return self.tone == "done"


def tasks_of(application: Application, gaps: Iterable[Gap]) -> list[Task]:
    """Every part, in order; ``gaps`` are what still keeps the application from being sent."""
    return list(_tasks(application, {(gap.part, gap.question): gap for gap in gaps}))


def _tasks(application: Application, gaps: dict[Any, Gap]) -> Iterator[Task]:
    def needed(title: str, href: str, gap: Gap | None, hint: str = "") -> Task:
        if gap is None:
            return Task(title, href, "Done", "done", hint)
        if gap.words_over:
            return Task(title, href, f"{gap.words_over} words too long", "stop", hint)
        return Task(title, href, "To do", "todo", hint)

    yield needed("Your post", address("details", application), gaps.get(("details", None)))
    written = {answer.question_id: answer.text for answer in application.answers.all()}
    for question in application.cohort.questions.all():
        href = address("question", application, pk=question.pk)
        limit = f"Up to {question.max_words} words"
        if question.is_required or (gaps.get(("question", question))):
            yield needed(question.text, href, gaps.get(("question", question)), limit)
        else:
            answered = count_words(written.get(question.pk, ""))
            yield _optional(question.text, href, given=bool(answered), hint=limit)
    yield needed("Support from a colleague", *_support(application, gaps))
    yield _optional(
        "Anything you need from us",
        address("adjustments", application),
        given=bool(application.adjustments),
        hint="So that you can apply, or be considered fairly",
    )
    yield _optional(
        "People who must not read yours",
        address("readers", application),
        given=application.exclusions.exists(),
        hint="No reason is asked",
    )


def _support(application: Application, gaps: dict[Any, Gap]) -> tuple[str, Gap | None, str]:
    support = ManagerSupport.objects.filter(application=application).first()
    hint = "Nobody is asked until you say so"
    if support is not None and support.route != SupportRoute.NOBODY:
        hint = "You have asked" if support.asked_at else "You have not asked yet"
    return address("support", application), gaps.get(("support", None)), hint


def _optional(title: str, href: str, *, given: bool, hint: str = "") -> Task:
    if given:
        return Task(title, href, "Done", "done", hint, is_needed=False)
    return Task(title, href, "Optional", "plain", hint, is_needed=False)


def sections_of(application: Application, *, change: bool) -> Iterator[dict[str, Any]]:
    """What was written, part by part, each with who sees it; ``change`` adds links back."""
    check = f"?next={address('check', application)}" if change else ""

    def row(key: str, value: object, name: str = "", **parts: Any) -> dict[str, Any]:
        given: dict[str, Any] = {"key": key, "value": str(value or "")}
        if change and name:
            on = "" if name == "support" else check  # its pages lead on to whether to ask now
            given["href"] = address(name, application, **parts) + on
        return given

    yield {
        "title": "Your post",
        "who_sees": policies.who_sees("details", application),
        "rows": [
            row("Job title", application.job_title, "details"),
            row("Grade", application.get_grade_band_display(), "details"),
            row("Where you work", application.organisation, "details"),
        ],
    }
    written = {answer.question_id: answer.text for answer in application.answers.all()}
    yield {
        "title": "Your answers",
        "who_sees": policies.who_sees("answers", application),
        "rows": [
            row(question.text, written.get(question.pk, ""), "question", pk=question.pk)
            for question in application.cohort.questions.all()
        ],
    }
    chosen = ManagerSupport.objects.filter(application=application).first()
    whom = row("Whom you ask", chosen.get_route_display() if chosen else "", "support")
    if chosen is not None:
        whom["hint"] = chosen.typed_name
    yield {
        "title": "Support from a colleague",
        "who_sees": policies.who_sees("support", application),
        "rows": [whom],
    }
    yield {
        "title": "Anything you need from us",
        "who_sees": policies.who_sees("adjustments", application),
        "rows": [row("What you need", application.adjustments, "adjustments")],
    }
    names = "\n".join(exclusion.name for exclusion in application.exclusions.all())
    yield {
        "title": "People who must not read yours",
        "who_sees": policies.who_sees("exclusions", application),
        "rows": [row("Names", names, "readers")],
    }
