from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "cohorts.programme"
    label = "programme"
    verbose_name = "Programme"
