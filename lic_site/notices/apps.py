from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lic_site.notices"
    label = "notices"
    verbose_name = "Messages"
