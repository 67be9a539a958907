"""What this app holds about people."""

from datetime import datetime
from typing import Any

from lic_site.common.models import Job
from lic_site.common.personal_data import Held, PersonalData


def _erase_jobs(person: Any, _at: datetime) -> None:
    for job in Job.objects.filter(owner_id=person.pk):
        job.result_file.delete(save=False)
        job.delete()


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
    ),
    impersonal=("common.Tick", "common.Generation"),
)
