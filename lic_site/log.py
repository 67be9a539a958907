"""JSON log lines. They carry ids, never names, addresses or what people wrote."""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import sentry_sdk
from django.core.exceptions import ImproperlyConfigured

work_id: ContextVar[str] = ContextVar("work_id", default="")
"""The id of the request or task that is being worked on: it joins its lines."""

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PRIVATE = {"request", "exc_text", "server_time", "status_code", "data", "sql", "params"}
_ADDRESS = re.compile(r"[^\s@<>\"'(]+@[^\s@<>\"')]+")
_SILENT = {"django.request": "ERROR", "django.server": "ERROR", "django_tasks": "WARNING"}


def configuration(level: str) -> dict[str, Any]:
    """``LOGGING``: one JSON object a line on standard error, from ``level`` up."""
    if level.upper() not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(
            f"LOG_LEVEL is {level!r}: use DEBUG, INFO, WARNING, ERROR or CRITICAL."
        )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "lic_site.log.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        # what these say of each request, the access line says without the address
        "loggers": {name: {"level": least} for name, least in _SILENT.items()},
    }


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, the id of the request or task,
    and whatever ``extra`` added.

    An exception is told by its classes and places: its message may quote what somebody wrote or a
    row of the database. A request's path is replaced by its route, which holds no token. Whatever
    looks like an e-mail address is taken out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if current := work_id.get():
            line["work"] = current
        line |= {k: v for k, v in vars(record).items() if k not in _STANDARD | _PRIVATE}
        if record.exc_info and record.exc_info[1]:
            line["error"] = error_lines(record.exc_info[1])
        return without_addresses(json.dumps(line, default=lambda value: type(value).__name__))


def _message(record: logging.LogRecord) -> str:
    message = record.getMessage()
    request = getattr(record, "request", None)
    if path := getattr(request, "path", ""):
        match = getattr(request, "resolver_match", None)
        message = message.replace(path, f"/{match.route}" if match else "(path)")
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        for words in (repr(error), str(error)):
            if words:
                message = message.replace(words, type(error).__name__)
    return message


def error_lines(error: BaseException) -> list[str]:
    """An exception and its causes as classes and places, outermost first, without their words."""
    lines = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


def without_addresses(text: str) -> str:
    return _ADDRESS.sub("(address)", text)


# Sentry --------------------------------------------------------------------------------------


def report_errors(dsn: str, *, environment: str) -> None:
    """Send errors to Sentry: classes, places and routes; no words, values, people or addresses.

    Its own default for personal data is to send none; ``scrub`` takes out what that still leaves.
    """
    try:
        sentry_sdk.init(
            dsn=dsn,
            environment=environment,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            traces_sample_rate=0,
            before_send=lambda event, _hint: scrub(event),
        )
    except sentry_sdk.utils.BadDsn:
        raise ImproperlyConfigured("SENTRY_DSN is not understood.") from None


def scrub(event: Any) -> Any:
    """What is left of an event before it leaves: see ``report_errors``."""
    request = event.get("request", {})
    event["request"] = {"method": request["method"]} if "method" in request else {}
    for name in ("user", "breadcrumbs", "extra", "server_name", "logentry", "message"):
        event.pop(name, None)
    for value in event.get("exception", {}).get("values", []):
        value["value"] = ""
    if not str(event.get("transaction", "")).startswith("/"):
        return event
    event.pop("transaction")
    return event
