"""Screens of people at work: list, account, post, roles, passwords, substitutions, absences."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.access.queries import fetch, may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.orgs.actions import (
    NewAccount,
    add_post,
    change_post,
    create_account,
    end_absence,
    end_role,
    end_substitution,
    grant_role,
    hand_over,
    record_absence,
    reset_password,
    set_active,
    start_substitution,
)
from gniazdo.orgs.forms.work import (
    AbsenceForm,
    AccountForm,
    EndForm,
    HandOverForm,
    PersonPostForm,
    PostForm,
    ResetForm,
    RoleForm,
    SubstitutionForm,
)
from gniazdo.orgs.models import Absence, RoleGrant, Substitution
from gniazdo.orgs.queries import absences, families_of, lacks, overlapping, post_card, staff, substitutions
from gniazdo.platform.forms import attempt


@page(reads="orgs.staff.view")
def post_list(request: Request) -> HttpResponse:
    """Who works here, in which role and team; `?byli=1` shows former workers too."""
    former = request.GET.get("byli") == "1"
    posts = staff(request.actor, on=clock.today(), former=former)
    return render(request, "orgs/staff.html", {"posts": posts, "former": former})


@page(reads="orgs.staff.view")
def account_new(request: Request) -> HttpResponse:
    """A new person: the first password is shown once, on the answer to this form."""
    actor = request.actor
    form = AccountForm(request.POST or None, actor=actor, initial={"since": clock.today()})
    made: list[NewAccount] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: made.append(create_account(actor, None, **form.period_data())))
    ):
        return password_once(request, made[0])
    return render(request, "orgs/form_page.html", {
        "form": form, "title": _("Nowy pracownik"), "submit": _("Załóż konto"), "back": "orgs:post-list",
        "lead": _("Pierwsze hasło pokaże się raz, po zapisaniu. Pracownik zmieni je przy pierwszym logowaniu."),
    })  # fmt: skip


def password_once(request: Request, made: NewAccount) -> HttpResponse:
    """The first password, to be handed over on paper; it is not kept anywhere and cannot be shown again."""
    return render(request, "orgs/password_once.html", {"made": made})


@page(reads="orgs.post.view")
def post_view(request: Request, post_id: UUID) -> HttpResponse:
    """One worker: contract, papers, roles, absences, substitutions, account."""
    actor, today = request.actor, clock.today()
    post = post_card(actor, post_id)
    around = Substitution.objects.for_actor(actor).select_related("absent__user", "stand_in__user").order_by("-since")
    return render(request, "orgs/post.html", {
        "post": post, "lacks": lacks(post), "today": today, "families": families_of(post, on=today),
        "roles": post.role_grants.order_by("-since", "role"), "absences": post.absences.order_by("-since")[:20],
        "substitutions": (around.filter(absent=post) | around.filter(stand_in=post))[:20],
        "may_absences": may(actor, "orgs.absence.record"),
    })  # fmt: skip


@page(reads="orgs.post.view")
def post_edit(request: Request, post_id: UUID) -> HttpResponse:
    """Change a worker's name, contract, working time, team, dates and papers."""
    actor = request.actor
    post = post_card(actor, post_id)
    person = {"first_name": post.user.first_name, "last_name": post.user.last_name, "email": post.user.email}
    form = PersonPostForm(
        request.POST or None, actor=actor, initial={**PostForm.initial_of(post), **person, "rev": post.rev}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: change_post(actor, post, **form.period_data()))
    ):
        messages.success(request, _("Zapisano."))
        return redirect("orgs:post-view", post.pk)
    return render(
        request, "orgs/form_page.html", {"form": form, "title": str(post), "submit": _("Zapisz"), "back_post": post}
    )


@page(reads="orgs.post.view")
def post_add(request: Request, post_id: UUID) -> HttpResponse:
    """A further post for the same person."""
    actor = request.actor
    post = post_card(actor, post_id)
    form = PostForm(request.POST or None, actor=actor, initial={"since": clock.today(), "contract": post.contract})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: add_post(actor, post, **form.period_data()))
    ):
        messages.success(request, _("Dodano zatrudnienie. Nadaj mu teraz rolę."))
        return redirect("orgs:post-list")
    title = _("Kolejne zatrudnienie: %s") % post.user.full_name
    return render(
        request, "orgs/form_page.html", {"form": form, "title": title, "submit": _("Dodaj"), "back_post": post}
    )


@page(reads="orgs.post.view")
def role_new(request: Request, post_id: UUID) -> HttpResponse:
    """Give a worker a role for a period."""
    actor = request.actor
    post = post_card(actor, post_id)
    form = RoleForm(request.POST or None, initial={"since": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: grant_role(actor, post, **form.period_data()))
    ):
        messages.success(request, _("Nadano rolę."))
        return redirect("orgs:post-view", post.pk)
    title = _("Nowa rola: %s") % post.user.full_name
    return render(
        request, "orgs/form_page.html", {"form": form, "title": title, "submit": _("Nadaj rolę"), "back_post": post}
    )


@page(reads="orgs.post.view")
def role_end(request: Request, grant_id: UUID) -> HttpResponse:
    """Take a role away from a day on."""
    actor = request.actor
    grant = fetch(actor, "orgs.post.view", RoleGrant.objects.system().select_related("post__user"), grant_id)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: end_role(actor, grant, on=form.cleaned_data["on"]))
    ):
        messages.success(request, _("Odebrano rolę."))
        return redirect("orgs:post-view", grant.post_id)
    title = _("Odebranie roli „%(role)s”: %(who)s") % {"role": grant, "who": grant.post.user.full_name}
    shown = {"form": form, "title": title, "submit": _("Odbierz rolę"), "back_post": grant.post}
    return render(request, "orgs/form_page.html", shown)


@page(reads="orgs.post.view")
def password_new(request: Request, post_id: UUID) -> HttpResponse:
    """A new first password for someone who forgot theirs; shown once."""
    actor = request.actor
    post = post_card(actor, post_id)
    form = ResetForm(request.POST if request.method == "POST" else None)
    made: list[NewAccount] = []
    if request.method == "POST" and form.is_valid():
        drop = form.cleaned_data["drop_second_factor"]
        if attempt(form, lambda: made.append(reset_password(actor, post, drop_second_factor=drop))):
            return password_once(request, made[0])
    return render(request, "orgs/form_page.html", {
        "form": form, "title": _("Nowe hasło: %s") % post.user.full_name, "submit": _("Nadaj nowe hasło"), "back_post": post,
        "lead": _("Wszystkie otwarte sesje tej osoby zakończą się. Nowe hasło pokaże się raz."),
    })  # fmt: skip


@page(reads="orgs.post.view")
def account_active(request: Request, post_id: UUID) -> HttpResponse:
    """POST: block a log-in at once, or let it in again."""
    post = post_card(request.actor, post_id)
    if request.method == "POST":
        active = request.POST.get("active") == "1"
        set_active(request.actor, post, active=active)
        messages.success(request, _("Konto odblokowane.") if active else _("Konto zablokowane."))
    return redirect("orgs:post-view", post.pk)


@page(reads="orgs.substitution.view")
def substitution_list(request: Request) -> HttpResponse:
    """Who stands in for whom: all for a manager, one's own for others."""
    past = request.GET.get("dawne") == "1"
    rows = substitutions(request.actor, on=clock.today(), past=past)[:300]
    shown = {"rows": rows, "past": past, "today": clock.today(), "may_start": may(request.actor, "orgs.absence.record")}
    return render(request, "orgs/substitutions.html", shown)


@page(reads="orgs.absence.view")
def substitution_new(request: Request) -> HttpResponse:
    """Who will stand in for whom; the answer warns when periods collide."""
    actor = request.actor
    initial = {"since": clock.today(), "absent": request.GET.get("kogo")}
    form = SubstitutionForm(request.POST or None, actor=actor, today=clock.today(), initial=initial)
    made: list[Substitution] = []
    if request.method == "POST" and form.is_valid():
        data = form.period_data()
        absent = data.pop("absent")
        if attempt(form, lambda: made.append(start_substitution(actor, absent, **data))):
            for warning in overlapping(made[0]):
                messages.warning(request, warning)
            messages.success(request, _("Ustanowiono zastępstwo. Obie osoby zobaczą o tym informację."))
            return redirect("orgs:substitution-view", made[0].pk)
    return render(request, "orgs/form_page.html", {
        "form": form, "title": _("Nowe zastępstwo"), "submit": _("Ustanów zastępstwo"), "back": "orgs:substitution-list",
        "lead": _("Zastępująca osoba zobaczy w tym okresie rodziny osoby nieobecnej. Potem dostęp sam się kończy."),
    })  # fmt: skip


@page(reads="orgs.substitution.view")
def substitution_view(request: Request, substitution_id: UUID) -> HttpResponse:
    """One substitution with the note both people see and write."""
    actor = request.actor
    rows = Substitution.objects.system().select_related("absent__user", "stand_in__user")
    row = fetch(actor, "orgs.substitution.view", rows, substitution_id)
    form = HandOverForm(request.POST or None, initial={"handover": row.handover, "rev": row.rev})
    if request.method == "POST" and "end" in request.POST:
        end_substitution(actor, row, on=clock.today())
        messages.success(request, _("Zakończono zastępstwo."))
        return redirect("orgs:substitution-list")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: hand_over(actor, row, handover=data["handover"], rev=data["rev"])):
            messages.success(request, _("Zapisano notatkę."))
            return redirect("orgs:substitution-view", row.pk)
    shown: dict[str, Any] = {"row": row, "form": form, "warnings": overlapping(row), "today": clock.today()}
    return render(request, "orgs/substitution.html", shown | {"may_end": may(actor, "orgs.substitution.end", row)})


@page(reads="orgs.absence.view")
def absence_list(request: Request) -> HttpResponse:
    """Who does not work now or soon; `?dawne=1` shows past absences too."""
    past = request.GET.get("dawne") == "1"
    rows = absences(request.actor, on=clock.today(), past=past)[:300]
    return render(request, "orgs/absences.html", {"rows": rows, "past": past, "today": clock.today()})


@page(reads="orgs.absence.view")
def absence_new(request: Request) -> HttpResponse:
    """Record an absence; a suspension says how many families need someone else."""
    actor, today = request.actor, clock.today()
    initial = {"since": today, "post": request.GET.get("kogo")}
    form = AbsenceForm(request.POST or None, actor=actor, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.period_data()
        post = data.pop("post")
        if attempt(form, lambda: record_absence(actor, post, **data)):
            messages.success(request, _("Zapisano nieobecność."))
            count = families_of(post, on=today)
            if data["kind"] == "SUSPENDED" and count:
                warning = ngettext(
                    "Zawieszenie w czynnościach (art. 13 uwrspz): %(n)d rodzina musi dostać innego asystenta.",
                    "Zawieszenie w czynnościach (art. 13 uwrspz): %(n)d rodzin musi dostać innego asystenta.",
                    count,
                )
                messages.warning(request, warning % {"n": count})
            return redirect("orgs:absence-list")
    return render(request, "orgs/form_page.html", {
        "form": form, "title": _("Nowa nieobecność"), "submit": _("Zapisz"), "back": "orgs:absence-list",
        "lead": _("Nieobecność nie daje nikomu dostępu do rodzin. Od tego jest zastępstwo."),
    })  # fmt: skip


@page(reads="orgs.absence.view")
def absence_end(request: Request, absence_id: UUID) -> HttpResponse:
    """The person is back."""
    row = fetch(request.actor, "orgs.absence.view", Absence.objects.system().select_related("post__user"), absence_id)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: end_absence(request.actor, row, on=form.cleaned_data["on"]))
    ):
        messages.success(request, _("Zapisano powrót do pracy."))
        return redirect("orgs:absence-list")
    title = _("Powrót do pracy: %s") % row.post.user.full_name
    shown = {"form": form, "title": title, "submit": _("Zapisz"), "back": "orgs:absence-list"}
    return render(request, "orgs/form_page.html", shown)
