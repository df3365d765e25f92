"""Tables and findings on a terminal, JSON for other programs."""

from __future__ import annotations

import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sipukat._text import Lang
    from sipukat.findings import Findings

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> str:
    """Lay out rows of text in columns, those numbered in `right` to the right.

    Examples
    --------
    >>> print(table(["unit", "n"], [["A", "10"], ["BB", "7"]], right=[1]))
    unit   n
    ────  ──
    A     10
    BB     7
    """
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(width, column)) for column in columns]
    aside = set(right)

    def line(cells: Sequence[str]) -> str:
        laid = []
        for at, cell in enumerate(cells):
            pad = " " * (widths[at] - width(cell))
            laid.append(pad + cell if at in aside else cell + pad)
        return "  ".join(laid).rstrip()

    return "\n".join([line(heads), "  ".join("─" * w for w in widths), *map(line, rows)])


def show_findings(findings: Findings, *, lang: Lang) -> None:
    """Print findings to stderr, so that a table on stdout can be piped on."""
    for finding in findings:
        click.secho(f"{finding.code} {finding.severity}: ", fg=_COLOURS[finding.severity], err=True, nl=False)
        click.echo(finding.message(lang), err=True)
        if suggestion := finding.suggestion(lang):
            click.echo(f"    → {suggestion}", err=True)


def show_json(data: Any) -> None:
    """Print one JSON document: with its letters on a stdout of UTF-8, else with escapes, which all can."""
    letters = (getattr(sys.stdout, "encoding", None) or "").casefold().replace("-", "") == "utf8"
    text = json.dumps(data, ensure_ascii=not letters, allow_nan=False, indent=2)
    # A file name that is not UTF-8 has lone surrogates, which no encoder of text takes.
    click.echo(text.encode(errors="backslashreplace").decode())


def leave(findings: Findings) -> None:
    """End the command: with exit code 1 if a finding is an error."""
    if not findings.ok:
        click.get_current_context().exit(1)
