"""What a Standar Pelayanan lacks (LKP1xx).

What is not there is an error where the law lists it, and else a warning or a hint; each
finding cites the place, and says a sentence that would do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks import citing, complaints, procedure
from sipukat.checks.base import Rule
from sipukat.checks.reading import EXAMPLES, blank, filled, folded, items, lines, said
from sipukat.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding


def _example(case: Case, key: str) -> str:
    content = case.standard.komponen_of(key).required_content
    return EXAMPLES.get(key) or (content[0] if content else case.standard.komponen_of(key).nama)


def missing_komponen(case: Case) -> Iterator[Finding]:
    """Flag each komponen of the standard that the document does not have.

    The law lists them, and a score of 2 of 5 in PEKPPP needs all of them.

    Before::

        (tidak ada baris Evaluasi Kinerja Pelaksana)

    After::

        Survei Kepuasan Masyarakat (SKM) setiap triwulan

    Source: Pasal 21 UU 25/2009; seen in tables of eleven komponen (Dinsos Hulu Sungai Utara).
    """
    for komponen in case.standard.komponen:
        if case.doc.isi(komponen.key) is None:
            example = _example(case, komponen.key)
            yield case.find("LKP101", komponen.key, nama=komponen.nama, huruf=komponen.letter, contoh=example)


def blank_komponen(case: Case) -> Iterator[Finding]:
    """Flag each komponen whose heading stands there with nothing under it.

    A dash fills the table, not the promise.

    Before::

        Jaminan keamanan dan keselamatan pelayanan: -

    After::

        Data pemohon disimpan dalam lemari terkunci; jalur evakuasi tersedia

    Source: Pasal 21 UU 25/2009; seen in drafts with cut or empty rows.
    """
    for komponen in case.standard.komponen:
        content = case.doc.isi(komponen.key)
        if content is not None and all(blank(said(item)) for item in content.semua):
            example = _example(case, komponen.key)
            yield case.find("LKP102", komponen.key, nama=komponen.nama, huruf=komponen.letter, contoh=example)


def no_name(case: Case) -> Iterator[Finding]:
    """Flag a document that does not name its service.

    Each kind of service has a standard of its own; without a name nobody knows which it is.

    Before::

        nama: ""

    After::

        nama: Penerbitan Surat Keterangan Domisili

    Source: Pasal 15 huruf a UU 25/2009; Permen PANRB 15/2014 (one table per kind of service).
    """
    if blank(case.doc.nama):
        yield case.find("LKP103", "nama", article="15")


def no_unit(case: Case) -> Iterator[Finding]:
    """Flag a document that does not name the office that makes the promise.

    A promise without a promiser binds nobody.

    Before::

        unit: ""

    After::

        unit: Dinas Kependudukan dan Pencatatan Sipil Kota Contoh

    Source: Pasal 15 huruf a UU 25/2009.
    """
    if blank(case.doc.unit):
        yield case.find("LKP104", "unit", article="15")


def not_set(case: Case) -> Iterator[Finding]:
    """Tell that a document was not set yet: it has no decree, or no date.

    A draft is no fault; a standard that citizens may hold the office to is one that was set.

    Before::

        nomor_sk: ""

    After::

        nomor_sk: 400.12/071/DISDUKCAPIL/2026, ditetapkan: 2026-03-02

    Source: Pasal 20 ayat (1) UU 25/2009; PEKPPP gives 3 of 5 from here on.
    """
    doc = case.doc
    lacking = [
        (path, id_, en)
        for there, path, id_, en in (
            (not blank(doc.nomor_sk), "nomor_sk", "nomor keputusan", "the number of the decree"),
            (doc.ditetapkan is not None, "ditetapkan", "tanggal penetapan", "the day it was set"),
        )
        if not there
    ]
    if lacking:
        yield case.find(
            "LKP105",
            lacking[0][0],
            article="20(1)",
            kurang=" dan ".join(id_ for _, id_, _ in lacking),
            lacking=" and ".join(en for _, _, en in lacking),
        )


_VULNERABLE: Final = re.compile(
    r"disabilitas|difabel|lansia|lanjut usia|usia lanjut|ibu hamil|menyusui|laktasi|kursi roda|\bramp\b"
    r"|landai|bermain anak|ramah anak|rentan|prioritas|braille|brail|guiding block|pemandu|bahasa isyarat"
    r"|berkebutuhan khusus"
)


def nothing_for_the_vulnerable(case: Case) -> Iterator[Finding]:
    """Tell that the facilities name nothing for people who need help to use the service.

    The explanation of the komponen names them: the disabled, the old, the pregnant, children.

    Before::

        Meja tamu; kursi tamu; komputer

    After::

        Jalur landai, kursi roda, dan loket prioritas bagi penyandang disabilitas dan lanjut usia

    Source: Pasal 21 huruf g UU 25/2009 and its explanation; Permen PANRB 11/2024.
    """
    key = "sarana_prasarana_fasilitas"
    if filled(case.doc, key) and not any(_VULNERABLE.search(text) for _, text in lines(case.doc, key)):
        yield case.find("LKP111", key)


_UNENDED: Final = frozenset(
    "bersifat yang untuk dengan oleh di ke dari pada sebagai adalah yaitu bahwa agar kepada terhadap "
    "secara antara tentang bagi berupa karena apabila jika".split()
)
_JOINED: Final = frozenset({"dan", "atau", "serta", "dan/atau"})


def cut_off(case: Case) -> Iterator[Finding]:
    """Flag a line that stops in the middle of a sentence.

    A row that was cut when the table was copied leaves a promise of which the end is missing.

    Before::

        Jaminan Pelaksanaan Bersifat

    After::

        Jaminan pelaksanaan bersifat tertulis: surat diterbitkan menurut Standar Pelayanan ini

    Source: seen in published tables with cut rows.
    """
    for key in case.standard.komponen_keys:
        content = case.doc.isi(key)
        if content is None:
            continue
        every = list(items(case.doc, key))
        for at, (path, item) in enumerate(every):
            before, _, last = item.text[-80:].rstrip().rpartition(" ")
            word = last.casefold()
            if not before or word not in _UNENDED | _JOINED:
                continue
            following = every[at + 1][1].text.lstrip() if at + 1 < len(every) else ""
            # "a; dan" goes on to the next line of its list, and so does a sentence in small letters
            if not following or (word in _UNENDED and not following[0].islower()):
                yield case.find("LKP114", path, akhir=word, contoh=EXAMPLES.get(key, ""))


_STATEMENTS: Final = (
    (re.compile(r"sanggup|janji|siap (?:memberi|melayani|menyelenggara|melaksana)|berkomitmen"),
     "kesanggupan melaksanakan standar pelayanan", "the promise to keep the standard"),
    (re.compile(r"perbaikan|kewajiban|meningkat|peningkatan|penyempurnaan|lebih baik|terus[ -]menerus"),
     "kewajiban dan perbaikan terus-menerus", "the duty to improve steadily"),
    (re.compile(r"sanksi|kompensasi|ganti rugi|hukuman|ditindak|konsekuensi"),
     "kesediaan menerima sanksi dan/atau memberi kompensasi", "readiness to take sanctions or compensate"),
)  # fmt: skip


def unfinished_maklumat(case: Case) -> Iterator[Finding]:
    """Flag a maklumat without one of its three statements.

    It promises, it binds to improve, and it says what follows when the promise is broken.

    Before::

        Kami siap melayani dengan sepenuh hati.

    After::

        Kami sanggup melayani sesuai standar pelayanan, terus memperbaiki diri, dan siap menerima sanksi.

    Source: Pasal 22 UU 25/2009; the three statements as BPPRD Banjarbaru quotes them.
    """
    if blank(case.doc.maklumat):
        return
    text = folded(case.doc.maklumat)
    lacking = [(id_, en) for pattern, id_, en in _STATEMENTS if not pattern.search(text)]
    if lacking:
        yield case.find(
            "LKP115",
            "maklumat",
            article="22",
            kurang="; ".join(id_ for id_, _ in lacking),
            lacking="; ".join(en for _, en in lacking),
            contoh=case.standard.texts.maklumat.template if case.standard.texts.maklumat else "",
        )


def no_maklumat(case: Case) -> Iterator[Finding]:
    """Tell that a maklumat is not with the document.

    It may stand in a document of its own; the law wants it set and published.

    Before::

        maklumat: ""

    After::

        maklumat: Dengan ini, kami menyatakan sanggup menyelenggarakan pelayanan sesuai standar pelayanan ...

    Source: Pasal 22 UU 25/2009.
    """
    if blank(case.doc.maklumat):
        yield case.find("LKP116", "maklumat", article="22")


def unlisted_komponen(case: Case) -> Iterator[Finding]:
    """Tell that a komponen is not one of the standard.

    An office may add one; but a maklumat, or a heading that was not recognised, may be meant otherwise.

    Before::

        tambahan: {maklumat_pelayanan: ...}

    After::

        maklumat: Dengan ini, kami menyatakan sanggup ...

    Source: Pasal 21 UU 25/2009 lists the komponen; a Puskesmas page counts the maklumat as one.
    """
    for key in case.doc.tambahan:
        try:
            case.standard.komponen_of(key)
        except UnknownNameError:
            yield case.find("LKP118", f"tambahan.{key}", article="21", kunci=key.replace("_", " "))


RULES: Final = (
    Rule("LKP101", missing_komponen),
    Rule("LKP102", blank_komponen),
    Rule("LKP103", no_name),
    Rule("LKP104", no_unit),
    Rule("LKP105", not_set),
    *complaints.MISSING,
    Rule("LKP111", nothing_for_the_vulnerable),
    *procedure.MISSING,
    Rule("LKP114", cut_off),
    Rule("LKP115", unfinished_maklumat),
    Rule("LKP116", no_maklumat),
    Rule("LKP118", unlisted_komponen),
    *citing.MISSING,
)
"""The rules about what a document lacks."""
