"""Forms of the steps of a case. Their rules live in the verbs; here are the questions and their words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.vocab import (
    COURT_REQUEST_KINDS,
    END_REASONS,
    INFORMATION_DIRECTIONS,
    INTERVIEW_KINDS,
    MINOR_FACILITIES,
    MONITORING_DECISIONS,
    MONITORING_FORMS,
    OUTCOMES,
    PRIORITIES,
    REJECTION_REASONS,
    SENDING_CHANNELS,
    SUSPENSION_REASONS,
)
from gniazdo.kernel import clock
from gniazdo.kernel.legal import term_in_words
from gniazdo.kernel.vocab import WordList
from gniazdo.orgs.models import Post
from gniazdo.platform.forms import Form


def interview_term(**urgency: Any) -> Any:
    """The term of the home interview in today's law, said when the form is shown."""
    return lazy(lambda: term_in_words("C-ASSIST-01", **urgency), str)()


def words(
    label: Any, words: WordList, *, required: bool = True, skip: tuple[str, ...] = (), **kwargs: Any
) -> forms.ChoiceField:
    """A list to choose one word from, starting with nothing chosen."""
    choices = [(code, text) for code, text in words.choices() if code not in skip]
    return forms.ChoiceField(label=label, choices=[("", "———"), *choices], required=required, **kwargs)


def text(label: Any, *, required: bool = True, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, required=required, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def day(label: Any, *, required: bool = True, **kwargs: Any) -> forms.DateField:
    """A day; today unless said."""
    if required:
        kwargs.setdefault("initial", clock.today)
    return forms.DateField(label=label, required=required, widget=forms.DateInput(), **kwargs)


class OnDay(Form):
    """The day of a step."""

    on = day(_("Data"))


class WithNote(OnDay):
    """The day and a note that may be empty."""

    note = text(_("Notatka"), required=False)


class WithReason(OnDay):
    """The day and the reason, which a move back or an end demands."""

    note = text(_("Uzasadnienie"))


class PickPost(OnDay):
    """Somebody of the institution."""

    post = forms.ModelChoiceField(Post.objects.system().none(), label=_("Pracownik"), empty_label="———")

    def __init__(self, *args: Any, posts: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if posts is not None:
            self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.order_fields(["post"])


class ChangeSocialWorker(PickPost):
    """Another social worker and why."""

    reason = forms.CharField(label=_("Powód zmiany"), max_length=200)


class AssignSpecialist(PickPost):
    """Which specialist, and what for."""

    purpose = forms.CharField(
        label=_("Po co"), max_length=300, help_text=_("Na przykład: terapia córki po przemocy, konsultacje dla matki.")
    )
    field_order = ("post", "purpose", "on")


class ReleaseSpecialist(PickPost):
    """Whose work ends and why."""

    reason = forms.CharField(label=_("Powód zakończenia"), max_length=300)


class Reject(WithReason):
    """Why a report is not taken further."""

    reason = words(_("Przyczyna odrzucenia"), REJECTION_REASONS)
    field_order = ("reason", "note", "on")


class Urgency(OnDay):
    """Whether the report is urgent, and why."""

    is_urgent = forms.BooleanField(
        label=format_lazy(_("Zgłoszenie jest pilne (termin wywiadu: {term})"), term=interview_term(urgent=True)),
        required=False,
    )
    reason = forms.CharField(label=_("Powód zmiany pilności"), max_length=300)


class Interview(OnDay):
    """The environmental interview (practice 1.B.5)."""

    number = forms.CharField(label=_("Numer wywiadu"), max_length=40)
    kind = words(_("Rodzaj"), INTERVIEW_KINDS, initial="FULL")
    findings = text(_("Ustalenia i wnioski"), rows=8)
    field_order = ("number", "on", "kind", "findings")


class Refuses(WithReason):
    """The family does not agree; is a child in danger?"""

    risk_to_child = forms.BooleanField(label=_("Jest zagrożenie dobra dziecka"), required=False)


class CourtObliges(OnDay):
    """A court's obligation (KRO art. 109 § 2 pkt 1)."""

    court = forms.CharField(label=_("Sąd i wydział"), max_length=160)
    docket = forms.CharField(label=_("Sygnatura akt"), max_length=40)
    ruling_on = day(_("Postanowienie z dnia"))
    final_on = day(_("Prawomocne od"), required=False)
    scope = text(_("Kogo i do czego sąd zobowiązał"), required=False)
    control = forms.CharField(label=_("Sposób kontroli wykonania"), max_length=300, required=False)
    report_dates = forms.CharField(
        label=_("Terminy sprawozdań wyznaczone przez sąd"), required=False,
        help_text=_("Daty po przecinku, na przykład: 31.03.2027, 30.06.2027."),
    )  # fmt: skip
    field_order = ("court", "docket", "ruling_on", "final_on", "scope", "control", "report_dates", "on")

    def clean_report_dates(self) -> list[Any]:
        """Days written one after another."""
        field = forms.DateField()
        return [field.clean(part.strip()) for part in self.cleaned_data["report_dates"].split(",") if part.strip()]


class Minor(OnDay):
    """A minor parent leaving a facility (art. 11 ust. 1a)."""

    facility = words(_("Placówka, którą opuszcza małoletni rodzic"), MINOR_FACILITIES)


class Waiting(OnDay):
    """Putting a family on the waiting list."""

    priority = words(_("Pierwszeństwo"), PRIORITIES, initial="NORMAL")
    reason = forms.CharField(label=_("Uzasadnienie pierwszeństwa"), max_length=300, required=False)


class Priority(Form):
    """Moving a waiting family on the list."""

    priority = words(_("Pierwszeństwo"), PRIORITIES)
    reason = forms.CharField(label=_("Uzasadnienie"), max_length=300, required=False)


class Assign(OnDay):
    """Choosing the assistant; the reason is asked for when the limit is exceeded."""

    first_visit_on = day(_("Planowana pierwsza wspólna wizyta"), required=False)
    note = text(_("Uwagi dla asystenta"), required=False, rows=3)
    over_limit_reason = forms.CharField(
        label=_("Powód przydziału ponad limit"), max_length=300, required=False,
        help_text=_("Wypełnij tylko wtedy, gdy asystent przekroczy limit rodzin (art. 15 ust. 4)."),
    )  # fmt: skip
    post = forms.CharField(label=_("Asystent"), widget=forms.HiddenInput)


class HandoverFields(Form):
    """What the next assistant must know."""

    situation = text(_("Gdzie jesteście w pracy z rodziną"))
    agreements = text(_("Ustalenia w toku"), required=False, rows=3)
    dangers = text(_("Na co uważać"), required=False, rows=2)
    next_steps = text(_("Najbliższe terminy i kroki"), required=False, rows=3)


class ChangeAssistant(HandoverFields, PickPost):
    """Another assistant, why, and the handover note."""

    reason = forms.CharField(label=_("Powód zmiany"), max_length=200)
    over_limit_reason = forms.CharField(label=_("Powód przydziału ponad limit"), max_length=300, required=False)
    field_order = ("post", "on", "reason", "situation", "agreements", "dangers", "next_steps", "over_limit_reason")


class Suspend(WithNote):
    """Why work stops for a time."""

    reason = words(_("Powód zawieszenia"), SUSPENSION_REASONS)
    field_order = ("reason", "note", "on")


class Transfer(WithReason):
    """To which centre the case goes."""

    to = forms.CharField(label=_("Jednostka, której przekazujesz sprawę"), max_length=200)
    field_order = ("to", "note", "on")


class StartClosing(WithReason):
    """Why the work ends."""

    reason = words(_("Przyczyna zakończenia"), END_REASONS)
    field_order = ("reason", "note", "on")


class Close(WithNote):
    """How it ended."""

    outcome = words(_("Sytuacja dzieci po zakończeniu pracy"), OUTCOMES)
    reason = words(_("Przyczyna zakończenia (gdy inna niż podana wcześniej)"), END_REASONS, required=False)
    field_order: tuple[str, ...] = ("outcome", "reason", "note", "on")


class CloseToMonitoring(Close):
    """How it ended, and how long to monitor."""

    months = forms.IntegerField(
        label=_("Ile miesięcy monitorować"), required=False, min_value=1, max_value=36,
        help_text=_("Puste pole: tyle, ile ustalono w ustawieniach jednostki."),
    )  # fmt: skip
    field_order = ("outcome", "months", "reason", "note", "on")


class Monitoring(OnDay):
    """One look at the family after the end (practice 1.A.13)."""

    form = words(_("Forma"), MONITORING_FORMS)
    stable = text(_("Co się utrzymuje"), required=False)
    worrying = text(_("Niepokojące sygnały"), required=False)
    decision = words(_("Decyzja"), MONITORING_DECISIONS, initial="GO_ON")
    next_on = day(_("Następny wpis"), required=False)
    until = day(_("Nowy koniec monitoringu (przy przedłużeniu)"), required=False)
    field_order = ("on", "form", "stable", "worrying", "decision", "next_on", "until")


class CourtDemand(Form):
    """A court's letter."""

    kind = words(_("Czego żąda sąd"), COURT_REQUEST_KINDS, skip=("LIST",))
    court = forms.CharField(label=_("Sąd"), max_length=160)
    division = forms.CharField(label=_("Wydział"), max_length=160, required=False)
    docket = forms.CharField(label=_("Sygnatura akt"), max_length=40)
    letter_on = day(_("Pismo z dnia"), required=False)
    received_on = day(_("Wpłynęło"))
    due_on = forms.DateField(label=_("Termin wyznaczony przez sąd"), widget=forms.DateInput())
    note = text(_("Uwagi"), required=False, rows=2)


class ListCall(CourtDemand):
    """A criminal court's call for the list of assistants: no family, due at once."""

    kind = None  # type: ignore[assignment]
    due_on = day(_("Przekazać do (niezwłocznie)"))


class CourtPrepare(OnDay):
    """The answer is ready."""


class CourtSend(OnDay):
    """The answer left."""

    channel = words(_("Jak wysłano"), SENDING_CHANNELS)


class CourtMoveDue(Form):
    """Another day set by the court."""

    due_on = forms.DateField(label=_("Nowy termin wyznaczony przez sąd"), widget=forms.DateInput())
    note = forms.CharField(label=_("Pismo sądu (data, sygnatura)"), max_length=300)


class Information(OnDay):
    """A question to or from an institution (art. 190a)."""

    direction = words(_("Kto pyta"), INFORMATION_DIRECTIONS, initial="OUT")
    institution = forms.CharField(label=_("Instytucja"), max_length=160)
    person = forms.CharField(label=_("Osoba kontaktowa"), max_length=120, required=False)
    asked = text(_("O co chodzi"))
    field_order = ("direction", "institution", "person", "asked", "on")


class Answer(OnDay):
    """The answer to it."""

    answer = text(_("Treść odpowiedzi"))
    field_order = ("answer", "on")


class PlannedEnd(Form):
    """When the work is expected to end."""

    planned_end_on = day(_("Planowane zakończenie pracy"), required=False)
