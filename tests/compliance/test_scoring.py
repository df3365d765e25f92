"""Scores: exact, with bounds for what is not known, and every assumption said."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance import Evidence, Item, score, tree_of
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.standards import loader

ROOT = Path(__file__).resolve().parents[1]
SMALL = loader.parse(
    (ROOT / "standards" / "small_compliance.toml").read_text(encoding="utf-8"),
    file="uji.toml",
    base=standards.get,
)
SCHEMES = [*map(standards.compliance, standards.names("compliance")), SMALL]
KNOWN = {
    "input.kompetensi": 80,
    "input.sarana_prasarana": "62,5",
    "proses.standar_pelayanan": 55,
    "output.persepsi_maladministrasi": 90,
    "pengaduan.pengelolaan": 40,
}


def value_of(leaf):
    measure = leaf.measure
    if measure.kind == "levels":
        return st.sampled_from([level.score for level in measure.levels])
    if measure.kind == "yes_no":
        return st.booleans()
    if measure.kind == "count":
        return st.integers(0, 7)
    return st.decimals(measure.low, measure.high, places=2)


@st.composite
def cases(draw, *, complete=False):
    scheme = draw(st.sampled_from(SCHEMES))
    tree = tree_of(scheme)
    values = {}
    for leaf in tree.leaves():
        if complete or draw(st.booleans()):
            values[leaf.key] = draw(value_of(leaf))
    for condition in tree.conditions:
        if complete or draw(st.booleans()):
            values[condition.key] = draw(st.booleans())
    return scheme, tree, values


def test_a_score_is_worked_by_hand():
    found = score(KNOWN, standard="ombudsman-2022")
    # 0.10925*80 + 0.10925*62.5 + 0.3237*55 + 0.2424*90 + 0.2154*40
    by_hand = Fraction("8.74") + Fraction("6.828125") + Fraction("17.8035")
    by_hand += Fraction("21.816") + Fraction("8.616")
    assert found.score == by_hand == Fraction("63.803625")
    assert (found.published, found.code, found.zone) == (Decimal("63.80"), "C", "kuning")
    assert found.contribution("pengaduan.pengelolaan").points == Fraction("8.616")
    assert found.contribution("pengaduan.pengelolaan").lacking == Fraction("12.924")


def test_the_scheme_has_no_default():
    with pytest.raises(TypeError, match="standard"):
        score(KNOWN)


def test_a_small_scheme_with_every_kind_of_measure_is_worked_by_hand():
    values = {"janji.standar": 1, "janji.maklumat": True, "kanal": 2, "survei": 75, "responden": True}
    found = score(values, SMALL)
    # the promise: 60 of 100, in it a quarter of 70 and all of 30; two channels of five; 75 of 100
    assert found.score == Fraction("28.5") + 8 + 15 == Fraction("51.5")
    assert found.zone == "hijau"
    assert score(values | {"kanal": 9}, SMALL).score == Fraction("28.5") + 20 + 15  # five are enough


def test_the_ipp_is_three_quarters_f02_and_a_quarter_f03():
    tree = tree_of(standards.compliance("ipp-29-2022"))
    values = dict.fromkeys(tree.keys, 4) | {"f03": 2, "responden_minimum": True}
    assert score(values, "PEKPPP").score == Fraction(3, 4) * 4 + Fraction(1, 4) * 2
    below = score(values | {"responden_minimum": False}, "PEKPPP")
    assert below.score == 3
    assert [f.facts["keys"] for f in below.findings.by_code("CMP807")] == [["f03"]]
    del values["responden_minimum"]
    open_ = score(values, "PEKPPP")
    assert (open_.score, open_.lowest.exact, open_.highest.exact) == (None, 3, Fraction(7, 2))
    assert open_.unknown == ("f03",)
    assert open_.findings.by_code("CMP808")


def test_what_is_not_known_gives_bounds_and_not_a_guess():
    part = {key: value for key, value in KNOWN.items() if not key.startswith("output")}
    found = score(part, "ombudsman-2022")
    assert found.score is None
    assert found.published is None
    assert found.highest.exact - found.lowest.exact == Fraction("24.24")
    assert found.unknown == ("output.persepsi_maladministrasi",)
    (finding,) = found.findings.by_code("CMP805")
    assert finding.facts["keys"] == ["output.persepsi_maladministrasi"]
    assert found.contribution("output.persepsi_maladministrasi").points is None


def test_a_zone_that_every_possible_score_has_is_told():
    part = {key: value for key, value in KNOWN.items() if key != "input.kompetensi"}
    found = score(part, "ombudsman-2022")
    assert found.score is None
    assert (found.code, found.zone) == ("C", "kuning")


def test_bounds_of_an_item_narrow_the_score():
    items = [Item(key=key, value=value) for key, value in KNOWN.items() if key != "pengaduan.pengelolaan"]
    items.append(Item(key="pengaduan.pengelolaan", low=25, high=50))
    found = score(Evidence(items=tuple(items)), "ombudsman-2022")
    assert found.highest.exact - found.lowest.exact == Fraction("0.2154") * 25


def test_unknown_counts_as_nothing_only_where_it_is_asked_for_and_is_named():
    part = {"input.kompetensi": 80}
    found = score(part, "ombudsman-2022", unknown="zero")
    assert found.score == Fraction("8.74")
    assert found.unknown == tuple(KNOWN)[1:]
    assert found.findings.by_code("CMP806")
    assert not found.findings.by_code("CMP805")
    with pytest.raises(ArgumentError, match=r"unknown='guess' .* \"bounds\" or \"zero\""):
        score(part, "ombudsman-2022", unknown="guess")


def test_nothing_known_is_the_whole_scale():
    found = score({}, "ipp-29-2022")
    assert (found.lowest.exact, found.highest.exact) == (0, 5)
    assert (found.code, found.zone) == (None, None)


def test_assumed_weights_are_said_and_stated_ones_are_not():
    (finding,) = score(KNOWN, "ombudsman-2022").findings.by_code("CMP804")
    assert finding.facts["keys"] == ["input.kompetensi", "input.sarana_prasarana"]
    assert "21,85 persen" in finding.message("id")
    assert not score({"nilai": "51.15"}, "ombudsman-2021").findings.by_code("CMP804")
    assert score({"nilai": "51.15"}, "ombudsman-2021").findings.by_code("CMP809")


def test_the_suffix_is_earned_only_by_a_yes():
    tree = tree_of(standards.compliance("ombudsman-2025"))
    values = dict.fromkeys(tree.keys, "62.57")
    key = "kepatuhan_produk_pengawasan"
    told = {answer: score(values | {key: answer}, "ombudsman-2025") for answer in (True, False, None)}
    assert told[True].opini == "Kualitas Sedang Tanpa Maladministrasi"
    assert told[False].opini == told[None].opini == "Kualitas Sedang"
    assert [bool(a.findings.by_code("CMP810")) for a in told.values()] == [False, False, True]
    assert len({a.score for a in told.values()}) == 1


def test_weak_evidence_is_said():
    weak = Item(key="nilai", value="60", confidence="C")
    (finding,) = score(Evidence(items=(weak,)), "ombudsman-2021").findings.by_code("CMP812")
    assert finding.facts["keys"] == ["nilai"]


def test_evidence_of_a_scheme_also_serves_the_local_one_that_extends_it_and_no_other():
    local = loader.parse(
        'kind = "compliance"\nid = "kota-contoh"\ntitle = "Kota"\nconfidence = "B"\n'
        'extends = "ombudsman-2022"\n',
        file="uji.toml",
        base=standards.get,
    )
    items = [Item(key=key, value=value, schemes=("ombudsman-2022",)) for key, value in KNOWN.items()]
    items.append(Item(key="sipp.21", value=4, schemes=("ipp-29-2022",)))
    known = Evidence(items=tuple(items), unit="Dinas Contoh")
    assert score(known, local).score == score(known, "ombudsman-2022").score == Fraction("63.803625")
    assert score(known, local).path_to("hijau").score_after >= 78


@pytest.mark.parametrize(
    ("values", "error", "why"),
    [
        ({"input.kompetensy": 3}, UnknownNameError, "Did you mean"),
        ({"input": 3}, UnknownNameError, "indicator of ombudsman-2022"),
        ({"input.kompetensi": 101}, ArgumentError, "input.kompetensi: 101 is no value"),
        ({"input.kompetensi": True}, ArgumentError, "expected a number from 0 to 100"),
        ({"input.kompetensi": float("nan")}, ArgumentError, "nan"),
        ({"input.kompetensi": "banyak"}, ArgumentError, "banyak"),
        ([80, 90], ArgumentError, "a list is no evidence"),
        ("hijau", ArgumentError, "a str is no evidence"),
    ],
)
def test_what_is_no_evidence_is_refused_with_its_place(values, error, why):
    with pytest.raises(error, match=why):
        score(values, "ombudsman-2022")


def test_a_condition_takes_yes_or_no_and_a_level_that_is_none_is_refused():
    with pytest.raises(ArgumentError, match="responden_minimum: 31 is no answer"):
        score({"responden_minimum": 31}, "ipp-29-2022")
    with pytest.raises(ArgumentError, match=r"kebijakan_pelayanan\.1: .* expected one of 0, 1, 2, 3, 4, 5"):
        score({"kebijakan_pelayanan.1": "3,5"}, "ipp-29-2022")


@given(cases(complete=True))
def test_contributions_add_up_to_the_score_exactly(case):
    scheme, tree, values = case
    found = score(values, scheme)
    assert sum(row.points for row in found.contributions) == found.score
    assert sum(row.possible for row in found.contributions) == scheme.scale.high
    assert sum(row.share for row in found.contributions) == 1
    assert found.published == scheme.rounded(found.score)
    assert tuple(row.key for row in found.contributions) == tree.keys


@given(cases(), st.data())
def test_the_bounds_hold_every_completion_and_are_reached(case, data):
    scheme, tree, values = case
    found = score(values, scheme)
    rest = {leaf.key: data.draw(value_of(leaf)) for leaf in tree.leaves() if leaf.key not in values}
    rest |= {c.key: data.draw(st.booleans()) for c in tree.conditions if c.key not in values}
    whole = score(values | rest, scheme)
    assert found.lowest.exact <= whole.score <= found.highest.exact
    ends = []
    for best in (False, True):
        filled = {leaf.key: _end(leaf, best=best) for leaf in tree.leaves()}
        filled |= {c.key: best for c in tree.conditions}
        ends.append(score(filled | values, scheme).score)
    assert ends == [found.lowest.exact, found.highest.exact]
    assert score(values, scheme, unknown="zero").score == found.lowest.exact


def _end(leaf, *, best):
    end = leaf.measure.high if best else leaf.measure.low
    return bool(end) if leaf.measure.kind == "yes_no" else end


@given(cases(complete=True), st.data())
def test_raising_an_indicator_never_lowers_the_score(case, data):
    scheme, tree, values = case
    leaf = data.draw(st.sampled_from(tree.leaves()))
    other = data.draw(value_of(leaf))
    lower, higher = sorted((values[leaf.key], other))
    before, after = (score(values | {leaf.key: value}, scheme).score for value in (lower, higher))
    assert before <= after


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_changes_nothing(case, random):
    scheme, _, values = case
    shuffled = list(values.items())
    random.shuffle(shuffled)
    one, two = score(values, scheme), score(dict(shuffled), scheme)
    assert one.contributions == two.contributions
    assert one.findings == two.findings


def _facts(found, code):
    return [(f.path, f.facts) for f in found.findings.by_code(code)]


def test_each_remark_says_of_whom_and_how_many():
    items = (
        Item(key="input.kompetensi", value=80, confidence="C"),
        Item(key="proses.standar_pelayanan", value=55, confidence="C"),
    )
    known = Evidence(items=items, unit="Dinas Contoh")
    open_ = ["input.sarana_prasarana", "output.persepsi_maladministrasi", "pengaduan.pengelolaan"]
    found = score(known, "ombudsman-2022")
    assert _facts(found, "CMP805") == [("Dinas Contoh", {"keys": open_, "n": 3, "of": 5})]
    zero = score(known, "ombudsman-2022", unknown="zero")
    assert _facts(zero, "CMP806") == _facts(found, "CMP805")
    weak = {"keys": ["input.kompetensi", "proses.standar_pelayanan"], "n": 2}
    assert _facts(found, "CMP812") == [("Dinas Contoh", weak)]
    assumed = ["input.kompetensi", "input.sarana_prasarana"]
    assert _facts(found, "CMP804") == [
        ("ombudsman-2022", {"keys": assumed, "percent": 21.85, "n": 2, "of": 5})
    ]


def test_remarks_on_a_scheme_and_on_conditions_have_their_facts():
    assert _facts(score({"nilai": 60}, "ombudsman-2021"), "CMP809") == [("ombudsman-2021", {"key": "nilai"})]
    local = Evidence(items=(), unit="Dinas Contoh")
    (suffix,) = score(local, "ombudsman-2025").findings.by_code("CMP810")
    assert (suffix.path, suffix.facts["key"]) == ("Dinas Contoh", "kepatuhan_produk_pengawasan")
    assert suffix.facts["suffix"] == "Tanpa Maladministrasi"
    gate = {"key": "responden", "syarat": "Responden cukup", "keys": ["survei"]}
    assert _facts(score(local, SMALL), "CMP808") == [("Dinas Contoh", gate)]
    assert _facts(score({"responden": False}, SMALL), "CMP807") == [("", gate)]
    assert not score({"responden": True}, SMALL).findings.by_code("CMP807")
    assert not score({"responden": True}, SMALL).findings.by_code("CMP808")
    assert _facts(score({}, SMALL), "CMP811") == [("penilaian-uji", {"keys": ["survei"], "n": 1, "of": 4})]


def test_evidence_keeps_the_scheme_it_was_gathered_for():
    own = Item(key="nilai", value=60, schemes=("ombudsman-2021",))
    found = score(Evidence(items=(own,), unit="U", product="P"), "ombudsman-2021").evidence
    assert (found.get("nilai").schemes, found.unit, found.product) == (("ombudsman-2021",), "U", "P")
