"""Data Package of Frictionless: a zip of CSV files, and ``datapackage.json`` that describes them."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final
from uuid import NAMESPACE_URL, uuid5

from sipukat._text import round_half_up
from sipukat._version import __version__
from sipukat.export.as_csv import written
from sipukat.export.as_markdown import markdown
from sipukat.export.tidy import tidy_tables
from sipukat.report.document import Figure
from sipukat.report.sheets import Processing, Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat.export.tidy import TidyColumn, TidyTable
    from sipukat.report.document import Document

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can state: no clock in the bytes
_NOT_NAME: Final = re.compile(r"[^a-z0-9]+")
_INDEX: Final = frozenset({"ikm", "nilai", "low", "high"})
_RESPONDENTS: Final = frozenset({"n", "answered"})
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "index": "indeks, skala {low} sampai {high}",
        "score": "skor rata-rata, skala {low} sampai {high}",
        "people": "orang",
        "missing": "Sel kosong berarti tidak ada angka, atau angkanya ditahan.",
        "readme": "Laporan yang sama, untuk dibaca",
    },
    "en": {
        "index": "index, scale {low} to {high}",
        "score": "mean score, scale {low} to {high}",
        "people": "people",
        "missing": "An empty cell has no number, or it is withheld.",
        "readme": "The same report, to be read",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """What the numbers may be: ends of the index and of a score, and the letters, lowest first."""

    index: tuple[Decimal, Decimal] | None = None
    score: tuple[Decimal, Decimal] | None = None
    letters: tuple[str, ...] = ()


def _scale(document: Document) -> _Scale:
    gauge = next(
        (b for b in document.blocks if isinstance(b, Figure) and b.chart in {"band_gauge", "unsur_bars"}),
        None,
    )
    if gauge is None:
        return _Scale()
    low, high = gauge.axis
    sums = next((b for b in document.blocks if isinstance(b, Processing | Tally)), None)
    score = None
    if sums is not None and sums.factor:
        score = (
            round_half_up(Fraction(low) / sums.factor, 2),
            round_half_up(Fraction(high) / sums.factor, 2),
        )
    return _Scale(index=gauge.axis, score=score, letters=tuple(band.mutu for band in gauge.bands))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _name(text: str, otherwise: str) -> str:
    return _NOT_NAME.sub("-", text.casefold()).strip("-")[:60].strip("-") or otherwise


def _field(column: TidyColumn, table: TidyTable, scale: _Scale, words: Mapping[str, str]) -> dict[str, Any]:
    """Describe a column; a constraint is stated only where every cell keeps it."""
    field: dict[str, Any] = {"name": column.key, "type": column.kind, "title": column.label}
    values = [value for value in table.column(column.key) if value is not None]
    constraints: dict[str, Any] = {}
    ends, unit = None, ""
    if column.kind == "number" and column.key in _INDEX and scale.index:
        ends, unit = scale.index, "index"
    elif column.kind == "number" and column.key == "nrr" and scale.score:
        ends, unit = scale.score, "score"
    if ends and all(ends[0] <= value <= ends[1] for value in values if isinstance(value, Decimal)):
        constraints |= {"minimum": _number(ends[0]), "maximum": _number(ends[1])}
        field["unit"] = words[unit].format(low=_number(ends[0]), high=_number(ends[1]))
    if column.kind == "integer" and column.key in _RESPONDENTS:
        constraints["minimum"] = 0
        field["unit"] = words["people"]
    if column.key == "mutu" and scale.letters and {*values} <= {*scale.letters}:
        constraints["enum"] = list(scale.letters)
    if column.key in table.primary or column.kind == "boolean":
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def _resource(name: str, path: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _table(table: TidyTable, content: bytes, scale: _Scale, words: Mapping[str, str]) -> dict[str, Any]:
    fields = [_field(column, table, scale, words) for column in table.columns]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.primary:
        schema["primaryKey"] = list(table.primary)
    return {
        **_resource(_name(table.id, "tabel"), _path(table), content),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "title": table.caption,
        "description": " ".join(filter(None, (table.note, words["missing"]))),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def _path(table: TidyTable) -> str:
    return f"data/{_name(table.id, 'tabel')}.csv"


class DataPackageExporter:
    """Write the tables of a document as a Data Package: a zip.

    It holds ``datapackage.json``, a CSV file a table (the dialect of ``csv-machine``), and
    the report itself as ``README.md``. Each column has a type, a title in the language of
    the document, its unit, and the constraints that the law's scale sets: an index from 25
    to 100, a mean score from 1 to 4, the letters of mutu. Of an `IkmResult` there is a table
    of units by unsur besides, where respondents are not weighted. A cell that is withheld is
    missing, and the note beside it says so. Respondents' rows are left out.

    Parameters
    ----------
    licenses
        Licences of the data as the specification has them: mappings with ``name`` or
        ``path``, and ``title``. None is stated by default: who publishes chooses.

    Examples
    --------
    >>> from datetime import datetime
    >>> from sipukat.report import Column, Document, Provenance, Table
    >>> columns = [Column(key="unit", label="Unit"), Column(key="ikm", label="IKM", kind="number")]
    >>> table = Table(id="ikm", name="IKM", caption="IKM", columns=columns, rows=[("A", 90.643)])
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> content = datapackage(Document(title="T", blocks=[table], provenance=made))
    >>> sorted(zipfile.ZipFile(io.BytesIO(content)).namelist())
    ['README.md', 'data/ikm.csv', 'datapackage.json']
    """

    suffix = ".zip"
    media_type = "application/zip"

    def __init__(self, licenses: Sequence[Mapping[str, str]] = ()) -> None:
        self.licenses: tuple[dict[str, str], ...] = tuple(dict(each) for each in licenses)

    def __call__(self, document: Document, /) -> bytes:
        """Return the zip; its files state no time of their own."""
        tables = tidy_tables(document)
        contents = {_path(table): written(table) for table in tables}
        readme = markdown(document)
        package = self._package(document, tables, contents, readme)
        described = json.dumps(package, ensure_ascii=False, indent=2, allow_nan=False)
        return _zipped({"datapackage.json": f"{described}\n".encode(), "README.md": readme, **contents})

    def _package(
        self, document: Document, tables: Sequence[TidyTable], contents: Mapping[str, bytes], readme: bytes
    ) -> dict[str, Any]:
        words, scale = _WORDS[document.lang], _scale(document)
        resources = [_table(table, contents[_path(table)], scale, words) for table in tables]
        resources.append(
            _resource("readme", "README.md", readme)
            | {"format": "md", "mediatype": "text/markdown", "title": words["readme"]}
        )
        digest = hashlib.sha256(b"\0".join([readme, *contents.values()])).hexdigest()
        said = {item.key: item.value for item in document.provenance.items}
        source = {"title": said["source"]} if said.get("source") else None
        package: dict[str, Any] = {
            "$schema": _PROFILE,
            "name": _name(document.title, "sipukat"),
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:sipukat:datapackage:{digest}')}",
            "title": " · ".join(filter(None, (document.title, document.subtitle))),
            "created": document.provenance.generated.isoformat(timespec="seconds"),
            "contributors": [{"title": f"sipukat {__version__}", "roles": ["software"]}],
        }
        if source:
            digest_of = {"sha256": said["sha256"]} if said.get("sha256") else {}
            package["sources"] = [source | digest_of]
        if self.licenses:
            package["licenses"] = list(self.licenses)
        package["provenance"] = [item.model_dump() for item in document.provenance.items]
        return package | {"resources": resources}


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


datapackage: DataPackageExporter = DataPackageExporter()
