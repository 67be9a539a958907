"""The Celery application. The database is the truth, the broker a hint: every task may be lost or
doubled.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lic_site.settings")

app = Celery("lic_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# The ground floor's tasks stand beside what they carry out.
for module in ("ticks", "background", "jobs"):
    app.autodiscover_tasks(["lic_site.common"], related_name=module)
