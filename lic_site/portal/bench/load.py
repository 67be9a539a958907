"""A small HTTP client in a process of its own, light enough not to be what is measured.

``python -m lic_site.portal.bench.load PORT PATH SESSION CLIENTS SECONDS`` prints one line of JSON:
requests a second, the 95th percentile and the median in milliseconds, and what went wrong.
"""

import json
import socket
import sys
import threading
import time
from statistics import quantiles


def asked(path: str, session: str) -> bytes:
    cookie = f"Cookie: sessionid={session}\r\n" if session else ""
    return f"GET {path} HTTP/1.1\r\nHost: localhost:8000\r\n{cookie}\r\n".encode()


def answered(connection: socket.socket) -> bytes:
    """The head of one answer; its body is read and dropped."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65_536)
        if not more:
            raise ConnectionError
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
    left = int(fields[b"content-length"]) - len(body)
    while left > 0:
        left -= len(connection.recv(min(left, 65_536)))
    return head


def client(port: int, request: bytes, until: float, took: list[float], wrong: list[str]) -> None:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    while (began := time.perf_counter()) < until:
        connection.sendall(request)
        try:
            head = answered(connection)
        except ConnectionError:  # the server ended an idle connection
            connection.close()
            connection = socket.create_connection(("127.0.0.1", port), timeout=30)
            continue
        took.append(time.perf_counter() - began)
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            wrong.append(head.split(b"\r\n", 1)[0].decode())
    connection.close()


def run(port: int, path: str, session: str, clients: int, seconds: float) -> dict[str, object]:
    took: list[float] = []
    wrong: list[str] = []
    until = time.perf_counter() + seconds
    arguments = (port, asked(path, session), until, took, wrong)
    threads = [threading.Thread(target=client, args=arguments) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = quantiles(took, n=20) if len(took) > 1 else [0.0] * 19
    return {
        "rate": len(took) / seconds,
        "p95": cuts[18] * 1000,
        "median": cuts[9] * 1000,
        "wrong": sorted(set(wrong)),
    }


if __name__ == "__main__":
    _port, _path, _session, _clients, _seconds = sys.argv[1:]
    answer = run(int(_port), _path, _session, int(_clients), float(_seconds))
    sys.stdout.write(json.dumps(answer))
