from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lic_site.notices"
    label = "notices"
    verbose_name = "Messages"

    def ready(self) -> None:
        from lic_site.common import metrics  # noqa: PLC0415 - reads models
        from lic_site.notices import checks  # noqa: F401, PLC0415 - registers when apps are there
        from lic_site.notices.models import Notice  # noqa: PLC0415

        metrics.gauge("notices", "Messages by state", "state", Notice.objects.by_state)
