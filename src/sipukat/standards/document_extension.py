"""What a local document standard adds to one of the law, and how the two become one.

It may add komponen, labels and content, publish more, and print another order. It can
take nothing away: no komponen of the law is removed, renamed, moved or hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from sipukat._model import Record
from sipukat.regulation import Regulation
from sipukat.standards.consistency import Scope, twice
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.document_texts import DocumentTexts
from sipukat.standards.komponen import Article, Komponen, Letter, Step
from sipukat.standards.labels import folded
from sipukat.standards.values import Confidence, Id, Key, MisfitError, Tanggal, Teks


class KomponenChange(Record):
    """One komponen in a file with ``extends``: a new one, or more about one of the law.

    For one of the law only `key` is needed; its letter, name, group and place stay.

    Parameters
    ----------
    key
        Its key; one that the extended standard has is that komponen.
    letter, nama, name, definisi, group, place, confidence
        As in `Komponen`; all but `definisi` are needed for a new one.
    must_publish
        Needed for a new one; for one of the law only ``true`` is accepted.
    labels, other_labels, required_content, sources
        Added to those that are known.
    definisi_confidence, content_confidence, note
        As in `Komponen`.
    """

    key: Key
    letter: Letter | None = None
    nama: Teks | None = None
    name: Teks | None = None
    definisi: Teks | None = None
    definisi_confidence: Confidence | None = None
    labels: tuple[Teks, ...] = ()
    other_labels: tuple[Teks, ...] = ()
    group: Key | None = None
    must_publish: Annotated[bool, Field(strict=True)] | None = None
    required_content: tuple[Teks, ...] = ()
    content_confidence: Confidence | None = None
    place: Teks | None = None
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    note: Teks | None = None


class DocumentExtension(Record):
    """What a local document standard adds to the one that it extends.

    Parameters
    ----------
    kind, id, title, scope, regulation, aliases, berlaku, dicabut, dates_confidence, dates_note, replaced_by
        As in `DocumentStandard`; `regulation` left out is that of the extended standard.
    extends
        Id of the standard that it adds to.
    order
        The keys of all komponen in the order in which to print them; left out, new ones come last.
    komponen
        New komponen, and more about those of the law.
    articles
        More places to cite.
    steps
        Steps that take the place of those of the extended standard.
    texts
        Texts that take the place of those of the extended standard.
    sources
        More sources.
    confidence, note
        As in `DocumentStandard`.
    """

    kind: Literal["document"]
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
    order: tuple[Key, ...] = ()
    komponen: tuple[KomponenChange, ...] = ()
    articles: tuple[Article, ...] = ()
    steps: tuple[Step, ...] = ()
    texts: DocumentTexts | None = None
    sources: Mapping[str, Teks] = Field(default_factory=dict)
    confidence: Confidence
    note: str = ""


def extend_document(base: DocumentStandard, extension: DocumentExtension) -> DocumentStandard:
    """Return the standard that `extension` makes of `base`.

    What is inherited keeps the regulation that it stands in, so that a citation of it
    names the law and not the local rule.

    Raises
    ------
    MisfitError
        If it removes, renames, moves or hides a komponen of the law, or takes a letter of it.
    """
    if again := twice(change.key for change in extension.komponen):
        raise MisfitError("komponen.key", f"{again[0]!r} stands twice", "each once")
    changes = {change.key: (place, change) for place, change in enumerate(extension.komponen)}
    regulation = base.regulation if extension.regulation else None
    komponen = {old.key: _changed(old, *changes.get(old.key, (0, None))) for old in base.komponen}
    if regulation:
        for record in komponen.values():
            record["regulation"] = record["regulation"] or regulation.model_dump()
    for key, (place, change) in changes.items():
        if key not in komponen:
            komponen[key] = _new(change, place, base)
    merged = (
        base.model_dump()
        | extension.model_dump(include=_OWN)
        | {
            "regulation": (extension.regulation or base.regulation).model_dump(),
            "groups": _kept(base.groups, regulation),
            "komponen": [komponen[key] for key in _order(extension, list(komponen), base)],
            "articles": [
                *_kept(base.articles, regulation),
                *(article.model_dump() for article in extension.articles),
            ],
            "steps": [step.model_dump() for step in extension.steps or base.steps],
            "texts": base.texts.model_dump()
            | (extension.texts.model_dump(exclude_unset=True) if extension.texts else {}),
            "sources": {**base.sources, **extension.sources},
            "extends": base.id,
        }
    )
    return DocumentStandard.model_validate(merged)


_OWN: Final = {
    "id", "title", "scope", "aliases", "berlaku", "dicabut", "dates_confidence", "dates_note",
    "replaced_by", "confidence", "note",
}  # fmt: skip
_NEEDED: Final = ("letter", "nama", "name", "group", "must_publish", "place", "confidence")
_FIXED: Final = ("letter", "nama", "name", "definisi", "group", "place", "confidence")
_ADDED: Final = ("labels", "other_labels", "required_content", "sources")


def _kept(records: tuple[Any, ...], regulation: Regulation | None) -> list[dict[str, Any]]:
    """Return inherited records as they are, with the regulation that they stand in."""
    return [
        record.model_dump()
        | ({"regulation": (record.regulation or regulation).model_dump()} if regulation else {})
        for record in records
    ]


def _changed(old: Komponen, place: int, change: KomponenChange | None) -> dict[str, Any]:
    record = old.model_dump()
    if change is None:
        return record
    for name in _FIXED:
        stated, known = getattr(change, name), getattr(old, name)
        if stated is None or stated == known:
            continue
        if name == "definisi" and not known:
            record[name] = stated
            continue
        remedy = "; put other names in `labels`" if name in {"nama", "name"} else ""
        raise MisfitError(
            f"komponen[{place}].{name}",
            f"{stated!r} for {old.key!r}",
            f"{known!r}: what the law says of its komponen stays{remedy}",
        )
    if old.must_publish and change.must_publish is False:
        raise MisfitError(
            f"komponen[{place}].must_publish",
            f"false for {old.key!r}",
            "true: what the law has published is not hidden",
        )
    for name in _ADDED:
        record[name] = tuple(dict.fromkeys((*getattr(old, name), *getattr(change, name))))
    stated = change.model_dump(include={"definisi_confidence", "content_confidence", "note"})
    record |= {name: value for name, value in stated.items() if value is not None}
    record["must_publish"] = old.must_publish or bool(change.must_publish)
    return record


def _new(change: KomponenChange, place: int, base: DocumentStandard) -> dict[str, Any]:
    for name in _NEEDED:
        if getattr(change, name) is None:
            raise MisfitError(
                f"komponen[{place}].{name}",
                f"absent for the new komponen {change.key!r}",
                f"the key {name!r}",
            )
    for old in base.komponen:
        if change.letter == old.letter:
            raise MisfitError(
                f"komponen[{place}].letter",
                f"{change.letter!r} for the new komponen {change.key!r}",
                f"a letter that is free: {old.letter!r} is {old.key}",
            )
        if claimed := {folded(name) for name in (change.nama or "", *change.labels)} & old.spellings:
            raise MisfitError(
                f"komponen[{place}].labels",
                f"{min(claimed)!r} for the new komponen {change.key!r}",
                f"labels of its own: this one names {old.key}",
            )
    return change.model_dump(exclude_none=True)


def _order(extension: DocumentExtension, keys: list[str], base: DocumentStandard) -> list[str]:
    if not extension.order:
        return keys
    if absent := [key for key in keys if key not in extension.order]:
        raise MisfitError(
            "order", f"{', '.join(absent)} missing", f"every komponen once; none of {base.id} is left out"
        )
    if odd := twice(extension.order) or [key for key in extension.order if key not in keys]:
        raise MisfitError("order", f"{', '.join(odd)} twice or unknown", "every komponen once")
    return list(extension.order)
