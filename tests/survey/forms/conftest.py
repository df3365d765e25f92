"""Names that were made to do harm."""

from __future__ import annotations

import pytest

HOSTILE = [
    '=HYPERLINK("http://x.example","klik")',
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} {7*7}",
    '#import "x": y',
    "$x$ @ref <label> \\ *b* _i_",
    "نص \u202eterbalik\u202c 😀 日本",
    "' \" or 1=1 --",
    "A" * 10_000,
    "NUL\0di sini",
    "@SUM(1+1)|cmd",
    "baris\nbaru\tdan tab",
]


@pytest.fixture(scope="session")
def hostile():
    """Return names that were made to do harm."""
    return list(HOSTILE)
