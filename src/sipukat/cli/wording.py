"""What click says, in Indonesian first: headings of help, and what is wrong with a call."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADINGS: Final = {
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Positional arguments": "Argumen",
}
_HELP: Final = {
    "Show this message and exit.": "Tampilkan bantuan ini.",
    "Show the version and exit.": "Tampilkan versi.",
    "[default: ": "[bawaan: ",
    "[required]": "[wajib]",
}
_USAGE: Final = {"[OPTIONS]": "[PILIHAN]", "COMMAND [ARGS]...": "PERINTAH [ARGUMEN]..."}

# Only what begins a message is matched: versions of click differ in quotes and in what follows.
_MISUSE: Final = tuple(
    (re.compile(r"\A" + english, re.DOTALL), words)
    for english, words in {
        r"Missing argument (?P<what>'[^']*')": "Argumen {what} belum diberikan.",
        r"Missing option (?P<what>'[^']*'(?: / '[^']*')*)": "Pilihan {what} belum diberikan.",
        r"Missing command": "Perintah belum disebut.",
        r"No such option:? '?(?P<what>-[^'. ]*)": "Pilihan {what} tidak dikenal.",
        r"No such command (?P<what>'.*?')\.": "Perintah {what} tidak dikenal.",
        r"Got unexpected extra arguments? \((?P<what>.*)\)": "Kelebihan argumen: {what}.",
        r"Option (?P<what>'[^']*') requires": "Pilihan {what} memerlukan nilai.",
        r"Option (?P<what>'[^']*') does not take a value": "Pilihan {what} tidak menerima nilai.",
        r"Invalid value for (?P<what>.*?): (?P<value>.*)": "Nilai untuk {what} tidak dapat dipakai{value}",
        r"(?:File|Directory|Path) (?P<what>.*) does not exist\.": "{what} tidak ada.",
        r"(?:File|Path) (?P<what>.*) is a directory\.": "{what} adalah folder; yang diminta berkas.",
        r"(?:Directory|Path) (?P<what>.*) is a file\.": "{what} adalah berkas; yang diminta folder.",
        r"(?:File|Directory|Path) (?P<what>.*) is not readable\.": "{what} tidak boleh dibaca.",
        r"(?:File|Directory|Path) (?P<what>.*) is not writable\.": "{what} tidak boleh ditulisi.",
        r"(?P<what>.*) is not one of (?P<known>.*)\.": "{what} bukan salah satu dari {known}.",
        r"(?P<what>.*) is not a valid integer\.": "{what} bukan bilangan bulat.",
        r"(?P<what>.*) is not a valid float\.": "{what} bukan bilangan.",
        r"(?P<what>.*) does not match the formats? (?P<known>.*)\.": "{what} tidak berbentuk {known}.",
    }.items()
)


class _Formatter(click.HelpFormatter):
    """Writes usage and headings in Indonesian."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _replaced(args, _USAGE), prefix or "Pemakaian: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _replaced(words, _HELP)) for term, words in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


def in_indonesian(command: click.Command) -> click.Command:
    """Return a command, with all below it, whose help has Indonesian headings."""
    command.context_class = _Context
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        in_indonesian(inner)
    return command


def message_of(misuse: click.ClickException) -> str:
    """Return what is wrong with a call: in Indonesian, and beside it the words of click or of the command.

    Examples
    --------
    >>> message_of(click.UsageError("Missing argument 'FILE'."))
    "Argumen 'FILE' belum diberikan. (Missing argument 'FILE'.)"
    """
    english = misuse.format_message()
    return f"{_translated(english) or 'Perintahnya tidak dapat dijalankan.'} ({english})"


def told(misuse: click.ClickException) -> click.ClickException:
    """Return the same error, which click shows by `show`, as it is to be shown."""
    if type(misuse).__name__ != "NoArgsIsHelpError":  # that is the help itself; click before 8.2 has no such
        misuse.show = partial(_show, misuse)  # type: ignore[method-assign]
    return misuse


def _show(misuse: click.ClickException, file: Any = None) -> None:
    context = getattr(misuse, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), file=file, err=True)
        click.echo(f"Bantuan: {context.command_path} --help\n", file=file, err=True)
    click.secho(f"sipukat: {message_of(misuse)}", file=file, err=True, fg="red")


def _translated(english: str) -> str:
    for pattern, words in _MISUSE:
        if found := pattern.match(english):
            parts = {key: part.strip() for key, part in found.groupdict().items()}
            if "value" in parts:
                inner = _translated(parts["value"])
                parts["value"] = f": {inner}" if inner else "."
            return words.format_map(parts)
    return ""


def _replaced(text: str, words: dict[str, str]) -> str:
    for english, indonesian in words.items():
        text = text.replace(english, indonesian)
    return text
