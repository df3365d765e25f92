"""What changed between two versions of a Standar Pelayanan, in words."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

from sipukat._model import Record
from sipukat._text import Lang, tanggal
from sipukat._validation import must_be
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTITY: Final = tuple(
    name for name in StandarPelayanan.model_fields if name not in {*KOMPONEN, "tambahan"}
)

_WORDS: Final = {
    ("added", "id"): "{path}: ditambahkan {new}",
    ("added", "en"): "{path}: added {new}",
    ("removed", "id"): "{path}: dihapus {old}",
    ("removed", "en"): "{path}: removed {old}",
    ("changed", "id"): "{path}: {old} menjadi {new}",
    ("changed", "en"): "{path}: {old} became {new}",
}


class Change(Record):
    """One change.

    Parameters
    ----------
    kind
        ``"added"``, ``"removed"`` or ``"changed"``.
    path
        The place, e.g. ``"persyaratan"`` or ``"persyaratan.BPJS"``.
    old, new
        The words before and after; empty where there were none.
    """

    kind: Literal["added", "removed", "changed"]
    path: str
    old: str = ""
    new: str = ""

    def message(self, lang: Lang = "id") -> str:
        """Say what changed, in one sentence."""
        shown = {"path": self.path.replace("_", " "), "old": f"“{self.old}”", "new": f"“{self.new}”"}
        return f"{_WORDS[self.kind, lang].format(**shown)}."

    def __str__(self) -> str:
        return self.message()


def diff(old: StandarPelayanan, new: StandarPelayanan) -> tuple[Change, ...]:
    """Return what changed from one version to the next, in the order of the komponen.

    Lines are compared as sequences: one put in between moves no other.

    Parameters
    ----------
    old, new
        The two versions.

    Examples
    --------
    >>> before = StandarPelayanan(nama="KTP-el", jangka_waktu_penyelesaian="3 hari kerja")
    >>> after = StandarPelayanan(
    ...     nama="KTP-el", jangka_waktu_penyelesaian="1 hari kerja", biaya_tarif="Gratis"
    ... )
    >>> for change in diff(before, after):
    ...     print(change)
    jangka waktu penyelesaian: “3 hari kerja” menjadi “1 hari kerja”.
    biaya tarif: ditambahkan “Gratis”.
    """
    for name, one in (("old", old), ("new", new)):
        must_be(StandarPelayanan, one, name, "a StandarPelayanan, e.g. of pelayanan.load(path)")
    return tuple(_changes(old, new))


def _changes(old: StandarPelayanan, new: StandarPelayanan) -> Iterator[Change]:
    for name in _IDENTITY:
        before, after = _shown(getattr(old, name)), _shown(getattr(new, name))
        if before != after:
            yield _change(name, before, after)
    extra = dict.fromkeys((*old.tambahan, *new.tambahan))
    for key in (*KOMPONEN, *extra):
        yield from _in_komponen(key, old.isi(key), new.isi(key))


def _in_komponen(key: str, old: object, new: object) -> Iterator[Change]:
    before, after = _sections(old), _sections(new)
    for variant in dict.fromkeys((*before, *after)):
        path = f"{key}.{variant}" if variant else key
        yield from _in_lines(path, before.get(variant, []), after.get(variant, []))
    if (old is None) != (new is None) and not any(before.values()) and not any(after.values()):
        yield Change(kind="added" if old is None else "removed", path=key)
    officer = [_shown(getattr(content, "penanggung_jawab", None)) for content in (old, new)]
    if officer[0] != officer[1]:
        yield _change(f"{key}.penanggung_jawab", officer[0], officer[1])


def _sections(content: object) -> dict[str, list[str]]:
    if content is None:
        return {}
    variants = {name: [_line(b) for b in lines] for name, lines in content.varian.items()}  # type: ignore[attr-defined]
    return {"": [_line(butir) for butir in content.butir], **variants}  # type: ignore[attr-defined]


def _line(butir: object) -> str:
    """Return the words of a line, and what is stated beside them."""
    dumped = butir.model_dump()  # type: ignore[attr-defined]
    if isinstance(dumped, str):
        return dumped
    rest = "; ".join(f"{key}: {value}" for key, value in dumped.items() if key != "text")
    return f"{dumped.get('text', '')} ({rest})"


def _in_lines(path: str, old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        for before, after in zip(gone, come, strict=False):
            yield Change(kind="changed", path=path, old=before, new=after)
        for before in gone[len(come) :]:
            yield Change(kind="removed", path=path, old=before)
        for after in come[len(gone) :]:
            yield Change(kind="added", path=path, new=after)


def _change(path: str, before: str, after: str) -> Change:
    kind: Literal["added", "removed", "changed"] = (
        "added" if not before else "removed" if not after else "changed"
    )
    return Change(kind=kind, path=path, old=before, new=after)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if hasattr(value, "year"):
        return tanggal(value)  # type: ignore[arg-type]
    if hasattr(value, "jabatan"):
        return ", ".join(part for part in (value.nama, value.jabatan, value.alamat) if part)  # type: ignore[attr-defined]
    return str(value)
