"""What an audit has to report: codes IKM650 to IKM665."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat._text import round_half_up
from sipukat.findings import Finding, Findings
from sipukat.regulation import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.ikm.auditing.audited import Audit
    from sipukat.ikm.printed import Printed
    from sipukat.standards.model import SurveyStandard

_MORE = 4  # decimals shown beyond those printed


def findings_of(
    found: Audit,
    law: SurveyStandard,
    index: Printed | None,
    printed_mutu: str | None,
    printed_kinerja: str | None,
) -> Findings:
    """List what does not hold in a printed result.

    Parameters
    ----------
    found
        The audit, but for its findings.
    law
        The standard.
    index
        The index on the scale of the answers, as printed.
    printed_mutu, printed_kinerja
        Letter and label as printed.
    """
    return Findings(
        [
            *_evidence(found, law),
            *_number(found, law),
            *_totals(found),
            *_column(found, law, index),
            *_labels(found, law, printed_mutu, printed_kinerja),
        ]
    )


def _evidence(found: Audit, law: SurveyStandard) -> Iterator[Finding]:
    evidence = found.evidence
    if off := evidence.beyond(law.scale):
        yield Finding.of("IKM665", unsur=list(off), low=law.scale.low, high=law.scale.high)
    if wrong := evidence.contradicted:
        yield Finding.of("IKM653" if evidence.truncated else "IKM654", unsur=list(wrong), n=evidence.n)
    if evidence.impossible:
        yield Finding.of("IKM661", unsur=list(evidence.impossible), n=evidence.n)


def _number(found: Audit, law: SurveyStandard) -> Iterator[Finding]:
    printed, best = found.printed, found.best
    scale, to_ikm = law.scale, law.scale.to_ikm or Fraction(1)
    if found.on_average_scale:
        ikm = printed.like(printed.value * to_ikm, 2)
        yield Finding.of(
            "IKM657", printed=printed.text, low=scale.low, high=scale.high, factor=str(to_ikm), ikm=ikm
        )
    elif not scale.low * to_ikm <= printed.value <= scale.high * to_ikm:
        low, high = str(scale.low * to_ikm), str(scale.high * to_ikm)
        yield Finding.of("IKM658", printed=printed.text, low=low, high=high)
    if found.verdict == "none_fits" and found.nearest is not None and found.distance is not None:
        yield Finding.of(
            "IKM650",
            printed=printed.text,
            nearest=found.nearest.name,
            value=printed.like(found.nearest.value, printed.decimals + _MORE),
            distance=printed.like(found.distance, printed.decimals + _MORE),
        )
    if found.verdict == "possible":
        yield Finding.of("IKM662", printed=printed.text, families=list(found.possible))
    if best is not None and best.final != "half_up":
        code = "IKM651" if best.final == "half_up_twice" else "IKM652"
        value = printed.like(best.value, printed.decimals + _MORE)
        yield Finding.of(code, printed=printed.text, value=value, right=printed.like(best.value))
    if best is not None and not any(f.startswith(("exact", "pooled")) for f in found.families):
        yield Finding.of(
            "IKM663",
            printed=printed.text,
            families=sorted(found.families),
            exact="–" if found.exact is None else printed.like(found.exact, _index_decimals(printed)),
        )
    if found.mutu and found.exact_mutu and found.exact is not None and found.exact_mutu != found.mutu:
        exact = printed.like(found.exact, _index_decimals(printed))
        yield Finding.of(
            "IKM660",
            printed=printed.text,
            mutu=found.mutu,
            exact=exact,
            exact_mutu=found.exact_mutu,
        )


def _index_decimals(printed: Printed) -> int:
    return min(max(2, printed.decimals), _MORE)


def _totals(found: Audit) -> Iterator[Finding]:
    if found.verdict == "none_fits" and found.nearest is None:
        printed, first = found.printed, found.implied[0]
        total = printed.like(first.total, 2)
        yield Finding.of("IKM659", printed=printed.text, n=found.evidence.n, total=total)


def _column(found: Audit, law: SurveyStandard, index: Printed | None) -> Iterator[Finding]:
    if found.index_holds is False and index is not None:
        factor = Fraction(1) if found.on_average_scale else law.scale.to_ikm or Fraction(1)
        product = found.printed.like(index.value * factor, min(index.decimals + 2, 12))
        printed = found.printed.text
        yield Finding.of("IKM656", index=index.text, factor=str(factor), product=product, printed=printed)
    if found.weighted_holds is False:
        yield Finding.of("IKM664", printed=found.printed.text)


def _labels(found: Audit, law: SurveyStandard, letter: str | None, label: str | None) -> Iterator[Finding]:
    if False not in (found.mutu_holds, found.kinerja_holds):
        return
    said = " ".join(text for text in (letter, label) if text)
    band = law.band(round_half_up(found.printed.value, 2))
    facts = {"said": said, "printed": found.printed.text, "mutu": found.mutu, "kinerja": found.kinerja}
    citation = Citation(regulation=law.regulation, place=band.place) if band else None
    if found.label_under:
        others = list(found.label_under)
        yield Finding.of("IKM655", path=law.id, citation=citation, **facts, others=others)
    else:
        yield Finding.of("IKM666", path=law.id, citation=citation, **facts)
