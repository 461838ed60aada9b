"""Addresses of persons and families."""

from django.urls import path

from gniazdo.people.views import corrections, families, nouns, persons, register

app_name = "people"
urlpatterns = [
    path("", persons.person_find, name="person-find"),
    path("nowa/", register.person_register, name="person-register"),
    path("duplikaty/", persons.duplicates_list, name="duplicates-list"),
    path("osoba/<uuid:person_id>/", persons.person_view, name="person-view"),
    path("osoba/<uuid:person_id>/podobne/", persons.person_alike, name="person-alike"),
    path("osoba/<uuid:person_id>/popraw/", corrections.person_edit, name="person-edit"),
    path("osoba/<uuid:person_id>/dodaj/<slug:noun>/", nouns.person_add, name="person-add"),
    path("osoba/<uuid:person_id>/polacz/<uuid:other_id>/", persons.person_merge, name="person-merge"),
    path("polaczenie/<uuid:merge_id>/cofnij/", persons.merge_undo, name="merge-undo"),
    path("adres-tajny/<uuid:secret_id>/", persons.secret_view, name="secret-view"),
    path("zakoncz/<slug:noun>/<uuid:row_id>/", nouns.row_end, name="row-end"),
    path("popraw/<slug:noun>/<uuid:row_id>/", corrections.row_edit, name="row-edit"),
    path("rodzina/<uuid:family_id>/nazwa/", corrections.family_rename, name="family-rename"),
    path("rodziny/", families.family_list, name="family-list"),
    path("rodziny/nowa/", register.family_register, name="family-register"),
    path("rodzina/<uuid:family_id>/", families.family_people, name="family-people"),
    path("rodzina/<uuid:family_id>/genogram/", families.genogram, name="family-genogram"),
    path("rodzina/<uuid:family_id>/ekomapa/", families.ecomap, name="family-ecomap"),
    path("rodzina/<uuid:family_id>/karta/", families.card, name="family-card"),
    path("rodzina/<uuid:family_id>/nowa-osoba/", register.member_register, name="member-register"),
    path("rodzina/<uuid:family_id>/dolacz/<uuid:person_id>/", register.member_join, name="member-join"),
    path("rodzina/<uuid:family_id>/dodaj/<slug:noun>/", nouns.family_add, name="family-add"),
]
