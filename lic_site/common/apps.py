from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "lic_site.common"
    label = "common"
