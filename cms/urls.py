"""What stands beside the pages that Wagtail serves."""

from django.urls import URLPattern, path, re_path

from cms import views

app_name = "cms"

urlpatterns: list[URLPattern] = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    re_path(r"^manage/reports/", views.no_reports, name="no_reports"),
]
