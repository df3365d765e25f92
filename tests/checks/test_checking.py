"""One call looks at one document or several, for all codes or some, and a plugin's failure stops nothing."""

from __future__ import annotations

import inspect
import sys
from datetime import date

import pytest

import sipukat
from sipukat import datasets
from sipukat.checks import REGISTRY, rules
from sipukat.errors import UnknownNameError
from sipukat.findings import catalogue
from sipukat.pelayanan import StandarPelayanan, load

ON = date(2026, 11, 24)
GOOD = [name for name in datasets.names("pelayanan") if name.endswith("-good")]
POOR = [name for name in datasets.names("pelayanan") if name.endswith("-poor")]


def codes(found):
    return [finding.code for finding in found]


def test_a_mapping_is_a_document_too():
    assert codes(sipukat.check({"nama": "KTP-el"}, on=ON)) == codes(
        sipukat.check(StandarPelayanan(nama="KTP-el"), on=ON)
    )


@pytest.mark.parametrize("name", GOOD)
def test_a_good_draft_has_no_error_and_no_warning(name):
    found = sipukat.check(load(datasets.path(name)), "permenpanrb-15-2014", on=ON)
    assert [str(f) for f in found if f.severity != "info"] == []


@pytest.mark.parametrize("name", POOR)
def test_a_poor_draft_has_many_findings_of_every_group_that_say_what_would_be_right(name):
    found = sipukat.check(load(datasets.path(name)), on=ON)
    assert not found.ok
    assert {code[:3] for code in codes(found)} == {"LKP", "KNS", "JLS"}
    assert all(f.message(lang) and f.suggestion(lang) for f in found for lang in ("id", "en"))


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_a_rule_is_selected_by_its_code_and_has_a_page(rule):
    found = [
        f
        for name in datasets.names("pelayanan")
        for f in sipukat.check(load(datasets.path(name)), select=rule.code, on=ON)
    ]
    assert {f.code for f in found} <= {rule.code}
    words = catalogue()[rule.code]
    assert words.saran
    assert words.suggestion
    page = inspect.getdoc(rule.run) or ""
    assert all(part in page for part in ("Before", "After", "Source"))


def test_no_two_rules_share_a_code():
    every = codes(rules())
    assert len(every) == len(set(every))


def test_select_and_ignore_take_beginnings_of_codes():
    draft = load(datasets.path(POOR[0]))
    every = codes(sipukat.check(draft, on=ON))
    assert codes(sipukat.check(draft, select="LKP", on=ON)) == [c for c in every if c.startswith("LKP")]
    assert codes(sipukat.check(draft, ignore=["LKP", "JLS"], on=ON)) == [
        c for c in every if c.startswith("KNS")
    ]


@pytest.mark.parametrize("asked", ["LKP999", "XYZ", "lkp"])
def test_an_unknown_code_is_refused(asked):
    with pytest.raises(UnknownNameError, match=asked):
        sipukat.check({"nama": "A"}, select=asked)


def test_a_standard_of_another_kind_is_refused():
    with pytest.raises(UnknownNameError, match="permenpanrb-14-2017"):
        sipukat.check({"nama": "A"}, "permenpanrb-14-2017")


def test_several_documents_have_their_place_before_each_path():
    found = sipukat.check([StandarPelayanan(nama="A"), StandarPelayanan(nama="B")], on=ON)
    assert {f.path.partition(".")[0] for f in found} == {"documents[0]", "documents[1]"}


def test_findings_come_in_the_order_of_the_standard():
    draft = StandarPelayanan(nama="A", unit="B")
    law = [f.path for f in sipukat.check(draft, "uu-25-2009", select="LKP101", on=ON)]
    ministry = [f.path for f in sipukat.check(draft, "permenpanrb-15-2014", select="LKP101", on=ON)]
    assert law[0] == "dasar_hukum"
    assert ministry[0] == "persyaratan"
    assert sorted(law) == sorted(ministry)


def test_every_finding_of_a_komponen_cites_its_article():
    (found,) = [f for f in sipukat.check({"nama": "A"}, on=ON, select="LKP101") if f.path == "biaya_tarif"]
    assert str(found.citation) == "Undang-Undang Nomor 25 Tahun 2009, Pasal 21 huruf e"


KBX = """
from sipukat.checks import Rule
from sipukat.findings import Finding

def fails(case):
    raise RuntimeError("rusak")

def finds(case):
    yield Finding(code="KBX901", severity="warning", path="nama", facts={"nama": case.doc.nama})

SOUND = (Rule("KBX901", finds),)
BROKEN = (Rule("KBX900", fails), *SOUND)
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a function that installs a package with a set of rules: module and metadata."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(value, code=KBX):
        (tmp_path / "kbx_rules.py").write_text(code, encoding="utf-8")
        info = tmp_path / "kbx-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kbx\nVersion: 1.0\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(
            f"[sipukat.checks]\nkbx = kbx_rules:{value}\n", encoding="utf-8"
        )
        monkeypatch.delitem(REGISTRY.__dict__, "points", raising=False)

    yield install
    REGISTRY.__dict__.pop("points", None)
    sys.modules.pop("kbx_rules", None)


def test_a_plugin_adds_rules(installed):
    installed("SOUND")
    (found,) = sipukat.check({"nama": "A"}, select="KBX", on=ON)
    assert (found.code, found.facts["nama"]) == ("KBX901", "A")


def test_a_rule_of_a_plugin_that_fails_is_reported_and_stops_no_other(installed):
    installed("BROKEN")
    found = sipukat.check({"nama": "A"}, select=["KBX"], on=ON)
    assert sorted(codes(found)) == ["KBX901", "STD502"]
    assert found.by_code("STD502")[0].message("en") == (
        "The check KBX900 of kbx 1.0 failed, so it has no result: RuntimeError: rusak"
    )


@pytest.mark.parametrize(("value", "code"), [("SOUND", "raise ImportError('tidak ada')"), ("X", "X = 3")])
def test_a_set_that_cannot_be_loaded_is_reported_and_stops_no_other(installed, value, code):
    installed(value, code)
    found = sipukat.check({"nama": "A"}, on=ON)
    assert "STD501" in codes(found)
    assert "LKP101" in codes(found)
