"""The long work: checking a sheet, and bringing it in. Each can be left and found again."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lic_site.accounts.models import Person
from lic_site.common import jobs
from lic_site.common.imports.sheets import Advance
from lic_site.common.models import Sheet
from lic_site.portal.imports import services


@jobs.job(title="Checking the spreadsheet")
def check(progress: jobs.Progress, *, sheet: int) -> jobs.Result | None:
    """Read it and work out what it would do."""
    checked = Sheet.objects.filter(pk=sheet, job_id=progress.job_id).first()
    if checked is None:
        return None
    services.check_sheet(sheet=checked, at=timezone.now(), advance=_telling(progress))
    return jobs.Result(path=reverse("portal:sheet", args=[sheet]))


@jobs.job(title="Bringing the spreadsheet in")
def bring_in(
    progress: jobs.Progress, *, sheet: int, by: int | None, is_update: bool
) -> jobs.Result | None:
    """Write it, all at once."""
    confirmed = Sheet.objects.filter(pk=sheet, job_id=progress.job_id).first()
    if confirmed is None:
        return None
    actor = Person.objects.filter(pk=by).first() if by else None
    written = services.bring_in(
        sheet=confirmed,
        is_update=is_update,
        by=actor,
        at=timezone.now(),
        advance=_telling(progress),
    )
    path = reverse("portal:sheet", args=[sheet])
    return jobs.Result(path=path, message=written.message if written else services.MOVED)


def _telling(progress: jobs.Progress) -> Advance:
    return lambda rows: progress.advance(rows, message=f"{rows:,} rows read")


@transaction.atomic
def start_check(*, sheet: Sheet, places: dict[str, int], by: Person, at: datetime) -> None:
    """Match the columns and check the sheet in the background."""
    services.match_columns(sheet=sheet, places=places)
    started = jobs.start(check, by_id=by.pk, at=at, arguments={"sheet": sheet.pk})
    Sheet.objects.filter(pk=sheet.pk).update(job_id=started.pk)


@transaction.atomic
def start_bringing_in(
    *, sheet: Sheet, fingerprint: str, is_update: bool, by: Person, at: datetime
) -> None:
    """Confirm the sheet and bring it in in the background. Raises what confirming raises."""
    services.confirm_sheet(sheet=sheet, fingerprint=fingerprint, is_update=is_update, by=by, at=at)
    arguments = {"sheet": sheet.pk, "by": by.pk, "is_update": is_update}
    started = jobs.start(bring_in, by_id=by.pk, at=at, arguments=arguments)
    Sheet.objects.filter(pk=sheet.pk).update(job_id=started.pk)
