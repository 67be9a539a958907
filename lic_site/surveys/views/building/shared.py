"""What every page of the builder does: find the questionnaire, and save its draft."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.surveys import policies
from lic_site.surveys.definition import Definition
from lic_site.surveys.editing.history import Used, used_in
from lic_site.surveys.enums import VersionState
from lic_site.surveys.models import Questionnaire, Version
from lic_site.surveys.services import questionnaires as verbs

builds = allowed("build", policies)
UP_OR_DOWN = {"up": -1, "down": 1}


def page(request: SignedInRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"surveys/manage/{name}.html", context)


def questionnaire_of(request: SignedInRequest, pk: int) -> Questionnaire:
    return fetch(policies, request.person, Questionnaire.objects.all(), pk=pk)


def version_of(request: SignedInRequest, pk: int, number: int) -> Version:
    versions = Version.objects.select_related("questionnaire")
    return fetch(policies, request.person, versions, questionnaire=pk, number=number)


def draft_of(request: SignedInRequest, pk: int) -> Version:
    versions = Version.objects.select_related("questionnaire")
    return fetch(policies, request.person, versions, questionnaire=pk, state=VersionState.DRAFT)


def used(version: Version) -> Used:
    """What earlier versions of its questionnaire used."""
    older = version.questionnaire.versions.published().order_by("number")
    return used_in(each.definition for each in older)


def revision_of(request: SignedInRequest) -> int:
    """Of the draft as it was when the page was opened; 0, which none has, if it does not say."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def save(
    request: SignedInRequest, version: Version, change: Callable[[Definition], Definition]
) -> str:
    """Change the draft; why not, or nothing."""
    try:
        verbs.change_draft(
            version=version,
            revision=revision_of(request),
            definition=change(version.definition),
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as no:
        return str(no)
    return ""
