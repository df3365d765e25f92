"""Real files of offices, which may not be redistributed: read from the shared folder, else skipped."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from sipukat import read_survey
from sipukat.errors import AnswerError, ColumnError
from sipukat.ikm import Design, estimate


def ikm(responses):
    """Compute the exact index with the answers that each unsur has, independently of `sipukat.ikm`."""
    means = []
    for name in responses.unsur:
        scores = [int(score) for score in responses.frame[name].dropna()]
        means.append(Fraction(sum(scores), len(scores)))
    return float(round(25 * sum(means) / len(means), 10))


def codes(findings):
    return {finding.code for finding in findings}


def test_pulang_pisau_asks_what_u8_and_u9_are_and_still_gives_the_index(shared):
    responses, findings = read_survey(shared("data/respondents/dpmptsp-pulang-pisau-2018-2023.csv"))
    assert len(responses) == 2008
    assert ikm(responses) == pytest.approx(90.6430, abs=5e-5)
    assert responses.unsur[7:] == ("U8", "U9")
    assert not {"pengaduan", "sarana"} & set(responses.frame.columns)
    asked = findings.by_code("SRV405")[0]
    assert "permenpanrb-16-2014" in asked.suggestion("id")


def test_pulang_pisau_has_226_repeats_1102_straight_lines_and_impossible_ages(shared):
    findings = read_survey(shared("data/respondents/dpmptsp-pulang-pisau-2018-2023.csv")).findings
    assert findings.by_code("SRV408")[0].facts["n"] == 226
    assert findings.by_code("SRV409")[0].facts["n"] == 1102
    assert findings.by_code("SRV410")[0].facts["n"] == 3
    assert findings.by_code("SRV425")[0].facts["rows"] == [2]
    assert findings.by_code("SRV419")[0].facts["columns"] == ["total_app"]


def test_pulang_pisau_under_the_set_of_2014_has_a_maklumat(shared):
    path = shared("data/respondents/dpmptsp-pulang-pisau-2018-2023.csv")
    responses, findings = read_survey(path, "permenpanrb-16-2014")
    assert responses.unsur[7:] == ("maklumat", "pengaduan")
    assert "SRV405" not in codes(findings)


def test_jepara_letters_are_scores_and_blanks_stay_blanks(shared):
    responses, findings = read_survey(shared("data/respondents/mpp-jepara-2021-2022.csv"), order="peraturan")
    assert len(responses) == 2404
    missing = responses.frame[list(responses.unsur)].isna()
    assert int(missing.sum().sum()) == 197
    assert ikm(responses) == pytest.approx(96.1813, abs=5e-5)
    complete = responses.frame[~missing.any(axis=1)]
    assert len(complete) == 2322
    assert float(complete[list(responses.unsur)].astype(float).mean().mean()) * 25 == pytest.approx(
        96.3537, abs=5e-5
    )
    assert findings.by_code("SRV413")[0].facts["n"] == 197
    assert findings.by_code("SRV409")[0].facts["n"] == 1407
    assert "SRV405" not in codes(findings)


def test_jepara_ages_of_352_and_names_in_two_spellings_are_found(shared):
    findings = read_survey(shared("data/respondents/mpp-jepara-2021-2022.csv")).findings
    assert findings.by_code("SRV410")[0].facts["n"] == 3  # -41, 1 and 352
    assert findings.by_code("SRV417")[0].facts["names"] == ["Wiraswasta", "wiraswasta"]
    assert "BANK JATENG (664)" not in findings.by_code("SRV433")[0].facts["units"]


def test_kelurahan_metro_is_recognised_by_question_numbers(shared):
    responses, _ = read_survey(shared("data/respondents/kelurahan-metro-2021.csv"))
    assert len(responses) == 45
    assert ikm(responses) == pytest.approx(85.8642, abs=5e-5)


def test_pangkep_is_refused_under_14_2017_and_told_which_standard_it_follows(shared):
    path = shared("data/respondents/mpp-pangkep-2024.csv")
    with pytest.raises(ColumnError, match="MATLUMAN PELAYANAN") as refused:
        read_survey(path)
    assert 'standard="permenpanrb-16-2014"' in str(refused.value)
    responses = read_survey(path, "permenpanrb-16-2014").responses
    assert responses.unsur[7] == "maklumat"
    assert ikm(responses) == pytest.approx(93.7374, abs=5e-5)


def test_fourteen_word_headings_are_the_unsur_of_2004(shared):
    path = shared("data/respondents/kuesioner-14-unsur-nama-kolom-kata.csv")
    responses, _ = read_survey(path, "kepmenpan-25-2004")
    assert len(responses.unsur) == 14
    assert ikm(responses) == pytest.approx(83.2857, abs=5e-5)
    with pytest.raises(ColumnError, match='standard="kepmenpan-25-2004"'):
        read_survey(path)


def test_percent_codes_with_extra_questions_need_the_nine_columns_stated(shared):
    path = shared("data/respondents/skm-menpan-9-plus-tambahan-nilai-persen.csv")
    with pytest.raises(ColumnError, match="'pertanyaan_12' and 'pertanyaan_13'"):
        read_survey(path)
    responses, findings = read_survey(path, columns={f"pertanyaan_{n}": f"U{n}" for n in range(1, 10)})
    assert len(responses) == 8
    assert responses.frame["persyaratan"].tolist()[:5] == [4, 1, 4, 3, 4]
    assert findings.by_code("SRV430")[0].facts["columns"] == ["pertanyaan_12", "pertanyaan_13"]
    assert findings.by_code("SRV432")[0].facts["rows"] == [9]


@pytest.mark.parametrize(
    "name", ["rs-poli-servqual-2017", "layanan-kepegawaian-5-butir", "sthm-fasilitas-kampus-googleform"]
)
def test_a_scale_of_five_is_refused_with_the_reason_and_what_to_do(shared, name):
    with pytest.raises(AnswerError, match="scale of 1-5") as refused:
        read_survey(shared(f"data/respondents/{name}.csv"))
    assert "not rescaled" in str(refused.value)
    assert "Repeat the survey" in str(refused.value)


def test_weights_of_a_csv_file_serve_the_design(shared):
    """Weights come as text from a file; the numbers are those of R's `survey`."""
    reading = read_survey(shared("data/r-survey/skm_synth.csv"))
    assert reading.responses.roles["unit_id"] == "unit"
    reference = json.loads(shared("data/r-survey/skm_synth_R.json").read_text())["designs"]["A_strat_fpc"]
    design = Design(weight="w_base", stratum="unit_id", population="n_unit_pop")
    e = estimate(reading.responses, design=design).overall
    assert (e.ikm, e.se) == pytest.approx((reference["overall"]["ikm"], reference["overall"]["se"]), rel=1e-9)
