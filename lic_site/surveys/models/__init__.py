"""Questionnaires, waves, answers and what becomes of them."""

from lic_site.surveys.models.answers import Answer, Draft, Response, SealedAnswer, Share
from lic_site.surveys.models.questionnaires import Questionnaire, Version
from lic_site.surveys.models.reading import Checker, Comment, Deed, Release, Theme
from lic_site.surveys.models.waves import Invitation, Plan, Request, Series, Switch, Timed, Wave

__all__ = [
    "Answer",
    "Checker",
    "Comment",
    "Deed",
    "Draft",
    "Invitation",
    "Plan",
    "Questionnaire",
    "Release",
    "Request",
    "Response",
    "SealedAnswer",
    "Series",
    "Share",
    "Switch",
    "Theme",
    "Timed",
    "Version",
    "Wave",
]
