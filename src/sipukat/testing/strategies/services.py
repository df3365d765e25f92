"""Standar Pelayanan and findings: complete, with gaps, and written by someone who means harm."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from sipukat.findings import Finding, Findings, catalogue
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan
from sipukat.testing.strategies.texts import hostile_text, names, words

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

_SERVICES: Final = ("Penerbitan KTP-el", "Rawat Jalan", "Legalisasi ijazah", "Kartu AK-1 (kartu kuning)")
_LINES: Final = {
    "dasar_hukum": ("UU Nomor 25 Tahun 2009 tentang Pelayanan Publik", "Perda Kota Contoh No. 3/2024", "SOP"),
    "persyaratan": ("Fotokopi KK", "KTP-el asli", "Surat pengantar RT/RW", "dan lain-lain"),
    "sistem_mekanisme_prosedur": (
        "Pemohon menyerahkan berkas",
        "Petugas memeriksa berkas (5 menit)",
        "Selesai",
    ),
    "jangka_waktu_penyelesaian": ("14 (empat belas) hari kerja", "± 15 menit", "secepatnya", "3 hari 2 jam"),
    "biaya_tarif": ("Gratis", "Rp. 0,- (GRATIS)", "Rp15.000 per lembar", "sesuai ketentuan"),
    "jumlah_pelaksana": ("3 (tiga) orang", "2 petugas loket, 1 verifikator", "cukup"),
    "penanganan_pengaduan": ("SP4N-LAPOR!", "Telp. (0274) 523347", "WhatsApp 0812-0000-0000", "Website -"),
}
_OTHER: Final = ("Ruang tunggu ber-AC", "Sesuai SOP", "-", "Dilaksanakan oleh atasan langsung", "")


def _lines(key: str, *, hostile: bool) -> SearchStrategy[str]:
    real = st.sampled_from(_LINES.get(key, _OTHER))
    return real | words() | hostile_text() if hostile else real | words()


def _contents(key: str, *, hostile: bool, least: int) -> SearchStrategy[Any]:
    lines = st.lists(_lines(key, hostile=hostile), min_size=least, max_size=3)
    if key == "penanganan_pengaduan":
        return lines
    return lines | st.dictionaries(st.sampled_from(["Umum", "BPJS"]), lines, min_size=1, max_size=2)


@st.composite
def standar_pelayanan(draw: DrawFn, *, complete: bool = False, hostile: bool = False) -> StandarPelayanan:
    """Draw the Standar Pelayanan of a service, as a draft or as set.

    Parameters
    ----------
    complete
        Whether it has a name, a unit and every komponen, each with a line; otherwise any of
        them may be absent or left blank.
    hostile
        Whether texts that were made to do harm stand in it.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> import sipukat
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(standar_pelayanan())
    ... def holds(draft):
    ...     assert sipukat.pelayanan.loads(sipukat.pelayanan.dump(draft)) == draft
    >>> holds()
    """
    keys = KOMPONEN if complete else sorted(draw(st.sets(st.sampled_from(KOMPONEN), max_size=6)))
    fields: dict[str, Any] = {
        key: draw(_contents(key, hostile=hostile, least=1 if complete else 0)) for key in keys
    }
    if complete or draw(st.booleans()):
        fields["nama"] = draw(st.sampled_from(_SERVICES) | (hostile_text() if hostile else st.nothing()))
        fields["unit"] = draw(names(hostile=hostile))
        fields["ditetapkan"] = draw(st.dates(date(2012, 1, 1), date(2026, 12, 31)) | st.none())
        fields["maklumat"] = draw(st.just("Dengan ini kami sanggup menyelenggarakan pelayanan.") | words())
    if draw(st.booleans()):
        fields["tambahan"] = {"kanal_daring": draw(_contents("", hostile=hostile, least=0))}
    return StandarPelayanan.model_validate(fields)


def _facts(*, hostile: bool) -> SearchStrategy[dict[str, Any]]:
    values = st.integers(0, 99) | st.lists(st.integers(1, 99), max_size=4) | st.decimals(0, 100, places=2)
    texts = names(hostile=hostile)
    return st.dictionaries(st.sampled_from(["n", "rows", "nama", "columns"]), values | texts, max_size=3)


@st.composite
def findings(draw: DrawFn, *, most: int = 5, hostile: bool = False) -> Findings:
    """Draw findings, with codes of the catalogue and any facts.

    Parameters
    ----------
    most
        Most findings.
    hostile
        Whether paths and facts may hold texts that were made to do harm.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(findings())
    ... def holds(drawn):
    ...     assert all(finding.message() for finding in drawn)
    >>> holds()
    """
    one = st.builds(
        lambda code, path, facts: Finding.of(code, path=path, **facts),
        st.sampled_from(sorted(catalogue())),
        names(hostile=hostile) | st.just(""),
        _facts(hostile=hostile),
    )
    return Findings(draw(st.lists(one, max_size=most)))
