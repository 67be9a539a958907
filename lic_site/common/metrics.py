"""Figures about the whole site that are counted when somebody asks for ``/metrics``.

An app adds its own in its ``AppConfig.ready``::

    metrics.gauge("notices", "Messages by state", "state", Notice.objects.by_state)
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

from lic_site.common.models import Job, Tick

type Counted = Callable[[], Mapping[str, float]]


@dataclass(frozen=True)
class Gauge:
    name: str
    help: str
    label: str
    read: Counted


_gauges: dict[str, Gauge] = {}


def gauge(name: str, help_text: str, label: str, read: Counted) -> None:
    """Offer a figure per value of one label: a state or a name, never a person."""
    _gauges[name] = Gauge(name, help_text, label, read)


class Gauges:
    """What ``prometheus_client`` collects from."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for one in _gauges.values():
            family = GaugeMetricFamily(one.name, one.help, labels=[one.label])
            for value, number in one.read().items():
                family.add_metric([value], number)
            yield family


def jobs_by_state() -> dict[str, float]:
    return dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))


def tick_ages() -> dict[str, float]:
    """Seconds since each tick last finished."""
    now = timezone.now()
    finished = Tick.objects.values_list("name", "finished_at")
    return {name: (now - at).total_seconds() for name, at in finished if at}


gauge("jobs", "Long work by state", "state", jobs_by_state)
gauge("tick_age_seconds", "Seconds since the tick last finished", "tick", tick_ages)
