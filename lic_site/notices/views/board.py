"""``/staff/messages/``: the board, the list and what is done to many; held messages; addresses that
send messages back; one person's history; who has not had a message.
"""

import re
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch, must
from lic_site.accounts.models import Person
from lic_site.accounts.policies import visible as visible_people
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import boards, policies, services
from lic_site.notices.enums import Reason
from lic_site.notices.forms.board import DO, ManyForm, NarrowForm, SearchForm
from lic_site.notices.models import AddressTrouble, Notice
from lic_site.notices.protocol import kinds
from lic_site.notices.querysets import NoticeQuerySet
from lic_site.notices.services import bounces

PER_PAGE = 50
_NUMBER = re.compile(r"[0-9]{1,18}")
"""One that every database can hold."""
SORTS = {
    "due": ("due_at", "pk"),
    "-due": ("-due_at", "-pk"),
    "finished": ("finished_at", "pk"),
    "-finished": ("-finished_at", "-pk"),
}
MANY = {
    "retry": (services.retry_many, "on their way"),
    "release": (services.release_many, "on their way"),
    "hold": (services.hold_many, "held until somebody releases them"),
    "cancel": (services.cancel_many, "cancelled"),
}
ONE = {
    "retry": "on its way",
    "release": "on its way",
    "hold": "held until somebody releases it",
    "cancel": "cancelled",
}


@allowed("view_board", policies)
def board(request: SignedInRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    context = boards.board(
        person=request.person, kind=kind if kind in kinds() else "", at=timezone.now()
    )
    return render(request, "notices/board.html", context)


@allowed("view_board", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    notices, narrowed = _chosen(request, request.GET)
    order = SORTS.get(request.GET.get("sort", ""), SORTS["-due"])
    pages = boards.Capped(notices.select_related("recipient").order_by(*order), PER_PAGE)
    page: Any = pages.get_page(request.GET.get("page"))
    person = None
    if narrowed.get("person"):
        everybody = visible_people(request.person, Person.objects.all())
        person = everybody.filter(pk=narrowed["person"]).first()
    query = request.GET.copy()
    for name in ("page", "sort", "all", "do", "chosen", "last"):
        query.pop(name, None)
    return render(
        request,
        "notices/list.html",
        {
            "form": form,
            "page": page,
            "rows": boards.rows(page, at=timezone.now()),
            "person": person,
            "steps": DO,
            "kept": [(name, value) for name, value in query.items() if value],
        },
    )


def _chosen(request: SignedInRequest, said: QueryDict) -> tuple[NoticeQuerySet, dict[str, Any]]:
    """The messages that these words of an address choose, and the narrower ones of them."""
    notices: NoticeQuerySet = policies.visible(request.person, Notice.objects.all())
    form, narrow = SearchForm(said), NarrowForm(said)
    if form.is_valid():
        notices = notices.narrowed(**form.cleaned_data)
    found: dict[str, Any] = narrow.cleaned_data if narrow.is_valid() else {}
    for field, column in (("person", "recipient"), ("rule", "rule"), ("about", "anchor_id")):
        if found.get(field):
            notices = notices.filter(**{column: found[field]})
    by_name = found.get("person") or (form.is_valid() and form.cleaned_data["q"])
    return policies.named(notices) if by_name else notices, found


# Many at once --------------------------------------------------------------------------------


@allowed("view_board", policies)
def many(request: SignedInRequest) -> HttpResponse:
    """First how many, then, with a POST, the step itself. What came after the look stays.

    What narrows it must be understood: a date mistyped would leave it as wide as it can be.
    """
    said = request.POST if request.method == "POST" else request.GET
    form = ManyForm(said)
    if not (form.is_valid() and SearchForm(said).is_valid() and NarrowForm(said).is_valid()):
        return redirect("notices:list")
    do = form.cleaned_data["do"]
    chosen = [int(pk) for pk in said.getlist("chosen") if _NUMBER.fullmatch(pk)][:PER_PAGE]
    notices, _ = _chosen(request, said)
    if not form.cleaned_data["all"]:
        notices = notices.filter(pk__in=chosen)
    if request.method == "POST":
        must(policies.can(request.person, do))
        return _do(request, do, notices.filter(pk__lte=form.cleaned_data["last"] or 0))
    fit = _fit(do, notices)
    kept = [(name, value) for name, value in said.items() if name not in {"chosen", "last"}]
    counted = fit.order_by().values_list("kind").annotate(Count("pk", distinct=True))
    per_kind = sorted((boards.titled(kind), n) for kind, n in counted)
    whole = notices.order_by().aggregate(n=Count("pk", distinct=True), last=Max("pk"))
    n = sum(each for _, each in per_kind)
    return render(
        request,
        "notices/many.html",
        {
            "do": do,
            "words": dict(DO)[do],
            "n": n,
            "left_out": whole["n"] - n,
            "per_kind": [{"key": title, "value": f"{each:,}"} for title, each in per_kind],
            "kept": kept,
            "chosen": chosen if not form.cleaned_data["all"] else [],
            "last": whole["last"] or 0,
        },
    )


def _fit(do: str, notices: NoticeQuerySet) -> NoticeQuerySet:
    at = timezone.now()
    match do:
        case "retry":
            return notices.retryable(at)
        case "release":
            return notices.releasable(at)
        case "hold":
            return notices.holdable()
        case _:
            return notices.cancellable()


def _do(request: SignedInRequest, do: str, notices: NoticeQuerySet) -> HttpResponse:
    verb, done = MANY[do]
    try:
        n = verb(notices=notices, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("notices:list")
    if n == 1:
        messages.success(request, f"1 message is {ONE[do]}.")
    elif n:
        messages.success(request, f"{n:,} messages are {done}.")
    else:
        messages.info(request, "Nothing was changed: they are done with already.")
    return redirect("notices:board")


@allowed("view_board", policies)
def held(request: SignedInRequest) -> HttpResponse:
    groups = boards.held(person=request.person, at=timezone.now())
    return render(request, "notices/held.html", {"groups": groups})


@require_POST
@allowed("release", policies)
def release(request: SignedInRequest) -> HttpResponse:
    """Everything that was held since a restore."""
    count = services.release_parked(by=request.person, at=timezone.now(), reason=Reason.RESTORED)
    words = "1 held message is" if count == 1 else f"{count:,} held messages are"
    messages.success(request, f"{words} on the way.")
    return redirect("notices:board")


# Addresses and people ------------------------------------------------------------------------


@allowed("mend_addresses", policies)
def set_aside(request: SignedInRequest) -> HttpResponse:
    found = policies.visible(request.person, AddressTrouble.objects.all())
    troubles = found.filter(set_aside_at__isnull=False).select_related(
        "address__person__organisation"
    )
    page = Paginator(troubles.order_by("-set_aside_at", "-pk"), PER_PAGE)
    shown = page.get_page(request.GET.get("page"))
    return render(request, "notices/set_aside.html", {"page": shown})


@require_POST
@allowed("mend_addresses", policies)
def put_back(request: SignedInRequest, pk: int) -> HttpResponse:
    everybody = visible_people(request.person, Person.objects.all())
    person = get_object_or_404(everybody, addresses=pk)
    address = person.addresses.get(pk=pk)
    try:
        bounces.put_back(address=address, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(
            request, "Messages go to that address again. If one more comes back, they stop."
        )
    return redirect("notices:person", pk=person.pk)


@allowed("view", policies)
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything one person was sent or will be. That somebody looked is written down."""
    everybody = visible_people(request.person, Person.objects.all())
    whose = get_object_or_404(everybody, pk=pk)
    audit.record(
        "notices.history_viewed", by=request.person, at=timezone.now(), thing=whose, subject=whose
    )
    theirs = policies.named(policies.visible(request.person, whose.notices.all()))
    order = SORTS.get(request.GET.get("sort", ""), SORTS["-due"])
    pages = boards.Capped(theirs.select_related("recipient").order_by(*order), PER_PAGE)
    page: Any = pages.get_page(request.GET.get("page"))
    rows = boards.rows(page, at=timezone.now())
    told = boards.history(whose, by=request.person)
    context = {"whose": whose, "page": page, "rows": rows, **told}
    return render(request, "notices/person.html", context)


@allowed("view", policies)
def everybody(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who has had this message and who has not; and sending it to those."""
    notice = fetch(policies, request.person, Notice.objects.select_related("recipient"), pk=pk)
    if request.method == "POST":
        must(policies.can(request.person, "retry"))
        try:
            n = services.send_to_missing(notice=notice, by=request.person, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            people = "1 person" if n == 1 else f"{n} people"
            messages.success(request, f"The message is on its way to {people}.")
        return redirect("notices:everybody", pk=pk)
    audit.record("notices.notice_viewed", by=request.person, at=timezone.now(), thing=notice)
    found = boards.reached(notice, person=request.person, at=timezone.now())
    context = {"notice": notice, "title": boards.titled(notice.kind), **found}
    return render(request, "notices/everybody.html", context)
