"""Sets of equal groups are what a search through all sets finds."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.ikm.ranks.letters import equal_sets, letter_at


def by_search(differ):
    count = len(differ)
    every = [set(s) for size in range(1, count + 1) for s in combinations(range(count), size)]
    alike = [s for s in every if not any(differ[i, j] for i, j in combinations(sorted(s), 2))]
    return sorted(tuple(sorted(s)) for s in alike if not any(s < other for other in alike))


@given(count=st.integers(1, 6), data=st.data())
def test_the_sets_are_the_largest_of_groups_that_do_not_differ(count, data):
    differ = np.zeros((count, count), dtype=bool)
    for i, j in combinations(range(count), 2):
        differ[i, j] = differ[j, i] = data.draw(st.booleans())
    assert equal_sets(differ) == by_search(differ)


@pytest.mark.parametrize("place", [0, 1, 25, 26, 27, 51, 52, 701, 702, 703])
def test_letters_count_as_the_columns_of_a_sheet_do(place):
    value = 0
    for letter in letter_at(place):
        value = value * 26 + ord(letter) - ord("a") + 1
    assert value == place + 1
