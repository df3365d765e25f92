"""What the library knows of an office by itself, and how far a scheme can use it.

A fact fits a leaf whose scale it can be read on: a count on a count, a share on 0 to 100, a
rung on named levels. On any other scale the leaf stays unknown and the fact is its note: a
person who fills in the checklist sees it, and no number is made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from sipukat._text import round_half_up
from sipukat.compliance.evidence import Answer, Evidence, Item
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat.compliance.tree import Measure, Node, Tree
    from sipukat.standards.values import Confidence

Fact: TypeAlias = Literal["level", "share", "count", "yes_no", "hint"]
"""What a fact is: a rung 0 to 5, a share from 0 to 1, a count, yes or no, or words only."""

ASKED: Final[Mapping[str, str]] = {
    "proses.standar_pelayanan": "komponen",
    "kualitas_pelayanan.proses": "komponen",
    "input.kompetensi": "kompetensi",
    "input.sarana_prasarana": "sarana",
    "pengaduan.pengelolaan": "pengaduan",
    "kualitas_pelayanan.pengaduan": "pengaduan",
    "kebijakan_pelayanan.1": "tangga",
    "kebijakan_pelayanan.2": "pelibatan",
    "kebijakan_pelayanan.4": "peninjauan",
    "kebijakan_pelayanan.5": "maklumat",
    "kebijakan_pelayanan.6": "skm",
    "kebijakan_pelayanan.7": "skm_media",
    "kebijakan_pelayanan.8": "skm_tindak_lanjut",
    "kebijakan_pelayanan.9": "skm_kecepatan",
    "konsultasi_pengaduan.25": "sarana_pengaduan",
    "konsultasi_pengaduan.26": "kanal",
    "konsultasi_pengaduan.27": "pengaduan",
}
"""The fact that speaks of a leaf, by the key of the leaf; local schemes that extend these keep the keys."""

_PERCENT: Final = (Decimal(0), Decimal(100))
_NO_SCALE: Final = "skala penilaiannya tidak cocok dengan fakta ini, maka nilainya diisi penilai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One thing that is known, before a scheme has asked for it.

    Parameters
    ----------
    fact
        What kind of fact it is.
    value
        The rung, share, count, or yes and no; None for words only, or where bounds are all.
    low, high
        Bounds of a rung.
    source, place, note
        Who says so, where, and what a reader should know; in Indonesian.
    confidence
        How sure it is.
    """

    fact: Fact
    value: Fraction | int | bool | None = None
    low: int | None = None
    high: int | None = None
    source: str = ""
    place: str = ""
    note: str = ""
    confidence: Confidence = "B"


def item_of(leaf: Node, known: Known, scheme: str) -> Item:
    """Return the item of a leaf: with a value where the fact fits its scale, else with a note.

    Parameters
    ----------
    leaf
        The leaf.
    known
        The fact that speaks of it.
    scheme
        Id of the scheme.

    Notes
    -----
    A share on a scale of 0 to 100 is ``100 * share``, rounded half up to two decimals, as an
    assessor would write it; the note has the count that it is made of.

    Examples
    --------
    >>> from sipukat.compliance.tree import Measure, Node
    >>> leaf = Node(key="a", nama="A", name="A", weight=Fraction(1), assumed=False,
    ...             measure=Measure(kind="yes_no"))
    >>> item_of(leaf, Known(fact="yes_no", value=True), "x").value
    True
    >>> print(item_of(leaf, Known(fact="count", value=3), "x").value)
    None
    """
    value = _read(leaf.measure, known) if leaf.measure is not None and known.value is not None else None
    bounded = known.fact == "level" and leaf.measure is not None and leaf.measure.kind == "levels"
    note = known.note
    if value is None and known.fact != "hint" and not (bounded and known.value is None):
        note = f"{note}; {_NO_SCALE}" if note else _NO_SCALE
    return Item(
        key=leaf.key,
        value=value,
        low=known.low if bounded and value is None else None,
        high=known.high if bounded and value is None else None,
        source=known.source,
        place=known.place,
        note=note,
        confidence=known.confidence,
        schemes=(scheme,),
    )


def _read(measure: Measure, known: Known) -> Answer:
    value = known.value
    if isinstance(value, Fraction):  # a share
        if measure.kind == "measure" and (measure.low, measure.high) == _PERCENT:
            return round_half_up(100 * value, 2)
        return value == 1 if measure.kind == "yes_no" else None
    match known.fact, measure.kind:
        case "level", "levels":
            return value if any(level.score == value for level in measure.levels) else None
        case ("count", "count") | ("yes_no", "yes_no"):
            return value
        case _:
            return None


def gathered(facts: Mapping[str, Known], trees: Mapping[str, Tree], **named: object) -> Evidence:
    """Put facts under the leaves that ask for them; a leaf that none speaks of is left out.

    Parameters
    ----------
    facts
        Facts by name, as in `ASKED`.
    trees
        The schemes by their ids.
    **named
        Other fields of `Evidence`: unit, product, on.
    """
    items = (
        item_of(leaf, facts[ASKED[leaf.key]], scheme)
        for scheme, tree in trees.items()
        for leaf in tree.leaves()
        if ASKED.get(leaf.key) in facts
    )
    return Evidence.model_validate({"items": tuple(_each_once(items)), **named})


def _each_once(items: Iterator[Item]) -> Iterator[Item]:
    """Join the items of one key, which a local scheme shares with the one that it extends."""
    found: dict[str, Item] = {}
    for item in items:
        before = found.get(item.key)
        if before is None:
            found[item.key] = item
        elif before.model_copy(update={"schemes": item.schemes}) == item:
            found[item.key] = before.model_copy(update={"schemes": (*before.schemes, *item.schemes)})
    yield from found.values()


def remarks(evidence: Evidence) -> Findings:
    """Say what the evidence knows and could not turn into a value, and what rests on inference.

    Returns
    -------
    Findings
        CMP850 for a leaf that something is known of and that has no value; CMP851 for a
        value of confidence C.

    Examples
    --------
    >>> known = Evidence(items=(Item(key="sipp.21", note="ada tautan SIPPN pada laman"),))
    >>> print(remarks(known)[0].message("en"))
    sipp.21 has no value; what is known of it: ada tautan SIPPN pada laman.
    """
    found = []
    for item in evidence.items:
        if not item.known and item.note:
            found.append(Finding.of("CMP850", path=item.key, indikator=item.key, catatan=item.note))
        elif item.known and item.confidence == "C":
            catatan = item.note or "tanpa catatan"
            found.append(
                Finding.of("CMP851", path=item.key, indikator=item.key, nilai=item.value, catatan=catatan)
            )
    return Findings(found)
