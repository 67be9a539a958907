from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lic_site.notices"
    label = "notices"
    verbose_name = "Messages"

    def ready(self) -> None:
        from anymail.signals import tracking as told  # noqa: PLC0415 - with its receiver

        from lic_site.common import metrics  # noqa: PLC0415 - reads models

        # Checks register when apps are there, the other reads models.
        from lic_site.notices import checks, publishing, tracking  # noqa: F401, PLC0415
        from lic_site.notices.boards import gauges  # noqa: PLC0415
        from lic_site.notices.models import Notice  # noqa: PLC0415

        metrics.gauge("notices", "Messages by state", "state", Notice.objects.by_state)
        metrics.gauge("notices_watchdog", "How messages go out", "sign", gauges)
        publishing.connect()
        told.connect(tracking.tell, dispatch_uid="notices")
