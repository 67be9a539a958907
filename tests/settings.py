"""The site's own settings, in a hostile environment.

Each xdist worker has files and a Redis database of its own; pytest-django gives it a database.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.templates import Loud

REDIS_DATABASES = 16
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))

if "PYTEST_XDIST_WORKER" in os.environ or "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="lic-tests-")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("PAGE_CACHE", "0")
os.environ.setdefault("NOTICE_QUIET_HOURS", "0")  # the tests of quiet hours turn them on
if os.environ.get("REDIS_URL"):
    _redis = urlsplit(os.environ["REDIS_URL"])
    _number = (int(_redis.path.strip("/") or 0) + _worker) % REDIS_DATABASES
    os.environ["REDIS_URL"] = _redis._replace(path=f"/{_number}").geturl()

from lic_site import settings as _site  # noqa: E402 - reads the environment set above

globals().update({name: value for name, value in vars(_site).items() if name.isupper()})

TEMPLATES = _site.TEMPLATES
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Loud()
# The words of messages that exist in tests alone.
TEMPLATES[0]["DIRS"] = [*_site.TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates"]
STORAGES = _site.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
# What a test publishes goes nowhere: it calls the task, or starts real workers.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, str] = {}
if "sqlite3" in _site.DATABASES["default"]["ENGINE"]:
    # A file, as in use: an in-memory database locks otherwise.
    _site.DATABASES["default"]["TEST"] = {"NAME": str(Path(_site.VAR_DIR) / "test.sqlite3")}
Path(_site.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
