"""Who leads a session: found among all people by name or e-mail address."""

from django.http import HttpResponse
from django.utils import timezone

from cohorts.programme import policies
from cohorts.programme.enums import TOLD_STATES
from cohorts.programme.forms.selection import SearchForm
from cohorts.programme.models import Session
from cohorts.programme.services.sessions import facilitators as verbs
from cohorts.programme.views.staff.finding import matching, number
from cohorts.programme.views.staff.sessions import session_of
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import policies as people
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods


@edit_methods
@allowed("manage_cohorts", policies)
def facilitators(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Search, add, take off."""
    cohort = cohort_of(request, slug)
    session = session_of(request, cohort, pk)
    if request.method == "POST":
        _change(request, session)
        return to("session_facilitators", slug, pk)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"].split() if form.is_valid() else []
    leading = [each.person for each in session.facilitators.all()]
    known = {person.pk for person in leading}
    return page(
        request,
        "session_facilitators",
        cohort,
        session=session,
        leading=leading,
        form=form,
        found=[person for person in matching(request.person, words) if person.pk not in known],
        searched=bool(words),
        is_told=cohort.state in TOLD_STATES,
    )


def _change(request: SignedInRequest, session: Session) -> None:
    by, at = request.person, timezone.now()
    pk = number(request.POST.get("person"))
    person = fetch(people, request.person, Person.objects.all(), pk=pk)
    match request.POST.get("do"):
        case "add":
            carried_out(
                request,
                None,
                lambda: verbs.add_facilitator(session=session, person=person, by=by, at=at),
                f"{person.name} leads this session.",
            )
        case "remove":
            verbs.remove_facilitator(session=session, person=person, by=by, at=at)
