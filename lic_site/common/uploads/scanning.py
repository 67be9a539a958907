"""The virus check: ClamAV's daemon where ``CLAMAV_SOCKET`` names one (a path, or ``host:port``)."""

import logging
import socket
import struct
from typing import IO

from django.conf import settings

from lic_site.common.uploads.refusals import Infected, NotChecked

logger = logging.getLogger(__name__)

WAIT = 30.0


def scan(file: IO[bytes]) -> None:
    """Raises Infected, or NotChecked while the daemon does not answer: then nothing is taken.

    Speaks INSTREAM, see clamd(8).
    """
    if not settings.CLAMAV_SOCKET:
        return
    try:
        answer = _ask(file)
    except (OSError, ValueError) as error:
        logger.warning("virus check away")
        raise NotChecked from error
    if answer.endswith(b"FOUND"):
        logger.warning("infected upload refused")
        raise Infected
    if not answer.endswith(b"OK"):
        logger.warning("virus check unclear")
        raise NotChecked


def _ask(file: IO[bytes]) -> bytes:
    with _connect(settings.CLAMAV_SOCKET) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        while block := file.read(2**16):
            daemon.sendall(struct.pack(">I", len(block)) + block)
        daemon.sendall(struct.pack(">I", 0))
        answer = b""
        while part := daemon.recv(4096):
            answer += part
    return answer.strip(b"\0\n ")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(WAIT)
        try:
            daemon.connect(address)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=WAIT)
