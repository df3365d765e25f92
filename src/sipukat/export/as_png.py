"""PNG: a poster, or the only figure of a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sipukat.errors import PublishError
from sipukat.export.typst_data import figure_data, poster_data
from sipukat.export.typst_setting import Letters, letters_in, own_letters, typeset
from sipukat.report.document import Figure, Poster

if TYPE_CHECKING:
    from os import PathLike

    from sipukat.report.document import Document

_POSTER: Final = {"a3": 150.0, "a3-landscape": 150.0, "square": 72.0}  # a point of the square is a pixel
_WIDE, _FINE = 720.0, 144.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PngExporter:
    """Write a poster, or the only figure of a document, as a picture. Needs ``sipukat[pdf]``.

    A square poster is 1080 by 1080 pixels; one of A3 has 150 pixels to the inch; a figure is
    1504 pixels wide, white behind, with its caption. What the picture says in words is not
    in a PNG: whoever publishes it takes `Figure.alt`, or the headline of the poster.

    Parameters
    ----------
    letters
        Other fonts; see `with_fonts`.
    """

    letters: Letters | None = None

    @property
    def suffix(self) -> str:
        """``".png"``."""
        return ".png"

    @property
    def media_type(self) -> str:
        """``"image/png"``."""
        return "image/png"

    def with_fonts(self, folder: str | PathLike[str], family: str = "") -> PngExporter:
        """Return an exporter that sets in the fonts of a folder, as that of PDF does.

        Parameters
        ----------
        folder
            Where they are, ``.ttf`` or ``.otf``.
        family
            Which family; by default the only one there.
        """
        return replace(self, letters=letters_in(Path(folder), family))

    def __call__(self, document: Document, /) -> bytes:
        """Return the picture.

        Raises
        ------
        MissingExtraError
            If typst, segno or the font is not installed.
        PublishError
            If the document is neither one poster nor has exactly one figure.
        """
        posters = [block for block in document.blocks if isinstance(block, Poster)]
        figures = [block for block in document.blocks if isinstance(block, Figure)]
        made = document.provenance.generated
        if len(posters) == 1:
            letters, ppi = self.letters or own_letters(), _POSTER[posters[0].layout]
            data = poster_data(document)
            return typeset("poster", data, letters=letters, generated=made, kind="png", ppi=ppi)
        if posters or len(figures) != 1:
            had = f"{len(posters)} posters" if posters else f"{len(figures)} figures"
            raise PublishError("PNG", f"it shows one poster or one figure, and the document has {had}")
        letters = self.letters or own_letters()
        drawn = figure_data(figures[0], letters.family, drawn=int(_WIDE))
        data = {**drawn, "width": _WIDE, "title": document.title or "–", "lang": document.lang}
        return typeset("figure", data, letters=letters, generated=made, kind="png", ppi=_FINE)


png: PngExporter = PngExporter()
