"""Verbs that carry a version of a plan from the family's agreement to approval, and record signatures."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.cases.actions import note_event
from gniazdo.orgs.models import Post
from gniazdo.papers.actions.files import attach_file
from gniazdo.papers.models import StoredFile
from gniazdo.people.models import Person
from gniazdo.plans.models import PlanSignature, PlanVersion
from gniazdo.plans.process import PLAN_VERSION
from gniazdo.plans.queries import CAN_APPROVE, CAN_WRITE, content_of, scan_key
from gniazdo.plans.rules import ART_15_3, Content, Gap, gaps, kind_of
from gniazdo.plans.vocab import SIGNERS


class IncompletePlan(Refusal):
    """The plan lacks what the law asks of it; `missing` lists it."""

    missing: tuple[Gap, ...] = ()


def require_complete(content: Content) -> None:
    """A plan states scope, dates and expected effects, or it is no plan (art. 15(3)). Raises IncompletePlan."""
    missing = gaps(content)
    if not missing:
        return
    listed = "; ".join(f"{g.what} ({g.where})" if g.where else g.what for g in missing[:8])
    more = len(missing) - 8
    if more > 0:
        listed += ngettext(" i jeszcze %d brak", " i jeszcze %d braków", more) % more
    refusal = IncompletePlan(
        _("Plan nie może iść do zatwierdzenia, bo brakuje w nim: %s.") % listed,
        article=ART_15_3,
        advice=_("Uzupełnij zakres działań, terminy i przewidywane efekty."),
    )
    refusal.missing = tuple(missing)
    raise refusal


def move(version: PlanVersion, step: str, *, note: str = "") -> PlanVersion:
    """A building block: one move of the version's process, under a lock. Raises Refusal when it may not."""
    version = lock(version)
    made = PLAN_VERSION.moves[step]
    if not PLAN_VERSION.may(version.status, step):
        raise Refusal(
            _("Ta wersja planu ma stan „%(state)s”, a to nie pozwala na czynność: %(move)s.")
            % {"state": PLAN_VERSION.label_of(version.status), "move": made.label.lower()},
            advice=_("Odśwież stronę: ktoś mógł już zmienić jej stan."),
            article=HOUSE,
        )
    if made.needs_reason and not note.strip():
        raise Refusal(_("Podaj powód zwrotu: zobaczy go osoba, która poprawia plan."), field="reason")
    version.status = made.target
    return version


@action("plans.version.agree", label="Zapisz uzgodnienie planu z rodziną", who=CAN_WRITE)
def agree(actor: Actor, version: PlanVersion, *, on: date, today: date) -> PlanVersion:
    """The family and the worker agree on the content, on that day (not in the future). Raises Refusal."""
    if on > today:
        raise Refusal(_("Data uzgodnienia nie może być w przyszłości."), field="on")
    if not content_of(version).goals:
        raise Refusal(
            _("Najpierw zapiszcie w planie przynajmniej jeden cel."),
            article=ART_15_3,
            advice=_("Otwórz plan, dodaj cel z działaniami i terminami, a potem zapisz uzgodnienie."),
        )
    version = move(version, "agree")
    version.agreed_on = on
    version.save()
    return version


@action("plans.version.submit", label="Przekaż plan do zatwierdzenia", who=CAN_WRITE)
def submit_for_approval(actor: Actor, version: PlanVersion, *, on: date) -> PlanVersion:
    """Hand an agreed version to the manager. Raises IncompletePlan when it lacks scope, dates or expected effects
    (art. 15(3)), Refusal when it is not agreed with the family.
    """
    if version.status == "draft":
        require_complete(content_of(version))
        raise Refusal(
            _("Najpierw zapisz, kiedy rodzina uzgodniła plan."),
            article=ART_15_3,
            advice=_("Na stronie planu zapisz dzień uzgodnienia z rodziną, potem przekaż plan."),
        )
    version = move(version, "submit")
    require_complete(content_of(version))
    version.submitted_on, version.returned_reason = on, ""
    version.submitted_by_id = None if actor.is_system else actor.post_id
    version.save()
    plan = version.plan
    note_event(
        actor, plan.family, kind="plan", on=on, title="Plan przekazano do zatwierdzenia", case=plan.case,
        record=plan, url_name="plans:plan-view",
    )  # fmt: skip
    return version


def approve_version(actor: Actor, version: PlanVersion, *, on: date) -> PlanVersion:
    """A building block of the approving verbs: the version comes into force, the one before it is superseded."""
    version = move(version, "approve")
    require_complete(content_of(version))
    for older in PlanVersion.objects.system().filter(plan_id=version.plan_id, status="approved"):
        older = move(older, "supersede")
        older.save()
    version.approved_at = moment()
    version.approved_by = Post.objects.system().filter(pk=actor.post_id).first() or version.submitted_by
    version.save()
    plan = version.plan
    note_event(
        actor, plan.family, kind="plan", on=on, title=f"Zatwierdzono plan, wersja {version.number}", case=plan.case,
        record=plan, summary=version.main_goal[:300], significant=True, url_name="plans:plan-view",
    )  # fmt: skip
    return version


@action("plans.version.approve", label="Zatwierdź plan", who=CAN_APPROVE)
def approve(actor: Actor, version: PlanVersion, *, on: date) -> PlanVersion:
    """The head of the unit or team approves a submitted version. Raises Refusal for a kind approved elsewhere."""
    kind = kind_of(version.plan.kind)
    if kind.move_url:
        raise Refusal(
            _("Ten plan zatwierdza się w sprawie, której dotyczy."),
            article=HOUSE,
            advice=_("Otwórz sprawę rodziny i zatwierdź plan na jej stronie."),
        )
    return approve_version(actor, version, on=on)


@action("plans.version.return", label="Zwróć plan do poprawy", who=CAN_APPROVE | CAN_WRITE)
def return_with_reason(actor: Actor, version: PlanVersion, *, reason: str, on: date) -> PlanVersion:
    """Back to a draft, with a reason the author sees. Raises Refusal without a reason."""
    version = move(version, "return", note=reason)
    version.returned_reason, version.agreed_on, version.submitted_on = reason.strip(), None, None
    version.save()
    plan = version.plan
    note_event(
        actor, plan.family, kind="plan", on=on, title="Plan zwrócono do poprawy", case=plan.case, record=plan,
        summary=reason[:300], url_name="plans:plan-view",
    )  # fmt: skip
    return version


@action("plans.signature.record", label="Odnotuj podpis pod planem", who=CAN_WRITE | CAN_APPROVE)
def record_signature(
    actor: Actor, version: PlanVersion, *, signer: str, name: str, on: date, today: date,
    person: Person | None = None, refusal: str = "", witness: str = "",
) -> PlanSignature:  # fmt: skip
    """Who signed the printed version and when; a refusal keeps its reason and witness. Raises Refusal for a draft."""
    if version.status == "draft":
        raise Refusal(
            _("Podpisuje się uzgodnioną wersję planu, nie szkic."),
            advice=_("Najpierw zapisz uzgodnienie."),
            article=ART_15_3,
        )
    if signer not in SIGNERS:
        raise Refusal(_("Wskaż, kto podpisuje."), field="signer")
    if on > today:
        raise Refusal(_("Data podpisu nie może być w przyszłości."), field="on")
    if not name.strip():
        raise Refusal(_("Podaj imię i nazwisko podpisującego."), field="name")
    made = PlanSignature(
        institution_id=version.institution_id, family_id=version.family_id, version=version, signer=signer,
        person=person, post_id=None if signer == "FAMILY" or actor.is_system else actor.post_id, name=name.strip(),
        signed_on=on, refusal=refusal.strip(), witness=witness.strip(),
    )  # fmt: skip
    made.save()
    return made


@action("plans.version.scan", label="Dołącz skan podpisanego planu", who=CAN_WRITE | CAN_APPROVE)
def attach_plan_scan(
    actor: Actor, version: PlanVersion, *, content: bytes, name: str, on: date, description: str = ""
) -> StoredFile:
    """Keep the scan of this very version as it was signed; it can be read but never removed.

    Raises Refusal for a draft, and for a file that is not taken (its kind is read from its content, 25 MB).
    """
    if version.status == "draft":
        raise Refusal(
            _("Podpisuje się uzgodnioną wersję planu, nie szkic."),
            advice=_("Najpierw zapisz uzgodnienie."),
            article=ART_15_3,
        )
    plan = version.plan
    made = attach_file(
        actor, plan.case, content=content, name=name, on=on, question=scan_key(version), is_signed_scan=True,
        description=description or _("Podpisany plan, wersja %s") % version.number,
    )  # fmt: skip
    note_event(
        actor, plan.family, kind="plan", on=on, title=f"Dołączono skan podpisanego planu, wersja {version.number}",
        case=plan.case, record=plan, url_name="plans:plan-view",
    )  # fmt: skip
    return made
