from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lic_site.accounts"
    label = "accounts"
    verbose_name = "People and organisations"
