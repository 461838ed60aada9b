"""Addresses of deadlines."""

from django.urls import path

from gniazdo.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.board, name="board"),
    path("terminy.csv", views.board_csv, name="board-csv"),
    path("prawo/", views.law, name="law"),
    path("jednostka/", views.office, name="office"),
    path("jednostka/<uuid:office_event_id>/", views.office_change, name="office-change"),
    path("kalendarz/", views.calendar, name="calendar"),
    path("kalendarz/<str:key>.ics", views.calendar_feed, name="calendar-feed"),
    path("<uuid:row_id>/przedluz/", views.extend, name="row-extend"),
]
