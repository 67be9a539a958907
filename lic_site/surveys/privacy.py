"""What this app holds about people, and what becomes of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model

from lic_site.common.personal_data import Held, PersonalData, Row, labelled
from lic_site.surveys.models import (
    Checker,
    Comment,
    Deed,
    Draft,
    Invitation,
    Questionnaire,
    Release,
    Request,
    Response,
    Share,
    Version,
    Wave,
)
from lic_site.surveys.replies import replies
from lic_site.surveys.services import forgetting


def _responses(person: Any) -> Iterable[Row]:
    mine = Response.objects.filter(person=person) | forgetting.linked(person)
    for response in (
        mine.select_related("wave__version", "wave__questionnaire")
        .prefetch_related("answers", "comments")
        .order_by("-wave__opens_at", "pk")
    ):
        yield {
            "Survey": response.wave.questionnaire.name,
            "About": response.wave.about,
            "How it is kept": response.wave.get_mode_display(),
            **{reply.asked: reply.line for reply in replies(response)},
        }


def _work(model: type[Model], title: str, field: str, said: str) -> Held:
    """What somebody did for the programme: it stays when they are erased, without them. ``said``
    names the field that tells what it was.
    """
    rows = model._default_manager

    def erase(person: Any, _at: datetime) -> None:
        rows.filter(**{field: person}).update(**{field: None})

    return Held(
        model=model._meta.label,
        title=title,
        fields=(field, said),
        of=lambda person: rows.filter(**{field: person}),
        erase=erase,
        kept_for="Kept as part of the programme’s records; without your name if yours is deleted.",
        export=lambda person: [
            labelled(row, [said]) for row in rows.filter(**{field: person}).order_by("pk")
        ],
    )


PERSONAL_DATA = PersonalData(
    held=(
        Held(
            model="surveys.Response",
            title="Surveys you answered",
            fields=("person", "pseudonym", "on"),
            of=lambda person: Response.objects.filter(person=person),
            erase=forgetting.forget_responses,
            kept_for=(
                "Answers with your name for six years after the survey closed. Answers that the "
                "system alone can tell to be yours stay in the figures; if your record is deleted, "
                "nothing leads from them to you any more. Anonymous answers are not listed: nobody "
                "can tell which are yours, nor can we."
            ),
            retain=forgetting.retain_responses,
            merge=forgetting.merge_responses,
            export=_responses,
        ),
        Held(
            model="surveys.Invitation",
            title="Surveys you were asked to answer",
            fields=("wave", "person", "request", "answered"),
            of=lambda person: Invitation.objects.filter(person=person),
            erase=forgetting.forget_invitations,
            kept_for="For a year after the survey closed, so that you are not asked twice.",
            retain=forgetting.retain_invitations,
            merge=forgetting.merge_invitations,
            export=lambda person: [
                {
                    "Survey": each.wave.questionnaire.name,
                    "About": each.wave.about,
                    "Answered": each.answered,
                }
                for each in Invitation.objects.filter(person=person)
                .select_related("wave__questionnaire")
                .order_by("-wave__opens_at", "pk")
            ],
        ),
        Held(
            model="surveys.Request",
            title="Messages that asked you to answer",
            fields=("person", "asked_at", "chased", "chased_at"),
            of=lambda person: Request.objects.filter(person=person),
            erase=forgetting.forget_requests,
            kept_for="As long as the surveys they asked about.",
            retain=forgetting.retain_requests,
        ),
        Held(
            model="surveys.Draft",
            title="Surveys you began",
            fields=("invitation", "answers", "page"),
            of=lambda person: Draft.objects.filter(invitation__person=person),
            erase=forgetting.forget_drafts,
            kept_for="Until you send it, or the survey closes.",
            retain=forgetting.retain_drafts,
            export=lambda person: [
                forgetting.draft_words(each)
                for each in Draft.objects.filter(invitation__person=person)
            ],
        ),
        Held(
            model="surveys.Share",
            title="Answers that others share with you",
            fields=("response", "question", "reader", "relation", "shared_at", "ended_at"),
            of=lambda person: Share.objects.filter(reader=person),
            erase=forgetting.forget_shares,
            kept_for="Until they take it back.",
            merge=forgetting.merge_shares,
            export=lambda person: [
                {
                    "About": each.response.wave.about,
                    "Shared": each.shared_at,
                    "Ended": each.ended_at,
                }
                for each in Share.objects.filter(reader=person).select_related("response__wave")
            ],
        ),
        Held(
            model="surveys.Checker",
            title="Times in which you check comments",
            fields=("person", "starts_at", "ended_at", "added_by"),
            of=lambda person: Checker.objects.filter(person=person),
            erase=forgetting.forget_checker,
            kept_for="Kept without your name, so that it stays known who could read what.",
            merge=forgetting.merge_checkers,
        ),
        _work(Questionnaire, "Questionnaires you made", "made_by", "name"),
        _work(Version, "Versions of questionnaires you published", "published_by", "published_at"),
        _work(Wave, "Surveys you planned", "made_by", "about"),
        _work(Release, "Survey results you shared", "shared_by", "shared_at"),
        _work(Comment, "Comments you checked", "checked_by", "checked_on"),
        _work(Deed, "What you said was done about surveys", "made_by", "did"),
    ),
    impersonal=(
        "surveys.Plan",
        "surveys.Switch",
        "surveys.Series",
        "surveys.SealedAnswer",
        "surveys.Answer",
        "surveys.Theme",
    ),
)
