import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.report.withholding import withheld

SIZES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 60), max_size=12)


def test_one_small_group_takes_the_next_smallest_with_it():
    hidden = withheld({"kecil": 4, "sedang": 12, "besar": 90})
    assert (hidden.small, hidden.complement) == ({"kecil"}, {"sedang"})


def test_two_small_groups_that_are_enough_together_need_no_other():
    hidden = withheld({"a": 6, "b": 7, "besar": 90})
    assert hidden.names == {"a", "b"}
    assert not hidden.complement


def test_two_small_groups_that_are_few_even_together_take_another():
    assert withheld({"a": 2, "b": 3, "sedang": 12, "besar": 90}).complement == {"sedang"}


def test_zero_withholds_nothing_and_less_is_refused():
    assert not withheld({"a": 1}, below=0).names
    with pytest.raises(ValueError, match="withhold_below must be 0 or more respondents, got -1"):
        withheld({"a": 1}, below=-1)


@given(sizes=SIZES, below=st.integers(1, 40))
def test_what_is_hidden_can_never_be_had_by_subtracting_what_is_shown(sizes, below):
    hidden = withheld(sizes, below=below)
    shown = {name for name in sizes if name not in hidden.names}
    assert all(sizes[name] >= below for name in shown)
    if hidden.names and shown:
        assert len(hidden.names) > 1
        assert sum(sizes[name] for name in hidden.names) >= below
    if not hidden.small:
        assert not hidden.complement


def test_in_a_table_of_groups_no_line_tells_a_small_cell():
    sizes = {("A", "L"): 4, ("A", "P"): 40, ("B", "L"): 30, ("B", "P"): 50, ("C", "L"): 60, ("C", "P"): 70}
    # (A, P) for the line of A; then neither L nor P may lose one cell alone
    assert withheld(sizes).names == {("A", "L"), ("A", "P"), ("B", "L"), ("B", "P")}


def test_what_is_withheld_for_another_reason_takes_a_companion_too():
    assert withheld({"a": 40, "b": 30, "c": 20}, already={"a"}).names == {"a", "c"}
    assert withheld({"a": 40, "b": 30, "c": 20}, already={"elsewhere"}).names == set()


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("LP"), st.sampled_from("xy")),
    st.integers(1, 40),
    max_size=12,
)


@given(sizes=TABLES, below=st.integers(1, 15))
def test_along_every_line_what_is_hidden_is_several_groups_and_enough_people(sizes, below):
    hidden = withheld(sizes, below=below).names
    for held in range(3):
        for places in itertools.combinations(range(3), held):
            for line in {tuple(group[place] for place in places) for group in sizes}:
                on_it = [group for group in sizes if tuple(group[place] for place in places) == line]
                gone = [group for group in on_it if group in hidden]
                if gone and len(gone) < len(on_it):
                    assert len(gone) > 1
                    assert sum(sizes[group] for group in gone) >= below
