"""Promises of an exporter: bytes for every document, the same each time, and nothing besides."""

from __future__ import annotations

import csv
import decimal
import io
import locale
import math
import os
import random
import re
import warnings
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Final

from sipukat.errors import SipukatError
from sipukat.export.as_csv import harmless
from sipukat.export.base import EXPORTERS, shown
from sipukat.testing.conformance.suite import Suite, each_drawn, must

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sipukat.export.base import Exporter
    from sipukat.report.document import Document

_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,20}")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}(?:; ?[a-z0-9-]+=[\w.-]+)*")
_DRAWN_BY_BROWSERS: Final = ("html", "svg", "xml", "markdown")
_RUNS: Final = re.compile(r"<\s*(?:script|iframe|img|object|embed)\b[^>]*>", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\[<\\]")
_NUMBER: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,17})?")
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


class ExporterConformance(Suite):
    """What every exporter keeps: subclass it, name the exporter, and pytest runs it.

    Examples
    --------
    >>> class TestJson(ExporterConformance):
    ...     name = "json"
    >>> TestJson().test_the_same_document_gives_the_same_bytes()
    """

    examples: ClassVar[int] = 8
    kinds: ClassVar[tuple[str, ...]] = ()
    """The kinds of block that a document must have; any document will do, where empty."""
    numbers: ClassVar[bool] = True
    """Whether the numbers of tables can be read in what it writes."""

    def exporter(self) -> Exporter:
        """Return the exporter."""
        found: Exporter = self.held(EXPORTERS)
        return found

    def test_it_says_its_suffix_and_media_type(self) -> None:
        """Files are named and served by them."""
        exporter = self.exporter()
        suffix, media_type = getattr(exporter, "suffix", None), getattr(exporter, "media_type", None)
        must(
            isinstance(suffix, str) and _SUFFIX.fullmatch(suffix),
            f'its suffix is {suffix!r}; write e.g. suffix = ".txt", in lower case',
        )
        must(
            isinstance(media_type, str) and _MEDIA_TYPE.fullmatch(media_type),
            f'its media_type is {media_type!r}; write e.g. media_type = "text/plain; charset=utf-8"',
        )

    def test_every_kind_of_block_becomes_bytes_in_both_languages(self) -> None:
        """A document that it cannot write is refused with an error of the library, never with another."""
        from sipukat.testing.strategies.blocks import KINDS, documents

        for kind in KINDS:
            for lang in ("id", "en"):
                alone = not self.kinds or self.kinds == (kind,)
                drawn = documents(kinds=(kind,), lang=lang)
                _each_document(
                    drawn, lambda document, alone=alone: self._written(document, alone=alone), examples=1
                )
        every = documents(kinds=self.kinds or KINDS)
        _each_document(every, lambda document: self._written(document, alone=True), examples=2)

    def test_the_same_document_gives_the_same_bytes(self) -> None:
        """No clock, no chance: the time of a document is in its provenance."""

        def holds(document: Document) -> None:
            exporter = self.exporter()
            must(
                exporter(document) == exporter(document.model_copy(deep=True)),
                "the same document gave other bytes the second time; take the time from"
                " document.provenance.generated",
            )

        self._each(holds)

    def test_the_document_stays_as_it_was(self) -> None:
        """Other exporters write the same document afterwards."""

        def holds(document: Document) -> None:
            before = document.model_dump_json()
            self.exporter()(document)
            must(document.model_dump_json() == before, "the exporter changed the document")

        self._each(holds)

    def test_hostile_texts_are_inert(self) -> None:
        """A name runs nothing: no tag in a page, no formula in a table, no mark of direction."""
        from hypothesis import strategies as st

        from sipukat.testing.strategies.blocks import KINDS, document_of
        from sipukat.testing.strategies.texts import HOSTILE

        media_type = self.exporter().media_type
        readable = media_type.startswith("text/") or media_type.endswith(("json", "+xml", "/xml"))

        def holds(document: Document) -> None:
            data = self._written(document, alone=True)
            if readable:
                for fault in _live(_decoded(data), media_type):
                    raise AssertionError(fault)

        if readable:  # each once: what is not escaped is seen, and not only by luck
            for text in HOSTILE:
                drawn = document_of(st.just(text), kinds=self.kinds or KINDS)
                _each_document(drawn, holds, examples=1)
        self._each(holds, hostile=True)

    def test_it_prints_writes_and_sets_nothing(self, tmp_path: Path) -> None:
        """Bytes come back, and nothing else happens."""

        def holds(document: Document) -> None:
            exporter = self.exporter()
            exporter(document)  # what is imported on the way is no fault
            said = io.StringIO()
            before, home = _state(), os.getcwd()  # noqa: PTH109  the same call as below
            os.chdir(tmp_path)
            try:
                with redirect_stdout(said), redirect_stderr(said):
                    exporter(document)
                after = _state()
            finally:
                os.chdir(home)
            must(not said.getvalue(), f"it printed {said.getvalue()[:60]!r}; return everything as bytes")
            left = sorted(path.name for path in tmp_path.iterdir())
            must(not left, f"it wrote the files {left} where it was called; return everything as bytes")
            changed = [name for name, value in before.items() if after[name] != value]
            must(not changed, f"it left {', '.join(changed)} other than before; set it within a context")

        self._each(holds, examples=2)

    def test_the_numbers_of_the_tables_are_there(self) -> None:
        """What a table holds is printed, rounded no further; set ``numbers = False`` for a picture."""
        from sipukat.testing.strategies.blocks import documents

        if not self.numbers:
            return

        def holds(document: Document) -> None:
            text = _words(self._written(document, alone=True))
            written = {float(found) for found in _NUMBER.findall(text)}
            for table in document.tables:
                for row in table.rows:
                    for cell, column in zip(row, table.columns, strict=True):
                        if isinstance(cell, Decimal):
                            there = shown(cell, column, document.lang) in text
                            near = any(math.isclose(float(cell), other, abs_tol=1e-9) for other in written)
                            must(there or near, f"the number {cell} of a table is nowhere in it")

        _each_document(documents(kinds=self.kinds or ("table",)), holds, examples=self.examples)

    def _each(self, holds: Any, *, hostile: bool = False, examples: int | None = None) -> None:
        from sipukat.testing.strategies.blocks import KINDS, documents

        drawn = documents(kinds=self.kinds or KINDS, hostile=hostile)
        _each_document(drawn, holds, examples=examples or self.examples)

    def _written(self, document: Document, *, alone: bool) -> bytes:
        """Return the bytes of a document; empty ones where it may be refused, and was."""
        said = ", ".join(block.kind for block in document.blocks)
        try:
            data = self.exporter()(document)
        except SipukatError as failure:
            must(
                not alone, f"a document with {said} was refused: {failure}; if that is right, set kinds = (…)"
            )
            return b""
        except Exception as failure:
            raised = f"a document with {said} raised {type(failure).__name__} ({failure})"
            raise AssertionError(f"{raised}; write it, or raise an error of sipukat.errors") from failure
        must(isinstance(data, bytes), f"a document with {said} gave a {type(data).__name__}; return bytes")
        must(data, f"a document with {said} gave an empty file")
        return data


def _each_document(strategy: Any, holds: Any, *, examples: int) -> None:
    """Draw documents; the simplest comes first, so that none need be made small."""
    each_drawn(strategy, holds, examples=examples, shrink=False)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise AssertionError(f"its text is not UTF-8 ({failure}); encode with str.encode()") from failure


def _live(text: str, media_type: str) -> Iterator[str]:
    """Yield what in a text would run, or deceive, where it is opened."""
    if "\0" in text:
        yield "a NUL character is in the text; leave it out"
    if _BIDI.search(text):
        yield "a mark that turns the direction of the text is in it; leave it out"
    if any(drawn in media_type for drawn in _DRAWN_BY_BROWSERS):
        # Markdown has a second way to say that a sign is only a sign
        ran = _RUNS.search(_ESCAPED.sub("", text) if "markdown" in media_type else text)
        if ran:
            yield f"a name became the tag {ran[0][:40]!r}; write &lt; for <"
    if media_type.startswith("text/csv"):
        for cell in _formulas(text):
            yield f"the cell {cell[:30]!r} is a formula to a spreadsheet; put ' before it"


def _formulas(text: str) -> Iterator[str]:
    delimiter = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield from (cell for cell in row if harmless(cell) != cell)


def _words(data: bytes) -> str:
    """Return all that can be read in a file: of an archive, in all its parts."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return data.decode("utf-8", "replace")


def _state() -> dict[str, Any]:
    """Return what a program shares and a function must leave alone."""
    return {
        "the locale": locale.setlocale(locale.LC_ALL),
        "the decimal context": repr(decimal.getcontext()),
        "the filters of warnings": list(warnings.filters),
        "the environment": dict(os.environ),
        "the state of random": random.getstate(),
    }
