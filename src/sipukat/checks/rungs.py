"""The PEKPPP ladder of a Standar Pelayanan: how far it has come, and what lifts it a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat import standards
from sipukat._model import Record
from sipukat.checks.reading import filled
from sipukat.findings import Finding
from sipukat.regulation import Citation, Regulation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.pelayanan.model import StandarPelayanan
    from sipukat.standards.document_model import DocumentStandard

_TOP: Final = 5
# The form belongs to the evaluation of offices, not to the rule on standards itself.
_PEKPPP: Final = Regulation(kind="permenpanrb", nomor="29", tahun=2022)


class Tangga(Record):
    """The rung of a Standar Pelayanan.

    Parameters
    ----------
    score
        0 to 5.
    condition
        What the form says of that rung, in Indonesian.
    step
        What lifts it to the next one; None at the top.
    """

    score: int
    condition: str
    step: Finding | None = None


def ladder(doc: StandarPelayanan, standard: str | DocumentStandard = "permenpanrb-15-2014") -> Tangga:
    """Return the rung of the PEKPPP form F-02 on which a Standar Pelayanan stands.

    1: there, but without all komponen; 2: all of them; 3: and set by decree; 4: and made
    with the public; 5: and monitored (`dipantau` or `ditinjau`). A rung counts only on
    those below it. The form rests on one source (confidence B).

    Parameters
    ----------
    doc
        The document.
    standard
        One of kind ``"document"`` that has the ladder.

    Raises
    ------
    UnknownNameError
        If the standard is not known, or has no ladder.

    Examples
    --------
    >>> from sipukat.pelayanan import StandarPelayanan
    >>> found = ladder(StandarPelayanan(nama="KTP-el", persyaratan="KK"))
    >>> found.score, found.step.code
    (1, 'LKP191')
    """
    law = standards.document(standard)
    rungs = law.texts.ladder or standards.document("permenpanrb-15-2014").texts.ladder
    steps = list(_steps(doc, law))
    score, step = next(((rung, step) for rung, (lacking, step) in enumerate(steps) if lacking), (_TOP, None))
    conditions = {rung.score: rung.condition for rung in rungs.rungs} if rungs else {}
    return Tangga(score=score, condition=conditions.get(score, ""), step=step)


def _steps(doc: StandarPelayanan, law: DocumentStandard) -> Iterator[tuple[bool, Finding]]:
    """Yield, from the lowest rung up, whether the next is out of reach, and what would reach it."""
    place = Citation(regulation=_PEKPPP, place="formulir PEKPPP F-02")
    missing = [komponen.nama for komponen in law.komponen if not filled(doc, komponen.key)]

    def step(code: str, path: str, **facts: object) -> Finding:
        return Finding.of(code, path=path, citation=place, **facts)

    yield not doc.model_dump(), step("LKP190", "nama")
    yield bool(missing), step("LKP191", "", komponen=missing)
    yield not (doc.nomor_sk.strip() and doc.ditetapkan), step("LKP192", "nomor_sk")
    yield doc.disepakati is None, step("LKP193", "disepakati")
    yield doc.dipantau is None and doc.ditinjau is None, step("LKP194", "dipantau")
