"""What a person was sent, and how they want their messages."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lic_site.accounts.guards import allowed
from lic_site.accounts.models import ContactAddress, Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common import dates
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.addresses import address_of
from lic_site.notices.forms.preferences import PaceForm, QuietForm, WantedForm
from lic_site.notices.models import Notice, NoticePreference
from lic_site.notices.protocol import kinds
from lic_site.notices.services import digests, preferences
from lic_site.notices.services.bounces import troubles_of
from lic_site.notices.services.office import office, preference_of


@allowed("change_preferences", policies)
def my_messages(request: SignedInRequest) -> HttpResponse:
    person = request.person
    sent = Notice.objects.sent_to(person).exclude(kind__in=digests.NAMES)
    page = Paginator(sent, 20).get_page(request.GET.get("page"))
    known = kinds()
    rows = [
        {
            "title": known[notice.kind].title,
            "at": notice.finished_at,
            "was_in_digest": notice.bundle_id is not None,
        }
        for notice in page
        if notice.kind in known
    ]
    context = {"page": page, "rows": rows, "troubles": troubles_of(person), **_choices(person)}
    return render(request, "notices/mine.html", context)


def _choices(person: Person) -> dict[str, Any]:
    """How the person has their messages now."""
    optional = [kind.name for kind in preferences.optional_kinds()]
    off = NoticePreference.objects.filter(person=person, kind__in=optional).count()
    known = ContactAddress.objects.select_related("trouble")
    prefetch_related_objects([person], Prefetch("addresses", queryset=known))
    chosen, own = office(), preference_of(person)
    is_own = own is not None and own.quiet_from is not None
    return {
        "office": chosen,
        "quiet": own if is_own else chosen,
        "quiet_is_own": is_own,
        "once_a_day": own is not None and own.once_a_day,
        "optional": len(optional),
        "wanted": len(optional) - off,
        "essential_to": address_of(person, "essential"),
        "optional_to": address_of(person, "optional"),
        "who_sees": policies.WHO_SEES["preferences"],
    }


@allowed("change_preferences", policies)
def wanted(request: SignedInRequest) -> HttpResponse:
    me, now = request.person, timezone.now()
    form = WantedForm(request.POST if request.method == "POST" else None, person=me)
    if not form.is_valid():
        return _ask(request, "wanted", form)
    for kind, is_wanted in form.choices():
        if is_wanted:
            preferences.turn_on(person=me, names=[kind], by=me, at=now)
        else:
            preferences.turn_off(person=me, kind=kind, by=me, at=now)
    return _saved(request, "Saved. From now on you get what you ticked, and what you need to know.")


@allowed("change_preferences", policies)
def pace(request: SignedInRequest) -> HttpResponse:
    me, chosen = request.person, office()
    form = PaceForm(request.POST or None, person=me, office=chosen)
    if not form.is_valid():
        return _ask(request, "pace", form)
    preferences.choose_pace(person=me, once_a_day=form.once_a_day, by=me, at=timezone.now())
    if form.once_a_day:
        at = dates.clock(chosen.digest_at)
        return _saved(request, f"Saved. From now on what can wait comes once a day, at {at}.")
    return _saved(request, "Saved. From now on each message comes by itself, as it comes.")


@allowed("change_preferences", policies)
def quiet(request: SignedInRequest) -> HttpResponse:
    me, chosen = request.person, office()
    form = QuietForm(request.POST or None, person=me, office=chosen)
    if not form.is_valid():
        return _ask(request, "quiet", form)
    try:
        hours = form.hours()
        preferences.choose_quiet_hours(person=me, **hours, by=me, at=timezone.now())
    except Refusal as refusal:
        form.add_error("ends", str(refusal))
        return _ask(request, "quiet", form)
    begins = dates.clock(hours["begins"] or chosen.quiet_from)
    ends = dates.clock(hours["ends"] or chosen.quiet_until)
    return _saved(request, f"Saved. From now on it is quiet for you from {begins} to {ends}.")


def _ask(request: SignedInRequest, name: str, form: Any) -> HttpResponse:
    context = {"form": form, "who_sees": policies.WHO_SEES["preferences"]}
    return render(request, f"notices/mine_{name}.html", context)


def _saved(request: SignedInRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("notices:mine")
