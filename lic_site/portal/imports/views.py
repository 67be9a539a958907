"""The pages: a template, a file, its columns, what it would do, the decision, what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.models import Person
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.enums import FindingKind, Outcome, SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports import sheets
from lic_site.common.imports.protocol import Importer, importers
from lic_site.common.models import Job, Sheet
from lic_site.common.spreadsheets import download, write_xlsx
from lic_site.common.storage import serve_private
from lic_site.common.uploads import Kind
from lic_site.portal.imports import policies, services, tasks
from lic_site.portal.imports.forms import ChooseForm, ConfirmForm, MatchForm

PER_PAGE = 25
TONES = {
    SheetState.UPLOADED: "todo",
    SheetState.CHECKED: "todo",
    SheetState.CONFIRMED: "going",
    SheetState.DONE: "done",
    SheetState.DISCARDED: "plain",
    SheetState.FAILED: "stop",
}
PAGES = {
    SheetState.UPLOADED: "uploaded",
    SheetState.CHECKED: "preview",
    SheetState.CONFIRMED: "confirmed",
}
edits = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allowed("bring_in", policies)
def imports(request: SignedInRequest) -> HttpResponse:
    """The kinds of spreadsheet there are, and those under way or brought in."""
    rows = policies.visible(request.person, Sheet.objects.all())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = Person.objects.in_bulk({sheet.owner_id for sheet in page if sheet.owner_id})
    listed = [
        {
            "sheet": sheet,
            "title": _title(sheet),
            "tone": TONES[SheetState(sheet.state)],
            "rows": sum(sheet.counts.values()),
            "by": names[sheet.owner_id].name if sheet.owner_id in names else "",
        }
        for sheet in page
    ]
    context = {"importers": importers().values(), "page": page, "listed": listed}
    return render(request, "portal/imports/list.html", context)


def _title(sheet: Sheet) -> str:
    found = importers().get(sheet.kind)
    return found.title if found else sheet.kind


def _importer(kind: str) -> Importer:
    if kind not in importers():
        raise Http404
    return importers()[kind]


def _sheet(request: SignedInRequest, pk: int) -> Sheet:
    sheet = fetch(policies, request.person, Sheet.objects.all(), pk=pk)
    _importer(sheet.kind)
    return sheet


@require_safe
@allowed("bring_in", policies)
def template(_request: SignedInRequest, kind: str) -> HttpResponseBase:
    """A blank workbook: the titles, and on a second sheet how to write what stands below them."""
    columns = _importer(kind).columns
    notes = [
        (column.title, "Needed" if column.required else "If known", column.hint, column.example)
        for column in columns
    ]
    book = write_xlsx(
        [column.title for column in columns],
        (),
        notes=[("Column", "", "How to write it", "For example"), *notes],
    )
    return serve_private(book, name="template.xlsx", content_type=Kind.XLSX.content_type)


@edits
@allowed("bring_in", policies)
def choose(request: SignedInRequest, kind: str) -> HttpResponse:
    """Choose a file; ``instead`` is the sheet that it corrects."""
    importer = _importer(kind)
    is_sent = request.method == "POST"
    form = ChooseForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    number = request.GET.get("instead", "")
    if form.is_valid():
        mine = policies.visible(request.person, Sheet.objects.filter(kind=kind))
        earlier = mine.filter(pk=int(number)).first() if number.isdecimal() else None
        try:
            sheet = services.choose_sheet(
                kind=kind,
                upload=form.cleaned_data["file"],
                by=request.person,
                at=timezone.now(),
                instead_of=earlier,
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("portal:sheet_columns", sheet.pk)
    return render(request, "portal/imports/choose.html", {"form": form, "importer": importer})


@edits
@allowed("bring_in", policies)
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which column of the file is which."""
    sheet = _sheet(request, pk)
    if sheet.state not in sheets.OPEN:
        return redirect("portal:sheet", pk)
    importer = _importer(sheet.kind)
    try:
        opened = sheets.opening_of(sheet)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:sheet", pk)
    data = request.POST if request.method == "POST" else None
    form = MatchForm(data, importer=importer, opened=opened, sheet=sheet)
    if form.is_valid():
        by, now = request.person, timezone.now()
        try:
            tasks.start_check(sheet=sheet, places=form.places, by=by, at=now)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("portal:sheet", pk)
    context = {"form": form, "importer": importer, "sheet": sheet, "found": len(opened.titles)}
    return render(request, "portal/imports/columns.html", context)


@require_safe
@allowed("bring_in", policies)
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where it stands: under way, to be decided on, or over."""
    shown = _sheet(request, pk)
    job = Job.objects.filter(pk=shown.job_id).first() if shown.job_id else None
    context = {"sheet": shown, "importer": _importer(shown.kind), "job": job}
    if request.headers.get("HX-Request") and job and job.running:
        return render(request, "portal/imports/_progress.html", context)
    page = PAGES.get(SheetState(shown.state), "over")
    if page == "preview":
        context |= _preview(request, shown)
    response = render(request, f"portal/imports/{page}.html", context)
    if request.headers.get("HX-Request"):
        response["HX-Refresh"] = "true"
    return response


def _preview(request: SignedInRequest, shown: Sheet) -> dict[str, Any]:
    """What was found, problems first, and what can be decided."""
    audit.record("portal.sheet_viewed", by=request.person, at=timezone.now(), thing=shown)
    counts = {outcome.value: shown.counts.get(outcome, 0) for outcome in Outcome}
    kind = _kind_shown(request.GET.get("show", ""), counts)
    findings = policies.visible(request.person, shown.findings.filter(kind=kind))
    moved = policies.visible(request.person, shown.findings.filter(kind=FindingKind.MOVED))
    asks = bool(counts[Outcome.CHANGED]) and importers()[shown.kind].can_update
    total = counts[Outcome.NEW] + (counts[Outcome.CHANGED] if asks else 0)
    return {
        "counts": counts,
        "rows": sum(counts.values()),
        "kind": kind,
        "page": Paginator(findings, PER_PAGE).get_page(request.GET.get("page")),
        "moved": list(moved[:PER_PAGE]),
        "form": ConfirmForm(initial={"fingerprint": shown.fingerprint}, asks=asks),
        "corrected": f"{reverse('portal:choose_sheet', args=[shown.kind])}?instead={shown.pk}",
        "can_confirm": not counts[Outcome.PROBLEM] and total > 0,
    }


def _kind_shown(asked: str, counts: dict[str, int]) -> FindingKind:
    if asked == FindingKind.CHANGE or (not counts[Outcome.PROBLEM] and asked != "problem"):
        return FindingKind.CHANGE
    return FindingKind.PROBLEM


@require_safe
@allowed("bring_in", policies)
def findings(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every problem and difference as a spreadsheet. Written down."""
    shown = _sheet(request, pk)
    audit.record("portal.findings_exported", by=request.person, at=timezone.now(), thing=shown)
    rows = policies.visible(request.person, shown.findings.exclude(kind=FindingKind.MOVED))
    return download(
        "list",
        ["Row", "Column", "Kind", "What"],
        [(one.row, one.column, one.get_kind_display(), one.words) for one in rows],
    )


@require_POST
@allowed("bring_in", policies)
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring it in: of two who say so at once, one does."""
    shown = _sheet(request, pk)
    form = ConfirmForm(request.POST, asks="known" in request.POST)
    if not form.is_valid():
        messages.error(request, str(services.LooksDifferent()))
        return redirect("portal:sheet", pk)
    try:
        tasks.start_bringing_in(
            sheet=shown,
            fingerprint=form.cleaned_data["fingerprint"],
            is_update=form.is_update,
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:sheet", pk)


@edits
@allowed("bring_in", policies)
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then give it up."""
    shown = _sheet(request, pk)
    if request.method == "POST":
        try:
            services.discard_sheet(sheet=shown, by=request.person, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("portal:sheet", pk)
        messages.success(request, "The spreadsheet was discarded and its file deleted.")
        return redirect("portal:imports")
    context = {"sheet": shown, "importer": _importer(shown.kind)}
    return render(request, "portal/imports/discard.html", context)
