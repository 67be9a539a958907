"""Results, for staff and for those they are about."""

from django.urls import path

from lic_site.surveys import exports
from lic_site.surveys.views import comparing, my_results, named, results

urlpatterns = [
    path("my/surveys/results/", my_results.listing, name="my_results"),
    path("my/surveys/results/<int:pk>/", my_results.one, name="my_results_one"),
    path("staff/surveys/compare/", comparing.start, name="compare"),
    path("staff/surveys/compare/<slug:slug>/", comparing.side_by_side, name="side_by_side"),
    path(
        "staff/surveys/compare/<slug:slug>/<int:group>/",
        comparing.side_by_side,
        name="side_by_side_of_group",
    ),
    path("staff/surveys/<int:pk>/results/", results.everybody, name="results"),
    path("staff/surveys/<int:pk>/results/by/<slug:code>/", results.by, name="results_by"),
    path("staff/surveys/<int:pk>/results/share/", results.share, name="share_results"),
    path("staff/surveys/<int:pk>/results/report/", exports.pdf, name="results_report"),
    path(
        "staff/surveys/<int:pk>/results/download/<slug:kind>/",
        exports.spreadsheet,
        name="results_spreadsheet",
    ),
    path("staff/surveys/<int:pk>/answers/", named.answers, name="answers"),
    path("staff/surveys/<int:pk>/answers/export/", named.export, name="answers_export"),
]
