"""Documents as older versions stored them, brought to today's format.

A document says its format (``format: 1``). One that says nothing is of today, or, where
its komponen stand under ``components``, of the surveys of standards made before there
was a library (format 0).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat.errors import DraftError
from sipukat.pelayanan.model import KOMPONEN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT: Final = 1
"""The format that is written."""

_NAMED: Final = {"title": "nama", "unit": "unit", "region": "wilayah"}


def migrate(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a document in today's format, without its ``format``.

    Raises
    ------
    DraftError
        If its format is not known: a newer library wrote it.

    Examples
    --------
    >>> migrate({"title": "KTP-el", "components": {"biaya_tarif": ["Gratis"]}, "sector": "disdukcapil"}, "a")
    {'nama': 'KTP-el', 'catatan': 'sector: disdukcapil', 'biaya_tarif': ['Gratis']}
    """
    tree = dict(found)
    stated = tree.pop("format", None)
    version = (0 if "components" in tree else FORMAT) if stated is None else stated
    if str(version) not in map(str, (*_STEPS, FORMAT)):
        raise DraftError(
            f"format {version!r} is not known", name, f"This version reads formats 0 to {FORMAT}."
        )
    for step in range(int(version), FORMAT):
        tree = _STEPS[step](tree, name)
    return tree


def _from_0(tree: dict[str, Any], name: str) -> dict[str, Any]:
    """Komponen under ``components``, English keys, and remarks as fields of their own."""
    rest = {key: value for key, value in tree.items() if key not in {*_NAMED, "components"}}
    komponen = tree.get("components")
    if komponen is None:
        raise DraftError(
            "a document of format 0 has no components", name, f"Leave format out, or write {FORMAT}."
        )
    odd = sorted(set(komponen) - set(KOMPONEN)) if isinstance(komponen, dict) else [type(komponen).__name__]
    if odd:
        raise DraftError(f"components: {', '.join(odd)}", name, f"Its keys are {', '.join(KOMPONEN)}.")
    return {
        **{new: tree[old] for old, new in _NAMED.items() if tree.get(old)},
        **({"catatan": "\n".join(f"{key}: {_worded(value)}" for key, value in rest.items())} if rest else {}),
        **{key: _content(value) for key, value in komponen.items() if value is not None},
    }


def _worded(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _content(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"variants"}:
        return value["variants"]
    if isinstance(value, dict) and "table" in value and set(value) <= {"notes", "table"}:
        rows = [{"label": row[0], "text": row[1]} for row in value["table"]]
        return [*value.get("notes", ()), *rows]
    return value


_STEPS: Final[dict[int, Callable[[dict[str, Any], str], dict[str, Any]]]] = {0: _from_0}
