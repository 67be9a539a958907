"""Addresses of places and of certificates."""

from django.urls import URLPattern, path

from cohorts.programme.views import checking
from cohorts.programme.views.staff import certificates as staff_certificates
from cohorts.programme.views.staff import completing, places
from cohorts.programme.views.taking_part import certificates, leaving

_PERSON = "staff/cohorts/<slug:slug>/people/<int:pk>"

_certificates: list[URLPattern] = [
    path("certificates/check/", checking.check, name="check_certificate"),
    path("certificates/check/<str:number>/", checking.check, name="check_number"),
    path("my/certificates/", certificates.certificates, name="my_certificates"),
    path("my/certificates/<int:pk>/certificate.pdf", certificates.download, name="my_certificate"),
    path("my/certificates/<int:pk>/checking/", certificates.switch, name="switch_checking"),
]

_leaving: list[URLPattern] = [
    path("my/cohorts/<slug:slug>/leave/", leaving.leave, name="leave"),
]

_staff: list[URLPattern] = [
    path("staff/cohorts/<slug:slug>/complete/", completing.complete, name="complete"),
    path("staff/cohorts/<slug:slug>/certificates/", completing.issue, name="issue_certificates"),
    *(
        path(f"{_PERSON}/{name}/", places.act, {"name": name}, name=f"place_{name}")
        for name in places.ACTS
    ),
    path(f"{_PERSON}/certificate/", staff_certificates.reissue, name="reissue_certificate"),
    path(
        f"{_PERSON}/certificate/withdraw/",
        staff_certificates.withdraw,
        name="withdraw_certificate",
    ),
    path(f"{_PERSON}/certificate.pdf", staff_certificates.download, name="participant_certificate"),
]

urlpatterns: list[URLPattern] = [*_certificates, *_leaving, *_staff]
