"""A worker knows every task that is ever published."""

import re
import subprocess
import sys

from tests.architecture import repository

LIST = """
import django
from lic_site.celery import app
django.setup()
app.loader.import_default_modules()
print(*app.tasks)
"""


def test_a_worker_of_its_own_accord_knows_every_task_of_ours() -> None:
    """In a process of its own: here, other tests have imported everything."""
    known = subprocess.run(
        [sys.executable, "-c", LIST],
        capture_output=True,
        text=True,
        check=True,
        cwd=repository.ROOT,
    ).stdout.split()
    named = {
        name
        for path in repository.python(tests=False)
        for name in re.findall(r"@shared_task\(\s*name=\"([\w.]+)\"", path.read_text())
    }
    assert named
    assert named <= set(known)
