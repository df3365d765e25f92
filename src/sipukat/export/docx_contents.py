"""Headings, captions that count themselves, and the table of contents of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat.export.docx_xml import BOLD, field, field_end, field_start, paragraph, run, w

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat.report.document import Heading

_MOST_CHAPTERS, _MOST_HEADINGS = 6, 9  # that a reader finds without a table of contents
_LEVELS: Final = (2, 3)
_TITLE: Final = {"id": "Daftar isi", "en": "Contents"}
_FIRST_BOOKMARK: Final = 7000  # so that they do not meet those of a template


class Contents:
    """The headings of a document, each with the name by which the table of contents finds it.

    Parameters
    ----------
    headings
        Level and text of all headings, in their order.
    lang
        ``"id"`` or ``"en"``.
    styles
        Name of each style to its id.
    """

    def __init__(self, headings: Sequence[Heading], *, lang: str, styles: Mapping[str, str]) -> None:
        self.headings = headings
        self.lang = lang
        self.styles = styles
        self.written = 0
        chapters, both = (sum(heading.level in of for heading in headings) for of in (_LEVELS[:1], _LEVELS))
        self.wanted: bool = chapters > _MOST_CHAPTERS or both > _MOST_HEADINGS

    def heading(self, heading: Heading) -> str:
        """Return the next heading."""
        style = self.styles[f"heading {heading.level}"]
        if not (self.wanted and heading.level in _LEVELS):
            self.written += 1
            return paragraph(run(heading.text), style)
        number = _FIRST_BOOKMARK + self.written
        start = w("bookmarkStart", id=number, name=self._name(self.written))
        self.written += 1
        return paragraph(f"{start}{run(heading.text)}{w('bookmarkEnd', id=number)}", style)

    def table(self) -> str:
        """Return the table of contents, or nothing where the document is short.

        Its entries lead to the headings at once. Page numbers, which only Word knows, come
        when its reader asks Word to update it; until then there are none, rather than wrong ones.
        """
        if not self.wanted:
            return ""
        listed = [(at, head) for at, head in enumerate(self.headings) if head.level in _LEVELS]
        code = f'TOC \\o "{_LEVELS[0]}-{_LEVELS[-1]}" \\h \\z \\u'
        entries = []
        for place, (at, head) in enumerate(listed):
            link = f'<w:hyperlink w:anchor="{self._name(at)}" w:history="1">{run(head.text)}</w:hyperlink>'
            before = "" if place else field_start(code)
            after = field_end() if place == len(listed) - 1 else ""
            entries.append(paragraph(before + link + after, self.styles[f"toc {head.level}"]))
        part = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        title = paragraph(run(_TITLE[self.lang]), self.styles["TOC Heading"])
        return w("sdt", w("sdtPr", part), w("sdtContent", title, *entries))

    def _name(self, at: int) -> str:
        return f"_Toc{_FIRST_BOOKMARK + at:09}"


def caption(word: str, number: int, text: str, style: str, *, above: bool) -> str:
    """Return a caption whose number is a field: it counts on where others are put in before it.

    Parameters
    ----------
    word
        ``"Tabel"``, ``"Gambar"`` or their English.
    number
        The number that it has here.
    text
        What it says.
    style
        Id of its style.
    above
        Whether it stands above what it names.
    """
    counted = field(f"SEQ {word} \\* ARABIC", str(number), BOLD)
    content = f"{run(f'{word} ', BOLD)}{counted}{run('. ', BOLD)}{run(text)}"
    spacing = "" if above else w("spacing", before=100, after=240)
    return paragraph(content, style, (w("keepNext") if above else "") + spacing)
