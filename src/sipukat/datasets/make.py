"""Make the invented examples anew: ``python -m sipukat.datasets.make [FOLDER]``.

Only `random.Random.random` is used, whose sequence Python promises for a seed, and no
function of the platform's mathematics library: the files come out the same everywhere.
"""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SEED: Final = 142017
_FIRST_DAY: Final = date(2025, 7, 1)
_DAYS: Final = 120
_STRAIGHT: Final = 0.14  # share of respondents who give one answer throughout
_BLANK: Final = 0.006  # share of the others' questions left out
_SPREAD: Final = 0.45  # of the respondents' satisfaction, and of the noise, on the 1-4 scale
_SATURDAY: Final = 5
_HALF_YEARS: Final = (3.12, 3.13, 3.1, 3.27, 3.3, 3.29)  # satisfaction, on the 1-4 scale; mended in 2024
_ASKED: Final = 120  # applicants a half-year
_RETURN: Final = 0.18  # share of the applicants known who come again

# name and how much better (or worse) it is answered than the others
_UNSUR: Final = (
    ("Persyaratan", 0.04),
    ("Sistem, Mekanisme, dan Prosedur", 0.0),
    ("Waktu Penyelesaian", -0.22),
    ("Biaya/Tarif", 0.34),
    ("Produk Spesifikasi Jenis Pelayanan", 0.02),
    ("Kompetensi Pelaksana", 0.08),
    ("Perilaku Pelaksana", 0.12),
    ("Penanganan Pengaduan, Saran dan Masukan", -0.1),
    ("Sarana dan Prasarana", -0.16),
)
_ABOUT: Final = (
    "No Resp",
    "unit",
    "tanggal",
    "jenis kelamin",
    "usia",
    "pendidikan",
    "pekerjaan",
    "jenis layanan",
)
_PENDIDIKAN: Final = (("SD", 8), ("SMP", 14), ("SMA", 44), ("DIII", 10), ("S1", 21), ("S2", 3))
_PEKERJAAN: Final = (("PNS", 9), ("TNI", 1), ("POLRI", 1), ("Swasta", 31), ("Wirausaha", 27), ("Lainnya", 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    nama: str
    size: int
    level: float  # of satisfaction, on the 1-4 scale
    layanan: tuple[str, ...]


def _puskesmas(number: int, flower: str, size: int, level: float) -> _Unit:
    layanan = ("Poli Umum", "Poli Gigi", "KIA", "Imunisasi", "Farmasi")
    return _Unit(nama=f"Puskesmas Contoh {number} {flower}", size=size, level=level, layanan=layanan)


_UNITS: Final = (
    _Unit(
        nama="Dinas Kependudukan dan Pencatatan Sipil Kota Contoh",
        size=300,
        level=3.36,
        layanan=("KTP elektronik", "Kartu Keluarga", "Akta Kelahiran", "Kartu Identitas Anak"),
    ),
    _Unit(
        nama="DPMPTSP Kota Contoh",
        size=210,
        level=3.62,
        layanan=("Nomor Induk Berusaha", "Persetujuan Bangunan Gedung", "Izin Praktik"),
    ),
    _Unit(
        nama="Dinas Pendidikan Kota Contoh",
        size=90,
        level=3.24,
        layanan=("Legalisir Ijazah", "Mutasi Siswa", "Izin Operasional Sekolah"),
    ),
    _Unit(
        nama="Dinas Ketenagakerjaan Kota Contoh",
        size=60,
        level=3.06,
        layanan=("Kartu Pencari Kerja", "Pencatatan Perjanjian Kerja", "Pelatihan Kerja"),
    ),
    _Unit(
        nama="RSUD Kota Contoh",
        size=240,
        level=2.92,
        layanan=("Rawat Jalan", "Rawat Inap", "Gawat Darurat", "Laboratorium", "Farmasi"),
    ),
    _puskesmas(1, "Melati", 110, 3.55),
    _puskesmas(2, "Mawar", 95, 3.45),
    _puskesmas(3, "Kenanga", 84, 3.86),
    _puskesmas(4, "Cempaka", 76, 3.3),
    _puskesmas(5, "Dahlia", 70, 3.16),
    _puskesmas(6, "Anggrek", 62, 2.84),
    _puskesmas(7, "Teratai", 58, 3.68),
    _puskesmas(8, "Seroja", 45, 3.4),
)


def kota_contoh() -> str:
    """Return ``kota-contoh.csv``: one row a respondent, units in turn.

    Examples
    --------
    >>> kota_contoh().count("REKAAN-")
    1500
    """
    draw = Random(_SEED)  # noqa: S311  invented answers, no secrets
    rows = [row for unit in _UNITS for row in _respondents(unit, draw)]
    for number, row in enumerate(rows, start=1):
        row[0] = f"REKAAN-{number:04d}"
    return _csv([[*_ABOUT, *(nama for nama, _ in _UNSUR)], *rows], delimiter=",")


def puskesmas_contoh() -> str:
    """Return ``puskesmas-contoh.csv``: twenty forms of one desk, by letters.

    Examples
    --------
    >>> puskesmas_contoh().splitlines()[1]
    'REKAAN-01;2025-09-01;P;31;c;c;d;d;d;c;d;c;d'
    """
    draw = Random(_SEED + 1)  # noqa: S311  invented answers, no secrets
    head = ["No Resp", "Tanggal", "Jenis Kelamin", "Usia", *(nama for nama, _ in _UNSUR)]
    rows = []
    for number in range(1, 21):
        letters = ["abcd"[score - 1] if score else "" for score in _answers(3.2, draw)]
        sex, age = "LP"[draw.random() < 0.6], str(18 + int(48 * draw.random()))  # noqa: PLR2004  shares, invented
        rows.append([f"REKAAN-{number:02d}", f"2025-09-{1 + (number - 1) // 4:02d}", sex, age, *letters])
    return _csv([head, *rows], delimiter=";")


def dpmptsp_contoh() -> str:
    """Return ``dpmptsp-contoh.csv``: six half-years of one office, a quarter of whose applicants return.

    Examples
    --------
    >>> dpmptsp_contoh().splitlines()[1]
    'REKAAN-0001,2023-S1,Laki-laki,3,3,3,4,4,3,3,3,3'
    """
    draw = Random(_SEED + 2)  # noqa: S311  invented answers, no secrets
    head = ["No Pemohon", "periode", "jenis kelamin", *(nama for nama, _ in _UNSUR)]
    known: dict[int, tuple[str, float]] = {}  # of each applicant: sex, and how easily pleased
    rows = []
    for half, level in enumerate(_HALF_YEARS):
        asked = [number for number in known if draw.random() < _RETURN]
        while len(asked) < _ASKED:
            number = len(known) + 1
            known[number] = "Laki-laki" if draw.random() < 0.5 else "Perempuan", _SPREAD * _normal(draw)  # noqa: PLR2004
            asked.append(number)
        for number in sorted(asked[:_ASKED]):
            sex, pleased = known[number]
            answers = (str(score or "") for score in _answers(level + 0.7 * pleased, draw, spread=0.3))
            rows.append([f"REKAAN-{number:04d}", f"{2023 + half // 2}-S{1 + half % 2}", sex, *answers])
    return _csv([head, *rows], delimiter=",")


def _respondents(unit: _Unit, draw: Random) -> Iterator[list[str]]:
    for _ in range(unit.size):
        day = _FIRST_DAY + timedelta(days=int(_DAYS * draw.random()))
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        about = [
            "",
            unit.nama,
            day.isoformat(),
            "Laki-laki" if draw.random() < 0.46 else "Perempuan",  # noqa: PLR2004  a share, invented
            str(17 + int(32 * draw.random() + 18 * draw.random())),
            _one_of(_PENDIDIKAN, draw),
            _one_of(_PEKERJAAN, draw),
            unit.layanan[int(len(unit.layanan) * draw.random())],
        ]
        yield [*about, *(str(score or "") for score in _answers(unit.level, draw))]


def _answers(level: float, draw: Random, *, spread: float = _SPREAD) -> list[int]:
    """Draw the nine answers of one respondent; 0 is one left out."""
    satisfaction = level + spread * _normal(draw)
    if draw.random() < _STRAIGHT:
        return [_score(satisfaction)] * len(_UNSUR)
    scores = [_score(satisfaction + shift + _SPREAD * _normal(draw)) for _, shift in _UNSUR]
    return [0 if draw.random() < _BLANK else score for score in scores]


def _score(value: float) -> int:
    return min(4, max(1, int(value + 0.5)))


def _normal(draw: Random) -> float:
    # twelve uniform numbers less six: mean 0, variance 1, and no logarithm or cosine
    return sum(draw.random() for _ in range(12)) - 6.0


def _one_of(shares: Sequence[tuple[str, int]], draw: Random) -> str:
    left = draw.random() * sum(share for _, share in shares)
    for name, share in shares:
        left -= share
        if left < 0:
            return name
    return shares[-1][0]


def _csv(rows: Sequence[Sequence[str]], *, delimiter: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def write(folder: Path) -> tuple[Path, ...]:
    """Write the files into a folder, and return where they are."""
    texts = {
        "dpmptsp-contoh.csv": dpmptsp_contoh(),
        "kota-contoh.csv": kota_contoh(),
        "puskesmas-contoh.csv": puskesmas_contoh(),
    }
    for name, text in texts.items():
        Path(folder, name).write_bytes(text.encode())
    return tuple(Path(folder, name) for name in texts)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
