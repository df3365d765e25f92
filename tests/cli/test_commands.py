"""The command line, as a person and as a program in another language would call it."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sipukat import datasets
from sipukat.cli import main

CODES = ",".join(f"U{i}" for i in range(1, 10))


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def program(*arguments):
    """Call the command as another program does."""
    command = [sys.executable, "-m", "sipukat", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_ikm_prints_every_unit_and_the_whole():
    result = call("ikm", datasets.path("kota-contoh"), "--by", "unit")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split()[:3] == ["unit", "n", "IKM"]
    assert len(lines) == 2 + 13 + 1
    assert lines[-1].startswith("KESELURUHAN")
    assert "1.500" in lines[-1]


def test_ikm_in_english_has_decimal_points_of_english():
    result = call("ikm", datasets.path("kota-contoh"), "--lang", "en")
    assert "OVERALL" in result.stdout
    assert "1,500" in result.stdout


def test_ikm_gives_json_to_other_languages():
    done = program("ikm", datasets.path("kota-contoh"), "--by", "unit", "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data["ok"]
    assert len(data["groups"]) == 13
    assert data["overall"]["n"] == sum(group["n"] for group in data["groups"])
    assert {f["code"] for f in data["findings"]} >= {"SRV413", "IKM601"}
    assert len(data["provenance"]["sha256"]) == 64


def test_ikm_writes_the_files_that_are_asked_for(tmp_path):
    outputs = [tmp_path / f"ikm{suffix}" for suffix in (".xlsx", ".html", ".csv", ".json")]
    result = call("ikm", datasets.path("kota-contoh"), *(part for o in outputs for part in ("--out", o)))
    assert result.exit_code == 0
    assert all(output.stat().st_size > 1000 for output in outputs)


def test_a_finding_of_severity_error_is_exit_code_1(tmp_path):
    path = tmp_path / "kosong.csv"
    path.write_text(f"unit,{CODES}\nA,{'4,' * 8}\nA,{'3,' * 8}\n", encoding="utf-8")
    result = call("ikm", path)
    assert result.exit_code == 1
    assert "IKM606" in result.stderr


@pytest.mark.parametrize("content", ["", f"{CODES}\n", f"{CODES}\n5,5,5,5,5,5,5,5,5\n", "MZ\x00\x01"])
def test_unusable_files_are_exit_code_2_and_one_line(tmp_path, content):
    path = tmp_path / "berkas.csv"
    path.write_text(content, encoding="utf-8")
    result = call("ikm", path)
    assert result.exit_code == 2
    assert result.stderr.startswith("sipukat: berkas.csv")
    assert "Traceback" not in result.stderr


def test_errors_are_json_too(tmp_path):
    path = tmp_path / "berkas.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    done = program("ikm", path, "--json")
    assert done.returncode == 2
    error = json.loads(done.stdout)
    assert not error["ok"]
    assert error["error"]["type"] == "ColumnError"
    assert done.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("ikm", "tidak-ada.csv"),
        ("sample-size", "abc"),
        ("sample-size", 100, "--tidak-ada"),
        ("ikm",),
        ("tidak-ada",),
    ],
)
def test_misuse_is_json_where_json_is_asked_for_and_words_where_not(arguments):
    asked = call(*arguments, "--json")
    assert asked.exit_code == 2
    assert not json.loads(asked.stdout)["ok"]
    assert asked.stderr == ""
    words = call(*arguments)
    assert words.exit_code == 2
    assert "Pemakaian:" in words.stderr
    assert words.stdout == ""


def test_columns_can_be_named(tmp_path):
    path = tmp_path / "asing.csv"
    headings = [f"kolom {i}" for i in range(1, 10)]
    path.write_text(",".join(headings) + "\n" + "4,4,4,4,4,4,4,4,3\n" * 40, encoding="utf-8")
    named = [a for i, h in enumerate(headings, 1) for a in ("--column", f"{h}=U{i}")]
    result = call("ikm", path, "--order", "peraturan", *named)
    assert "99,31" not in result.stdout
    assert "97,22" in result.stdout
    assert call("ikm", path, "--column", "tanpa-arti").exit_code == 2


def test_demo_says_that_it_is_invented_and_writes_three_files(tmp_path):
    result = call("demo", "--out", tmp_path / "hasil")
    assert result.exit_code == 0
    assert "DATA REKAAN" in result.stdout
    names = sorted(p.suffix for p in (tmp_path / "hasil").iterdir())
    assert names == [".html", ".json", ".xlsx"]


def test_audit_finds_the_convention_of_a_published_number():
    nrr = "3,31 3,35 3,49 3,93 3,45 3,39 3,39 3,76 3,35"
    result = call("audit", "87,28", "--nrr", nrr, "--mutu", "B")
    assert result.exit_code == 0
    assert "bobot tepat" in result.stdout
    wrong = call("audit", "91,28", "--nrr", nrr, "--mutu", "B", "--json")
    assert wrong.exit_code == 1
    assert json.loads(wrong.stdout)["ok"] is False


def test_sample_size_is_that_of_the_table():
    result = call("sample-size", 1000, 45, "--json")
    assert [s["n"] for s in json.loads(result.stdout)["sizes"]] == [278, 40]
    assert "278" in call("sample-size", 1000).stdout
    assert call("sample-size", 0).exit_code == 2


def test_sample_size_reckons_with_a_design_effect_and_a_response_rate():
    result = call("sample-size", 1500, 100, "--deff", 2, "--response-rate", 0.6, "--json")
    first, second = json.loads(result.stdout)["sizes"]
    assert (first["n"], first["invited"], first["by_law"], first["findings"]) == (509, 849, False, [])
    assert (second["invited"], second["findings"][0]["code"]) == (100, "IKM690")
    words = call("sample-size", 100, "--response-rate", 0.5)
    assert words.exit_code == 0
    assert "diundang" in words.stdout
    assert "IKM690" in words.stderr
    assert call("sample-size", 100, "--response-rate", 2).exit_code == 2


def test_standards_are_listed_and_shown():
    assert "permenpanrb-14-2017" in call("standards").stdout
    shown = call("standards", "Permenpan RB 14/2017")
    assert "76.61" in shown.stdout
    assert {r["kind"] for r in json.loads(call("standards", "--json").stdout)} >= {"survey", "compliance"}
    unknown = call("standards", "permenpanrb-14-2018")
    assert unknown.exit_code == 2
    assert "Did you mean" in unknown.stderr


def test_help_is_quick_and_loads_no_pandas():
    code = (
        "import sys; sys.argv = ['sipukat', '--help']\n"
        "from sipukat.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "assert not {'pandas', 'scipy', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
