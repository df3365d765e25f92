"""The result of an audit: what reproduces a printed index, and whether its words hold."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any, Final, Literal

from sipukat._text import Lang, listing, number, round_half_up
from sipukat.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from sipukat.ikm.auditing.conventions import Convention
    from sipukat.ikm.auditing.evidence import Evidence
    from sipukat.ikm.auditing.implied import ImpliedTotal
    from sipukat.ikm.printed import Printed

Verdict = Literal["reproduced", "possible", "none_fits", "untested"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "reproduced": "{printed} terulang dengan {way}: {value}.",
        "others": "Angka yang sama juga keluar dengan {others}.",
        "possible": (
            "{printed} tidak terulang dari NRR tercetak, tetapi mungkin sebelum dibulatkan ({others})."
        ),
        "none_fits": "Tidak ada cara hitung yang menghasilkan {printed}.",
        "nearest": "Yang terdekat, {way}, menghasilkan {value}.",
        "untested": (
            "{printed} tidak dapat diuji: jawaban, NRR, atau jumlah responden yang cukup kecil diperlukan."
        ),
        "letter": "Menurut {standard}, angka itu bermutu {mutu} ({kinerja}).",
        "raw": "jumlah jawaban dibagi responden",
        "printed_nrr": "NRR yang dicetak",
        "pooled": "rata-rata semua jawaban",
        "implied_total": "jumlah seluruh jawaban yang tersirat",
        "nrr_round": "NRR dibulatkan {n} desimal",
        "weighted_round": "NRR tertimbang dibulatkan {n} desimal",
        "index_round": "indeks dibulatkan {n} desimal",
        "exact": "bobot tepat",
        "weight": "bobot {w}",
        "half_up_twice": "dibulatkan dua kali",
        "truncated": "dipotong, tidak dibulatkan",
    },
    "en": {
        "reproduced": "{printed} is reproduced by {way}: {value}.",
        "others": "The same number also comes out with {others}.",
        "possible": (
            "{printed} does not follow from the averages as printed, but may from unrounded ones ({others})."
        ),
        "none_fits": "No way of computing gives {printed}.",
        "nearest": "The nearest, {way}, gives {value}.",
        "untested": (
            "{printed} cannot be tested: it takes answers, averages, or few enough respondents."
        ),
        "letter": "By {standard} that number is {mutu} ({kinerja}).",
        "raw": "sums of answers over respondents",
        "printed_nrr": "the averages as printed",
        "pooled": "the average of all answers",
        "implied_total": "the total of all answers that it implies",
        "nrr_round": "averages rounded to {n} decimals",
        "weighted_round": "weighted averages rounded to {n} decimals",
        "index_round": "the index rounded to {n} decimals",
        "exact": "exact weights",
        "weight": "weight {w}",
        "half_up_twice": "rounded twice",
        "truncated": "cut off, not rounded",
    },
}  # fmt: skip
_MORE: Final = 4  # decimals shown beyond those printed,
_MOST: Final = 8  # in sentences up to so many


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was found about a printed index.

    Parameters
    ----------
    printed
        The index as printed.
    standard
        Id of the standard.
    evidence
        What is known of the answers.
    verdict
        ``"reproduced"``; ``"possible"``, where unrounded averages could give it;
        ``"none_fits"``; ``"untested"``, where too little is known.
    conventions
        The ways that give the print by rounding half up, the simplest first; where there
        are none, those that round twice.
    by_truncation
        The ways that give it only by cutting digits off.
    nearest
        The way that comes nearest; None where none could be tried.
    possible
        Weights under which unrounded averages could give it, where only rounded ones are
        printed.
    exact
        The index by the rule (exact weights, no rounding), in units of the print: from the
        answers where they are known or, if everybody answered everything, implied, else from
        the averages as printed. None without any of them.
    interval
        Lowest and highest index by the rule that the printed averages allow, half a unit
        of the last decimal of each to either side. None without averages.
    within_interval
        Whether the print, within its own rounding, lies in `interval`.
    implied
        The total of all answers under each weight, where only the index and the number of
        respondents are known.
    mutu, kinerja
        Letter and label of the printed number by the standard; None where it has no bands
        or the number is off its scale.
    mutu_holds, kinerja_holds
        Whether the printed letter and label are those of the number; None if not printed.
    label_under
        Ids of other standards under which letter and label would hold.
    exact_mutu
        Letter of the index by the rule, where it is beyond doubt.
    index_holds
        Whether the printed index (NRR tertimbang) times 25 is the print, within the
        rounding of both; None if not printed.
    weighted_families
        Weights that reproduce the printed weighted averages.
    weighted_holds
        Whether these follow from averages and a weight, and add up to the index; None if
        not printed.
    on_average_scale
        Whether the print is an average of answers (1 to 4) and not an index.
    findings
        All that does not hold, and why.
    """

    printed: Printed
    standard: str
    evidence: Evidence
    verdict: Verdict
    conventions: tuple[Convention, ...] = ()
    by_truncation: tuple[Convention, ...] = ()
    nearest: Convention | None = None
    possible: tuple[str, ...] = ()
    exact: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None
    within_interval: bool | None = None
    implied: tuple[ImpliedTotal, ...] = ()
    mutu: str | None = None
    kinerja: str | None = None
    mutu_holds: bool | None = None
    kinerja_holds: bool | None = None
    label_under: tuple[str, ...] = ()
    exact_mutu: str | None = None
    index_holds: bool | None = None
    weighted_families: frozenset[str] = frozenset()
    weighted_holds: bool | None = None
    on_average_scale: bool = False
    findings: Findings = field(default_factory=Findings)

    @property
    def reproduced(self) -> bool:
        """Whether some way gives the print, be it by cutting digits off."""
        return bool(self.conventions or self.by_truncation)

    @property
    def best(self) -> Convention | None:
        """The simplest way that gives the print, or None."""
        return next(iter((*self.conventions, *self.by_truncation)), None)

    @property
    def families(self) -> frozenset[str]:
        """The weights of the ways that give the print: ``"exact_1/n"``, ``"w0.11"``, …."""
        return frozenset(way.family for way in self.conventions or self.by_truncation)

    @property
    def distance(self) -> Fraction | None:
        """How far the nearest way is from the print, before its last rounding."""
        return None if self.nearest is None else abs(self.nearest.value - self.printed.value)

    def explain(self, lang: Lang = "id") -> str:
        """Say in words what was found.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.

        Examples
        --------
        >>> from sipukat.ikm.auditing.audit import audit
        >>> print(audit(["3,40", "3,60"], "87,50", printed_mutu="A").explain("en"))
        87,50 is reproduced by the averages as printed, exact weights: 87.500000. The same
        number also comes out with weight 0.5. By permenpanrb-14-2017 that number is B (Baik).
        87,50 is B (Baik) by permenpanrb-14-2017, not A; that would be right only by
        kepmenpan-25-2004 and permenpanrb-16-2014.
        """
        words, best = _WORDS[lang], self.best
        said = [words[self.verdict].format(
            printed=self.printed.text,
            way="" if best is None else describe(best, lang),
            value="" if best is None else self._number(best.value, lang),
            others=listing(_weights(self.possible, lang), lang=lang),
        )]  # fmt: skip
        others = sorted(self.families - {best.family}) if best else []
        if others:
            said.append(words["others"].format(others=listing(_weights(others, lang), lang=lang)))
        if self.verdict == "none_fits" and self.nearest:
            way, value = describe(self.nearest, lang), self._number(self.nearest.value, lang)
            said.append(words["nearest"].format(way=way, value=value))
        if self.mutu:
            said.append(words["letter"].format(standard=self.standard, mutu=self.mutu, kinerja=self.kinerja))
        return " ".join([*said, *(found.message(lang) for found in self.findings)])

    def _number(self, value: Fraction, lang: Lang) -> str:
        return number(value, min(self.printed.decimals + _MORE, _MOST), lang=lang)

    def to_dict(self, lang: Lang = "id") -> dict[str, Any]:
        """Return plain values, ready for JSON; numbers are text, so that no digit is lost."""

        def text(value: Fraction | None) -> str | None:
            return None if value is None else str(round_half_up(value, self.printed.decimals + _MORE))

        return {
            "printed": self.printed.text,
            "decimals": self.printed.decimals,
            "standard": self.standard,
            "n": self.evidence.n,
            "n_unsur": self.evidence.n_unsur or None,
            "source": self.evidence.source,
            "verdict": self.verdict,
            "reproduced": self.reproduced,
            "best": self.best.to_dict(self.printed) if self.best else None,
            "conventions": [way.to_dict(self.printed) for way in self.conventions],
            "by_truncation": [way.to_dict(self.printed) for way in self.by_truncation],
            "families": sorted(self.families),
            "possible": list(self.possible),
            "nearest": self.nearest.to_dict(self.printed) if self.nearest else None,
            "distance": text(self.distance),
            "exact": text(self.exact),
            "exact_fraction": None if self.exact is None else str(self.exact),
            "interval": None if self.interval is None else [text(end) for end in self.interval],
            "within_interval": self.within_interval,
            "implied_totals": [
                {"family": i.family, "total": text(i.total), "whole": i.whole, "decisive": i.decisive}
                for i in self.implied
            ],
            "mutu": self.mutu,
            "kinerja": self.kinerja,
            "mutu_holds": self.mutu_holds,
            "kinerja_holds": self.kinerja_holds,
            "label_under": list(self.label_under),
            "exact_mutu": self.exact_mutu,
            "index_holds": self.index_holds,
            "weighted_families": sorted(self.weighted_families),
            "weighted_holds": self.weighted_holds,
            "on_average_scale": self.on_average_scale,
            "explanation": self.explain(lang),
            "findings": self.findings.to_records(lang),
        }

    def to_json(self, lang: Lang = "id") -> str:
        """Return the same as JSON text."""
        return json.dumps(self.to_dict(lang), ensure_ascii=False, indent=1)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{escape(way.name)}</td><td>{self._number(way.value, 'id')}</td></tr>"
            for way in (*self.conventions, *self.by_truncation)[:5]
        )
        table = f"<table><tr><th>cara hitung</th><th>nilai</th></tr>{rows}</table>" if rows else ""
        return f"<div><p>{escape(self.explain('id'))}</p>{table}</div>"


def describe(way: Convention, lang: Lang = "id") -> str:
    """Put a convention into words.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from sipukat.ikm.auditing.conventions import Convention
    >>> way = Convention(basis="raw_nrr_round2", family="w0.11", weight=Fraction(11, 100), value=Fraction(90))
    >>> describe(way), describe(way, "en")
    ('jumlah jawaban dibagi responden, NRR dibulatkan 2 desimal, bobot 0,11',
     'sums of answers over respondents, averages rounded to 2 decimals, weight 0.11')
    """
    words = _WORDS[lang]
    basis, _, decimals = way.basis.partition("_round")
    parts = [words[basis.removesuffix("_nrr") if basis.startswith("raw") else basis]]
    if decimals:
        parts.append(words["nrr_round"].format(n=decimals))
    if way.basis != "pooled":
        parts += _weights([way.family], lang)
    stages = (("weighted_round", way.weighted_decimals), ("index_round", way.index_decimals))
    parts += [words[stage].format(n=n) for stage, n in stages if n is not None]
    if way.final in {"half_up_twice", "truncated"}:
        parts.append(words[way.final])
    return ", ".join(parts)


def _weights(families: Iterable[str], lang: Lang) -> list[str]:
    words = _WORDS[lang]

    def word(family: str) -> str:
        if family.startswith("exact"):
            return words["exact"]
        if family.startswith("pooled"):
            return words["pooled"]
        weight = family.removeprefix("w")
        return words["weight"].format(w=weight.replace(".", ",") if lang == "id" else weight)

    return [word(family) for family in families]
