from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Site"

    def ready(self) -> None:
        from cms import publishing  # noqa: PLC0415 - models are there only now

        publishing.connect()
