"""A design names every column that it reads, once and in order, and refuses what fits no sample."""

import pytest

from sipukat.errors import ArgumentError
from sipukat.ikm import Calibration, Design, ReplicateWeights


def test_every_column_that_a_design_reads_is_named_once():
    whole = Design(
        weight="w", stratum=("kota", "unit"), psu="hari", ssu="jam", population="N", ssu_population="M"
    )
    assert whole.columns == ("w", "kota", "unit", "hari", "jam", "N", "M")
    assert Design(stratum="unit", psu="unit", population=90).columns == ("unit",)
    assert Design().columns == ()


def test_the_columns_of_a_fit_and_of_replicates_are_read_too():
    fitted = Calibration(base="w0", margins=(("sex",), ("sex", "umur")), totals=("pengguna",))
    assert fitted.columns == ("w0", "sex", "umur", "pengguna")
    assert Calibration(margins=(("sex",),)).columns == ("sex",)
    assert Design(weight="w", calibration=fitted).columns == ("w", "w0", "sex", "umur", "pengguna")
    replicated = ReplicateWeights(columns=("r1", "r2"), method="JK1")
    assert Design(weight="w", replicate_weights=replicated).columns == ("w", "r1", "r2")


@pytest.mark.parametrize("size", [0, -1, True, {"A": 10, "B": 0}, {"A": True}])
def test_a_population_is_a_whole_number_of_one_or_more(size):
    stratum = "unit" if isinstance(size, dict) else None
    with pytest.raises(ArgumentError, match="population must be a whole number of 1 or more"):
        Design(stratum=stratum, population=size)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"psu": "hari", "ssu_population": 9}, "a second stage needs psu= and the population= of PSUs"),
        ({"population": 9, "ssu_population": 9}, "a second stage needs psu= and the population= of PSUs"),
        ({"psu": "hari", "population": 9, "ssu": "jam"}, "ssu= needs ssu_population="),
        ({"population": {"A": 9}}, "needs stratum="),
        ({"calibration": Calibration(margins=(("sex",),))}, "calibration= needs weight="),
        (
            {
                "weight": "w",
                "stratum": "a",
                "psu": "b",
                "replicate_weights": ReplicateWeights(columns=("r", "s"), method="BRR"),
            },
            "leave out stratum, psu, or the replicates",
        ),
    ],
)
def test_a_design_that_fits_no_sample_is_refused(options, said):
    with pytest.raises(ArgumentError, match=said):
        Design(**options)


@pytest.mark.parametrize(
    ("method", "options", "factors"),
    [
        ("JK1", {}, (3 / 4,) * 4),
        ("JKn", {"rscales": (0.5, 0.5, 0.75, 0.75)}, (0.5, 0.5, 0.75, 0.75)),
        ("BRR", {}, (1 / 4,) * 4),
        ("Fay", {"rho": 0.5}, (1.0,) * 4),
        ("bootstrap", {}, (1 / 3,) * 4),
        ("bootstrap", {"scale": 2.0}, (2.0,) * 4),
    ],
)
def test_the_factors_of_replicates_are_those_of_their_method(method, options, factors):
    columns = ("r1", "r2", "r3", "r4")
    assert ReplicateWeights(columns=columns, method=method, **options).factors == pytest.approx(factors)
