"""Fees: what a draft writes in the row biaya/tarif, and what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, GetJsonSchemaHandler, model_serializer, model_validator

from sipukat._model import Record
from sipukat._text import plain
from sipukat._validation import must_be
from sipukat.pelayanan.numerals import parse_terbilang
from sipukat.pelayanan.tarif import LIMIT, Sum, is_formula, is_range, sums
from sipukat.regulation import Citation

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Rupiah: TypeAlias = Annotated[int, Field(ge=0, le=10**15, strict=True)]
"""A whole number of rupiah."""

Kind: TypeAlias = Literal["free", "fixed", "range", "several", "formula", "by_reference", "missing", "text"]
"""What a fee is: `text` was not understood."""

_REFERS: Final = re.compile(
    r"\b(?:sesuai|berdasarkan|mengacu|menurut|ditetapkan|diatur|mengikuti|merujuk)\b[^;\n]{0,80}?"
    r"\b(?:perda|perbup|perwal|perwali|pergub|peraturan|pnbp|tarif|ketentuan|undang|retribusi|hak|haknya|sk|keputusan)\b"
)
_NAMED_ONLY: Final = re.compile(r"(?:tarif )?(?:perda|perbup|perwali?|pergub|pnbp|retribusi)")
_PERCENTAGE: Final = re.compile(r"\d ?% ?(?:x|×|\*|dari|dikali)")
_FILE_NAMES: Final = (".pdf", ".doc", ".docx", ".jpg", ".jpeg", ".png", ".xls", ".xlsx")
_JOINTS: Final = 2  # blanks written as "_" from which on a word is the name of a file
_NO_LABEL: Final = frozenset(
    {"biaya", "tarif", "sebesar", "rp", "biaya sebesar", "tarif sebesar", "biaya/tarif", "retribusi"}
)
_NOTHING: Final = frozenset({"tidak ada", "nol", "tidak berbayar"})
_BLANK: Final = frozenset({"", "rp", "idr"})  # "Rp -" is the form before somebody filled it in
_EDGES: Final = " \t\r\n,;:.()-–—•·="
_JOINERS: Final = ("dan ", "serta ", "atau ")


class Biaya(Record):
    """A fee.

    A text stands for the whole record, and so does a pair of a label and a text
    (a row of a table of fees); it is written back so where nothing else is stated.

    Parameters
    ----------
    text
        The words as they stand in the draft.
    kind
        What it is; a text that was not understood is ``"text"``.
    amount
        In whole rupiah; 0 where it is free.
    base
        Of a formula, the amount that is multiplied, in rupiah.
    min, max
        Of a range, its ends in rupiah.
    satuan
        The unit that is charged for, e.g. ``"lembar"``.
    specific
        Of a reference, whether a regulation is named with its number.
    vague
        Whether nobody could tell from the words what is to be paid.
    malformed
        Whether it is debris, e.g. the name of a file.
    mismatch
        Whether the figure and its words in parentheses differ.
    label
        What the fee is for.
    has_rp
        Whether the currency is written.
    parts
        The fees, where the text holds several.

    Examples
    --------
    >>> biaya = Biaya.parse("Rp. 1.500.000,-/unit")
    >>> biaya.kind, biaya.amount, biaya.satuan, str(biaya)
    ('fixed', 1500000, 'unit', 'Rp1.500.000,00/unit')
    >>> Biaya.parse("Rp. 0,- (GRATIS)").kind
    'free'
    """

    text: str = ""
    kind: Kind
    amount: Rupiah | None = None
    base: Rupiah | None = None
    min: Rupiah | None = None
    max: Rupiah | None = None
    satuan: str | None = None
    specific: bool | None = None
    vague: bool = False
    malformed: bool = False
    mismatch: bool = False
    label: str | None = None
    has_rp: bool = False
    parts: tuple[Biaya, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Biaya:
        """Read a fee; what is not understood stays text, and so does what is very long.

        Examples
        --------
        >>> [part.amount for part in Biaya.parse("KTP hilang Rp 50.000; KTP rusak Rp 25.000").parts]
        [50000, 25000]
        """
        must_be(str, text, "text", "the words of the document")
        return _parsed(text)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The regulations that it names."""
        return tuple(found.citation for found in Citation.find(self.text[:LIMIT]))

    @property
    def understood(self) -> bool:
        """Whether it says what is to be paid, or that nothing is."""
        if self.kind == "several":
            return all(part.understood for part in self.parts)
        return self.kind in {"free", "fixed", "range", "formula"}

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _fields(value)
        if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, str) for v in value):  # noqa: PLR2004
            return _fields(value[1]) | {"label": value[0]}
        if isinstance(value, Mapping) and "kind" not in value:
            return _completed(dict(value))
        return value

    @model_serializer(mode="wrap")
    def _shortest(self, write: Any) -> Any:
        if Biaya.parse(self.text) == self:
            return self.text
        if self.label is not None and Biaya.model_validate({"label": self.label, "text": self.text}) == self:
            return {"label": self.label, "text": self.text}
        default = {key: field.default for key, field in type(self).model_fields.items()}
        return {key: part for key, part in write(self).items() if getattr(self, key) != default[key]}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema: a text, a pair, or an object whose amounts are whole numbers."""
        own = handler(core)
        described = handler.resolve_ref_schema(own)
        described["required"] = []
        described["minProperties"] = 1
        pair = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}
        return {"anyOf": [{"type": "string"}, pair, own]}

    def __str__(self) -> str:
        written = _canonical(self)
        # only what reads back as the same is printed; else the words that were there
        return written if _meaning(Biaya.parse(written)) == _meaning(self) else _labelled(self)


def _meaning(biaya: Biaya) -> tuple[Any, ...]:
    parts = tuple(_meaning(part) for part in biaya.parts)
    return (biaya.kind, biaya.amount, biaya.min, biaya.max, biaya.satuan, biaya.label, biaya.mismatch, parts)


def _canonical(biaya: Biaya) -> str:
    if biaya.mismatch:
        return _labelled(biaya)
    head = f"{biaya.label}: " if biaya.label else ""
    unit = f"/{biaya.satuan}" if biaya.satuan else ""
    if biaya.kind == "free":
        return f"{head}Gratis (tidak dipungut biaya)"
    if biaya.kind == "fixed" and biaya.amount is not None:
        return f"{head}{_rupiah(biaya.amount)}{unit}"
    if biaya.kind == "range" and biaya.min is not None and biaya.max is not None:
        return f"{head}{_rupiah(biaya.min)} s.d. {_rupiah(biaya.max)}{unit}"
    if biaya.kind == "several":
        return "; ".join(map(_canonical, biaya.parts))
    return _labelled(biaya)


def _labelled(biaya: Biaya) -> str:
    """Return the words that were there, under their label where they do not say it."""
    return f"{biaya.label}: {biaya.text}" if biaya.label and biaya.label not in biaya.text else biaya.text


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".") + ",00"


def _completed(stated: dict[str, Any]) -> dict[str, Any]:
    """Fill in what an object leaves out: from its text, or the text from its amount."""
    if isinstance(text := stated.get("text"), str):
        return _fields(text) | stated
    if stated.get("amount") is not None:
        amount = stated["amount"]
        known = isinstance(amount, int)
        kind = "free" if amount == 0 else "fixed"
        return {"kind": kind, "text": _rupiah(amount) if known else "", "has_rp": True} | stated
    if stated.get("min") is not None and stated.get("max") is not None:
        return {"kind": "range"} | stated
    if stated.get("parts"):
        return {"kind": "several"} | stated
    return {"kind": "text" if stated.keys() - {"label"} else "missing"} | stated


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Biaya:
    return Biaya.model_validate(_fields(text))


def _fields(text: str) -> dict[str, Any]:
    """Return the fields of the fee that a text says."""
    found: dict[str, Any] = {"text": text}
    if not any(c.isalnum() for c in text[:LIMIT]) and len(text) <= LIMIT:
        return found | {"kind": "missing"}
    if len(text) > LIMIT:
        return found | {"kind": "text"}
    if _is_file_name(text.strip().casefold()):
        return found | {"kind": "by_reference", "malformed": True}
    amounts = sums(text)
    if amounts:
        return found | (_priced(text, amounts))
    return found | _unpriced(text)


def _is_file_name(word: str) -> bool:
    return len(word.split()) == 1 and (word.count("_") >= _JOINTS or word.endswith(_FILE_NAMES))


def _unpriced(text: str) -> dict[str, Any]:
    words = plain(text)
    bare = words.strip(_EDGES).removeprefix("biaya").removeprefix("/tarif").strip(_EDGES)
    if bare in _NOTHING:
        return {"kind": "free", "amount": 0}
    if bare in _BLANK:
        return {"kind": "missing"}
    if _PERCENTAGE.search(words):
        return {"kind": "formula"}
    named = bool(Citation.find(text))
    if named or _REFERS.search(words) or _NAMED_ONLY.match(words):
        return {"kind": "by_reference", "specific": named, "vague": not named}
    return {"kind": "text"}


def _priced(text: str, amounts: tuple[Sum, ...]) -> dict[str, Any]:
    first, positive = amounts[0], [each for each in amounts if each.rupiah != 0]
    if any(each.rupiah is None for each in amounts):
        return {"kind": "text", "has_rp": any(each.has_rp for each in amounts)}
    shared = {"has_rp": any(each.has_rp for each in amounts), "mismatch": any(map(_differs, amounts))}
    if formulas := [each for each in amounts if is_formula(text, each)]:
        return shared | {"kind": "formula", "base": formulas[0].rupiah}
    label = _label(text[: first.start])
    if not positive:
        return shared | {"kind": "free", "amount": 0, "label": label}
    if len(amounts) == 1:
        return shared | {"kind": "fixed", "amount": first.rupiah, "satuan": first.per, "label": label}
    if len(amounts) == 2 and is_range(text, *amounts):  # noqa: PLR2004
        low, high = sorted(each.rupiah or 0 for each in amounts)
        return shared | {"kind": "range", "min": low, "max": high, "satuan": amounts[1].per, "label": label}
    cuts = [0, *(each.end for each in amounts[:-1]), len(text)]
    pieces = [text[a:b].strip(" \t\r\n,;•·") for a, b in pairwise(cuts)]
    return shared | {"kind": "several", "parts": tuple(Biaya.parse(piece) for piece in pieces)}


def _differs(each: Sum) -> bool:
    words = plain(each.words).removesuffix("rupiah").strip()
    said = parse_terbilang(words) if words else None
    return said is not None and said != each.rupiah


def _label(head: str) -> str | None:
    """Return what a fee is for: the words before the amount."""
    words = " ".join(head.strip(_EDGES).split())
    if words.casefold().startswith(("rp.", "rp ", "rp0", "idr")):  # an amount of nothing, said twice
        return None
    for joiner in _JOINERS:
        words = words.removeprefix(joiner)
    return words if any(c.isalpha() for c in words) and plain(words) not in _NO_LABEL else None
