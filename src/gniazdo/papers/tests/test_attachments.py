"""Files that answer a question of a sheet; files nobody names any more."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed
from gniazdo.kernel import clock
from gniazdo.kernel.catalogue import BadDeclaration
from gniazdo.orgs.queries import system_actor
from gniazdo.papers import actions
from gniazdo.papers.models import SheetRecord, StoredFile
from gniazdo.papers.queries import path_of, sheet_pdf
from gniazdo.papers.rules import Attachment, Repeat, Section, Sheet
from gniazdo.papers.tasks import sweep_unreferenced_files
from gniazdo.papers.tests.factories import draft_of
from gniazdo.papers.tests.test_pages import form_of
from gniazdo.papers.tests.test_print import read


@pytest.fixture(autouse=True)
def files_in(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def scan(name="skan.pdf", content=b"%PDF-1.7 tekst"):
    return SimpleUploadedFile(name, content)


def saved(record):
    return SheetRecord.objects.system().get(pk=record.pk)


def post(client, record, do="save", **fields):
    url = reverse("papers:sheet-edit", args=[record.pk])
    return client.post(url, form_of(saved(record), do=do, **fields))


class TestEditScreen:
    def test_a_chosen_file_answers_the_question_and_is_printed(self, cast, client_of):
        record, client = draft_of(cast), client_of("anna")
        assert post(client, record, do="at-f-proof", proof__file=scan())["Location"].endswith("#f-proof")
        stored = StoredFile.objects.system().get()
        assert (stored.question, stored.sheet_id, len(stored.sha256)) == ("proof", record.pk, 64)
        assert saved(record).answers["proof"] == [str(stored.pk)]
        page = client.get(reverse("papers:sheet-edit", args=[record.pk])).content.decode()
        assert reverse("papers:file-view", args=[stored.pk]) in page
        assert "multipart/form-data" in page
        text, _reader = read(sheet_pdf(saved(record)))
        assert text.count("skan.pdf") == 2  # the answer and the list of attachments

    def test_validation_errors_and_autosave_lose_nothing(self, cast, client_of):
        record, client = draft_of(cast), client_of("anna")
        page = post(client, record, do="final", course="", proof__file=scan())
        assert page.status_code == 422
        assert "skan.pdf" in page.content.decode()
        answers = saved(record).answers["proof"]
        autosave = reverse("papers:sheet-autosave", args=[record.pk])
        assert client.post(autosave, form_of(saved(record), proof__drop=answers)).status_code == 200
        assert saved(record).answers["proof"] == answers

    def test_a_refused_file_is_told_and_the_rest_is_saved(self, cast, client_of):
        record = draft_of(cast)
        page = post(client_of("anna"), record, do="final", subject="Nowy", proof__file=scan("wirus.pdf", b"MZ\x00\x01"))
        assert page.status_code == 422
        assert "nie można dołączać" in page.content.decode()
        assert (saved(record).answers["subject"], saved(record).status) == ("Nowy", "draft")
        assert "proof" not in saved(record).answers

    def test_replacing_takes_the_old_file_away(self, cast, client_of):
        record, client = draft_of(cast), client_of("anna")
        post(client, record, proof__file=scan())
        old = StoredFile.objects.system().get()
        post(client, record, proof__drop=str(old.pk), proof__file=scan("nowy.pdf"))
        new = StoredFile.objects.system().get(original_name="nowy.pdf")
        assert saved(record).answers["proof"] == [str(new.pk)]
        assert StoredFile.objects.system().get(pk=old.pk).removed_on == cast.today

    def test_what_a_finished_revision_named_is_kept(self, cast, client_of):
        record, client = draft_of(cast), client_of("anna")
        post(client, record, do="final", proof__file=scan())
        stored = StoredFile.objects.system().get()
        actions.reopen_sheet(cast.actor("anna"), saved(record))
        post(client, record, proof__drop=str(stored.pk))
        assert "proof" not in saved(record).answers
        assert StoredFile.objects.system().get().removed_on is None
        assert record.revisions.get().answers["proof"] == [str(stored.pk)]

    def test_a_lost_race_keeps_the_file(self, cast, client_of):
        record, client = draft_of(cast), client_of("anna")
        stale = form_of(record, do="save", subject="Anny", proof__file=scan())
        post(client_of("maria"), record, subject="Marii")
        url = reverse("papers:sheet-edit", args=[record.pk])
        assert client.post(url, stale)["Location"] == reverse("papers:sheet-compare", args=[record.pk])
        assert StoredFile.objects.system().get().sheet_id == record.pk

    def test_strangers_attach_nothing(self, cast, client_of):
        record = draft_of(cast)
        for name in ("adam", "olga"):
            assert post(client_of(name), record, proof__file=scan()).status_code == 404
        assert not StoredFile.objects.system().exists()

    def test_files_are_not_asked_in_repeated_sections(self):
        with pytest.raises(BadDeclaration, match="repeated section"):
            Sheet("test.bad", 1, "Zła", sections=(Section("a", "A", (Attachment("f", "F"),), repeat=Repeat("A")),))


class TestSweep:
    def old(self, path):
        os.utime(path, (datetime(2026, 11, 1, tzinfo=UTC).timestamp(),) * 2)
        return path

    def test_files_no_row_names_are_removed_after_a_day(self, cast, tmp_path):
        record = draft_of(cast)
        kept = actions.attach_file(cast.actor("anna"), record, content=b"%PDF-1.7", name="a.pdf", on=cast.today)
        self.old(path_of(kept.path))
        folder = tmp_path / str(cast.institution.pk)
        lost, fresh, other = folder / "lost", folder / "fresh", tmp_path / "obce"
        for one in (lost, fresh, other):
            one.write_bytes(b"x")
        self.old(lost)
        self.old(other)
        os.utime(fresh, (clock.now().timestamp(),) * 2)
        assert sweep_unreferenced_files.func() == 1
        assert sorted(p.name for p in folder.iterdir()) == sorted(["fresh", path_of(kept.path).name])
        assert other.exists()
        assert JournalEntry.objects.filter(code="papers.file.sweep", outcome="done").exists()

    def test_a_removed_attachment_stays_on_disk(self, cast):
        record = draft_of(cast)
        anna = cast.actor("anna")
        stored = actions.attach_file(anna, record, content=b"%PDF-1.7", name="a.pdf", on=cast.today)
        actions.remove_file(anna, stored, on=cast.today)
        self.old(path_of(stored.path))
        assert actions.sweep_files(system_actor(cast.institution), None, now=clock.now()) == 0

    @pytest.mark.parametrize("name", ["anna", "maria", "artur"])
    def test_nobody_sweeps_by_hand(self, cast, name):
        with pytest.raises(NotAllowed):
            actions.sweep_files(cast.actor(name), None, now=clock.now())

    def test_a_row_that_cannot_be_saved_leaves_no_file(self, cast, tmp_path, monkeypatch):
        def broken(self):
            raise IntegrityError("CHECK constraint failed")

        record = draft_of(cast)
        monkeypatch.setattr(StoredFile, "save", broken)
        with pytest.raises(IntegrityError):
            actions.attach_file(cast.actor("anna"), record, content=b"%PDF-1.7", name="a.pdf", on=cast.today)
        assert not [one for one in tmp_path.rglob("*") if one.is_file()]
