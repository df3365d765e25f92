"""A Standar Pelayanan among linked data: each komponen a term of a vocabulary of our own.

No public vocabulary has all fourteen komponen, so the whole document stands once more in
ours, ``urn:sipukat:ns:1:``, beside what the public ones can say. Lists keep their order,
names of variants are values and never terms, and nothing is lost on the way back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import DraftError
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE: Final = "urn:sipukat:ns:1:"
TYPE: Final = "StandarPelayanan"
_PRIVATE: Final = frozenset({"catatan"})
_FIELDS: Final = frozenset(StandarPelayanan.model_fields) | {"format"}
# `unit` is an office everywhere else
_RENAMED: Final = {"unit": "satuan_waktu"}
_NAMED_BACK: Final = {new: old for old, new in _RENAMED.items()}


def node(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored document as a node of the graph; remarks of its drafters stay out.

    Parameters
    ----------
    plain
        What ``pelayanan.dump(doc, "json")`` holds.

    Examples
    --------
    >>> node({"format": 1, "nama": "KTP-el", "biaya_tarif": ["Gratis"]})
    {'@type': 'StandarPelayanan', 'format': 1, 'nama': 'KTP-el', 'biaya_tarif': {'butir': ['Gratis']}}
    """
    found: dict[str, Any] = {"@type": TYPE}
    for key, value in plain.items():
        if key in KOMPONEN:
            found[key] = _content(value)
        elif key == "tambahan":
            found[key] = [{"kunci": name, **_content(inner)} for name, inner in value.items()]
        elif key not in _PRIVATE:
            found[key] = value
    return found


def _content(value: Any) -> dict[str, Any]:
    """Return the lines of a komponen; a mapping without ``butir`` is of variants."""
    if isinstance(value, list):
        return {"butir": _lines(value)}
    full = value if "butir" in value else {"butir": [], "varian": value}
    found: dict[str, Any] = {"butir": _lines(full["butir"])}
    if full.get("varian"):
        found["varian"] = [{"nama": name, "butir": _lines(lines)} for name, lines in full["varian"].items()]
    if full.get("penanggung_jawab"):
        found["penanggung_jawab"] = dict(full["penanggung_jawab"])
    return found


def _lines(lines: list[Any]) -> list[Any]:
    return [_line(line) for line in lines]


def _line(value: Any) -> Any:
    if isinstance(value, list):  # a fee as a pair: label and text
        return {"label": value[0], "text": value[1]}
    return _record(value) if isinstance(value, dict) else value


def _record(value: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if isinstance(inner, list):
            found[_RENAMED.get(key, key)] = _lines(inner)
        elif inner is not None:
            found[_RENAMED.get(key, key)] = _line(inner)
    return found


def plains(found: Any, name: str) -> list[Any]:
    """Return the stored documents of a graph; a tree that is no graph comes back alone.

    Parameters
    ----------
    found
        A tree of plain values, read from JSON.
    name
        The file, for errors.

    Raises
    ------
    DraftError
        If it is linked data in other terms than ours, or without a Standar Pelayanan.
    """
    if not isinstance(found, dict) or not {"@context", "@graph"} & set(found):
        return [found]
    context = found.get("@context")
    if not isinstance(context, dict) or context.get("@vocab") != NAMESPACE:
        raise DraftError(
            "linked data in other terms",
            name,
            f"Give what sipukat wrote, whose context has the vocabulary {NAMESPACE}.",
        )
    graph = found.get("@graph", [found])
    nodes = [each for each in graph if _is_ours(each)] if isinstance(graph, list) else []
    if not nodes:
        raise DraftError(f"no node of the type {TYPE}", name, "Give the linked data of a Standar Pelayanan.")
    try:
        return [_plain(each) for each in nodes]
    except (KeyError, TypeError, AttributeError) as failure:
        raise DraftError(
            f"a node of the type {TYPE} of another shape ({failure})", name, "Give what sipukat wrote."
        ) from None


def _is_ours(each: Any) -> bool:
    types = each.get("@type") if isinstance(each, dict) else None
    return TYPE in types if isinstance(types, list) else types == TYPE


def _plain(each: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in each.items():
        if key in KOMPONEN:
            found[key] = _content_back(value)
        elif key == "tambahan":
            found[key] = {inner["kunci"]: _content_back(inner) for inner in value}
        elif key in _FIELDS:
            found[key] = value
    return found


def _content_back(value: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"butir": [_line_back(line) for line in value["butir"]]}
    if "varian" in value:
        found["varian"] = {
            each["nama"]: [_line_back(line) for line in each["butir"]] for each in value["varian"]
        }
    if "penanggung_jawab" in value:
        found["penanggung_jawab"] = value["penanggung_jawab"]
    return found


def _line_back(value: Any) -> Any:
    if isinstance(value, list):
        return [_line_back(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    own = {key: inner for key, inner in value.items() if not key.startswith("@")}
    return {_NAMED_BACK.get(key, key): _line_back(inner) for key, inner in own.items()}
