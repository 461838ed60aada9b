"""Addresses of the journal."""

from django.urls import path

from gniazdo.access import views

app_name = "access"
urlpatterns = [
    path("", views.journal_list, name="journal-list"),
    path("", views.journal_list, name="journal"),
    path("rodzina/<uuid:family_id>/", views.family_log_page, name="family-log"),
]
