"""``sipukat verify``: its words, its JSON and its exit codes."""

import json
import shutil

import pytest
from click.testing import CliRunner

from sipukat import datasets
from sipukat.cli import main

CITY = datasets.path("kota-contoh")


def call(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What ``sipukat ikm`` wrote, beside its survey; and what it printed as JSON."""
    made = tmp_path_factory.mktemp("terbit")
    shutil.copy(CITY, made / "survei.csv")
    files = [("--out", made / name) for name in ("hasil.json", "hasil.xlsx")]
    done = call(
        "ikm", made / "survei.csv", "--by", "unit", *(word for pair in files for word in pair), "--json"
    )
    (made / "layar.json").write_text(done.stdout, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", ["hasil.json", "hasil.xlsx", "layar.json"])
def test_what_the_command_wrote_is_equal(folder, name):
    done = call("verify", folder / name)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name}: sama: ")


def test_a_forged_number_is_shown_with_its_place_and_the_exit_code_is_1(folder, tmp_path):
    text = (folder / "hasil.json").read_text(encoding="utf-8").replace("82.5", "92.5")
    (tmp_path / "palsu.json").write_text(text, encoding="utf-8")
    done = call("verify", tmp_path / "palsu.json", "--input", CITY)
    assert done.exit_code == 1
    row = next(line for line in done.stdout.splitlines() if "Keseluruhan" in line)
    assert row.startswith("Unit ")
    assert row.split()[-2:] == ["92.5", "82.5"]
    assert "VRF802" in done.stderr


def test_without_the_input_the_exit_code_is_2_and_the_reason_is_told(folder, tmp_path):
    shutil.copy(folder / "hasil.xlsx", tmp_path)
    done = call("verify", tmp_path / "hasil.xlsx", "--lang", "en")
    assert done.exit_code == 2
    assert "undecided" in done.stdout
    assert "VRF811" in done.stderr


def test_json_holds_verdict_differences_and_findings(folder, tmp_path):
    shutil.copy(folder / "hasil.json", tmp_path)
    done = call("verify", tmp_path / "hasil.json", "--json")
    told = json.loads(done.stdout)
    assert done.exit_code == 2
    assert (told["ok"], told["verdict"], told["differences"]) == (False, "undecided", [])
    assert [each["code"] for each in told["findings"]] == ["VRF811"]


def test_what_is_no_publication_is_one_line_and_exit_code_2(folder):
    done = call("verify", folder / "survei.csv")
    assert done.exit_code == 2
    assert "only .json and .xlsx can be computed again" in done.stderr
