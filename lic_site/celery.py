"""The Celery application. The database is the truth, the broker a hint: every task may be lost or
doubled.
"""

import os

from celery import Celery
from celery.signals import task_prerun

from lic_site.log import work_id

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lic_site.settings")

app = Celery("lic_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The ground floor's tasks stand beside what they carry out.
for module in ("ticks", "background", "jobs"):
    app.autodiscover_tasks(["lic_site.common"], related_name=module)


@task_prerun.connect
def _name_the_work(task_id: str = "", **_: object) -> None:
    """The lines that a task logs carry its id."""
    work_id.set(task_id)
