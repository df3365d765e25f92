"""The group of commands, and how errors leave it."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

import sipukat
from sipukat.cli.audit_command import audit
from sipukat.cli.demo_command import demo
from sipukat.cli.ikm_command import ikm
from sipukat.cli.sample_command import sample_size
from sipukat.cli.standards_command import standards
from sipukat.errors import SipukatError


class _Group(click.Group):
    """Turns errors of the library into one line on stderr, or JSON on stdout, and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (SipukatError, OSError) as failure:
            if "--json" in sys.argv:
                error = {"type": type(failure).__name__, "message": str(failure)}
                click.echo(json.dumps({"ok": False, "error": error}, ensure_ascii=False))
            else:
                click.secho(f"sipukat: {failure}", err=True, fg="red")
            ctx.exit(2)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(sipukat.__version__, prog_name="sipukat")
def main() -> None:
    """Standar Pelayanan dan Indeks Kepuasan Masyarakat.

    Angka yang tepat, bersumber, dan jujur tentang ketidakpastiannya.
    """


for command in (demo, ikm, audit, standards, sample_size):
    main.add_command(command)
