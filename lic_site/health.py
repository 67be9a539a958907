"""Is it up, can it serve, and how much: ``/live``, ``/ready``, ``/metrics``.

Answered before hosts and sessions are looked at, so that a load balancer may ask by address.
"""

import os
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from lic_site.access import unlogged
from lic_site.common.metrics import Gauges
from lic_site.common.models import Tick
from lic_site.notices.boards import troubles as watchdog

_migrated: set[str] = set()

LATE_TICKS = 5
"""How many intervals a tick may miss before the site says that it is not well."""


def middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    views = {"/live": live, "/ready": ready, "/metrics": metrics}

    def answer(request: HttpRequest) -> HttpResponse:
        view = views.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return (view or get_response)(request)

    return answer


@unlogged
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"live": True})


@unlogged
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """It can serve: 200, or 503 with the reasons. Warnings say what somebody should look at, and
    take no site out of service: another one would do no better.
    """
    reasons = troubles()
    answer = {"ready": not reasons, "reasons": reasons, "warnings": warnings()}
    return JsonResponse(answer, status=503 if reasons else 200)


@unlogged
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters for Prometheus, for whoever holds ``METRICS_TOKEN``. Without one it is closed in
    production and open elsewhere.
    """
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN:
        if not constant_time_compare(given, settings.METRICS_TOKEN):
            return HttpResponse("Give METRICS_TOKEN as a bearer token.\n", status=401)
    elif settings.PRODUCTION:
        return HttpResponseNotFound()
    return HttpResponse(_counted(), content_type=CONTENT_TYPE_LATEST)


def _counted() -> bytes:
    registry = CollectorRegistry()
    registry.register(Gauges())
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY) + generate_latest(registry)
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def troubles() -> list[str]:
    """Why the site cannot serve as it should, one sentence each; empty when it is well."""
    try:
        connection.ensure_connection()
        if not _is_migrated():
            return ["Migrations are not applied: run manage.py migrate."]
        return _late_ticks()
    except DatabaseError:
        return ["The database does not answer."]


def warnings() -> list[str]:
    """What the messages' watchdog says; empty where it cannot be asked, which is a reason above."""
    try:
        return watchdog() if _is_migrated() else []
    except DatabaseError:
        return []


def _is_migrated() -> bool:
    """Asked until it is so, then no more: reading every migration takes half a second."""
    if connection.alias not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(connection.alias)
    return True


def _late_ticks() -> list[str]:
    most = timedelta(seconds=LATE_TICKS * settings.TICK_SECONDS)
    finished = dict(Tick.objects.values_list("name", "finished_at"))
    now = timezone.now()
    late = [
        name for name in settings.TICKS if (at := finished.get(name)) is None or now - at > most
    ]
    return [f"The clock is late with {name}: are worker and beat running?" for name in late]
