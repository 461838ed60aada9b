"""Addresses of the import."""

from django.urls import path

from gniazdo.exchange import views

app_name = "exchange"
urlpatterns = [
    path("import/", views.import_list, name="import-list"),
    path("import/<uuid:run_id>/kolumny/", views.import_map, name="import-map"),
    path("import/<uuid:run_id>/", views.import_preview, name="import-preview"),
    path("import/<uuid:run_id>/bledy/", views.import_errors, name="import-errors"),
]
