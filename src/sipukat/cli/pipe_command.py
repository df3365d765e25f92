"""``sipukat pipe``: many commands in one process, for programs that cannot wait for a start each time."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from typing import Any

import click

from sipukat.cli.wording import message_of

_WANTED = 'a JSON array of texts, e.g. ["ikm", "--json", "--", "survei.csv"]'

_STOPPED = 130
"""What a command answers to Ctrl-C: it is meant for the whole process."""


@click.command()
@click.pass_context
def pipe(ctx: click.Context) -> None:
    """Jawab banyak perintah dalam satu proses: satu larik JSON tiap baris stdin, satu jawaban tiap baris.

    Masuk `["ikm", "--json", "--", "survei.csv"]`, keluar `{"exit": 0, "result": {...}}`.
    Galat pun satu jawaban: kode 2, dengan `error.type` dan `error.message`.

    Perintahnya harus mencetak JSON (--json). Baris kosong dilewati; program berakhir bila stdin ditutup.
    """
    main = ctx.find_root().command
    while line := sys.stdin.buffer.readline():
        if not line.strip():
            continue
        try:
            arguments = _arguments(line)
            code, result = _answer(main, arguments)
        except click.UsageError as misuse:
            code, result = 2, _error(misuse)
        # Escapes only: it is the same text in every code page, and one answer stays on one line.
        sys.stdout.write(json.dumps({"exit": code, "result": result}, allow_nan=False) + "\n")
        sys.stdout.flush()


def _arguments(line: bytes) -> list[str]:
    """Return the arguments of one line."""
    try:
        arguments = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as unusable:
        raise click.UsageError(f"this line is not JSON; expected {_WANTED}") from unusable
    if not isinstance(arguments, list) or not all(isinstance(each, str) for each in arguments):
        raise click.UsageError(f"this line holds something else; expected {_WANTED}")
    if any("\0" in each or not _is_text(each) for each in arguments):
        raise click.UsageError("an argument holds NUL or half a surrogate pair, which no command line can")
    if arguments[:1] == ["pipe"]:
        raise click.UsageError("pipe cannot be called through itself")
    return arguments


def _is_text(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _answer(main: click.Command, arguments: list[str]) -> tuple[int, Any]:
    """Return the exit code of one command and the JSON that it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            code = main.main(arguments, prog_name="sipukat", standalone_mode=False)
        except click.ClickException as misuse:
            return 2, _error(misuse)
    if code == _STOPPED:
        raise KeyboardInterrupt
    try:
        return int(code or 0), json.loads(printed.getvalue())
    except ValueError as text:
        raise click.UsageError(
            "the command printed text, not JSON; add --json, before any -- and positional argument"
        ) from text


def _error(misuse: click.ClickException) -> dict[str, Any]:
    return {"ok": False, "error": {"type": type(misuse).__name__, "message": message_of(misuse)}}
