"""Addresses of the institution's screens and of one's own account."""

from django.urls import path
from django.views.generic import RedirectView

from gniazdo.orgs.views import account, institution, staff

app_name = "orgs"
urlpatterns = [
    path("konto/ponownie/", account.session_renew, name="session-renew"),
    path("konto/stan/", account.session_status, name="session-status"),
    path("konto/", account.account, name="account"),
    path("konto/stanowisko/", account.post_switch, name="post-switch"),
    path("konto/motyw/", account.theme_set, name="theme-set"),
    path("konto/signup/", RedirectView.as_view(url="/konto/login/")),
    path("konto/password/reset/", RedirectView.as_view(url="/konto/login/")),
    path("konto/email/", RedirectView.as_view(url="/konto/")),
    path("jezyk/", account.language_set, name="language-set"),
    path("powiadomienia/", account.notice_list, name="notice-list"),
    path("dostep-awaryjny/<uuid:subject_id>/", account.break_glass_form, name="break-glass"),
    path("instytucja/", institution.institution_view, name="institution-view"),
    path("instytucja/dane/", institution.institution_edit, name="institution-edit"),
    path("instytucja/logo/", institution.logo, name="institution-logo"),
    path("instytucja/wykaz-akt/", institution.jrwa, name="jrwa-list"),
    path("instytucja/wykaz-akt/<uuid:row_id>/", institution.jrwa, name="jrwa-edit"),
    path("instytucja/zespoly/", institution.team_list, name="team-list"),
    path("instytucja/zespoly/<uuid:team_id>/", institution.team_list, name="team-edit"),
    path("instytucja/ustawienia/", institution.parameter_list, name="parameter-list"),
    path("instytucja/ustawienia/<str:code>/", institution.parameter_edit, name="parameter-edit"),
    path("instytucja/upowaznienia/", institution.authorisation_list, name="authorisation-list"),
    path("instytucja/pracownicy/", staff.post_list, name="post-list"),
    path("instytucja/pracownicy/nowy/", staff.account_new, name="account-new"),
    path("instytucja/pracownicy/<uuid:post_id>/", staff.post_view, name="post-view"),
    path("instytucja/pracownicy/<uuid:post_id>/dane/", staff.post_edit, name="post-edit"),
    path("instytucja/pracownicy/<uuid:post_id>/kolejne/", staff.post_add, name="post-add"),
    path("instytucja/pracownicy/<uuid:post_id>/rola/", staff.role_new, name="role-new"),
    path("instytucja/pracownicy/<uuid:post_id>/haslo/", staff.password_new, name="password-new"),
    path("instytucja/pracownicy/<uuid:post_id>/blokada/", staff.account_active, name="account-active"),
    path("instytucja/role/<uuid:grant_id>/koniec/", staff.role_end, name="role-end"),
    path("instytucja/zastepstwa/", staff.substitution_list, name="substitution-list"),
    path("instytucja/zastepstwa/nowe/", staff.substitution_new, name="substitution-new"),
    path("instytucja/zastepstwa/<uuid:substitution_id>/", staff.substitution_view, name="substitution-view"),
    path("instytucja/nieobecnosci/", staff.absence_list, name="absence-list"),
    path("instytucja/nieobecnosci/nowa/", staff.absence_new, name="absence-new"),
    path("instytucja/nieobecnosci/<uuid:absence_id>/koniec/", staff.absence_end, name="absence-end"),
]
