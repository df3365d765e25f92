"""Whether complaints can be made and are answered: Pasal 36."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import filled, folded, items, lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding

_KEY: Final = "penanganan_pengaduan"
_REACHABLE: Final = re.compile(
    r"\d[\d ().-]{4,20}\d|@|https?:|www\.|\.go\.id|\.id\b|lapor|sp4n"
    r"|\b(?:kotak|loket|meja|ruang|kantor|jalan|alamat|instagram|facebook|twitter|tiktok|youtube)\b|\bjl\b"
    r"|\((?:given|nomor|alamat|ada|terlampir)|(?:center|centre|hotline|telp|telepon)[^0-9]{0,10}\d{3}"
)
_OFFICER: Final = re.compile(
    r"penanggung ?-?jawab|pengelola pengaduan|petugas pengaduan|pejabat pengelola|narahubung|contact person"
)
_ADDRESS: Final = re.compile(r"\b(?:jalan|jl|jln|alamat|gedung|kompleks|desa|kelurahan)\b")
_TIME: Final = re.compile(
    r"\d{1,3}(?:/\d{1,3}){1,4}"  # 5/14/60, as for SP4N-LAPOR!
    r"|\d{1,3} ?(?:\([a-z ]{2,40}\) ?)?(?:x ?24 ?)?(?:menit|jam|hari|minggu)\b"
    r"|\b(?:satu|dua|tiga|empat|lima|tujuh|sepuluh|empat belas) (?:jam|hari|minggu)\b"
    r"|\b(?:saat|hari) itu juga\b|\bseketika\b"
)
_OPEN: Final = re.compile(r"\bselama 24 jam\b|\b24 jam (?:sehari|non ?stop)\b|\bsetiap hari selama\b")


def blank_channel(case: Case) -> Iterator[Finding]:
    """Flag a channel that is named with nothing behind it.

    A citizen who reads it looks for an address that is not there.

    Before::

        Website -

    After::

        Situs pengaduan.kotacontoh.go.id

    Source: Pasal 36 ayat (1) UU 25/2009; seen at a kampung in Kutai Barat.
    """
    for path, line in items(case.doc, _KEY):
        if line.blank and line.kanal is not None:
            name = line.text.rstrip(" -–—:.").strip()
            yield case.find("LKP106", path, article="36(1)", saluran=name[:60])


def unreachable(case: Case) -> Iterator[Finding]:
    """Flag complaints that no number, address or box can take in.

    The law asks for means of complaint, not for the words "melalui telepon".

    Before::

        Melalui WhatsApp

    After::

        WhatsApp 0812-0000-0000 pada jam kerja

    Source: Pasal 36 ayat (1) UU 25/2009; seen in PEKPPP evidence, where links and numbers must be shown.
    """
    if not filled(case.doc, _KEY):
        return
    stated = any(getattr(line, "alamat", None) for _, line in items(case.doc, _KEY))
    if not stated and not any(_REACHABLE.search(text) for _, text in lines(case.doc, _KEY)):
        yield case.find("LKP107", _KEY, article="36(1)")


def nameless_officer(case: Case) -> Iterator[Finding]:
    """Flag complaints without name or address of the officer who answers for them.

    The law wants both announced, so that a citizen knows whom to ask.

    Before::

        Kotak saran

    After::

        Penanggung jawab: Rina Contoh, S.Sos., Kepala Subbagian Umum, Jalan Melati Contoh Nomor 1

    Source: Pasal 36 ayat (4) UU 25/2009.
    """
    content = case.doc.penanganan_pengaduan
    if content is None or not filled(case.doc, _KEY):
        return
    officer = content.penanggung_jawab
    every = [text for _, text in lines(case.doc, _KEY)]
    named = [text for text in every if _OFFICER.search(text)]
    name = bool(officer and officer.nama.strip()) or any(len(text.split()) > 3 for text in named)  # noqa: PLR2004
    # an officer who is only an office ("Kepala Bagian Humas") has an address where the office has one
    address = bool(officer and officer.alamat.strip()) or (
        (bool(named) or bool(officer and officer.nama)) and any(map(_ADDRESS.search, every))
    )
    if name and address:
        return
    lacking = [
        (id_, en) for there, id_, en in ((name, "nama", "name"), (address, "alamat", "address")) if not there
    ]
    yield case.find(
        "LKP108",
        f"{_KEY}.penanggung_jawab" if officer else _KEY,
        article="36(4)",
        kurang=" dan ".join(id_ for id_, _ in lacking),
        lacking=" and ".join(en for _, en in lacking),
        contoh="Penanggung jawab pengaduan: (nama), Kepala Subbagian Umum, Jalan (alamat kantor)",
    )


def no_response_time(case: Case) -> Iterator[Finding]:
    """Flag complaints without a time by which they are answered.

    The law wants them handled within a certain time; without one nobody is ever late.

    Before::

        Kotak saran dibuka setiap Senin dan Kamis

    After::

        Pengaduan ditanggapi paling lama 3 (tiga) hari kerja sejak diterima

    Source: Pasal 36 ayat (2) UU 25/2009; seen at a kampung in Kutai Barat.
    """
    if not filled(case.doc, _KEY):
        return
    every = [text for _, text in lines(case.doc, _KEY)]
    if all("lapor" in text for text in every):
        return  # SP4N-LAPOR! has limits of its own
    if not any(_TIME.search(text) and not _OPEN.search(text) for text in every):
        yield case.find(
            "LKP109",
            _KEY,
            article="36(2)",
            contoh="Pengaduan ditanggapi paling lama 3 (tiga) hari kerja dan diselesaikan paling lama "
            "14 (empat belas) hari kerja sejak diterima",
        )


def no_lapor(case: Case) -> Iterator[Finding]:
    """Tell where SP4N-LAPOR! is not among the channels.

    It is the national channel, and consultations and PEKPPP ask for it.

    Before::

        Kotak saran; Telepon (0999) 700101

    After::

        SP4N-LAPOR! (www.lapor.go.id)

    Source: Perpres 76/2013; a consultation record of Bapenda Kutai Barat asks for it.
    """
    if filled(case.doc, _KEY) and not any(
        "lapor!" in text or "sp4n" in text or "lapor.go.id" in text or "span lapor" in text
        for _, text in lines(case.doc, _KEY)
    ):
        yield case.find("LKP110", _KEY, article="36(1)")


_PERSON: Final = re.compile(
    r"\(nama petugas\)|\ba\.? ?n\.? [a-z]"
    r"|\b(?:pak|bu|bapak|ibu(?! (?:hamil|dan|kota|menyusui))|sdr|sdri|saudara|saudari|mas|mbak)\b\.? [a-z]{3}"
)
_PHONES: Final = frozenset({"whatsapp", "sms", "telepon"})


def personal_number(case: Case) -> Iterator[Finding]:
    """Tell where the number of a person is the channel for complaints.

    It goes when the person goes, and a complaint about that person ends there.

    Before::

        WA (nama petugas)

    After::

        WhatsApp pengaduan dinas 0812-0000-0000, dijawab petugas piket

    Source: seen at Dinas Pendidikan Dharmasraya; Pasal 36 ayat (1) UU 25/2009 asks for means.
    """
    for path, line in items(case.doc, _KEY):
        if line.kanal in _PHONES and _PERSON.search(folded(line.text)):
            yield case.find("KNS222", path, article="36(1)", saluran=line.kanal)


MISSING: Final = (
    Rule("LKP106", blank_channel),
    Rule("LKP107", unreachable),
    Rule("LKP108", nameless_officer),
    Rule("LKP109", no_response_time),
    Rule("LKP110", no_lapor),
)
"""The rules about what complaints lack."""
