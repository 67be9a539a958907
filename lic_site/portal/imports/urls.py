"""Below ``staff/imports/``."""

from django.urls import path

from lic_site.portal.imports import views

urlpatterns = [
    path("", views.imports, name="imports"),
    path("new/<slug:kind>/", views.choose, name="choose_sheet"),
    path("template/<slug:kind>.xlsx", views.template, name="sheet_template"),
    path("<int:pk>/", views.sheet, name="sheet"),
    path("<int:pk>/columns/", views.columns, name="sheet_columns"),
    path("<int:pk>/list.xlsx", views.findings, name="sheet_findings"),
    path("<int:pk>/confirm/", views.confirm, name="confirm_sheet"),
    path("<int:pk>/discard/", views.discard, name="discard_sheet"),
]
