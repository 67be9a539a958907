"""Staff's pages about people: found only by those who may, each look written down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts import audit, policies
from lic_site.accounts.forms import GrantForm, ManagerForm, PeopleFilterForm
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.models import ManagerRelation, Person, RoleGrant
from lic_site.accounts.records import events_for_staff, looks
from lic_site.accounts.requests import SignedInRequest
from lic_site.accounts.services.people import find_or_add_person, merge_people
from lic_site.accounts.services.roles import end_grant, grant_role, name_manager
from lic_site.common.errors import Refusal

PER_PAGE = 25
SORTS = {
    "name": ("family_name", "given_name", "pk"),
    "employer": ("organisation__name", "family_name", "pk"),
}


@allowed("search_people", policies)
def people(request: SignedInRequest) -> HttpResponse:
    form = PeopleFilterForm(request.GET)
    rows = policies.visible(request.person, Person.objects.select_related("organisation"))
    if form.is_valid():
        rows = _narrowed(rows, form.cleaned_data)
    sort = request.GET.get("sort", "name")
    fields = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    rows = rows.order_by(*(f"-{field}" if sort.startswith("-") else field for field in fields))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "columns": [
            {"text": "Name", "sort": "name"},
            {"text": "Employer", "sort": "employer"},
            {"text": "Grade"},
        ],
        "rows": [{"cells": _cells(person)} for person in page],
    }
    return render(request, "accounts/people.html", context)


def _narrowed(rows: QuerySet[Person], wanted: dict[str, object]) -> QuerySet[Person]:
    """A search is among everybody; without one, whoever only left an address is left out."""
    if not any(wanted.values()):
        return rows.filter(_known_of())
    for word in str(wanted["q"]).split():
        rows = rows.filter(
            Q(given_name__icontains=word)
            | Q(family_name__icontains=word)
            | Q(pk__in=Person.objects.filter(addresses__email__iexact=word))
        )
    if wanted["organisation"]:
        rows = rows.filter(organisation=wanted["organisation"])  # type: ignore[misc]
    if wanted["role"]:
        live = RoleGrant.objects.live(timezone.localdate()).filter(role=wanted["role"])
        rows = rows.filter(pk__in=live.values("person"))
    return rows


def _known_of() -> Q:
    """Of whom more is on record than a name and an address."""
    return (
        Q(organisation__isnull=False)
        | Q(user__isnull=False)
        | ~Q(job_title="", grade_band="")
        | Q(pk__in=ManagerRelation.objects.values("manager"))
        | Q(pk__in=RoleGrant.objects.values("person"))
    )


def _cells(person: Person) -> list[dict[str, str]]:
    return [
        {"text": person.name, "href": f"/staff/people/{person.pk}/", "hint": person.job_title},
        {"text": person.organisation.name if person.organisation else ""},
        {"text": person.get_grade_band_display()},
    ]


@allowed("search_people", policies)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: who they are, what they may do, what was done with their record."""
    shown = _fetch(request, pk)
    now = timezone.now()
    audit.record("accounts.person_viewed", by=request.person, at=now, thing=shown, subject=shown)
    manager = shown.managers.filter(ends_on=None).select_related("manager").first()
    grants = list(shown.grants.select_related("organisation").order_by("-ends_on", "pk"))
    context = {
        "shown": shown,
        "manager": manager.manager.name if manager else "",
        "grants": grants,
        "live": {grant.pk for grant in grants if grant.holds(timezone.localdate(now))},
        "may_grant": policies.can(request.person, "grant_role", shown),
        "looks": looks(shown, events_for_staff(shown)[:20]),
    }
    return render(request, "accounts/person.html", context)


@allowed("search_people", policies)
def grant(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _fetch(request, pk)
    must(policies.can(request.person, "grant_role", shown))
    form = GrantForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            grant_role(person=shown, by=request.person, at=timezone.now(), **form.cleaned_data)
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "The role has been given.")
            return redirect("accounts:person", shown.pk)
    context = {"form": form, "shown": shown, "refusal": refusal}
    return render(request, "accounts/grant.html", context)


@allowed("search_people", policies)
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then end the role."""
    ending = fetch(policies, request.person, RoleGrant.objects.select_related("person"), pk=pk)
    must(policies.can(request.person, "end_grant", ending))
    refusal = None
    if request.method == "POST":
        try:
            end_grant(grant=ending, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "The role has ended.")
            return redirect("accounts:person", ending.person_id)
    return render(request, "accounts/end_grant.html", {"grant": ending, "refusal": refusal})


@allowed("search_people", policies)
def manager(request: SignedInRequest, pk: int) -> HttpResponse:
    shown = _fetch(request, pk)
    must(policies.can(request.person, "record_manager", shown))
    form = ManagerForm(request.POST or None)
    refusal = None
    if form.is_valid():
        by, now = request.person, timezone.now()
        try:
            named = find_or_add_person(by=by, at=now, **form.cleaned_data)
            name_manager(person=shown, manager=named, named_as=form.name(), by=by, at=now)
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "The line manager has been recorded.")
            return redirect("accounts:person", shown.pk)
    context = {"form": form, "shown": shown, "refusal": refusal}
    return render(request, "accounts/person_manager.html", context)


@allowed("merge_people", policies)
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show both records side by side, then bring them together."""
    shown = _fetch(request, pk)
    number = request.GET.get("other", "")
    other = None
    if number.isdecimal():
        candidates = policies.visible(request.person, Person.objects.exclude(pk=shown.pk))
        other = candidates.filter(pk=int(number)).first()
    refusal = None if other or not number else "There is no other record with that number."
    if request.method == "POST" and other is not None:
        try:
            merge_people(keep=shown, duplicate=other, by=request.person, at=timezone.now())
        except Refusal as no:
            refusal = str(no)
        else:
            messages.success(request, "The two records are now one.")
            return redirect("accounts:person", shown.pk)
    context = {"shown": shown, "other": other, "number": number, "refusal": refusal}
    return render(request, "accounts/merge.html", context)


def _fetch(request: SignedInRequest, pk: int) -> Person:
    return fetch(policies, request.person, Person.objects.select_related("organisation"), pk=pk)
