"""Opening hours, as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.pelayanan import JamPelayanan
from sipukat.pelayanan.jam_pelayanan import HARI, Buka


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Senin s/d Kamis : Jam 08.00 - 15.00", "Senin-Kamis 08.00-15.00"),
        (
            "Senin s/d Kamis 08.00 - 15.00; Jumat 08.00 - 15.30 (jam layanan)",
            "Senin-Kamis 08.00-15.00; Jumat 08.00-15.30",
        ),
        ("senin-jum'at 8:00 s/d 15:00 WIB", "Senin-Jumat 08.00-15.00"),
        ("Senin dan Kamis pukul 09.00 sampai dengan 12.00", "Senin, Kamis 09.00-12.00"),
        ("08.00-15.00", "08.00-15.00"),
        (
            "Senin - Kamis : 08.00 – 15.00 WIB, Istirahat 12.00 - 13.00, Jumat : 08.00 - 11.30",
            "Senin-Kamis 08.00-15.00; Jumat 08.00-11.30",
        ),
        (
            "Senin-Jumat 08.00-15.00; Sabtu libur; Minggu 09.00-12.00",
            "Senin-Jumat 08.00-15.00; Minggu 09.00-12.00",
        ),
        (
            "Pukul 08.00 - 12.00 (Senin-Kamis), 08.00 - 11.00 (Jumat)",
            "Senin-Kamis 08.00-12.00; Jumat 08.00-11.00",
        ),
    ],
)
def test_hours_are_understood(text, printed):
    jam = JamPelayanan.parse(text)
    assert jam.print() == printed
    assert JamPelayanan.parse(printed).buka == jam.buka


@pytest.mark.parametrize(
    "text", ["", "hari kerja", "15.00 - 08.00", "25.00 - 26.00", "3 hari kerja", "x" * 6000]
)
def test_what_is_not_understood_stays_text(text):
    assert (JamPelayanan.parse(text).understood, JamPelayanan.parse(text).print()) == (False, text)


@given(st.integers(0, 6), st.integers(0, 6), st.integers(0, 22), st.integers(0, 59))
def test_what_is_printed_is_read_as_the_same(first, last, hour, minute):
    text = f"{HARI[first]} s/d {HARI[last]} {hour}.{minute:02d} - 23.59"
    jam = JamPelayanan.parse(text)
    assert len(jam.buka[0].hari) == (last - first) % 7 + 1
    assert JamPelayanan.parse(jam.print()).buka == jam.buka


@pytest.mark.parametrize(
    "piece", ["senin s/d ", "08.00 - ", "08.00 ", "jum ' at ", "senin-", "1", "24.", "istirahat "]
)
def test_no_text_takes_long(piece, bounded):
    with bounded():
        JamPelayanan.parse((piece * 5000)[:5000])
        JamPelayanan.parse(piece * 50_000)


@pytest.mark.parametrize(
    "link", [" - ", "-", "–", " s/d ", " s.d. ", " s / d ", " sampai ", " sampai dengan ", " hingga "]
)
def test_each_word_of_a_range_is_known(link):
    (buka,) = JamPelayanan.parse(f"Senin{link}Rabu 08.00{link}15.00").buka
    assert (buka.hari, buka.mulai, buka.selesai) == (("senin", "selasa", "rabu"), "08.00", "15.00")


@pytest.mark.parametrize(
    ("days", "hari"),
    [
        *((day.title(), (day,)) for day in HARI), ("Jum'at", ("jumat",)), ("Jum at", ("jumat",)),
        ("jum`at", ("jumat",)), ("jum ’ at", ("jumat",)), ("Ahad", ("minggu",)),
        ("Sabtu-Senin", ("sabtu", "minggu", "senin")), ("Ahad - Senin", ("minggu", "senin")),
        ("Senin, Selasa, Senin", ("senin", "selasa")), ("Senin, Rabu-Kamis", ("senin", "rabu", "kamis")),
        ("Senin-Minggu", HARI), ("Seninan", ()), ("xsenin", ()), ("", ()),
    ],
)  # fmt: skip
def test_days_are_read_in_their_order(days, hari):
    text = f"{days} 8.00-9:30"
    assert JamPelayanan.parse(text).buka == (Buka(hari=hari, mulai="08.00", selesai="09.30"),)


@pytest.mark.parametrize(
    ("hari", "said"),
    [
        (("senin",), "Senin"), (("senin", "selasa"), "Senin-Selasa"), (("senin", "rabu"), "Senin, Rabu"),
        (("sabtu", "minggu", "senin"), "Sabtu-Senin"), (("rabu", "senin"), "Rabu, Senin"),
    ],
)  # fmt: skip
def test_days_in_a_row_are_printed_as_a_range(hari, said):
    jam = JamPelayanan(text="", buka=(Buka(hari=hari, mulai="08.00", selesai="09.00"),))
    assert jam.print() == f"{said} 08.00-09.00"


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("08.00 WIB - 15.00 WIB", "08.00-15.00"), ("8.05 wita s/d pukul 15.00", "08.05-15.00"),
        ("8:00 wit sampai jam 15:00", "08.00-15.00"), ("19.00 hingga 24.00", "19.00-24.00"),
        ("00.00-23.59", "00.00-23.59"), ("23.00-24.30", ""), ("08.00-08.00", ""), ("09.00-08.59", ""),
        ("108.00-09.00", ""), ("8.00-9.001", ""), ("8.60-9.00", ""), ("8.00-25.00", ""),
    ],
)  # fmt: skip
def test_hours_are_those_of_a_day(hours, said):
    text = f"Senin {hours}"
    assert JamPelayanan.parse(text).print() == (f"Senin {said}" if said else text)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Senin 8.00-9.00, 10.00-11.00", "Senin 08.00-09.00; Senin 10.00-11.00"),
        (
            "Senin 8.00-9.00 istirahat 10.00-11.00 12.00-13.00",
            "Senin 08.00-09.00; Senin 12.00-13.00",
        ),
        ("Sabtu tutup 8.00-9.00; Minggu 9.00-10.00", "Minggu 09.00-10.00"),
        ("Senin libur, Selasa 8.00-9.00", "Selasa 08.00-09.00"),
        ("8.00-9.00; 10.00-11.00", "08.00-09.00; 10.00-11.00"),
        ("8.00-9.00 Senin 10.00-11.00", "08.00-09.00; Senin 10.00-11.00"),
        ("8.00-9.00 (Senin, Rabu), 10.00-11.00 Kamis", "Senin, Rabu 08.00-09.00; Kamis 10.00-11.00"),
        ("Senin 8.00-9.00 Selasa 10.00-11.00 Rabu", "Senin 08.00-09.00; Selasa 10.00-11.00"),
    ],
)  # fmt: skip
def test_hours_belong_to_the_days_beside_them(text, printed):
    assert JamPelayanan.parse(text).print() == printed


def test_a_text_is_read_up_to_five_thousand_characters():
    assert JamPelayanan.parse("Senin 8.00-9.00".ljust(5000)).understood
    assert not JamPelayanan.parse("Senin 8.00-9.00".ljust(5001)).understood
