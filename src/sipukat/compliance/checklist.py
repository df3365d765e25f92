"""The checklist of a scheme: what a person must fill in, and what is filled in already.

It is written as YAML, TOML, JSON or a workbook, and comes back as the same checklist; see
`sipukat.compliance.checklist_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._text import plain
from sipukat.compliance.evidence import Answer, Evidence, Item
from sipukat.compliance.tree import Level, Measure, Node, Tree, tree_of
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.loader import Standard

FORMAT: Final = "urn:sipukat:checklist:1"
_YES: Final = frozenset({"ya", "ada", "sudah", "true", "yes", "1"})
_NO: Final = frozenset({"tidak", "tidak ada", "belum", "false", "no", "0"})
_SHOWN: Final = 8
_CONFIDENCES: Final = ("A", "B", "C")
_ASKED: Final = Measure(kind="yes_no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of a checklist: an indicator, its answer, and who says so.

    Parameters
    ----------
    key
        Key of the indicator, or of a condition of the scheme.
    dimensi
        The dimensions that it is part of, e.g. ``"Input"``; ``"Syarat"`` of a condition.
    nama, name
        Its name in Indonesian and in English.
    measure
        How it is answered.
    item
        What is said of it; None where nothing is.
    """

    key: str
    dimensi: str
    nama: str
    name: str
    measure: Measure
    item: Item | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers to choose from, in Indonesian; empty where a number is to be written."""
        if self.measure.kind == "yes_no":
            return ("ya", "tidak")
        return tuple(f"{level.score}: {level.jika}" for level in self.measure.levels)

    @property
    def range(self) -> str:
        """What may be answered, in Indonesian.

        Examples
        --------
        >>> Question(key="a", dimensi="", nama="A", name="A", measure=Measure(kind="count")).range
        'bilangan bulat, 0 atau lebih (1 sudah penuh)'
        """
        low, high = self.measure.low, self.measure.high
        if self.measure.kind == "count":
            return f"bilangan bulat, {low} atau lebih ({high} sudah penuh)"
        if self.measure.kind == "measure":
            return f"angka {low} sampai {high}"
        return " | ".join(self.choices)

    @property
    def answer(self) -> str:
        """The answer as a form shows it; empty where it is not known."""
        value = self.item.value if self.item is not None else None
        if value is None:
            return ""
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        level = _level(self.measure, value)
        return f"{level.score}: {level.jika}" if level is not None else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The questions of a scheme for one office or service, answered as far as is known.

    Parameters
    ----------
    standard
        The scheme.
    questions
        Its leaves and conditions, in order.
    unit, product, on
        Office, service, and the day that it speaks of.
    findings
        What was seen when it was read: CMP852 for indicators whose line was not there.
    """

    standard: ComplianceStandard
    questions: tuple[Question, ...]
    unit: str = ""
    product: str = ""
    on: date | None = None
    findings: Findings = field(default_factory=Findings)

    @property
    def open(self) -> tuple[Question, ...]:
        """The questions that are not answered."""
        return tuple(q for q in self.questions if q.item is None or not q.item.known)

    def evidence(self) -> Evidence:
        """Return what it says, as evidence for its scheme; a line left blank says nothing."""
        items = tuple(q.item for q in self.questions if q.item is not None)
        return Evidence(items=items, unit=self.unit, product=self.product, on=self.on)

    def __repr__(self) -> str:
        unit = f"{self.unit}, " if self.unit else ""
        return f"Checklist({unit}{self.standard.id}: {len(self.open)} of {len(self.questions)} open)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as it stands in a file: raw cells, and the place of each.

    Parameters
    ----------
    key
        The key that is written there.
    cells
        Raw cells by the names of `CELLS`.
    where
        The place of the line, e.g. ``"sheet Isian, row 9"``.
    places
        The place of a cell, where it is known better.
    """

    key: str
    cells: Mapping[str, Any]
    where: str
    places: Mapping[str, str] = field(default_factory=dict)

    def at(self, cell: str) -> str:
        """Return the place of a cell."""
        return self.places.get(cell, self.where)


CELLS: Final[tuple[str, ...]] = ("nilai", "sumber", "tempat", "catatan", "keyakinan")
"""What a person writes in a line: value, source, place, note and confidence."""


def checklist(
    standard: str | Standard,
    evidence: Evidence | None = None,
    *,
    unit: str = "",
    product: str = "",
    on: date | None = None,
) -> Checklist:
    """Return the questions of a scheme, answered as far as an evidence knows.

    Parameters
    ----------
    standard
        The scheme, by any name.
    evidence
        What is known already, e.g. of `sipukat.compliance.evidence_from`.
    unit, product, on
        Office, service and day; by default those of the evidence.

    Raises
    ------
    UnknownNameError
        If there is no such scheme, or the evidence speaks of an indicator that it lacks.
    ArgumentError
        If a value is none of its indicator.

    Examples
    --------
    >>> form = checklist("ombudsman-2022", Evidence.of({"input.kompetensi": 70}), unit="Dinas Contoh")
    >>> form, form.questions[0].answer, form.questions[0].range
    (Checklist(Dinas Contoh, ombudsman-2022: 4 of 5 open), '70', 'angka 0 sampai 100')
    """
    scheme = standards.compliance(standard)
    known = (evidence or Evidence()).of_scheme(scheme.id)
    questions = {q.key: q for q in _questions(tree_of(scheme))}
    for item in known.items:
        if item.key not in questions:
            raise UnknownNameError(f"indicator of {scheme.id}", item.key, questions)
        if item.value is not None:
            questions[item.key].measure.fraction(item.value, where=item.key)
    return Checklist(
        standard=scheme,
        questions=tuple(_answered(q, known.get(q.key)) for q in questions.values()),
        unit=unit or known.unit,
        product=product or known.product,
        on=on or known.on,
    )


def _answered(question: Question, item: Item | None) -> Question:
    return Question(
        key=question.key,
        dimensi=question.dimensi,
        nama=question.nama,
        name=question.name,
        measure=question.measure,
        item=item,
    )


def _questions(tree: Tree) -> Iterable[Question]:
    yield from _leaves(tree.root, ())
    for condition in tree.conditions:
        yield Question(
            key=condition.key, dimensi="Syarat", nama=condition.nama, name=condition.name, measure=_ASKED
        )


def _leaves(node: Node, above: tuple[str, ...]) -> Iterable[Question]:
    if node.measure is not None:
        yield Question(
            key=node.key, dimensi=" > ".join(above), nama=node.nama, name=node.name, measure=node.measure
        )
    for child in node.children:
        yield from _leaves(child, (*above, child.nama) if child.children else above)


def _level(measure: Measure, value: Answer) -> Level | None:
    return next((level for level in measure.levels if level.score == value), None)


def answered(scheme: ComplianceStandard, lines: Iterable[Line], **head: Any) -> Checklist:
    """Return the checklist that the lines of a file make.

    Parameters
    ----------
    scheme
        The scheme of the file.
    lines
        Its lines, in any order; an indicator without one is not known, and a finding says so.
    **head
        Other fields of `Checklist`: unit, product, on.

    Raises
    ------
    ArgumentError
        If a line has an unknown or doubled key, or a value that is none of its indicator;
        names the place of each, at most eight.
    """
    questions = {q.key: q for q in _questions(tree_of(scheme))}
    found: dict[str, Item | None] = {}
    placed: dict[str, str] = {}
    problems: list[str] = []
    for line in lines:
        if line.key not in questions:
            unknown = UnknownNameError(f"indicator of {scheme.id}", line.key, questions)
            problems.append(f"{line.where}: {unknown}")
        elif line.key in found:
            problems.append(
                f"{line.where}: {line.key} stands there again, after {placed[line.key]}; write it once"
            )
        else:
            placed[line.key] = line.where
            found[line.key] = _item(questions[line.key], line, scheme.id, problems)
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise ArgumentError("; ".join(problems[:_SHOWN]) + more)
    missing = [key for key in questions if key not in found]
    seen = [Finding.of("CMP852", path=scheme.id, kunci=missing)] if missing else []
    return Checklist(
        standard=scheme,
        questions=tuple(_answered(q, found.get(key)) for key, q in questions.items()),
        findings=Findings(seen),
        **head,
    )


def _item(question: Question, line: Line, scheme: str, problems: list[str]) -> Item | None:
    texts = {cell: _text(line.cells.get(cell)) for cell in CELLS[1:]}
    confidence = texts["keyakinan"].upper() or "B"
    if confidence not in _CONFIDENCES:
        problems.append(
            f"{line.at('keyakinan')} ({line.key}): {confidence[:40]!r} is no confidence; A, B or C"
        )
        confidence = "B"
    try:
        value = value_of(line.cells.get("nilai"), question.measure)
    except ArgumentError as failure:
        problems.append(f"{line.at('nilai')} ({line.key}): {failure}")
        return None
    if value is None and not any(texts[cell] for cell in ("sumber", "tempat", "catatan")):
        return None
    return Item.model_validate(
        {
            "key": question.key,
            "value": value,
            "source": texts["sumber"],
            "place": texts["tempat"],
            "note": texts["catatan"],
            "confidence": confidence,
            "schemes": (scheme,),
        }
    )


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def value_of(cell: Any, measure: Measure) -> Decimal | bool | int | None:
    """Read the answer of a person; None where the cell is blank.

    Parameters
    ----------
    cell
        A number, yes or no, or a text: ``"84,68"``, ``"ya"``, a level with its words.
    measure
        How the indicator is answered.

    Raises
    ------
    ArgumentError
        If it is no answer to this question; says what would be.

    Examples
    --------
    >>> value_of("ya", Measure(kind="yes_no")), value_of("62,5", Measure(kind="measure", high=Decimal(100)))
    (True, Decimal('62.5'))
    """
    text = plain(cell) if isinstance(cell, str) else cell
    if text is None or text == "":
        return None
    if measure.kind == "yes_no":
        word = plain(_text(text)) if not isinstance(text, bool) else str(text).casefold()
        if word in _YES | _NO:
            return word in _YES
        raise _misfit(cell, "ya atau tidak (true or false)")
    if isinstance(text, str) and measure.levels:
        text = _chosen(text, cell, measure)
    value = _number(text, cell, measure)
    measure.fraction(value)
    return value


def _chosen(text: str, cell: str, measure: Measure) -> str:
    """Return the score of a level that is written with its words, which must be its own."""
    score, colon, words = text.partition(":")
    if not colon:
        return text
    level = next((level for level in measure.levels if str(level.score) == score.strip()), None)
    if level is None or plain(level.jika) != words.strip():
        raise _misfit(
            cell, f"one of {', '.join(str(level.score) for level in measure.levels)}, with its words"
        )
    return score.strip()


def _number(text: Any, cell: Any, measure: Measure) -> Decimal | int:
    if isinstance(text, bool) or not isinstance(text, str | int | float | Decimal):
        raise _misfit(cell, measure.expected())
    try:
        value = Evidence.of({"nilai": text}).items[0].value
    except ArgumentError:
        raise _misfit(cell, measure.expected()) from None
    if isinstance(value, bool) or value is None:
        raise _misfit(cell, measure.expected())
    whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if whole and measure.kind in {"levels", "count"} else value


def _misfit(cell: Any, expected: str) -> ArgumentError:
    return ArgumentError(f"{str(cell)[:60]!r} is no answer; expected {expected}")
