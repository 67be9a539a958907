from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lic_site.accounts"
    label = "accounts"
    verbose_name = "People and organisations"

    def ready(self) -> None:
        from lic_site.accounts import sign_in  # noqa: PLC0415  needs the models loaded

        sign_in.listen()
