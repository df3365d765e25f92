"""Lines that say nothing of what their komponen is for: who supervises, what is guaranteed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import blank, filled, items, lines
from sipukat.checks.vocabulary import quoted, said, vague_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_FEW: Final = 5
_NAMED: Final = ("standar pelayanan", "standar operasional", "maklumat", "sop", "spm", "spp")
_VERBS: Final = ("di", "me", "ber", "ter")


def _content(case: Case, key: str) -> str:
    """Return the text of a komponen that says something of its own, else nothing."""
    content = case.doc.isi(key)
    return content.text if content is not None and filled(case.doc, key) else ""


def _vague(case: Case, key: str) -> bool:
    """Say whether a phrase of the list stands there, which is found by its own rule."""
    return any(vague_in(key, item.text) for _, item in items(case.doc, key))


def nobody_supervises(case: Case) -> Iterator[Finding]:
    """Flag a supervision that names nobody.

    Before::

        Pengawasan melekat

    After::

        Kepala Bidang memeriksa buku register setiap hari kerja

    Source: UU 25/2009 Pasal 21 huruf i, "pimpinan satuan kerja atau atasan langsung".
    """
    text = _content(case, "pengawasan_internal")
    if text and not said("pengawas", text) and not _vague(case, "pengawasan_internal"):
        yield case.find("JLS331", "pengawasan_internal", teks=quoted(text))


def no_competence(case: Case) -> Iterator[Finding]:
    """Flag a competence without schooling, certificate or skill.

    Before::

        SDM yang handal

    After::

        Pendidikan paling rendah SMA; mampu mengoperasikan komputer

    Source: UU 25/2009 Pasal 21 huruf h: pengetahuan, keahlian, keterampilan, pengalaman.
    """
    text = _content(case, "kompetensi_pelaksana")
    if text and not said("pendidikan", text) and not _vague(case, "kompetensi_pelaksana"):
        yield case.find("JLS332", "kompetensi_pelaksana", teks=quoted(text))


def no_safety(case: Case) -> Iterator[Finding]:
    """Flag a guarantee of safety that speaks of something else.

    Only what is known to be something else is flagged: there are more ways to be safe than a list has.

    Before::

        Pelayanan bebas pungli

    After::

        Data pribadi hanya dibuka petugas yang berhak; tersedia alat pemadam api dan jalur evakuasi

    Source: UU 25/2009 Pasal 21 huruf m, "rasa aman, bebas dari bahaya".
    """
    text = _content(case, "jaminan_keamanan_keselamatan")
    if text and said("bukan_keselamatan", text) and not said("keselamatan", text):
        yield case.find("JLS333", "jaminan_keamanan_keselamatan", teks=quoted(text))


def empty_guarantee(case: Case) -> Iterator[Finding]:
    """Flag a guarantee that only names the standard.

    Before::

        Standar Pelayanan Kampung

    After::

        Apabila waktu terlampaui, surat diantar ke alamat pemohon tanpa biaya

    Source: UU 25/2009 Pasal 21 huruf l; seen at Kampung Linggang Bigung.
    """
    every = [(place, text) for place, text in lines(case.doc, "jaminan_pelayanan") if not blank(text)]
    if every and all(_only_names(text) for _, text in every):
        yield case.find("JLS334", every[0][0], teks=quoted(_content(case, "jaminan_pelayanan")))


def _only_names(text: str) -> bool:
    words = text.split()
    return (
        text.startswith(_NAMED)
        and len(words) <= _FEW
        and not any(word.startswith(_VERBS) and len(word) > _FEW for word in words[2:])
    )


def process_for_product(case: Case) -> Iterator[Finding]:
    """Flag a product that is a process: what the citizen takes home is not said.

    It is a hint, since in health the service itself is what is given.

    Before::

        Pendaftaran pasien

    After::

        Nomor antrean poli dan kartu berobat

    Source: UU 25/2009 Pasal 21 huruf f, the result that is given and received.
    """
    every = [(place, text) for place, text in lines(case.doc, "produk_pelayanan") if not blank(text)]
    if every and all(said("proses", text.partition(" ")[0]) for _, text in every):
        yield case.find("JLS335", every[0][0], teks=quoted(every[0][1]))


def no_count(case: Case) -> Iterator[Finding]:
    """Flag a number of staff that is no number.

    Before::

        Petugas cukup

    After::

        3 (tiga) orang

    Source: UU 25/2009 Pasal 21 huruf k.
    """
    staff = list(items(case.doc, "jumlah_pelaksana"))
    text = _content(case, "jumlah_pelaksana")
    if text and not any(item.n is not None for _, item in staff) and not any(map(str.isdigit, text)):
        yield case.find("JLS336", staff[0][0], teks=quoted(text))


RULES: Final = (
    Rule("JLS331", nobody_supervises),
    Rule("JLS332", no_competence),
    Rule("JLS333", no_safety),
    Rule("JLS334", empty_guarantee),
    Rule("JLS335", process_for_product),
    Rule("JLS336", no_count),
)
"""The rules about lines that say nothing."""
