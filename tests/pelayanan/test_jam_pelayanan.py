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


# read by hand; None where the words can be meant in two ways, which is better than a wrong day
SPELLINGS = [
    ("08.00-15.00 Senin-Jumat, Sabtu Minggu libur", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 Senin-Jumat; Sabtu dan Minggu libur", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 (Senin-Jumat), Sabtu Minggu libur", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 Senin-Jumat (Sabtu, Minggu libur)", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 Senin-Jumat, libur Sabtu Minggu", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 Senin-Jumat libur Sabtu Minggu", "Senin-Jumat 08.00-15.00"),
    ("08.00-15.00 Senin-Jumat, Sabtu, Minggu libur", None),
    ("08.00-15.00 Senin Sabtu Minggu libur", None),
    ("08.00-15.00, Minggu libur", "08.00-15.00"),
    ("08.00-15.00. Sabtu dan Minggu libur", "08.00-15.00"),
    ("Sabtu Minggu libur, 08.00-15.00 Senin-Jumat", "Senin-Jumat 08.00-15.00"),
    ("Sabtu Minggu libur; Senin-Jumat 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("libur Sabtu Minggu, Senin-Jumat 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("Libur Sabtu, Minggu. Senin-Jumat 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("libur Sabtu Minggu 08.00-15.00 Senin-Jumat", None),
    ("Minggu libur Senin-Sabtu 08.00-15.00", None),
    ("Senin-Jumat 08.00-15.00, Sabtu Minggu libur", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00, Sabtu, Minggu: libur", "Senin-Jumat 08.00-15.00"),
    (
        "Senin-Jumat 08.00-15.00, Minggu tutup, Sabtu 08.00-12.00",
        "Senin-Jumat 08.00-15.00; Sabtu 08.00-12.00",
    ),
    (
        "Senin-Jumat 08.00-15.00, tutup Minggu, Sabtu 08.00-12.00",
        "Senin-Jumat 08.00-15.00; Sabtu 08.00-12.00",
    ),
    ("Senin-Jumat 08.00-15.00, tutup Sabtu 08.00-12.00", None),
    ("Senin-Jumat (Sabtu libur) 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat, Sabtu libur, 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("Hari: Senin-Jumat; Sabtu-Minggu libur; Jam: 08.00-15.00", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00 dan hari libur nasional tutup", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00, Sabtu, Minggu dan hari libur nasional tutup", "Senin-Jumat 08.00-15.00"),
    ("Tutup: Minggu dan hari libur nasional. Senin-Sabtu 08.00-14.00", "Senin-Sabtu 08.00-14.00"),
    ("Setiap hari 08.00-15.00 kecuali Minggu", "Senin-Sabtu 08.00-15.00"),
    ("Setiap hari kecuali Minggu 08.00-15.00", "Senin-Sabtu 08.00-15.00"),
    ("08.00-15.00 setiap hari kecuali Minggu", "Senin-Sabtu 08.00-15.00"),
    ("Setiap hari 08.00-15.00, Minggu libur", "Senin-Sabtu 08.00-15.00"),
    ("Setiap hari kerja 08.00-15.00", "08.00-15.00"),
    ("Setiap hari Senin-Kamis 08.00-15.00", "Senin-Kamis 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00 kecuali Jumat 08.00-11.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00"),
    ("Senin-Jumat 08.00-15.00 kecuali hari libur", "Senin-Jumat 08.00-15.00"),
    ("Senin-Sabtu kecuali Jumat 08.00-15.00", "Senin, Selasa, Rabu, Kamis, Sabtu 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00, kecuali Jumat sampai 11.30", None),
    ("Senin sd Kamis 08.00 sd 15.00", "Senin-Kamis 08.00-15.00"),
    (
        "Senin sampai dengan hari Jumat pukul 08.00 WIB sampai dengan pukul 15.00 WIB",
        "Senin-Jumat 08.00-15.00",
    ),
    ("Sen-Kam 08.00-15.00, Jum 08.00-11.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00"),
    ("Senin-Kamis 08.00-15.00, Jum'ah 08.00-11.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00"),
    ("Senin-Kamis jam 8-15, Jumat 08.00-11.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00"),
    ("Senin-Kamis mulai pukul 08.00, Jumat 08.00-11.00", None),
    ("Senin-Kamis jam 8 pagi - 3 sore, Jumat 08.00-11.00", None),
    ("Senin-Jumat buka 08.00 tutup 15.00", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat 24 jam, Sabtu 08.00-12.00", "Senin-Jumat 00.00-24.00; Sabtu 08.00-12.00"),
    ("Pengaduan Senin-Jumat dijawab 1x24 jam, Sabtu 08.00-12.00", None),
    ("Istirahat: Senin-Kamis 12.00-13.00, Jumat 11.30-13.00", None),
    (
        "Senin-Kamis 08.00-16.00, Jumat 08.00-16.30, istirahat Senin-Kamis 12.00-13.00, Jumat 11.30-13.00",
        "Senin-Kamis 08.00-16.00; Jumat 08.00-16.30",
    ),
    (
        "Senin-Kamis 08.00-12.00, 12.00-13.00 istirahat, 13.00-15.00",
        "Senin-Kamis 08.00-12.00; Senin-Kamis 13.00-15.00",
    ),
    ("08.00-15.00 Senin-Jumat (istirahat 12.00-13.00)", "Senin-Jumat 08.00-15.00"),
    ("Senin-Jumat 08.00-15.00 kecuali jam istirahat 12.00-13.00", "Senin-Jumat 08.00-15.00"),
    ("Setiap minggu 08.00-15.00", None),
    ("Minggu pertama 08.00-15.00", None),
    ("Senin tutup 14.00, Selasa 08.00-12.00", None),
    ("Sabtu libur, Minggu libur, Senin 08.00-12.00", "Senin 08.00-12.00"),
    (
        "Senin-Kamis 08.00 - 15.00\nJumat 08.00 - 11.00\nSabtu dan Minggu libur",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
    ("Senin s/d Kamis 19.00-09.00 malam", None),
    ("Senin-Kamis 08. 00 - 15. 00, Jumat 08.00-11.00", "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00"),
    ("Poli umum Senin-Kamis 08.00-12.00, poli gigi Senin 09.00-11.00", None),
    ("Hari kerja 08.00-15.00, Jumat 08.00-11.00", "08.00-15.00; Jumat 08.00-11.00"),
    ("Senin-Jumat 08.00-15.00 WIB (Sabtu, Minggu dan hari besar tutup)", "Senin-Jumat 08.00-15.00"),
    ("Senin - Jum’at : 08.00 – 16.00 WIB (Istirahat 12.00 – 13.00 WIB)", "Senin-Jumat 08.00-16.00"),
    (
        "Senin-Kamis: 08.00-15.00 Jumat: 08.00-11.00 Sabtu: libur",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
    ("Senin, Rabu, Jumat: 08.00-12.00; Selasa dan Kamis: libur", "Senin, Rabu, Jumat 08.00-12.00"),
    ("Minggu libur. Pukul 08.00-15.00 Senin-Sabtu", "Senin-Sabtu 08.00-15.00"),
    (
        "08.00-15.00 Senin-Kamis, 08.00-11.00 Jumat, Sabtu Minggu libur",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
    (
        "08.00-15.00 Senin-Kamis; 08.00-11.00 Jumat; libur Sabtu-Minggu",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
    (
        "Sabtu-Minggu libur, Senin-Kamis 08.00-15.00, Jumat 08.00-11.00",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
    ("Senin-Jumat, 08.00-15.00, tidak ada pelayanan Sabtu", "Senin-Jumat 08.00-15.00"),
    ("Jumat libur 08.00-15.00", None),
    ("Sabtu libur, 08.00-15.00", None),
    (
        "Senin-Kamis 08.00 - 15.00\nJumat 08.00 - 11.00\nSabtu dan Minggu libur",
        "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "printed"), SPELLINGS)
def test_what_is_shut_is_not_open_however_it_is_written(text, printed):
    jam = JamPelayanan.parse(text)
    assert (jam.print() if jam.understood else None) == printed
    if printed:
        assert JamPelayanan.parse(printed).buka == jam.buka


@given(
    st.sampled_from(["Senin-Kamis", "Senin-Jumat", "Senin, Rabu", "Selasa"]),
    st.sampled_from(["Sabtu", "Minggu", "Sabtu dan Minggu", "Sabtu-Minggu", "Sabtu Minggu"]),
    st.sampled_from(["{} libur", "libur {}", "{}: tutup", "tutup hari {}", "kecuali {}"]),
    st.sampled_from(
        [("{0} {1}", "{2}"), ("{1} {0}", "{2}"), ("{1} ({0})", "{2}"), ("{2}", "{0} {1}"), ("{2}", "{1} {0}")]
    ),
    st.sampled_from(["; ", ". ", "\n"]),
)
def test_no_order_of_hours_days_and_days_off_gives_a_day_off_as_open(open_days, off, how, order, mark):
    parts = [part.format(open_days, "08.00-15.00", how.format(off)) for part in order]
    jam = JamPelayanan.parse(mark.join(parts))
    plain = JamPelayanan.parse(f"{open_days} 08.00-15.00")
    assert jam.buka in {plain.buka, ()}
    if "kecuali" not in how:
        assert jam.buka == plain.buka
