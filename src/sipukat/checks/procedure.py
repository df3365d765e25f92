"""Whether a procedure tells the citizen what to do, and ends with the product in his hands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import folded, items, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding

_PROCEDURE: Final = "sistem_mekanisme_prosedur"

_APPLICANTS: Final = re.compile(
    r"\b(?:pemohon|masyarakat|warga|pasien|keluarga|penderita|pengguna|pelanggan|orang ?tua|pencari kerja"
    r"|pelaku usaha|wajib pajak|siswa|alumni|pengunjung|penduduk|peserta|pelapor|konsumen|nasabah|tamu|anda"
    r"|pengantar|perusahaan|ahli waris|calon|klien|yang bersangkutan|pengadu|santri|mahasiswa|guru)"
)
_THEIR_VERBS: Final = (
    "mengisi", "mendaftar", "mengajukan", "mengambil", "membawa", "datang", "menunggu", "membayar",
    "menyerahkan berkas", "menyerahkan dokumen", "menyerahkan persyaratan", "melengkapi", "menunjukkan",
    "menerima hasil", "menerima surat", "menerima tanda terima", "mengunduh", "mengunggah", "login",
    "registrasi",
)  # fmt: skip
_ASKING: Final = re.compile(r"\b(?:mengajukan|diajukan|mendaftar|mengisi|membawa|datang|melapor)\b")


def no_step_by_the_applicant(case: Case) -> Iterator[Finding]:
    """Flag a procedure in which the citizen does nothing.

    The procedure is that of the giver and of the receiver; one that only tells what clerks do
    does not tell the citizen what to do.

    Before::

        Menerima dan memverifikasi berkas permohonan; Membuat draf surat

    After::

        Pemohon menyerahkan berkas di loket; Petugas memeriksa berkas

    Source: Pasal 21 huruf c UU 25/2009 and its explanation; seen at a kampung in Kutai Barat.
    """
    steps = list(items(case.doc, _PROCEDURE))
    if len(steps) < 2:  # noqa: PLR2004  one line may stand for a chart
        return
    for _, step in steps:
        text = folded(f"{step.pelaku or ''} {step.text}")
        own = text.lstrip("0123456789.)- ").startswith(_THEIR_VERBS)
        if own or _APPLICANTS.search(text) or _ASKING.search(text):
            return
    yield case.find(
        "LKP112",
        _PROCEDURE,
        n=len(steps),
        contoh="Pemohon menyerahkan berkas di loket dan menerima tanda terima",
    )


_HANDED_OVER: Final = re.compile(
    r"serah|nyerah|terima|nerima|ambil|kirim|ngirim|unduh|antar\b|diantar|beri|sampai|pulang|rujuk|keluar|bawa|terbit|download|selesai|dapat"
)
_NOTHING_TO_HAND: Final = re.compile(
    r"^(?:pelayanan|layanan|pemeriksaan|tindakan|konsultasi|pendaftaran|perawatan|informasi|pelatihan|jasa)\b"
)


def nothing_handed_over(case: Case) -> Iterator[Finding]:
    """Tell that a procedure ends before the product is in the hands of the citizen.

    The time promised ends there, so the procedure should.

    Before::

        Kepala Dinas menandatangani; Petugas mengarsip

    After::

        Petugas menyerahkan surat kepada pemohon

    Source: Pasal 21 huruf c UU 25/2009 and its explanation.
    """
    steps = list(lines(case.doc, _PROCEDURE))
    products = [text for _, text in lines(case.doc, "produk_pelayanan")]
    if len(steps) < 3 or not products or any(map(_NOTHING_TO_HAND.match, products)):  # noqa: PLR2004
        return
    if not any(_HANDED_OVER.search(text) for _, text in steps[-3:]):
        yield case.find(
            "LKP113",
            steps[-1][0],
            contoh=f"Petugas menyerahkan {case.doc.produk_pelayanan.semua[0].text[:80]} kepada pemohon"
            if case.doc.produk_pelayanan
            else "",
        )


MISSING: Final = (
    Rule("LKP112", no_step_by_the_applicant),
    Rule("LKP113", nothing_handed_over),
)
"""The rules about what a procedure lacks."""
