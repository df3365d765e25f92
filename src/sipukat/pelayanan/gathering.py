"""From the rows of a table to drafts, one for each service that it holds."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import plain
from sipukat.pelayanan.identity import field_of, identity_of
from sipukat.pelayanan.lines import content_of, joined
from sipukat.pelayanan.model import KOMPONEN
from sipukat.pelayanan.rows import Row, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.readers.base import Grid
    from sipukat.standards.document_model import DocumentStandard

_LONGEST_KEY: Final = 60
_LONGEST_LABEL: Final = 100  # a longer line is a sentence, even where it begins with a number
_WITHOUT_LABEL: Final = "tanpa_nama_komponen"
_NOT_A_NUMBER: Final = re.compile(r"\W{0,3}(?:\d{1,3}|[a-z])[.)]{1,2}\s{0,9}")
_WORD: Final = re.compile(r"[a-z0-9]+")


class Draft:
    """One Standar Pelayanan, as its rows come."""

    def __init__(self) -> None:
        self.identity: dict[str, str] = {}
        self.rows: dict[str, list[tuple[str, ...]]] = {}
        self.known: list[str] = []  # keys of known komponen, in the order of the table
        self.number = ""  # of the first of them
        self.labels: dict[str, str] = {}  # of the others, by key
        self.notes: list[str] = []
        self.headed = False  # a row names the columns

    def state(self, identity: dict[str, str]) -> None:
        """Take what lines of the table say of the service; what was said before stays, if as a note."""
        for name, value in identity.items():
            before = self.identity.get(name, value)
            self.identity[name] = value if not self.known else before
            if before != value:
                self.notes.append(value if self.known else before)

    @property
    def certain(self) -> bool:
        """Whether more than one word says that the table is one of a Standar Pelayanan."""
        return len(self.known) > 1 or self.headed or "nama" in self.identity

    def begins_again(self, row: Row, following: str) -> bool:
        """Say whether a komponen begins the next service: as the first did, or followed as it was."""
        if len(self.known) < 2 or row.key != self.known[0]:  # noqa: PLR2004
            return False
        return bool(row.number and row.number == self.number) or following == self.known[1]

    def local_key(self, label: str) -> str:
        """Return the key of a label that is not known; two labels never share one."""
        words = plain(_NOT_A_NUMBER.sub("", plain(label[:300]), count=1))
        ascii_words = _WORD.findall(unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode())
        slug = "_".join(ascii_words)
        if not slug[:1].isalpha():
            slug = f"komponen_{slug}".rstrip("_")
        slug = slug[: _LONGEST_KEY - 4].rstrip("_")
        key, copy = slug, 1
        while key in KOMPONEN or self.labels.get(key, words) != words:
            copy += 1
            key = f"{slug}_{copy}"
        self.labels[key] = words
        return key

    def tree(self) -> dict[str, Any]:
        """Return what `StandarPelayanan.model_validate` takes."""
        content = {key: content_of(joined(rows), key) for key, rows in self.rows.items()}
        tree: dict[str, Any] = {**self.identity}
        if self.notes:
            tree["catatan"] = "\n".join(self.notes)
        tree |= {key: content[key] for key in KOMPONEN if key in content}
        if local := {key: lines for key, lines in content.items() if key not in KOMPONEN}:
            tree["tambahan"] = local
        return tree


class _Reading:
    """The rows of one table, service by service."""

    def __init__(self, above: Sequence[str]) -> None:
        self.done: list[Draft] = []
        self.draft = Draft()
        self.draft.identity = identity_of(above)[0]
        self.current: str | None = None
        self.pending: list[str] = []  # lines that may be about the next service
        self.below = False  # a line stands between blank ones: what follows is no row of the table
        self.loose: list[Row] = []  # rows below a blank one, of which nobody knows yet where they belong

    def take(self, row: Row, following: str) -> None:
        """Take the next row; `following` is the key of the known komponen after it."""
        match row.kind:
            case "komponen":
                self._komponen(row, following)
            case "heading":
                self._heading()
            case "group":
                self.current = None
            case "label":
                self._label(row)
            case _ if not self.draft.known:
                self.pending.append(row.text)
            case _ if row.after_blank or self.loose:
                self.loose.append(row)
            case _:
                self._add(self.current or _WITHOUT_LABEL, row.cells)

    def _heading(self) -> None:
        """Below the names of the columns, a label that is not known is one of a komponen."""
        if not self.draft.known:
            identity, rest = identity_of(self.pending)
            self.draft.state(identity)
            self.draft.notes += rest
            self.pending = []
        self.draft.headed = True

    def _komponen(self, row: Row, following: str) -> None:
        identity, rest = identity_of(self.pending)
        draft = self.draft
        another = draft.known and identity.get("nama", draft.identity.get("nama")) != draft.identity.get(
            "nama"
        )
        if draft.begins_again(row, following) or another:
            self.close()
            draft = self.draft
        else:
            for loose in self.loose:
                self._add(self.current or _WITHOUT_LABEL, loose.cells)
        self.loose, self.pending = [], []
        draft.state(identity)
        draft.notes += rest
        if not draft.known:
            draft.number = row.number
        if row.key not in draft.known:
            draft.known.append(row.key)
        self.current = row.key
        self.below = False
        self._add(row.key, row.cells)

    def _label(self, row: Row) -> None:
        said = identity_of([row.text])[0]
        if (
            not (self.draft.known or (self.draft.headed and row.cells))
            or self.pending
            or (said and (field_of(row.label, certain=True) or not row.cells))
        ):
            self.pending.append(row.text)
        elif row.after_blank and not row.cells and (not row.number or len(row.label) > _LONGEST_LABEL):
            self.draft.notes.append(row.text)
            self.below = True
        elif self.below and not row.number:
            self.draft.notes.append(row.text)
        else:
            self.current = self.draft.local_key(row.label)
            self._add(self.current, row.cells)

    def _add(self, key: str, cells: tuple[str, ...]) -> None:
        rows = self.draft.rows.setdefault(key, [])
        if cells:
            rows.append(cells)

    def close(self) -> None:
        """End the service that is being read."""
        self.draft.notes += [row.text for row in self.loose]
        self.done.append(self.draft)
        self.draft, self.loose, self.current, self.below = Draft(), [], None, False

    def finish(self) -> list[Draft]:
        """Return the services; lines below the last one say what is not said yet, or are notes."""
        identity, rest = identity_of(self.pending)
        self.draft.state(identity)
        self.draft.notes += rest
        self.close()
        return self.done


def drafts_of(grid: Grid, law: DocumentStandard, where: str) -> list[Draft]:
    """Return what a table of texts says, a draft for each service.

    Raises
    ------
    DraftError
        If no cell names a komponen.
    """
    rows = list(rows_of(grid.rows, law, where))
    following, next_keys = "", []
    for row in reversed(rows):
        next_keys.append(following)
        following = row.key or following
    reading = _Reading(grid.above)
    for row, key in zip(rows, reversed(next_keys), strict=True):
        reading.take(row, key)
    return reading.finish()
