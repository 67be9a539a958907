"""Who completes the cohort, all on one page; and who has completed it without a certificate."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.programme import policies
from cohorts.programme.certificates import can_print
from cohorts.programme.enums import CohortState, EnrolmentState
from cohorts.programme.forms.places import CompleteForm
from cohorts.programme.models import Cohort, Enrolment
from cohorts.programme.services import cohorts as life
from cohorts.programme.services import enrolments
from cohorts.programme.services.certificates import issue_certificates
from cohorts.programme.services.register import standing_of
from cohorts.programme.standing import Standing
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods, posted


@edit_methods
@allowed("run_cohorts", policies)
def complete(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody who takes part, with how much they attended. The look is written down."""
    cohort = cohort_of(request, slug)
    rows = _active(request, cohort)
    short = [place.pk for place, standing in rows if not standing.is_enough]
    form = CompleteForm(posted(request), places=[place.pk for place, _ in rows], short=short)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["chosen"])
        by, at = request.person, timezone.now()
        if carried_out(
            request,
            form,
            lambda: enrolments.complete_places(
                cohort=cohort,
                enrolments=[place for place, _ in rows if place.pk in chosen],
                reasons=form.reasons(),
                by=by,
                at=at,
            ),
            "They have completed the cohort, and are told.",
        ):
            return to("complete", slug)
    without = _without_certificate(request, cohort)
    now = timezone.now()
    audit.record_each(
        "programme.attendance_viewed",
        by=request.person,
        at=now,
        about=[(place, place.person) for place, _ in rows],
    )
    return page(
        request,
        "complete",
        cohort,
        form=form,
        rows=[_shown(form, place, standing) for place, standing in rows],
        without=[(place, can_print(place.person.name)) for place in without],
        completed=Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.COMPLETED).count(),
        is_running=cohort.state == CohortState.RUNNING,
        remaining=life.remaining(cohort, now),
        who_sees_note=policies.who_sees_place("place_note"),
    )


def _active(request: SignedInRequest, cohort: Cohort) -> list[tuple[Enrolment, Standing]]:
    """Those who take part, by name; the looking admin's own place is a colleague's to decide."""
    seen = policies.visible(request.person, Enrolment.objects.active().filter(cohort=cohort))
    places = list(
        seen.exclude(person=request.person)
        .select_related("cohort", "person__organisation")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    standings = standing_of(places, at=timezone.now())
    return [(place, standings[place.pk]) for place in places]


def _shown(form: CompleteForm, place: Enrolment, standing: Standing) -> dict[str, Any]:
    """A row: ticked at first if the attendance is enough, then as it was typed."""
    chosen = form.data.getlist("chosen") if form.is_bound else None  # type: ignore[attr-defined]
    name = f"reason_{place.pk}"
    return {
        "place": place,
        "standing": standing,
        "is_chosen": standing.is_enough if chosen is None else str(place.pk) in chosen,
        "reason": form[name] if name in form.fields else None,
    }


def _without_certificate(request: SignedInRequest, cohort: Cohort) -> list[Enrolment]:
    completed = Enrolment.objects.filter(
        cohort=cohort, state=EnrolmentState.COMPLETED, person__erased_at=None
    ).exclude(certificate__withdrawn_at=None, certificate__isnull=False)
    seen = policies.visible(request.person, completed).select_related("person")
    return list(seen.order_by("person__family_name", "person__given_name", "pk"))


@require_POST
@allowed("run_cohorts", policies)
def issue(request: SignedInRequest, slug: str) -> HttpResponse:
    """A certificate for everybody who has completed and has none."""
    cohort = cohort_of(request, slug)
    wanted = _without_certificate(request, cohort)
    issued = issue_certificates(enrolments=wanted, by=request.person, at=timezone.now())
    number = len(issued.certificates)
    messages.success(request, f"{number} certificate{'' if number == 1 else 's'} issued.")
    return to("complete", slug)
