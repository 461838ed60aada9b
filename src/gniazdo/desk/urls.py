"""Addresses of the desk."""

from django.urls import path

from gniazdo.desk.views import family, gallery, pages

app_name = "desk"
urlpatterns = [
    path("", pages.my_day, name="my-day"),
    path("ui/", gallery.gallery, name="gallery-view"),
    path("szukaj/", pages.search, name="search"),
    path("kierowanie/", pages.board, name="board"),
    path("kierowanie/bez-planu/", pages.families_without_plan, name="without-plan"),
    path("kierowanie/bez-kontaktu/", pages.families_without_contact, name="contact-gaps"),
    path("rodzina/<uuid:family_id>/", family.family, name="family-view"),
]
