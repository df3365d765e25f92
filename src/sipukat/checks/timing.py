"""Times that contradict each other: steps and total, hours for durations, dates of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import folded, items
from sipukat.pelayanan.jam_pelayanan import JamPelayanan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding
    from sipukat.pelayanan.jangka_waktu import JangkaWaktu

_DURATION: Final = "jangka_waktu_penyelesaian"
_PROCEDURE: Final = "sistem_mekanisme_prosedur"

# minutes that a unit has at least and at most: a working day has seven hours, or is a whole day
_MINUTES: Final = {
    "menit": (1, 1),
    "jam": (60, 60),
    "hari": (420, 1440),
    "minggu": (5 * 420, 7 * 1440),
    "bulan": (19 * 420, 31 * 1440),
    "tahun": (230 * 420, 366 * 1440),
}
_APPLICANTS: Final = frozenset(
    {"pemohon", "masyarakat", "warga", "pasien", "keluarga", "penderita", "pencari kerja", "pelaku usaha"}
)
_NEARLY_ALL: Final = 0.8
_MUCH: Final = 10


def _total(case: Case) -> JangkaWaktu | None:
    """Return the one time that is promised for the whole, or None where there are several or none."""
    content = case.doc.jangka_waktu_penyelesaian
    if content is None or content.varian:
        return None
    times = [part for item in content.butir for part in (item.parts or (item,)) if not part.not_a_duration]
    if len(times) != 1 or times[0].max is None or times[0].label or times[0].mismatch or times[0].malformed:
        return None
    return times[0]


def _steps(case: Case, *, of_office: bool = False) -> tuple[list[JangkaWaktu], int]:
    """Return the times of the steps, all or those of the office, and how many steps there are."""
    content = case.doc.sistem_mekanisme_prosedur
    if content is None or content.varian:
        return [], 0
    steps = [
        step for step in content.butir if not (of_office and (step.oleh or "").casefold() in _APPLICANTS)
    ]
    times = [step.lama for step in steps if step.lama is not None and step.lama.max is not None]
    return times, len(steps)


def _said(n: int, unit: str, *, working_days: bool) -> str:
    return f"{n} {unit}{' kerja' if working_days else ''}"


def _sum(times: list[JangkaWaktu]) -> tuple[int, int, str]:
    """Return what the times add up to, at least and at most in minutes, and in words."""
    low = sum((t.max or 0) * _MINUTES[t.unit or "menit"][0] for t in times)
    high = sum((t.max or 0) * _MINUTES[t.unit or "menit"][1] for t in times)
    if len({(t.unit, t.working_days) for t in times}) == 1:
        n = sum(t.max or 0 for t in times)
        said = _said(n, times[0].unit or "", working_days=times[0].working_days)
    else:
        said = " + ".join(_said(t.max or 0, t.unit or "", working_days=t.working_days) for t in times)
    return low, high, said


def steps_longer_than_total(case: Case) -> Iterator[Finding]:
    """Flag steps that take longer together than what is promised for the whole.

    One of the two is wrong, and the citizen will hold the office to the shorter one. Different units
    are compared only where even the shortest reading of the steps is longer.

    Before::

        langkah 5 + 10 + 15 + 5 menit; jangka waktu 15 menit

    After::

        langkah 5 + 10 + 15 + 5 menit; jangka waktu 35 (tiga puluh lima) menit

    Source: Pasal 21 huruf d UU 25/2009 (the time of the whole process); standards with times a step.
    """
    total = _total(case)
    if total is None or total.unit is None:
        return
    # what the applicant does comes before the file is complete, from when the time often runs
    times, _ = _steps(case, of_office=total.start_event is not None)
    times = [time if time.min is None else time.model_copy(update={"max": time.min}) for time in times]
    if len(times) < 2:  # noqa: PLR2004
        return
    low, _, said = _sum(times)
    units = {(t.unit, t.working_days) for t in times}
    if units == {(total.unit, total.working_days)}:
        longer = sum(t.max or 0 for t in times) > (total.max or 0)
    else:
        longer = low > (total.max or 0) * _MINUTES[total.unit][1]
    if longer:
        promised = _said(total.max or 0, total.unit, working_days=total.working_days)
        yield case.find("KNS201", _DURATION, jumlah=said, janji=promised, n=len(times))


def total_much_longer(case: Case) -> Iterator[Finding]:
    """Tell of a total more than ten times as long as all steps together.

    It may be a generous most, and waiting takes time; but a citizen reads 22 minutes of work and
    waits a day.

    Before::

        langkah berjumlah 22 menit; jangka waktu 1 hari kerja

    After::

        langkah berjumlah 22 menit; jangka waktu 30 (tiga puluh) menit

    Source: Pasal 21 huruf d UU 25/2009; seen at an office in Tarakan.
    """
    total, (times, count) = _total(case), _steps(case)
    if total is None or total.unit is None or len(times) < 2 or len(times) < _NEARLY_ALL * count:  # noqa: PLR2004
        return
    _, high, said = _sum(times)
    if (total.max or 0) * _MINUTES[total.unit][0] > _MUCH * high:
        promised = _said(total.max or 0, total.unit, working_days=total.working_days)
        yield case.find("KNS202", _DURATION, jumlah=said, janji=promised, n=len(times))


def hours_for_a_duration(case: Case) -> Iterator[Finding]:
    """Flag opening hours where the duration belongs.

    They say when the door is open, not when the matter is done.

    Before::

        Senin s/d Kamis 08.00 - 15.00; Jumat 08.00 - 15.30

    After::

        Paling lama 5 (lima) hari kerja sejak berkas diterima lengkap dan benar

    Source: Pasal 21 huruf d UU 25/2009; seen at Dinas Pendidikan Dharmasraya and Kecamatan Pendopo Barat.
    """
    for path, item in items(case.doc, _DURATION):
        if any(part.kind == "opening_hours" for part in (item, *item.parts)):
            yield case.find(
                "KNS216",
                path,
                contoh="Paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar",
            )


_SOMEBODY: Final = re.compile(r"\b(?:pemohon|pasien|masyarakat|warga|petugas|datang)\b")
_HOURS_LINE: Final = re.compile(
    r"(?:\d{1,2}[.)] ?|[-•] ?)?(?:(?:jam|waktu|hari|jadwal)(?: dan (?:jam|waktu))?"
    r" (?:pelayanan|layanan|buka|kerja|operasional)|senin\b)"
)


def hours_in_the_procedure(case: Case) -> Iterator[Finding]:
    """Flag a step of the procedure that is a list of opening hours.

    It is no step. A step that says at what hours it can be taken is one.

    Before::

        Jam pelayanan Senin s/d Kamis 08.00 - 12.00, Jumat 08.00 - 10.30

    After::

        Pemohon mengambil nomor antrean (jam pelayanan ditulis di bawah tabel)

    Source: Pasal 21 huruf c UU 25/2009; seen at Puskesmas Maridan.
    """
    for path, step in items(case.doc, _PROCEDURE):
        text = folded(step.text)
        hours = _HOURS_LINE.match(text) and not _SOMEBODY.search(text)
        if hours and JamPelayanan.parse(step.text).understood:
            yield case.find("KNS217", path, contoh="Pemohon mengambil nomor antrean di loket")


def not_reviewed(case: Case) -> Iterator[Finding]:
    """Flag a standard that nobody set, monitored or reviewed for longer than a year.

    PEKPPP gives its highest mark where every standard is reviewed within twelve months.

    Before::

        ditetapkan: 2022-03-14, ditinjau: 2024-05-20 (hari ini 2026-11-24)

    After::

        ditinjau: 2026-10-20

    Source: the PEKPPP form on review (confidence B); no article of a law was found that sets the year.
    """
    doc = case.doc
    days = [day for day in (doc.ditetapkan, doc.ditinjau, doc.dipantau) if day is not None]
    if not days:
        return
    last = max(days)
    months = case.standard.texts.review.months if case.standard.texts.review else 12
    passed = (case.on.year - last.year) * 12 + case.on.month - last.month - (case.on.day < last.day)
    # the day itself is still within the year
    if passed > months or (passed == months and case.on.day != last.day):
        path = next(name for name in ("ditinjau", "dipantau", "ditetapkan") if getattr(doc, name) == last)
        yield case.find("KNS219", path, terakhir=last.isoformat(), bulan=passed, batas=months)


def in_force_before_it_was_set(case: Case) -> Iterator[Finding]:
    """Flag a standard that takes effect before the day it was set.

    Nobody can be held to a promise of yesterday.

    Before::

        ditetapkan: 2026-03-09, berlaku: 2026-03-02

    After::

        ditetapkan: 2026-03-02, berlaku: 2026-03-09

    Source: Pasal 20 ayat (1) UU 25/2009.
    """
    doc = case.doc
    if doc.berlaku is not None and doc.ditetapkan is not None and doc.berlaku < doc.ditetapkan:
        yield case.find(
            "KNS221",
            "berlaku",
            article="20(1)",
            berlaku=doc.berlaku.isoformat(),
            ditetapkan=doc.ditetapkan.isoformat(),
        )


RULES: Final = (
    Rule("KNS201", steps_longer_than_total),
    Rule("KNS202", total_much_longer),
    Rule("KNS216", hours_for_a_duration),
    Rule("KNS217", hours_in_the_procedure),
    Rule("KNS219", not_reviewed),
    Rule("KNS221", in_force_before_it_was_set),
)
"""The rules about times."""
