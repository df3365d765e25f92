"""What an assessment tells: sentences, frames, plain data, the way to a better zone."""

from __future__ import annotations

import json
import pickle
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat.compliance import Evidence, Item, score
from sipukat.errors import ArgumentError, UnknownNameError

KEYS = (
    "input.kompetensi input.sarana_prasarana proses.standar_pelayanan "
    "output.persepsi_maladministrasi pengaduan.pengelolaan"
).split()
CITY = Evidence.of(dict.fromkeys(KEYS, "50.20"), unit="Kota Contoh", source="formulir contoh")


@pytest.fixture
def whole():
    return score(CITY, standard="ombudsman-2022")


@pytest.fixture
def part():
    return score(CITY.with_(KEYS[3], None), standard="ombudsman-2022")


def test_a_score_is_a_sentence_in_two_languages(whole, part):
    assert whole.sentence() == (
        "Kota Contoh: Nilai 50,20 menurut ombudsman-2022: D, Kualitas Rendah, zona merah."
    )
    assert part.sentence() == (
        "Kota Contoh: Nilai menurut ombudsman-2022 antara 38,03 dan 62,27 (D merah sampai C kuning): "
        "1 dari 5 indikator belum diketahui."
    )
    assert part.sentence("en") == (
        "Kota Contoh: The score under ombudsman-2022 lies between 38.03 and 62.27 (D merah to C kuning): "
        "1 of 5 indicators are not known."
    )


def test_a_repr_says_what_matters(whole, part):
    assert repr(whole) == "Assessment(Kota Contoh, ombudsman-2022: 50.20 D, zone merah, 0 unknown)"
    assert repr(part) == "Assessment(Kota Contoh, ombudsman-2022: 38.03 to 62.27, zone None, 1 unknown)"


def test_a_frame_has_one_row_an_indicator(whole, part):
    frame = whole.to_frame()
    assert frame["key"].tolist() == KEYS
    assert frame["points"].sum() == pytest.approx(50.20)
    assert frame["assumed"].tolist() == [True, True, False, False, False]
    assert set(frame["source"]) == {"formulir contoh"}
    assert part.to_frame()["points"].isna().tolist() == [False, False, False, True, False]


def test_plain_data_goes_through_json_and_holds_the_exact_numbers(whole, part):
    data = json.loads(json.dumps(whole.to_dict()))
    assert data["format"] == "urn:sipukat:assessment:1"
    assert (data["score"], data["exact"], data["zone"]) == ("50.20", "251/5", "merah")
    assert sum(Fraction(row["points"]) for row in data["contributions"]) == Fraction(data["exact"])
    assert data["findings"]
    open_ = json.loads(json.dumps(part.to_dict()))
    assert (open_["score"], open_["unknown"]) == (None, [KEYS[3]])
    assert (open_["lowest"]["score"], open_["highest"]["score"]) == ("38.03", "62.27")


def test_an_assessment_pickles(whole):
    again = pickle.loads(pickle.dumps(whole))  # noqa: S301  our own bytes
    assert again.score == whole.score
    assert again.contributions == whole.contributions
    assert again.tree.share(KEYS[0]) == whole.tree.share(KEYS[0])


def test_html_escapes_names_and_marks_assumed_weights():
    known = Evidence.of(dict.fromkeys(KEYS, 50), unit="<script>")
    html = score(known, "ombudsman-2022")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "* bobot asumsi" in html


def test_an_unknown_indicator_is_refused(whole):
    with pytest.raises(UnknownNameError, match=r"input\.kompetensi"):
        whole.contribution("input")


@pytest.mark.parametrize(("target", "least"), [("hijau", 78), ("A", 88), ("kuning", 54), (Decimal(60), 60)])
def test_the_path_leads_to_the_target_and_keeps_its_promise_exactly(whole, target, least):
    path = whole.path_to(target)
    assert path.reachable
    after = CITY
    for step in path:
        after = after.with_(step.key, step.after)
    reached = score(after, "ombudsman-2022")
    assert reached.score == path.score_after
    assert reached.published == path.published_after
    assert reached.published >= least


def test_a_target_that_the_scheme_does_not_have_is_refused(whole):
    with pytest.raises((ArgumentError, UnknownNameError), match="biru"):
        whole.path_to("biru")


def test_an_assessment_shows_its_indicators_in_a_notebook(part):
    assert " ".join(re.sub(r"<[^>]+>", " ", part._repr_html_()).split()) == (
        "Kota Contoh: Nilai menurut ombudsman-2022 antara 38,03 dan 62,27 (D merah sampai C kuning): "
        "1 dari 5 indikator belum diketahui. Nilai tiap indikator menurut ombudsman-2022 "
        "indikator poin paling tinggi Kompetensi Pelaksana* 5,48 10,93 Sarana Prasarana* 5,48 10,93 "
        "Standar Pelayanan 16,25 32,37 Persepsi Maladministrasi – 24,24 Pengelolaan Pengaduan 10,81 21,54 "
        "* bobot asumsi"
    )


def test_bounds_in_one_band_are_called_once():
    items = [Item(key=key, value=60) for key in KEYS[1:]]
    told = score(Evidence(items=(*items, Item(key=KEYS[0], low=58, high=62))), standard="ombudsman-2022")
    assert told.sentence() == (
        "Nilai menurut ombudsman-2022 antara 59,78 dan 60,22 (C kuning): 1 dari 5 indikator belum diketahui."
    )
    assert "lies between 59.78 and 60.22 (C kuning): 1 of 5" in told.sentence("en")
