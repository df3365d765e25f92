"""Clarity (kejelasan): words that a citizen cannot hold an office to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.fees import RULES as FEES
from sipukat.checks.reading import EXAMPLES, filled, items, texts
from sipukat.checks.sentences import RULES as SENTENCES
from sipukat.checks.times import RULES as TIMES
from sipukat.checks.times import right
from sipukat.checks.vocabulary import folded, said, vague, vocabulary
from sipukat.pelayanan.jangka_waktu import JangkaWaktu
from sipukat.pelayanan.komponen import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding

_EXAMPLES: Final = EXAMPLES | {
    "biaya_tarif": "Rp50.000,00 (Perda Nomor … Tahun …), atau Gratis",
    "persyaratan": "Surat kuasa, hanya bila permohonan diwakilkan",
    "kompetensi_pelaksana": "Pendidikan paling rendah SMA; mampu mengoperasikan komputer",
}
_OTHERWISE: Final = "sebutkan siapa, apa, berapa, dan kapan"


def vague_phrase(case: Case) -> Iterator[Finding]:
    """Find phrases to which nobody can be held.

    Who reads "secepatnya" does not know when to come back, and the office cannot be late.
    How much a phrase matters depends on the komponen; the list and where each was seen is
    data (``vocabulary.toml``). A maklumat may say "sesuai peraturan perundang-undangan".

    Before::

        Jangka waktu: secepatnya

    After::

        3 (tiga) hari kerja sejak berkas diterima lengkap dan benar

    Source: 40 phrases of real documents and recollection; the chair of the Ombudsman in
    Tanjung Balai, 2023: time and cost must be clear.
    """
    for key in case.standard.komponen_keys:
        for place, item in items(case.doc, key):
            text = words_of(item)
            for phrase in vague(key, text):
                example = right(item) if isinstance(item, JangkaWaktu) else _EXAMPLES.get(key, _OTHERWISE)
                made = case.find("JLS301", place, frasa=phrase.phrase, contoh=example, teks=text[:120])
                yield made.model_copy(update={"severity": phrase.severity})


_BLANKS: Final = re.compile(r"\.{5,}|…{2,}|_{4,}|\bxxx+\b|\[ ?[.… ]{0,9}\]|\( ?[.…]{2,9} ?\)")


def placeholder(case: Case) -> Iterator[Finding]:
    """Find places of a form that nobody filled in.

    Before::

        Petugas ( sebutkan nama SKPD)

    After::

        Petugas Dinas Kependudukan dan Pencatatan Sipil

    Source: seen in drafts made from a common form.
    """
    forms = vocabulary().placeholders
    for key in case.standard.komponen_keys:
        for place, text in texts(case.doc, key):
            words = folded(text)
            left = next((form for form in forms if form in words), None)
            blank = _BLANKS.search(words)
            if left or blank:
                yield case.find("JLS302", place, teks=text[:120], isian=left or (blank[0] if blank else ""))


_FILE: Final = re.compile(
    r"\b\w{1,60}_\w{0,60}_\w{0,120}|\b[\w-]{2,80}\.(?:pdf|docx?|xlsx?|jpe?g|png)\b", re.IGNORECASE
)


def file_name(case: Case) -> Iterator[Finding]:
    """Find the name of a file pasted in the place of its content.

    Before::

        Biaya: PERDA_No__3_Tahun_2012_

    After::

        Rp10.000,00 (Perda Kota Contoh Nomor 3 Tahun 2012)

    Source: seen at Puskesmas Nanggeleng.
    """
    for key in case.standard.komponen_keys:
        for place, text in texts(case.doc, key):
            match = _FILE.search(text[:2000])
            if match and "@" not in text and "www" not in text.casefold() and "http" not in text.casefold():
                yield case.find("JLS303", place, nama=match[0][:80], contoh=_EXAMPLES.get(key, _OTHERWISE))


def nobody_supervises(case: Case) -> Iterator[Finding]:
    """Find a supervision that names nobody.

    Before::

        Secara berjenjang

    After::

        Kepala Bidang memeriksa buku register setiap hari kerja

    Source: UU 25/2009 Pasal 21 huruf i, "pimpinan satuan kerja atau atasan langsung".
    """
    content = case.doc.pengawasan_internal
    if content is not None and filled(case.doc, "pengawasan_internal") and not said("pengawas", content.text):
        yield case.find("JLS331", "pengawasan_internal", teks=content.text[:120])


def no_competence(case: Case) -> Iterator[Finding]:
    """Find a competence without schooling, certificate or skill.

    Before::

        SDM yang kompeten di bidangnya

    After::

        Pendidikan paling rendah SMA; mampu mengoperasikan komputer

    Source: UU 25/2009 Pasal 21 huruf h: pengetahuan, keahlian, keterampilan, pengalaman.
    """
    content = case.doc.kompetensi_pelaksana
    if (
        content is not None
        and filled(case.doc, "kompetensi_pelaksana")
        and not said("pendidikan", content.text)
    ):
        yield case.find("JLS332", "kompetensi_pelaksana", teks=content.text[:120])


def no_safety(case: Case) -> Iterator[Finding]:
    """Find a guarantee of safety that speaks of something else.

    Before::

        Pelayanan bebas pungli

    After::

        Data pribadi hanya dibuka petugas yang berhak; tersedia APAR dan jalur evakuasi

    Source: UU 25/2009 Pasal 21 huruf m, "rasa aman, bebas dari bahaya".
    """
    content = case.doc.jaminan_keamanan_keselamatan
    if (
        content is not None
        and filled(case.doc, "jaminan_keamanan_keselamatan")
        and not said("keselamatan", content.text)
    ):
        yield case.find("JLS333", "jaminan_keamanan_keselamatan", teks=content.text[:120])


_FEW: Final = 4


def empty_guarantee(case: Case) -> Iterator[Finding]:
    """Find a guarantee that only names the standard.

    Before::

        Standar Pelayanan Kampung

    After::

        Apabila waktu terlampaui, surat diantar ke alamat pemohon tanpa biaya

    Source: UU 25/2009 Pasal 21 huruf l; seen at Kampung Linggang Bigung.
    """
    content = case.doc.jaminan_pelayanan
    if content is not None and filled(case.doc, "jaminan_pelayanan") and len(content.text.split()) <= _FEW:
        yield case.find("JLS334", "jaminan_pelayanan", teks=content.text)


RULES: Final = (
    Rule("JLS301", vague_phrase),
    Rule("JLS302", placeholder),
    Rule("JLS303", file_name),
    *TIMES,
    *FEES,
    Rule("JLS331", nobody_supervises),
    Rule("JLS332", no_competence),
    Rule("JLS333", no_safety),
    Rule("JLS334", empty_guarantee),
    *SENTENCES,
)
