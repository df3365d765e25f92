"""Opening hours, as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat.pelayanan import JamPelayanan
from sipukat.pelayanan.jam_pelayanan import HARI


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
