"""Every address. Each app's own ``urls.py`` names what lies below its prefix."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lic_site import health
from lic_site.common import views_dev

# Wagtail's own ways to sign in know no second factor and no limits: they lead to ours.
editor_sign_in = RedirectView.as_view(url="/accounts/login/?next=/manage/")

urlpatterns = [
    path("live", health.live, name="live"),
    path("ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("jobs/", include("lic_site.common.urls")),
    path("", include("lic_site.accounts.urls")),
    path("", include("lic_site.notices.urls")),
    path("", include("lic_site.concerns.urls")),
    path("", include("lic_site.surveys.urls")),
    path("", include("cohorts.programme.urls")),
    path("", include("lic_site.portal.urls")),
    path("", include("cms.urls")),
    path("accounts/", include("allauth.urls")),
    re_path(r"^manage/(login|password_reset)/", editor_sign_in, name="editor_sign_in"),
    re_path(r"^_util/login/", editor_sign_in, name="page_sign_in"),
    path("manage/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
if settings.DEMO:
    urlpatterns.insert(0, path("dev/components/", views_dev.gallery, name="components"))
