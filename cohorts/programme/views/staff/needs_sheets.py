"""The two spreadsheets of needs: counts for the venue, and whom to ring at a residential."""

from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.enums import NeedKind
from cohorts.programme.services.needs import gives_contact
from cohorts.programme.views.staff.needs import counted, told
from cohorts.programme.views.staff.shared import cohort_of
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import Value, download

KINDS = {NeedKind.DIET: "Diet", NeedKind.ACCESS: "Access"}
VENUE = ["About", "Choice", "People"]
CONTACTS = ["Participant", "Who to ring", "Who they are", "Phone"]


@require_safe
@allowed("see_needs", policies)
def venue(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Numbers alone: no name, and no words of anybody's own."""
    cohort = cohort_of(request, slug)
    rows: list[list[Value]] = [
        [KINDS[each.kind], each.label, each.number] for each in counted(request, cohort)
    ]
    audit.record(
        "programme.venue_exported",
        by=request.person,
        at=timezone.now(),
        thing=cohort,
        fields=VENUE,
    )
    return download("counts", VENUE, rows)


@require_safe
@allowed("see_needs", policies)
def contacts(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """For whoever leads the residential, who gets it from Staff College. Each look is written
    down, also for the person it is about.
    """
    cohort = cohort_of(request, slug)
    if not gives_contact(cohort):
        raise Http404
    needs = told(request, cohort, NeedKind.CONTACT)
    by, at = request.person, timezone.now()
    audit.record("programme.contacts_exported", by=by, at=at, thing=cohort, fields=CONTACTS)
    audit.record_each(
        "programme.contact_viewed",
        by=by,
        at=at,
        about=[(need, need.enrolment.person) for need in needs],
    )
    rows = [
        [need.enrolment.person.name, contact.name, contact.relation, contact.phone]
        for need in needs
        if (contact := need.contact) is not None
    ]
    return download("list", CONTACTS, rows)
