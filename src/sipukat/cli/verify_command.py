"""``sipukat verify FILE``: compute what was published again, and say what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sipukat.cli.printing import show_findings, show_json, table
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.standards import Standard

_EXIT: Final = {"equal": 0, "different": 1, "undecided": 2}
_SHOWN: Final = 20
_HEADS: Final = {
    "id": ["tabel", "baris", "kolom", "tercetak", "hitung ulang"],
    "en": ["table", "row", "column", "printed", "computed"],
}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--input",
    "sources",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Berkas asalnya (survei, daftar periksa, Standar Pelayanan); boleh diulang; bawaan: berkas yang "
    "disebut terbitan, di sampingnya.",
)
@standard_option(more="; bila bukan yang disebut terbitan")
@click.option("--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa.")
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def verify(file: str, sources: tuple[str, ...], standard: Standard | None, lang: Lang, as_json: bool) -> None:
    """Hitung ulang terbitan FILE (.json atau .xlsx) dari berkas asalnya, dan sebutkan yang berbeda.

    Yang dihitung ulang: hasil IKM, penilaian kepatuhan, dan dokumen Standar Pelayanan.

    Kode keluar: 0 sama, 1 berbeda, 2 tidak dapat dinilai.
    """
    import sipukat

    source = sources[0] if len(sources) == 1 else sources or None
    found = sipukat.verify(file, source, standard=standard)
    if as_json:
        from sipukat.cli.output_records import VerifyOutput

        show_json(VerifyOutput(ok=found.ok, **found.to_dict(lang)).plain())
    else:
        click.echo(found.explain(lang))
        if shown := found.differences[:_SHOWN]:
            rows = [[d.table, d.row, d.column, d.printed or "–", d.computed or "–"] for d in shown]
            click.echo(table(_HEADS[lang], rows))
        told = [f for f in found.findings if f.code not in {"VRF800", "VRF801", "VRF803"}]
        show_findings(sipukat.findings.Findings(told), lang=lang)
    click.get_current_context().exit(_EXIT[found.verdict])
