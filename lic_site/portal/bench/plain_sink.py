"""aiosmtpd, noting the Message-ID of whatever it accepts: ``… plain_sink PORT LOG _``."""

import asyncio
import sys
from pathlib import Path
from typing import IO, Any

from aiosmtpd.smtp import SMTP

from lic_site.portal.bench.sink import noted


class Noting:
    def __init__(self, log: IO[bytes]) -> None:
        self.log = log

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.log.write(noted(envelope.content))
        self.log.flush()
        return "250 Kept"


async def main(port: int, log: Path) -> None:
    with log.open("ab") as kept:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Noting(kept)), "127.0.0.1", port)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
