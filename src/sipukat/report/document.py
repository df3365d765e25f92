"""A document: what is said, with no thought of how it will look.

Any result becomes a `Document`, a title and a tuple of blocks; any format is made from
that. Two promises hold for every document, whoever built it, because its records keep
them: a text holds no character that some format cannot carry (`clean`), and a number
has been rounded once, half up, to the decimals of its column.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import AwareDatetime, Field, ValidationInfo, field_validator

from sipukat._model import Record
from sipukat._text import Lang, round_half_up
from sipukat.findings import Severity
from sipukat.report.cleaning import Cell, Json, Text, clean
from sipukat.report.sheets import Band, Processing, Tally
from sipukat.standards.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd


class Heading(Record):
    """A heading.

    Parameters
    ----------
    level
        2 to 4; the title of the document is level 1.
    text
        The words.
    """

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=2, le=4)
    text: Text


class Paragraph(Record):
    """A paragraph of running text.

    Parameters
    ----------
    text
        The words.
    align
        ``"left"``, or ``"center"`` and ``"right"`` for the heads and signatures of letters.
    """

    kind: Literal["paragraph"] = "paragraph"
    text: Text
    align: Literal["left", "center", "right"] = "left"


class Fact(Record):
    """One labelled value of a headline, already in words."""

    label: Text
    value: Text


class Headline(Record):
    """The result in one line, its uncertainty in one sentence, and the few facts beside it.

    Parameters
    ----------
    text
        E.g. ``"IKM 90,64 · mutu A · Sangat baik"``.
    detail
        One sentence.
    facts
        The parts one by one, the most important first.
    """

    kind: Literal["headline"] = "headline"
    text: Text
    detail: Text = ""
    facts: tuple[Fact, ...] = ()


class Column(Record):
    """A column of a table.

    Parameters
    ----------
    key
        Stable name, for programs.
    label
        Heading, for people.
    kind
        ``"text"``, ``"integer"`` or ``"number"``.
    decimals
        Decimals of a ``"number"``.
    """

    key: str
    label: Text
    kind: Literal["text", "integer", "number"] = "text"
    decimals: int = Field(default=2, ge=0, le=20)

    def fit(self, value: Any) -> str | int | Decimal | None:
        """Return `value` as this column holds it: cleaned, or rounded half up once.

        NaN, and None, are an empty cell. A text in a column of numbers is kept: it
        says why there is no number.

        Examples
        --------
        >>> from fractions import Fraction
        >>> Column(key="ikm", label="IKM", kind="number").fit(Fraction(76625, 1000))
        Decimal('76.63')
        """
        if value is None or isinstance(value, str):
            return clean(value) if value else value
        if value != value:  # noqa: PLR0124  NaN of any type
            return None
        if self.kind == "number":
            return round_half_up(value, self.decimals)
        return int(value) if self.kind == "integer" else clean(str(value))


class Table(Record):
    """A table, its numbers rounded to the decimals of their columns.

    Parameters
    ----------
    id
        Stable name, for programs.
    name
        One or two words, e.g. the name of a sheet.
    caption
        What it shows, in one line.
    columns
        Its columns.
    named_by
        Key of the column that names the row; by default the first of kind ``"text"``.
    rows
        One tuple a row, as wide as `columns`.
    total_rows
        How many rows at the end sum the others up.
    group_rows
        Places, from 0, of the rows that open a group and have one filled cell.
    note
        What a reader must know to read it.

    Examples
    --------
    >>> unit, ikm = Column(key="unit", label="Unit"), Column(key="ikm", label="IKM", kind="number")
    >>> Table(id="unit", name="Unit", caption="IKM", columns=(unit, ikm), rows=[("A", 90.643)]).rows
    (('A', Decimal('90.64')),)
    """

    kind: Literal["table"] = "table"
    id: str
    name: Text
    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    named_by: str = ""
    total_rows: int = Field(default=0, ge=0)
    group_rows: tuple[int, ...] = ()
    note: Text = ""

    @field_validator("rows", mode="before")
    @classmethod
    def _fit(cls, rows: Any, info: ValidationInfo) -> Any:
        columns = info.data.get("columns", ())
        for number, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                raise ValueError(f"row {number} has {len(row)} cells and the table {len(columns)} columns")
        return tuple(tuple(c.fit(value) for c, value in zip(columns, row, strict=True)) for row in rows)


class Figure(Record):
    """A figure: what is drawn, as tidy records, and what it says, in words.

    Parameters
    ----------
    id
        Stable name, for programs.
    chart
        ``"band_gauge"`` (one record), ``"unsur_bars"`` or ``"unit_intervals"`` (a record
        a row). A record has ``label``, ``value``, ``low``, ``high``, ``mutu`` and ``n``;
        ``low`` and ``high`` are None where there is no interval. ``"zone_gauge"``,
        ``"compliance_waterfall"`` (a record a row) and ``"indicator_heat"`` (a record a
        cell) are drawn by `sipukat.plot.zones`, `sipukat.plot.waterfall` and
        `sipukat.plot.heat`, which say what their records hold.
    caption
        What it shows, in one line.
    alt
        The same in words, for who cannot see it.
    axis
        Ends of the scale.
    bands
        The bands of the scale, lowest first; empty where the law has none.
    data
        The records. Positions are drawn from the rounded numbers that are printed.
    lang
        Language of the numbers in it.
    """

    kind: Literal["figure"] = "figure"
    id: str
    chart: Literal[
        "answer_distribution",
        "band_gauge",
        "compliance_waterfall",
        "importance_performance",
        "indicator_heat",
        "trend",
        "unit_intervals",
        "unit_ranks",
        "unsur_bars",
        "zone_gauge",
    ]
    caption: Text
    alt: Text
    axis: tuple[Decimal, Decimal]
    bands: tuple[Band, ...] = ()
    data: tuple[Mapping[str, Cell], ...]
    lang: Lang = "id"

    def to_frame(self) -> pd.DataFrame:
        """Return one row a record, the numbers as they are printed.

        Examples
        --------
        >>> record = {"label": "IKM", "value": Decimal("90.64"), "low": None, "high": None}
        >>> figure = Figure(
        ...     id="ikm", chart="band_gauge", caption="IKM", alt="", axis=(25, 100), data=[record]
        ... )
        >>> figure.to_frame().columns.tolist(), figure.to_frame().loc[0, "value"]
        (['label', 'value', 'low', 'high'], Decimal('90.64'))
        """
        import pandas as pd

        columns = list(dict.fromkeys(key for record in self.data for key in record))
        return pd.DataFrame([dict(record) for record in self.data], columns=columns)


class Note(Record):
    """Something the reader must know: a finding, with its suggestion.

    Parameters
    ----------
    severity
        As that of a finding.
    text
        In the language of the document.
    beside
        The same in the other language; may be empty.
    suggestion
        What would be right, or empty.
    code
        Code of the finding, or empty.
    """

    kind: Literal["note"] = "note"
    severity: Severity
    text: Text
    beside: Text = ""
    suggestion: Text = ""
    code: Text = ""


class Poster(Record):
    """A result to be hung up: one page, read from three metres.

    Parameters
    ----------
    layout
        ``"a3"``, ``"a3-landscape"`` or ``"square"`` (1080 by 1080 pixels).
    head
        The lines at the top: what it is, whose, where, of when.
    headline
        The same result as it is told elsewhere; its first fact is the index, and `facts` are
        its last.
    mutu, kinerja
        The letter and what it says of the unit; empty where the law has none.
    gauge
        Where the index lies, and how sure that is.
    facts
        What stands beside the number: service, respondents, period.
    closing
        The sentences of thanks.
    url
        Address of the full result, drawn as a code that a telephone reads; may be empty.
    source
        Where it comes from, in one small line.
    """

    kind: Literal["poster"] = "poster"
    layout: Literal["a3", "a3-landscape", "square"] = "a3"
    head: tuple[Text, ...]
    headline: Headline
    mutu: Text = ""
    kinerja: Text = ""
    gauge: Figure | None = None
    facts: tuple[Fact, ...] = ()
    closing: tuple[Text, ...] = ()
    url: Text = ""
    source: Text = ""

    @property
    def blocks(self) -> tuple[Headline | Figure | Paragraph, ...]:
        """The same for formats that are read at a desk: headline, gauge, address, closing."""
        gauge = () if self.gauge is None else (self.gauge,)
        texts = (self.url, *self.closing)
        return (self.headline, *gauge, *(Paragraph(text=text) for text in texts if text))


Block: TypeAlias = Annotated[
    Heading | Paragraph | Headline | Table | Figure | Note | Poster | Processing | Tally,
    Field(discriminator="kind"),
]


class Item(Record):
    """One line of provenance: a key for programs, a label and a value for people."""

    key: str
    label: Text
    value: Text


class Provenance(Record):
    """Where a document comes from.

    Parameters
    ----------
    generated
        When it was made, with its time zone. The same document with the same time gives
        the same bytes.
    items
        Version of the library, standard, options, SHA-256 of the input, and so on.
    manifest
        The same for programs, in full: what it takes to compute it again.
    """

    generated: AwareDatetime
    items: tuple[Item, ...] = ()
    manifest: Manifest | None = None


class Document(Record):
    """What is published, before it has a format.

    Parameters
    ----------
    title
        Title, level 1.
    subtitle
        Whose result it is, and of when.
    lang
        ``"id"`` or ``"en"``.
    blocks
        What is said, in order.
    provenance
        Where it comes from.
    data
        The same numbers for programs, unrounded; nothing that the blocks withhold.

    Examples
    --------
    >>> from datetime import datetime
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> document = Document(title="Hasil", blocks=[Paragraph(text="Baik.")], provenance=made)
    >>> document.lang, document.tables
    ('id', ())
    """

    title: Text
    subtitle: Text = ""
    lang: Lang = "id"
    blocks: tuple[Block, ...]
    provenance: Provenance
    data: Json = Field(default_factory=dict)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables among the blocks."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def tally(self) -> Tally | None:
        """The sums by unit among the blocks, if there are any."""
        return next((block for block in self.blocks if isinstance(block, Tally)), None)

    @property
    def processing(self) -> Processing | None:
        """The processing sheet among the blocks, if there is one."""
        return next((block for block in self.blocks if isinstance(block, Processing)), None)
