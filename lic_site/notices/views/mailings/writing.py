"""The list; whom to write to; the words; how it goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.errors import Refusal
from lic_site.notices import policies
from lic_site.notices.enums import MailingState
from lic_site.notices.forms.mailings import ME, OFFICE, SAME, HowForm, RevisionField, WordsForm
from lic_site.notices.mailings.audience import ChoicesForm, ChoicesGone, told_of
from lic_site.notices.mailings.progress import progress_of, state_of
from lic_site.notices.mailings.text import names_of
from lic_site.notices.models import Mailing
from lic_site.notices.segments import Segment, segments
from lic_site.notices.services import mailings as verbs
from lic_site.notices.services.mailings.errors import Changed, NotADraft, UnfitWords
from lic_site.notices.views.mailings.shared import at_revision, draft_of, edits, mailing_of
from lic_site.notices.wording import Sort

PER_PAGE = 20
TONES = {
    MailingState.DRAFT: "todo",
    MailingState.SENDING: "going",
    MailingState.STOPPED: "stop",
    MailingState.DONE: "done",
}


def of_drafts[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """For pages that change a draft: one that was confirmed shows how far it is instead."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(*args, **kwargs)
        except NotADraft as refusal:
            request: Any = args[0]
            messages.error(request, str(refusal))
            return redirect("notices:mailing", kwargs["pk"])

    return guarded


@require_safe
@allowed("send_mailings", policies)
def listing(request: SignedInRequest) -> HttpResponse:
    rows = policies.visible(request.person, Mailing.objects.select_related("written_by"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    progress = progress_of(page)
    listed = [
        {
            "mailing": mailing,
            "progress": progress.get(mailing.pk),
            "state": (state := state_of(mailing, progress.get(mailing.pk))),
            "tone": TONES[state],
        }
        for mailing in page
    ]
    return render(request, "notices/mailings/list.html", {"page": page, "listed": listed})


@require_safe
@allowed("send_mailings", policies)
def new(request: SignedInRequest) -> HttpResponse:
    return render(request, "notices/mailings/whom.html", {"segments": segments().values()})


@require_safe
@allowed("send_mailings", policies)
@of_drafts
def whom(request: SignedInRequest, *, pk: int) -> HttpResponse:
    context = {"segments": segments().values(), "mailing": draft_of(request, pk)}
    return render(request, "notices/mailings/whom.html", context)


@edits
@allowed("send_mailings", policies)
def begin(request: SignedInRequest, *, name: str) -> HttpResponse:
    """The choices that narrow a segment, and how many people that makes."""
    segment = _segment(name)

    def save(chosen: dict[str, Any]) -> HttpResponse:
        mailing = verbs.begin(segment=name, chosen=chosen, by=request.person, at=timezone.now())
        return redirect("notices:mailing_words", mailing.pk)

    return _narrow(request, segment, save, chosen={})


@edits
@allowed("send_mailings", policies)
@of_drafts
def change_people(request: SignedInRequest, *, pk: int, name: str) -> HttpResponse:
    mailing, segment = draft_of(request, pk), _segment(name)

    def save(chosen: dict[str, Any]) -> HttpResponse:
        verbs.choose_people(
            mailing=mailing,
            revision=RevisionField().clean(request.POST.get("revision")),
            segment=name,
            chosen=chosen,
            by=request.person,
            at=timezone.now(),
        )
        return redirect("notices:mailing", pk)

    chosen = mailing.chosen if mailing.segment == name else {}
    return _narrow(request, segment, save, chosen=chosen, mailing=mailing)


def _segment(name: str) -> Segment:
    if name not in segments():
        raise Http404
    return segments()[name]


def _narrow(
    request: SignedInRequest,
    segment: Segment,
    save: Callable[[dict[str, Any]], HttpResponse],
    *,
    chosen: dict[str, Any],
    mailing: Mailing | None = None,
) -> HttpResponse:
    """Counts while choosing; only 'Continue' writes, and not for nobody."""
    is_sent, count, refusal = request.method == "POST", None, ""
    form = ChoicesForm(
        request.POST if is_sent else _preset(request, segment, chosen), segment=segment
    )
    if form.is_valid():
        count = segment.people(form.cleaned_data).count()
        if is_sent and count and request.POST.get("do") == "continue":
            try:
                return save(form.cleaned_data)
            except NotADraft:
                raise
            except Refusal as refused:
                refusal = str(refused)
    elif not is_sent:
        form = ChoicesForm(initial=form.data, segment=segment)
    context = {
        "segment": segment,
        "form": form,
        "count": count,
        "refusal": refusal,
        "mailing": mailing,
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, f"notices/mailings/{'_count' if part else 'narrow'}.html", context)


def _preset(
    request: SignedInRequest, segment: Segment, chosen: dict[str, Any]
) -> dict[str, Any] | None:
    """What the address says, or was chosen before, filled up with what each field begins with;
    None where nothing says anything.
    """
    found = dict(chosen)
    for name, field in segment.fields().items():
        if name in request.GET:
            many = isinstance(field, forms.MultipleChoiceField)
            found[name] = request.GET.getlist(name) if many else request.GET[name]
        elif found or request.GET:
            found.setdefault(name, field.initial)
    return found or None


@edits
@allowed("send_mailings", policies)
@of_drafts
def words(request: SignedInRequest, *, pk: int) -> HttpResponse:
    mailing = draft_of(request, pk)
    fields = ("title", "subject", "body", "revision")
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(mailing, name) for name in fields} | {"body": _body(mailing)},
    )
    is_first, stale = not mailing.body, False
    if form.is_valid():
        try:
            verbs.write(mailing=mailing, **form.cleaned_data, by=request.person, at=timezone.now())
        except UnfitWords as unfit:
            for fault in unfit.faults:
                form.add_error(_field_of(fault), fault)
        except Changed as changed:
            stale = True
            form.add_error(None, str(changed))
            form.data = at_revision(request, mailing)
        except ChoicesGone as gone:
            form.add_error(None, str(gone))
        else:
            return redirect("notices:mailing_how" if is_first else "notices:mailing", pk)
    context = {
        "form": form,
        "mailing": mailing,
        "told": told_of(mailing),
        "names": _names(mailing),
        "stale": stale,
    }
    return render(request, "notices/mailings/words.html", context)


def _body(mailing: Mailing) -> str:
    return mailing.body or "Hello {given_name},\n\n\n\n[See more]"


def _field_of(fault: str) -> str:
    return "subject" if "ubject" in fault else "body"


def _names(mailing: Mailing) -> list[dict[str, str]]:
    """What may be filled in, each with what it stands for and how it would be written."""
    try:
        names = names_of(mailing)
    except ChoicesGone:
        return []
    return [
        {"written": f"{{{name}}}", "stands_for": sort.value}
        for name, sort in names.items()
        if sort != Sort.LINK
    ]


@edits
@allowed("send_mailings", policies)
@of_drafts
def how(request: SignedInRequest, *, pk: int) -> HttpResponse:
    mailing = draft_of(request, pk)
    form = HowForm(
        request.POST if request.method == "POST" else None,
        initial={
            "category": mailing.category,
            "path": mailing.path,
            "until": timezone.localdate(mailing.useless_after) if mailing.useless_after else None,
            "reply_to": _replies(mailing, request),
            "revision": mailing.revision,
        },
        mailing=mailing,
        by=request.person,
    )
    if form.is_valid():
        try:
            verbs.arrange(mailing=mailing, **form.values(), by=request.person, at=timezone.now())
        except Changed as changed:
            form.add_error(None, str(changed))
            form.data = at_revision(request, mailing)
        else:
            return redirect("notices:mailing", pk)
    return render(request, "notices/mailings/how.html", {"form": form, "mailing": mailing})


def _replies(mailing: Mailing, request: SignedInRequest) -> str:
    if mailing.reply_to is None:
        return OFFICE
    return ME if mailing.reply_to == request.person else SAME


@require_POST
@allowed("send_mailings", policies)
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    mailing = mailing_of(request, pk)
    made = verbs.copy(mailing=mailing, by=request.person, at=timezone.now())
    messages.success(request, "This is a new draft with the same words. Nothing is sent yet.")
    return redirect("notices:mailing", made.pk)


@edits
@allowed("send_mailings", policies)
@of_drafts
def delete(request: SignedInRequest, *, pk: int) -> HttpResponse:
    mailing = draft_of(request, pk)
    if request.method != "POST":
        return render(request, "notices/mailings/delete.html", {"mailing": mailing})
    verbs.delete_draft(mailing=mailing, by=request.person, at=timezone.now())
    messages.success(request, "The draft is deleted.")
    return redirect("notices:mailings")
