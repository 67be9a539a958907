"""Who may need support, and that somebody asked. For Staff College admins alone; looking is
written down.
"""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import policies
from cohorts.programme.enums import REGISTER_STATES
from cohorts.programme.forms.register import ContactForm
from cohorts.programme.models import Cohort, Enrolment, SupportContact
from cohorts.programme.policies.register_words import who_sees_register
from cohorts.programme.services.register import (
    MayNeedSupport,
    may_need_support,
    record_contact,
    standing_of,
)
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods
from lic_site.notices.enums import Category


def _others(request: SignedInRequest) -> QuerySet[Enrolment]:
    """Who takes part now, never the person looking."""
    return (
        policies.visible(request.person, Enrolment.objects.active())
        .exclude(person=request.person)
        .select_related("person", "cohort")
    )


@require_safe
@allowed("see_support", policies)
def every_cohort(request: SignedInRequest) -> HttpResponse:
    """Across every cohort that runs."""
    running = _others(request).filter(cohort__state__in=REGISTER_STATES, cohort__is_imported=False)
    return _list(request, running, None)


@require_safe
@allowed("see_support", policies)
def one_cohort(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    return _list(request, _others(request).filter(cohort=cohort), cohort)


def _list(
    request: SignedInRequest, places: QuerySet[Enrolment], cohort: Cohort | None
) -> HttpResponse:
    now = timezone.now()
    rows = may_need_support(places, at=now)
    _written_down(request, rows)
    return page(
        request,
        "support_list",
        cohort,
        rows=rows,
        is_everywhere=cohort is None,
        who_sees=who_sees_register("support"),
    )


def _written_down(request: SignedInRequest, rows: list[MayNeedSupport]) -> None:
    audit.record_each(
        "programme.support_list_viewed",
        by=request.person,
        at=timezone.now(),
        about=[(row.enrolment, row.enrolment.person) for row in rows],
    )


@edit_methods
@allowed("see_support", policies)
def contact(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Why this person may need support, who asked before, and what came of it now."""
    cohort = cohort_of(request, slug)
    place = fetch(policies, request.person, _others(request).filter(cohort=cohort), pk=pk)
    now = timezone.now()
    said = request.POST if request.method == "POST" else None
    form = ContactForm(said, who_sees=who_sees_register("contact"))
    if form.is_valid():
        note = form.cleaned_data["note"]
        if carried_out(
            request,
            form,
            lambda: record_contact(enrolment=place, note=note, by=request.person, at=now),
            f"Recorded. {place.person.name} is off the list until something new happens.",
        ):
            return to("support_list", slug)
    contacts = policies.visible(request.person, SupportContact.objects.filter(enrolment=place))
    audit.record(
        "programme.support_contacts_viewed",
        by=request.person,
        at=now,
        thing=place,
        subject=place.person,
    )
    return page(
        request,
        "support_contact",
        cohort,
        place=place,
        address=place.person.address_for(Category.ESSENTIAL),
        standing=standing_of([place], at=now)[place.pk],
        contacts=contacts.select_related("by"),
        form=form,
    )
