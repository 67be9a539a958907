"""`/survey/<token>/`: answer, without an account."""

from django.urls import URLPattern, path

from lic_site.surveys.views import answering, stopping

urlpatterns: list[URLPattern] = [
    path("survey/<str:token>/", answering.answer, name="answer"),
    path("survey/<str:token>/withdraw/", stopping.withdraw, name="withdraw"),
]
