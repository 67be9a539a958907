"""Every address. Each app's own ``urls.py`` names what lies below its prefix."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lic_site.common import views_dev

urlpatterns = [
    path("", include("lic_site.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("manage/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
if settings.DEMO:
    urlpatterns.insert(0, path("dev/components/", views_dev.gallery, name="components"))
