"""The decree that sets a Standar Pelayanan: the frame of the law's practice, with visible blanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.regulation import Citation
from sipukat.report.document import Heading, Paragraph
from sipukat.report.lampiran import annexes, unfilled
from sipukat.report.pelayanan_words import BLANK, day, or_blank
from sipukat.standards.known import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.regulation import Regulation
    from sipukat.report.document import Block
    from sipukat.report.lampiran import Numbering
    from sipukat.report.pelayanan_words import Subject

_ALWAYS: Final = ("UU 25/2009", "PP 96/2012", "Permenpan RB 15/2014")
_MENIMBANG: Final = """\
a. bahwa untuk mewujudkan pelayanan publik sesuai dengan asas penyelenggaraan pemerintahan yang baik, dan \
memberi kepastian hak dan kewajiban, setiap penyelenggara wajib menetapkan standar pelayanan;
b. bahwa untuk memberi acuan penilaian kinerja dan mutu pelayanan pada {unit}, perlu menetapkan standar \
pelayanan dengan memperhatikan kemampuan penyelenggara, kebutuhan masyarakat, dan kondisi lingkungan;
c. bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan \
Keputusan {jabatan} tentang Standar Pelayanan pada {unit};"""
_KETIGA: Final = """\
Standar pelayanan sebagaimana dimaksud dalam diktum KESATU wajib dilaksanakan oleh penyelenggara dan \
pelaksana, dan menjadi acuan penilaian kinerja pelayanan oleh pimpinan penyelenggara, aparat pengawasan, \
dan masyarakat."""
_ORDINALS: Final = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")

# Kinds in the order in which Mengingat lists them; those of ministers, and unknown ones, stand between.
_RANKS: Final = {"uu": 0, "perppu": 0, "pp": 1, "perpres": 2, "keppres": 3, "inpres": 4}
_LOCAL: Final = {"perda": 6, "pergub": 7, "perbup": 7, "perwal": 7, "kepgub": 8, "kepbup": 8, "kepwal": 8}
_MINISTERS: Final = 5
_LAST: Final = 9


def keputusan(
    subject: Subject,
    *,
    jabatan: str = "",
    tempat: str = "",
    pejabat: str = "",
    nip: str = "",
    mencabut: str = "",
    numbering: Numbering = "restart",
) -> Iterator[Block]:
    """Yield the decree: considerations, legal basis, decisions, signature, and the annex.

    `jabatan`, `pejabat` and `nip` are of who signs it; `mencabut` names the decree that it
    replaces, without which there is no such decision.
    """
    doc, unit = subject.docs[0], subject.unit
    who = or_blank(jabatan)
    named = f"STANDAR PELAYANAN PADA {unit.upper()}"
    number = f"NOMOR {or_blank(doc.nomor_sk)}"
    yield Paragraph(text=f"{subject.instansi.upper()}\n{unit.upper()}", align="center")
    yield Paragraph(text=f"KEPUTUSAN {who.upper()}\n{number}\n\nTENTANG\n{named}", align="center")
    yield Heading(level=2, text="Menimbang")
    yield Paragraph(text=_MENIMBANG.format(unit=unit, jabatan=who))
    yield Heading(level=2, text="Mengingat")
    yield Paragraph(text="\n".join(f"{at}. {law};" for at, law in enumerate(legal_basis(subject), start=1)))
    yield Heading(level=2, text="MEMUTUSKAN")
    yield Paragraph(text=f"Menetapkan: KEPUTUSAN {who.upper()} TENTANG {named}.")
    for ordinal, text in zip(_ORDINALS, _decisions(subject, mencabut.strip()), strict=False):
        yield Paragraph(text=f"{ordinal}: {text}")
    signed = f"Ditetapkan di {or_blank(tempat)}\npada tanggal {day(doc.ditetapkan)}\n{who.upper()}"
    yield Paragraph(text=f"{signed}\n\n\n\n{or_blank(pejabat)}\nNIP {or_blank(nip)}", align="right")
    yield Heading(level=2, text="LAMPIRAN")
    yield Paragraph(text=f"KEPUTUSAN {who.upper()}\n{number}\nTANGGAL {day(doc.ditetapkan)}\nTENTANG {named}")
    yield from annexes(subject, numbering)
    yield subject.note("usual_frame")
    given = {
        "instansi": subject.instansi != BLANK,
        "nomor_sk": doc.nomor_sk.strip(),
        "ditetapkan": doc.ditetapkan,
        "jabatan": jabatan.strip(),
        "tempat": tempat.strip(),
        "pejabat": pejabat.strip(),
        "nip": nip.strip(),
    }
    missing = [key for key, value in given.items() if not value]
    yield from subject.blanks([*missing, *unfilled(subject)])
    if subject.lang != "id":
        yield subject.note("in_indonesian")


def legal_basis(subject: Subject) -> tuple[str, ...]:
    """Return what the decree rests on, each regulation once, higher ones and older ones first.

    These are the dasar hukum of the documents, in their own words, and the three that every
    such decree cites.
    """
    own = [item.text for doc in subject.docs if doc.dasar_hukum is not None for item in doc.dasar_hukum.semua]
    kept: dict[str, tuple[tuple[int, int], str]] = {}
    for text in (*own, *map(_with_title, _ALWAYS)):
        words = text.strip().rstrip(";.")
        found = Citation.find(words)
        regulation = found[0].citation.regulation if found else None
        key = regulation.id if regulation else words.casefold()
        if key:
            kept.setdefault(key, (_rank(regulation), words))
    return tuple(words for _, words in sorted(kept.values(), key=lambda each: each[0]))


def _rank(regulation: Regulation | None) -> tuple[int, int]:
    if regulation is None:
        return _LAST, 0
    kind = regulation.kind
    return _RANKS.get(kind, _LOCAL.get(kind, _MINISTERS)), regulation.tahun or 0


def _with_title(name: str) -> str:
    regulation = Citation.parse(name).regulation
    known = lookup(regulation)
    return f"{regulation} tentang {known.judul}" if known else str(regulation)


def _decisions(subject: Subject, mencabut: str) -> Iterator[str]:
    names = "\n".join(f"{at}. {or_blank(doc.nama)};" for at, doc in enumerate(subject.docs, start=1))
    yield f"Standar pelayanan pada {subject.unit} sebagaimana tercantum dalam lampiran keputusan ini."
    yield f"Standar pelayanan sebagaimana dimaksud dalam diktum KESATU meliputi layanan:\n{names[:-1]}."
    yield _KETIGA
    if mencabut:
        yield f"Pada saat keputusan ini mulai berlaku, {mencabut} dicabut dan dinyatakan tidak berlaku."
    since = subject.docs[0].berlaku
    when = f"tanggal {day(since)}" if since else "tanggal ditetapkan"
    yield f"Keputusan ini mulai berlaku pada {when}."
