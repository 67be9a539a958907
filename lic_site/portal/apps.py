from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lic_site.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from lic_site.portal import checks  # noqa: F401, PLC0415 (they read models)
