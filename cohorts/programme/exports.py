"""The board as a spreadsheet."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cohorts.programme import boards, policies
from cohorts.programme.models import Cohort
from cohorts.programme.selection import half_up
from lic_site.accounts import audit
from lic_site.accounts.guards import allowed, fetch
from lic_site.accounts.requests import SignedInRequest
from lic_site.common.spreadsheets import download

TITLES = [
    "Rank",
    "Reference",
    "Mean %",
    "Spread",
    "Readings",
    "Grade",
    "Borough",
    "Sub-region",
    "Where it is",
    "Name",
]


@require_safe
@allowed("export_selection", policies)
def board(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The ranking; a name stands there only where the board shows it. Written down."""
    cohort = fetch(policies, request.person, Cohort.objects.all(), slug=slug)
    rows = boards.ranking(cohort, request.person)
    audit.record(
        "programme.board_exported",
        by=request.person,
        at=timezone.now(),
        thing=cohort,
        fields=TITLES,
    )
    return download(
        "list",
        TITLES,
        [
            [
                row.standing.rank,
                row.reference,
                None if row.standing.mean is None else half_up(row.standing.mean),
                None if row.standing.spread is None else half_up(row.standing.spread),
                len(row.standing.readings),
                row.grade,
                row.borough,
                row.sub_region,
                row.get_state_display,
                row.name,
            ]
            for row in rows
        ],
    )
