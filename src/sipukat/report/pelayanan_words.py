"""The words around a Standar Pelayanan, and whom they are about."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sipukat._text import listing, tanggal
from sipukat.findings import Severity
from sipukat.report.document import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from sipukat._text import Lang
    from sipukat.pelayanan.model import StandarPelayanan
    from sipukat.standards.document_model import DocumentStandard

BLANK: Final = "………………"
"""What is printed where the document does not know."""

_MOST: Final = 40  # names in the note of blanks


@cache
def words_of(lang: Lang) -> Mapping[str, str]:
    """Return the words, from ``pelayanan_words.toml`` beside this file.

    Examples
    --------
    >>> words_of("id")["title_maklumat"]
    'Maklumat Pelayanan'
    """
    text = files("sipukat.report").joinpath("pelayanan_words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[lang])


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is reported on.

    Parameters
    ----------
    docs
        The documents, of one office.
    standard
        The standard whose order and forms are used.
    lang
        Language of headings and notes.
    """

    docs: tuple[StandarPelayanan, ...]
    standard: DocumentStandard
    lang: Lang

    def say(self, key: str, **values: object) -> str:
        """Return the words of `key`, with `values` in them."""
        return words_of(self.lang)[key].format(**values)

    def note(self, key: str, severity: Severity = Severity.INFO) -> Note:
        """Return the words of `key` as a note, in both languages."""
        return Note(severity=severity, text=self.say(key), beside=words_of(self._other)[key])

    def blanks(self, names: Sequence[str]) -> Iterator[Note]:
        """Yield the note that says what was left blank, if anything was.

        A name is a key of the words or is said as it is; a number may stand before it.
        """

        def told(lang: Lang) -> str:
            words = words_of(lang)
            parts = [name.rpartition(". ") for name in names]
            listed = listing([f"{a}{dot}{words.get(b, b)}" for a, dot, b in parts], lang=lang, most=_MOST)
            return words["blanks"].format(n=len(names), daftar=listed)

        if names:
            yield Note(severity=Severity.WARNING, text=told(self.lang), beside=told(self._other))

    @property
    def _other(self) -> Lang:
        return "en" if self.lang == "id" else "id"

    @property
    def service(self) -> str:
        """The names of the services."""
        return listing([doc.nama for doc in self.docs if doc.nama], lang=self.lang)

    @property
    def unit(self) -> str:
        """The office, or a blank."""
        return next((doc.unit for doc in self.docs if doc.unit), BLANK)

    @property
    def instansi(self) -> str:
        """The government of the office, or a blank."""
        return next((doc.instansi for doc in self.docs if doc.instansi), BLANK)


def or_blank(text: str | None) -> str:
    """Return a text, or a blank to fill in.

    Examples
    --------
    >>> or_blank(""), or_blank("A")
    ('………………', 'A')
    """
    return text.strip() if text and text.strip() else BLANK


def day(on: date | None) -> str:
    """Return a day in words, or a blank; the forms of the law are in Indonesian."""
    return BLANK if on is None else tanggal(on)
