"""One learning set: its name, its facilitator, adding and removing it. And lifting a pair."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cohorts.programme import policies
from cohorts.programme.forms.selection import SearchForm
from cohorts.programme.forms.sets import SetForm
from cohorts.programme.models import Cohort, Enrolment, LearningSet, SetExclusion
from cohorts.programme.services import sets as verbs
from cohorts.programme.views.staff.finding import FOUND, holding
from cohorts.programme.views.staff.shared import carried_out, cohort_of, page, to
from lic_site.accounts import policies as people
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.posted import edit_methods, posted


@require_POST
@allowed("run_cohorts", policies)
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    cohort = cohort_of(request, slug)
    by, at = request.person, timezone.now()
    carried_out(
        request, None, lambda: verbs.add_set(cohort=cohort, by=by, at=at), "A set is added."
    )
    return to("sets", slug)


@edit_methods
@allowed("run_cohorts", policies)
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_of(request, slug)
    learning_set = _of(request, cohort, pk)
    search = SearchForm(request.GET or None)
    search.fields["q"].label = "Find somebody else by name or e-mail address"
    words = search.cleaned_data["q"].split() if search.is_valid() else []
    candidates = {each.pk: each for each in _candidates(request, cohort, words)}
    form = SetForm(
        posted(request),
        learning_set=learning_set,
        candidates=candidates.values(),
        initial={"name": learning_set.name, "facilitator": learning_set.facilitator_id or ""},
    )
    if request.method == "POST" and form.is_valid():
        by, at, data = request.person, timezone.now(), form.cleaned_data
        facilitator = candidates[int(data["facilitator"])] if data["facilitator"] else None
        if carried_out(
            request,
            form,
            lambda: verbs.change_set(
                learning_set=learning_set, name=data["name"], facilitator=facilitator, by=by, at=at
            ),
            f"{data['name']} is saved.",
        ):
            return to("sets", slug)
    members = Enrolment.objects.active().filter(learning_set=learning_set).count()
    return page(
        request,
        "set_edit",
        cohort,
        form=form,
        search=search,
        learning_set=learning_set,
        members=members,
        searched=" ".join(words),
    )


def _of(request: SignedInRequest, cohort: Cohort, pk: int) -> LearningSet:
    found = LearningSet.objects.filter(cohort=cohort)
    return fetch(policies, request.person, found.select_related("facilitator"), pk=pk)


def _candidates(request: SignedInRequest, cohort: Cohort, words: list[str]) -> QuerySet[Person]:
    """Whoever leads something in the programme already, and those found by all of the words."""
    leading = Q(facilitating__session__cohort__programme=cohort.programme_id) | Q(
        facilitated_sets__cohort__programme=cohort.programme_id
    )
    with_account = people.visible(request.person, Person.objects.filter(user__isnull=False))
    wanted = with_account.filter(leading | holding(words) if words else leading)
    keys = wanted.order_by("family_name", "given_name", "pk").values_list("pk", flat=True)
    chosen = list(dict.fromkeys(keys[: FOUND * 4]))
    return Person.objects.filter(pk__in=chosen).select_related("organisation")


@require_POST
@allowed("run_cohorts", policies)
def remove(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    learning_set = _of(request, cohort_of(request, slug), pk)
    by, at = request.person, timezone.now()
    carried_out(
        request,
        None,
        lambda: verbs.remove_set(learning_set=learning_set, by=by, at=at),
        f"{learning_set.name} is removed.",
    )
    return to("sets", slug)


@require_POST
@allowed("run_cohorts", policies)
def lift(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    cohort = cohort_of(request, slug)
    exclusion = fetch(
        policies,
        request.person,
        SetExclusion.objects.filter(one__cohort=cohort).select_related("one"),
        pk=pk,
    )
    by, at = request.person, timezone.now()
    carried_out(
        request,
        None,
        lambda: verbs.lift_apart(exclusion=exclusion, by=by, at=at),
        "They may be in one set again.",
    )
    return to("sets_apart", slug)
