"""``sipukat demo``: the main job on an invented city."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sipukat.cli.ikm_command import all_findings, as_data, as_table, write
from sipukat.cli.printing import leave, show_findings, show_json

if TYPE_CHECKING:
    from sipukat._text import Lang


@click.command()
@click.option(
    "--out",
    default="hasil",
    show_default=True,
    type=click.Path(file_okay=False),
    help="Folder tempat hasilnya ditulis.",
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def demo(out: str, lang: Lang, as_json: bool) -> None:
    """Hitung IKM sebuah kota rekaan (13 unit) dan tulis Excel, HTML, dan JSON."""
    import sipukat

    reading = sipukat.read_survey(sipukat.datasets.path("kota-contoh"))
    result = sipukat.ikm.estimate(reading.responses, by="unit")
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        write(result, reading, str(folder / f"ikm-kota-contoh{s}"), lang) for s in (".xlsx", ".html", ".json")
    ]
    findings = all_findings(reading, result)
    if as_json:
        show_json({"ok": findings.ok, "invented": True, **as_data(result, findings, lang), "files": files})
    else:
        note = (
            "DATA REKAAN: kota, unit, dan jawaban di bawah ini tidak nyata."
            if lang == "id"
            else "INVENTED DATA: this city, its units and the answers below are not real."
        )
        click.secho(note, bold=True)
        click.echo()
        click.echo(as_table(result, lang))
        click.echo()
        show_findings(findings, lang=lang)
        for path in files:
            click.echo(f"→ {path}")
    leave(findings)
