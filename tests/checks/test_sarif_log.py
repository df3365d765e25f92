"""SARIF that editors read: a rule once, a result a finding, at its line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sipukat
from sipukat.checks.sarif_log import line_of, sarif
from sipukat.findings import Finding
from sipukat.pelayanan import StandarPelayanan
from sipukat.pelayanan.trees import lines_of

DRAFT = """nama: KTP-el
unit: Dinas
jangka_waktu_penyelesaian: secepatnya
persyaratan:
  BPJS:
    - Kartu BPJS
    - Dokumen lain yang dibutuhkan
"""


def test_a_line_is_that_of_the_path_or_of_what_holds_it():
    lines = dict(lines_of(DRAFT))
    assert line_of("persyaratan.BPJS[1]", lines) == 7
    assert line_of("jangka_waktu_penyelesaian[0]", lines) == 3
    assert line_of("biaya_tarif", lines) is None


def test_a_local_komponen_is_found_under_tambahan():
    lines = dict(lines_of("nama: A\ntambahan:\n  kanal_daring:\n    - Situs\n"))
    assert line_of("kanal_daring[0]", lines) == 4
    assert line_of("lain", lines) is None


def test_each_rule_stands_once_and_each_result_points_at_it():
    found = sipukat.check(sipukat.pelayanan.loads(DRAFT))
    log = sarif([("draf.yaml", dict(lines_of(DRAFT)), finding) for finding in found])
    (run,) = log["runs"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == sorted(set(ids))
    assert len(run["results"]) == len(found)
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    at = {
        r["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]: r["locations"][0]["physicalLocation"]
        for r in run["results"]
    }
    assert at["jangka_waktu_penyelesaian[0]"]["region"] == {"startLine": 3}
    assert "region" not in at["biaya_tarif"]
    json.dumps(log, allow_nan=False)


def test_the_severities_are_those_of_sarif():
    found = [Finding(code="X1", severity=s) for s in ("error", "warning", "info")]
    assert [r["level"] for r in sarif([("a", {}, f) for f in found])["runs"][0]["results"]] == [
        "error",
        "warning",
        "note",
    ]


@given(st.text(max_size=30), st.dictionaries(st.text(max_size=8), st.integers(1, 9), max_size=4))
def test_looking_for_a_line_ends(path, lines):
    assert line_of(path, lines) in {None, *lines.values()}


def test_toml_has_a_line_for_each_item_of_a_list():
    text = pelayanan_dump()
    lines = dict(lines_of(text, format="toml"))
    at = text.splitlines()
    assert 'Kartu "BPJS"' in at[lines["persyaratan[1]"] - 1].replace("\\", "")
    assert "Gratis" in at[lines["biaya_tarif[0]"] - 1]
    several = 'nama = "A"\n[[biaya_tarif]]\ntext = "x"\n[[biaya_tarif]]\ntext = """\nunit = 1\n"""\n'
    told = dict(lines_of(several, format="toml"))
    assert (told["biaya_tarif[0]"], told["biaya_tarif[1]"], told["biaya_tarif[1].text"]) == (2, 4, 5)
    assert "biaya_tarif[1].unit" not in told


def pelayanan_dump():
    pytest.importorskip("tomli_w", reason="tomli-w is not installed (extra toml)")
    doc = StandarPelayanan(nama="KTP-el", persyaratan=["KK", 'Kartu "BPJS"'], biaya_tarif="Gratis")
    return sipukat.pelayanan.dump(doc, "toml")
