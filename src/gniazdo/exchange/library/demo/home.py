"""What the family card says of the demo families: homes and money, children at school, health, authority, ties, consents."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from gniazdo.access.rules import Actor
from gniazdo.exchange.library.demo import words
from gniazdo.exchange.library.demo.stage import Stage
from gniazdo.people.actions import (
    add_certificate,
    add_ecotie,
    add_institution_contact,
    add_need,
    add_past_event,
    add_schooling,
    give_consent,
    set_child_situation,
    set_finance,
    set_health,
    set_housing,
    set_kinship,
    set_life_situation,
    set_parental_authority,
    withdraw_consent,
)
from gniazdo.people.models import Person, Schooling


def set_ties(life: Stage, actor: Actor) -> None:
    """Who is whose parent, partner and grandmother."""
    parents, children = life.members(actor, "PARENT"), life.members(actor, "CHILD")
    for child in children:
        for parent in parents:
            set_kinship(actor, parent, second=child, kind="PARENT_BIO")
    mother = next((p for p in parents if p.sex == "F"), None)
    if mother is None:
        return
    for elder in life.members(actor, "GRANDPARENT"):
        if elder.born_on and mother.born_on and elder.born_on < mother.born_on - timedelta(days=15 * 365):
            set_kinship(actor, elder, second=mother, kind="PARENT_BIO")
    since = life.day - timedelta(days=life.own.randint(900, 4200))
    if len(parents) == 2:
        kind = life.own.choice(("MARRIAGE", "MARRIAGE", "COHABITATION"))
        set_kinship(actor, parents[0], second=parents[1], kind=kind, since=since)
        life.bond = "MARRIED" if kind == "MARRIAGE" else "SINGLE"
        if kind == "MARRIAGE" and life.own.random() < 0.25:
            set_kinship(actor, parents[0], second=parents[1], kind="DIVORCE", since=life.day - timedelta(days=400))
            life.bond = "DIVORCED"
    for partner in life.members(actor, "STEP")[:1]:
        set_kinship(actor, mother, second=partner, kind="COHABITATION", since=life.day - timedelta(days=500))


def describe(life: Stage, actor: Actor) -> None:
    """The family card as the social worker fills it in at the interview."""
    _money_and_walls(life, actor, better=False)
    _around(life, actor)
    parents = life.members(actor, "PARENT")
    for adult in life.members(actor, "PARENT", "STEP"):
        education, profession, workplace, income = life.own.choice(words.ADULTS)
        set_life_situation(
            actor, adult, on=life.day, today=life.day, marital_status=life.bond if adult in parents else "SINGLE", education=education, profession=profession,
            workplace=workplace, income_sources=income,
        )  # fmt: skip
    for child in life.members(actor, "CHILD"):
        if child.born_on is not None:
            _child(life, actor, child, parents)
    _consents(life, actor, parents[0])


def look_again(life: Stage, actor: Actor) -> None:
    """The card after months of work: a new school year, less debt."""
    _money_and_walls(life, actor, better=True)
    for child in life.members(actor, "CHILD"):
        _school(life, actor, child)


def _child(life: Stage, actor: Actor, child: Person, parents: list[Person]) -> None:
    r, day = life.own, life.day
    for parent in parents:
        _authority(life, actor, child, parent)
    single = len(parents) == 1 or life.bond == "DIVORCED"
    set_child_situation(
        actor, child, on=day, today=day, lives_where="z matką" if single else "z rodzicami",
        legal_situation="postępowanie opiekuńcze w toku" if life.fate == "court" else "",
        absent_parent=r.choice(words.ABSENT) if single else "", alimony_ordered=Decimal(500 + 50 * r.randint(0, 8)) if single else None,
        alimony_paid=r.choice(("YES", "PART", "NO")) if single else "", alimony_enforced=r.choice(("YES", "NO")) if single else "",
    )  # fmt: skip
    _school(life, actor, child)
    set_health(
        actor, child, on=day, today=day, doctor="lek. Alina Mazurowa, Przychodnia Rodzinna", dentist=r.choice(("", "", "gabinet szkolny")),
        vaccinations=r.choice(("zgodnie z kalendarzem", "zaległe: odra, świnka, różyczka")), illnesses=r.choice(words.ILLNESSES),
        treatment=r.choice(("", "", "kontrola co pół roku")),
    )  # fmt: skip
    if r.random() < 0.35:
        kind, note = r.choice(words.NEEDS)
        add_need(actor, child, kind=kind, note=note, since=day)
    if r.random() < 0.16 and child.born_on and (life.today - child.born_on).days < 14 * 365:
        issued = max(child.born_on or day, day - timedelta(days=r.randint(30, 300)))
        until = life.today + timedelta(days=r.choice((18, 40, 75, 200, 420)))
        add_certificate(
            actor, child, kind="CHILD", symbols=[r.choice(("01-U", "03-L", "06-E", "12-C"))],
            number=f"PZON.{r.randint(100, 900)}.{issued.year}", issued_on=issued, valid_until=until, point_7=True, point_8=r.random() < 0.7,
        )  # fmt: skip


def _authority(life: Stage, actor: Actor, child: Person, parent: Person) -> None:
    """Full from birth; a court that obliged the family limited it, and some fathers lost or suspended theirs."""
    born, r = child.born_on, life.own
    if born is None:
        return
    father = parent.sex == "M"
    if father and r.random() < 0.12:
        ruled = min(life.day, born + timedelta(days=r.randint(200, 900)))
        set_parental_authority(
            actor, child, parent=parent, kind=r.choice(("SUSPENDED", "REMOVED")), since=ruled, on=life.day, court=words.COURT,
            docket_number=f"III Nsm {r.randint(20, 300)}/{ruled.year % 100:02d}", ruled_on=ruled,
            limits="Ojciec nie brał udziału w leczeniu ani nauce dziecka, nie odbierał pism sądu.",
        )  # fmt: skip
        return
    set_parental_authority(actor, child, parent=parent, kind="FULL", since=born, on=life.day)
    ruled = life.day - timedelta(days=5)
    if life.fate == "court" and born < ruled:
        set_parental_authority(
            actor, child, parent=parent, kind="LIMITED", since=ruled, on=life.day, court=words.COURT,
            docket_number=f"III Nsm {life.case.number}/{life.day.year % 100}", ruled_on=ruled,
            limits="Nadzór kuratora i zobowiązanie do pracy z asystentem rodziny.",
        )  # fmt: skip


def _school(life: Stage, actor: Actor, child: Person) -> None:
    if child.born_on is None:
        return
    opened = date(life.day.year - (life.day.month < 9), 9, 1)
    age = opened.year - child.born_on.year
    since = max(opened, child.born_on + timedelta(days=1))
    if since > life.day or Schooling.objects.for_actor(actor).filter(person=child, since__gte=since).exists():
        return
    stage, school, class_name = words.school_of(age)
    add_schooling(
        actor, child, since=since, stage=stage, school=f"{school}, {life.office.place.town}" if school else "",
        class_name=class_name,
    )  # fmt: skip


def _money_and_walls(life: Stage, actor: Actor, *, better: bool) -> None:
    r, day = life.own, life.day
    arrears = Decimal(r.choice((0, 0, 850, 1400, 2600, 4200)))
    set_housing(
        actor, life.family, on=day, today=day, title=r.choice(("COMMUNE", "COMMUNE", "RENT", "OWN", "SOCIAL", "FAMILY")), rooms=r.randint(1, 4),
        area=Decimal(r.randint(28, 74)), heating=r.choice(("piec na węgiel", "miejskie", "piec kaflowy", "gazowe")), water="YES",
        bathroom=r.choice(("YES", "YES", "NO")), state="GOOD" if better else r.choice(("FAIR", "BAD", "GOOD")),
        rent_arrears=arrears / 2 if better else arrears, child_bed="YES" if better else r.choice(("YES", "NO", "PART")), child_desk=r.choice(("YES", "NO", "PART")),
        note="Odświeżono pokój dzieci." if better else r.choice(("", "Wilgoć na ścianie w kuchni.", "Dzieci śpią z rodzicami w jednym pokoju.")),
    )  # fmt: skip
    work = Decimal(r.choice((0, 0, 1800, 3200, 3900)))
    set_finance(
        actor, life.family, on=day, today=day, income_work=work, income_benefits=Decimal(800 * len(life.members(actor, "CHILD"))),
        income_alimony=Decimal(r.choice((0, 500, 700))), benefits="świadczenie wychowawcze, zasiłek rodzinny",
        expenses=Decimal(r.randint(24, 46) * 100), debts=arrears * 2, debts_note="spółdzielnia, dostawca prądu" if arrears else "",
        bailiff=r.choice(("NO", "NO", "YES")) if arrears else "NO",
    )  # fmt: skip


def _around(life: Stage, actor: Actor) -> None:
    """Schools, clinics and neighbours: who is involved and how close; what happened before this file."""
    r = life.own
    involved = list(words.INVOLVED[:1]) + r.sample(words.INVOLVED[1:], 1)
    if life.fate == "court":
        involved.append(words.PROBATION)
    for name, person, phone, matter in involved:
        add_institution_contact(
            actor, life.family, name=name, contact_person=person, phone=phone, matter=matter, since=life.day
        )
    for party, kind, strength, direction in r.sample(words.TIES, r.randint(3, 5)):
        add_ecotie(actor, life.family, since=life.day, party=party, kind=kind, strength=strength, direction=direction)
    if r.random() < 0.35:
        kind, text = r.choice(words.PAST)
        began = life.day - timedelta(days=r.randint(900, 2600))
        add_past_event(actor, life.family, kind=kind, words=text, since=began, until=began + timedelta(days=300))


def _consents(life: Stage, actor: Actor, parent: Person) -> None:
    """Given at the interview; some are taken back later, when the school year or the trust is over."""
    r, day = life.own, life.day
    give_consent(
        actor, life.family, person=parent, kind="EXCHANGE", given_on=day, today=day,
        scope=f"Szkoła Podstawowa nr 2, {life.office.place.town}; Przychodnia Rodzinna",
        valid_until=date(life.today.year + (life.today.month > 6), 8, 31),
    )  # fmt: skip
    phone = give_consent(
        actor, life.family, person=parent, kind=r.choice(("PHONE", "PHONE", "EMAIL")), given_on=day, today=day
    )
    if r.random() < 0.3:
        image = give_consent(
            actor,
            life.family,
            person=parent,
            kind="IMAGE",
            given_on=day,
            today=day,
            scope="zdjęcia z pikniku rodzinnego",
        )
        later = day + timedelta(days=60)
        if later < life.today:
            with life.acting(life.social, day=later) as then:
                withdraw_consent(then, image if r.random() < 0.6 else phone, on=later)
