"""What is one’s own: surveys to answer, own answers, results that were shared."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
