"""What this app holds about people."""

from datetime import datetime
from typing import Any

from lic_site.common.imports import sheets
from lic_site.common.models import Job, Sheet, SheetFinding
from lic_site.common.personal_data import Held, PersonalData


def _erase_jobs(person: Any, _at: datetime) -> None:
    for job in Job.objects.filter(owner_id=person.pk):
        job.result_file.delete(save=False)
        job.delete()


def _erase_sheets(person: Any, _at: datetime) -> None:
    for sheet in Sheet.objects.filter(owner_id=person.pk):
        sheets.wipe(sheet.pk)
        sheet.delete()
    Sheet.objects.filter(confirmed_by_id=person.pk).update(confirmed_by_id=None)


PERSONAL_DATA = PersonalData(
    held=(
        Held(
            model="common.Job",
            title="Long work you started",
            fields=("owner_id", "title", "created_at", "finished_at"),
            of=lambda person: Job.objects.filter(owner_id=person.pk),
            erase=_erase_jobs,
            kept_for="Deleted two weeks after it finished.",
        ),
        Held(
            model="common.Sheet",
            title="Spreadsheets you chose to bring in",
            fields=("owner_id", "file", "uploaded_at"),
            of=lambda person: Sheet.objects.filter(owner_id=person.pk),
            erase=_erase_sheets,
            kept_for=(
                "The file is deleted as soon as it is brought in or discarded, after 14 days at "
                "the latest. That there was one is kept for two years."
            ),
            retain=sheets.retain,
            export=lambda person: [
                {
                    "What": sheet.kind,
                    "Chosen": sheet.uploaded_at,
                    "State": sheet.get_state_display(),
                }
                for sheet in Sheet.objects.filter(owner_id=person.pk)
            ],
        ),
        Held(
            model="common.SheetFinding",
            title="What was found in those spreadsheets",
            fields=("words",),
            of=lambda person: SheetFinding.objects.filter(sheet__owner_id=person.pk),
            erase=lambda _person, _at: None,  # goes with its sheet
            kept_for="Deleted with the file.",
            export=lambda _person: (),
        ),
    ),
    impersonal=("common.Tick", "common.Generation"),
)
