"""Addresses of papers."""

from django.urls import path

from gniazdo.papers.views import lists, local, prints, sheets

app_name = "papers"
urlpatterns = [
    path("rodzina/<uuid:family_id>/", lists.family_papers, name="family-papers"),
    path("sprawa/<uuid:case_id>/", lists.case_papers, name="case-papers"),
    path("karta/nowa/<uuid:case_id>/<str:code>/", sheets.start, name="sheet-start"),
    path("karta/<uuid:sheet_id>/", sheets.view, name="sheet-view"),
    path("karta/<uuid:sheet_id>/wypelnij/", sheets.edit, name="sheet-edit"),
    path("karta/<uuid:sheet_id>/szkic/", sheets.autosave, name="sheet-autosave"),
    path("karta/<uuid:sheet_id>/porownaj/", sheets.compare, name="sheet-compare"),
    path("karta/<uuid:sheet_id>/wydruk.pdf", prints.sheet_print, name="sheet-print"),
    path("karta/<uuid:sheet_id>/wydruk-word/", prints.sheet_word, name="sheet-word"),
    path("druk/<str:code>.pdf", prints.sheet_blank, name="sheet-blank"),
    path("pisma/", lists.register, name="letter-list"),
    path("ustawienia/", local.overview, name="local-list"),
    path("ustawienia/karta/<str:code>/", local.sheet, name="local-sheet"),
    path("ustawienia/pismo/<str:code>/", local.letter, name="local-letter"),
    path("ustawienia/slowa/<str:code>/", local.words, name="local-words"),
    path("ustawienia/wzor/<str:kind>/<str:code>/", local.template_current, name="local-template"),
    path("ustawienia/wzor/<str:kind>/<str:code>/proba/", local.template_sample, name="local-template-sample"),
    path("pismo/nowe/<uuid:case_id>/<str:code>/", lists.letter_start, name="letter-start"),
    path("pismo/<uuid:letter_id>/", lists.letter_view, name="letter-view"),
    path("pismo/<uuid:letter_id>/wydruk.pdf", prints.letter_print, name="letter-print"),
    path("pismo/<uuid:letter_id>/wydruk-word/", prints.letter_word, name="letter-word"),
    path("plik/<uuid:file_id>/", prints.file_view, name="file-view"),
    path("szkic/<str:form>/", lists.draft_autosave, name="draft-autosave"),
]
