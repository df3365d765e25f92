"""The sentences of the IKM report, in Indonesian and in English."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sipukat._text import listing, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang
    from sipukat.ikm import Estimate, IkmResult

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "title": "Laporan Survei Kepuasan Masyarakat",
        "overall": "Keseluruhan",
        "group": "Kelompok",
        "empty": "(kosong)",
        "index": "Indeks",
        "respondents": "Responden",
        "mutu": "Mutu",
        "mutu_long": "Mutu pelayanan",
        "kinerja": "Kinerja",
        "kinerja_long": "Kinerja unit pelayanan",
        "interval": "Selang kepercayaan {level} %",
        "low": "Batas bawah {level} %",
        "high": "Batas atas {level} %",
        "flag": "Keterangan",
        "few": "n < 30, belum andal",
        "withheld": "ditahan",
        "nothing": "tanpa jawaban",
        "loose": "selang tidak dapat ditaksir",
        "code": "Kode",
        "unsur": "Unsur",
        "nilai": "Nilai",
        "answered": "Terjawab",
        "method": "Cara menghitung",
        "units": "Hasil per {by}",
        "total": "Hasil keseluruhan",
        "per_unsur": "Hasil per unsur",
        "remarks": "Yang perlu diketahui",
        "processing": "Pengolahan data",
        "no_ikm": "Indeks tidak dapat dihitung: tidak ada satu pun jawaban",
        "between": "Dengan keyakinan {level} %, nilai yang sebenarnya antara {low} dan {high}.",
        "unknown": "Ketidakpastiannya tidak dapat ditaksir dari {n} responden.",
        "units_caption": "{index}, selang kepercayaan {level} %, dan mutu per {by}, menurut abjad.",
        "total_caption": "{index}, selang kepercayaan {level} %, dan mutu.",
        "units_note": "Jumlah responden di bawah 30 ditandai: nilainya belum andal.",
        "withheld_note": "Yang ditahan ikut dalam nilai keseluruhan.",
        "unsur_caption": "Nilai rata-rata (NRR) dan nilai setiap unsur (NRR × {factor}), seluruh responden.",
        "gauge_caption": "{index} keseluruhan; pita di sekitar nilai adalah selang kepercayaan {level} %.",
        "unsur_figure": "Nilai unsur, dari yang tertinggi ke yang terendah, dengan selang kepercayaan {level} %.",
        "units_figure": "{index} per {by} dengan selang kepercayaan {level} %; lingkaran kosong: n < 30; "
        "garis putus-putus: keseluruhan.",
        "too_many": "Gambar per {by} tidak dibuat untuk {n} kelompok; lihat tabelnya.",
        "bands_alt": "Batas kategori: {bands}.",
        "band": "{mutu} mulai {low}",
        "gauge_alt": "{index} {value}{mutu}. {between} ",
        "value_mutu": ", mutu {mutu}",
        "rows_alt": "Tertinggi {top} ({top_value}), terendah {bottom} ({bottom_value}).",
    },
    "en": {
        "title": "Public Satisfaction Survey Report",
        "overall": "Overall",
        "group": "Group",
        "empty": "(empty)",
        "index": "Index",
        "respondents": "Respondents",
        "mutu": "Mutu",
        "mutu_long": "Service quality (mutu)",
        "kinerja": "Performance",
        "kinerja_long": "Performance of the unit",
        "interval": "{level} % confidence interval",
        "low": "Lower bound {level} %",
        "high": "Upper bound {level} %",
        "flag": "Remark",
        "few": "n < 30, not reliable yet",
        "withheld": "withheld",
        "nothing": "no answers",
        "loose": "interval not estimable",
        "code": "Code",
        "unsur": "Unsur",
        "nilai": "Value",
        "answered": "Answered",
        "method": "How it is computed",
        "units": "Results by {by}",
        "total": "Overall result",
        "per_unsur": "Results by unsur",
        "remarks": "What to know",
        "processing": "Processing of the data",
        "no_ikm": "The index cannot be computed: there is no answer",
        "between": "With {level} % confidence the true value lies between {low} and {high}.",
        "unknown": "Its uncertainty cannot be estimated from {n} respondents.",
        "units_caption": "{index}, {level} % confidence interval and mutu by {by}, in alphabetical order.",
        "total_caption": "{index}, {level} % confidence interval and mutu.",
        "units_note": "Fewer than 30 respondents are flagged: the value is not reliable yet.",
        "withheld_note": "What is withheld counts in the overall value.",
        "unsur_caption": "Mean score (NRR) and value (NRR × {factor}) of every unsur, all respondents.",
        "gauge_caption": "Overall {index}; the band around the value is the {level} % confidence interval.",
        "unsur_figure": "Values of the unsur, from the highest to the lowest, with {level} % confidence intervals.",
        "units_figure": "{index} by {by} with {level} % confidence intervals; hollow circle: n < 30; "
        "dotted line: overall.",
        "too_many": "No figure by {by} is made for {n} groups; see the table.",
        "bands_alt": "Bands: {bands}.",
        "band": "{mutu} from {low}",
        "gauge_alt": "{index} {value}{mutu}. {between} ",
        "value_mutu": ", mutu {mutu}",
        "rows_alt": "Highest {top} ({top_value}), lowest {bottom} ({bottom_value}).",
    },
}

_METHOD: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "rule": "Nilai dihitung menurut {regulation} dari jawaban {n} responden: nilai rata-rata (NRR) setiap "
        "unsur dikalikan bobotnya ({weights}), dijumlahkan, lalu dikalikan {factor}. Hasilnya dibulatkan satu "
        "kali, setengah ke atas, menjadi dua desimal{bands}.",
        "bands": ", kemudian dicocokkan dengan batas bawah kategori mutu",
        "exact": "tepat, {weight}",
        "stated": "tepat, menurut standar",
        "profile": "{weight}, konvensi “{profile}”",
        "steps": ", dibulatkan di tengah perhitungan",
        "full": "Semua pertanyaan dijawab.",
        "per_unsur": "{k} pertanyaan yang tidak dijawab tidak ikut dalam rata-rata unsurnya.",
        "pooled": "{k} pertanyaan tidak dijawab; semua jawaban yang ada dirata-ratakan bersama.",
        "complete": "Hanya responden yang menjawab semua unsur yang dihitung; {k} pertanyaan tidak dijawab.",
        "interval": "Selang kepercayaan {level} % dihitung dengan metode {interval}; satuannya responden, bukan "
        "jawaban.",
        "weight": "Setiap responden diberi bobot sampel dari kolom “{weight}”.",
        "design": "Rancangan sampel: {design}.",
        "stratum": "stratum {name}",
        "psu": "unit sampel pertama {name}",
        "population": "populasi terbatas diperhitungkan, sehingga selang hanya berlaku bagi yang dilayani pada "
        "masa survei",
        "caveat": "Selang hanya memperhitungkan galat sampel: cara memilih responden, yang menolak menjawab, dan "
        "cara bertanya dapat menggeser nilai di luar selang itu.",
    },
    "en": {
        "rule": "The value follows {regulation}, from the answers of {n} respondents: the mean score (NRR) of "
        "every unsur times its weight ({weights}), summed, times {factor}. The result is rounded once, half up, "
        "to two decimals{bands}.",
        "bands": ", and then compared with the lower bounds of the bands",
        "exact": "exact, {weight}",
        "stated": "exact, as the standard states",
        "profile": "{weight}, convention “{profile}”",
        "steps": ", rounded on the way",
        "full": "Every question was answered.",
        "per_unsur": "{k} unanswered questions are left out of the mean of their unsur.",
        "pooled": "{k} questions were not answered; all answers given are averaged together.",
        "complete": "Only respondents who answered every unsur are counted; {k} questions were not answered.",
        "interval": "The {level} % confidence interval is by the method {interval}; its unit is the respondent, "
        "not the answer.",
        "weight": "Every respondent carries the sampling weight in column “{weight}”.",
        "design": "Sampling design: {design}.",
        "stratum": "stratum {name}",
        "psu": "primary sampling unit {name}",
        "population": "the population is taken as finite, so the interval speaks only of those served in the "
        "period of the survey",
        "caveat": "The interval covers sampling error alone: how respondents were chosen, who refused, and how "
        "the questions were put may move the value outside it.",
    },
}


def level_of(result: IkmResult, lang: Lang) -> str:
    """Return the confidence level in per cent, with no more decimals than it has.

    It is read from the shortest text of the float, so that 0.95 is 95 and not 94.99….
    """
    percent = Fraction(str(result.confidence_level)) * 100
    decimals = next((d for d in range(6) if (percent * 10**d).denominator == 1), 6)
    return number(percent, decimals, lang=lang)


def has_interval(e: Estimate) -> bool:
    """Say whether the interval of an estimate says anything."""
    return e.published is not None and all(map(math.isfinite, (e.se, e.low, e.high)))


def between(result: IkmResult, lang: Lang) -> str:
    """Say how sure the overall index is."""
    e, words = result.overall, WORDS[lang]
    if e.published is None:
        return ""
    if not has_interval(e):
        return words["unknown"].format(n=number(e.n, 0, lang=lang))
    ends = {"low": number(e.low, lang=lang), "high": number(e.high, lang=lang)}
    return words["between"].format(level=level_of(result, lang), **ends)


def method(result: IkmResult, lang: Lang) -> str:
    """Tell in a few plain sentences how the index came about."""
    words, rule, e = _METHOD[lang], result.standard, result.overall
    bands = words["bands"] if rule.bands else ""
    told = [
        words["rule"].format(
            regulation=rule.regulation,
            n=number(e.n, 0, lang=lang),
            weights=_weights(result, lang),
            factor=number_of(rule.scale.to_ikm or Fraction(1), lang),
            bands=bands,
        ),
        words[result.missing if e.missing_cells else "full"].format(k=number(e.missing_cells, 0, lang=lang)),
    ]
    if result.design.weight:
        told.append(words["weight"].format(weight=result.design.weight))
    if design := _design(result, lang):
        told.append(words["design"].format(design=design))
    told.append(words["interval"].format(level=level_of(result, lang), interval=result.interval))
    return " ".join([*told, words["caveat"]])


def number_of(value: Fraction, lang: Lang) -> str:
    """Print a number of the law with as many decimals as it has, or as a fraction.

    Examples
    --------
    >>> number_of(Fraction(111, 1000), "id"), number_of(Fraction(1, 9), "id"), number_of(Fraction(25), "id")
    ('0,111', '1/9', '25')
    """
    decimals = next((d for d in range(7) if (value * 10**d).denominator == 1), None)
    return str(value) if decimals is None else number(value, decimals, lang=lang)


def _weights(result: IkmResult, lang: Lang) -> str:
    words, profile = _METHOD[lang], result.standard.profile(result.profile)
    same = {unsur.weight for unsur in result.standard.unsur}
    if profile.weight is None:
        told = words["exact"].format(weight=number_of(min(same), lang)) if len(same) == 1 else words["stated"]
    else:
        told = words["profile"].format(weight=number_of(profile.weight, lang), profile=profile.id)
    steps = (profile.nrr_decimals, profile.weighted_decimals, profile.index_decimals)
    return told + (words["steps"] if any(step is not None for step in steps) else "")


def _design(result: IkmResult, lang: Lang) -> str:
    words, design = _METHOD[lang], result.design
    parts = []
    if design.strata:
        parts.append(words["stratum"].format(name=listing(design.strata, lang=lang)))
    if design.psu:
        parts.append(words["psu"].format(name=design.psu))
    if design.population is not None:
        parts.append(words["population"])
    return "; ".join(parts)
