"""The invented examples: where they lie, that they say what they are, and what the script makes."""

import csv
import io
import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import datasets, standards
from sipukat._text import plain, round_half_up
from sipukat.datasets import make
from sipukat.errors import UnknownNameError
from sipukat.ikm.mutu import classify


def rows(text, delimiter):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


@pytest.fixture(scope="module")
def kota():
    return rows(datasets.path("kota-contoh").read_text(encoding="utf-8"), ",")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("dpmptsp-contoh", make.dpmptsp_contoh),
        ("kota-contoh", make.kota_contoh),
        ("puskesmas-contoh", make.puskesmas_contoh),
    ],
)
def test_the_shipped_file_is_what_the_script_makes(name, made):
    assert datasets.path(name).read_text(encoding="utf-8") == made()


def test_the_script_writes_the_files_that_it_makes(tmp_path):
    assert {path.name: path.read_bytes() for path in make.write(tmp_path)} == {
        "dpmptsp-contoh.csv": make.dpmptsp_contoh().encode(),
        "kota-contoh.csv": make.kota_contoh().encode(),
        "puskesmas-contoh.csv": make.puskesmas_contoh().encode(),
    }


def test_every_name_has_a_file_and_no_other_name_has():
    assert all(datasets.path(name).is_file() for name in datasets.names())
    with pytest.raises(UnknownNameError, match="kota-contoh"):
        datasets.path("kota-conto")


def test_the_files_say_that_they_are_invented(kota):
    notice = datasets.path("kota-contoh").with_name("README.md").read_text(encoding="utf-8")
    assert "DATA REKAAN" in notice.splitlines()[0]
    assert all(row["No Resp"].startswith("REKAAN-") for row in kota)
    assert all("Contoh" in row["unit"] for row in kota)


def test_nothing_in_them_could_be_a_person(kota):
    personal = re.compile(r"nama\b|nik|telepon|hp\b|e-?mail|alamat", re.IGNORECASE)
    assert [column for column in kota[0] if personal.search(column)] == []
    cells = {cell for row in kota for column, cell in row.items() if column not in {"No Resp", "tanggal"}}
    assert [cell for cell in cells if re.search(r"\d{5,}|@", cell)] == []


def test_the_unsur_bear_their_official_names_so_that_no_order_is_guessed(kota):
    official = {plain(unsur.nama) for unsur in standards.get("permenpanrb-14-2017").unsur}
    assert official <= {plain(column) for column in kota[0]}
    other = rows(datasets.path("puskesmas-contoh").read_text(encoding="utf-8"), ";")
    assert official <= {plain(column) for column in other[0]}


def test_the_city_has_thirteen_units_of_every_letter_but_d(kota):
    sizes = Counter(row["unit"] for row in kota)
    assert len(sizes) == 13
    assert (min(sizes.values()), max(sizes.values()), sum(sizes.values())) == (45, 300, 1500)
    unsur = list(kota[0])[8:]
    ikm = {}
    for unit in sizes:
        answers = [[int(row[u]) for row in kota if row["unit"] == unit and row[u]] for u in unsur]
        ikm[unit] = sum(Fraction(sum(a), len(a)) for a in answers) * 25 / 9
    assert Counter(classify(value).mutu for value in ikm.values()) == {"A": 2, "B": 9, "C": 2}
    assert 70 <= min(ikm.values()) <= max(ikm.values()) <= 94
    # one stands so near the edge that the printed weight costs it its letter
    edge = ikm["Dinas Ketenagakerjaan Kota Contoh"]
    assert round_half_up(edge, 2) >= Decimal("76.61")
    assert round_half_up(edge * Fraction(999, 1000), 2) < Decimal("76.61")


def test_answers_look_like_answers(kota):
    unsur = list(kota[0])[8:]
    cells = Counter(row[u] for row in kota for u in unsur)
    assert set(cells) == {"1", "2", "3", "4", ""}
    assert 0 < cells[""] < 200
    straight = sum(len({row[u] for u in unsur}) == 1 for row in kota)
    assert 0.1 < straight / len(kota) < 0.35


def test_one_desk_answers_by_letters():
    desk = rows(datasets.path("puskesmas-contoh").read_text(encoding="utf-8"), ";")
    assert len(desk) == 20
    assert {row[u] for row in desk for u in list(row)[4:]} <= {"a", "b", "c", "d", ""}
