"""``sipukat audit``: the way a published index was computed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sipukat.cli.printing import leave, show_findings, show_json
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.standards import SurveyStandard


def _numbers(text: str | None) -> list[str] | None:
    """Split numbers at blanks and semicolons: a comma may be a decimal mark."""
    return None if text is None else [part for part in re.split(r"[\s;]+", text.strip()) if part]


@click.command()
@click.argument("printed_ikm")
@click.option("--nrr", help="NRR tiap unsur seperti tercetak, dipisah spasi: '3,31 3,35 …'.")
@click.option("--sums", help="Jumlah nilai tiap unsur, dipisah spasi; bersama --n.")
@click.option("--n", type=int, help="Banyaknya responden.")
@click.option("--index", "printed_index", help="Jumlah NRR tertimbang seperti tercetak.")
@click.option("--mutu", help="Huruf mutu seperti tercetak.")
@click.option("--kinerja", help="Kinerja seperti tercetak, misalnya Baik.")
@standard_option("survey", "permenpanrb-14-2017")
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def audit(
    printed_ikm: str,
    nrr: str | None,
    sums: str | None,
    n: int | None,
    printed_index: str | None,
    mutu: str | None,
    kinerja: str | None,
    standard: SurveyStandard,
    lang: Lang,
    as_json: bool,
) -> None:
    """Cari cara hitung di balik PRINTED_IKM yang sudah terbit, dan apakah mutunya benar."""
    import sipukat

    totals = _numbers(sums)
    found = sipukat.ikm.audit(
        _numbers(nrr),
        printed_ikm,
        standard=standard,
        sums=None if totals is None else [int(total) for total in totals],
        n=n,
        printed_index=printed_index,
        printed_mutu=mutu,
        printed_kinerja=kinerja,
    )
    if as_json:
        from sipukat.cli.output_records import AuditOutput

        show_json(AuditOutput(ok=found.findings.ok, **found.to_dict(lang)).plain())
    else:
        click.echo(found.explain(lang))
        show_findings(found.findings, lang=lang)
    leave(found.findings)
