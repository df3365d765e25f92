"""Typst: templates of our own, what is said as data, fonts that are the same everywhere.

Nothing from outside is read as markup, no package is imported, nothing is fetched, and the
only files that a template sees are the other templates, or the letterhead. Typst checks what it
writes against PDF/A-2a and PDF/UA-1, and refuses to write anything else.
"""

from __future__ import annotations

import json
import re
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timezone
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from sipukat._require import require
from sipukat.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_STANDARDS: Final = ("a-2a", "ua-1")
_SANS: Final = "Fira Sans"
_REFUSED: Final = re.compile(r'error: the (?:text|PDF contains the codepoint|.*?codepoint) `"(.*?)"`')
_ESCAPE: Final = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028\u2029\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_ROUNDS: Final = 30
_MARK: Final = "\u200b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The fonts that are set with.

    Parameters
    ----------
    folder
        Where they are.
    family
        Which of them.
    """

    folder: str
    family: str


def own_letters() -> Letters:
    """Return the sans serif of this library's extra ``pdf``, the same file on every machine."""
    package = require("fontpkg_fira_sans", extra="pdf", purpose="setting a PDF or a poster")
    return Letters(folder=str(package.ROOT / "files"), family=_SANS)


def letters_in(folder: Path, family: str = "") -> Letters:
    """Return the fonts of a folder.

    Parameters
    ----------
    folder
        A folder with fonts, ``.ttf`` or ``.otf``.
    family
        Name of the family; by default the only one there.

    Raises
    ------
    PublishError
        If there is no such family, or there are several and none is named.
    """
    typst = require("typst", extra="pdf", purpose="setting a PDF or a poster")
    if not folder.is_dir():
        raise PublishError(str(folder), "as fonts it cannot be used: it is no folder")
    book = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    known = book.families()
    chosen = family or (known[0] if len(known) == 1 else "")
    if chosen not in known:
        asked = f"no family {family!r}" if family else "no font" if not known else "more than one family"
        raise PublishError(
            str(folder), f"as fonts it cannot be used: {asked}; it has {', '.join(known) or 'none'}"
        )
    return Letters(folder=str(folder.resolve()), family=chosen)


@cache
def _book(folder: str) -> Any:
    typst = require("typst", extra="pdf", purpose="setting a PDF or a poster")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


@cache
def _template(name: str) -> bytes:
    return files("sipukat.export").joinpath(f"typst_{name}.typ").read_bytes()


def typeset(
    template: str,
    data: Mapping[str, Any],
    *,
    letters: Letters,
    generated: datetime,
    kind: Literal["pdf", "png"] = "pdf",
    ppi: float = 144.0,
    letterhead: tuple[str, bytes] | None = None,
) -> bytes:
    """Set a template with data, and return the file.

    A character that no font has is written as its number, ``[U+1F600]``, and one that is
    invisible anyhow is left out: a page with holes would be refused by PDF/A.

    Parameters
    ----------
    template
        ``"report"``, ``"poster"`` or ``"figure"``.
    data
        What the template shows, ready for JSON.
    letters
        The fonts.
    generated
        The time that the file states.
    kind
        ``"pdf"`` or ``"png"``, of the first page.
    ppi
        Pixels per inch of a PNG.
    letterhead
        Suffix and bytes of a picture at the head of the first page.

    Raises
    ------
    MissingExtraError
        If typst, or the font, is not installed.
    PublishError
        If Typst refuses, e.g. a damaged picture, or a font is missing.
    """
    name = f"kop{letterhead[0]}" if letterhead else ""
    words = {**data, "family": letters.family, "letterhead": name}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    with ExitStack() as held:
        root = str(files("sipukat.export"))  # nothing there but templates
        if letterhead:
            root = held.enter_context(tempfile.TemporaryDirectory(prefix="sipukat-"))
            Path(root, name).write_bytes(letterhead[1])
        text, made = _set(template, text, letters, generated, root)
        if kind == "pdf":
            return made
        return _compile(template, text, letters, generated, root, format="png", ppi=ppi)


def _set(template: str, text: str, letters: Letters, generated: datetime, root: str) -> tuple[str, bytes]:
    """Set a PDF, replacing what cannot be shown until nothing is refused."""
    typst = require("typst", extra="pdf", purpose="setting a PDF or a poster")
    for _ in range(_ROUNDS):
        try:
            return text, _compile(
                template, text, letters, generated, root, format="pdf", pdf_standards=list(_STANDARDS)
            )
        except typst.TypstError as error:
            refused = _refused(error.diagnostic) & set(text)
            if not refused:
                raise _failure(error.message, error.hints) from None
        text = text.translate({ord(char): _said(char) for char in refused})
    raise _failure("too many characters that no font has", [])


def _compile(template: str, text: str, letters: Letters, generated: datetime, root: str, **how: Any) -> bytes:
    typst = require("typst", extra="pdf", purpose="setting a PDF or a poster")
    offset = generated.utcoffset()
    moment = generated.astimezone(timezone(offset)) if offset is not None else generated
    compiler = typst.Compiler(
        _template(template), root=root, font_paths=_book(letters.folder), ignore_system_fonts=True
    )
    made, warnings = compiler.compile_with_warnings(
        sys_inputs={"data": text}, timestamp=moment.replace(microsecond=0), **how
    )
    if warnings:
        raise _failure(warnings[0].message, warnings[0].hints)
    page: bytes = made[0] if isinstance(made, list) else made
    return page


def _failure(message: str, hints: list[str]) -> PublishError:
    return PublishError("typst", "; ".join([message.strip(), *hints]))


def _refused(diagnostic: str) -> set[str]:
    r"""Return the characters that Typst cannot show, from what it says of them.

    Examples
    --------
    >>> _refused('PDF/A-2a error: the text `"\\u{200b}"` could not be displayed with font `"X"`')
    {'\u200b'}
    """
    found: set[str] = set()
    for said in _REFUSED.findall(diagnostic):
        plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], said)
        found |= {char for char in plain if not (char.isascii() and char.isprintable())}
    return found


def _said(char: str) -> str:
    return "" if _UNSEEN.fullmatch(char) else f"[U+{ord(char):04X}]"


def breakable(text: str, *, longest: int = 16, every: int = 8) -> str:
    """Mark where a long word may break, with a zero-width space that the templates take out.

    Examples
    --------
    >>> len(breakable("x" * 30)), breakable("Dinas Pendidikan")
    (33, 'Dinas Pendidikan')
    """

    def broken(match: re.Match[str]) -> str:
        word = match[0]
        return _MARK.join(word[start : start + every] for start in range(0, len(word), every))

    return re.sub(rf"[^\s{_MARK}]{{{longest + 1},}}", broken, text)
