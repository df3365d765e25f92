"""Clarity of the promised time: number, unit, start, and nothing that the citizen cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import items
from sipukat.checks.vocabulary import folded, quoted, said, vague_in
from sipukat.pelayanan.numerals import terbilang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding
    from sipukat.pelayanan.jangka_waktu import JangkaWaktu

_KEY: Final = "jangka_waktu_penyelesaian"
_DAYS: Final = ("hari", "minggu", "bulan", "tahun")
_RIGHT: Final = "paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar"


def _times(case: Case) -> Iterator[tuple[str, JangkaWaktu]]:
    """Yield every time that is promised, the parts of a line one by one."""
    for place, item in items(case.doc, _KEY):
        for part in item.parts or (item,):
            yield place, part


def _named(item: JangkaWaktu) -> bool:
    """Say whether a phrase of the list stands there, which is found by its own rule."""
    return bool(vague_in(_KEY, item.text))


def rewritten(item: JangkaWaktu) -> str:
    """Return a time as it would be right, bare of what makes it unclear; an example where that is not known.

    Examples
    --------
    >>> from sipukat.pelayanan.jangka_waktu import JangkaWaktu
    >>> rewritten(JangkaWaktu.parse("± 15 Menit (Jaringan Internet Stabil)"))
    'paling lama 15 (lima belas) menit sejak berkas diterima lengkap dan benar'
    >>> rewritten(JangkaWaktu.parse("secepatnya"))
    'paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar'
    """
    times = [part for part in item.parts if part.max is not None]
    if times:
        return rewritten(times[0]) if len(times) == 1 else "; ".join(map(_labelled, times))
    if not item.max or item.unit is None or item.mismatch or (item.min or 0) > item.max:
        return _RIGHT
    unit: str = item.unit
    if unit == "hari":
        unit = "hari kalender" if "kalender" in folded(item.text) else "hari kerja"
    start = item.start_event or "berkas diterima lengkap dan benar"
    return f"paling lama {item.max} ({terbilang(item.max)}) {unit} sejak {start}"


def _labelled(item: JangkaWaktu) -> str:
    label = item.label or item.start_event or "Permohonan baru"
    return f"{label[:1].upper()}{label[1:]}: {rewritten(item)}"


def no_number(case: Case) -> Iterator[Finding]:
    """Flag a time without a number.

    Before::

        Disesuaikan dengan antrean

    After::

        30 (tiga puluh) menit sejak nomor antrean dipanggil

    Source: UU 25/2009 Pasal 21 huruf d; "number and unit" (facts, component d).
    """
    times = list(items(case.doc, _KEY))
    if any(item.understood or item.not_a_duration for _, item in times):
        return  # a line beside them is a heading, or a remark
    for place, item in times:
        words = item.text.strip()
        elsewhere = said("terlampir", words) or (words.startswith("(") and words.endswith(")"))
        if item.no_number and any(c.isalpha() for c in words) and not _named(item) and not elsewhere:
            yield case.find("JLS311", place, teks=quoted(item.text), contoh=rewritten(item))
            return


def no_unit(case: Case) -> Iterator[Finding]:
    """Flag a time whose number has no unit, or one that there is not.

    Before::

        4 hari jam kerja

    After::

        4 (empat) hari kerja

    Source: seen in a real table; parser sample of the facts.
    """
    for place, item in _times(case):
        read = item.understood or item.min is not None or item.no_number or item.not_a_duration
        silent = not (read or item.parts)
        if item.malformed or (silent and any(c.isdigit() for c in item.text)):
            yield case.find("JLS312", place, teks=quoted(item.text), contoh=rewritten(item))


def no_most(case: Case) -> Iterator[Finding]:
    """Flag a time that only says how long it takes at least: nobody can be late.

    Before::

        Minimal 3 hari

    After::

        Paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar

    Source: Pasal 1 angka 7, "terukur": the promise is a most (our reading).
    """
    for place, item in _times(case):
        if item.min is not None and item.max is None and not item.malformed:
            most = item.model_copy(update={"min": None, "max": item.min, "vague": False})
            yield case.find("JLS320", place, teks=quoted(item.text), contoh=rewritten(most))


def no_start(case: Case) -> Iterator[Finding]:
    """Flag a time of days that does not say from when it runs.

    Before::

        14 (empat belas) hari kerja

    After::

        14 (empat belas) hari kerja sejak berkas diterima lengkap dan benar

    Source: "start event" (facts, component d).
    """
    times = list(_times(case))
    if any(item.start_event for _, item in times):
        return  # what holds for one time is taken to hold for the others
    for place, item in times:
        if item.max is not None and item.unit in _DAYS and not item.malformed:
            yield case.find("JLS313", place, teks=quoted(item.text), contoh=rewritten(item))
            return


def which_days(case: Case) -> Iterator[Finding]:
    """Flag days that are not said to be working days or calendar days.

    Before::

        Paling lambat 3 (tiga) hari

    After::

        Paling lambat 3 (tiga) hari kerja

    Source: "hari vs hari kerja" (facts, component d); seen at Lamongan.
    """
    for place, item in _times(case):
        if item.unit == "hari" and item.max and not item.working_days and "kalender" not in folded(item.text):
            yield case.find("JLS314", place, teks=quoted(item.text), contoh=rewritten(item))


def a_range(case: Case) -> Iterator[Finding]:
    """Flag a promise that is a range: only its longer end can be kept to.

    Before::

        3-5 menit

    After::

        Paling lama 5 (lima) menit

    Source: "flag ranges" (facts, component d); seen at two Puskesmas.
    """
    for place, item in _times(case):
        if item.min is not None and item.max is not None and item.min < item.max and not item.approx:
            yield case.find("JLS315", place, teks=quoted(item.text), contoh=rewritten(item))


def approximate(case: Case) -> Iterator[Finding]:
    """Flag a time that is only approximate.

    Before::

        Kurang lebih 30 menit

    After::

        Paling lama 30 (tiga puluh) menit

    Source: "flag ±, berkisar" (facts, component d).
    """
    for place, item in _times(case):
        if item.approx and not _named(item):
            yield case.find("JLS316", place, teks=quoted(item.text), contoh=rewritten(item))


def out_of_control(case: Case) -> Iterator[Finding]:
    """Flag a time that hangs on what the citizen can neither know nor change.

    Before::

        15 Menit (Jika pejabat penandatangan ada di tempat)

    After::

        15 (lima belas) menit sejak berkas diterima lengkap dan benar

    Source: seen at Linggang Bigung, Konawe Utara, Jembrana, RSUD Ciamis.
    """
    for place, item in _times(case):
        if item.condition and item.vague and not vague_in(_KEY, item.condition):
            yield case.find("JLS317", place, syarat=quoted(item.condition), contoh=rewritten(item))


def which_time(case: Case) -> Iterator[Finding]:
    """Flag several times of which it is not said what each is for.

    Before::

        3 hari kerja; 6 hari kerja

    After::

        Mutasi masuk: 3 hari kerja; mutasi keluar: 6 hari kerja

    Source: "per variant when variants differ" (facts, component d).
    """
    content = case.doc.jangka_waktu_penyelesaian
    if content is None:
        return
    for lines in (content.butir, *content.varian.values()):
        times = [part for item in lines for part in item.parts or (item,) if part.max is not None]
        unnamed = [part for part in times if part.label is None and part.start_event is None]
        if len(unnamed) > 1:
            yield case.find("JLS319", _KEY, waktu=[quoted(part.text) for part in times])


RULES: Final = (
    Rule("JLS311", no_number),
    Rule("JLS312", no_unit),
    Rule("JLS313", no_start),
    Rule("JLS314", which_days),
    Rule("JLS315", a_range),
    Rule("JLS316", approximate),
    Rule("JLS317", out_of_control),
    Rule("JLS319", which_time),
    Rule("JLS320", no_most),
)
"""The rules about how a time is written."""
