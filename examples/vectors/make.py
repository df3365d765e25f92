"""Write calls.json: calls of the command line and what they must answer, computed without the library.

The figures of the law are typed here once more, from the regulations, and the arithmetic is plain
fractions: where this script and the library agree, two programs agree.

    python examples/vectors/make.py
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[2] / "src" / "sipukat" / "cli" / "calls.json"

KINERJA = {"D": "Tidak baik", "C": "Kurang baik", "B": "Baik", "A": "Sangat baik"}
BANDS = {
    "permenpanrb-14-2017": {"D": "25.00", "C": "65.00", "B": "76.61", "A": "88.31"},
    "permenpanrb-16-2014": {"D": "25.00", "C": "43.76", "B": "62.51", "A": "81.26"},
    "kepmenpan-25-2004": {"D": "25.00", "C": "43.76", "B": "62.51", "A": "81.26"},
}

# Krejcie and Morgan (1970), as the annex prints it: population and respondents.
MORGAN = {
    10: 10, 15: 14, 20: 19, 25: 24, 100: 80, 110: 86, 200: 132, 500: 217, 1000: 278, 1500: 306,
    2000: 322, 5000: 357, 10000: 370, 50000: 381, 75000: 382, 1000000: 384,
}  # fmt: skip

# A regency's standard that is installed nowhere: a file that the call names.
LOCAL = """kind = "survey"
id = "perbup-contoh-12-2025"
title = "SKM Kabupaten Contoh"
extends = "permenpanrb-14-2017"
confidence = "B"
"""

# Ombudsman 2022-2024: weights of the four dimensions; two indicators of Input share theirs equally.
OMBUDSMAN = {
    "input.kompetensi": Fraction("21.85") / 2,
    "input.sarana_prasarana": Fraction("21.85") / 2,
    "proses.standar_pelayanan": Fraction("32.37"),
    "output.persepsi_maladministrasi": Fraction("24.24"),
    "pengaduan.pengelolaan": Fraction("21.54"),
}
ZONES = [
    ("0", "E", "merah"),
    ("32", "D", "merah"),
    ("54", "C", "kuning"),
    ("78", "B", "hijau"),
    ("88", "A", "hijau"),
]

HEADS = [f"U{i}" for i in range(1, 10)]
Answers = list[list[int | None]]


def half_up(value: Fraction, decimals: int = 2) -> str:
    """Round half up and write with exactly that many decimals."""
    scaled = int(value * 10**decimals + Fraction(1, 2))
    text = str(scaled).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


def letter(published: str, standard: str = "permenpanrb-14-2017") -> dict[str, str]:
    """Look up the letter of a published index by the lower bounds."""
    mutu = [mutu for mutu, low in BANDS[standard].items() if Fraction(published) >= Fraction(low)][-1]
    return {"mutu": mutu, "kinerja": KINERJA[mutu]}


def csv(rows: Answers, *, mark: str = ",", units: list[str] | None = None) -> str:
    """Write answers as a spreadsheet does: every unit in quotes, an empty cell where nobody answered."""
    lines = [mark.join((["unit"] if units else []) + HEADS)]
    for at, row in enumerate(rows):
        cells = ["" if score is None else str(score) for score in row]
        if units:
            cells = ['"' + units[at].replace('"', '""') + '"', *cells]
        lines.append(mark.join(cells))
    return "\r\n".join(lines) + "\r\n"


def index(
    rows: Answers, *, missing: str = "per_unsur", weight: Fraction | None = None, decimals: int | None = None
) -> Fraction:
    """Return the exact IKM: 25 times the weighted sum of the averages of the unsur."""
    if missing == "complete":
        rows = [row for row in rows if None not in row]
    columns = [[score for score in column if score is not None] for column in zip(*rows, strict=True)]
    if missing == "pooled":
        scores = [score for column in columns for score in column]
        return Fraction(25 * sum(scores), len(scores))
    averages = [Fraction(sum(column), len(column)) for column in columns if column]
    if decimals is not None:
        averages = [Fraction(half_up(average, decimals)) for average in averages]
    return 25 * sum(averages, Fraction(0)) * (weight or Fraction(1, len(averages)))


def case(name: str, why: str, *args: str, code: int = 0, **rest: Any) -> dict[str, Any]:
    """Return one call; its topic is the first word of its name."""
    topic = name.partition(":")[0]
    return {"id": name, "topic": topic, "why": why, "args": list(args), "exit": code, **rest}


def classifying() -> list[dict[str, Any]]:
    """Return every border of the bands, a hundredth below it, and half a cent around it, in both marks."""
    out = []
    for standard, bands in BANDS.items():
        option = f"--standard={standard}"
        for low in list(bands.values())[1:]:
            below = half_up(Fraction(low) - Fraction("0.01"))
            tie = half_up(Fraction(low) - Fraction("0.005"), 3)
            nearly = half_up(Fraction(low) - Fraction("0.0051"), 4)
            for text, value, why in (
                (low, low, "batas bawah sendiri"),
                (low.replace(".", ","), low, "koma sebagai tanda desimal"),
                (below, below, "seperseratus di bawah batas"),
                (tie, low, "setengah sen dibulatkan ke atas, sekali"),
                (tie.replace(".", ","), low, "setengah sen, dengan koma"),
                (nearly, below, "kurang dari setengah sen dibulatkan ke bawah"),
            ):
                name = f"classify:{standard}:{text}"
                out.append(
                    case(name, why, "audit", "--json", option, "--", text, json=letter(value, standard))
                )
    audit = ("audit", "--json", "--")
    out += [
        case(f"classify:ujung:{end}", "ujung skala", *audit, end, json=letter(f"{end}.00"))
        for end in ("25", "100")
    ]
    why = "di luar skala: tidak ada huruf, dan itu temuan"
    none = {"ok": False, "mutu": None, "kinerja": None}
    out += [
        case(f"classify:luar:{text}", why, *audit, text, code=1, json=none, codes=["IKM658"])
        for text in ("24.99", "100.01")
    ]
    why = "bukan satu angka: galat, juga sebagai JSON"
    error = {"ok": False, "error": {"type": "ArgumentError"}}
    out += [
        case(f"classify:bukan:{text}", why, *audit, text, code=2, json=error)
        for text in ("1.234,5", "delapan", "")
    ]
    return out


def counted(
    name: str, why: str, rows: Answers, *, mark: str = ",", how: tuple[str, ...] = (), **option: Any
) -> Any:
    """Return a call of ``ikm`` on a file of answers."""
    exact = index(rows, **option)
    published = half_up(exact)
    overall = {"n": len(rows), "published": published, "ikm_4dp": half_up(exact, 4), **letter(published)}
    files = {"survei.csv": csv(rows, mark=mark)}
    args = ("ikm", "--json", "--order=peraturan", *how, "--", "survei.csv")
    return case(name, why, *args, files=files, json={"ok": True, "overall": overall}, without=["SRV405"])


def counting() -> list[dict[str, Any]]:
    """Return indices from answers: exact, with answers missing, by the conventions of others, and ties."""
    plain: Answers = [[4, 3, 3, 4, 3, 3, 4, 3, 3], [3, 3, 2, 4, 3, 3, 3, 4, 3], [3, 2, 3, 4, 4, 3, 3, 3, 2]]
    gaps: Answers = [
        [4, None, 4, 4, 4, None, 4, 4, 4],
        [3, 1, 3, 3, None, 3, 3, 3, 3],
        [2, 2, 2, None, 2, 2, 2, 2, 2],
        [4, 4, 4, 4, 4, 4, 4, 4, 4],
        [3, 3, 3, 3, 3, 3, 3, 3, 3],
    ]
    thirds: Answers = [[4] * 9, [3] * 9, [3] * 9]
    tie = [[3] * 9 for _ in range(7)] + [[4] * 9]  # 25/8 x 25 = 78.125 exactly
    low = [[2] * 9 for _ in range(7)] + [[3] * 9]  # 53.125: half to even would go down
    out = [
        counted("index:sembilan-unsur", "rata-rata per unsur, bobot 1/9 tepat", plain),
        counted("index:titik-koma", "CSV berpemisah titik koma", plain, mark=";"),
        counted("index:semua-empat", "semua empat adalah 100, bukan 99", [[4] * 9]),
        counted("index:semua-satu", "semua satu adalah 25", [[1] * 9] * 2),
        counted("rounding:78.125", "setengah sen ke atas; ke genap akan memberi 78.12", tie),
        counted("rounding:53.125", "setengah sen ke atas; ke genap akan memberi 53.12", low),
        counted("rounding:sepertiga", "10/3 tidak dibulatkan sebelum dikalikan", thirds),
    ]
    for missing in ("per_unsur", "pooled", "complete"):
        why = f"jawaban kosong menurut aturan {missing}"
        out.append(
            counted(f"index:kosong:{missing}", why, gaps, how=(f"--missing={missing}",), missing=missing)
        )
    for profile in ("0.11", "0.111"):
        why = f"bobot tercetak {profile}"
        how = (f"--profile={profile}",)
        for name, rows in (("empat", [[4] * 9] * 3), ("biasa", plain)):
            out.append(
                counted(f"index:profil:{profile}:{name}", why, rows, how=how, weight=Fraction(profile))
            )
    why = "NRR dibulatkan ke dua desimal, lalu kali 0,11"
    how = ("--profile=nrr2-0.11",)
    out.append(counted("index:profil:nrr2-0.11", why, thirds, how=how, weight=Fraction("0.11"), decimals=2))
    empty: Answers = [[4] * 8 + [None], [3] * 8 + [None]]
    out += [
        case(
            "finding:unsur-kosong", "unsur yang tidak dijawab siapa pun adalah temuan error",
            "ikm", "--json", "--order=peraturan", "--", "survei.csv", code=1,
            files={"survei.csv": csv(empty)}, codes=["IKM606"],
            json={"ok": False, "overall": {"published": half_up(index(empty))}},
        ),
        case(
            "finding:urutan", "arti U8 dan U9 tidak ditebak",
            "ikm", "--json", "--", "survei.csv",
            files={"survei.csv": csv(plain)}, codes=["SRV405"], json={"unsur": _unordered()},
        ),
        case(
            "finding:di-luar-skala", "jawaban 5 pada skala 1-4 ditolak",
            "ikm", "--json", "--", "survei.csv", code=2,
            files={"survei.csv": csv([[5] * 9])}, json={"ok": False, "error": {"type": "AnswerError"}},
        ),
        _units(plain),
    ]  # fmt: skip
    return out


def _unordered() -> list[str]:
    return ["persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "U8", "U9"]


def _units(rows: Answers) -> dict[str, Any]:
    names = ["--json", "Dinas \"A\" & 'B'", "Kelurahan <b>é 😀</b>"]
    groups = [
        {"group": [name], "n": 1, "published": half_up(index([row]))}
        for name, row in sorted(zip(names, rows, strict=True))
    ]
    return case(
        "hostile:unit", "nama unit dengan tanda petik, tag, emoji, dan rupa sebuah opsi",
        "ikm", "--json", "--by=unit", "--", "survei.csv",
        files={"survei.csv": csv(rows, units=names)}, json={"by": ["unit"], "groups": groups},
    )  # fmt: skip


def auditing() -> list[dict[str, Any]]:
    """Return audits of printed indices: from sums, and with the letter of another regulation."""
    sums, n = [34, 33, 35, 30, 40, 31, 32, 33, 38], 10
    exact = Fraction(25 * sum(sums), n * 9)
    given = (f"--sums={' '.join(map(str, sums))}", f"--n={n}")
    printed = half_up(exact)
    short = half_up(Fraction("0.11") * 25 * Fraction(sum(sums), n))
    good = {"verdict": "reproduced", "reproduced": True, "exact_fraction": str(exact), **letter(printed)}
    wrong = {"reproduced": True, "mutu_holds": False, **letter(printed)}
    return [
        case("audit:tepat", "keluar dari jumlahnya", "audit", "--json", *given, "--", printed, json=good),
        case(
            "audit:0.11", "bobot 0,11 dikenali", "audit", "--json", *given, "--", short,
            json={"reproduced": True, "families": ["w0.11"], "exact_mutu": letter(printed)["mutu"]},
        ),
        case(
            "audit:mutu-2014", "huruf menurut peraturan lama adalah temuan",
            "audit", "--json", "--mutu=A", *given, "--", printed, code=1, json=wrong, codes=["IKM655"],
        ),
    ]  # fmt: skip


def sampling() -> list[dict[str, Any]]:
    """Return the table of the annex, and its formula between the rows."""
    sizes = dict(MORGAN)
    for population in (101, 317, 12345):
        spread = Fraction("3.841") * Fraction(1, 4)
        n = spread * population / (Fraction("0.05") ** 2 * (population - 1) + spread)
        sizes[population] = int(half_up(n, 0))
    records = [{"population": population, "n": n} for population, n in sizes.items()]
    error = {"ok": False, "error": {"type": "ArgumentError"}}
    return [
        case(
            "sample:tabel", "tabel Krejcie dan Morgan, dan rumusnya di antara baris",
            "sample-size", "--json", "--", *map(str, sizes), json={"ok": True, "sizes": records},
        ),
        case("sample:nol", "populasi nol", "sample-size", "--json", "--", "0", code=2, json=error),
        case(
            "sample:berkas", "standar dari berkas TOML, bukan dari namanya",
            "sample-size", "--json", "--standard=perbup.toml", "--", "1000", files={"perbup.toml": LOCAL},
            json={"ok": True, "sizes": [{"n": MORGAN[1000], "standard": "perbup-contoh-12-2025"}]},
        ),
    ]  # fmt: skip


def scoring() -> list[dict[str, Any]]:
    """Return scores under the Ombudsman's scheme of 2022: every border, and a mixture."""
    out = []
    flat = ["31.99", "31.995", "53.99", "53.995", "54", "77.99", "77.995", "78", "87.99", "87.995", "100"]
    mixed = ["80", "75", "78.5", "81", "70"]
    for values in [*([value] * 5 for value in flat), mixed]:
        exact = sum(
            (
                weight * Fraction(value) / 100
                for weight, value in zip(OMBUDSMAN.values(), values, strict=True)
            ),
            Fraction(0),
        )
        score = half_up(exact)
        _, code, zone = [band for band in ZONES if Fraction(score) >= Fraction(band[0])][-1]
        isian = {key: {"nilai": value} for key, value in zip(OMBUDSMAN, values, strict=True)}
        checklist = {
            "format": "urn:sipukat:checklist:1",
            "standard": "ombudsman-2022",
            "unit": "Kantor Contoh",
            "isian": isian,
        }
        answer = {"score": score, "exact": str(exact), "code": code, "zone": zone}
        name = f"score:{values[0] if len(set(values)) == 1 else 'campuran'}"
        files = {"isian.json": json.dumps(checklist)}
        args = ("score", "--json", "--standard=ombudsman-2022", "--", "isian.json")
        out.append(case(name, "nilai dibulatkan sekali, lalu batas bawah", *args, files=files, json=answer))
    out.append(
        case(
            "score:tanpa-skema", "skema tidak pernah ditebak", "score", "--json", "--", "isian.json", code=2,
            files={"isian.json": "{}"}, json={"ok": False, "error": {"type": "UsageError"}},
        )
    )  # fmt: skip
    return out


def checking() -> list[dict[str, Any]]:
    """Return codes of findings on a Standar Pelayanan."""
    draft = {
        "nama": "KTP-el",
        "persyaratan": ["Kartu Keluarga"],
        "jangka_waktu_penyelesaian": "14 (empat belas) hari kerja",
        "biaya_tarif": "Rp. 0,- (GRATIS)",
    }
    odd = draft | {"jangka_waktu_penyelesaian": "14 (tiga belas) hari kerja"}
    args = ("check", "--json", "--on=2026-11-24", "--", "draf.json")
    name = {"documents": [{"file": "draf.json", "nama": "KTP-el", "ok": False}]}
    return [
        case(
            "finding:komponen", "komponen yang tidak ada", *args, code=1,
            files={"draf.json": json.dumps(draft)}, json=name, codes=["LKP101", "JLS313"], without=["KNS220"],
        ),
        case(
            "finding:terbilang", "angka dan kata yang berbeda", *args, code=1,
            files={"draf.json": json.dumps(odd)}, json=name, codes=["LKP101", "KNS220"],
        ),
        case(
            "finding:bukan-dokumen", "kunci yang salah ketik ditolak", *args, code=2,
            files={"draf.json": '{"persyaratn": ["KTP"]}'}, json={"error": {"type": "DraftError"}},
        ),
    ]  # fmt: skip


def hostile() -> list[dict[str, Any]]:
    """Return arguments that a shell would spoil."""
    odd = {
        "opsi": "--json",
        "petik": "Dinas \"A\" & 'B' %PATH% $(id) `id` ; | > x",
        "garis": "-rf",
        "huruf": "Kelurahan é – 😀",
        "tag": "<script>alert(1)</script>",
    }
    out = [
        case(
            f"hostile:{name}", "argumen sampai utuh", "form", "--json", f"--unit={text}", json={"unit": text}
        )
        for name, text in odd.items()
    ]
    error = {"ok": False, "error": {"type": "BadParameter"}}
    out.append(
        case(
            "hostile:berkas",
            "berkas bernama seperti opsi",
            "ikm",
            "--json",
            "--",
            "--json",
            code=2,
            json=error,
        )
    )
    unknown = {"ok": False, "error": {"type": "NoSuchOption"}}
    out.append(
        case("hostile:opsi-asing", "opsi yang tidak ada", "ikm", "--json", "--nix", code=2, json=unknown)
    )
    return out


def calls() -> dict[str, Any]:
    """Return the whole file."""
    made = [*classifying(), *counting(), *auditing(), *sampling(), *scoring(), *checking(), *hostile()]
    return {"format": "urn:sipukat:calls:1", "calls": made}


def text() -> str:
    """Return the file as text: one call a line."""
    whole = calls()
    lines = ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in whole["calls"])
    return f'{{\n "format": {json.dumps(whole["format"])},\n "calls": [\n{lines}\n ]\n}}\n'


if __name__ == "__main__":
    OUT.write_text(text(), encoding="utf-8")
