"""The commune's half-yearly report, rows on family assistants (uwrspz art. 176 pkt 6, 187; practice 5.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.vocab import END_REASONS
from gniazdo.cases.models import Assignment
from gniazdo.orgs.models import Post, RoleGrant
from gniazdo.orgs.vocab import CONTRACT_KINDS
from gniazdo.people.models import Membership
from gniazdo.reports.queries import Cell, Group, Report, Scope


def _during(scope: Scope) -> Q:
    return Q(since__lt=scope.period.until) & (Q(until__isnull=True) | Q(until__gt=scope.period.since))


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _worked_with(scope: Scope, when: Q) -> QuerySet[AssistanceCase]:
    """Cases with an assistant assigned at that time; a family with two cases in the period is counted once, by its later."""
    mine = Assignment.objects.system().filter(when, role="ASSISTANT", case_id=OuterRef("case_id"))
    later = AssistanceCase.objects.system().filter(
        family_id=OuterRef("family_id"), assigned_on__gt=OuterRef("assigned_on")
    )
    later = later.filter(assigned_on__lt=scope.period.until)
    rows = AssistanceCase.objects.system().filter(institution_id=scope.institution_id)
    return (
        rows.filter(Exists(mine))
        .exclude(Exists(later))
        .select_related("case__family")
        .order_by("case__family__sort_key", "pk")
    )


def flow(scope: Scope) -> QuerySet[AssistanceCase]:
    """Families worked with at any time in the period."""
    return _worked_with(scope, _during(scope))


def stock(scope: Scope) -> QuerySet[AssistanceCase]:
    """Families worked with on the last day of the period."""
    return _worked_with(scope, _on(scope.last_day))


def _court(rows: QuerySet[AssistanceCase], scope: Scope) -> QuerySet[AssistanceCase]:
    in_force = Q(ruling_ends_on__isnull=True) | Q(ruling_ends_on__gt=scope.period.since)
    return rows.filter(in_force, basis="COURT", ruling_on__lt=scope.period.until)


def _children(scope: Scope) -> QuerySet[Membership]:
    born_after = scope.last_day.replace(year=scope.last_day.year - 18, day=min(scope.last_day.day, 28))
    rows = Membership.objects.system().filter(
        _during(scope), role="CHILD", family_id__in=flow(scope).order_by().values("family_id")
    )
    rows = rows.filter(Q(person__born_on__isnull=True) | Q(person__born_on__gt=born_after), person__is_unborn=False)
    return rows.select_related("person", "family").order_by("person__sort_key", "pk")


def _ended(scope: Scope) -> QuerySet[AssistanceCase]:
    rows = AssistanceCase.objects.system().filter(
        institution_id=scope.institution_id,
        assigned_on__isnull=False,
        ended_on__gte=scope.period.since,
        ended_on__lt=scope.period.until,
    )
    return rows.select_related("case__family").order_by("case__family__sort_key", "pk")


def _ended_by(category: str) -> Any:
    codes = [w.code for w in END_REASONS if w.group == category]
    return lambda scope: _ended(scope).filter(end_reason__in=codes)


def _lasting(low: int, high: int) -> Any:
    """Ended cases that lasted more than `low` and at most `high` months (30.44 days each)."""

    def rows(scope: Scope) -> QuerySet[AssistanceCase]:
        found = _ended(scope).values_list("pk", "assigned_on", "ended_on")
        chosen = [pk for pk, start, end in found if start and end and low < (end - start).days / 30.44 <= high]
        return _ended(scope).filter(pk__in=chosen)

    return rows


def _assistants(scope: Scope, contract: str = "") -> QuerySet[Post]:
    grants = RoleGrant.objects.system().filter(_on(scope.last_day), role="assistant", post_id=OuterRef("pk"))
    rows = Post.objects.system().filter(_on(scope.last_day), Exists(grants), institution_id=scope.institution_id)
    if contract:
        rows = rows.filter(contract=contract)
    return rows.select_related("user").order_by("user__last_name", "user__first_name", "pk")


def _show_case(row: AssistanceCase) -> tuple[str, str]:
    text = f"{row.case.family.name} · {row.case.case_mark}"
    return text, reverse("desk:family-view", args=[row.family_id])


def _show_child(row: Membership) -> tuple[str, str]:
    return f"{row.person.last_name} {row.person.first_name}", reverse("desk:family-view", args=[row.family_id])


def _show_post(row: Post) -> tuple[str, str]:
    return f"{row.user.last_name} {row.user.first_name}, {row.title}, {row.fte_percent}%", ""


def _posts(rows: QuerySet[Post]) -> float:
    return round((rows.order_by().aggregate(n=Sum("fte_percent"))["n"] or 0) / 100, 2)


CASE: dict[str, Any] = {"show": _show_case}
assistance_half_year = Report(
    "asysta-polrocze",
    "Asysta rodzinna: dane do sprawozdania rzeczowo-finansowego gminy",
    basis="ustawa o wspieraniu rodziny i systemie pieczy zastępczej, art. 176 pkt 6",
    kind="HALF",
    mark=_(
        "Obowiązującego wzoru tabel (CAS) nie udało się potwierdzić. Wiersze odpowiadają ostatniemu znanemu układowi; porównaj je "
        "z wzorem na dany okres, zanim wyślesz sprawozdanie."
    ),
    groups=(
        Group(
            "Asystenci rodziny",
            (
                Cell("A1", "Asystenci zatrudnieni na koniec okresu", "Osoby z rolą asystenta ostatniego dnia okresu.", _assistants, _show_post),
                Cell("A2", "w przeliczeniu na etaty", "Suma wymiarów etatu tych osób.", _assistants, _show_post, total=_posts, indent=1),
                *(
                    Cell(f"A{n}", word.label, "Osoby z wiersza A1 z tą formą zatrudnienia.",
                         (lambda code: lambda scope: _assistants(scope, code))(word.code), _show_post, indent=1)
                    for n, word in enumerate(CONTRACT_KINDS, 3) if word.code in ("TASK", "EMPLOYMENT", "SERVICE")
                ),
            ),
        ),
        Group(
            "Rodziny i dzieci",
            (
                Cell("B1", "Rodziny, z którymi asystent pracował w okresie",
                     "Rodziny z przydzielonym asystentem choć jednego dnia okresu; rodzina z dwiema sprawami liczona raz.", flow, **CASE),
                Cell("B2", "zobowiązane przez sąd", "Rodziny z B1 z postanowieniem sądu obowiązującym w okresie.",
                     lambda s: _court(flow(s), s), indent=1, **CASE),
                Cell("B3", "Rodziny na koniec okresu", "Rodziny z przydzielonym asystentem ostatniego dnia okresu.", stock, **CASE),
                Cell("B4", "zobowiązane przez sąd", "Rodziny z B3 z postanowieniem sądu.", lambda s: _court(stock(s), s), indent=1, **CASE),
                Cell("B5", "Dzieci w rodzinach z wiersza B1", "Dzieci poniżej 18 lat ostatniego dnia okresu, bez nienarodzonych.",
                     _children, _show_child),
            ),
        ),
        Group(
            "Zakończenie pracy z rodziną",
            (
                Cell("C1", "Rodziny, z którymi zakończono pracę", "Sprawy z datą zakończenia pracy w okresie.", _ended, **CASE),
                Cell("C2", "osiągnięcie celów", "Przyczyny liczone jako osiągnięcie celów.", _ended_by("GOAL"), indent=1, **CASE),
                Cell("C3", "zaprzestanie współpracy przez rodzinę", "Przyczyny liczone jako zaprzestanie współpracy.",
                     _ended_by("RESIGN"), indent=1, **CASE),
                Cell("C4", "brak efektów", "Przyczyny liczone jako brak efektów.", _ended_by("NOEFF"), indent=1, **CASE),
                Cell("C5", "zmiana metody pracy i inne", "Pozostałe przyczyny.", _ended_by("METHOD"), indent=1, **CASE),
                Cell("C6", "współpraca do 3 miesięcy", "Od przydziału asystenta do zakończenia pracy.", _lasting(-1, 3), indent=1, **CASE),
                Cell("C7", "od 3 do 12 miesięcy", "Od przydziału asystenta do zakończenia pracy.", _lasting(3, 12), indent=1, **CASE),
                Cell("C8", "ponad 12 miesięcy", "Od przydziału asystenta do zakończenia pracy.", _lasting(12, 10_000), indent=1, **CASE),
            ),
        ),
        Group(
            "Piecza zastępcza",
            (
                Cell("D1", "Rodziny, z których dziecko umieszczono w pieczy", "Data umieszczenia w okresie.",
                     lambda s: flow(s).filter(care_since__gte=s.period.since, care_since__lt=s.period.until), **CASE),
                Cell("D2", "Rodziny, do których dziecko wróciło", "Data powrotu w okresie.",
                     lambda s: flow(s).filter(care_until__gte=s.period.since, care_until__lt=s.period.until), **CASE),
            ),
        ),
    ),
)  # fmt: skip
