"""What every released version stored is still read, and still gives the same numbers.

`make.py` wrote each folder, once, at its release. Nothing in them is ever changed.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path

import pytest

import sipukat
from sipukat import compliance, export, ikm, pelayanan, standards
from sipukat.errors import SipukatError

HERE = Path(__file__).resolve().parent
FOLDERS = sorted(path for path in HERE.iterdir() if (path / "angka.json").is_file())

_spec = importlib.util.spec_from_file_location("archive_make", HERE / "make.py")
make = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make)


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request):
    return request.param


@pytest.fixture(scope="module")
def numbers(folder):
    return json.loads((folder / "angka.json").read_text(encoding="utf-8"))


def held_in(old, new, where="") -> list[str]:
    """Return what `new` no longer says of what `old` said; it may say more."""
    if isinstance(old, dict):
        gone = [f"{where}.{key} is gone" for key in old if key not in new]
        return gone + [d for key in old if key in new for d in held_in(old[key], new[key], f"{where}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            d for i, pair in enumerate(zip(old, new, strict=True)) for d in held_in(*pair, f"{where}[{i}]")
        ]
    return [] if old == new else [f"{where}: {old!r} became {new!r}"]


def test_the_version_of_today_is_archived():
    assert sipukat.__version__ in {folder.name for folder in FOLDERS}, "run tests/archive/make.py"


def test_the_survey_gives_the_published_numbers(folder, numbers):
    answers = sipukat.read_survey(folder / "survei.csv").responses
    found = make.numbers_of_survey(ikm.estimate(answers, by="unit"))
    assert held_in(numbers["survey"], found) == []


def test_stored_sums_give_the_published_numbers_in_every_form(folder, numbers, tmp_path):
    by_json = ikm.Moments.from_json((folder / "momen.json").read_text(encoding="utf-8"))
    shutil.copy(folder / "simpanan.db", tmp_path)  # an archive is opened by no one who may write
    store = ikm.MomentStore(tmp_path / "simpanan.db")
    by_store = store.estimate()
    store.close()
    assert by_json == ikm.read_parquet(folder / "momen.parquet")
    for found in (ikm.estimate(by_json), by_store):
        assert held_in(numbers["survey"], make.numbers_of_survey(found)) == []


def test_a_stored_result_says_what_is_computed_today(folder):
    """Figures of machines may differ in the last digit, so numbers are held to twelve."""
    answers = sipukat.read_survey(folder / "survei.csv").responses
    old, new = (
        json.loads(text, parse_float=lambda x: f"{float(x):.12g}")
        for text in (
            (folder / "hasil.json").read_text(encoding="utf-8"),
            ikm.estimate(answers, by="unit").to_json(),
        )
    )
    for said in ("provenance", "manifest"):  # the file, and the versions of that day
        old.pop(said, None)
    assert held_in(old, new) == []


def test_a_published_document_is_one_of_the_schema_of_today(folder):
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    document = json.loads((folder / "terbit.json").read_text(encoding="utf-8"))
    assert jsonschema_rs.validator_for(export.json_schema()).is_valid(document)


def test_a_published_workbook_is_read_back_by_our_own_reader(folder):
    pytest.importorskip("python_calamine")
    from sipukat.readers import READERS

    cells = {str(c) for grid in READERS["excel"](folder / "terbit.xlsx") for row in grid.rows for c in row}
    assert "82.5" in cells


@pytest.mark.parametrize("name", ["standar.yaml", "standar.toml", "standar.json", "standar.jsonld"])
def test_a_standar_pelayanan_is_the_same_in_every_form(folder, numbers, name):
    found = make.numbers_of_draft(pelayanan.load(folder / name))
    assert held_in(numbers["office"]["draft"]["tree"], found["tree"]) == []


def test_the_format_before_the_library_is_still_read(folder, numbers):
    found = make.numbers_of_draft(pelayanan.load(folder / "standar-format0.json"))
    assert held_in(numbers["office"]["format 0"]["tree"], found["tree"]) == []


def test_a_local_standard_is_still_read(folder, numbers):
    found = standards.load(folder / "perbup-contoh-12-2025.toml")
    assert [u.key for u in found.unsur] == numbers["office"]["tenth unsur"]


def test_evidence_and_every_filled_checklist_score_as_they_did(folder, numbers):
    bukti = json.loads((folder / "bukti.json").read_text(encoding="utf-8"))
    evidence = [compliance.Evidence.from_dict(bukti)]
    evidence += [compliance.read_checklist(path).evidence() for path in sorted(folder.glob("isian.*"))]
    assert len(evidence) == 5
    for known in evidence:
        scored = compliance.score(known, "ombudsman-2022")
        assert held_in(numbers["office"]["assessment"], make.numbers_of_assessment(scored)) == []


@pytest.mark.parametrize(
    "read",
    [
        lambda f: ikm.Moments.from_json(
            (f / "momen.json")
            .read_text(encoding="utf-8")
            .replace("urn:sipukat:moments:1", "urn:sipukat:moments:2")
        ),
        lambda f: pelayanan.loads(
            (f / "standar.json").read_text(encoding="utf-8").replace('"format": 1', '"format": 2'),
            format="json",
        ),
        lambda f: compliance.Evidence.from_dict(
            json.loads((f / "bukti.json").read_text(encoding="utf-8")) | {"format": "urn:sipukat:evidence:2"}
        ),
    ],
    ids=["moments", "standar", "evidence"],
)
def test_what_a_newer_library_wrote_is_refused_and_not_guessed(folder, read):
    with pytest.raises(SipukatError, match="2"):
        read(folder)


def test_a_number_that_changed_would_be_seen():
    assert held_in({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3, "c": 4}], "d": 5}) == [".a[1].b: 2 became 3"]
    assert held_in({"a": 1}, {}) == [".a is gone"]
