"""``--standard``: one option for all commands, which takes a name or the path of a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from sipukat.cli.completion_command import standards_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sipukat.standards import Standard

    Kind = Literal["survey", "document", "compliance"]
    Command = TypeVar("Command", bound=Callable[..., Any])

_KINDS = {
    None: "Standar",
    "survey": "Standar survei",
    "document": "Standar dokumen",
    "compliance": "Skema penilaian",
}


def named(name: str | Standard) -> Standard:
    """Return the standard of a name, or of a TOML file."""
    from sipukat import standards

    if isinstance(name, str) and Path(name).suffix.casefold() == ".toml":
        return standards.load(name)
    return standards.get(name)


def standard_option(
    kind: Kind | None = None, default: str | None = None, *, more: str = ""
) -> Callable[[Command], Command]:
    """Return the option ``--standard`` of a command; the command receives the standard itself.

    Parameters
    ----------
    kind
        What kind of standard is taken; None for any.
    default
        The one that is taken where none is stated; None where that is None.
    more
        What else its help says.
    """

    def found(ctx: click.Context, param: click.Parameter, name: str | None) -> Standard | None:
        from sipukat import standards

        del ctx, param
        of_kind: dict[Kind | None, Callable[[Standard], Standard]] = {
            None: standards.get,
            "survey": standards.survey,
            "document": standards.document,
            "compliance": standards.compliance,
        }
        return None if name is None else of_kind[kind](named(name))

    return click.option(
        "--standard",
        callback=found,
        default=default,
        show_default=default is not None,
        shell_complete=standards_of(kind),
        help=f"{_KINDS[kind]}: nama atau berkas .toml{more}.",
    )
