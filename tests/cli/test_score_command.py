"""`sipukat score`: one office, a city, the way to HIJAU, files, JSON, exit codes, and misuse."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction

import pytest

from sipukat import compliance, datasets
from sipukat.cli.score_inputs import read_costs
from sipukat.errors import ArgumentError
from sipukat.verifying.gathering import is_checklist

ISIAN = str(datasets.path("puskesmas-pendaftaran-isian"))
POOR = str(datasets.path("puskesmas-pendaftaran-poor"))
SCHEME = ("--standard", "ombudsman-2022", "--on", "2026-11-24")
ALL = [str(datasets.path(name)) for name in datasets.names("compliance")]
ALL += [name.replace("-isian", "-poor").replace("/compliance/", "/pelayanan/") for name in ALL]


def run(*words):
    done = subprocess.run(
        [sys.executable, "-m", "sipukat", "score", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_an_office_is_scored_from_its_checklist_and_its_document():
    done = run(ISIAN, POOR, *SCHEME)
    assert done.returncode == 0
    assert "57,52 menurut ombudsman-2022: C, Kualitas Sedang, zona kuning" in done.stdout
    assert "Kompetensi Pelaksana *" in done.stdout
    assert "CMP804 warning" in done.stderr


def test_the_order_of_the_files_does_not_matter():
    assert run(ISIAN, POOR, *SCHEME).stdout == run(POOR, ISIAN, *SCHEME).stdout


def test_the_scheme_is_asked_for_with_those_that_there_are():
    done = run(ISIAN)
    assert done.returncode == 2
    for said in ("51.15 was kuning in 2021 and is merah from 2022", "ombudsman-2022", "ipp-29-2022"):
        assert said in done.stderr


def test_json_is_the_assessment_and_its_path():
    told = json.loads(run(ISIAN, POOR, *SCHEME, "--to", "hijau", "--json", "--lang", "en").stdout)
    assert (told["ok"], told["score"], told["zone"]) == (True, "57.52", "kuning")
    assert told["format"] == "urn:sipukat:assessment:1"
    assert told["path"]["format"] == "urn:sipukat:path:1"
    assert told["path"]["zone_after"] == "hijau"
    assert {"CMP804", "CMP837"} <= {f["code"] for f in told["findings"]}
    assert all(c["source"] for c in told["contributions"])


def test_the_way_to_green_is_told_with_cost_and_promise(tmp_path):
    costs = tmp_path / "biaya.toml"
    costs.write_text('[costs]\n"pengaduan.pengelolaan" = 2\nproses.standar_pelayanan = 1\n', encoding="utf-8")
    done = run(ISIAN, POOR, *SCHEME, "--to", "hijau", "--costs", str(costs))
    assert done.returncode == 0
    assert "menjadi 83,08, biaya 3" in done.stdout
    assert "Pengelolaan Pengaduan" in done.stdout


def test_what_is_not_known_has_its_ends_or_counts_at_its_least():
    done = run(ISIAN, *SCHEME)
    assert "antara 36,71 dan 69,08" in done.stdout
    assert "1 dari 5 indikator belum diketahui" in done.stdout
    zero = json.loads(run(ISIAN, *SCHEME, "--unknown", "zero", "--json").stdout)
    assert (zero["score"], zero["unknown"]) == ("36.71", ["proses.standar_pelayanan"])


def test_a_document_alone_leaves_the_rest_unknown():
    told = json.loads(run(POOR, *SCHEME, "--json").stdout)
    assert told["score"] is None
    assert len(told["unknown"]) == 4


def test_the_offices_of_a_city_are_combined_and_the_way_of_it_is_named():
    told = json.loads(run(*ALL, *SCHEME, "--to", "hijau", "--json").stdout)
    assert told["format"] == "urn:sipukat:city-assessment:1"
    assert (told["score"], told["zone"], told["method"]) == ("67.99", "kuning", "mean")
    assert len(told["units"]) == 7
    assert told["path"]["zone_after"] == "hijau"
    plain = run(*ALL, *SCHEME, "--lang", "en")
    assert "Combined as the mean of 7 units" in plain.stdout
    assert "RSUD Kota Contoh" in plain.stdout


def test_files_are_written_in_every_format(tmp_path):
    paths = [tmp_path / f"hasil.{suffix}" for suffix in ("html", "xlsx", "csv", "json")]
    outs = [word for path in paths for word in ("--out", str(path))]
    done = run(ISIAN, POOR, *SCHEME, "--to", "hijau", *outs)
    assert done.returncode == 0
    assert all(path.stat().st_size > 1000 for path in paths)
    assert done.stderr.count("→ /") == 4 or done.stderr.count("→ ") >= 4
    assert "57,52" in paths[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["xlsx", "toml", "json"])
def test_a_form_is_written_with_what_is_known_and_comes_back(suffix, tmp_path):
    form = tmp_path / f"isian.{suffix}"
    assert run(POOR, *SCHEME, "--form", str(form)).returncode == 0
    assert is_checklist(form)
    known = compliance.read_checklist(form).evidence().values()
    assert list(known) == ["proses.standar_pelayanan"]
    told = json.loads(run(str(form), POOR, *SCHEME, "--json").stdout)
    assert len(told["unknown"]) == 4


def test_an_empty_form_needs_no_file(tmp_path):
    form = tmp_path / "kosong.toml"
    done = run("--standard", "ipp-29-2022", "--form", str(form))
    assert done.returncode == 0
    assert len(compliance.read_checklist(form).open) == 32
    assert not is_checklist(datasets.path("puskesmas-pendaftaran-poor"))


def test_a_checklist_that_differs_from_its_document_waits_for_a_choice(tmp_path):
    form = tmp_path / "isian.json"
    run(POOR, *SCHEME, "--form", str(form))
    content = json.loads(form.read_text(encoding="utf-8"))
    content["isian"]["proses.standar_pelayanan"]["nilai"] = "71"
    form.write_text(json.dumps(content), encoding="utf-8")
    refused = run(str(form), POOR, *SCHEME)
    assert refused.returncode == 2
    assert "two sources differ" in refused.stderr
    chosen = run(str(form), POOR, *SCHEME, "--overwrite")
    assert chosen.returncode == 0
    assert "CMP870 warning" in chosen.stderr
    assert "64.29 > 71" in chosen.stderr
    assert "CMP870" not in run(ISIAN, POOR, *SCHEME, "--overwrite").stderr


def test_english_has_points_and_english_words():
    done = run(ISIAN, POOR, *SCHEME, "--lang", "en", "--to", "A")
    assert "A score of 57.52 under ombudsman-2022: C, Moderate quality, zone kuning." in done.stdout
    assert "Complaint handling" in done.stdout


def test_a_local_scheme_is_taken_from_its_file(tmp_path):
    local = tmp_path / "kota.toml"
    local.write_text("kind = 'compliance'\n", encoding="utf-8")
    done = run(ISIAN, "--standard", str(local))
    assert done.returncode == 2
    assert "kota.toml" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--standard", "ombudsman-2022"), "give a checklist or a Standar Pelayanan"),
        ((ISIAN, "--standard", "ombudsman-2021"), "is a checklist of ombudsman-2022, not of ombudsman-2021"),
        ((ISIAN, "--standard", "spkp"), "spkp"),
        ((ISIAN, *SCHEME, "--to", "ungu"), "ungu"),
        ((ISIAN, *SCHEME, "--costs", ISIAN), "give --to as well"),
        (("tidak-ada.toml", *SCHEME), "tidak-ada.toml"),
        ((ISIAN, ISIAN, *SCHEME), "two evidences"),
        ((*ALL, *SCHEME, "--form", "x.toml"), "of 8 services"),
        ((ISIAN, *SCHEME, "--out", "x.pptx"), ".pptx"),
        ((ISIAN, *SCHEME, "--json", "--unknown", "guess"), "guess"),
    ],
)
def test_misuse_ends_with_2_and_says_what(words, said):
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr + done.stdout


def test_costs_may_be_nested_by_level_and_in_sections(tmp_path):
    file = tmp_path / "biaya.toml"
    file.write_text(
        "budget = 9\n[costs]\ninput.kompetensi = 2.5\n[costs.proses.standar_pelayanan]\n"
        '80 = "1,5"\n100 = 4\n[feasible]\n"output.persepsi_maladministrasi" = false\n',
        encoding="utf-8",
    )
    options = read_costs(file)
    assert options["budget"] == 9
    assert options["costs"]["input.kompetensi"] * 2 == 5
    assert options["costs"]["proses.standar_pelayanan"] == {80: Fraction(3, 2), 100: 4}
    assert options["feasible"] == {"output.persepsi_maladministrasi": False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 'mahal'\n", "'mahal' is no number"),
        ("[costs]\na = true\n", "True is no number"),
        ("[costs]\na = 1\n[lain]\nb = 2\n", "unknown section 'lain'"),
        ("costs = 3\n", "expected keys"),
    ],
)
def test_costs_that_are_none_are_refused_with_their_place(text, said, tmp_path):
    file = tmp_path / "biaya.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ArgumentError, match=said) as failure:
        read_costs(file)
    assert "biaya.toml" in str(failure.value)
