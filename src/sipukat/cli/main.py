"""The group of commands, and how errors leave it."""

from __future__ import annotations

import os
from typing import Any

import click

import sipukat
from sipukat.cli.audit_command import audit
from sipukat.cli.check_command import check
from sipukat.cli.completion_command import completion
from sipukat.cli.demo_command import demo
from sipukat.cli.form_command import form
from sipukat.cli.ikm_command import ikm
from sipukat.cli.new_plugin_command import new_plugin
from sipukat.cli.pipe_command import pipe
from sipukat.cli.plugins_command import plugins
from sipukat.cli.printing import show_json
from sipukat.cli.sample_command import sample_size
from sipukat.cli.schema_command import schema
from sipukat.cli.score_command import score
from sipukat.cli.standards_command import standards
from sipukat.cli.verify_command import verify
from sipukat.cli.wording import in_indonesian, message_of, told
from sipukat.errors import SipukatError

_JSON = "sipukat.json"
"""Where the context remembers that JSON was asked for, before any option is parsed."""

_STOPPED = 130
"""The exit code that shells know for Ctrl-C."""


class _Group(click.Group):
    """Turns errors into one line on stderr, or JSON on stdout, and exit code 2."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Remember whether JSON is asked for: a wrong option is reported as JSON too."""
        options = args[: args.index("--")] if "--" in args else args
        ctx.meta[_JSON] = bool({"--json", "--sarif"} & set(options))
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as misuse:
            if not ctx.meta[_JSON]:
                raise told(misuse) from None
            _show_error(misuse, message_of(misuse))
            raise click.exceptions.Exit(2) from misuse

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; errors of the library, of the disk and of use leave here."""
        failure: Exception
        try:
            return super().invoke(ctx)
        except click.ClickException as misuse:
            if not ctx.meta[_JSON]:
                raise told(misuse) from None
            failure, message = misuse, message_of(misuse)
        except BrokenPipeError:  # `| head` has seen enough; click ends it without a word
            raise
        except (SipukatError, OSError) as unusable:
            failure, message = unusable, str(unusable)
        except KeyboardInterrupt:
            click.secho("sipukat: dihentikan; tidak ada berkas yang tertulis setengah", err=True, fg="red")
            raise click.exceptions.Exit(_STOPPED) from None
        if ctx.meta[_JSON]:
            _show_error(failure, message)
        else:
            click.secho(f"sipukat: {message}", err=True, fg="red")
        raise click.exceptions.Exit(2)


def _show_error(failure: Exception, message: str) -> None:
    from sipukat.cli.output_records import Failure, FailureOutput

    told = Failure(type=type(failure).__name__, message=message)
    show_json(FailureOutput(ok=False, error=told).plain())


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(sipukat.__version__, prog_name="sipukat")
def main() -> None:
    """Standar Pelayanan dan Indeks Kepuasan Masyarakat.

    Angka yang tepat, bersumber, dan jujur tentang ketidakpastiannya.
    """
    # pydantic looks for plugins of its own, and stops at the damaged metadata of any package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


for command in (
    demo,
    check,
    score,
    ikm,
    audit,
    verify,
    standards,
    schema,
    sample_size,
    form,
    new_plugin,
    pipe,
    plugins,
    completion,
):
    main.add_command(command)
in_indonesian(main)
