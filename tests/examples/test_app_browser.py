"""The example application end to end: a citizen, the board in another tab, the report, the officer.

One server with two processes on one SQLite file, and one headless Chromium, serve all tests.
"""

import io
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

import sipukat
from sipukat import ikm

httpx = pytest.importorskip("httpx2", reason="the example application is asked by httpx2")
for package in ("fastapi", "jinja2", "playwright", "python_multipart", "sqlalchemy", "uvicorn"):
    pytest.importorskip(package, reason=f"the example application needs {package}")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OFFICER = "rahasia-petugas"
UNITS = {"dinas_sosial": "Dinas Sosial", "puskesmas": "Puskesmas", "loket": "Loket"}
SETTINGS = f"""
instansi = "Pemerintah Kota Contoh"
units = {json.dumps(list(UNITS.values()))}
"""
UNSUR = [question.name for question in sipukat.survey.questionnaire().of("unsur")]
POOR = "nama: KTP-el\nbiaya_tarif: murah\njangka_waktu_penyelesaian: secepatnya\n"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WAIT_MS = 20_000  # a bound for a machine that does much else, not a measure


def free_port():
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="module")
def server(folder):
    """Start the application as its README says, and return its address."""
    (folder / "kantor.toml").write_text(SETTINGS, encoding="utf-8")
    port = free_port()
    places = [str(ROOT / "examples" / "app"), os.environ.get("PYTHONPATH", "")]
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, places)),
        "SIPUKAT_APP_CONFIG": str(folder / "kantor.toml"),
        "SIPUKAT_APP_TOKEN": OFFICER,
        "SIPUKAT_APP_PORT": str(port),
        "SIPUKAT_APP_WORKERS": "2",
    }
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "skm_app"], env=env, stdout=log, stderr=log)
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "log").read_text()
                try:
                    httpx.get(f"{address}/health", timeout=5).raise_for_status()
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("Chromium is not here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_tab(browser, server):
    """Return a function that opens a page of the application; all of it must come from there."""
    contexts, asked, said = [], set(), []

    def open_(path="/", *, width=1280, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, base_url=server, accept_downloads=True, **options
        )
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        assert context.cookies() == []
        context.close()
    assert not [url for url in asked if not url.startswith(server)]
    assert not [text for text in said if "Content Security Policy" in text or "Uncaught" in text]


def send(server, number, unit, score=3):
    sent = {"id": f"{unit}-{number:016}", "unit": unit, "answers": dict.fromkeys(UNSUR, score)}
    head = {"Authorization": f"Bearer {OFFICER}"}
    return httpx.post(f"{server}/api/answers", json=sent, headers=head, timeout=60).status_code


def active(page):
    return page.evaluate("[document.activeElement.type, document.activeElement.name]")


def tab_to(page, kind, name=None):
    """Press Tab until something of a kind has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if active(page)[0] == kind and name in {None, active(page)[1]}:
            return
    pytest.fail(f"no {kind} {name} can be reached by Tab")


def test_two_processes_on_one_file_lose_no_answer_and_count_none_twice(server, folder):
    jobs = [(server, number, "puskesmas", 4) for _ in range(2) for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda job: send(*job), jobs))
    assert (codes.count(201), codes.count(200)) == (20, 20)
    with ikm.MomentStore(folder / "skm.db") as store:
        held = [batch.n for batch in store.batches() if batch.period.endswith("/puskesmas")]
    assert sum(held) == 20
    told = httpx.get(f"{server}/api/ikm/puskesmas", timeout=60).json()
    assert 16 <= told["n"] <= 20  # the last four may wait for a fifth
    assert told["ikm"] == "100.00"


def test_two_citizens_answer_and_the_board_in_another_tab_moves_by_itself(server, open_tab):
    assert {send(server, number, "dinas_sosial") for number in range(13)} == {201}
    board = open_tab("/papan")
    card = board.locator('[data-unit="dinas_sosial"]')
    card.locator(".ikm", has_text="75,00").wait_for()
    assert "10 responden" in card.inner_text()

    by_keyboard = open_tab("/isi/dinas_sosial", width=360)
    tab_to(by_keyboard, "checkbox")
    by_keyboard.keyboard.press("Space")
    for name in UNSUR:
        tab_to(by_keyboard, "radio", name)
        by_keyboard.keyboard.press("ArrowUp")  # from the first to the last: the best answer
    tab_to(by_keyboard, "submit")
    by_keyboard.keyboard.press("Enter")
    by_keyboard.get_by_role("heading", name="Terima kasih").wait_for()

    by_mouse = open_tab("/", width=360)
    by_mouse.get_by_role("link", name="Dinas Sosial").click()
    by_mouse.get_by_label("Ya, saya bersedia").click()
    for place in range(len(UNSUR)):
        by_mouse.locator("fieldset").nth(place).locator("label").last.click()
    by_mouse.get_by_role("button", name="Kirim").click()
    by_mouse.get_by_role("heading", name="Terima kasih").wait_for()

    card.locator(".ikm", has_text="78,33").wait_for()  # (13 * 75 + 2 * 100) / 15
    assert "15 responden" in card.inner_text()
    assert "Papan diperbarui" in board.get_by_role("status").inner_text()


def test_the_report_is_downloaded_and_opens(server, open_tab):
    assert {send(server, number, "puskesmas", 4) for number in range(20)} <= {200, 201}
    board = open_tab("/papan")
    with board.expect_download() as waiting:
        board.get_by_role("link", name="Excel").click()
    download = waiting.value
    assert re.fullmatch(r"laporan-ikm-\d{4}-tw[1-4]\.xlsx", download.suggested_filename)
    book = openpyxl.load_workbook(io.BytesIO(Path(download.path()).read_bytes()))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "Puskesmas" in cells
    assert any(f"sipukat {sipukat.__version__}" in cell for cell in cells)


def test_an_officer_sees_what_a_poor_draft_lacks(open_tab):
    page = open_tab("/petugas")
    draft = {"name": "draf.yaml", "mimeType": "text/yaml", "buffer": POOR.encode()}
    page.get_by_label("Berkas").set_input_files(draft)
    page.get_by_label("Token").fill(OFFICER)
    page.get_by_role("button", name="Periksa").click()
    wanted = sipukat.check(sipukat.pelayanan.loads(POOR))
    page.get_by_role("heading", name="KTP-el").wait_for()
    assert page.locator(".found li").count() == len(wanted) > 5
    assert wanted[0].message("id") in page.locator(".found li").first.inner_text()


def test_all_of_it_works_without_javascript(open_tab):
    page = open_tab("/isi/loket", java_script_enabled=False)
    page.get_by_role("button", name="Kirim").click()  # the browser asks for what is missing
    assert page.url.endswith("/isi/loket")
    page.get_by_label("Ya, saya bersedia").check()
    for place in range(len(UNSUR)):
        page.locator("fieldset").nth(place).get_by_role("radio").nth(2).check()
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("link", name="Lihat papan").click()
    assert page.locator(".card").count() == 1 + len(UNITS)
    assert page.locator("meta[http-equiv=refresh]").count() == 1


def forgotten(page):
    """Send a form with one answer, as a browser would that checks nothing."""
    page.evaluate("document.querySelector('form').noValidate = true")
    page.locator("fieldset label").first.click()
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("alert").wait_for()


@pytest.fixture(scope="module")
def axe(node_modules):
    return (node_modules("axe-core") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_no_page_is_too_wide_or_breaks_a_rule_of_level_a_or_aa(server, open_tab, axe, width, scheme):
    assert {send(server, number, "puskesmas", 4) for number in range(20)} <= {200, 201}
    page = open_tab("/", width=width, color_scheme=scheme)
    broken = {}
    for path in ("/", "/isi/loket", "#forgotten", "/papan", "/petugas", "/terima-kasih", "/tidak-ada"):
        if path == "#forgotten":
            forgotten(page)
        else:
            page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(axe)
        only = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
        seen = page.evaluate("only => axe.run(document, only)", only)
        assert len(seen["passes"]) > 3
        for violation in seen["violations"]:
            broken[path, violation["id"]] = [node["html"][:200] for node in violation["nodes"][:3]]
    assert not broken


def test_answers_are_large_enough_for_a_thumb(open_tab):
    page = open_tab("/isi/loket", width=360)
    heights = page.evaluate("[...document.querySelectorAll('fieldset label')].map(l => l.offsetHeight)")
    assert len(heights) == 4 * len(UNSUR)
    assert min(heights) >= 44
