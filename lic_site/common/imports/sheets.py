"""A sheet's states, each entered by a conditional update; its file, read and wiped."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from lic_site.common.enums import FindingKind, JobState, Outcome, SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports.protocol import Finding, Importer, Plan, importers
from lic_site.common.models import Job, Sheet, SheetFinding
from lic_site.common.spreadsheets import Nothing, Opening, Row, opening, read
from lic_site.common.uploads import Kind

KEPT = timedelta(days=14)
"""How long a file may wait for somebody's decision."""
REMEMBERED = timedelta(days=2 * 365)
"""How long it stays known that a sheet was brought in, without anything that was in it."""
BY_HAND = timedelta(hours=1)
"""How long the command line, which has no job, may take."""
FINDINGS = 5_000
"""How many of each kind are listed."""
OPEN = (SheetState.UPLOADED, SheetState.CHECKED)
OVER = (SheetState.DONE, SheetState.DISCARDED, SheetState.FAILED)
STOPPED = (
    "The work stopped part of the way, and nothing was brought in. Look at this again, then "
    "confirm again."
)
EXPIRED = "Nobody decided within 14 days, so the file was deleted. Choose it again."

type Advance = Callable[[int], None]


class FileGone(Refusal):
    """The file is no longer kept here. Choose it again."""


class FileSwapped(Refusal):
    """The file is not the one that was chosen, so nothing was read. Choose it again."""


def quietly(_rows: int) -> None:
    """Says nobody how far it is."""


def keep(*, kind: str, upload: UploadedFile[Any], by_id: int | None, at: datetime) -> Sheet:
    """Take an upload that was checked (``uploads.check`` has put its ``kind`` on it)."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    file_kind: Kind = upload.kind  # type: ignore[attr-defined]
    return Sheet.objects.create(
        kind=kind,
        owner_id=by_id,
        file=upload,
        file_kind=file_kind.name,
        digest=digest.hexdigest(),
        uploaded_at=at,
    )


def importer_of(sheet: Sheet) -> Importer:
    return importers()[sheet.kind]


def move(
    sheet_id: int, state: SheetState, *, out_of: Collection[SheetState], **values: Any
) -> bool:
    """Enter a state unless somebody else was quicker. ``values`` may hold further conditions
    under ``where``.
    """
    where: Mapping[str, Any] = values.pop("where", {})
    rows = Sheet.objects.filter(pk=sheet_id, state__in=out_of, **where)
    return bool(rows.update(state=state, **values))


def is_held(sheet: Sheet) -> bool:
    """Whether it is confirmed, and for the work that this copy of it was read for."""
    held = Sheet.objects.filter(state=SheetState.CONFIRMED, job_id=sheet.job_id)
    return held.filter(pk=sheet.pk).exists()


def opening_of(sheet: Sheet) -> Opening:
    """The sheet's titles and first rows. Raises FileGone, FileSwapped, Unreadable."""
    with _file(sheet) as file:
        return opening(file, Kind[sheet.file_kind])


def rows_of(sheet: Sheet, advance: Advance = quietly) -> list[Row]:
    """Every row. Raises what reading raises, Nothing, FileGone, FileSwapped."""
    columns = importer_of(sheet).columns
    rows = []
    with _file(sheet) as file:
        for row in read(file, Kind[sheet.file_kind], columns, places=sheet.places):
            rows.append(row)
            if len(rows) % 500 == 0:
                advance(len(rows))
    if not rows:
        raise Nothing
    return rows


def _file(sheet: Sheet) -> IO[bytes]:
    """The file that was chosen, at its start."""
    if not sheet.file.name:
        raise FileGone
    try:
        file = cast("IO[bytes]", sheet.file.storage.open(sheet.file.name, "rb"))
    except FileNotFoundError as error:
        raise FileGone from error
    digest = hashlib.sha256()
    while block := file.read(2**20):
        digest.update(block)
    if digest.hexdigest() != sheet.digest:
        file.close()
        raise FileSwapped
    file.seek(0)
    return file


@transaction.atomic
def note(
    sheet: Sheet,
    plan: Plan,
    *,
    out_of: Collection[SheetState],
    at: datetime,
    message: str = "",
    earlier: Mapping[str, str] | None = None,
) -> bool:
    """Write down what a check found. With the ``earlier`` outcomes, which rows have come to
    something else since. False where another check, or a person, was quicker.
    """
    outcomes = {str(number): outcome.value for number, outcome in plan.outcomes.items()}
    moved = move(
        sheet.pk,
        SheetState.CHECKED,
        out_of=out_of,
        where={"job_id": sheet.job_id},
        counts=plan.counts,
        outcomes=outcomes,
        fingerprint=plan.fingerprint(),
        checked_at=at,
        message=message,
    )
    if not moved:
        return False
    sheet.findings.all().delete()
    SheetFinding.objects.bulk_create(
        [
            *_findings(sheet, FindingKind.PROBLEM, plan.problems),
            *_findings(sheet, FindingKind.CHANGE, plan.changes),
            *_findings(sheet, FindingKind.MOVED, _moved(earlier or {}, outcomes)),
        ],
        batch_size=1_000,
    )
    return True


def _findings(
    sheet: Sheet, kind: FindingKind, findings: Iterable[Finding]
) -> Iterator[SheetFinding]:
    for number, one in enumerate(findings):
        if number >= FINDINGS:
            return
        yield SheetFinding(
            sheet=sheet, kind=kind, row=one.row, column=one.column, words=one.words[:500]
        )


def _moved(earlier: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Finding]:
    for number, outcome in now.items():
        if (before := earlier.get(number, outcome)) != outcome:
            words = f"Was: {Outcome(before).label}. Is now: {Outcome(outcome).label}."
            yield Finding(int(number), "", words)


def wipe(sheet_id: int) -> None:
    """Delete the file and whatever was said of its cells."""
    sheet = Sheet.objects.get(pk=sheet_id)
    if sheet.file.name:
        sheet.file.storage.delete(sheet.file.name)
    sheet.findings.all().delete()
    Sheet.objects.filter(pk=sheet_id).update(file="", outcomes={}, places={})


def sweep(at: datetime) -> None:
    """Give back what a dead worker held, and wipe what a crash left of a finished sheet."""
    live = Job.objects.filter(state__in=[JobState.QUEUED, JobState.RUNNING])
    by_hand = Q(job_id=None, confirmed_at__gte=at - BY_HAND)
    held = Sheet.objects.filter(state=SheetState.CONFIRMED).exclude(by_hand)
    held.exclude(job_id__in=live.values("pk")).update(state=SheetState.CHECKED, message=STOPPED)
    left = Sheet.objects.filter(state__in=OVER).exclude(file="")
    for pk in left.values_list("pk", flat=True)[:100]:
        wipe(pk)


def retain(at: datetime) -> int:
    """Files that waited too long go; long after, so does the memory that there was one."""
    waited = Sheet.objects.filter(state__in=OPEN, uploaded_at__lt=at - KEPT)
    gone = 0
    for pk in list(waited.values_list("pk", flat=True)):
        if move(pk, SheetState.DISCARDED, out_of=OPEN, finished_at=at, message=EXPIRED):
            wipe(pk)
            gone += 1
    return gone + Sheet.objects.filter(finished_at__lt=at - REMEMBERED).delete()[0]
