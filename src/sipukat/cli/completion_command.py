"""``sipukat completion SHELL``: what the TAB key needs to know, and the names it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, get_completion_class

if TYPE_CHECKING:
    from collections.abc import Callable

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Cetak skrip yang melengkapi perintah sipukat dengan tombol TAB di SHELL.

    Di bash, tambahkan ke ~/.bashrc baris: eval "$(sipukat completion bash)".

    Di zsh, tambahkan ke ~/.zshrc baris: eval "$(sipukat completion zsh)".

    Di fish, jalankan: sipukat completion fish > ~/.config/fish/completions/sipukat.fish
    """
    program = ctx.find_root().info_name or "sipukat"
    script = get_completion_class(shell)
    if script is None:  # click knows these three
        raise click.UsageError(f"no completion is known for {shell}")
    click.echo(script(ctx.find_root().command, {}, program, f"_{program.upper()}_COMPLETE").source())


def standards_of(kind: str | None = None) -> Completer:
    """Return what offers the ids of the standards of a kind, those of plugins too, and else files."""

    def offered(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from sipukat import standards

        del ctx, param
        found = [CompletionItem(name) for name in standards.names(kind) if name.startswith(incomplete)]
        return found or [CompletionItem(incomplete, type="file")]

    return offered


def output(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the files that are there, and for a name without a suffix those that can be written."""
    from sipukat import export

    del ctx, param
    there = CompletionItem(incomplete, type="file")
    if not incomplete or "." in incomplete.rpartition("/")[2]:
        return [there]
    suffixes = dict.fromkeys(export.get(name).suffix for name in export.names())
    return [there, *(CompletionItem(incomplete + suffix) for suffix in suffixes)]
