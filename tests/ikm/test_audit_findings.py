"""What is found in a printed index is said with all its figures, worked by hand."""

import pytest

from sipukat.ikm.auditing.audit import audit

LAW = "permenpanrb-14-2017"
UNSUR = "3,31 3,35 3,49 3,93 3,45 3,39 3,39 3,76 3,35".split()  # mean 31,42 / 9, x 25 = 87,2777...

PRINTS = {
    "an average above the scale": (
        {"nrr": ["4.20", "3.00"], "printed_ikm": "90.00"},
        [("IKM665", {"unsur": [1], "low": 1, "high": 4})],
    ),
    "sums above the scale, cut off": (  # 66 / 16 x 25 = 103.125
        {"sums": [33, 33], "n": 8, "printed_ikm": "103.12"},
        [
            ("IKM665", {"unsur": [1, 2], "low": 1, "high": 4}),
            ("IKM658", {"printed": "103.12", "low": "25", "high": "100"}),
            ("IKM652", {"printed": "103.12", "value": "103.125000", "right": "103.13"}),
        ],
    ),
    "an average in place of an index": (
        {"nrr": ["3,70"] * 9, "printed_ikm": "3,7"},
        [("IKM657", {"printed": "3,7", "low": 1, "high": 4, "factor": "25", "ikm": "92,50"})],
    ),
    "an index that is not 25 times the average": (
        {"nrr": ["3.00"] * 9, "printed_ikm": "75.00", "printed_index": "3.050"},
        [("IKM656", {"index": "3.050", "factor": "25", "product": "76.25000", "printed": "75.00"})],
    ),
    "weighted averages that do not add up": (
        {"nrr": ["3.70", "3.60"], "printed_ikm": "91.25", "printed_weighted": ["1.58", "1.80"]},
        [("IKM664", {"printed": "91.25"})],
    ),
    "a number that no total of twelve people gives": (  # 80.11 x 12 x 9 / 25 = 346.0752
        {"n": 12, "printed_ikm": "80.11"},
        [("IKM659", {"printed": "80.11", "n": 12, "total": "346.08"})],
    ),
    "a letter of no regulation": (
        {"nrr": ["3.70"] * 9, "printed_ikm": "92.50", "printed_mutu": "B", "printed_kinerja": "Baik"},
        [("IKM666", {"said": "B Baik", "printed": "92.50", "mutu": "A", "kinerja": "Sangat baik"})],
    ),
    "a number that nothing gives": (
        {"nrr": ["3.00"] * 9, "printed_ikm": "80.00"},
        [
            (
                "IKM650",
                {
                    "printed": "80.00",
                    "nearest": "printed_nrr:exact_1/n",
                    "value": "75.000000",
                    "distance": "5.000000",
                },
            ),
            ("IKM660", {"printed": "80.00", "mutu": "B", "exact": "75.00", "exact_mutu": "C"}),
        ],
    ),
    "a weight of 0,11": (
        {"nrr": UNSUR, "printed_ikm": "86,41"},
        [("IKM663", {"printed": "86,41", "families": ["w0.11"], "exact": "87,28"})],
    ),
    "averages that ten people cannot have, cut off": (  # (2.50 + 3.35) / 2 x 25 = 73.125
        {"nrr": ["2.50", "3.35"], "printed_ikm": "73.12", "n": 10},
        [
            ("IKM661", {"unsur": [2], "n": 10}),
            ("IKM652", {"printed": "73.12", "value": "73.125000", "right": "73.13"}),
        ],
    ),
    "a number that only unrounded averages may give": (
        {"nrr": ["3.00"] * 9, "printed_ikm": "75.08"},
        [("IKM662", {"printed": "75.08", "families": ["exact_1/n", "w0.1111"]})],
    ),
}


@pytest.mark.parametrize("case", PRINTS)
def test_a_finding_of_an_audit_has_all_its_figures(case):
    given, expected = PRINTS[case]
    found = audit(**given).findings
    assert [(one.code, dict(one.facts)) for one in found] == expected


@pytest.mark.parametrize(
    ("mutu", "place"), [("B", "Lampiran, Tabel Nilai Persepsi"), ("A", "Lampiran, Tabel")]
)
def test_a_wrong_letter_is_shown_the_line_of_the_table(mutu, place):
    (found,) = audit(["3.00"] * 9, "75.00", printed_mutu=mutu, printed_kinerja="Baik").findings
    assert found.path == LAW
    assert found.citation.place.startswith(place)
    assert found.facts["said"] == f"{mutu} Baik"
    assert (found.facts["mutu"], found.facts["kinerja"]) == ("C", "Kurang baik")


def test_the_regulations_under_which_a_label_would_be_right_are_named():
    found = audit(["3.00"] * 9, "75.00", printed_mutu="B", printed_kinerja="Baik")
    assert found.findings[0].code == "IKM655"
    assert found.findings[0].facts["others"] == ["kepmenpan-25-2004", "permenpanrb-16-2014"]
    assert found.label_under == ("kepmenpan-25-2004", "permenpanrb-16-2014")
    assert audit(["3.70"] * 9, "92.50", printed_mutu="A", printed_kinerja="Sangat baik").label_under == ()
