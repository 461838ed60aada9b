"""Addresses of reports."""

from django.urls import path

from gniazdo.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="report-list"),
    path("<str:report_id>/", views.report, name="report-view"),
    path("<str:report_id>/<str:code>/", views.cell, name="report-cell"),
]
