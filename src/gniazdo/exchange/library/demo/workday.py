"""Today at the first office: what lies unfinished on desks, who is away, what the institution set up for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from gniazdo.assistance.actions.assessment import edit_assessment, start_assessment
from gniazdo.assistance.actions.court import request_information
from gniazdo.assistance.actions.visit import DRAFT as VISIT
from gniazdo.assistance.actions.visit import FIELDS, VisitEntry, correct_visit, record_note
from gniazdo.assistance.models import Visit
from gniazdo.deadlines.actions import extend_deadline, open_calendar, tell_due
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.deadlines.queries import DEADLINES, untold
from gniazdo.exchange.actions import begin_import, carry_out, map_columns, start_import
from gniazdo.exchange.library.demo import post_room
from gniazdo.exchange.library.demo.county import Office
from gniazdo.exchange.library.demo.invent import Inventor
from gniazdo.exchange.library.demo.life import Life
from gniazdo.exchange.library.demo.stage import working_before
from gniazdo.exchange.library.demo.workbooks import family_per_row, repeated_with_errors
from gniazdo.kernel import clock
from gniazdo.orgs.actions.absences import record_absence, start_substitution
from gniazdo.orgs.actions.institution import set_parameter
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for, system_actor
from gniazdo.papers.actions import (
    add_local_question,
    hide_word,
    register_letter,
    save_draft,
    save_sheet,
    set_wording,
    start_sheet,
    void_letter,
    write_letter,
)
from gniazdo.papers.rules import LETTERS
from gniazdo.people.actions import merge_persons, register_person
from gniazdo.people.models import Person
from gniazdo.people.queries import proof_of_search

ORDER = "Zarządzenie kierownika nr 4/{year}"


def furnish(office: Office, *, since: date) -> None:
    """What the head decided when the system was introduced: settings, own questions, wording, words not used here."""
    with clock.stopped(since):
        head = actor_for(office.boss().user, on=since, post_id=office.boss().pk)
        assert head is not None
        said = ORDER.format(year=since.year)
        set_parameter(head, None, code="assistance.approval_days", text="7", since=since, decided_by=said)
        set_parameter(head, None, code="assistance.contact_gap_days", text="21", since=since, decided_by=said)
        add_local_question(
            head, None, sheet="assistance.contract", section="terms", kind="choice", label="Rejon rodziny", on=since,
            options=["miasto", "wsie północne", "wsie południowe"],
        )  # fmt: skip
        hide_word(head, None, list_id="assistance.place", code="ONLINE")
        body = "\n\n".join(LETTERS["assistance.referral_answer"].body) + "\n\nDziękujemy za troskę o rodzinę."
        set_wording(head, None, code="assistance.referral_answer", body=body, on=since)


def lie_unfinished(office: Office, lives: list[Life], *, today: date) -> None:
    """What was left on the desks yesterday: drafts, letters, requests, each assistant's own; then the head's matters."""
    eve = working_before(today)
    at_work = [life for life in lives if life.case.state == "ACTIVE"]
    mine: dict[Any, list[Life]] = {}
    for life in at_work:
        life.day = eve
        mine.setdefault(life.assistant.pk, []).append(life)
    for own in mine.values():
        for n, leave in enumerate(_desk()):
            leave(own[n % len(own)], eve)
    _away(office, today)
    _twice(office, lives, eve)


def _desk() -> tuple[Callable[[Life, date], None], ...]:
    return (_half_visit, _half_assessment, _half_contract, _letters, _asked, _corrected, _later)


def _half_visit(life: Life, today: date) -> None:
    with life.acting(life.assistant, 8) as actor:
        record_note(actor, life.case, text="Zadzwonić do pedagoga w sprawie świetlicy.", at=clock.now(), today=today)
        save_draft(
            actor, None, form=VISIT, key=str(life.case.pk), subject_id=life.family.pk, label=f"Wizyta: {life.family.name}",
            resume_url=reverse("assistance:visit-new", args=[life.case.pk]), at=clock.now(),
            data={"topic": "Poranki i szkoła", "course": "Rozmawialiśmy o tym, kto odprowadza dzieci. Ustaliliśmy, że",
                  "minutes": "60", "kind": "PLANNED", "place": "HOME",
                  "on": today.isoformat(), "starts": "15:00",
                  "present": [str(p.pk) for p in life.members(actor, "PARENT", "CHILD")[:2]]},
        )  # fmt: skip


def _half_assessment(life: Life, today: date) -> None:
    with life.acting(life.assistant, 8) as actor:
        draft = start_assessment(actor, life.case, on=today)
        written = replace(life.judged(actor, draft), conclusion="", texts={})
        edit_assessment(actor, draft, today=today, rev=draft.rev, written=written)


def _half_contract(life: Life, today: date) -> None:
    with life.acting(life.assistant, 9) as actor:
        record = start_sheet(actor, life.case, code="assistance.contract", on=today)
        save_sheet(actor, record, answers={**record.answers, "frequency": "raz w tygodniu"}, rev=record.rev)


def _letters(life: Life, today: date) -> None:
    """One letter as a draft, one waiting to be sent, one cancelled, one on its way."""
    with life.acting(life.office.boss()) as boss:
        write_letter(boss, life.case, code="assistance.court_notice", on=today, fields={"court": "w Gawronicach"})
        waiting = write_letter(boss, life.case, code="assistance.referral_answer", on=today)
        wrong = write_letter(
            boss, life.case, code="assistance.information_request", on=today, recipient="Przedszkole „Pod Lipą”",
            fields={"institution": "Przedszkole „Pod Lipą”", "asked": "Czy dziecko uczęszcza do przedszkola?"},
        )  # fmt: skip
        void_letter(boss, wrong, reason="Napisano do niewłaściwej szkoły.")
    with life.acting(life.clerk, 10) as clerk:
        register_letter(clerk, waiting, on=today)
    post_room.send(life, "assistance.assignment", channel="registered", arrives=5)


def _asked(life: Life, today: date) -> None:
    """A school asks us; the answer is due within seven days."""
    life.day = today - timedelta(days=2)
    with life.acting(life.clerk) as clerk:
        request_information(
            clerk, life.family, direction="IN", institution="Poradnia Psychologiczno-Pedagogiczna", person="dr Anna Olszynka",
            asked="Czy rodzina korzysta ze wsparcia asystenta i od kiedy?", on=life.day, today=life.day,
        )  # fmt: skip
    life.day = today


def _corrected(life: Life, today: date) -> None:
    """A visit put right the day after, with the reason."""
    with life.acting(life.assistant, 15) as actor:
        visits = Visit.objects.for_actor(actor).filter(case=life.case, post=life.assistant).exclude(course="")
        visit = visits.order_by("-on", "-pk").first()
        if visit is None:
            return
        kept = {name: getattr(visit, name) for name in FIELDS}
        entry = VisitEntry(**{**kept, "observation": f"{visit.observation} Dziecko wróciło już do szkoły."})
        correct_visit(actor, visit, entry=entry, reason="Dopisano informację ze szkoły.", today=today, rev=visit.rev)


def _later(life: Life, today: date) -> None:
    """One due day moved, with the reason."""
    rows = DeadlineRow.objects.system().filter(family=life.family, fulfilled_on=None, due_on__gte=life.today)
    with life.acting(life.leader) as leader:
        for row in rows.order_by("due_on", "pk"):
            if DEADLINES[row.declaration].extendable:
                extend_deadline(
                    leader,
                    row,
                    to=row.due_on + timedelta(days=10),
                    on=today,
                    reason="Matka jest w szpitalu do końca tygodnia.",
                )
                return


def _away(office: Office, today: date) -> None:
    """Leave with somebody standing in, a training ahead, an illness that is over."""
    posts, head = office.with_role("assistant"), office.boss()
    with clock.stopped(clock.moment(today, 8)):
        actor = actor_for(head.user, on=today, post_id=head.pk)
        assert actor is not None
        until = today + timedelta(days=6)
        if len(posts) > 2:
            record_absence(actor, posts[1], kind="LEAVE", since=today - timedelta(days=2), until=until)
            start_substitution(
                actor, posts[1], stand_in=posts[2], since=today - timedelta(days=2), until=until, reason="urlop wypoczynkowy",
                handover="Rodziny uprzedzone. Pilne: zebranie w szkole w czwartek, klucze do szafy w sekretariacie.",
            )  # fmt: skip
            record_absence(
                actor, posts[2], kind="SICK", since=today - timedelta(days=70), until=today - timedelta(days=61)
            )
            day = today + timedelta(days=9)
            record_absence(actor, posts[0], kind="TRAINING", since=day, until=day + timedelta(days=1))


def _twice(office: Office, lives: list[Life], today: date) -> None:
    """The same woman written in twice by the secretariat: one pair already joined, another still to be looked at."""
    clerk, head = (office.with_role("secretary") or [office.boss()])[0], office.boss()
    with clock.stopped(clock.moment(today, 8)):
        desk, boss = actor_for(clerk.user, on=today, post_id=clerk.pk), actor_for(head.user, on=today, post_id=head.pk)
        assert desk is not None
        assert boss is not None
        doubles = []
        for life in lives[:2]:
            seen = life.invented.people[0]
            fields = {
                "first_name": seen.first_name,
                "last_name": seen.last_name,
                "born_on": seen.born_on,
                "sex": seen.sex,
            }
            reason = "podano bez numeru PESEL, do sprawdzenia"
            proof = proof_of_search(desk, fields)
            doubles.append(
                (register_person(desk, None, on=today, seen=proof, not_duplicate_reason=reason, **fields), seen)
            )
        if doubles:
            lost, seen = doubles[0]
            kept = Person.objects.for_actor(boss).get(pesel=seen.pesel)
            merge_persons(boss, kept, lost=lost, reason="Ta sama osoba: zgadza się data urodzenia i adres.", on=today)


def bring_in(office: Office, inventor: Inventor, *, today: date) -> None:
    """The old card index comes in from a spreadsheet: one file read in a week ago, another waiting for the head."""
    place, head, on = office.place, office.boss(), today - timedelta(days=7)
    families = [inventor.family(on, place.town, place.postal_code) for _n in range(12)]
    for day, name, content, whole in (
        (on, "stara kartoteka.csv", family_per_row(families[:3]), True),
        (today, "lista z sekretariatu.csv", repeated_with_errors(families[3:]), False),
    ):
        with clock.stopped(clock.moment(day, 12)):
            actor = actor_for(head.user, on=day, post_id=head.pk)
            assert actor is not None
            run = start_import(actor, None, file_name=name, content=content)
            run = map_columns(
                actor, run, columns=run.mapping["columns"], last_first=run.mapping["last_first"], on=day,
                save_as="Kartoteka asystentów" if whole else "",
            )  # fmt: skip
            if whole:
                carry_out(actor, begin_import(actor, run), on=day)


def tell_everyone(offices: list[Office], *, today: date) -> None:
    """What the night's job says in the application to everybody; one worker has her calendar on the phone."""
    with clock.stopped(clock.moment(today, 4)):
        for office in offices:
            for post in office.posts.values():
                _tell(post, today)
        beata = next((p for o in offices for login, p in o.posts.items() if login == "beata"), None)
        if beata is not None:
            actor = actor_for(beata.user, on=today, post_id=beata.pk)
            assert actor is not None
            open_calendar(actor, None, on=today - timedelta(days=30))


def _tell(post: Post, today: date) -> None:
    actor = actor_for(post.user, on=today, post_id=post.pk)
    if actor is not None and (actor.subject_ids or actor.has_role("manager", "dpo")):
        found = untold(actor, on=today)
        if found:
            tell_due(system_actor(post.institution), post, found=found, on=today)
