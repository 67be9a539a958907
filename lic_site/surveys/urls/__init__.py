"""Answer a survey, plan and watch waves, read results. Questionnaires are built in the editor."""

from lic_site.surveys.urls import answering, comments, mine, results, staff

app_name = "surveys"

urlpatterns = [
    *answering.urlpatterns,
    *mine.urlpatterns,
    *comments.urlpatterns,
    *results.urlpatterns,
    *staff.urlpatterns,
]
