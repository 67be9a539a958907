"""Comments, who checks them, themes, and what was done."""

from django.urls import path

from lic_site.surveys.views import checkers, comments, deeds, themes

urlpatterns = [
    path("staff/surveys/comments/", comments.queue, name="comments"),
    path("staff/surveys/comments/checkers/", checkers.listing, name="checkers"),
    path("staff/surveys/comments/checkers/<int:pk>/end/", checkers.end, name="end_checker"),
    path("staff/surveys/comments/themes/", themes.listing, name="themes"),
    path("staff/surveys/comments/themes/<int:pk>/", themes.change, name="theme"),
    path("staff/surveys/comments/<uuid:pk>/", comments.check, name="comment"),
    path("staff/surveys/<int:pk>/comments/", comments.of_wave, name="wave_comments"),
    path("staff/surveys/<int:pk>/deeds/", deeds.listing, name="deeds"),
    path("staff/surveys/<int:pk>/deeds/<int:deed>/", deeds.change, name="deed"),
]
