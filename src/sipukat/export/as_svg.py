"""SVG: one figure of a document as a picture that scales, with its words inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat._text import listing
from sipukat.errors import PublishError, UnknownNameError
from sipukat.plot import svg as drawn
from sipukat.report.document import Figure, Poster

if TYPE_CHECKING:
    from sipukat.report.document import Document


class SvgExporter:
    """Write the only figure of a document, or the one that is named, as SVG.

    Parameters
    ----------
    figure
        Id of the figure; by default the only one.

    Examples
    --------
    >>> from datetime import datetime
    >>> from decimal import Decimal
    >>> from sipukat.report import Document, Figure, Provenance
    >>> made = Provenance(generated=datetime.fromisoformat("2026-08-17T09:00:00+07:00"))
    >>> record = {"label": "IKM", "value": Decimal("90.64"), "low": None, "high": None}
    >>> figure = Figure(
    ...     id="ikm", chart="band_gauge", caption="IKM", alt="IKM 90,64.", axis=(25, 100), data=[record]
    ... )
    >>> svg(Document(title="T", blocks=(figure,), provenance=made))[:19]
    b'<?xml version="1.0"'
    """

    suffix = ".svg"
    media_type = "image/svg+xml"

    def __init__(self, figure: str = "") -> None:
        self.figure = figure

    def of(self, figure: str) -> SvgExporter:
        """Return the exporter of the figure that has an id.

        Examples
        --------
        >>> svg.of("unsur").figure
        'unsur'
        """
        return SvgExporter(figure)

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with Unix line ends.

        Raises
        ------
        PublishError
            If the document has no figure, or several and none was named.
        UnknownNameError
            If it has no figure of that id.
        """
        figure = self._chosen(document)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn(figure)}\n'.encode()

    def _chosen(self, document: Document) -> Figure:
        figures = {block.id: block for block in document.blocks if isinstance(block, Figure)}
        if self.figure:
            if self.figure not in figures:
                raise UnknownNameError("figure", self.figure, figures)
            return figures[self.figure]
        if not figures:
            poster = any(isinstance(block, Poster) for block in document.blocks)
            hint = "; a poster is a whole page: write it as .html or .pdf" if poster else ""
            raise PublishError("SVG", f"it holds one figure, and the document has none{hint}")
        if len(figures) > 1:
            named = listing(figures, lang="en")
            raise PublishError(
                "SVG",
                f"it holds one figure, and the document has {len(figures)}: {named}; "
                f"choose one, e.g. sipukat.export.get('svg').of({next(iter(figures))!r})",
            )
        return next(iter(figures.values()))


svg: SvgExporter = SvgExporter()
