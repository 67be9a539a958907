"""A person's own certificates: to download, to show, and whether others can check them."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import policies
from cohorts.programme.models import Certificate
from cohorts.programme.services.certificates import set_checkable
from cohorts.programme.views.certificate_files import certificate_file, check_address
from lic_site.accounts.guards import fetch, must, person_required
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.pdf import Unprintable


def _own(request: SignedInRequest) -> QuerySet[Certificate]:
    held = Certificate.objects.filter(enrolment__person=request.person, withdrawn_at=None)
    return policies.visible(request.person, held).select_related("enrolment__cohort__programme")


@require_safe
@person_required
def certificates(request: SignedInRequest) -> HttpResponse:
    context = {
        "certificates": [(each, check_address(each)) for each in _own(request)],
        "who_sees": policies.who_sees_place("certificate"),
    }
    return render(request, "programme/taking_part/certificates.html", context)


@require_safe
@person_required
def download(request: SignedInRequest, pk: int) -> HttpResponse:
    held = fetch(policies, request.person, _own(request), pk=pk)
    must(policies.can(request.person, "hold_certificate", held))
    try:
        return certificate_file(held)
    except Unprintable:
        messages.error(
            request,
            "The certificate cannot be made just now. Write to us, and we send it to you.",
        )
        return redirect("programme:my_certificates")


@require_POST
@person_required
def switch(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let others check it, or stop that."""
    held = fetch(policies, request.person, _own(request), pk=pk)
    must(policies.can(request.person, "hold_certificate", held))
    checkable = request.POST.get("checkable") == "yes"
    set_checkable(certificate=held, checkable=checkable, by=request.person, at=timezone.now())
    said = "can be checked." if checkable else "can no longer be checked."
    messages.success(request, f"Your certificate {said}")
    return redirect("programme:my_certificates")
