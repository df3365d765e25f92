"""``sipukat sample-size``: how many respondents to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sipukat._text import number
from sipukat.cli.printing import show_findings, show_json, table
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from sipukat.standards import SurveyStandard


@click.command("sample-size")
@click.argument("population", type=int, nargs=-1, required=True)
@standard_option("survey", "permenpanrb-14-2017")
@click.option("--margin", type=float, help="Galat yang diterima untuk proporsi; bawaan: menurut standar.")
@click.option("--confidence-level", type=float, help="Tingkat keyakinan; bawaan: menurut standar.")
@click.option("--deff", type=float, default=1.0, show_default=True, help="Efek rancangan, misalnya 2.")
@click.option(
    "--response-rate",
    type=float,
    default=1.0,
    show_default=True,
    help="Bagian undangan yang menjawab, misalnya 0.6.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def sample_size(
    population: tuple[int, ...],
    standard: SurveyStandard,
    margin: float | None,
    confidence_level: float | None,
    deff: float,
    response_rate: float,
    as_json: bool,
) -> None:
    """Jumlah responden untuk POPULATION pengguna layanan (tabel Krejcie dan Morgan)."""
    import sipukat

    sizes = [
        sipukat.ikm.sample_size(
            size,
            standard=standard,
            margin=margin,
            confidence_level=confidence_level,
            deff=deff,
            response_rate=response_rate,
        )
        for size in population
    ]
    if as_json:
        from sipukat.cli.outputs import planned_size, sample_size_output

        told = [planned_size()(**s.model_dump(), findings=s.findings.to_records()) for s in sizes]
        show_json(sample_size_output()(ok=True, sizes=told).plain())
        return
    rows = [[number(s.population, 0), number(s.n, 0), number(s.invited, 0), s.method, s.place] for s in sizes]
    click.echo(table(["populasi", "responden", "diundang", "cara", "tempat"], rows, right=[0, 1, 2]))
    for s in sizes:
        show_findings(s.findings, lang="id")
