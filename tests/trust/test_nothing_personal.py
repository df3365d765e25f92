"""Words planted in every cell of a person are in no message, no output and no file that stays behind.

What is documented in docs/explanation/apa-yang-keluar.md is the exception, and is here too: the
names of the groups that were asked for.
"""

import io
import json
import logging
import pickle
import re
import tempfile
import traceback
import warnings
import zipfile
from datetime import UTC, datetime

import pandas as pd
import pytest
from click.testing import CliRunner

import sipukat
from sipukat import datasets, export, ikm, read_survey, report, survey
from sipukat.cli import main
from sipukat.errors import SipukatError

U = [f"U{n}" for n in range(1, 10)]
N = 80  # enough that no unit is too small, which a finding would say with its name
MADE = datetime(2026, 8, 17, tzinfo=UTC)
CANARY = re.compile(rb"kenari|zubaedah|35780115029|0?812777|1971-03|2031-07", re.IGNORECASE)


def person(i):
    """Return what one person wrote and what a form adds, each of it a canary, and their answers."""
    told = {
        "NO": f"Kenarinomor{i}",
        "Nama Responden": f"Zubaedah Kenarinama{i}",
        "NIK": f"35780115029{i:05d}",
        "No HP": f"0812777{i:05d}",
        "Email": f"kenarisurel{i}@contoh.id",
        "Alamat": f"Jalan Kenarialamat {i}",
        "Tanggal Lahir": f"1971-03-{i % 28 + 1:02d}",
        "Pekerjaan": f"Kenarikerja{i}",
        "Pendidikan": f"Kenarididik{i}",
        "Jenis Kelamin": ("Laki-laki", "Perempuan")[i % 2],
        "Usia": 20 + i,
        "Disabilitas": f"Kenaridisabilitas{i}",
        "cara": ("tatap muka", "daring")[i % 2],
        "loket": f"Kenariloket{i % 2}",
        "Jenis Layanan": f"Kenarilayanan{i}",
        "Waktu": f"2031-07-{i % 28 + 1:02d} 09:{i:02d}:17",
        "kolom bebas": f"Kenaribebas{i}",
        "_uuid": f"kenariuuid{i}",
        "Saran": f"Kenarisaran, petugas bernama Kenaritina lama sekali {i}",
    }
    return told | {code: (i * (place + 2) + i // 7) % 4 + 1 for place, code in enumerate(U)}


PEOPLE = [person(i) for i in range(N)]
FRAME = pd.DataFrame(PEOPLE)
ODD = [row | ({"U4": "Siti Kenariaminah"} if i == 3 else {}) for i, row in enumerate(PEOPLE)]


def unpacked(data):
    """Return the bytes, those of an archive part by part."""
    if data[:2] != b"PK":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return b"\n".join(name.encode() + b"\n" + unpacked(parts.read(name)) for name in parts.namelist())


def canaries(said):
    data = said if isinstance(said, bytes) else said.encode()
    return sorted({data[max(0, m.start() - 40) : m.end() + 40] for m in CANARY.finditer(unpacked(data))})


def told_by(failure):
    """Return what a log may hold of an exception: itself, and all that it hides or was caused by."""
    seen, todo = [], [failure]
    while todo:
        each = todo.pop()
        if each is not None and each not in seen:
            seen.append(each)
            todo += [each.__cause__, each.__context__]
    lines = "".join(traceback.format_exception_only(failure))
    own = [json.dumps(vars(each), default=repr) for each in seen if isinstance(each, SipukatError)]
    return "\n".join([lines, *(f"{type(each).__name__}: {each} {each.args!r}" for each in seen), *own])


def failure_of(call, *given):
    """Return what a call raises, or nothing; what it warns of is looked at here."""
    raised = None
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            call(*given)
        except (SipukatError, TypeError) as failure:
            raised = failure
    assert not canaries("".join(str(each.message) for each in warned))
    return raised


@pytest.fixture(scope="module")
def reading():
    return read_survey(PEOPLE)


@pytest.fixture
def quiet(tmp_path, monkeypatch, caplog, capfd):
    """Work in a folder of one's own; afterwards nothing was logged or printed, and no file is left over."""
    for name in ("tmp", "here"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path / "here")
    caplog.set_level(logging.DEBUG)
    yield tmp_path / "here"
    assert not canaries(caplog.text)
    assert not canaries("".join(capfd.readouterr()))
    assert not [path for path in (tmp_path / "tmp").rglob("*") if path.is_file()]


def test_the_canaries_are_seen_where_they_are(reading):
    answers = {*U, "Usia", "Jenis Kelamin", "cara"}
    assert all(canaries(str(value)) for key, value in PEOPLE[0].items() if key not in answers)
    assert canaries(reading.responses.frame.to_csv())
    named = report.build(ikm.estimate(reading.responses, by="loket"), generated=MADE)
    assert all(canaries(export.get(name)(named)) for name in ("xlsx", "docx", "html", "json", "csv"))


def test_what_is_read_tells_nobody(reading):
    responses, findings = reading
    said = [repr(responses), responses._repr_html_(), repr(responses.provenance)]
    said += [pickle.dumps(responses.provenance), repr(findings)]
    said += [json.dumps([f.message(lang) for f in findings for lang in ("id", "en")])]
    assert not [found for each in said if (found := canaries(each))]
    left_out = {"Nama Responden", "NIK", "No HP", "Email", "Alamat", "Tanggal Lahir", "Disabilitas", "Saran"}
    assert not left_out & set(responses.frame.columns)


@pytest.mark.parametrize(
    ("part", "by"),
    [("hasil", ()), ("hasil", "cara"), ("laporan", "cara"), ("ringkas", "cara"), ("poster", ())],
)
def test_no_output_tells_anybody(quiet, reading, part, by):
    responses, findings = reading
    result = ikm.estimate(responses, by=by)
    chosen = {} if part == "hasil" else {"part": part}
    document = report.build(result, responses=responses, findings=findings, generated=MADE, **chosen)
    found = {"document": canaries(repr(document)), "result": canaries(repr(result) + result.to_json())}
    for name in export.names():
        try:
            data = export.get(name)(document)
        except (
            SipukatError,
            ImportError,
        ):  # takes tables, or one figure; an extra is absent
            continue
        found[name] = canaries(data)
        if not by and name in {"json", "csv"}:
            path = sipukat.publish(document, quiet / f"hasil.{name}")
            found[f"{name}, a file"] = canaries(path.read_bytes())
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert len(found) > 8


def test_sums_and_what_is_made_of_them_tell_nobody(quiet, reading):
    responses, _ = reading
    moments = ikm.moments(responses, by="cara")
    given, findings = ikm.withhold(moments)
    result = ikm.estimate(moments)
    other = [ikm.priorities(result), ikm.rank(result), ikm.rollups(result), ikm.straightlining(responses)]
    other.append(ikm.reliability(responses))
    said = [
        repr(moments),
        pickle.dumps(moments),
        repr(given),
        repr(findings),
        pickle.dumps(result),
        *map(repr, other),
    ]
    assert not [found for each in said if (found := canaries(each))]


def design(**how):
    return lambda: ikm.estimate(FRAME, design=ikm.Design(**how))


FAILING = {
    "an answer that is a name": lambda: read_survey(ODD),
    "a column of names as answers": lambda: read_survey(PEOPLE, columns={"Nama Responden": "U1", "U1": None}),
    "comments as answers": lambda: read_survey(PEOPLE, columns={"Saran": "U1", "U1": None}),
    "phones as answers": lambda: read_survey(PEOPLE, columns={"No HP": "U1", "U1": None}),
    "a column that is not there": lambda: read_survey(PEOPLE, personal=["Nama"]),
    "a heading that is not there": lambda: read_survey(PEOPLE, columns={"Pertanyaan": "U1"}),
    "another standard": lambda: read_survey(PEOPLE, "spak"),
    "a standard that is not there": lambda: read_survey(PEOPLE, "skm-2031"),
    "a wording without a score": lambda: read_survey(ODD, answers={"ya": 9}),
    "a long form of names": lambda: read_survey(
        [{"responden": p["Nama Responden"], "pertanyaan": p["Alamat"], "jawaban": 3} for p in PEOPLE]
    ),
    "a record that is none": lambda: read_survey([*PEOPLE, "Zubaedah Kenarinama"]),
    "by a column that was left out": lambda: ikm.estimate(read_survey(PEOPLE).responses, by="Nama Responden"),
    "a frame with a name": lambda: ikm.estimate(pd.DataFrame(ODD)),
    "names as weights": design(weight="Nama Responden"),
    "phones as weights": lambda: ikm.estimate(
        FRAME.assign(w="a" + FRAME["No HP"]), design=ikm.Design(weight="w", population="No HP")
    ),
    "names as population": design(population="Nama Responden"),
    "names as strata": design(strata="Nama Responden"),
    "names as PSU in strata": design(psu="Nama Responden", strata="Alamat"),
    "sums of single people": lambda: ikm.withhold(ikm.moments(FRAME, by="Nama Responden")),
    "a report of a frame": lambda: report.build(FRAME),
    "a file of a frame": lambda: sipukat.publish(FRAME, "hasil.json"),
    "a check of a frame": lambda: sipukat.check(FRAME),
    "comments at once": lambda: survey.redact(FRAME["Saran"]),
    "comments as a list": lambda: survey.redact(list(FRAME["Saran"])),
    "a comparison with a frame": lambda: ikm.compare(ikm.estimate(FRAME), FRAME),
}


@pytest.mark.parametrize("how", FAILING)
def test_no_error_quotes_a_person(quiet, how):
    failure = failure_of(FAILING[how])
    assert failure is not None
    assert not canaries(told_by(failure))


CSV = FRAME.to_csv(index=False).encode()
BROKEN = {
    "without headings.csv": lambda: CSV[CSV.index(b"\n") + 1 :],
    "a quote that is open.csv": lambda: CSV.replace(b"Zubaedah", b'"Zubaedah', 1)[:3000],
    "a name with commas.csv": lambda: CSV.replace(b"Zubaedah", b"Zubaedah, S.H., M.H.", 3),
    "a null.csv": lambda: CSV[:2000] + b"\0\0" + CSV[2000:],
    "another encoding.csv": lambda: CSV.replace(b"Zubaedah", b"Zub\xe6\x81dah\x8f\xff"),
    "cut.json": lambda: FRAME.to_json(orient="records").encode()[:3000],
    "cut.xlsx": lambda: _workbook()[:3000],
    "a page.xls": lambda: FRAME.head(9).to_html().encode()[:2500],
}


def _workbook():
    out = io.BytesIO()
    FRAME.head(9).to_excel(out, index=False)
    return out.getvalue()


@pytest.mark.parametrize("name", BROKEN)
def test_no_broken_file_is_quoted(quiet, name):
    path = quiet / name
    path.write_bytes(BROKEN[name]())
    failure = failure_of(read_survey, path)
    assert failure is None or not canaries(told_by(failure))
    assert [each.name for each in quiet.iterdir()] == [name]


def test_no_command_prints_a_person(quiet):
    (quiet / "survei.csv").write_bytes(CSV)
    (quiet / "aneh.csv").write_bytes(pd.DataFrame(ODD).to_csv(index=False).encode())
    (quiet / "tanpa-judul.csv").write_bytes(CSV[CSV.index(b"\n") + 1 :])
    calls = [
        ["ikm", "survei.csv", "--json"],
        ["ikm", "survei.csv", "--by", "cara", "--out", "hasil.json"],
        ["ikm", "survei.csv", "--by", "Nama Responden"],
        ["ikm", "survei.csv", "--weight", "Alamat"],
        ["ikm", "aneh.csv"],
        ["ikm", "tanpa-judul.csv"],
        ["verify", "survei.csv", "--input", "aneh.csv"],
    ]
    for words in calls:
        done = CliRunner().invoke(main, words)
        assert not canaries(done.output), words
        assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not canaries((quiet / "hasil.json").read_bytes())


def test_groups_that_are_asked_for_are_named_and_no_other(reading):
    result = ikm.estimate(reading.responses, by="loket")
    hits = canaries(repr(report.build(result, responses=reading.responses, generated=MADE)))
    assert hits
    assert not canaries(re.sub(rb"(?i)kenariloket[01]", b"", b"\n".join(hits)))


def test_an_example_file_holds_no_person():
    for name in datasets.names():
        responses, findings = read_survey(datasets.path(name))
        assert "personal" not in responses.roles.values()
        assert findings is not None
