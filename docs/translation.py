"""The English pages: which there are, and the sentences they ask to be translated.

Indonesian is the source, English a gettext catalogue a page (`locale/en/LC_MESSAGES/<page>.po`).
`python docs/translate.py` brings the catalogues up to date with the pages.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

DOCS = Path(__file__).parent
CATALOGUES = DOCS / "locale" / "en" / "LC_MESSAGES"

_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_NOTE = re.compile(r"^(`{3,}|:{3,})\{admonition\} In English\n.*?^\1\n?", re.MULTILINE | re.DOTALL)


def pages() -> list[str]:
    """Return the pages that have an English version: the front page, the tutorials, the how-to pages."""
    found = [DOCS / "index.md", *DOCS.glob("tutorial/*.md"), *DOCS.glob("how-to/*.md")]
    return sorted(path.relative_to(DOCS).with_suffix("").as_posix() for path in found)


def without_english_note(page: str) -> str:
    """Leave out the summary for readers of English, who have the page itself."""
    return _NOTE.sub("", page)


def catalogue(page: str) -> Catalog:
    """Return the English words of a page, as they are stored."""
    path = CATALOGUES / f"{page}.po"
    return read_po(io.BytesIO(path.read_bytes()), locale="en") if path.exists() else Catalog("en")


def messages() -> dict[str, Catalog]:
    """Return the sentences of each page as Sphinx takes them from it; no cell is run."""
    from sphinx.cmd.build import build_main

    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "include_patterns": ",".join(f"{page}.md" for page in pages()),
            "extensions": "myst_nb",
            "nb_execution_mode": "off",
            # the other pages are not here
            "suppress_warnings": "toc.not_readable,toc.not_included,ref.doc,myst-nb.lexer",
        }
        options = [f"-D{name}={value}" for name, value in settings.items()]
        rc = build_main(["-b", "gettext", "-q", *options, str(DOCS), folder])
        if rc:
            raise SystemExit(rc)
        return {page: _sentences(Path(folder, f"{page}.pot")) for page in pages()}


def _sentences(path: Path) -> Catalog:
    """Read what Sphinx wrote, without what is the same in every language: code, numbers, signs."""
    found = Catalog()
    for message in read_po(io.BytesIO(path.read_bytes())):
        if message.id and re.search(r"[^\W\d_]", _CODE.sub("", message.id)):
            found.add(message.id)
    return found
