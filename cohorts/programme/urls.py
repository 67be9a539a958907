"""The programme's addresses: staff boards, reading."""

from django.urls import URLPattern

app_name = "programme"

urlpatterns: list[URLPattern] = []
