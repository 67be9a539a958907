from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "lic_site.surveys"
    label = "surveys"
    verbose_name = "Surveys"

    def ready(self) -> None:
        from lic_site.surveys import checks  # noqa: F401, PLC0415 - registers when apps are there
