from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "lic_site.portal"
    label = "portal"
    verbose_name = "Portal"
