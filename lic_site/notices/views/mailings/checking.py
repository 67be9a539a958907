"""Look through a draft before it goes: how many, who, what three of them would read; then send."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.enums import MailingState
from lic_site.notices.forms.mailings import FindForm, SendForm
from lic_site.notices.mailings import audience, text
from lic_site.notices.mailings.audience import ChoicesGone
from lic_site.notices.models import Mailing, Notice
from lic_site.notices.renderer import Message
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings.errors import NotADraft, PeopleChanged
from lic_site.notices.services.mailings.testing import message_to
from lic_site.notices.services.office import office
from lic_site.notices.views import looks
from lic_site.notices.views.mailings.going import going
from lic_site.notices.views.mailings.shared import mailing_of

PER_PAGE = 50
SAMPLES = 3
NAMED = 20
"""How many of those who joined or left are named."""


@require_safe
@allowed("send_mailings", policies)
def mailing(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft to look through; otherwise how far it is."""
    found = mailing_of(request, pk)
    return _check(request, found) if found.state == MailingState.DRAFT else going(request, found)


def _check(request: SignedInRequest, mailing: Mailing, **context: Any) -> HttpResponse:
    try:
        found = audience.people_of(mailing)
        people = list(found.order_by("pk").values_list("pk", flat=True))
        context |= {
            "reach": audience.reach(found, mailing.category),
            "shown": audience.packed(people),
            "faults": text.faults_of(mailing),
            "shows_names": audience.shows_names(mailing),
            "samples": range(1, min(SAMPLES, len(people)) + 1),
            "ask_sure": len(people) > office().hold_over,
        }
    except ChoicesGone as gone:
        context |= {"gone": str(gone)}
    context |= {"mailing": mailing, "told": audience.told_of(mailing)}
    return render(request, "notices/mailings/check.html", context)


@require_POST
@allowed("send_mailings", policies)
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    mailing, form = mailing_of(request, pk), SendForm(request.POST)
    form.is_valid()
    said = form.cleaned_data
    try:
        number = verbs.confirm(
            mailing=mailing,
            revision=said["revision"],
            shown=audience.unpacked(said.get("shown", "")),
            sure_of=said.get("sure"),
            by=request.person,
            at=timezone.now(),
        )
    except NotADraft:
        messages.info(request, "This mailing was confirmed already. It goes to each person once.")
        return redirect("notices:mailing", pk)
    except PeopleChanged as changed:
        return _check(request, mailing, refusal=str(changed), **_named(request, mailing, changed))
    except Refusal as refusal:
        return _check(request, mailing, refusal=str(refusal))
    people = "1 person" if number == 1 else f"{number:,} people"
    messages.success(request, f"It is on its way to {people}.")
    return redirect("notices:mailing", pk)


def _named(request: SignedInRequest, mailing: Mailing, changed: PeopleChanged) -> dict[str, Any]:
    """Who joined and who left, as far as they may be shown."""
    found: dict[str, Any] = {"joined": len(changed.joined), "left": len(changed.left)}
    if audience.shows_names(mailing):
        _looked(request, mailing)
        for name, pks in (("joined", changed.joined), ("left", changed.left)):
            named = Person.objects.filter(pk__in=pks[:NAMED])
            found[f"{name}_names"] = [person.name for person in named]
    return found


@require_safe
@allowed("send_mailings", policies)
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who it is for, or once it was sent, what became of each. That somebody looked is written
    down.
    """
    mailing, form = mailing_of(request, pk), FindForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    context: dict[str, Any] = {"mailing": mailing, "form": form, "is_narrowed": bool(q)}
    try:
        if audience.shows_names(mailing):
            found = _found(mailing, q)
            context["page"] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
            _looked(request, mailing)
    except ChoicesGone as gone:
        context["gone"] = str(gone)
    return render(request, "notices/mailings/people.html", context)


def _found(mailing: Mailing, q: str) -> QuerySet[Any]:
    """People of a draft, messages of one that was sent; each with a person and an employer."""
    if mailing.state == MailingState.DRAFT:
        rows: QuerySet[Any] = audience.people_of(mailing).select_related("organisation")
        prefix = ""
    else:
        rows = Notice.objects.about(list(audience.KINDS), mailing.pk).select_related(
            "recipient__organisation"
        )
        rows = rows.order_by("recipient__family_name", "recipient__given_name", "pk")
        prefix = "recipient__"
    for word in q.split():
        parts = ("given_name", "family_name", "organisation__name")
        either = Q()
        for part in parts:
            either |= Q(**{f"{prefix}{part}__icontains": word})
        rows = rows.filter(either)
    return rows


def _looked(request: SignedInRequest, mailing: Mailing, subject: Person | None = None) -> None:
    audit.record(
        "notices.mailing_people_viewed",
        by=request.person,
        at=timezone.now(),
        thing=mailing,
        subject=subject,
    )


@looks.FRAMING
@allowed("send_mailings", policies)
def sample(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """The message one of three of them would get: the first, the last, one in between."""
    mailing = mailing_of(request, pk)
    preview, person, among = _sample(mailing, number)
    if person is not None:
        _looked(request, mailing, person)
    context = {
        "mailing": mailing,
        "preview": preview,
        "person": person,
        "number": number,
        "among": among,
        "before": number - 1,
        "after": number + 1 if number < among else 0,
    }
    return render(request, "notices/mailings/sample.html", context)


@looks.framed
@allowed("send_mailings", policies)
def sample_html(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    return looks.as_mail(_sample(mailing_of(request, pk), number)[0].html)


def _sample(mailing: Mailing, number: int) -> tuple[Message, Person | None, int]:
    """The message, to whom, and how many samples there are. Where people may not be shown it is to
    nobody; where it goes is their own matter in any case.
    """
    try:
        pks = list(audience.people_of(mailing).order_by("pk").values_list("pk", flat=True))
        picked = sorted({0, len(pks) // 2, len(pks) - 1})
        if not pks or not 1 <= number <= len(picked) or text.faults_of(mailing):
            raise Http404
        if not audience.shows_names(mailing):
            nobody = Person(pk=0, given_name="Sam")
            return message_to(mailing, nobody), None, len(picked)
        person = Person.objects.prefetch_related("addresses").get(pk=pks[picked[number - 1]])
        return replace(message_to(mailing, person), to=""), person, len(picked)
    except ChoicesGone:
        raise Http404 from None


@require_POST
@allowed("send_mailings", policies)
def test(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        verbs.send_test(mailing=mailing_of(request, pk), by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The test is on its way to your own address.")
    return redirect("notices:mailing", pk)
