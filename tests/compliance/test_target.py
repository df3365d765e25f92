"""What a goal asks for: a zone, a band, or a number."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import standards
from sipukat.compliance.target import Target, target_of
from sipukat.errors import ArgumentError, UnknownNameError

OMBUDSMAN = standards.compliance("ombudsman-2022")
IPP = standards.compliance("ipp-29-2022")


@pytest.mark.parametrize(
    ("goal", "scheme", "text", "published"),
    [
        ("hijau", OMBUDSMAN, "HIJAU", "78.00"), (" Hijau ", OMBUDSMAN, "HIJAU", "78.00"),
        ("a", OMBUDSMAN, "A", "88.00"), ("Kualitas Tinggi", OMBUDSMAN, "B", "78.00"),
        ("high quality", OMBUDSMAN, "B", "78.00"), ("merah", OMBUDSMAN, "MERAH", "0.00"),
        ("81,5", OMBUDSMAN, "81.50", "81.50"), (80, OMBUDSMAN, "80.00", "80.00"),
        ("78.001", OMBUDSMAN, "78.01", "78.01"), (Fraction(7001, 100), OMBUDSMAN, "70.01", "70.01"),
        (0, OMBUDSMAN, "0.00", "0.00"), (100, OMBUDSMAN, "100.00", "100.00"),
        ("A", IPP, "A", "4.51"), ("Baik", IPP, "B", "3.51"), ("F", IPP, "F", "0.00"), (5, IPP, "5.00",
        "5.00"),
        ("kuning", IPP, "KUNING", "2.01"),
    ],
)  # fmt: skip
def test_a_goal_is_the_least_number_that_reaches_it(goal, scheme, text, published):
    needed = max(Fraction(published) - Fraction(1, 200), Fraction(0))
    assert target_of(goal, scheme) == Target(text=text, published=Decimal(published), needed=needed)


@pytest.mark.parametrize("goal", ["biru", "", " ", "AA"])
def test_a_name_that_the_scheme_does_not_have_is_refused_with_those_it_has(goal):
    with pytest.raises(UnknownNameError, match="zone or band of ombudsman-2022") as refused:
        target_of(goal, OMBUDSMAN)
    assert all(name in str(refused.value) for name in ("hijau", "kuning", "merah", "A", "E"))


@pytest.mark.parametrize("goal", ["-1", "100,01", 101])
def test_a_number_off_the_scale_is_refused(goal):
    with pytest.raises(
        ArgumentError, match=r"target: .* is off the scale of ombudsman-2022; .* from 0 to 100"
    ):
        target_of(goal, OMBUDSMAN)
