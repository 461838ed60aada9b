"""Addresses of the family assistance corridor."""

from django.urls import path

from gniazdo.assistance.views import assessment, intake, lists, prints, steps, timecard, visit

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
    path("sad/<uuid:request_id>/", lists.court_request, name="court-view"),
    path("zapytania/<uuid:request_id>/", lists.information_view, name="information-view"),
    path("monitoring/", lists.monitoring_list, name="monitoring-list"),
    path("rejestr/", lists.register, name="register"),
    path("sprawy/<uuid:case_id>/karta-rodziny/", prints.family_card, name="family-card"),
    path("karta-rodziny/pusta/", prints.family_card_blank, name="family-card-blank"),
    path("asystenci/lista/", prints.assistants, name="assistants-list"),
    path("przekazania/<uuid:note_id>/", lists.handover_view, name="handover-view"),
    # visits, time, reports, assessments, plan moves
    path("sprawa/<uuid:case_id>/wizyta/", visit.visit_new, name="visit-new"),
    path("sprawa/<uuid:case_id>/wizyta/szkic/", visit.visit_draft, name="visit-draft"),
    path("sprawa/<uuid:case_id>/wizyty/", visit.visit_list, name="visit-list"),
    path("wizyty/pusty-protokol/", visit.visit_blank, name="visit-blank"),
    path("wizyty/<uuid:visit_id>/", visit.visit_view, name="visit-view"),
    path("wizyty/<uuid:visit_id>/poprawka/", visit.visit_correct, name="visit-correct"),
    path("wizyty/<uuid:visit_id>/protokol/", visit.visit_print, name="visit-print"),
    path("czas-pracy/", timecard.timecard, name="timecard"),
    path("czas-pracy/superwizje/", timecard.training_list, name="training-list"),
    path("czas-pracy/pusta/", timecard.timecard_blank, name="timecard-blank"),
    path("czas-pracy/do-przyjecia/", timecard.timecard_list, name="timecard-list"),
    path("sprawa/<uuid:case_id>/miesiac/", timecard.monthly_report, name="monthly-report"),
    path("sprawozdania/puste/", timecard.monthly_blank, name="monthly-blank"),
    path("sprawozdania/<uuid:report_id>/", timecard.monthly_view, name="monthly-view"),
    path("sprawa/<uuid:case_id>/oceny/", assessment.assessment_new, name="assessment-new"),
    path("oceny/pusta/", assessment.assessment_blank, name="assessment-blank"),
    path("oceny/<uuid:assessment_id>/", assessment.assessment_view, name="assessment-view"),
    path("oceny/<uuid:assessment_id>/edycja/", assessment.assessment_edit, name="assessment-edit"),
    path("oceny/<uuid:assessment_id>/szkic/", assessment.assessment_draft, name="assessment-draft"),
    path("oceny/<uuid:assessment_id>/druk/", assessment.assessment_print, name="assessment-print"),
    path("plan/<uuid:version_id>/", assessment.plan_move, name="plan-move"),
]
