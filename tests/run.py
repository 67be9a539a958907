"""``make test``: the whole suite on every store that answers, and plainly what was left out.

On SQLite what asks the database; on PostgreSQL with Redis everything, the browser too. The last
lines are pytest's own. Under ``CI=true`` nothing may be missing.
"""

import hashlib
import os
import subprocess
import sys
from urllib.parse import urlsplit

from tests.support import stores

PYTEST = [sys.executable, "-m", "pytest"]
HALVES = ["-n", "2", "--dist", "loadgroup"]
MEASURED = ["--cov", "--cov-report="]


def say(sentence: str) -> None:
    print(sentence, flush=True)  # noqa: T201


def installed(*packages: str) -> bool:
    """Whether these could be asked of Debian: as root on it."""
    if os.geteuid() != 0 or not os.path.exists("/etc/debian_version"):  # noqa: PTH110
        return False
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, env=quietly)
    return True


def install_chromium() -> None:
    """As root on Debian from its packages, elsewhere through Playwright."""
    say("Installing Chromium for the browser tests.")
    if not installed("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def install_calcurse() -> None:
    """As root on Debian, with the time zones that it reads; elsewhere by hand."""
    say("calcurse, the calendar program that files are tried with, is missing.")
    installed("calcurse", "tzdata")


def found() -> tuple[dict[str, str], list[str]]:
    """The environment for the second run, and what could not be found."""
    database, redis = stores.postgres(), stores.redis_server()
    if not stores.chromium():
        install_chromium()
    if not stores.calcurse():
        install_calcurse()
    missing = [
        name
        for name, there in (
            ("PostgreSQL", database),
            ("Redis", redis),
            ("Chromium", stores.chromium()),
            ("calcurse", stores.calcurse()),
        )
        if not there
    ]
    environment = {name: v for name, v in os.environ.items() if name not in {"DEBUG", "SITE_URL"}}
    environment.pop("VAR_DIR", None)
    if database:
        # A name of this folder's own: two clones may test at once.
        here = hashlib.sha256(str(stores.HERE).encode()).hexdigest()[:8]
        environment["DATABASE_URL"] = urlsplit(database)._replace(path=f"/lic_{here}").geturl()
        environment["REDIS_URL"] = redis or ""
    return environment, missing


def main() -> int:
    full, missing = found()
    if missing and os.environ.get("CI") == "true":
        say(f"Under CI=true nothing is left out, and this is missing: {', '.join(missing)}.")
        return 1
    if "--resilience" in sys.argv:
        if missing:
            say(f"Left out because it is missing: {', '.join(missing)}.")
        return subprocess.call([*PYTEST, "-m", "resilience", "-p", "no:randomly"], env=full)
    if "--bench" in sys.argv:
        names = sys.argv[sys.argv.index("--bench") + 1 :]
        return subprocess.call([sys.executable, "manage.py", "bench", *names], env=full)
    embedded = {k: v for k, v in full.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
    (stores.HERE / ".coverage").unlink(missing_ok=True)
    apart = "not browser and not once" if "DATABASE_URL" in full else "not browser"
    first = subprocess.call([*PYTEST, *HALVES, *MEASURED, "-m", apart], env=embedded)
    if first:
        say("The tests failed on SQLite.")
        return first
    for name in missing:
        say(f"Not run: {name} was not found on this machine.")
    if "DATABASE_URL" not in full:
        return subprocess.call([*PYTEST, "-m", "browser"], env=embedded)
    gate = ["--cov-append", "-p", "tests.coverage_gate"]
    return subprocess.call([*PYTEST, *HALVES, *MEASURED, *gate], env=full)


if __name__ == "__main__":
    sys.exit(main())
