"""``/concern/``: anybody tells what happened, one thing a page.

What was typed travels in the pages, sealed. Nothing is stored before it is sent, and nothing that
says who sent it unless they want to be known: no row, no event, no log line.
"""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.accounts.requests import PersonRequest
from lic_site.common.errors import Refusal
from lic_site.common.unseen import unseen
from lic_site.concerns import limits, policies
from lic_site.concerns.carried import Carried, opened
from lic_site.concerns.enums import ON_RECORD
from lic_site.concerns.models import Concern
from lic_site.concerns.services import raising as verbs
from lic_site.concerns.summary import sections
from lic_site.concerns.telling import CHECK, FORMS, PAGES, START, Journey, before

LOST = (
    "We could not read what these pages carried, so please begin again. If you have the text still "
    "open in another window, copy it first."
)
ENOUGH = (
    "A great many were sent from your internet address today, so we cannot take another. Nothing "
    "you typed is lost on this page: copy it, and send it from another connection, or tomorrow."
)


@unseen(keeps=True)
def tell(request: HttpRequest) -> HttpResponse:
    """Every page of the journey; a POST says which page it answers and where to go."""
    person = cast("PersonRequest", request).person
    if request.method != "POST":
        return _page(request, Journey(Carried(about=request.GET.get("about", "")), person), START)
    carried = opened(request.POST.get("carried", ""))
    if carried is None:
        return _page(request, Journey(Carried(), person), START, refusal=LOST)
    journey, page = Journey(carried, person), request.POST.get("page", START)
    if page in FORMS:
        carried.keep(page, request.POST, FORMS[page].base_fields)
    return _go(request, journey, page if page in PAGES else START)


def _go(request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
    """Back, to a page that is to be changed, on, or off it goes."""
    where = request.POST.get("go", "on")
    if where == "back":
        return _page(request, journey, before(page))
    if where in FORMS:
        return _page(request, journey, where)
    if page in FORMS and not journey.form(page).is_valid():
        return _page(request, journey, page, is_asked=False)
    if where == "send" and journey.first_open() == CHECK:
        return _send(request, journey)
    onward = journey.after(page)
    is_new = page == START or journey.carried.typed(onward) is None
    return _page(request, journey, onward, is_asked=is_new)


def _page(
    request: HttpRequest,
    journey: Journey,
    page: str,
    *,
    refusal: str = "",
    is_asked: bool = True,
) -> HttpResponse:
    """One page. ``is_asked``: shown as a question rather than with what is wrong about it."""
    journey.carried.checked |= page == CHECK
    context: dict[str, Any] = {
        "page": page,
        "carried": journey.carried.seal(),
        "regarding": journey.regarding,
        "refusal": refusal,
        "who_sees": policies.WHO_SEES,
    }
    if page == START:
        context |= _start(journey)
    elif page == CHECK:
        context["sections"] = sections(journey)
    else:
        context |= {
            "form": journey.form(page, is_asked=is_asked),
            "number": list(FORMS).index(page) + 1,
            "total": len(FORMS),
            "nobody_left": page == "reader" and journey.nobody_left,
        }
    template = page if page in {START, CHECK} else "page"
    return render(request, f"concerns/raising/{template}.html", context)


def _start(journey: Journey) -> dict[str, Any]:
    person = journey.person
    mine = policies.own(person, Concern.objects.all()).exists() if person else False
    return {"contacts": journey.contacts, "has_raised": mine}


def _send(request: HttpRequest, journey: Journey) -> HttpResponse:
    answers, now = journey.answers(), timezone.now()
    known = answers["known"]
    if limits.is_over(limits.Limit.SENT, request, at=now):
        return _page(request, journey, CHECK, refusal=ENOUGH)
    by: Person | None = journey.person if known in ON_RECORD else None
    try:
        concern = verbs.raise_concern(
            told=journey.told(),
            reader=journey.reader(),
            concerned=journey.concerned(),
            known=known,
            tell_by_mail=bool(answers.get("tell_by_mail")),
            code=journey.carried.code,
            nonce=journey.carried.nonce,
            by=by,
            at=now,
        )
    except Refusal as refusal:
        return _page(request, journey, CHECK, refusal=str(refusal))
    limits.count(limits.Limit.SENT, request, at=now)
    context = {"concern": concern, "code": None if by else journey.carried.code}
    response = render(request, "concerns/raising/sent.html", context)
    response.tells = True  # type: ignore[attr-defined]
    return response
