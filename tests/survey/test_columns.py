"""Which column is which unsur: stated, by code, by name, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import read_survey, standards
from sipukat.errors import ColumnError, UnknownNameError
from sipukat.survey.columns import recognised, resolve

LAW = standards.get("permenpanrb-14-2017")
KEYS = LAW.unsur_keys
U = [f"U{n}" for n in range(1, 10)]


def test_headings_alone_are_enough():
    found = resolve(["NO", "loket", *U, "Jumlah", "xyz"], LAW, order="peraturan")
    assert list(found.unsur.items()) == list(zip(U, KEYS, strict=True))
    assert found.roles == {"NO": "respondent", "loket": "unit", "Jumlah": "total"}
    assert found.unknown == ("xyz",)


def test_the_columns_come_in_the_order_of_the_standard_whatever_the_file_has():
    found = resolve(U[::-1], "Permenpan RB 14/2017", order="kuesioner")
    assert tuple(found.unsur.values()) == KEYS
    assert found.unsur["U8"] == "sarana"


def test_an_order_is_a_name_or_the_keys_themselves():
    swapped = ("prosedur", "persyaratan", *KEYS[2:])
    assert resolve(U, LAW, order=swapped).unsur["U1"] == "prosedur"
    with pytest.raises(UnknownNameError, match="kuesioner"):
        resolve(U, LAW, order="terbalik")
    with pytest.raises(ColumnError, match="does not hold each unsur"):
        resolve(U, LAW, order=("waktu",) * 9)


def test_without_an_order_two_codes_stay_codes_and_the_question_is_asked():
    found = resolve(U, LAW)
    assert (found.unsur["U8"], found.unsur["U9"]) == ("U8", "U9")
    asked = found.findings.by_code("SRV405")[0]
    assert asked.facts["readings"] == ["peraturan: pengaduan, sarana", "kuesioner: sarana, pengaduan"]
    assert 'standard="permenpanrb-16-2014"' in asked.suggestion("en")


def test_one_named_column_settles_the_other_code():
    found = resolve([*U[:7], "U8. Sarana", "U9"], LAW)
    assert found.unsur["U9"] == "pengaduan"
    assert not found.findings.by_code("SRV405")


@pytest.mark.parametrize("target", ["waktu", "U3", "u3", " Waktu "])
def test_a_stated_column_wins_over_its_heading(target):
    names = ["lama", *(u for u in U if u != "U3")]
    assert resolve(names, LAW, columns={"lama": target}).unsur["lama"] == "waktu"


def test_stated_columns_may_be_roles_or_left_out():
    found = resolve([*U, "OPD/UPTD", "U10"], LAW, columns={"OPD/UPTD": "unit", "U10": None})
    assert found.roles["OPD/UPTD"] == "unit"
    assert "U10" not in found.unsur


@pytest.mark.parametrize(
    ("columns", "match"),
    [
        ({"tidak ada": "waktu"}, "no column is headed 'tidak ada'"),
        ({"U1": "kecepatan"}, "neither an unsur nor a role"),
        ({"U1": "waktu", "U2": "waktu"}, "two columns are stated for waktu"),
    ],
)
def test_statements_that_fit_nothing_are_refused(columns, match):
    with pytest.raises(ColumnError, match=match):
        resolve(U, LAW, columns=columns)


@pytest.mark.parametrize("names", [[*U, "u1"], [*U, "U3 "], ["Nama", "nama", *U]])
def test_a_column_twice_is_refused(names):
    with pytest.raises(ColumnError, match="more than one column is headed"):
        resolve(names, LAW)


def test_two_sets_of_columns_are_refused_and_one_may_be_stated():
    names = [*U, *(f"p{n}" for n in range(1, 10))]
    with pytest.raises(ColumnError, match="two sets of columns could be the unsur"):
        resolve(names, LAW)
    stated = dict(zip(U, KEYS, strict=True))
    found = resolve(names, LAW, columns=stated)
    assert set(found.unsur) == set(U)
    assert found.findings.by_code("SRV430")[0].facts["columns"] == names[9:]


def test_two_names_for_one_unsur_are_refused():
    with pytest.raises(ColumnError, match="'biaya' and 'Tarif' could each be biaya"):
        resolve([*KEYS, "Tarif"], LAW)


@pytest.mark.parametrize("gone", range(7))
def test_a_missing_unsur_is_named_with_what_was_found(gone):
    with pytest.raises(
        ColumnError, match=f"no column is U{gone + 1} .*{KEYS[gone]}.*found: .*not recognised: 'xyz'"
    ):
        resolve([*(key for n, key in enumerate(KEYS) if n != gone), "xyz"], LAW)


def test_a_missing_bare_code_is_named():
    with pytest.raises(ColumnError, match="no column is U9 of permenpanrb-14-2017"):
        resolve(U[:8], LAW)


def test_codes_of_another_standard_are_told_apart():
    spak = [f"A{n}" for n in range(1, 6)]
    assert tuple(resolve(spak, "spak").unsur.values()) == standards.get("spak").unsur_keys
    with pytest.raises(ColumnError, match='standard="spak"'):
        resolve(standards.get("spak").unsur_keys, LAW)


def test_columns_headed_by_numbers_count_if_they_count_through():
    assert len(resolve(["NO", *map(str, range(1, 10))], LAW).unsur) == 9
    with pytest.raises(ColumnError):
        resolve(["NO", *map(str, range(1, 9))], LAW)


def test_wordings_tell_an_unsur_whose_heading_says_nothing():
    answers = {"kolom x": ["Gratis", "Murah"], **{key: [3, 4] for key in KEYS if key != "biaya"}}
    found = resolve(list(answers), LAW, values=answers)
    assert found.unsur["kolom x"] == "biaya"
    assert found.findings.by_code("SRV415")[0].facts["how"] == "answers"


def test_wordings_that_two_unsur_share_settle_nothing():
    keys = [key for key in KEYS if key not in {"persyaratan", "produk"}]
    answers = {
        "x": ["Sesuai", "Tidak sesuai"],
        "y": ["Sesuai", "Kurang sesuai"],
        **{key: [3, 4] for key in keys},
    }
    with pytest.raises(ColumnError, match="persyaratan"):
        resolve(list(answers), LAW, values=answers)


@given(st.permutations(list(KEYS)))
def test_names_resolve_in_any_order(names):
    assert resolve(names, LAW).unsur == {key: key for key in KEYS}


@given(st.lists(st.text(min_size=1, max_size=30), max_size=8, unique=True))
def test_odd_headings_are_never_unsur_without_being_said(extra):
    names = [name for name in extra if name.strip() and not recognised([name], LAW)]
    try:
        found = resolve([*KEYS, *names], LAW)
    except ColumnError as refused:
        assert "headed" in str(refused)  # noqa: PT017  two headings that look alike
    else:
        assert set(found.unsur) >= set(KEYS)
        assert len(found.unsur) == 9


def test_frames_and_files_resolve_alike(people):
    frame = read_survey(people, order="peraturan").responses.frame
    assert resolve(list(frame.columns), LAW).unsur == {key: key for key in KEYS}
