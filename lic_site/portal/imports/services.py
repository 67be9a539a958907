"""The verbs: a sheet is chosen, its columns are matched, it is checked, confirmed and brought in,
or discarded. ``by`` None is the command line.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from lic_site.accounts import audit
from lic_site.accounts.models import Person
from lic_site.common import jobs
from lic_site.common.enums import Outcome, SheetState
from lic_site.common.errors import Refusal
from lic_site.common.imports import sheets
from lic_site.common.imports.protocol import Plan, Written
from lic_site.common.models import Sheet

MOVED = (
    "Records changed while you looked, so nothing was brought in. Look at this again, then confirm."
)


class AlreadyConfirmed(Refusal):
    """This sheet has been confirmed already. It is brought in once."""


class LooksDifferent(Refusal):
    """What this sheet would do has changed since you looked. Look at it again, then confirm."""


class HasProblems(Refusal):
    """Put the problems right in the sheet and choose it again. It is brought in whole or not at
    all.
    """


class NothingToDo(Refusal):
    """Everything in this sheet is known already. There is nothing to bring in."""


class SheetOver(Refusal):
    """This sheet is no longer under way. Choose the file again."""


class Moved(Exception):
    """The plan is no longer the one that was confirmed."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


@transaction.atomic
def choose_sheet(
    *,
    kind: str,
    upload: UploadedFile[Any],
    by: Person | None,
    at: datetime,
    instead_of: Sheet | None = None,
) -> Sheet:
    """Take a file. ``instead_of``: the sheet that it corrects, which is discarded."""
    sheet = sheets.keep(kind=kind, upload=upload, by_id=by.pk if by else None, at=at)
    audit.record("portal.sheet_chosen", by=by, at=at, thing=sheet)
    if instead_of is not None and instead_of.state in sheets.OPEN:
        discard_sheet(sheet=instead_of, by=by, at=at)
    return sheet


@transaction.atomic
def match_columns(*, sheet: Sheet, places: Mapping[str, int]) -> Sheet:
    """Say where each column stands; what was found of the sheet before is void. Raises SheetOver,
    AlreadyConfirmed.
    """
    if not sheets.move(
        sheet.pk,
        SheetState.UPLOADED,
        out_of=sheets.OPEN,
        places=dict(places),
        job_id=None,
        fingerprint="",
        message="",
        checked_at=None,
    ):
        raise _why_not(sheet)
    sheet.refresh_from_db()
    return sheet


def check_sheet(*, sheet: Sheet, at: datetime, advance: sheets.Advance = sheets.quietly) -> bool:
    """Read every row and write down what bringing them in would do. A sheet that cannot be read
    is over, and says why. False where it was no longer to be checked.
    """
    try:
        rows = sheets.rows_of(sheet, advance)
    except Refusal as refusal:
        failed = sheets.move(
            sheet.pk,
            SheetState.FAILED,
            out_of=[SheetState.UPLOADED],
            where={"job_id": sheet.job_id},
            message=str(refusal),
            finished_at=at,
        )
        if failed:
            sheets.wipe(sheet.pk)
        return failed
    plan = sheets.importer_of(sheet).plan(rows, at=at)
    return sheets.note(sheet, plan, out_of=[SheetState.UPLOADED], at=at)


@transaction.atomic
def confirm_sheet(
    *, sheet: Sheet, fingerprint: str, is_update: bool, by: Person | None, at: datetime
) -> Sheet:
    """Decide that what was previewed is brought in: the first who does so wins.

    ``fingerprint`` is of the preview that was looked at; ``is_update``: what is known is brought up
    to the sheet too. Raises AlreadyConfirmed, LooksDifferent, HasProblems, NothingToDo, SheetOver.
    """
    sheet.refresh_from_db()
    if sheet.state == SheetState.CHECKED and sheet.fingerprint == fingerprint:
        check_confirmable(sheet, is_update=is_update)
    if not sheets.move(
        sheet.pk,
        SheetState.CONFIRMED,
        out_of=[SheetState.CHECKED],
        where={"fingerprint": fingerprint},
        confirmed_at=at,
        confirmed_by_id=by.pk if by else None,
        job_id=None,
        message="",
    ):
        raise _why_not(sheet)
    audit.record("portal.sheet_confirmed", by=by, at=at, thing=sheet)
    sheet.refresh_from_db()
    return sheet


def check_confirmable(sheet: Sheet, *, is_update: bool) -> None:
    """Raises HasProblems, NothingToDo."""
    if sheet.counts.get(Outcome.PROBLEM):
        raise HasProblems
    changed = sheet.counts.get(Outcome.CHANGED, 0) if is_update else 0
    if not sheet.counts.get(Outcome.NEW, 0) + changed:
        raise NothingToDo


def _why_not(sheet: Sheet) -> Refusal:
    state = Sheet.objects.filter(pk=sheet.pk).values_list("state", flat=True).first()
    if state in {SheetState.CONFIRMED, SheetState.DONE}:
        return AlreadyConfirmed()
    return LooksDifferent() if state in sheets.OPEN else SheetOver()


def bring_in(
    *,
    sheet: Sheet,
    is_update: bool,
    by: Person | None,
    at: datetime,
    advance: sheets.Advance = sheets.quietly,
) -> Written | None:
    """Write a confirmed sheet: all of it in one transaction, or nothing.

    It is checked again in that transaction. Where records have changed since the preview it goes
    back to be looked at, and None is returned; also where it was no longer to be brought in.
    """
    if not sheets.is_held(sheet):
        return None
    try:
        rows = sheets.rows_of(sheet, advance)
        with transaction.atomic():
            written = _write(sheet, rows, is_update=is_update, by=by, at=at)
    except Moved as moved:
        _give_back(sheet, moved.plan, at=at, message=MOVED)
        return None
    except IntegrityError:  # somebody else wrote the same a moment ago
        _give_back(sheet, sheets.importer_of(sheet).plan(rows, at=at), at=at, message=MOVED)
        return None
    except jobs.Lost:
        raise
    except Exception as error:
        told = str(error) if isinstance(error, Refusal) else sheets.STOPPED
        where = {"job_id": sheet.job_id}
        out_of = [SheetState.CONFIRMED]
        sheets.move(sheet.pk, SheetState.CHECKED, out_of=out_of, where=where, message=told)
        raise
    if written is not None:
        sheets.wipe(sheet.pk)
    return written


def _write(
    sheet: Sheet, rows: Any, *, is_update: bool, by: Person | None, at: datetime
) -> Written | None:
    if not sheets.move(
        sheet.pk,
        SheetState.DONE,
        out_of=[SheetState.CONFIRMED],
        where={"job_id": sheet.job_id},
        finished_at=timezone.now(),
    ):
        return None
    importer = sheets.importer_of(sheet)
    plan = importer.plan(rows, at=at)
    if plan.fingerprint() != sheet.fingerprint:
        raise Moved(plan)
    written = importer.write(plan, is_update=is_update, by=by, at=at)
    Sheet.objects.filter(pk=sheet.pk).update(message=written.message, result_path=written.path)
    audit.record("portal.sheet_brought_in", by=by, at=at, thing=sheet)
    return written


def _give_back(sheet: Sheet, plan: Plan, *, at: datetime, message: str) -> None:
    sheets.note(
        sheet,
        plan,
        out_of=[SheetState.CONFIRMED],
        at=at,
        message=message,
        earlier=sheet.outcomes,
    )


@transaction.atomic
def discard_sheet(*, sheet: Sheet, by: Person | None, at: datetime) -> None:
    """Give a sheet up; its file is deleted. Raises AlreadyConfirmed, SheetOver."""
    if not sheets.move(sheet.pk, SheetState.DISCARDED, out_of=sheets.OPEN, finished_at=at):
        raise _why_not(sheet)
    audit.record("portal.sheet_discarded", by=by, at=at, thing=sheet)
    transaction.on_commit(lambda: sheets.wipe(sheet.pk))
