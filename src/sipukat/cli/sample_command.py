"""``sipukat sample-size``: how many respondents to ask."""

from __future__ import annotations

import click

from sipukat._text import number
from sipukat.cli.printing import show_json, table


@click.command("sample-size")
@click.argument("population", type=int, nargs=-1, required=True)
@click.option("--standard", default="permenpanrb-14-2017", show_default=True)
@click.option("--margin", type=float, help="Margin of error of a share; by default that of the standard.")
@click.option("--confidence-level", type=float, help="By default that of the standard.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sample_size(
    population: tuple[int, ...],
    standard: str,
    margin: float | None,
    confidence_level: float | None,
    as_json: bool,
) -> None:
    """Jumlah responden untuk POPULATION pengguna layanan (tabel Krejcie dan Morgan)."""
    import sipukat

    sizes = [
        sipukat.ikm.sample_size(size, standard=standard, margin=margin, confidence_level=confidence_level)
        for size in population
    ]
    if as_json:
        show_json({"ok": True, "sizes": [size.model_dump(mode="json") for size in sizes]})
        return
    rows = [[number(s.population, 0), number(s.n, 0), s.method, s.place] for s in sizes]
    click.echo(table(["populasi", "responden", "cara", "tempat"], rows, right=[0, 1]))
