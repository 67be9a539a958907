from django.urls import path

from lic_site.common import views

urlpatterns = [
    path("<uuid:pk>/", views.job, name="job"),
    path("<uuid:pk>/file/", views.job_file, name="job_file"),
]
