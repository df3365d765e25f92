"""What changed from one standard to another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sipukat._model import Record
from sipukat._validation import must_be
from sipukat.errors import ArgumentError
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.document_model import DocumentStandard
from sipukat.standards.labels import folded
from sipukat.standards.model import SurveyStandard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sipukat._text import Lang
    from sipukat.standards.loader import Standard

Aspect: TypeAlias = Literal[
    "added", "removed", "order", "letter", "code", "nama", "group", "must_publish", "labels_added",
    "labels_removed", "content_added", "content_removed", "weight", "place", "bands",
    "zones",
]  # fmt: skip
"""What of a member of a standard differs."""

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "added": (
        "{member} {key} ditambahkan: {new}.",
        "{member} {key} was added: {new}.",
    ),
    "removed": (
        "{member} {key} tidak ada lagi: {old}.",
        "{member} {key} is gone: {old}.",
    ),
    "order": (
        "Urutan {member} berubah menjadi: {new}.",
        "The order of the {member} is now: {new}.",
    ),
    "letter": (
        "Huruf {key} berubah dari {old} menjadi {new}.",
        "The letter of {key} changed from {old} to {new}.",
    ),
    "code": (
        "Kode {key} berubah dari {old} menjadi {new}.",
        "The code of {key} changed from {old} to {new}.",
    ),
    "nama": (
        'Nama {key} berubah dari "{old}" menjadi "{new}".',
        'The name of {key} changed from "{old}" to "{new}".',
    ),
    "group": (
        "{key} pindah dari kelompok {old} ke {new}.",
        "{key} moved from group {old} to {new}.",
    ),
    "labels_added": (
        "Sebutan lain {key} bertambah: {new}.",
        "New labels of {key}: {new}.",
    ),
    "labels_removed": (
        "Sebutan lain {key} berkurang: {old}.",
        "Labels of {key} that are gone: {old}.",
    ),
    "content_added": (
        "Isi yang diminta dari {key} bertambah: {new}",
        "More is asked of {key}: {new}",
    ),
    "content_removed": (
        "Isi yang diminta dari {key} berkurang: {old}",
        "Less is asked of {key}: {old}",
    ),
    "weight": (
        "Bobot {key} berubah dari {old} menjadi {new}.",
        "The weight of {key} changed from {old} to {new}.",
    ),
    "place": (
        "Tempat {key} berubah dari {old} menjadi {new}.",
        "The place of {key} changed from {old} to {new}.",
    ),
    "bands": (
        "Batas bawah mutu berubah dari {old} menjadi {new}.",
        "The lower bounds of mutu changed from {old} to {new}.",
    ),
    "zones": (
        "Batas bawah golongan dan zona berubah dari {old} menjadi {new}.",
        "The lower bounds of the bands and their zones changed from {old} to {new}.",
    ),
}
_PUBLISHED: Final[dict[str, tuple[str, str]]] = {
    "true": ("{key} kini wajib dipublikasikan.", "{key} must now be published."),
    "false": ("{key} tidak lagi wajib dipublikasikan.", "{key} need no longer be published."),
}


class Difference(Record):
    """One difference between two standards.

    Parameters
    ----------
    aspect
        What differs, e.g. ``"added"`` or ``"must_publish"``.
    member
        What it is about: ``"komponen"``, ``"unsur"``, ``"indikator"`` or ``"bands"``.
    key
        Key of the komponen, unsur or indicator; empty where it is about all of them.
    old, new
        What stood there and what stands there now; empty where there is nothing.

    Examples
    --------
    >>> moved = Difference(aspect="letter", member="komponen", key="inovasi", old="o", new="p")
    >>> moved.message("en")
    'The letter of inovasi changed from o to p.'
    """

    aspect: Aspect
    member: Literal["komponen", "unsur", "indikator", "bands"]
    key: str = ""
    old: str = ""
    new: str = ""

    def message(self, lang: Lang = "id") -> str:
        """Return it in one sentence."""
        words = _PUBLISHED[self.new] if self.aspect == "must_publish" else _WORDS[self.aspect]
        text = words[lang == "en"].format(member=self.member, key=self.key, old=self.old, new=self.new)
        return text[:1].upper() + text[1:]


def diff(old: Standard, new: Standard) -> tuple[Difference, ...]:
    """Return what changed from one standard to another of its kind.

    Compared are the komponen, unsur or indicators (added, gone, order, letter or code, name,
    group, publication, labels, content, weight, place) and the lower bounds of the bands.

    Parameters
    ----------
    old, new
        The two standards.

    Raises
    ------
    ArgumentError
        If they are of two kinds.

    Examples
    --------
    >>> from sipukat import standards
    >>> law, rule = standards.document("uu-25-2009"), standards.document("permenpanrb-15-2014")
    >>> [change.aspect for change in diff(law, rule)]
    ['order']
    """
    if isinstance(old, DocumentStandard) and isinstance(new, DocumentStandard):
        return tuple(_members("komponen", old.komponen, new.komponen, _komponen))
    if isinstance(old, SurveyStandard) and isinstance(new, SurveyStandard):
        return (*_members("unsur", old.unsur, new.unsur, _unsur), *_bands(old, new))
    if isinstance(old, ComplianceStandard) and isinstance(new, ComplianceStandard):
        return (*_members("indikator", old.indicators, new.indicators, _indicator), *_zones(old, new))
    for name, one in (("old", old), ("new", new)):
        must_be(
            (DocumentStandard, SurveyStandard, ComplianceStandard), one, name, "what standards.get returns"
        )
    raise ArgumentError(
        f"{old.id} is of kind {old.kind} and {new.id} of kind {new.kind}; compare two of one kind"
    )


def _members(
    member: Literal["komponen", "unsur", "indikator"],
    old: tuple[Any, ...],
    new: tuple[Any, ...],
    compared: Callable[[Any, Any], Iterator[tuple[Aspect, str, str]]],
) -> Iterator[Difference]:
    before, after = {record.key: record for record in old}, {record.key: record for record in new}
    for key, record in before.items():
        if key not in after:
            yield Difference(aspect="removed", member=member, key=key, old=record.nama)
    for key, record in after.items():
        if key not in before:
            yield Difference(aspect="added", member=member, key=key, new=f"{record.nama} ({record.place})")
    stayed = [[key for key in keys if key in before and key in after] for keys in (before, after)]
    if stayed[0] != stayed[1]:
        named = [", ".join(keys) for keys in (before, after)]
        yield Difference(aspect="order", member=member, old=named[0], new=named[1])
    for key in stayed[1]:
        for aspect, was, now in compared(before[key], after[key]):
            yield Difference(aspect=aspect, member=member, key=key, old=was, new=now)


def _komponen(old: Any, new: Any) -> Iterator[tuple[Aspect, str, str]]:
    single: tuple[Aspect, ...] = ("letter", "nama", "group", "place")
    yield from _changed(old, new, single)
    if old.must_publish != new.must_publish:
        yield "must_publish", str(old.must_publish).lower(), str(new.must_publish).lower()
    labels = [(*record.labels, *record.other_labels) for record in (old, new)]
    if more := [label for label in labels[1] if folded(label) not in old.spellings]:
        yield "labels_added", "", ", ".join(more)
    if less := [label for label in labels[0] if folded(label) not in new.spellings]:
        yield "labels_removed", ", ".join(less), ""
    if more := [text for text in new.required_content if text not in old.required_content]:
        yield "content_added", "", " ".join(more)
    if less := [text for text in old.required_content if text not in new.required_content]:
        yield "content_removed", " ".join(less), ""


def _unsur(old: Any, new: Any) -> Iterator[tuple[Aspect, str, str]]:
    yield from _changed(old, new, ("code", "nama", "weight", "place"))


def _indicator(old: Any, new: Any) -> Iterator[tuple[Aspect, str, str]]:
    yield from _changed(old, new, ("nama", "place"))
    if old.weight != new.weight:
        was, now = ("–" if weight is None else str(weight) for weight in (old.weight, new.weight))
        yield "weight", was, now


def _changed(old: Any, new: Any, names: tuple[Aspect, ...]) -> Iterator[tuple[Aspect, str, str]]:
    for name in names:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield name, str(was), str(now)


def _bands(old: SurveyStandard, new: SurveyStandard) -> Iterator[Difference]:
    before, after = (
        ", ".join(f"{band.mutu} {band.low}" for band in standard.bands) or "–" for standard in (old, new)
    )
    if before != after:
        yield Difference(aspect="bands", member="bands", old=before, new=after)


def _zones(old: ComplianceStandard, new: ComplianceStandard) -> Iterator[Difference]:
    before, after = (
        ", ".join(f"{band.code} {band.low} {band.zone or ''}".strip() for band in standard.bands)
        for standard in (old, new)
    )
    if before != after:
        yield Difference(aspect="zones", member="bands", old=before, new=after)
