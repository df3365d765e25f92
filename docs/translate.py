"""Bring the catalogues of the English pages up to date: `python docs/translate.py [page ...]`.

New sentences come in empty, gone ones go, and a changed one keeps its old words marked `fuzzy` until
somebody has read them.
Without dates, line numbers and versions, so that a catalogue changes only where its page did.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from babel.messages.pofile import write_po
from translation import CATALOGUES, catalogue, messages

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_HEADER = """\
# The English words of docs/{page}.md; `python docs/translate.py` keeps the sentences in step.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def refreshed(page: str, source: Catalog) -> str:
    """Return the text of the catalogue of a page, in step with the sentences of the page."""
    found = catalogue(page)
    found.update(source)
    found.obsolete.clear()
    for message in found:
        message.flags -= {"python-format", "python-brace-format"}  # Babel takes {doc} for Python
    text = io.BytesIO()
    write_po(text, found, width=0, omit_header=True, no_location=True)
    return _HEADER.format(page=page) + text.getvalue().decode()


def main(chosen: list[str]) -> None:
    for page, source in messages().items():
        if chosen and page not in chosen:
            continue
        path = CATALOGUES / f"{page}.po"
        text = refreshed(page, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        now = [message for message in catalogue(page) if message.id]
        empty, fuzzy = sum(not m.string for m in now), sum(m.fuzzy for m in now)
        print(f"{page}: {len(now)} sentences, {empty} empty, {fuzzy} fuzzy")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
