from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "lic_site.concerns"
    label = "concerns"
    verbose_name = "Concerns"

    def ready(self) -> None:
        from lic_site.concerns import checks  # noqa: F401, PLC0415 - registers when apps are there
