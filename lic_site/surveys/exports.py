"""Results as a spreadsheet and as a report: what was released, and nothing else. Each is written
down.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_POST

from lic_site.accounts import audit
from lic_site.accounts.guards import allowed
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import Value, download
from lic_site.common.uploads import Kind
from lic_site.surveys import policies, report
from lic_site.surveys.pictures import EVERYBODY
from lic_site.surveys.results import released

TITLES = ["Question", "Shown by", "Group", "Answer", "Number", "Share", "People", "Remark"]
KINDS = {"xlsx": Kind.XLSX, "csv": Kind.CSV}
INVENTED = "Demonstration data"


@require_POST
@allowed("see_results", policies)
def spreadsheet(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """A row for each answer of each group that may be shown."""
    release = released(request.person, pk)
    if kind not in KINDS:
        raise Http404
    audit.record(
        "surveys.results_exported",
        by=request.person,
        at=timezone.now(),
        thing=release,
        fields=TITLES,
    )
    remark = INVENTED if settings.DEMO else ""
    rows = [[*row, remark] for row in lines(release.figures.get("questions", ()))]
    return download("results", TITLES, rows, kind=KINDS[kind])


def lines(questions: Sequence[Mapping[str, Any]]) -> Iterator[list[Value]]:
    for question in questions:
        if question.get("hidden"):
            yield [question["words"], "", EVERYBODY, "Too few to show", None, None, None]
            continue
        yield from _set(question, "", EVERYBODY, question)
        for cut in question["cuts"]:
            for group in cut["groups"]:
                yield from _set(question, cut["words"], group["words"], group)


def _set(
    question: Mapping[str, Any], cut: str, words: str, of: Mapping[str, Any]
) -> Iterator[list[Value]]:
    first, n = [question["words"], cut, words], of["n"]
    for option, count in zip(question["options"], of["counts"], strict=True):
        yield [*first, option["words"], count, round(count / n, 4), n]
    for name, title in (("value", "Mean"), ("low", "Mean, low end"), ("high", "Mean, high end")):
        if "mean" in of and of["mean"][name] is not None:
            yield [*first, title, round(of["mean"][name], 2), None, of["mean"]["n"]]


@require_POST
@allowed("see_results", policies)
def pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report, tagged, with every picture's words and table."""
    release, at = released(request.person, pk), timezone.now()
    made = report.draw(release, at=at)
    audit.record("surveys.report_exported", by=request.person, at=at, thing=release)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="report.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
