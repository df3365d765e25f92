"""``sipukat new-plugin NAME``: a package with the rules of one region, ready to install and test."""

from __future__ import annotations

import re
import sys
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sipukat._require import require
from sipukat.cli.printing import show_json
from sipukat.errors import CitationError

if TYPE_CHECKING:
    from sipukat.regulation import Regulation

KINDS: Final = ("standards", "checks", "exporter", "reader")
"""What a package can hold, in the order in which the template names it."""

_LOCAL: Final = frozenset({"perbup", "perwal", "pergub", "perda", "kepbup", "kepwal", "kepgub"})
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,58}[A-Za-z0-9]", re.ASCII)
_REGION: Final = re.compile(r"[a-z]+(?: [a-z]+)*")
_EXAMPLES: Final = "Perbup Contoh 12/2025, Perwali Contoh 3/2026, Perda Kabupaten Contoh 3/2025"


@click.command("new-plugin")
@click.argument("name")
@click.option(
    "--folder",
    default=".",
    show_default=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Tempat folder NAME dibuat.",
)
@click.option("--regulation", default="Perbup Contoh 12/2025", show_default=True, help="Peraturan daerahnya.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    default=["standards"],
    show_default=True,
    help=f"Isinya, dipisah koma: {','.join(KINDS)}.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def new_plugin(name: str, folder: Path, regulation: str, kinds: tuple[str, ...], as_json: bool) -> None:
    """Buat paket plugin NAME untuk peraturan daerah: standar, uji, CI, dan README.

    Folder yang sudah ada tidak pernah ditimpa.
    """
    law = _law(regulation)
    answers = {
        "name": _named(name),
        "kind": law.kind,
        "region": law.region,
        "nomor": law.nomor,
        "tahun": law.tahun,
        "kinds": _kinds(kinds),
    }
    target = folder / name
    _write(target, answers)
    made = sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
    if as_json:
        show_json({"ok": True, "folder": str(target), **answers, "regulation": str(law), "files": made})
        return
    click.echo(f"→ {target} ({law}; {len(made)} berkas)")
    for path in made:
        click.echo(f"    {path}")
    click.echo(f'Berikutnya: cd {target}, pip install --editable ".[test]", pytest, sipukat plugins --load')


def _named(name: str) -> str:
    """Return the name of a package that can be installed and imported, or refuse it."""
    module = re.sub(r"[-_.]+", "_", name.lower())
    if not _NAME.fullmatch(name):
        raise click.BadParameter(
            f"{name[:60]!r} is no name of a package; use 2 to 60 letters, digits, '-', '.' and '_',"
            " beginning with a letter: sipukat-contoh",
            param_hint="NAME",
        )
    if module == "sipukat" or module in sys.stdlib_module_names:
        raise click.BadParameter(
            f"{name!r} would hide the module {module!r}; put the region into the name: sipukat-contoh",
            param_hint="NAME",
        )
    return name


def _law(text: str) -> Regulation:
    """Return the regulation of a region that a text cites, with its number and year, or refuse it."""
    from sipukat.regulation import Citation

    try:
        law = Citation.parse(text).regulation
    except CitationError:
        law = None
    whole = law and law.kind in _LOCAL and law.tahun is not None and _REGION.fullmatch(law.region)
    if law is None or not whole:
        raise click.BadParameter(
            f"{text[:60]!r} names no regulation of a region with its number and year; write {_EXAMPLES}",
            param_hint="--regulation",
        )
    return law


def _kinds(given: tuple[str, ...]) -> list[str]:
    """Return the kinds that are asked for, each once, in the order of the template."""
    asked = {part.strip() for text in given for part in text.split(",") if part.strip()}
    unknown = sorted(asked - set(KINDS))
    if unknown or not asked:
        got = ", ".join(unknown) or "nothing"
        raise click.BadParameter(f"{got}; choose from {', '.join(KINDS)}", param_hint="--kind")
    return [kind for kind in KINDS if kind in asked]


def _write(target: Path, answers: dict[str, Any]) -> None:
    """Render the template beside its place and put it there in one step.

    Raises
    ------
    MissingExtraError
        If Copier is absent.
    """
    import tempfile

    copier = require("copier", extra="plugin", purpose="making a plugin package")
    if target.exists() or target.is_symlink():
        raise click.UsageError(f"{target} is there already, and is left as it is; choose another name")
    with (
        as_file(files("sipukat") / "plugin_template") as template,
        tempfile.TemporaryDirectory(prefix=".sipukat-", dir=target.parent) as beside,
    ):
        made = Path(beside) / target.name
        copier.run_copy(str(template), made, data=answers, defaults=True, quiet=True)
        made.rename(target)
