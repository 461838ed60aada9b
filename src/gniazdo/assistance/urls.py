"""Addresses of the family assistance corridor."""

from django.urls import path

from gniazdo.assistance.views import intake, lists, steps

app_name = "assistance"
urlpatterns = [
    path("zgloszenia/", intake.intake_list, name="intake-list"),
    path("zgloszenia/nowe/", intake.referral_new, name="referral-new"),
    path("zgloszenia/nowe/szkic/", intake.referral_draft, name="referral-draft"),
    path("zgloszenia/<uuid:case_id>/", intake.referral_view, name="referral-view"),
    path("sprawy/<uuid:case_id>/krok/<str:step>/", steps.move, name="case-move"),
    path("sprawy/<uuid:case_id>/czynnosc/<str:step>/", steps.act, name="case-act"),
    path("sprawy/<uuid:case_id>/przydzial/", lists.case_assign, name="case-assign"),
    path("oczekujacy/", lists.waiting_list, name="waiting-list"),
    path("obciazenie/", lists.caseload, name="caseload"),
    path("obciazenie/<uuid:post_id>/przekazanie/", lists.post_reassign, name="post-reassign"),
    path("sad/", lists.court_list, name="court-list"),
    path("sad/lista-asystentow/", lists.court_new_list, name="court-list-call"),
    path("sad/<uuid:request_id>/", lists.court_view, name="court-view"),
    path("zapytania/<uuid:request_id>/", lists.information_view, name="information-view"),
    path("monitoring/", lists.monitoring_list, name="monitoring-list"),
    path("rejestr/", lists.register, name="register"),
    path("przekazania/<uuid:note_id>/", lists.handover_view, name="handover-view"),
]
