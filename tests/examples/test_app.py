"""The example application, asked without a browser: form, board, report, check, API, and two on one file."""

import importlib
import io
import re
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import sipukat
from sipukat import ikm
from sipukat.report.withholding import withheld

for package in ("fastapi", "httpx2", "jinja2", "python_multipart", "sqlalchemy", "uvicorn"):
    pytest.importorskip(package, reason=f"the example application needs {package}")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "app"))
TestClient = importlib.import_module("fastapi.testclient").TestClient
app_of = importlib.import_module("skm_app.app").create_app
config_of = importlib.import_module("skm_app.config").Config
period = importlib.import_module("skm_app.sums").this_period

UNSUR = sipukat.standards.survey("permenpanrb-14-2017").unsur_keys
UNITS = ("Dinas Sosial", "Loket <b>Dua</b>", "Puskesmas Contoh")
OFFICER = "rahasia-petugas"
BEARER = {"Authorization": f"Bearer {OFFICER}"}
LOCAL = """
kind = "survey"
id = "perbup-contoh-12-2025"
title = "SKM Kabupaten Contoh"
extends = "permenpanrb-14-2017"
confidence = "B"

[[unsur]]
key = "kanal_daring"
code = "U10"
nama = "Kanal Daring"
name = "Online channel"
pertanyaan = "Bagaimana kemudahan pelayanan melalui kanal daring?"
options = [
  { score = 1, label = "Tidak mudah" }, { score = 2, label = "Kurang mudah" },
  { score = 3, label = "Mudah" }, { score = 4, label = "Sangat mudah" },
]
place = "Pasal 4"
confidence = "B"
"""
POOR = "nama: KTP-el\nbiaya_tarif: murah\njangka_waktu_penyelesaian: secepatnya\n"


@pytest.fixture
def client_of(tmp_path, monkeypatch):
    """Return a function that opens a client of a new application, on one database."""
    monkeypatch.setenv("SIPUKAT_APP_TOKEN", OFFICER)
    opened = []

    def make(**changed):
        settings = {"instansi": "Kota Contoh", "units": UNITS, "database": tmp_path / "skm.db", **changed}
        client = TestClient(app_of(config_of(**settings)), follow_redirects=False)
        opened.append(client.__enter__())
        return opened[-1]

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(client_of):
    return client_of()


def scores_of(number):
    """Return the scores of an invented person."""
    return {key: 1 + (number * 7 + place * 5) % 4 for place, key in enumerate(UNSUR)}


def send(client, number, unit="dinas_sosial", scores=None):
    sent = {"id": f"{unit}-{number:016}", "unit": unit, "answers": scores or scores_of(number)}
    return client.post("/api/answers", json=sent, headers=BEARER)


def filled(client, unit="dinas_sosial", *, score=3):
    """Return the fields of a form as a browser would send them."""
    page = client.get(f"/isi/{unit}").text
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    names = dict.fromkeys(re.findall(r'type="radio" name="([^"]+)"', page))
    return {"token": token, "persetujuan": "ya", **dict.fromkeys(names, str(score))}


def n_of(database):
    """Return how many people the store holds."""
    with ikm.MomentStore(database) as store:
        return sum(batch.n for batch in store.batches())


def test_the_form_asks_what_the_standard_asks_and_nothing_else(client):
    page = unescape(client.get("/isi/dinas_sosial").text)
    asked = sipukat.survey.questionnaire(units=UNITS, comments=False)
    places = [page.index(question.label["id"]) for question in asked.of("unsur")]
    assert places == sorted(places)
    assert all(f"<span>{c.label['id']}</span>" in page for q in asked.of("unsur") for c in q.choices)
    assert asked.consent["id"] in page
    fields = set(re.findall(r'name="([^"]+)"', page)) - {"viewport", "color-scheme"}
    assert fields == {"token", "persetujuan", *UNSUR}


def test_a_local_standard_is_asked_and_counted(client_of, tmp_path):
    path = tmp_path / "perbup.toml"
    path.write_text(LOCAL, encoding="utf-8")
    client = client_of(standard=str(path), withhold_below=1, step=1)
    fields = filled(client, score=3) | {"kanal_daring": "4"}
    assert client.post("/isi/dinas_sosial", data=fields).status_code == 303
    told = client.get("/api/ikm/dinas_sosial").json()
    assert told["ikm"] == "77.50"  # (9 * 3 + 4) / 10 * 25
    assert client.get("/api/standards/perbup-contoh-12-2025").json()["unsur"][-1]["code"] == "U10"


def test_a_form_that_is_sent_twice_counts_once(client, tmp_path):
    fields = filled(client)
    answers = [client.post("/isi/dinas_sosial", data=fields) for _ in range(3)]
    assert [(a.status_code, a.headers["location"]) for a in answers] == [(303, "/terima-kasih")] * 3
    assert n_of(tmp_path / "skm.db") == 1


def test_a_form_that_comes_back_changed_is_told_so_and_the_first_answer_stays(client, tmp_path):
    fields = filled(client)
    client.post("/isi/dinas_sosial", data=fields)
    again = client.post("/isi/dinas_sosial", data=fields | {"waktu": "1"})
    assert again.status_code == 409
    assert "jawaban yang pertama" in again.text
    assert n_of(tmp_path / "skm.db") == 1


def test_a_question_that_was_forgotten_is_named_and_the_other_answers_are_still_there(client, tmp_path):
    fields = filled(client, score=4)
    del fields["waktu"], fields["persetujuan"]
    page = client.post("/isi/dinas_sosial", data=fields | {"biaya": "9"})
    assert page.status_code == 422
    assert re.findall(r'<a href="#q-(\w+)">', page.text) == ["persetujuan", "waktu", "biaya"]
    assert page.text.count(" checked") == len(UNSUR) - 2
    assert n_of(tmp_path / "skm.db") == 0


@pytest.mark.parametrize("spoilt", ["", "a.b.c", "{}0", "0{}"])
def test_a_token_that_is_not_ours_is_refused(client, tmp_path, spoilt):
    fields = filled(client)
    page = client.post("/isi/dinas_sosial", data=fields | {"token": spoilt.format(fields["token"])})
    assert page.status_code == 422
    assert page.text.count(" checked") == len(UNSUR) + 1
    assert n_of(tmp_path / "skm.db") == 0


def test_the_token_of_one_unit_is_none_of_another(client):
    fields = filled(client, "dinas_sosial")
    assert client.post("/isi/puskesmas_contoh", data=fields).status_code == 422


def test_a_token_grows_old(client, monkeypatch):
    fields = filled(client)
    form = importlib.import_module("skm_app.form")
    monkeypatch.setattr(form, "_HOURS", 0)
    assert "terlalu lama" in client.post("/isi/dinas_sosial", data=fields).text


@pytest.mark.parametrize("headers", [{"Origin": "https://lain.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_from_another_site_is_refused(client, headers):
    answer = client.post("/isi/dinas_sosial", data=filled(client), headers=headers)
    assert answer.status_code == 403


def test_one_address_may_send_so_many_forms_a_minute(client_of, monkeypatch):
    monkeypatch.setattr(importlib.import_module("skm_app.form_pages"), "_FORMS", 2)
    client = client_of()
    answers = [client.post("/isi/dinas_sosial", data={}) for _ in range(6)]  # the minute may turn once
    assert answers[0].status_code == 422
    assert "60" in {answer.headers.get("Retry-After") for answer in answers if answer.status_code == 429}


def test_the_board_shows_the_index_of_the_library_and_withholds_what_the_library_withholds(client):
    sizes = {"dinas_sosial": 25, "loket_b_dua_b": 5, "puskesmas_contoh": 40}
    rows = []
    for place, (unit, n) in enumerate(sizes.items()):
        rows += [{"unit": UNITS[place], **scores_of(number)} for number in range(n)]
        assert {send(client, number, unit).status_code for number in range(n)} == {201}
    wanted = ikm.estimate(pd.DataFrame(rows), by="unit")
    hidden = withheld({name: e.used for name, e in wanted.items()}).names
    assert hidden == {UNITS[0], UNITS[1]}
    told = client.get("/api/ikm").json()
    assert told["overall"]["ikm"] == str(wanted.overall.published)
    assert {index["nama"] for index in told["units"] if index["withheld"]} == hidden
    shown = wanted[UNITS[2]]
    index = client.get("/api/ikm/puskesmas_contoh").json()
    assert (index["ikm"], index["mutu"], index["n"]) == (str(shown.published), shown.mutu, 40)
    assert float(index["low"]) == pytest.approx(shown.low, abs=0.006)
    page = client.get("/papan").text
    assert str(shown.published).replace(".", ",") in page
    assert str(wanted[UNITS[0]].published).replace(".", ",") not in page
    assert "Loket &lt;b&gt;Dua&lt;/b&gt;" in page


def test_the_board_moves_by_several_answers_at_once_so_that_none_can_be_read_from_it(client):
    for number in range(10):
        send(client, number)
    before = client.get("/papan/isi").headers["ETag"], client.get("/api/ikm").json()
    for number in range(10, 14):
        send(client, number)
        assert (client.get("/papan/isi").headers["ETag"], client.get("/api/ikm").json()) == before
    send(client, 14)
    assert client.get("/api/ikm").json()["overall"]["n"] == 15
    assert client.get("/papan/isi").headers["ETag"] != before[0]


def test_what_is_kept_is_sums_without_an_address_or_a_single_person(client, tmp_path):
    for number in range(10):
        send(client, number)
    with closing(sqlite3.connect(tmp_path / "skm.db")) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = connection.execute("SELECT n FROM sipukat_pieces").fetchall()
    assert tables - {"sqlite_sequence"} == {
        "app_secret", "app_shown", "sipukat_batches", "sipukat_kind", "sipukat_pieces", "sipukat_schema"
    }  # fmt: skip
    assert rows == [(10,)]
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("skm.db*"))
    assert b"testclient" not in stored  # the address that the client has here
    assert not client.cookies


def test_two_applications_on_one_file_lose_no_answer_and_count_none_twice(client_of, tmp_path):
    apps = [client_of(), client_of()]
    for (
        app
    ) in apps:  # FastAPI prepares its routes at the first call, with filters of warnings that threads share
        assert app.get("/api/ikm").status_code in {200, 404}
    jobs = [(apps[(number + turn) % 2], number) for turn in range(2) for number in range(40)]
    with ThreadPoolExecutor(6) as pool:
        codes = list(pool.map(lambda job: send(*job).status_code, jobs))
    assert (codes.count(201), codes.count(200)) == (40, 40)
    assert n_of(tmp_path / "skm.db") == 40
    token = filled(apps[0])
    assert apps[1].post("/isi/dinas_sosial", data=token).status_code == 303  # they share the secret


def test_the_report_opens_in_excel_and_says_where_it_comes_from(client):
    for number in range(12):
        send(client, number)
    answer = client.get(f"/laporan/{period()}.xlsx")
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="laporan-ikm-{period().lower()}.xlsx"'
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any(f"sipukat {sipukat.__version__}" in cell for cell in cells)
    assert any("permenpanrb-14-2017" in cell for cell in cells)
    assert float(client.get("/api/ikm").json()["overall"]["ikm"]) in {
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row
    }
    assert client.get(f"/laporan/{period()}.xlsx").content == answer.content


@pytest.mark.parametrize(
    ("suffix", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")]
)
def test_the_report_has_other_formats(client, suffix, start):
    for number in range(12):
        send(client, number)
    answer = client.get(f"/laporan/{period()}.{suffix}")
    assert answer.content.startswith(start)
    assert answer.headers["content-disposition"].endswith(f'.{suffix}"')


def test_there_is_no_report_of_few_people_nor_of_another_format_or_period(client):
    for number in range(9):
        send(client, number)
    names = (f"{period()}.xlsx", f"{period()}.exe", "1999-TW1.xlsx", "x%0d%0aSet-Cookie:a.xlsx")
    assert [client.get(f"/laporan/{name}").status_code for name in names] == [409, 404, 404, 404]


def test_an_answer_by_the_api_is_counted_once_and_needs_the_token(client):
    sent = {"id": "0123456789abcdef", "unit": "dinas_sosial", "answers": scores_of(1)}
    codes = [client.post("/api/answers", json=sent, headers=h).status_code for h in ({}, BEARER, BEARER)]
    assert codes == [401, 201, 200]
    other = client.post("/api/answers", json={**sent, "answers": scores_of(2)}, headers=BEARER)
    assert other.status_code == 409
    assert other.json()["type"] == "urn:sipukat:error:BatchConflictError"
    assert not re.search(r"[0-9a-f]{12}", other.text)  # a digest of one person's sums can be undone


@pytest.mark.parametrize("wrong", [{"waktu": 5}, {"waktu": "4"}, {"waktu": 3.5}, {"lain": 1}])
def test_a_misfit_is_a_problem_that_names_the_place_and_repeats_no_answer(client, wrong):
    answer = send(client, 1, scores=scores_of(1) | wrong)
    problem = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert {"type", "title", "status", "detail"} <= problem.keys()
    assert problem["errors"][0]["pointer"] == f"/body/answers/{next(iter(wrong))}"
    assert '"input"' not in answer.text


def test_every_standard_is_told_in_full_and_an_unknown_one_is_a_problem(client):
    for name in sipukat.standards.names():
        told = client.get(f"/api/standards/{name}")
        assert told.json() == sipukat.standards.get(name).model_dump(mode="json")
    unknown = client.get("/api/standards/uu-99-2099")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:sipukat:error:UnknownNameError")


def test_the_schema_is_made_from_the_models_of_the_library(client):
    schema = client.get("/api/openapi.json").json()
    parts = schema["components"]["schemas"]
    assert {"SurveyStandard", "DocumentStandard", "ComplianceStandard"} <= parts.keys()
    assert {"StandarPelayanan", "Evidence", "Answers", "Board", "Index"} <= parts.keys()
    assert not [name for name in parts if name.endswith(("-Input", "-Output"))]
    assert list(parts["Answers"]["properties"]) == [
        question.name for question in sipukat.survey.questionnaire().of("unsur")
    ]
    assert set(schema["paths"]) == {
        "/api/ikm", "/api/ikm/{unit}", "/api/answers", "/api/check", "/api/score", "/api/standards/{id}"
    }  # fmt: skip


def test_the_api_checks_and_scores_as_the_library_does(client):
    draft = {"nama": "KTP-el", "biaya_tarif": "murah"}
    told = client.post("/api/check", json=draft, headers=BEARER).json()
    wanted = sipukat.check(sipukat.pelayanan.StandarPelayanan.model_validate(draft))
    assert [f["code"] for f in told["findings"]] == [f.code for f in wanted]
    evidence = {"items": [{"key": "input.kompetensi", "value": "62.5"}], "unit": "Dinas Contoh"}
    asked = {"json": evidence, "headers": BEARER}
    told = client.post("/api/score?standard=ombudsman-2022", **asked).json()
    known = sipukat.compliance.Evidence.model_validate(evidence)
    assert told == sipukat.compliance.score(known, "ombudsman-2022").to_dict()
    assert client.post("/api/score", **asked).status_code == 422  # no scheme is guessed


def upload(client, content, name="draf.yaml", said=OFFICER):
    return client.post("/petugas", data={"token": said}, files={"berkas": (name, content)})


def test_a_poor_draft_is_answered_with_findings_suggestions_and_the_law(client):
    page = upload(client, POOR.encode())
    text = unescape(page.text)
    assert page.status_code == 200
    found = sipukat.check(sipukat.pelayanan.loads(POOR))
    for finding in found:
        assert finding.message("id") in text
        assert finding.suggestion("id") in text
        assert finding.citation is None or str(finding.citation) in text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", b"a: &a [x]\nb: [*a, *a]\n"),
        ("a.toml", b"nama = "),
        ("a.json", b"[" * 100_000),
        ("a.xlsx", b"PK\x03\x04" + bytes(500)),
        ("a.docx", b"not a zip"),
        ("a.exe", b"MZ"),
        ("../../a.yaml", b"\0"),
        ("kosong.yaml", b""),
    ],
)
def test_a_hostile_or_damaged_upload_is_refused_in_a_plain_sentence(client, name, content):
    page = upload(client, content, name)
    assert page.status_code == 422
    assert "Berkas tidak dapat dibaca" in page.text
    assert not re.search(r"Traceback|/tmp|\.py", page.text)


def test_what_is_too_large_is_refused(client):
    assert upload(client, b"a" * (5 * 2**20)).status_code == 413
    large = client.post("/api/answers", content=b" " * 100_000, headers=BEARER)
    assert (large.status_code, large.headers["content-type"]) == (413, "application/problem+json")


def test_the_check_needs_the_token_that_the_office_set(client, client_of, monkeypatch):
    assert upload(client, POOR.encode(), said="lain").status_code == 401
    monkeypatch.delenv("SIPUKAT_APP_TOKEN")
    closed = client_of()
    assert upload(closed, POOR.encode(), said="").status_code == 503
    assert send(closed, 1).status_code == 503


def test_every_answer_forbids_what_comes_from_elsewhere(client):
    pages = [client.get(path) for path in ("/", "/papan", "/x", "/api/ikm", "/static/app.css", "/health")]
    for page in pages:
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in page.headers
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page.text)
    assert client.get("/health").json() == {"status": "ok", "version": sipukat.__version__}
