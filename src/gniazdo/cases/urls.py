"""Addresses of case files."""

from django.urls import path

from gniazdo.cases import views

app_name = "cases"
urlpatterns = [
    path("rodziny/", views.family_list, name="family-list"),
    path("<uuid:case_id>/", views.case_view, name="case-view"),
]
