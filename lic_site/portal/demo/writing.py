"""What invented people write: applications, a colleague's answer, readers' scores."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from cohorts.programme.enums import SupportAnswer, SupportRoute
from cohorts.programme.models import Application, Cohort, Review
from cohorts.programme.services import applications, reading, submission, support
from lic_site.accounts.models import Person
from lic_site.portal.demo import people, words


def written(
    cohort: Cohort, person: Person, number: int, moment: datetime, *, share: float = 1
) -> Application:
    """An application begun, and written as far as this share of the questions."""
    application = applications.start_application(
        cohort=cohort, says_eligible=True, by=person, at=moment
    )
    assert person.organisation is not None  # noqa: S101 (every invented colleague has one)
    applications.save_details(
        application=application,
        job_title=person.job_title,
        grade_band=person.grade_band,
        organisation=person.organisation,
        by=person,
        at=moment,
    )
    questions = list(cohort.questions.all())
    for place, question in enumerate(questions[: max(1, round(len(questions) * share))]):
        text = " ".join(words.answer(number, place).split(" ")[: question.max_words])
        applications.save_answer(
            application=application, question=question, text=text, by=person, at=moment
        )
    if number % 11 == 4:
        need = words.ADJUSTMENTS[number % len(words.ADJUSTMENTS)]
        applications.save_adjustments(application=application, text=need, by=person, at=moment)
    return application


def sent(cohort: Cohort, person: Person, number: int, moment: datetime) -> Application:
    """An application sent, with or without a colleague's support."""
    application = written(cohort, person, number, moment)
    route = (SupportRoute.MANAGER, SupportRoute.NOBODY, SupportRoute.MANAGER)[number % 3]
    named = support.Named(
        given_name="Morgan",
        family_name="Underbough",
        email=f"manager{number}@people.{people.DOMAIN}",
    )
    is_asked = route == SupportRoute.MANAGER
    support.choose_support(
        application=application,
        route=route,
        named=named if is_asked else None,
        by=person,
        at=moment,
    )
    submission.submit_application(
        application=application, declared=True, by=person, at=moment + timedelta(hours=1)
    )
    if is_asked:
        asked = support.ask_support(
            application=application, by=person, at=moment + timedelta(hours=1)
        )
        if number % 2:
            answer = (SupportAnswer.YES, SupportAnswer.CONDITIONS, SupportAnswer.NOT_NOW)[
                number // 2 % 3
            ]
            support.answer_support(
                token=support.token_for(asked),
                answer=answer,
                conditions="If the residential does not fall in our inspection week."
                if answer == SupportAnswer.CONDITIONS
                else "",
                at=moment + timedelta(hours=2),
            )
    return application


def read(reviews: Sequence[Review], moment: datetime, *, number: int) -> None:
    """Scores from 1 to 5, most near each other, some far apart; one reader steps aside."""
    for place, review in enumerate(reviews):
        if place == 5 and number == 1:
            reading.recuse(
                review=review, reason="We trained together.", by=review.reader, at=moment
            )
            continue
        base = 1 + (review.application_id * 7) % 4
        far = -3 if place % 13 == 7 else 0
        marks = {
            criterion.pk: reading.Mark(max(0, min(5, base + far + (place * 5 + step * 3) % 7 // 3)))
            for step, criterion in enumerate(review.application.cohort.criteria.all())
        }
        reading.submit_review(
            review=review,
            marks=marks,
            comment=words.COMMENTS[place % len(words.COMMENTS)],
            by=review.reader,
            at=moment + timedelta(hours=place),
        )
