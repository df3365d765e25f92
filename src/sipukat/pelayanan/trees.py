"""From the text of a YAML, TOML or JSON file to a tree of plain values, or to one clear error.

In YAML every plain scalar stays the text that was written: ``15.000`` is not fifteen, and
``010/2026`` is not a sum. Tags, anchors and aliases are refused: a draft needs none, and
a few hundred bytes of them unfold into gigabytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from sipukat._require import require
from sipukat._validation import must_be
from sipukat.errors import DraftError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

Format: TypeAlias = Literal["yaml", "toml", "json"]
FORMATS: Final = get_args(Format)

MOST_BYTES: Final = 4 * 1024 * 1024
_MOST_DEPTH: Final = 32
_TOML: Final = re.compile(r"(?:\[\[?[A-Za-z]|[A-Za-z0-9_\"-]{1,80}\s{0,20}=)")
_TOML_TABLE: Final = re.compile(r"(\[\[?)([^\[\]]{1,200})\]")
_TOML_KEY: Final = re.compile(r"\"?([A-Za-z0-9_-]{1,80})\"?\s{0,20}=")
_TOML_QUOTES: Final = re.compile(r"\"{3}|'{3}")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_YAML: Final = {"extra": "yaml", "purpose": "YAML"}


def format_of(text: str) -> Format:
    """Tell YAML, TOML and JSON apart by the first line that says something.

    Examples
    --------
    >>> format_of('nama: KTP-el'), format_of('nama = "KTP-el"'), format_of('{"nama": "KTP-el"}')
    ('yaml', 'toml', 'json')
    """
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        if bare.startswith(("{", "[{", "[\n")) or bare == "[":
            return "json"
        return "toml" if _TOML.match(bare) else "yaml"
    return "yaml"


def tree(text: str, *, name: str, format: Format | None = None) -> list[Any]:  # noqa: A002  the word of users
    """Read the documents in a text as plain values; `name` is the file, for errors.

    Raises
    ------
    DraftError
        If it is too large, holds what no text may hold, or is not well formed.
    MissingExtraError
        If it is YAML and PyYAML is absent.
    """
    if format is not None and format not in FORMATS:
        raise UnknownNameError("format", format, FORMATS)
    must_be(str, text, "text", "the text of a Standar Pelayanan; of a file, pelayanan.load(path)")
    if len(text) > MOST_BYTES:
        raise DraftError(
            f"the document has {len(text):,} characters", name, f"At most {MOST_BYTES:,} are read; split it."
        )
    _refuse_unprintable(text, name)
    chosen = format or format_of(text)
    try:
        found = _READ[chosen](text, name)
        for place, document in enumerate(found):
            refuse_hidden(document, f"{name}, document {place + 1}")
    except RecursionError:
        raise DraftError("it is nested too deeply", name, f"At most {_MOST_DEPTH} levels.") from None
    if not found or all(document is None for document in found):
        raise DraftError("the document is empty", name, "Write at least the name of the service (nama).")
    return found


def _refuse_unprintable(text: str, name: str) -> None:
    for bad, what in (("\0", "a NUL character"),):
        if bad in text:
            line = text[: text.index(bad)].count("\n") + 1
            raise DraftError(what, f"{name}, line {line}", "Remove it.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as failure:
        line = text[: failure.start].count("\n") + 1
        raise DraftError(
            "half a character (a lone surrogate)", f"{name}, line {line}", "Type it again."
        ) from None


def refuse_hidden(value: Any, where: str, depth: int = 0) -> None:
    """Refuse what an escape brought in: NUL, half characters; and trees that are too deep.

    Raises
    ------
    DraftError
        If a text holds one; says at which key.
    RecursionError
        If it is nested too deeply.
    """
    if depth > _MOST_DEPTH:
        raise RecursionError
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise DraftError("a NUL or half a character, written as an escape", where, "Remove it.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            refuse_hidden(str(key), where, depth)
            refuse_hidden(inner, f"{where}, {str(key)[:60]}", depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            refuse_hidden(inner, where, depth + 1)


def _read_json(text: str, name: str) -> list[Any]:
    try:
        found = json.loads(
            text, object_pairs_hook=lambda pairs: _once(pairs, name), parse_constant=_no_constant
        )
    except DraftError:
        raise
    except ValueError as failure:  # JSONDecodeError, a constant, or a number of thousands of digits
        line = getattr(failure, "lineno", None)
        where = f"{name}, line {line}" if line else name
        raise DraftError(
            f"not JSON: {getattr(failure, 'msg', failure)}", where, "Check commas and quotes."
        ) from None
    return found if isinstance(found, list) else [found]


def _once(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise DraftError(f"the key {key[:60]!r} stands twice", name, "Write it once.")
        found[key] = value
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _read_toml(text: str, name: str) -> list[Any]:
    try:
        return [tomllib.loads(text, parse_float=str)]
    except ValueError as failure:
        reason, _, where = str(failure).rpartition(" (at ")
        line = f", {where.rstrip(')').partition(',')[0]}" if where.startswith("line") else ""
        raise DraftError(
            f"not TOML: {reason or where}", f"{name}{line}", "Check quotes, and each key once."
        ) from None


def nodes(text: str, name: str) -> list[Any]:
    """Return the nodes of each YAML document, with the lines at which they stand.

    Raises
    ------
    DraftError
        If it is not YAML, or has tags, anchors or aliases.
    """
    yaml = require("yaml", **_YAML)
    try:
        _refuse_events(yaml, text, name)
        return [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}" if mark else name
        problem = str(getattr(failure, "problem", None) or failure).partition("\n")[0][:120]
        raise DraftError(f"not YAML: {problem}", where, "Check indents, colons and quotes.") from None


def _refuse_events(yaml: Any, text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = f"{name}, line {event.start_mark.line + 1}"
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise DraftError(
                "an anchor or alias (& or *)", where, "Write the text itself, or put it in quotes."
            )
        if getattr(event, "tag", None) not in {None, "!"}:
            raise DraftError(
                f"the tag {event.tag[:60]!r}", where, "A draft has no tags; put the text in quotes."
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MOST_DEPTH:
            raise DraftError("it is nested too deeply", where, f"At most {_MOST_DEPTH} levels.")


def _read_yaml(text: str, name: str) -> list[Any]:
    found = [_value(node, name) for node in nodes(text, name)]
    return found[0] if len(found) == 1 and isinstance(found[0], list) else found


def _value(node: Any, name: str) -> Any:
    if node.id == "scalar":
        return None if node.style is None and node.value in _NULLS else node.value
    if node.id == "sequence":
        return [_value(inner, name) for inner in node.value]
    pairs = []
    for key, inner in node.value:
        if key.id != "scalar":
            where = f"{name}, line {key.start_mark.line + 1}"
            raise DraftError("a key that is no text", where, "Put the key in quotes.")
        pairs.append((key.value, _value(inner, name)))
    return _once(pairs, name)


_READ: Final = {"json": _read_json, "toml": _read_toml, "yaml": _read_yaml}


def lines_of(text: str, *, format: Format | None = None) -> Iterator[tuple[str, int]]:  # noqa: A002
    r"""Yield the path and the line of everything in a document, e.g. ``("biaya_tarif[0]", 7)``.

    TOML tells where keys stand, and values that have a line of their own; JSON without PyYAML nothing.

    Examples
    --------
    >>> dict(lines_of('nama = "KTP-el"\nbiaya_tarif = "Gratis"'))
    {'nama': 1, 'biaya_tarif': 2}
    """
    if (format or format_of(text)) == "toml":
        yield from _toml_lines(text)
        return
    for node in nodes(text, "document"):
        yield from _node_lines(node, "")


def _toml_lines(text: str) -> Iterator[tuple[str, int]]:
    section = listed = quoted = ""
    tables: dict[str, int] = {}
    items = 0
    for number, line in enumerate(text.splitlines(), start=1):
        inside, quoted = bool(quoted), _still_quoted(line, quoted)
        if inside:
            continue
        if listed:
            if line.lstrip().startswith(("'", '"', "{")):
                yield f"{listed}[{items}]", number
                items += 1
            listed = "" if line.startswith("]") else listed
        elif header := _TOML_TABLE.match(line):
            section = header[2].strip()
            if header[1] == "[[":
                tables[section] = tables.get(section, -1) + 1
                section = f"{section}[{tables[section]}]"
            yield section, number
        elif key := _TOML_KEY.match(line):
            path = f"{section}.{key[1]}" if section else key[1]
            yield path, number
            listed, items = (path, 0) if line.rstrip().endswith("[") else ("", 0)


def _still_quoted(line: str, quoted: str) -> str:
    """Return the three quotes that are open behind a line, if any."""
    for mark in _TOML_QUOTES.findall(line):
        if not quoted:
            quoted = mark
        elif mark == quoted:
            quoted = ""
    return quoted


def _node_lines(node: Any, path: str) -> Iterator[tuple[str, int]]:
    if path:
        yield path, node.start_mark.line + 1
    if node.id == "sequence":
        for place, inner in enumerate(node.value):
            yield from _node_lines(inner, f"{path}[{place}]")
    elif node.id == "mapping":
        for key, inner in node.value:
            yield from _node_lines(inner, f"{path}.{key.value}" if path else str(key.value))
