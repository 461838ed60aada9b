"""The plan's screens: editor, version, moves, signatures, print."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Refusal
from gniazdo.papers.models import Draft, StoredFile
from gniazdo.plans.actions.approval import agree, attach_plan_scan, submit_for_approval
from gniazdo.plans.actions.drafting import new_version
from gniazdo.plans.models import Goal, GoalAttainment, Plan, PlanSignature, PlanVersion, Progress
from gniazdo.plans.queries import content_of
from gniazdo.plans.tests.factories import make_draft, make_plan_in_force


@pytest.fixture
def browser(client_of, case):
    return client_of("anna")


GOAL = {
    "main_goal": "Dzieci w domu", "since": "2026-11-01", "until": "2027-04-30", "g0-wording": "Szkoła na czas",
    "g0-area": "SCHOOL", "g0-priority": "1", "g0-t0-description": "Budzik", "g0-t0-doer": "FAMILY", "g0-t0-frequency": "codziennie",
    "g0-t1-description": "", "g0-e0-indicator": "Mniej spóźnień", "g1-wording": "", "g1-family_words": "",
}  # fmt: skip


def test_a_plan_is_begun_written_and_agreed(browser, case, cast):
    page = browser.get(reverse("plans:plan-case", args=[case.pk]))
    assert "Rozpocznij plan" in page.content.decode()
    browser.post(reverse("plans:plan-case", args=[case.pk]))
    plan = Plan.objects.system().get()
    version = PlanVersion.objects.system().get()
    edit = reverse("plans:plan-edit", args=[plan.pk])
    assert browser.get(edit).status_code == 200
    response = browser.post(edit, {**GOAL, "rev": version.rev, "do": "done"})
    assert response.url.startswith(reverse("plans:plan-view", args=[plan.pk]))
    (goal,) = content_of(PlanVersion.objects.system().get()).goals
    assert (goal.wording, len(goal.tasks), len(goal.effects)) == ("Szkoła na czas", 1, 1)
    browser.post(reverse("plans:version-agree", args=[version.pk]), {"on": "2026-11-18"})
    assert PlanVersion.objects.system().get().status == "agreed"


def test_rows_are_kept_changed_and_removed_by_their_root(browser, case, cast, anna):
    version = make_draft(anna, case, on=cast.today)
    first, second = content_of(version).goals
    data = {
        **GOAL, "rev": version.rev, "g0-root": first.root, "g0-t0-root": first.tasks[0].root, "g1-root": second.root,
        "g1-wording": second.wording, "g1-remove": "1",
    }  # fmt: skip
    browser.post(reverse("plans:plan-edit", args=[version.plan_id]), data)
    goal = Goal.objects.system().get()
    assert (str(goal.root), goal.wording) == (first.root, "Szkoła na czas")


def test_two_writers_see_both_texts(browser, case, cast, anna):
    version = make_draft(anna, case, on=cast.today)
    response = browser.post(reverse("plans:plan-edit", args=[version.plan_id]), {**GOAL, "rev": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Dzieci w domu" in page
    assert version.main_goal in page


def test_a_refused_save_keeps_what_was_typed(browser, case, cast, anna):
    version = make_draft(anna, case, on=cast.today)
    page = browser.post(
        reverse("plans:plan-edit", args=[version.plan_id]), {**GOAL, "rev": version.rev, "until": "2026-10-01"}
    ).content.decode()  # fmt: skip
    assert "po jego początku" in page
    assert "Szkoła na czas" in page


def test_the_draft_is_kept_while_it_is_written(browser, case, cast, anna):
    version = make_draft(anna, case, on=cast.today)
    assert browser.post(reverse("plans:plan-draft", args=[version.pk]), {**GOAL, "rev": version.rev}).status_code == 200
    edit = reverse("plans:plan-edit", args=[version.plan_id])
    assert "Szkoła na czas" in browser.get(edit).content.decode()
    browser.post(edit, {**GOAL, "rev": version.rev})
    assert not Draft.objects.system().exists()


def test_a_version_shows_gaps_progress_and_signatures(browser, client_of, case, cast, anna):
    version = make_plan_in_force(anna, case, on=cast.today)
    view = reverse("plans:plan-view", args=[version.plan_id])
    goal = version.goals.order_by("order")[0]
    browser.post(
        reverse("plans:progress-new", args=[version.plan_id, goal.root]), {"on": "2026-11-18", "state": "IN_PROGRESS"}
    )
    browser.post(
        reverse("plans:attainment-new", args=[version.plan_id, goal.root]), {"on": "2026-11-18", "degree": "60"}
    )
    browser.post(
        reverse("plans:signature-new", args=[version.pk]),
        {"signer": "FAMILY", "name": "Ewa Testowi", "on": "2026-11-18"},
    )
    assert (
        Progress.objects.system().count(),
        GoalAttainment.objects.system().count(),
        PlanSignature.objects.system().count(),
    ) == (1, 1, 1)
    page = browser.get(view).content.decode()
    assert "60 %" in page
    assert "Ewa Testowi" in page
    empty = browser.post(reverse("plans:version-new", args=[version.plan_id]), {"reason": ""})
    assert empty.status_code == 200
    browser.post(reverse("plans:version-new", args=[version.plan_id]), {"reason": "Zmiana szkoły"})
    assert "Wersja 2" in browser.get(view + "?wersja=2").content.decode()
    assert client_of("maria").get(view).status_code == 200


def test_prints_in_time(browser, case, cast, anna):
    version = make_plan_in_force(anna, case, on=cast.today)
    assert browser.get(reverse("plans:plan-print", args=[version.plan_id])).content.startswith(b"%PDF")
    assert browser.get(reverse("plans:plan-blank", args=["FAMILY"])).content.startswith(b"%PDF")
    assert browser.get(reverse("plans:plan-blank", args=["CZARY"])).status_code == 404


def test_the_manager_approves_from_the_list(browser, client_of, case, cast, anna):
    version = agree(anna, make_draft(anna, case, on=cast.today), on=cast.today, today=cast.today)
    submit_for_approval(anna, version, on=cast.today)
    maria = client_of("maria")
    assert "Testowi" in maria.get(reverse("plans:approval-list")).content.decode()
    with system_act("test"):
        case.state = "PLANNED"
        case.save()
    maria.post(reverse("assistance:plan-move", args=[version.pk]), {"do": "return", "reason": ""})
    assert PlanVersion.objects.system().get().status == "submitted"


@pytest.mark.parametrize("name", ["olga", "adam"])
def test_strangers_find_nothing(client_of, case, cast, anna, name):
    version = make_plan_in_force(anna, case, on=cast.today)
    client = client_of(name)
    for url in (
        reverse("plans:plan-case", args=[case.pk]), reverse("plans:plan-view", args=[version.plan_id]),
        reverse("plans:plan-edit", args=[version.plan_id]), reverse("plans:plan-print", args=[version.plan_id]),
    ):  # fmt: skip
        assert client.get(url).status_code == 404, url
    for url in (reverse("plans:version-agree", args=[version.pk]), reverse("plans:signature-new", args=[version.pk])):
        assert client.post(url, {}).status_code == 404, url


def pdf_of(name="plan.pdf", content=b"%PDF-1.7\n1 0 obj <<>>"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_the_scan_of_the_signed_version_stays_with_it_and_is_served_through_the_guard(
    browser, client_of, case, cast, anna, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    version = make_plan_in_force(anna, case, on=cast.today)
    url, view = reverse("plans:scan-new", args=[version.pk]), reverse("plans:plan-view", args=[version.plan_id])
    refused = browser.post(url, {"file": pdf_of(content=b"MZ program")})
    assert refused.status_code == 200
    assert not StoredFile.objects.system().exists()
    done = browser.post(url, {"file": pdf_of()})
    assert done["Location"] == f"{view}?wersja=1"
    kept = StoredFile.objects.system().get()
    assert (kept.is_signed_scan, kept.case_id, kept.question) == (True, case.pk, f"plan:{version.pk}")
    served = reverse("papers:file-view", args=[kept.pk])
    assert served in browser.get(view).content.decode()
    answer = browser.get(served)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert (client_of("olga").get(served).status_code, client_of("adam").get(served).status_code) == (404, 404)
    assert client_of("olga").post(url, {"file": pdf_of()}).status_code == 404
    assert JournalEntry.objects.filter(code="plans.version.scan").exists()
    new_version(anna, version.plan, reason="Zmiana szkoły", on=cast.today)
    assert served not in browser.get(f"{view}?wersja=2").content.decode()
    with pytest.raises(Refusal, match="nie szkic"):
        attach_plan_scan(
            anna, PlanVersion.objects.system().get(number=2), content=b"%PDF-1.7", name="a.pdf", on=cast.today
        )
