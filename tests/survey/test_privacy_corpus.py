"""What `redact` finds and what it misses, on a generated corpus; the page states these numbers."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from sipukat.survey import redact

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "apa-yang-keluar.md"
GIVEN = "Siti Budi Agus Dewi Rina Ahmad Wayan Ketut Joko Nurhayati Maria Yohanes Rizky Putri".split()
FAMILY = "Aminah Santoso Wibowo Fauzi Simanjuntak Lestari Nasution Ni'mah Wulandari Tarigan Al-Fatih".split()
FRAMES = (
    "Terima kasih kepada {}.",
    "{} sangat ramah dan cepat",
    "saya dilayani oleh {}, hasilnya bagus",
    "Mohon {} ditegur karena meminta uang!",
    "Loket 3: {} tidak ada di tempat, antri 2 jam.",
)
NAMED = ("Bapak", "Ibu", "Pak", "Bu", "pak", "ibu", "Sdr.", "Sdri.", "Bpk.", "Mbak", "Hj.", "dr.", "Bapak H.")
OFFICES = """
Bapak Bupati,Ibu hamil,Pak RT,Bapak Kepala Dinas,Bapak/Ibu petugas,Ibu Camat,Pak Lurah,Bu Bidan,Pak Satpam
RSUD Dr. Soetomo,Jalan H. Agus Salim,Ibu Kota,Bapak Wali Kota,bapak ibu,Bapak Ibu Petugas,Pak Kades
ibu dan anak,Ibu Rumah Tangga,Bapak Sekda,Jl. Dr. Sutomo,Ibu Pengantin,Pak Kasie,Bapak Babinsa,Ibu Nyai
"""
NUMBERS = """
Rp 150.000;25/12/2026;08.00 - 12.00;nomor antrian 0812;berkas 9999999999999999;loket A 12 B;ruang B 101
Perda 12 Tahun 2020;KTP tahun 2019;formulir F 1234;UU 25 Tahun 2009;2 jam 30 menit;antri 3-4 jam;UUD 1945
rekening listrik bulan 12;SK 470/1234/2026;bank BRI cabang 3
"""
BANKS = ("rek BRI {}", "no rek {}", "rekening Bank Mandiri nomor {}", "Rek. BCA: {}", "transfer ke BNI {}")
PHONES = ("08{}{}-{}-{}", "+62 8{}{}-{}-{}", "08{}{}{}{}")
ACCOUNTS = ("1{}-01-{}-50-9", "1{}{}", "1{} {}")
PLATES = ("B {} XYZ", "motor DK {} A", "nopol AB{}KZ")
KINDS = (
    "nama dengan sapaan",
    "nama tanpa sapaan, atau dengan huruf kecil atau kapital semua",
    *("NIK", "telepon", "surel", "rekening", "plat"),
)


def one(kind, draw):
    """Return words that tell who somebody is, and which part of them must go."""

    def digits(n):
        return "".join(str(draw.randrange(10)) for _ in range(n))

    name = " ".join([draw.choice(GIVEN), *draw.choices(FAMILY, k=draw.randint(0, 2))])
    if kind == KINDS[0]:
        return f"{draw.choice(NAMED)} {name}", name
    if kind == KINDS[1]:
        return draw.choice((name, f"pak {name.lower()}", f"BU {name.upper()}")), name
    if kind == "rekening":
        number = draw.choice(ACCOUNTS).format(digits(3), digits(6))
        return draw.choice(BANKS).format(number), number
    if kind == "plat":
        number = digits(4)
        return draw.choice(PLATES).format(number), number
    if kind == "NIK":
        day = draw.randint(1, 28) + 40 * draw.randint(0, 1)
        made = f"357801{day:02d}{draw.randint(1, 12):02d}90{digits(4)}"
    elif kind == "telepon":
        made = draw.choice(PHONES).format(draw.randint(1, 9), digits(2), digits(4), digits(4))
    else:
        made = f"{name.split()[0].lower()}{digits(2)}@contoh.go.id"
    return made, made


def corpus():
    """Yield kind, text, and what must not be left of it; nothing where all must stay."""
    draw = random.Random(20261124)  # noqa: S311  a corpus, not a secret
    for _ in range(40):
        for frame in FRAMES:
            for kind in KINDS:
                words, secret = one(kind, draw)
                yield kind, frame.format(words), secret
    stay = {"jabatan dan tempat": re.split("[,\n]", OFFICES), "angka lain": re.split("[;\n]", NUMBERS)}
    for kind, all_words in stay.items():
        for words in filter(None, all_words):
            for frame in FRAMES:
                yield kind, frame.format(words), ""


def went_wrong(text, secret):
    masked = redact(text)
    if not secret:
        return masked != text
    return any(re.search(rf"\b{re.escape(part)}\b", masked, re.IGNORECASE) for part in secret.split())


@pytest.fixture(scope="module")
def counted():
    """Return for each kind how many there are and how many went wrong: were left, or masked in vain."""
    found = {}
    for kind, text, secret in corpus():
        n, bad = found.get(kind, (0, 0))
        found[kind] = n + 1, bad + went_wrong(text, secret)
    return found


def test_what_is_certain_is_masked_and_what_is_not_stays(counted):
    missed = {kind for kind, (_, bad) in counted.items() if bad}
    assert missed == {KINDS[1], "jabatan dan tempat"}
    assert counted["jabatan dan tempat"][1] / counted["jabatan dan tempat"][0] < 0.2


def test_the_page_states_these_numbers(counted):
    page = PAGE.read_text(encoding="utf-8")
    assert [kind for kind, (n, bad) in counted.items() if f"| {kind} | {n} | {bad} |" not in page] == []
