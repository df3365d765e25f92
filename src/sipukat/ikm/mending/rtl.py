"""`rtl`: the table of the follow-up plan, in the order of priority, to be filled by people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from sipukat import standards
from sipukat._model import Record
from sipukat._text import Lang, listing, number
from sipukat._validation import must_be, whole_number
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.ikm.mending.prioritized import Priorities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.standards.texts import ActionTable

FORMAT: Final = "urn:sipukat:rtl:1"

Triwulan = Literal["TW I", "TW II", "TW III", "TW IV"]
Status = Literal["belum", "berjalan", "selesai"]

_ORDER: Final[tuple[Triwulan, ...]] = ("TW I", "TW II", "TW III", "TW IV")
_USUAL: Final = "permenpanrb-14-2017"
_STATUS: Final[dict[str, str]] = {"belum": "not started", "berjalan": "under way", "selesai": "done"}
_MORE: Final[dict[Lang, tuple[str, ...]]] = {
    "id": ("Nilai", "Mutu", "Status", "Selesai pada"),
    "en": ("Value", "Letter", "Status", "Done on"),
}


class Rencana(Record):
    """One planned improvement; everything but the unsur may still be open.

    Parameters
    ----------
    unsur
        Key of the unsur it mends.
    program
        Program or activity, in words.
    tahun
        Year of the plan, from 2000.
    waktu
        Quarters in which it is done, each once: ``"TW I"`` to ``"TW IV"``.
    penanggung_jawab
        Who answers for it: an office or function, not a private person.
    status
        ``"belum"``, ``"berjalan"`` or ``"selesai"``.
    selesai_pada
        Day on which it was done; with the status ``"selesai"``, and only then.
    catatan
        A note.

    Examples
    --------
    >>> Rencana(unsur="biaya", program="Papan tarif", tahun=2026, waktu=["TW II", "TW I"]).waktu
    ('TW I', 'TW II')
    """

    unsur: str = Field(min_length=1)
    program: str = ""
    tahun: int | None = Field(default=None, ge=2000, le=2200)
    waktu: tuple[Triwulan, ...] = ()
    penanggung_jawab: str = ""
    status: Status = "belum"
    selesai_pada: date | None = None
    catatan: str = ""

    @field_validator("waktu")
    @classmethod
    def _once(cls, value: tuple[Triwulan, ...]) -> tuple[Triwulan, ...]:
        if len(set(value)) < len(value):
            raise ValueError(f"a quarter is named twice: {listing(value, lang='en')}")
        return tuple(sorted(value, key=_ORDER.index))

    @model_validator(mode="after")
    def _done(self) -> Self:
        if (self.status == "selesai") != (self.selesai_pada is not None):
            raise ValueError(
                f"selesai_pada is {self.selesai_pada}, status is {self.status!r}: a plan has the day on "
                "which it was done if, and only if, it is 'selesai'"
            )
        if self.status != "belum" and not self.program.strip():
            raise ValueError(f"status is {self.status!r} and program is empty; say what is being done")
        return self

    @property
    def complete(self) -> bool:
        """Whether program, quarter and who answers for it are all filled in."""
        return bool(self.program.strip() and self.waktu and self.penanggung_jawab.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class RtlRow:
    """One line of the table.

    Parameters
    ----------
    number
        Place of the unsur in the order of priority, 1 the first; several plans share it.
    unsur, nama
        Its key and Indonesian name.
    nilai, mutu
        Its value on the published scale, and its letter.
    lowest
        Whether it may be the lowest of all.
    rencana
        The plan, empty until people fill it.
    """

    number: int
    unsur: str
    nama: str
    nilai: float
    mutu: str | None
    lowest: bool
    rencana: Rencana


@dataclass(frozen=True, slots=True, kw_only=True)
class Rtl:
    """The follow-up plan of a survey; made by `sipukat.ikm.rtl`.

    Parameters
    ----------
    rows
        The lines, the lowest unsur first.
    columns
        The five headings.
    rule, place, confidence
        What the order follows, where that stands, and how sure that is (A to C); `place` is
        empty where the standard has no such table and the usual headings are used.
    standard
        Id of the survey standard.
    findings
        Those of the priorities.
    """

    rows: tuple[RtlRow, ...]
    columns: tuple[str, ...]
    rule: str
    place: str
    confidence: str
    standard: str
    findings: Findings

    def __len__(self) -> int:
        return len(self.rows)

    def filled(self, rencana: Iterable[Rencana | Mapping[str, Any]]) -> Rtl:
        """Return the table with these plans in place of those of the same unsur.

        Parameters
        ----------
        rencana
            Plans, or plain data of them; several of one unsur give several lines, in their
            order.

        Raises
        ------
        UnknownNameError
            If a plan is for an unsur that is not in the table.
        ArgumentError
            If a plan makes no sense; says which, and why.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> from sipukat.ikm.mending.priorities import priorities
        >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4, 2 + i % 3] for i in range(1, 10)})
        >>> table = rtl(priorities(ikm.estimate(frame)), most=2)
        >>> table = table.filled([{"unsur": "waktu", "program": "Loket tambahan", "waktu": ["TW I"]}])
        >>> [(row.number, row.unsur, row.rencana.program) for row in table.rows]
        [(1, 'waktu', 'Loket tambahan'), (2, 'kompetensi', '')]
        """
        plans: dict[str, list[Rencana]] = {}
        known = list(dict.fromkeys(row.unsur for row in self.rows))
        for at, item in enumerate(rencana):
            plan = _checked(item, at)
            if plan.unsur not in known:
                raise UnknownNameError("unsur of the table", plan.unsur, known)
            plans.setdefault(plan.unsur, []).append(plan)
        rows: list[RtlRow] = []
        for row in self.rows:
            if row.unsur not in plans:
                rows.append(row)
            elif not any(done.unsur == row.unsur for done in rows):
                rows += [replace(row, rencana=plan) for plan in plans[row.unsur]]
        return replace(self, rows=tuple(rows))

    @property
    def open(self) -> tuple[str, ...]:
        """Unsur with a line that still lacks program, quarter or who answers for it."""
        return tuple(dict.fromkeys(row.unsur for row in self.rows if not row.rencana.complete))

    @property
    def done_share(self) -> float | None:
        """Share of the plans that are done, 0 to 1; None while there is no program at all."""
        plans = [row.rencana for row in self.rows if row.rencana.program.strip()]
        return sum(plan.status == "selesai" for plan in plans) / len(plans) if plans else None

    def to_frame(self, lang: Lang = "id") -> pd.DataFrame:
        """Return the table: the headings of the regulation, then value, letter, status and day.

        Parameters
        ----------
        lang
            Language of the status and of the headings that are not the regulation's.
        """
        import pandas as pd

        lines = []
        for row in self.rows:
            plan = row.rencana
            when = listing(plan.waktu, lang=lang)
            status = plan.status if lang == "id" else _STATUS[plan.status]
            lines.append(
                [
                    row.number,
                    row.nama,
                    plan.program,
                    f"{when} {plan.tahun}".strip() if plan.tahun else when,
                    plan.penanggung_jawab,
                    number(row.nilai, lang=lang),
                    row.mutu,
                    status,
                    plan.selesai_pada,
                ]
            )
        return pd.DataFrame(lines, columns=[*self.columns, *_MORE[lang]])

    def to_dict(self) -> dict[str, Any]:
        """Return plain, versioned data; `filled` takes the plans in it back."""
        return {
            "format": FORMAT,
            "standard": self.standard,
            "columns": list(self.columns),
            "rule": self.rule,
            "place": self.place,
            "confidence": self.confidence,
            "rows": [
                {
                    "number": row.number,
                    "nama": row.nama,
                    "nilai": row.nilai,
                    "mutu": row.mutu,
                    "lowest": row.lowest,
                    "rencana": row.rencana.model_dump(mode="json"),
                }
                for row in self.rows
            ],
            "findings": self.findings.to_records(),
        }

    def __repr__(self) -> str:
        return f"<Rtl {self.standard}: {len(self.rows)} lines, {len(self.open)} unsur still open>"


def rtl(priorities: Priorities, *, most: int | None = None) -> Rtl:
    """Lay out the follow-up plan (rencana tindak lanjut), the unsur in order of priority.

    What to do, when, and who answers for it stay empty: these are decided by people.

    Parameters
    ----------
    priorities
        The unsur in order.
    most
        How many unsur, the lowest first; by default all.

    Returns
    -------
    Rtl

    Raises
    ------
    ArgumentError
        If `most` is below 1.

    References
    ----------
    The outline of reports used since 2022 ("dimulai dari unsur dengan nilai paling rendah");
    headings, place and confidence are those of the standard, ``standard.texts.rtl``.
    PermenPAN-RB 29/2022 asks for the share of the plan that was done (``done_share``).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> from sipukat.ikm.mending.priorities import priorities
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4, 2 + i % 3] for i in range(1, 10)})
    >>> table = rtl(priorities(ikm.estimate(frame)), most=3)
    >>> table.columns[1], table.confidence, table.open
    ('Prioritas Unsur', 'B', ('waktu', 'kompetensi', 'U9'))
    """
    must_be(Priorities, priorities, "priorities", "what sipukat.ikm.priorities(result) returns")
    if most is not None:
        most = whole_number(most, "most", least=1)
    table: ActionTable | None = priorities.standard.texts.rtl
    place = "" if table is None else table.place
    usual = next(held for held in (table, standards.survey(_USUAL).texts.rtl) if held is not None)
    return Rtl(
        rows=tuple(
            RtlRow(
                number=i,
                unsur=row.unsur,
                nama=row.nama,
                nilai=row.nilai,
                mutu=row.mutu,
                lowest=row.lowest,
                rencana=Rencana(unsur=row.unsur),
            )
            for i, row in enumerate(priorities.rows[:most], start=1)
        ),
        columns=usual.columns,
        rule=usual.rule,
        place=place,
        confidence=usual.confidence if table else "C",
        standard=priorities.standard.id,
        findings=priorities.findings,
    )


def _checked(item: Rencana | Mapping[str, Any], at: int) -> Rencana:
    if isinstance(item, Rencana):
        return item
    try:
        return Rencana.model_validate(item)
    except ValidationError as failure:
        first = failure.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ArgumentError(f"rencana[{at}] {where}: {first['msg']}".replace(" :", ":")) from failure
