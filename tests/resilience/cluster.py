"""A PostgreSQL of a test's own, which can be restarted without harming anybody else."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lic_site.portal.bench import processes

ACCOUNT = "postgres"


class Cluster:
    """Started; ``restart`` throws every connection out."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder, self.tools, self.port = folder, tools, processes.free_port()

    @property
    def url(self) -> str:
        return f"postgres://{ACCOUNT}@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", ACCOUNT, "--no-sync")
        self._control("start")

    def restart(self) -> None:
        self._control("restart")

    def stop(self) -> None:
        self._control("stop")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _control(self, verb: str) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=off"
        log = str(self.folder / "log")
        self._run("pg_ctl", verb, "-D", self.data, "-m", "fast", "-w", "-l", log, "-o", options)

    def _run(self, tool: str, *arguments: str) -> None:
        # PostgreSQL refuses to run as root.
        become = ["runuser", "-u", ACCOUNT, "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*become, str(self.tools / tool), *arguments],
            check=True,
            timeout=120,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )


@contextmanager
def postgresql() -> Iterator[Cluster]:
    """Made from the newest PostgreSQL installed here, gone afterwards."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    tools = found[-1].parent if found else Path(shutil.which("initdb") or "").parent
    folder = Path(tempfile.mkdtemp(prefix="lic-cluster-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ACCOUNT)
    cluster = Cluster(folder, tools)
    try:
        cluster.make()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
