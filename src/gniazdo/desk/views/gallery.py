"""The gallery of components: what each looks like with invented data, for those who build pages and those who check them."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from gniazdo.access.views import Request, page
from gniazdo.desk.queries.gallery import gallery_shown
from gniazdo.kernel import clock
from gniazdo.orgs.vocab import ROLES
from gniazdo.platform.forms import Form


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Nazwa teczki"), help_text=_("Nazwisko rodziny, tak jak na aktach."))
    on = forms.DateField(label=_("Dzień"), widget=forms.DateInput)
    kind = forms.ChoiceField(label=_("Rodzaj"), choices=[("a", _("w domu")), ("b", _("w biurze"))])
    minutes = forms.ChoiceField(
        label=_("Czas trwania"),
        choices=[("30", "30 min"), ("60", "60 min"), ("90", "90 min")],
        widget=forms.RadioSelect,
    )
    seen = forms.MultipleChoiceField(
        label=_("Dzieci widziane"),
        choices=[("1", "Ola"), ("2", "Tymek")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label=_("Przebieg"), widget=forms.Textarea, required=False)
    scan = forms.FileField(label=_("Skan"), required=False)
    agreed = forms.BooleanField(label=_("Rodzina zgadza się"), required=False)


@page(reads="desk.gallery.view")
def gallery(request: Request) -> HttpResponse:
    """Every component once."""
    gallery_shown(request.actor)
    today = clock.today()
    wrong = SampleForm({"name": "", "on": "", "kind": "a", "minutes": "60"}, auto_id="wrong_%s")
    return render(
        request,
        "desk/gallery.html",
        {
            "days": [today + timedelta(days=n) for n in (-12, -1, 0, 1, 5, 40)],
            "late": today - timedelta(days=3), "soon": today + timedelta(days=5), "today": today, "numbers": [1, 2, 5, 22, 112],
            "form": SampleForm(initial={"minutes": "60", "seen": ["1"]}), "wrong": wrong,
            "facts_rows": [("Adres", "ul. Leśna 3, Dębowo"), ("Telefon", ""), ("Podstawa", "art. 10 ust. 1")],
            "key_rows": [("rodzin", 15), ("dzieci", 32), ("wizyt w listopadzie", 41)],
            "tab_items": [("Plan", "#plan", True), ("Wizyty", "#wizyty", False, 12), ("Oceny", "#oceny", False)],
            "step_names": ["Zgłoszenie", "Decyzja", "Plan", "Praca", "Zakończenie"],
            "versions": [("Cel", "Stałe dochody", "Stały dochód matki"), ("Termin", "1.03.2027", "1.03.2027")],
            "scores": [1, 2, 2, 3, 3.5], "months": ["cze", "lip", "sie", "wrz", "paź", "lis"], "flow": [12, 14, 13, 16, 15, 18],
            "sources": ["szkoła", "sąd", "policja"], "reports": [12, 7, 3], "words": ROLES, "choices": [("a", "Anna Dąb"), ("b", "Beata Lis")],
        },
    )  # fmt: skip
