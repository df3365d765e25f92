"""Standar Pelayanan in files: YAML, TOML and JSON without loss, and tables of Word, Excel and the web."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from sipukat._require import require
from sipukat._validation import explain, kind_of, must_be
from sipukat.errors import DraftError, UnknownNameError
from sipukat.pelayanan.linked_nodes import plains
from sipukat.pelayanan.migrations import FORMAT, migrate
from sipukat.pelayanan.model import StandarPelayanan
from sipukat.pelayanan.tables import from_file
from sipukat.pelayanan.trees import FORMATS, MOST_BYTES, Format, refuse_hidden, tree
from sipukat.readers import READERS
from sipukat.readers.base import content, text_of

if TYPE_CHECKING:
    from sipukat.standards.document_model import DocumentStandard

_SUFFIXES: Final[dict[str, Format]] = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".json": "json",
    ".jsonld": "json",  # linked data, as the exporter ``jsonld`` writes it
}


def load(path: str | PathLike[str], *, standard: str | DocumentStandard = "uu-25-2009") -> StandarPelayanan:
    """Read one Standar Pelayanan from a file.

    Parameters
    ----------
    path
        A ``.yaml``, ``.toml``, ``.json`` or ``.jsonld`` file, or a document with a table
        NO | KOMPONEN | URAIAN: ``.docx``, ``.xlsx``, ``.csv``, ``.html``.
    standard
        The standard whose komponen a table is read by.

    Raises
    ------
    DraftError
        If it cannot be read as one; or if there are several, which `load_all` returns.
    UnreadableFileError
        If the file is damaged or hostile.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "draf.toml")
    ...     _ = path.write_text('nama = "KTP-el"')
    ...     load(path).nama
    'KTP-el'
    """
    found = load_all(path, standard=standard)
    first, *others = found
    if others:
        raise DraftError(
            f"it holds {len(found)} Standar Pelayanan", Path(path).name, "Read them with pelayanan.load_all."
        )
    return first


def load_all(
    path: str | PathLike[str], *, standard: str | DocumentStandard = "uu-25-2009"
) -> tuple[StandarPelayanan, ...]:
    """Read every Standar Pelayanan of a file: one a table, or one a document in a list.

    Parameters
    ----------
    path, standard
        As in `load`.

    Raises
    ------
    DraftError
        If there is none, or one cannot be read.
    """
    must_be((str, PathLike), path, "path", "the path of a file")
    file = Path(path)
    chosen = _SUFFIXES.get(file.suffix.lower())
    if chosen is None:
        read = {suffix for _, reader in READERS.usable() for suffix in reader.suffixes}
        known = sorted({*_SUFFIXES, *read})
        if file.suffix.lower() not in known:
            raise DraftError(
                f"files of type {file.suffix or 'without suffix'} are not read",
                file.name,
                f"Known: {', '.join(known)}.",
            )
        return from_file(file, standard=standard)
    text = text_of(content(file, most=MOST_BYTES), file.name)
    return tuple(_documents(tree(text, name=file.name, format=chosen), file.name))


def loads(text: str, *, format: Format | None = None) -> StandarPelayanan:  # noqa: A002  the word of users
    """Read one Standar Pelayanan from a text.

    Parameters
    ----------
    text
        YAML, TOML or JSON.
    format
        Which of them; by default that of the first line.

    Raises
    ------
    DraftError
        If it cannot be read as one.
    MissingExtraError
        If it is YAML and PyYAML is absent.

    Examples
    --------
    >>> loads('{"nama": "KTP-el", "biaya_tarif": "Gratis"}').biaya_tarif.butir[0].kind
    'free'
    """
    found = _documents(tree(text, name="text", format=format), "text")
    if len(found) > 1:
        raise DraftError(
            f"it holds {len(found)} Standar Pelayanan", "text", "Give one, or a file to load_all."
        )
    return found[0]


def dump(doc: StandarPelayanan, format: Format = "yaml") -> str:  # noqa: A002  the word of users
    """Write a Standar Pelayanan as text; `loads` gives the same back.

    Parameters
    ----------
    doc
        The document.
    format
        ``"yaml"``, ``"toml"`` or ``"json"``.

    Raises
    ------
    UnknownNameError
        If the format is none of these.
    DraftError
        If a text holds NUL or half a character, which no file of these formats can hold.
    MissingExtraError
        If its package is absent (extras ``yaml`` and ``toml``).

    Examples
    --------
    >>> doc = StandarPelayanan(nama="KTP-el", biaya_tarif="Gratis")
    >>> print(dump(doc, "json"))
    {
      "format": 1,
      "nama": "KTP-el",
      "biaya_tarif": [
        "Gratis"
      ]
    }
    >>> loads(dump(doc, "json")) == doc
    True
    """
    if format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    must_be(StandarPelayanan, doc, "doc", "a StandarPelayanan, e.g. of pelayanan.load(path)")
    refuse_hidden(doc.model_dump(), "doc")  # what would be written and never read again
    plain = {"format": FORMAT, **doc.model_dump(mode="json")}
    if format == "json":
        return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False)
    if format == "toml":
        return str(require("tomli_w", extra="toml", purpose="writing TOML").dumps(plain))
    return _as_yaml(plain)


def _as_yaml(plain: dict[str, Any]) -> str:
    yaml = require("yaml", extra="yaml", purpose="writing YAML")

    # a class made here, so that the package is not needed before something is written
    quoting = type("Quoting", (yaml.SafeDumper,), {})

    def quoted(dumper: Any, text: str) -> Any:
        # bare, YAML would read a rare line end as a blank
        style = '"' if any(end in text for end in "\r\x85\u2028\u2029") else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    quoting.add_representer(str, quoted)  # type: ignore[attr-defined]
    return str(yaml.dump(plain, Dumper=quoting, allow_unicode=True, sort_keys=False, width=100))


def _documents(found: list[Any], name: str) -> list[StandarPelayanan]:
    found = [plain for each in found for plain in plains(each, name)]
    if len(found) == 1 and isinstance(found[0], dict) and isinstance(found[0].get("documents"), list):
        found = found[0]["documents"]
    if not found:
        raise DraftError("it holds no document", name, "Write at least the name of the service (nama).")
    several = len(found) > 1
    return [
        _document(each, f"{name}, document {at}" if several else name) for at, each in enumerate(found, 1)
    ]


def _document(found: Any, name: str) -> StandarPelayanan:
    if not isinstance(found, dict):
        raise DraftError(
            f"{kind_of(found)} where a document was expected", name, "Write keys and values: nama: …"
        )
    try:
        return StandarPelayanan.model_validate(migrate(found, name))
    except ValidationError as failure:
        where, got, expected = explain(failure, StandarPelayanan)
        raise DraftError(f"{where}: {got}", name, f"Expected {expected}.") from failure
