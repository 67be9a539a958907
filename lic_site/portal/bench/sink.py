"""A small SMTP server that can misbehave on request.

``python -m lic_site.portal.bench.sink PORT LOG MODE``: each message accepted adds its Message-ID
as a line to LOG; MODE, read before each message, says how to answer (see ``MailSink.behave``).
Some addresses are refused for ever, whatever MODE says (see ``MailSink.refused``).
"""

import asyncio
import re
import sys
from pathlib import Path
from typing import IO

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def noted(text: bytes) -> bytes:
    """The line that a message adds to the log."""
    found = MESSAGE_ID.search(text)
    return (found.group(1) if found else b"none") + b"\n"


class Behaviour:
    """How to answer the next message: what MODE says, for as many messages as it says."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.refused = file.with_suffix(".refused")
        self.stamp = 0
        self.mode, self.left = "ok", 0

    def next(self) -> str:
        self._read()
        if self.mode != "ok" and self.left > 0:
            self.left -= 1
            mode = self.mode
            if self.left == 0:
                self.mode = "ok"
            return mode
        return self.mode

    def to_recipient(self, line: bytes, mode: str) -> bytes:
        """The answer to RCPT; who is refused for ever is noted."""
        for domain, answer in _FOR_EVER.items():
            if domain in line.lower():
                with self.refused.open("ab") as noted_in:
                    noted_in.write(line.strip() + b"\n")
                return answer
        return _ANSWERS.get(mode, b"250 OK\r\n")

    def _read(self) -> None:
        try:
            stamp = self.file.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if stamp != self.stamp:
            self.stamp = stamp
            mode, _, times = self.file.read_text().partition(" ")
            self.mode, self.left = mode, int(times or 0)


async def serve(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    log: IO[bytes],
    behaviour: Behaviour,
) -> None:
    """One connection."""
    writer.write(b"220 sink\r\n")
    mode = "ok"
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                writer.write(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")
            elif verb == b"MAIL":
                mode = behaviour.next()
                if mode == "hang":
                    await reader.read()
                    return
                writer.write(b"250 OK\r\n")
            elif verb == b"RCPT":
                writer.write(behaviour.to_recipient(line, mode))
            elif verb == b"DATA":
                writer.write(b"354 Go on\r\n")
                text = await reader.readuntil(b"\r\n.\r\n")
                log.write(noted(text))
                log.flush()
                if mode == "drop":
                    return
                writer.write(b"250 Kept\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 Bye\r\n")
                return
            else:
                writer.write(b"250 OK\r\n")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


_ANSWERS = {"4xx": b"451 Not now\r\n", "5xx": b"550 No such person\r\n"}
_FOR_EVER = {
    b"@nobody.": b"550 5.1.1 No such mailbox\r\n",
    b"@unwilling.": b"550 5.7.1 Not from you\r\n",
}


async def main(port: int, log: Path, mode: Path) -> None:
    behaviour = Behaviour(mode)
    with log.open("ab") as kept:
        server = await asyncio.start_server(
            lambda reader, writer: serve(reader, writer, kept, behaviour),
            "127.0.0.1",
            port,
            limit=2**20,
        )
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
