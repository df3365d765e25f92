"""What a local standard adds to one of the law, and how the two become one.

It may add unsur, wordings, profiles and texts. It can take nothing away: no unsur of
the law is removed, recoded, or given other answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from sipukat._model import Record
from sipukat.regulation import Regulation
from sipukat.standards.consistency import Scope
from sipukat.standards.model import SurveyStandard
from sipukat.standards.parts import Option, Order, Profile, Unsur, Weighting
from sipukat.standards.texts import Texts
from sipukat.standards.values import Code, Confidence, Id, Key, MisfitError, Pecahan, Tanggal, Teks


class UnsurChange(Record):
    """One unsur in a file with ``extends``: a new one, or words for one of the law.

    For one of the law only `key` is needed; its code and options cannot be changed.

    Parameters
    ----------
    key
        Its key; one that the extended standard has is that unsur.
    code
        Its code; needed for a new one.
    nama, name, definisi, pertanyaan, note
        As in `Unsur`; what is left out stays as it is.
    options
        The answers of a new unsur.
    answers, aliases
        More wordings of answers and headings, beside those that are known.
    weight
        Stated for all unsur or for none.
    place, confidence, sources
        As in `Unsur`; the first two are needed for a new one.
    """

    key: Key
    code: Code | None = None
    nama: Teks | None = None
    name: Teks | None = None
    definisi: Teks | None = None
    pertanyaan: Teks | None = None
    options: tuple[Option, ...] | None = None
    answers: tuple[Option, ...] = ()
    weight: Pecahan | None = None
    aliases: tuple[Teks, ...] = ()
    place: Teks | None = None
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    note: Teks | None = None


class SurveyExtension(Record):
    """What a local survey standard adds to the one that it extends.

    Parameters
    ----------
    kind, id, title, scope, regulation, aliases, berlaku, dicabut, dates_confidence, dates_note, replaced_by
        As in `SurveyStandard`; `regulation` left out is that of the extended standard.
    extends
        Id of the standard that it adds to.
    unsur
        New unsur, and words for those of the law.
    weighting
        Where the weights come from, if they are stated here.
    profiles, orders
        More profiles and named orders.
    texts
        Texts that take the place of those of the extended standard.
    sources
        More sources.
    confidence, note
        As in `SurveyStandard`.
    """

    kind: Literal["survey"]
    id: Id
    title: Teks
    extends: Id
    scope: Scope = "local"
    regulation: Regulation | None = None
    aliases: tuple[Teks, ...] = ()
    berlaku: Tanggal | None = None
    dicabut: Tanggal | None = None
    dates_confidence: Confidence | None = None
    dates_note: str = ""
    replaced_by: Id | None = None
    unsur: tuple[UnsurChange, ...] = ()
    weighting: Weighting | None = None
    profiles: tuple[Profile, ...] = ()
    orders: tuple[Order, ...] = ()
    texts: Texts | None = None
    sources: Mapping[str, Teks] = Field(default_factory=dict)
    confidence: Confidence
    note: str = ""


def extend(base: SurveyStandard, extension: SurveyExtension) -> SurveyStandard:
    """Return the standard that `extension` makes of `base`.

    With more unsur, equal weights become 1/x, and inherited profiles with one fixed
    weight are left out, as their weights no longer sum to 1.

    Raises
    ------
    MisfitError
        If it recodes an unsur of the law, gives it other answers, or states the weights
        of only some.
    """
    unsur = [_changed(old, extension) for old in base.unsur]
    known = set(base.unsur_keys)
    added = [(n, change) for n, change in enumerate(extension.unsur) if change.key not in known]
    unsur += [_new(change, n) for n, change in added]
    weights = _weights(base, extension, [u["key"] for u in unsur])
    kept = [p for p in base.profiles if p.weight is None or not added]
    own = extension.model_dump(include=_OWN)
    merged = (
        base.model_dump()
        | own
        | {
            "regulation": (extension.regulation or base.regulation).model_dump(),
            "unsur": [{**u, "weight": weights[u["key"]]} for u in unsur],
            "weighting": (extension.weighting or base.weighting).model_dump(),
            "profiles": [p.model_dump() for p in (*kept, *extension.profiles)],
            "orders": [
                *(_longer(order, added) for order in base.orders),
                *(o.model_dump() for o in extension.orders),
            ],
            "texts": _texts(base.texts, extension.texts),
            "sources": {**base.sources, **extension.sources},
            "extends": base.id,
        }
    )
    return SurveyStandard.model_validate(merged)


_OWN = {
    "id", "title", "scope", "aliases", "berlaku", "dicabut", "dates_confidence", "dates_note",
    "replaced_by", "confidence", "note",
}  # fmt: skip


def _changed(old: Unsur, extension: SurveyExtension) -> dict[str, Any]:
    record = old.model_dump()
    for n, change in enumerate(extension.unsur):
        if change.key != old.key:
            continue
        if change.code not in {None, old.code}:
            raise MisfitError(
                f"unsur[{n}].code", f"{change.code!r} for {old.key!r}", f"{old.code!r}: the law's code stays"
            )
        if change.options not in {None, old.options}:
            raise MisfitError(
                f"unsur[{n}].options",
                f"other answers for {old.key!r}",
                "the law's; put other wordings in `answers`",
            )
        stated = change.model_dump(
            exclude_none=True, exclude={"key", "code", "options", "weight", "place", "confidence"}
        )
        record |= stated | {
            "aliases": tuple(dict.fromkeys((*old.aliases, *change.aliases))),
            "answers": tuple(dict.fromkeys((*old.answers, *change.answers))),
            "sources": tuple(dict.fromkeys((*old.sources, *change.sources))),
        }
    return record


def _new(change: UnsurChange, n: int) -> dict[str, Any]:
    for name in ("code", "nama", "name", "place", "confidence"):
        if getattr(change, name) is None:
            raise MisfitError(
                f"unsur[{n}].{name}", f"absent for the new unsur {change.key!r}", f"the key {name!r}"
            )
    return change.model_dump(exclude_none=True, exclude={"weight"})


def _weights(base: SurveyStandard, extension: SurveyExtension, keys: list[str]) -> Mapping[str, Fraction]:
    stated = {change.key: change.weight for change in extension.unsur if change.weight is not None}
    if not stated:
        more = len(keys) > len(base.unsur)
        return {key: Fraction(1, len(keys)) for key in keys} if more else base.weights
    if absent := [key for key in keys if key not in stated]:
        raise MisfitError(
            "unsur.weight",
            f"weights of {', '.join(stated)} but not of {', '.join(absent)}",
            "weights of all unsur or of none",
        )
    return stated


def _longer(order: Order, added: list[tuple[int, UnsurChange]]) -> dict[str, Any]:
    return order.model_dump() | {"keys": (*order.keys, *(change.key for _, change in added))}


def _texts(base: Texts, own: Texts | None) -> dict[str, Any]:
    stated = own.model_dump(exclude_unset=True) if own else {}
    return base.model_dump() | stated
