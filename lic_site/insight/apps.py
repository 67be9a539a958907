from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "lic_site.insight"
    label = "insight"
    verbose_name = "Figures"
