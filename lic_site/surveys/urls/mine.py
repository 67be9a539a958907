"""What is one’s own: surveys to answer, own answers, results that were shared."""

from django.urls import URLPattern, path

from lic_site.surveys.views import mine

urlpatterns: list[URLPattern] = [
    path("my/surveys/", mine.mine, name="mine"),
    path("my/surveys/<uuid:pk>/", mine.one, name="mine_one"),
    path("my/surveys/<uuid:pk>/share/<str:question>/", mine.share, name="share"),
    path("my/surveys/shares/<int:pk>/end/", mine.end_share, name="end_share"),
    path("my/shared/", mine.shared, name="shared"),
]
