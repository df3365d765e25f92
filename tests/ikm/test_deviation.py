"""The standard deviation of the index between respondents: from people, or stated in points."""

from decimal import Decimal

import pandas as pd
import pytest

from sipukat import ikm
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.planning.deviation import reach_of, respondent_sd


def test_two_respondents_show_a_deviation_and_one_does_not():
    two = ikm.estimate(pd.DataFrame({f"U{i}": [4, 2] for i in range(1, 10)}))
    assert respondent_sd(two) == pytest.approx(50 / 2**0.5)  # 100 and 50: n - 1 is 1
    one = ikm.estimate(pd.DataFrame({f"U{i}": [4] for i in range(1, 10)}))
    with pytest.raises(EstimationError, match="1 respondents show no standard deviation"):
        respondent_sd(one)


@pytest.mark.parametrize(("standard", "most"), [("permenpanrb-14-2017", 37.5), ("spak", 2.5)])
def test_no_deviation_is_more_than_half_the_scale(standard, most):
    assert respondent_sd(Decimal(str(most)), standard=standard) == most
    with pytest.raises(ArgumentError, match=rf"it is at most {most}"):
        respondent_sd(most + 0.1, standard=standard)


def test_a_deviation_that_is_none_is_refused_with_what_would_be_right():
    with pytest.raises(ArgumentError, match="sd must be a finite number above 0, or a result or an estimate"):
        respondent_sd("besar")
    assert reach_of("spak") == (1.0, 6.0)
