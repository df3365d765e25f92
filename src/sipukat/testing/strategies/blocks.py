"""Documents with every kind of block, before any format."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

from hypothesis import strategies as st

from sipukat.findings import Severity
from sipukat.report.document import (
    Column,
    Document,
    Fact,
    Figure,
    Heading,
    Headline,
    Item,
    Note,
    Paragraph,
    Poster,
    Provenance,
    Table,
)
from sipukat.report.sheets import Band, ProcessedUnsur, Processing, Tally, TallyRow
from sipukat.testing.strategies.texts import names

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from sipukat._text import Lang

_GENERATED: Final = datetime(2026, 8, 17, 9, tzinfo=UTC)
_BANDS: Final = tuple(
    Band(low=Decimal(low), mutu=mutu, kinerja=kinerja)
    for low, mutu, kinerja in (
        ("25", "D", "Tidak baik"),
        ("65", "C", "Kurang baik"),
        ("76.61", "B", "Baik"),
        ("88.31", "A", "Sangat baik"),
    )
)
_UNSUR: Final = tuple(
    ProcessedUnsur(code=f"U{place}", nama=nama, weight=Fraction(1, 2))
    for place, nama in enumerate(("Persyaratan", "Prosedur"), start=1)
)
_CHARTS: Final[tuple[Literal["band_gauge", "unsur_bars", "unit_intervals"], ...]] = (
    "band_gauge",
    "unsur_bars",
    "unit_intervals",
)
LANGUAGES: Final[tuple[Lang, ...]] = ("id", "en")
_INDEX: Final = st.integers(2500, 10000).map(lambda cents: Decimal(cents) / 100)

KINDS: Final = (
    "heading",
    "paragraph",
    "headline",
    "table",
    "figure",
    "note",
    "poster",
    "processing",
    "tally",
)
"""The kinds of block that a document can have."""


@st.composite
def _tables(draw: DrawFn, texts: SearchStrategy[str]) -> Table:
    columns = (
        Column(key="unit", label="Unit"),
        Column(key="n", label="n", kind="integer"),
        Column(key="ikm", label="IKM", kind="number"),
        Column(key="mutu", label="Mutu"),
    )
    row = st.tuples(texts, st.integers(0, 99_999), _INDEX | st.none(), st.sampled_from(["A", "B", None]))
    rows = tuple(draw(st.lists(row, min_size=1, max_size=3)))
    return Table(
        id="unit", name="Unit", caption="IKM menurut unit", columns=columns, rows=rows, note=draw(texts)
    )


@st.composite
def _figures(draw: DrawFn, texts: SearchStrategy[str], lang: Lang) -> Figure:
    chart = draw(st.sampled_from(_CHARTS))
    records = []
    for _ in range(1 if chart == "band_gauge" else draw(st.integers(1, 3))):
        low, value, high = sorted(draw(st.tuples(_INDEX, _INDEX, _INDEX)))
        known = draw(st.booleans())
        ends = {"low": low, "high": high} if known else {"low": None, "high": None}
        records.append({"label": draw(texts), "value": value, **ends, "mutu": "B", "n": 40})
    return Figure(
        id="gambar", chart=chart, caption="IKM", alt="Gambar IKM.", axis=(Decimal(25), Decimal(100)),
        bands=_BANDS, data=tuple(records), lang=lang,
    )  # fmt: skip


@st.composite
def _headlines(draw: DrawFn, texts: SearchStrategy[str]) -> Headline:
    facts = tuple(Fact(label=label, value=draw(texts)) for label in ("IKM", "Unit"))
    return Headline(text=draw(texts), detail="Selang 95 %.", facts=facts)


@st.composite
def _posters(draw: DrawFn, texts: SearchStrategy[str], lang: Lang) -> Poster:
    gauge = draw(_figures(texts, lang).filter(lambda figure: figure.chart == "band_gauge"))
    return Poster(
        head=("HASIL SKM", draw(texts)), headline=draw(_headlines(texts)), mutu="B", kinerja="Baik",
        gauge=gauge, facts=(Fact(label="Responden", value="40"),), closing=("Terima kasih.",),
        url=draw(st.sampled_from(["", "https://layanan.contoh.example/skm"])), source="sipukat",
    )  # fmt: skip


@st.composite
def _processings(draw: DrawFn) -> Processing:
    score = st.integers(1, 4) | st.none()
    answers = draw(st.lists(st.tuples(st.integers(1, 4), score), min_size=1, max_size=4))
    return Processing(
        title="Pengolahan data survei",
        respondents=tuple(range(1, len(answers) + 1)),
        unsur=_UNSUR,
        answers=tuple(answers),
        factor=Fraction(25),
        bands=_BANDS,
        expected=None,
    )


@st.composite
def _tallies(draw: DrawFn, texts: SearchStrategy[str]) -> Tally:
    answered = draw(st.integers(1, 50))
    totals = draw(st.tuples(*[st.integers(answered, 4 * answered)] * len(_UNSUR)))
    row: dict[str, Any] = {
        "respondents": answered, "totals": totals, "answered": (answered,) * len(_UNSUR), "expected": None,
    }  # fmt: skip
    rows = (TallyRow(number=1, name=draw(texts), **row), TallyRow(number=None, name="Semua", **row))
    return Tally(
        title="Jumlah", note="Menurut unit.", unsur=_UNSUR, rows=rows, factor=Fraction(25), bands=_BANDS
    )


def _block(kind: str, texts: SearchStrategy[str], lang: Lang) -> SearchStrategy[Any]:
    """Return the strategy of one kind of block."""
    made: dict[str, SearchStrategy[Any]] = {
        "heading": st.builds(Heading, level=st.integers(2, 4), text=texts),
        "paragraph": st.builds(Paragraph, text=texts, align=st.sampled_from(["left", "center", "right"])),
        "headline": _headlines(texts),
        "table": _tables(texts),
        "figure": _figures(texts, lang),
        "note": st.builds(
            Note,
            severity=st.sampled_from(Severity),
            text=texts,
            beside=texts,
            suggestion=texts,
            code=st.just(""),
        ),
        "poster": _posters(texts, lang),
        "processing": _processings(),
        "tally": _tallies(texts),
    }
    return made[kind]


@st.composite
def documents(
    draw: DrawFn,
    *,
    lang: Lang | None = None,
    kinds: tuple[str, ...] | None = None,
    hostile: bool = False,
) -> Document:
    """Draw a document as an exporter is given it.

    Parameters
    ----------
    lang
        ``"id"`` or ``"en"``; either, where None.
    kinds
        The kinds of its blocks, one block each, in this order; where None, any of `KINDS`,
        at most once each.
    hostile
        Whether texts that were made to do harm stand wherever a name can stand.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(documents(kinds=("table", "figure")))
    ... def holds(document):
    ...     assert len(document.tables) == 1
    >>> holds()
    """
    return draw(document_of(names(hostile=hostile), lang=lang, kinds=kinds))


@st.composite
def document_of(
    draw: DrawFn,
    texts: SearchStrategy[str],
    *,
    lang: Lang | None = None,
    kinds: tuple[str, ...] | None = None,
) -> Document:
    """Draw a document whose names are drawn from `texts`; else as `documents`.

    Parameters
    ----------
    texts
        What stands wherever a name can stand.
    lang, kinds
        As in `documents`.
    """
    said: Lang = draw(st.sampled_from(LANGUAGES)) if lang is None else lang
    wanted = draw(st.lists(st.sampled_from(KINDS), unique=True, max_size=5)) if kinds is None else kinds
    return Document(
        title=draw(texts),
        subtitle=draw(texts),
        lang=said,
        blocks=tuple(draw(_block(kind, texts, said)) for kind in wanted),
        provenance=Provenance(generated=_GENERATED, items=(Item(key="versi", label="Versi", value="0"),)),
    )
