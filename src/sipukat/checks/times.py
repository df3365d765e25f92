"""Clarity of the promised time: number, unit, start, and nothing that the citizen cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Case, Rule
from sipukat.checks.reading import items
from sipukat.checks.vocabulary import folded, vague

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.findings import Finding
    from sipukat.pelayanan.jangka_waktu import JangkaWaktu

_KEY: Final = "jangka_waktu_penyelesaian"
_DAYS: Final = ("hari", "minggu", "bulan", "tahun")
_RIGHT: Final = "3 (tiga) hari kerja sejak berkas diterima lengkap dan benar"


def _times(case: Case) -> Iterator[tuple[str, JangkaWaktu]]:
    """Yield every time that is promised, the parts of a line one by one."""
    for place, item in items(case.doc, _KEY):
        for part in item.parts or (item,):
            yield place, part


def _named(item: JangkaWaktu) -> bool:
    """Whether a phrase of the list stands there, which is found by its own rule."""
    return bool(vague(_KEY, item.text))


def right(item: JangkaWaktu) -> str:
    """Say the time as it would be right: bare of what makes it unclear.

    Examples
    --------
    >>> from sipukat.pelayanan.jangka_waktu import JangkaWaktu
    >>> right(JangkaWaktu.parse("± 15 Menit (Jaringan Internet Stabil)"))
    '15 (lima belas) menit sejak berkas diterima lengkap dan benar'
    """
    bare = item.model_copy(
        update={"approx": False, "condition": None, "vague": False, "footnote_dangling": False, "label": None}
    )
    start = {} if bare.start_event else {"start_event": "berkas diterima lengkap dan benar"}
    one = {"min": None} if bare.min != bare.max else {}
    return bare.model_copy(update=start | one).print() if bare.understood and not bare.malformed else _RIGHT


def no_number(case: Case) -> Iterator[Finding]:
    """Find a time without a number.

    Before::

        Disesuaikan dengan antrean

    After::

        30 (tiga puluh) menit sejak nomor antrean dipanggil

    Source: UU 25/2009 Pasal 21 huruf d; "number and unit" (facts, component d).
    """
    for place, item in items(case.doc, _KEY):
        timeless = item.no_number and any(c.isalpha() for c in item.text) and not _named(item)
        alone = not any(other.understood for _, other in items(case.doc, _KEY))
        if timeless and alone:
            yield case.find("JLS311", place, teks=item.text[:120], contoh=_RIGHT)


def no_unit(case: Case) -> Iterator[Finding]:
    """Find a time whose number has no unit, or one that there is not.

    Before::

        4 hari jam kerja

    After::

        4 (empat) hari kerja

    Source: seen in a real table; parser sample of the facts.
    """
    for place, item in _times(case):
        silent = not (item.understood or item.no_number or item.not_a_duration)
        if item.malformed or (silent and any(c.isdigit() for c in item.text)):
            yield case.find("JLS312", place, teks=item.text[:120], contoh=_RIGHT)


def no_start(case: Case) -> Iterator[Finding]:
    """Find a time of days that does not say from when it runs.

    Before::

        14 (empat belas) hari kerja

    After::

        14 (empat belas) hari kerja sejak berkas diterima lengkap dan benar

    Source: "start event" (facts, component d).
    """
    for place, item in _times(case):
        if item.max is not None and item.unit in _DAYS and not item.start_event:
            yield case.find("JLS313", place, teks=item.text[:120], contoh=right(item))


def which_days(case: Case) -> Iterator[Finding]:
    """Find days that are not said to be working days or calendar days.

    Before::

        Paling lambat 3 (tiga) hari

    After::

        Paling lambat 3 (tiga) hari kerja

    Source: "hari vs hari kerja" (facts, component d); seen at Lamongan.
    """
    for place, item in _times(case):
        if item.unit == "hari" and item.max and not item.working_days and "kalender" not in folded(item.text):
            working = item.model_copy(update={"working_days": True})
            yield case.find("JLS314", place, teks=item.text[:120], contoh=right(working))


def a_range(case: Case) -> Iterator[Finding]:
    """Find a promise that is a range: only its longer end can be kept to.

    Before::

        3-5 menit

    After::

        Paling lama 5 (lima) menit

    Source: "flag ranges" (facts, component d); seen at two Puskesmas.
    """
    for place, item in _times(case):
        if item.min is not None and item.max is not None and item.min < item.max:
            yield case.find("JLS315", place, teks=item.text[:120], contoh=right(item))


def approximate(case: Case) -> Iterator[Finding]:
    """Find a time that is only approximate.

    Before::

        Kurang lebih 30 menit

    After::

        Paling lama 30 (tiga puluh) menit

    Source: "flag ±, berkisar" (facts, component d).
    """
    for place, item in _times(case):
        if item.approx and not _named(item):
            yield case.find("JLS316", place, teks=item.text[:120], contoh=right(item))


def out_of_control(case: Case) -> Iterator[Finding]:
    """Find a time that hangs on what the citizen can neither know nor change.

    Before::

        15 Menit (Jika pejabat penandatangan ada di tempat)

    After::

        15 (lima belas) menit sejak berkas diterima lengkap dan benar

    Source: seen at Linggang Bigung, Konawe Utara, Jembrana, RSUD Ciamis.
    """
    for place, item in _times(case):
        if item.condition and item.vague and not _named(item):
            yield case.find("JLS317", place, syarat=item.condition[:120], contoh=right(item))


def dangling_footnote(case: Case) -> Iterator[Finding]:
    """Find the mark of a footnote that is not there.

    Before::

        Paling lama 5 hari kerja*)

    After::

        Paling lama 5 (lima) hari kerja sejak berkas diterima lengkap dan benar

    Source: seen at Disdik Sleman.
    """
    for place, item in _times(case):
        if item.footnote_dangling:
            yield case.find("JLS318", place, teks=item.text[:120], contoh=right(item))


def which_time(case: Case) -> Iterator[Finding]:
    """Find several times of which it is not said what each is for.

    Before::

        3 hari kerja; 6 hari kerja

    After::

        Mutasi masuk: 3 hari kerja; mutasi keluar: 6 hari kerja

    Source: "per variant when variants differ" (facts, component d).
    """
    content = case.doc.jangka_waktu_penyelesaian
    if content is None:
        return
    bare = [part for item in content.butir for part in item.parts or (item,) if part.max is not None]
    if len(bare) > 1 and sum(part.label is None and part.start_event is None for part in bare) > 1:
        yield case.find("JLS319", _KEY, waktu=[part.text[:40] for part in bare])


RULES: Final = (
    Rule("JLS311", no_number),
    Rule("JLS312", no_unit),
    Rule("JLS313", no_start),
    Rule("JLS314", which_days),
    Rule("JLS315", a_range),
    Rule("JLS316", approximate),
    Rule("JLS317", out_of_control),
    Rule("JLS318", dangling_footnote),
    Rule("JLS319", which_time),
)
