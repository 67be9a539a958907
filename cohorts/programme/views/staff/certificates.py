"""One participant's certificate: downloaded, issued again, withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.forms.places import CertificateForm
from cohorts.programme.models import Certificate
from cohorts.programme.services import certificates as verbs
from cohorts.programme.views.certificate_files import certificate_file
from cohorts.programme.views.staff.places import enrolment_of
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.pdf import Unprintable
from lic_site.common.posted import edit_methods, posted


@edit_methods
@allowed("run_cohorts", policies)
def reissue(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Issue it, or issue it again, under the name that is typed."""
    cohort = cohort_of(request, slug)
    enrolment = enrolment_of(request, cohort, pk)
    held: Certificate | None = getattr(enrolment, "certificate", None)
    person = enrolment.person
    names = (held.name, held.family_name) if held else (person.name, person.family_name)
    form = CertificateForm(
        posted(request), initial={"name": names[0], "family_name": names[1] or person.given_name}
    )
    if request.method == "POST" and form.is_valid():
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: verbs.reissue_certificate(
                enrolment=enrolment, by=by, at=at, **form.cleaned_data
            ),
            "The certificate is issued, and its holder is told.",
        ):
            return to("participant", slug, pk)
    return page(request, "certificate", cohort, enrolment=enrolment, form=form, held=held)


@edit_methods
@allowed("run_cohorts", policies)
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_of(request, slug)
    enrolment = enrolment_of(request, cohort, pk)
    if request.method == "POST":
        by, at = request.person, timezone.now()
        carried_out(
            request,
            None,
            lambda: verbs.withdraw_certificate(enrolment=enrolment, by=by, at=at),
            "The certificate is withdrawn.",
        )
        return to("participant", slug, pk)
    return page(request, "certificate_withdraw", cohort, enrolment=enrolment)


@require_safe
@allowed("run_cohorts", policies)
def download(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The file. That somebody of staff took it is written down."""
    cohort = cohort_of(request, slug)
    live = Certificate.objects.filter(enrolment__cohort=cohort, withdrawn_at=None).select_related(
        "enrolment__cohort__programme", "enrolment__person"
    )
    held = fetch(policies, request.person, live, enrolment=pk)
    audit.record(
        "programme.certificate_viewed",
        by=request.person,
        at=timezone.now(),
        thing=held,
        subject=held.enrolment.person,
    )
    try:
        return certificate_file(held)
    except Unprintable:
        messages.error(
            request, "There are letters in this name that cannot be printed here. Issue it again."
        )
        return to("participant", slug, pk)
