"""The grammar of promised times: each word that it knows, and where two times are parted."""

from __future__ import annotations

import pytest

from sipukat.pelayanan import JangkaWaktu, durasi

parse = JangkaWaktu.parse


def _said(text):
    """Return what was understood of a text, without the text."""
    return {key: value for key, value in durasi.read(text).items() if key != "text" and value}


def _parts(text):
    return [(part.label, part.max or part.min or part.kind) for part in parse(text).parts]


@pytest.mark.parametrize(
    "word",
    [
        "paling lama", "paling lambat:", "paling banyak", "selambat-lambatnya", "selambatnya",
        "selama-lamanya",
        "selama - lamanya", "maksimal", "maksimum", "maks.", "maks", "max.", "MAX", "tidak lebih dari",
        "kurang dari", "sebelum", "≤", "<",
    ],
)  # fmt: skip
def test_a_bound_promises_no_least(word):
    assert _said(f"{word} 3 hari") == {"max": 3, "unit": "hari"}


@pytest.mark.parametrize(
    "word",
    [
        "paling cepat", "paling sedikit", "paling singkat", "minimal", "Minimum:", "lebih dari",
        "sekurang-kurangnya", "≥", ">",
    ],
)  # fmt: skip
def test_a_least_promises_no_most(word):
    assert _said(f"{word} 3 hari") == {"min": 3, "unit": "hari"}


@pytest.mark.parametrize(
    "word",
    [
        "±", "+/-", "+-", "berkisar", "berkisar antara", "kurang lebih", "lebih kurang", "sekitar",
        "kira-kira", "Rata - rata:", "estimasi",
    ],
)  # fmt: skip
def test_an_approximate_time_is_vague(word):
    rest = {"max": 3, "unit": "hari", "approx": True, "vague": True}
    assert _said(f"{word} 3 hari") == rest | {"min": 3}
    assert _said(f"{word} maksimal 3 hari") == _said(f"maksimal {word} 3 hari") == rest


@pytest.mark.parametrize("text", ["3 hari maksimal", "paling lama 3 hari maksimal"])
def test_a_bound_may_stand_behind(text):
    assert _said(text) == {"max": 3, "unit": "hari"}


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Jangka waktu:", None), ("Waktu penyelesaian", None), ("Lama pelayanan adalah", None),
        ("waktu yang dibutuhkan yaitu", None), ("Proses penyelesaian selama", None), ("Pelayanan", None),
        ("waktu yang diperlukan dalam", None), ("Layanan", None), ("Jangka waktu pelayanan . :", None),
        ("Proses cetak", "Proses cetak"), ("Layanan: KTP", "Layanan: KTP"), ("Waktu tunggu", "Waktu tunggu"),
        ("Lama antre", "Lama antre"), ("Pelayanan IGD", "Pelayanan IGD"), ("Penyelesaian KTP", "KTP"),
        ("1) KTP", "KTP"), ("(a) KTP", "KTP"), ("• KTP", "KTP"), ("12. KTP", "KTP"), ("- KTP :", "KTP"),
        ("KTP /", "KTP"), ("5", None), ("No 3, KTP", "No 3, KTP"),
    ],
)  # fmt: skip
def test_a_label_is_what_names_something(words, label):
    assert _said(f"{words} 3 hari").get("label") == label


@pytest.mark.parametrize(
    "word",
    [
        "sejak", "setelah", "sesudah", "mulai", "terhitung", "dihitung sejak", "terhitung mulai tanggal",
        "setelah hari", "terhitung setelah",
    ],
)  # fmt: skip
def test_a_start_is_told_before_and_behind(word):
    expected = {"min": 3, "max": 3, "unit": "hari", "start_event": "berkas masuk"}
    assert _said(f"3 hari {word} berkas masuk.") == _said(f"{word} berkas masuk, 3 hari") == expected


@pytest.mark.parametrize(
    "words",
    [
        "berkas lengkap", "berkas sudah lengkap", "dokumen sah", "persyaratan terpenuhi", "data benar",
        "permohonan diterima", "syarat lengkap", "lengkap semua berkas", "diterima permohonan",
    ],
)  # fmt: skip
def test_a_file_that_is_complete_is_a_start(words):
    assert _said(f"3 hari ({words})")["start_event"] == words


@pytest.mark.parametrize(
    "word",
    [
        "jika", "bila", "apabila", "kalau", "dengan catatan", "dengan ketentuan", "tergantung", "sepanjang",
        "kecuali", "asal",
    ],
)  # fmt: skip
def test_a_condition_is_told(word):
    expected = {"min": 3, "max": 3, "unit": "hari", "condition": f"{word} berkas ada"}
    assert _said(f"3 hari {word} berkas ada") == expected


@pytest.mark.parametrize(
    "word",
    [
        "jaringan", "internet", "server", "listrik", "gangguan", "pejabat", "penandatangan", "di tempat",
        "cuaca", "antrian", "antrean", "tersedia", "stabil", "kepala", "sistem pusat", "clinical", "kondisi",
    ],
)  # fmt: skip
def test_what_a_citizen_cannot_know_makes_a_promise_vague(word):
    assert _said(f"3 hari jika {word} x") == _said("3 hari jika berkas x") | {
        "condition": f"jika {word} x",
        "vague": True,
    }
    assert _said(f"3 hari ({word})")["condition"] == word


def test_a_start_and_a_condition_are_told_apart():
    one = {"min": 3, "max": 3, "unit": "hari", "start_event": "berkas ada", "condition": "jika perlu"}
    assert _said("3 hari sejak berkas ada jika perlu") == _said("3 hari sejak berkas ada, jika perlu.") == one
    assert _said("3 hari (sejak berkas ada) (jika perlu)") == one
    assert _said("3 hari sejak berkas ada JIKA perlu")["condition"] == "JIKA perlu"
    before = _said("Setelah berkas ada, 3 hari per orang")
    assert (before["start_event"], before["label"]) == ("berkas ada", "per orang")
    assert _said("3 hari dengan catatan x sejak y")["condition"] == "dengan catatan x sejak y"


@pytest.mark.parametrize(
    ("text", "extension", "rest"),
    [
        ("3 hari dapat diperpanjang 7 hari kerja", (7, "hari", True), {}),
        ("3 hari bisa diperpanjang selama 2 minggu", (2, "minggu", False), {}),
        (
            "3 hari, dapat diperpanjang maksimal 1 bulan (jika x)",
            (1, "bulan", False),
            {"condition": "jika x"},
        ),
        ("3 hari dan dapat diperpanjang paling lama 2 - 4 hari", (4, "hari", False), {}),
        ("3 hari dapat diperpanjang 7 hari sejak x", (7, "hari", False), {"start_event": "x"}),
        ("3 hari TAX dapat diperpanjang 7 hari", (7, "hari", False), {"label": "TAX"}),
    ],
)
def test_an_extension_is_told_and_taken_out(text, extension, rest):
    read = parse(text)
    more = read.extension
    assert (more.max, more.unit, more.working_days, more.min) == (*extension, None)
    assert {**_said(text), "extension": None} == {
        "min": 3,
        "max": 3,
        "unit": "hari",
        "extension": None,
        **rest,
    }


def test_an_extension_without_a_number_is_none():
    assert _said("3 hari, dapat diperpanjang") == {
        "min": 3,
        "max": 3,
        "unit": "hari",
        "label": "dapat diperpanjang",
    }


@pytest.mark.parametrize(
    ("tail", "more"),
    [
        ("*", {"footnote_dangling": True}), ("(*)", {"footnote_dangling": True}),
        ("*) sejak x", {"start_event": "x"}), ("(sejak x.)", {"start_event": "x"}), ("(tiga hari)", {}),
        ("(empat hari)", {"mismatch": True}),
        ("efektif", {}), ("/ berkas", {"label": "per berkas"}), ("(per orang)", {"label": "per orang"}),
        ("atau lebih", {"vague": True}), ("(a) (b)", {"label": "a"}), ("(08.00)", {}), ("(tiga)", {}),
    ],
)  # fmt: skip
def test_what_stands_behind_a_time_is_understood(tail, more):
    assert _said(f"3 hari {tail}") == {"min": 3, "max": 3, "unit": "hari", **more}


@pytest.mark.parametrize(
    "text",
    [
        "Senin 3", "buka selasa", "Rabu", "kamis", "jum'at", "Jumat", "sabtu", "Minggu jam 3", "minggu senin",
        "minggu pukul 9", "jam buka", "jam kerja", "Jam Layanan", "jam pelayanan", "jam operasional", "08.00",
        "23:59", "24 jam sehari", "24 (dua puluh empat) jam / hari", "24jam/hari", "24 jam per hari",
        "24 jam tiap hari", "24 jam setiap hari",
    ],
)  # fmt: skip
def test_opening_hours_are_no_promised_time(text):
    assert _said(text) == {"not_a_duration": True, "kind": "opening_hours"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("24 jam", {"min": 24, "max": 24, "unit": "jam"}), ("24.00", {}), ("08.60", {}),
        ("minggu", {"vague": True}),
        ("-", {}), ("…", {}), ("__", {}), ("segera", {"vague": True}), ("15", {}),
    ],
)  # fmt: skip
def test_without_a_number_nothing_is_promised(text, fields):
    numbered = any(character.isdigit() for character in text)
    assert _said(text) == fields | ({} if numbered else {"no_number": True})


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("KTP 3 hari dan KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP 3 hari serta KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP 3 hari – KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP 3 hari * KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP 3 hari sejak lengkap, KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP 3 hari sejak lengkap dan KK 5 hari", []),
        ("KTP 3 hari SEJAK lengkap dan KK 5 hari", []),
        ("3 hari dan 5 hari", [(None, 3), (None, 5)]),
        ("KTP 3 hari jika lengkap, 5 hari", []),
        ("KTP 3 hari, jika rusak 5 hari", []),
        ("KTP 3 hari, sejak rusak 5 hari", []),
        ("KTP 3 hari maksimal 5 hari", [("KTP", 3), (None, 5)]),
        ("KTP 3 hari kerja minimal 5 hari", [("KTP", 3), (None, 5)]),
        ("KTP 3 hari (KK, 5 hari)", []),
        ("KTP 3 hari dapat diperpanjang, 5 hari", []),
        ("KTP, KK 3 hari, SIM, STNK 5 hari", [("KTP, KK", 3), ("STNK", 5)]),
        ("Rabu 08.00-15.00, KTP 3 hari, KK 5 hari", [(None, "opening_hours"), ("KTP", 3), ("KK", 5)]),
        ("Rabu 08.00-15.00 KTP 3 hari, KK 5 hari", [("Rabu 08.00-15.00 KTP", 3), ("KK", 5)]),
        ("KTP: 3 hari\nsejak lengkap\nKK: 5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP:\n3 hari\njika lengkap\njika sah\nKK:\n5 hari", [("KTP", 3), ("KK", 5)]),
        ("KTP\n3 hari\nKK\n5 hari", [(None, 3), (None, 5)]),
        ("a) KTP 3 hari b) KK 5 hari", [("KTP", 3), ("KK", 5)]),
        ("3 hari \r 5 hari", [(None, 3), (None, 5)]),
        ("KTP; 3 hari", []),
        ("KTP 3 hari; KK", []),
        ("Senin; 3 hari", [(None, "opening_hours"), (None, 3)]),
    ],
)
def test_two_times_are_parted_where_the_text_parts_them(text, parts):
    assert _parts(text) == parts


def test_a_list_with_one_time_in_it_is_that_time():
    read = parse("3 hari; sejak Senin; KTP")
    assert (read.max, read.parts, read.start_event) == (3, (), None)
    assert parse("3 hari\nsejak Senin").max == 3


def test_a_part_keeps_its_own_words():
    parts = parse("a. KTP : 3 hari, KK 5 hari dan SIM 7 hari").parts
    assert [part.text for part in parts] == ["KTP : 3 hari", "KK 5 hari", "SIM 7 hari"]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("paling cepat 3 hari, paling lama 7 hari", (3, 7, False)),
        ("minimal 3 hari kerja, maksimal 7 hari kerja", (3, 7, False)),
        ("paling cepat 9 hari, paling lama 7 hari", (9, 7, True)),
        ("paling cepat 7 hari, paling lama 7 hari", (7, 7, False)),
        ("paling cepat 3 hari, paling lama 7 jam", None),
        ("minimal 3 hari kerja, maksimal 7 hari", None),
        ("paling lama 7 hari, paling cepat 3 hari", None),
        ("minimal 3 hari, KTP maksimal 7 hari", None),
        ("minimal 3 hari, minimal 7 hari", None),
        ("minimal 3 hari, 7 hari", None),
        ("minimal 1 hari, maksimal 2 hari, maksimal 3 hari", None),
    ],
)
def test_a_least_and_a_most_are_one_range(text, ends):
    read = parse(text)
    assert (None if read.parts else (read.min, read.max, read.malformed)) == ends


def test_a_list_is_vague_where_one_of_its_times_is():
    assert parse("KTP 3 hari; KK ± 5 hari").vague
    assert not parse("KTP 3 hari; KK 5 hari").vague


@pytest.mark.parametrize(("times", "read"), [(200, True), (201, False)])
def test_a_list_has_at_most_two_hundred_times(times, read):
    found = parse("; ".join(["3 hari"] * times))
    assert (len(found.parts), found.malformed) == ((times, False) if read else (0, True))


def test_a_text_is_read_up_to_twenty_thousand_characters():
    assert parse("3 hari".ljust(20_000)).max == 3
    assert parse("3 hari".ljust(20_001)).malformed
