"""Addresses of plans."""

from django.urls import path

from gniazdo.plans import views

app_name = "plans"
urlpatterns = [
    path("do-zatwierdzenia/", views.approval_list, name="approval-list"),
    path("pusty/<str:kind>/", views.plan_blank, name="plan-blank"),
    path("sprawa/<uuid:case_id>/", views.plan_case, name="plan-case"),
    path("wersja/<uuid:version_id>/szkic/", views.plan_draft, name="plan-draft"),
    path("wersja/<uuid:version_id>/uzgodnienie/", views.version_agree, name="version-agree"),
    path("wersja/<uuid:version_id>/podpis/", views.signature_new, name="signature-new"),
    path("wersja/<uuid:version_id>/skan/", views.scan_new, name="scan-new"),
    path("<uuid:plan_id>/", views.plan_view, name="plan-view"),
    path("<uuid:plan_id>/edycja/", views.plan_edit, name="plan-edit"),
    path("<uuid:plan_id>/nowa-wersja/", views.version_new, name="version-new"),
    path("<uuid:plan_id>/druk/", views.plan_print, name="plan-print"),
    path("<uuid:plan_id>/cel/<uuid:goal_root>/realizacja/", views.progress_new, name="progress-new"),
    path("<uuid:plan_id>/cel/<uuid:goal_root>/ocena/", views.attainment_new, name="attainment-new"),
]
