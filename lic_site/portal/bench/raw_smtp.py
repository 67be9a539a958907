"""The yardstick's sender: ``python -m lic_site.portal.bench.raw_smtp PORT FILE``.

Reads the messages, says ``ready``, waits for a line, and writes them all over one connection.
"""

import pickle
import smtplib
import sys
from pathlib import Path


def main(port: int, file: Path) -> None:
    messages: list[tuple[str, str, bytes]] = pickle.loads(file.read_bytes())  # noqa: S301 - ours
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as server:
        for sender, to, message in messages:
            server.sendmail(sender, [to], message)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
