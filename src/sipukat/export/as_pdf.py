"""PDF: set with Typst, for archives (PDF/A-2a) and for screen readers (PDF/UA-1) at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sipukat.errors import PublishError, UnreadableFileError
from sipukat.export.typst_data import poster_data, report_data
from sipukat.export.typst_setting import Letters, letters_in, own_letters, typeset
from sipukat.readers.base import content
from sipukat.report.document import Poster

if TYPE_CHECKING:
    from os import PathLike

    from sipukat.report.document import Document

_MOST: Final = 10 * 1024 * 1024  # bytes; a letterhead is a picture, not a book


def _kind(picture: bytes) -> str:
    """Return the suffix of a picture by its first bytes, or nothing."""
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    start = picture[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return ".svg" if start.startswith(b"<") and b"<svg" in start else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfExporter:
    """Write a document as a PDF. Needs ``sipukat[pdf]``.

    A4 with title, headings in the outline, numbered tables that repeat their heads, figures
    as vectors with their words, and the provenance at the end. A table that is too wide
    gets a page of its own, turned. A document with posters is its posters, a page each:
    what its notes say is for the office, not for the wall. Respondents' answers are left
    out: of the processing sheet only the footer is shown.

    The letters are Fira Sans, from a package of fixed version, never those of the machine:
    the same document gives the same bytes. Typst checks the file against PDF/A-2a and
    PDF/UA-1 while it writes; no second validator has seen it.

    Parameters
    ----------
    letterhead
        Suffix and bytes of a picture at the head of the first page; see `with_template`.
    letters
        Other fonts; see `with_fonts`.
    """

    letterhead: tuple[str, bytes] | None = None
    letters: Letters | None = None

    @property
    def suffix(self) -> str:
        """``".pdf"``."""
        return ".pdf"

    @property
    def media_type(self) -> str:
        """``"application/pdf"``."""
        return "application/pdf"

    def with_template(self, path: str | PathLike[str]) -> PdfExporter:
        """Return an exporter that shows a letterhead (*kop surat*) at the head of the first page.

        Parameters
        ----------
        path
            A picture, PNG or SVG: a PDF for archives may hold no other PDF.

        Raises
        ------
        PublishError
            If it is neither, cannot be read, or is larger than 10 MiB.
        """
        place = Path(path)
        try:
            picture = content(place, most=_MOST)
        except UnreadableFileError as failure:
            raise PublishError(str(place), f"as a letterhead it cannot be read: {failure.problem}") from None
        kind = _kind(picture)
        if not kind:
            raise PublishError(str(place), "as a letterhead it cannot be used: it is no PNG and no SVG")
        return replace(self, letterhead=(kind, picture))

    def with_fonts(self, folder: str | PathLike[str], family: str = "") -> PdfExporter:
        """Return an exporter that sets in the fonts of a folder.

        Parameters
        ----------
        folder
            Where they are, ``.ttf`` or ``.otf``.
        family
            Which family; by default the only one there.

        Raises
        ------
        PublishError
            If the folder has no such family, or several and none is named.
        """
        return replace(self, letters=letters_in(Path(folder), family))

    def __call__(self, document: Document, /) -> bytes:
        """Return the PDF.

        Raises
        ------
        MissingExtraError
            If typst, segno or the font is not installed.
        PublishError
            If Typst refuses the letterhead or a font.
        """
        letters = self.letters or own_letters()
        made = document.provenance.generated
        if any(isinstance(block, Poster) for block in document.blocks):
            return typeset("poster", poster_data(document), letters=letters, generated=made)
        data = report_data(document, letters.family)
        return typeset("report", data, letters=letters, generated=made, letterhead=self.letterhead)


pdf: PdfExporter = PdfExporter()
