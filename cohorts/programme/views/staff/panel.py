"""Who reads in a cohort, and who reads what."""

from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Count, Max, Min, Q
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cohorts.programme import boards, policies
from cohorts.programme.assigning import Bar, bar
from cohorts.programme.enums import UNDECIDED_STATES, ApplicationState, ReviewState
from cohorts.programme.forms.selection import DueForm, ReadersForm, SearchForm
from cohorts.programme.models import Application, Cohort, CohortReader
from cohorts.programme.selection import READINGS_WANTED
from cohorts.programme.services import conflicts, panels
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import policies as people
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods

FOUND = 20

ASKED = frozenset({ReviewState.ASSIGNED, ReviewState.SUBMITTED})
"""Readings that count: not stepped aside from, and not closed by a decision."""


def usual_due_day(cohort: Cohort) -> date:
    """Three days before everyone hears, or a week from now if that has gone."""
    return max(cohort.decisions_by - timedelta(days=3), timezone.localdate() + timedelta(days=7))


@require_safe
@allowed("assign_readers", policies)
def readers(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    mine = Q(person__reviews__application__cohort=cohort)
    to_read = mine & Q(
        person__reviews__state=ReviewState.ASSIGNED,
        person__reviews__application__state__in=UNDECIDED_STATES,
    )
    panel = (
        policies.visible(request.person, CohortReader.objects.filter(cohort=cohort))
        .select_related("person__organisation")
        .annotate(
            waiting=Count("person__reviews", filter=to_read),
            done=Count(
                "person__reviews", filter=mine & Q(person__reviews__state=ReviewState.SUBMITTED)
            ),
            aside=Count(
                "person__reviews", filter=mine & Q(person__reviews__state=ReviewState.RECUSED)
            ),
            due_on=Min("person__reviews__due_on", filter=to_read),
            last_at=Max("person__reviews__finished_at", filter=mine),
        )
        .order_by("person__family_name", "person__given_name", "pk")
    )
    return page(
        request,
        "readers",
        cohort,
        panel=panel,
        reading=boards.reading_of(cohort, timezone.localdate()),
        form=DueForm(initial={"due_on": usual_due_day(cohort)}),
        today=timezone.localdate(),
        short=_short(cohort),
    )


def _short(cohort: Cohort) -> list[Application]:
    """Applications that lack a reader."""
    held = Q(reviews__state__in=[ReviewState.ASSIGNED, ReviewState.SUBMITTED])
    return list(
        Application.objects.filter(cohort=cohort, state__in=UNDECIDED_STATES)
        .annotate(held=Count("reviews", filter=held))
        .filter(held__lt=READINGS_WANTED)
        .order_by("submitted_at", "pk")[:FOUND]
    )


@require_safe
@allowed("assign_readers", policies)
def find_reader(request: SignedInRequest, slug: str) -> HttpResponse:
    """Search people to add to the panel."""
    cohort = cohort_of(request, slug)
    form = SearchForm(request.GET or None)
    found: list[tuple[Person, bool]] = []
    words = form.cleaned_data["q"].split() if form.is_valid() else []
    if words:
        matching = people.visible(request.person, Person.objects.filter(user__isnull=False))
        for word in words:
            matching = matching.filter(
                Q(given_name__icontains=word)
                | Q(family_name__icontains=word)
                | Q(addresses__email__icontains=word)
            )
        matching = matching.select_related("organisation").distinct().order_by("pk")[:FOUND]
        applied = conflicts.applicants_of(cohort)
        on_panel = set(cohort.readers.values_list("person_id", flat=True))
        found = [(person, person.pk in applied) for person in matching if person.pk not in on_panel]
    return page(request, "find_reader", cohort, form=form, found=found, searched=bool(words))


@require_POST
@allowed("assign_readers", policies)
def add_reader(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    person = fetch(
        people, request.person, Person.objects.all(), pk=_number(request.POST.get("person"))
    )
    by, at = request.person, timezone.now()
    carried_out(
        request,
        None,
        lambda: panels.add_reader(cohort=cohort, person=person, by=by, at=at),
        f"{person.name} is on the panel.",
    )
    return to("panel", slug)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0


@require_POST
@allowed("assign_readers", policies)
def change_reader(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Remind a reader, or take them off the panel."""
    cohort = cohort_of(request, slug)
    panel = fetch(
        policies,
        request.person,
        CohortReader.objects.filter(cohort=cohort).select_related("person", "cohort"),
        pk=pk,
    )
    by, at = request.person, timezone.now()
    match request.POST.get("do"):
        case "chase":
            panels.chase_reader(panel=panel, by=by, at=at)
            messages.success(request, f"A reminder to {panel.person.name} is on its way.")
        case "remove":
            panels.remove_reader(panel=panel, by=by, at=at)
            messages.success(request, f"{panel.person.name} is off the panel.")
    return to("panel", slug)


@require_POST
@allowed("assign_readers", policies)
def assign(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give every application its two readers."""
    cohort = cohort_of(request, slug)
    form = DueForm(request.POST)
    if not form.is_valid():
        return page(request, "assign", cohort, form=form)
    by, at, due_on = request.person, timezone.now(), form.cleaned_data["due_on"]
    if not carried_out(
        request,
        form,
        lambda: panels.assign_readers(cohort=cohort, due_on=due_on, by=by, at=at),
        "Readers are assigned, and each has been written to once.",
    ):
        return page(request, "assign", cohort, form=form)
    return to("assigned", slug)


@require_safe
@allowed("assign_readers", policies)
def assigned(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who reads what, and which applications could not get two readers, with the reasons."""
    cohort = cohort_of(request, slug)
    applications = list(
        policies.visible(request.person, Application.objects.filter(cohort=cohort))
        .filter(submitted_at__isnull=False)
        .exclude(Q(state=ApplicationState.WITHDRAWN) | Q(applicant=request.person))
        .select_related("applicant", "support")
        .prefetch_related("exclusions", "reviews__reader")
        .order_by("submitted_at", "pk")
    )
    facts = {each.key: each for each in conflicts.to_read(applications)}
    panel, applicants = conflicts.panel_of(cohort), conflicts.applicants_of(cohort)
    rows = []
    for application in applications:
        reviews = [each for each in application.reviews.all() if each.state in ASKED]
        is_short = len(reviews) < READINGS_WANTED and application.state in UNDECIDED_STATES
        reasons: dict[str, list[str]] = {}
        if is_short:
            for reader in panel:
                why = bar(facts[application.pk], reader, applicants)
                if why is not None:
                    reasons.setdefault(why.value, []).append(reader.name)
        rows.append(
            {
                "application": application,
                "reviews": reviews,
                "is_short": is_short,
                "reasons": reasons,
            }
        )
    return page(
        request,
        "assigned",
        cohort,
        rows=[
            *filter(lambda row: row["is_short"], rows),
            *filter(lambda row: not row["is_short"], rows),
        ],
        short=sum(1 for row in rows if row["is_short"]),
        panel_size=len(panel),
    )


@edit_methods
@allowed("assign_readers", policies)
def set_readers(request: SignedInRequest, slug: str, reference: str) -> HttpResponse:
    """Say by hand who reads one application."""
    cohort = cohort_of(request, slug)
    application = fetch(
        policies,
        request.person,
        Application.objects.filter(cohort=cohort)
        .select_related("applicant", "support", "cohort")
        .prefetch_related("exclusions"),
        reference=reference,
    )
    must(policies.can(request.person, "assign_readers", application))
    persons = [each.person for each in cohort.readers.select_related("person")]
    (facts,) = conflicts.to_read([application])
    applicants = conflicts.applicants_of(cohort)
    barred = []
    allowed_keys = set(facts.readers)
    for reader in conflicts.panel_of(cohort):
        why = bar(facts, reader, applicants)
        if why is None or why == Bar.MAYBE_EXCLUDED:
            allowed_keys.add(reader.key)
        if why is not None:
            barred.append((reader.name, why.value))
    panel = [person for person in persons if person.pk in allowed_keys]
    form = ReadersForm(
        request.POST or None,
        panel=panel,
        initial={"readers": list(facts.readers), "due_on": usual_due_day(cohort)},
    )
    if request.method == "POST" and form.is_valid():
        by, at, data = request.person, timezone.now(), form.cleaned_data
        if carried_out(
            request,
            form,
            lambda: panels.set_readers(
                application=application,
                readers=list(data["readers"]),
                due_on=data["due_on"],
                by=by,
                at=at,
            ),
            f"The readers of {application.reference} are changed.",
        ):
            return to("assigned", slug)
    return page(request, "set_readers", cohort, form=form, application=application, barred=barred)
