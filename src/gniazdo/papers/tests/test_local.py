"""What an institution fits to itself: questions, hidden words, wordings, Word templates; who may, and what it changes in print."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, Refusal
from gniazdo.kernel.vocab import Word, WordList
from gniazdo.papers import actions
from gniazdo.papers.models import HiddenWord, LocalQuestion, LocalTemplate
from gniazdo.papers.queries import blank_pdf, path_of, sheet_pdf, wording
from gniazdo.papers.rules import LETTERS, SHEETS, asked_by_law
from gniazdo.papers.tests.factories import case_of, draft_of

SHEET = "/pisma/ustawienia/karta/test.demo/"


@pytest.fixture(autouse=True)
def files_in(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def docx(text: str) -> bytes:
    paper, out = Document(), io.BytesIO()
    paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def written(cast):
    case = case_of(cast)
    return actions.write_letter(cast.actor("anna"), case, code="test.note", on=cast.today)


def ask(cast, **given):
    fields = {"section": "basics", "kind": "text", "label": "Numer teczki papierowej", "on": cast.today, **given}
    return actions.add_local_question(cast.actor("maria"), None, sheet="test.demo", **fields)


def question(cast, client, **given):
    fields = {
        "do": "ask",
        "section": "basics",
        "kind": "text",
        "label": "Numer teczki papierowej",
        "since": cast.today,
        **given,
    }
    return client.post(SHEET, fields)


class TestQuestions:
    def test_an_added_question_is_asked_on_screen_in_print_and_on_the_blank_print(self, cast, client_of):
        assert question(cast, client_of("maria"))["Location"] == SHEET
        record = draft_of(cast)
        page = client_of("anna").get(reverse("papers:sheet-edit", args=[record.pk])).content.decode()
        assert "Numer teczki papierowej" in page
        record = actions.save_sheet(
            cast.actor("anna"), record, answers={**record.answers, "local_1": "T-77"}, rev=record.rev
        )
        assert "T-77" in text_of(sheet_pdf(record))
        assert "Numer teczki papierowej" in text_of(
            blank_pdf(cast.institution, SHEETS[("test.demo", 1)], on=cast.today)
        )
        entry = JournalEntry.objects.get(code="papers.local.ask", outcome="done")
        assert entry.changes["label"][1] == "Numer teczki papierowej"

    @pytest.mark.parametrize(("given", "sentence"), [
        ({"kind": "choice", "options": "jedna"}, "co najmniej dwie"),
        ({"label": " "}, "To pole jest wymagane"),
        ({"since": "2026-11-01"}, "najwcześniej od dziś"),
        ({"section": "nieznana"}, "pozycję z listy"),
    ])  # fmt: skip
    def test_a_wrong_question_is_told_and_nothing_typed_is_lost(self, cast, client_of, given, sentence):
        page = question(cast, client_of("maria"), help="Zostaje", **given)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert "Zostaje" in page.content.decode()
        assert not LocalQuestion.objects.system().exists()

    def test_questions_change_places(self, cast, client_of):
        first, second = ask(cast), ask(cast, label="Drugie")
        client_of("maria").post(SHEET, {"do": "up", "question": second.pk})
        order = LocalQuestion.objects.system().order_by("position").values_list("label", flat=True)
        assert list(order) == ["Drugie", first.label]
        actions.move_local_question(cast.actor("maria"), first, up=False)
        assert list(order.all()) == ["Drugie", first.label]

    def test_a_withdrawn_question_stays_in_sheets_begun_before(self, cast, client_of):
        row, record = ask(cast), draft_of(cast)
        too_soon = client_of("maria").post(SHEET, {"do": "retire", "question": row.pk, "until": cast.today})
        assert (too_soon.status_code, "najwcześniej od jutra" in too_soon.content.decode()) == (422, True)
        tomorrow = cast.today + timedelta(days=1)
        client_of("maria").post(SHEET, {"do": "retire", "question": row.pk, "until": tomorrow})
        assert row.label in text_of(sheet_pdf(record))
        assert row.label not in text_of(blank_pdf(cast.institution, SHEETS[("test.demo", 1)], on=tomorrow))
        assert row.label in client_of("maria").get(SHEET).content.decode()


class TestWords:
    URL = "/pisma/ustawienia/slowa/test.causes/"

    def test_a_hidden_word_is_not_offered_and_can_come_back(self, cast, client_of):
        client = client_of("artur")
        client.post(self.URL, {"do": "hide", "word": "C"})
        record = draft_of(cast)
        edit = reverse("papers:sheet-edit", args=[record.pk])
        assert "choroba" not in client_of("anna").get(edit).content.decode()
        assert "choroba" not in text_of(blank_pdf(cast.institution, SHEETS[("test.demo", 1)]))
        assert "choroba" in client.get(self.URL).content.decode()
        client.post(self.URL, {"do": "show", "word": "C"})
        assert "choroba" in client_of("anna").get(edit).content.decode()

    def test_a_chosen_word_still_shows(self, cast, client_of):
        record = draft_of(cast, cause="C")
        actions.hide_word(cast.actor("maria"), None, list_id="test.causes", code="C")
        assert "choroba" in client_of("anna").get(reverse("papers:sheet-edit", args=[record.pk])).content.decode()

    def test_one_word_stays_and_an_unknown_one_is_refused(self, cast):
        maria = cast.actor("maria")
        actions.hide_word(maria, None, list_id="test.causes", code="A")
        actions.hide_word(maria, None, list_id="test.causes", code="B")
        with pytest.raises(Refusal, match="co najmniej jedno"):
            actions.hide_word(maria, None, list_id="test.causes", code="C")
        with pytest.raises(Refusal, match="Nie ma takiego słowa"):
            actions.hide_word(maria, None, list_id="test.causes", code="X")

    def test_a_word_of_the_law_cannot_be_hidden(self, cast):
        with pytest.raises(Refusal, match="wymaga go przepis"):
            actions.hide_word(cast.actor("maria"), None, list_id="assistance.activity", code="PLAN")
        assert not HiddenWord.objects.system().exists()

    @pytest.mark.parametrize(("source", "of_list", "law"), [
        ("uwrspz art. 14", "", True), ("praktyka 3.4", "uwrspz art. 15 ust. 1", False), ("", "§ 3 rozporządzenia", True), ("", "", False),
    ])  # fmt: skip
    def test_what_the_law_asks(self, source, of_list, law):
        words = WordList.__new__(WordList)
        words.id, words.label, words.source, words._words = "x", "X", of_list, {"A": Word("A", "a", source)}
        assert asked_by_law(words, "A") is law


class TestWording:
    URL = "/pisma/ustawienia/pismo/test.note/"

    def test_own_words_go_into_new_letters_and_back(self, cast, client_of):
        client = client_of("maria")
        client.post(self.URL, {"do": "save", "body": "Szanowni Państwo,\r\n\r\nsprawa {mark}."})
        letter = written(cast)
        assert letter.body == f"Szanowni Państwo,\n\nsprawa {letter.case.case_mark}."
        page = client.get(self.URL).content.decode()
        assert "własna treść" in page
        assert str(cast.maria) in page
        client.post(self.URL, {"do": "standard", "body": "cokolwiek"})
        assert wording(cast.institution.pk, LETTERS["test.note"]) == "Dotyczy rodziny {family}.\n\nSprawa {mark}."
        assert "przywrócona" in client.get(self.URL).content.decode()

    def test_a_preview_saves_nothing_and_unknown_fields_are_told(self, cast, client_of):
        client = client_of("maria")
        seen = client.post(self.URL, {"do": "preview", "body": "Próba {family}"})
        assert "Próba Testowi" in text_of(seen.content)
        assert not LocalTemplate.objects.system().exists()
        for do in ("preview", "save"):
            wrong = client.post(self.URL, {"do": do, "body": "Pani {nazwisko}"})
            assert wrong.status_code == 422
            assert "Nieznane pola: nazwisko" in wrong.content.decode()
            assert "Pani {nazwisko}" in wrong.content.decode()


class TestTemplates:
    def upload(self, client, content, name="wzor.docx", url=SHEET):
        return client.post(url, {"do": "template", "file": SimpleUploadedFile(name, content)})

    def test_upload_try_download_use_and_withdraw(self, cast, client_of):
        client, content = client_of("maria"), docx("{{ title }}: {{ pola.subject }}")
        assert self.upload(client, content).status_code == 302
        row = LocalTemplate.objects.system().get()
        assert (row.file_on, row.file_by_id) == (cast.today, cast.maria.pk)
        assert client.get(reverse("papers:local-template", args=["sheet", "test.demo"])).content == content
        sample = client.get(reverse("papers:local-template-sample", args=["sheet", "test.demo"])).content
        assert Document(io.BytesIO(sample)).paragraphs[0].text == "Karta próbna: ‹Temat›"
        word = client_of("anna").get(reverse("papers:sheet-word", args=[draft_of(cast).pk])).content
        assert Document(io.BytesIO(word)).paragraphs[0].text == "Karta próbna: Rozmowa"
        client.post(SHEET, {"do": "drop"})
        assert not LocalTemplate.objects.system().exists()
        assert client.get(reverse("papers:local-template", args=["sheet", "test.demo"])).status_code == 404

    def test_a_letter_prints_in_its_template_and_keeps_its_wording_without_it(self, cast, client_of):
        client, url = client_of("maria"), TestWording.URL
        client.post(url, {"do": "save", "body": "Sprawa {mark}!"})
        assert self.upload(client, docx("{{ pola.adresat }} | {{ pola.tresc }}"), url=url).status_code == 302
        letter = written(cast)
        word = client_of("anna").get(reverse("papers:letter-word", args=[letter.pk])).content
        assert (
            Document(io.BytesIO(word)).paragraphs[0].text == f"Sąd Rejonowy w Dębowie | Sprawa {letter.case.case_mark}!"
        )
        client.post(url, {"do": "drop"})
        assert wording(cast.institution.pk, LETTERS["test.note"]) == "Sprawa {mark}!"
        assert client_of("anna").get(reverse("papers:letter-word", args=[letter.pk])).status_code == 404

    @pytest.mark.parametrize(("content", "name", "sentence"), [
        (b"PK\x03\x04zepsute", "a.docx", "uszkodzony"),
        (b"%PDF-1.7", "a.pdf", "musi być plikiem DOCX"),
        (docx("x"), "a.docm", "nie może zawierać makr"),
        (b"0" * (6 * 1024 * 1024), "a.docx", "więcej niż 5 MB"),
        (docx("{{ pola.nieznane }}"), "a.docx", "Nieznane pola: nieznane"),
        (docx("{% for x in %}"), "a.docx", "nie da się wypełnić"),
        (docx("{{ 1 / 0 }}"), "a.docx", "nie da się wypełnić"),
        (docx("{{ title.__class__.__mro__ }}"), "a.docx", "nie da się wypełnić"),
    ], ids=lambda v: v if isinstance(v, str) else "plik")  # fmt: skip
    def test_a_bad_template_is_refused_with_a_sentence(self, cast, client_of, tmp_path, content, name, sentence):
        page = self.upload(client_of("maria"), content, name)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert not LocalTemplate.objects.system().exists()
        assert not [one for one in tmp_path.rglob("*") if one.is_file()]

    def test_macros_and_bombs_are_refused(self, cast, client_of):
        for name, size, sentence in (
            ("word/vbaProject.bin", 1, "makra"),
            ("word/media/a.png", 60 * 1024 * 1024, "zbyt duży"),
        ):
            out = io.BytesIO(docx("x"))
            with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as pack:
                pack.writestr(name, b"0" * size)
            assert sentence in self.upload(client_of("maria"), out.getvalue()).content.decode()

    def test_a_template_that_broke_on_disk_is_a_sentence_not_an_error(self, cast, client_of):
        self.upload(client_of("maria"), docx("{{ title }}"))
        path_of(LocalTemplate.objects.system().get().path).write_bytes(b"zepsute")
        url = reverse("papers:sheet-word", args=[draft_of(cast).pk])
        assert "nie da się wypełnić" in client_of("anna").get(url, follow=True).content.decode()
        path_of(LocalTemplate.objects.system().get().path).unlink()
        assert "nie ma na dysku" in client_of("anna").get(url, follow=True).content.decode()


URLS = ("/pisma/ustawienia/", SHEET, TestWording.URL, TestWords.URL)


def test_only_the_manager_and_the_administrator_keep_papers(cast, client_of):
    for name in ("maria", "artur"):
        assert {url: client_of(name).get(url).status_code for url in URLS} == dict.fromkeys(URLS, 200)
    for name in ("anna", "sonia", "olga"):
        assert {client_of(name).get(url).status_code for url in URLS} <= {403, 404}
    with pytest.raises(NotAllowed):
        actions.add_local_question(
            cast.actor("anna"), None, sheet="test.demo", section="", kind="text", label="x", on=cast.today
        )
    assert {client_of("maria").get(url.replace("test.", "nie.")).status_code for url in URLS[1:]} == {404}


def test_another_institution_is_not_touched(cast, client_of):
    row = ask(cast)
    with pytest.raises(Exception, match=r"LocalQuestion|Twoje stanowisko"):
        actions.retire_local_question(cast.actor("olga"), row, on=cast.today)
    assert "Numer teczki" not in text_of(blank_pdf(cast.olga.institution, SHEETS[("test.demo", 1)], on=cast.today))
