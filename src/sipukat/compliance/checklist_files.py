"""Checklists in files: YAML and TOML with the questions as comments, JSON, and a workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._validation import must_be
from sipukat._writing import replace_file
from sipukat.compliance.checklist import CELLS, FORMAT, Checklist, Line, Question, answered
from sipukat.compliance.checklist_xlsx import day_of, from_workbook, to_workbook
from sipukat.errors import ArgumentError, DraftError, UnknownNameError
from sipukat.pelayanan.trees import MOST_BYTES, Format, lines_of, tree
from sipukat.readers.base import content, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

_SUFFIXES: Final[dict[str, Format]] = {".yaml": "yaml", ".yml": "yaml", ".toml": "toml", ".json": "json"}
_BOOKS: Final = frozenset({".xlsx", ".xlsm"})
_HEAD: Final = ("format", "standard", "unit", "product", "on", "isian")
_GUIDE: Final = (
    'Isi "nilai"; kosongkan bila belum diketahui: kosong bukan nol.',
    "sumber: dokumen yang menunjukkannya; tempat: halaman, pasal, atau tautannya.",
    "keyakinan: A dua sumber yang terpisah, B satu sumber, C ingatan atau simpulan.",
)


def text_of_checklist(form: Checklist, format: Format = "yaml") -> str:  # noqa: A002  the word of users
    """Write a checklist as text, each question in a comment above its answer (not in JSON).

    Parameters
    ----------
    form
        The checklist.
    format
        ``"yaml"``, ``"toml"`` or ``"json"``.

    Raises
    ------
    UnknownNameError
        If the format is none of these.

    Examples
    --------
    >>> from sipukat.compliance.checklist import checklist
    >>> print(text_of_checklist(checklist("ombudsman-2021")))
    # Penilaian Kepatuhan terhadap Standar Pelayanan Publik (Ombudsman RI, sampai 2021)
    # Isi "nilai"; kosongkan bila belum diketahui: kosong bukan nol.
    # sumber: dokumen yang menunjukkannya; tempat: halaman, pasal, atau tautannya.
    # keyakinan: A dua sumber yang terpisah, B satu sumber, C ingatan atau simpulan.
    format: "urn:sipukat:checklist:1"
    standard: "ombudsman-2021"
    unit: ""
    product: ""
    on: ""
    isian:
      # Nilai (angka 0 sampai 100)
      "nilai":
        nilai: ""
        sumber: ""
        tempat: ""
        catatan: ""
        keyakinan: ""
    """
    must_be(Checklist, form, "form", "a Checklist, e.g. of sipukat.compliance.checklist(standard)")
    if format == "json":
        plain = {**_head(form), "isian": {q.key: _cells(q) for q in form.questions}}
        return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"
    if format not in _LINES:
        raise UnknownNameError("format", format, (*_LINES, "json"))
    comments = [f"# {_one_line(words)}" for words in (form.standard.title, *_GUIDE)]
    return "\n".join([*comments, *_LINES[format](form)]) + "\n"


def _yaml(form: Checklist) -> Iterator[str]:
    for key, value in _head(form).items():
        yield f"{key}: {_quoted(value)}"
    yield "isian:"
    for question in form.questions:
        yield f"  # {_asked(question)}"
        yield f"  {_quoted(question.key)}:"
        yield from (f"    {cell}: {_quoted(words)}" for cell, words in _cells(question).items())


def _toml(form: Checklist) -> Iterator[str]:
    for key, value in _head(form).items():
        yield f"{key} = {_quoted(value)}"
    for question in form.questions:
        yield ""
        yield f"# {_asked(question)}"
        yield f"[isian.{_quoted(question.key)}]"
        yield from (f"{cell} = {_quoted(words)}" for cell, words in _cells(question).items())


_LINES: Final = {"yaml": _yaml, "toml": _toml}


def _head(form: Checklist) -> dict[str, str]:
    day = form.on.isoformat() if form.on else ""
    values = (FORMAT, form.standard.id, form.unit, form.product, day)
    return dict(zip(_HEAD, values, strict=False))


def _cells(question: Question) -> dict[str, str]:
    item = question.item
    told = (item.source, item.place, item.note, item.confidence) if item else ("", "", "", "")
    return dict(zip(CELLS, (question.answer, *told), strict=True))


def _asked(question: Question) -> str:
    above = f"{question.dimensi} > " if question.dimensi else ""
    return _one_line(f"{above}{question.nama} ({question.range})")


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _quoted(words: str) -> str:
    """Quote a text so that YAML and TOML read the same: what does not print is escaped."""
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(words, ensure_ascii=False))


def _escaped(character: str) -> str:
    code = f"{ord(character):08x}"
    return f"\\U{code}" if code[:4] != "0000" else f"\\u{code[4:]}"


def write_checklist(form: Checklist, path: str | PathLike[str]) -> Path:
    """Write a checklist to a file, by its suffix: ``.yaml``, ``.toml``, ``.json`` or ``.xlsx``.

    Parameters
    ----------
    form
        The checklist.
    path
        Where to; a file that stands there is replaced in one step, or left whole.

    Raises
    ------
    UnknownNameError
        If the suffix is none of these.
    MissingExtraError
        If it is a workbook and XlsxWriter is absent.
    PublishError
        If it cannot be written.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        replace_file(file, to_workbook(form))
    elif suffix in _SUFFIXES:
        replace_file(file, text_of_checklist(form, _SUFFIXES[suffix]).encode())
    else:
        raise UnknownNameError("suffix of a checklist", suffix, (*_SUFFIXES, ".xlsx"))
    return file


def read_checklist(path: str | PathLike[str]) -> Checklist:
    """Read a checklist that was filled in.

    Parameters
    ----------
    path
        A file that `write_checklist` wrote, or one like it.

    Raises
    ------
    ArgumentError
        If a key, a value or the head is wrong; names sheet and cell, or line, of each.
    UnknownNameError
        If its suffix or its scheme is not known.
    UnreadableFileError
        If the file is damaged or hostile.

    Examples
    --------
    >>> import tempfile
    >>> from sipukat.compliance.checklist import checklist
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     form = checklist("ombudsman-2022", unit="Dinas Contoh")
    ...     read_checklist(write_checklist(form, Path(folder, "isian.toml"))) == form
    True
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix in _BOOKS:
        head, lines = from_workbook(file)
    elif suffix in _SUFFIXES:
        text = text_of(content(file, most=MOST_BYTES), file.name)
        head, lines = _from_text(text, file.name, _SUFFIXES[suffix])
    else:
        raise UnknownNameError("suffix of a checklist", suffix, (*_SUFFIXES, *_BOOKS))
    scheme = head.pop("standard")
    if not scheme:
        raise ArgumentError(f"{file.name}: it does not say its scheme; write e.g. standard: ombudsman-2022")
    return answered(standards.compliance(scheme), lines, **head)


def _from_text(text: str, name: str, format: Format) -> tuple[dict[str, Any], list[Line]]:  # noqa: A002
    try:
        found = tree(text, name=name, format=format)
    except DraftError as failure:
        raise ArgumentError(
            f"{failure.where or name}: {failure.problem}; a checklist has keys and values"
        ) from None
    if len(found) != 1 or not isinstance(found[0], dict):
        raise ArgumentError(f"{name}: a checklist is one document of keys and values: standard, unit, isian")
    document = found[0]
    at = {} if format == "json" else dict(_placed(text, format))
    for key in document:
        if key not in _HEAD:
            raise ArgumentError(f"{_where(name, at, key)}: unknown key {key!r}; known: {', '.join(_HEAD)}")
    if document.get("format", FORMAT) != FORMAT:
        raise ArgumentError(f"{name}: format {document['format']!r}; this library reads {FORMAT!r}")
    head = {key: str(document.get(key) or "") for key in ("standard", "unit", "product")}
    head_on = {"on": day_of(document.get("on"), _where(name, at, "on"))}
    answers = document.get("isian") or {}
    if not isinstance(answers, dict):
        raise ArgumentError(f"{_where(name, at, 'isian')}: isian is no mapping of keys to answers")
    return {**head, **head_on}, [_line(key, cells, name, at) for key, cells in answers.items()]


def _placed(text: str, format: Format) -> Iterator[tuple[str, int]]:  # noqa: A002
    for path, line in lines_of(text, format=format):
        yield path.replace('"', ""), line


def _where(name: str, at: Mapping[str, int], path: str) -> str:
    return f"{name}, line {at[path]}" if path in at else f"{name}, {path}"


def _line(key: str, cells: Any, name: str, at: Mapping[str, int]) -> Line:
    path = f"isian.{key}"
    if cells is None:
        cells = {}
    if not isinstance(cells, dict):
        cells = {"nilai": cells}  # the short form: key and value
    for cell in cells:
        if cell not in CELLS:
            where = _where(name, at, f"{path}.{cell}")
            raise ArgumentError(f"{where} ({key}): unknown key {cell!r}; known: {', '.join(CELLS)}")
    places = {cell: _where(name, at, f"{path}.{cell}") for cell in cells if f"{path}.{cell}" in at}
    return Line(key=key, cells=cells, where=_where(name, at, path), places=places)
