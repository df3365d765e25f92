"""``sipukat schema``: JSON Schema of what is stored and exchanged, for other languages."""

from __future__ import annotations

import json
from importlib.resources import files

import click

from sipukat.cli.printing import show_json, table

_PRINTED = "output-"
_NAMES = {
    "document": "Standar Pelayanan sebuah kantor (dokumen)",
    "vectors": "contoh yang harus diterima dan ditolak, untuk menguji program dalam bahasa lain",
    "calls": "panggilan sipukat dengan jawaban yang harus keluar, untuk menguji program dalam bahasa lain",
    "report": "laporan sebagai JSON, seperti yang ditulis bentuk json",
    "standard-compliance": "berkas standar jenis compliance",
    "standard-document": "berkas standar jenis document",
    "standard-survey": "berkas standar jenis survey",
    "survey": "sama dengan standard-survey",
    "output-audit": "yang dicetak audit --json",
    "output-check": "yang dicetak check --json",
    "output-error": "yang dicetak perintah apa pun dengan --json bila gagal",
    "output-form": "yang dicetak form --json",
    "output-ikm": "yang dicetak ikm --json",
    "output-plugins": "yang dicetak plugins --json",
    "output-sample-size": "yang dicetak sample-size --json",
    "output-standards": "daftar yang dicetak standards --json",
    "output-standards-diff": "yang dicetak standards diff --json",
    "output-standards-show": "yang dicetak standards NAMA --json",
    "output-standards-validate": "yang dicetak standards validate --json",
    "output-verify": "yang dicetak verify --json",
}


@click.command()
@click.argument("name", required=False, metavar="[NAME]", type=click.Choice([*_NAMES]))
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON (skema selalu JSON).")
def schema(name: str | None, as_json: bool) -> None:
    """Cetak JSON Schema 2020-12 bernama NAME, atau daftar namanya."""
    import sipukat

    if name is None:
        if as_json:
            show_json(_NAMES)
        else:
            click.echo(table(["nama", "isi"], [[key, words] for key, words in _NAMES.items()]))
    elif name == "document":
        show_json(sipukat.pelayanan.json_schema())
    elif name == "report":
        show_json(sipukat.export.json_schema())
    elif name == "vectors":
        show_json(sipukat.pelayanan.vectors())
    elif name == "calls":
        show_json(json.loads(files("sipukat.cli").joinpath("calls.json").read_text(encoding="utf-8")))
    elif name.startswith(_PRINTED):
        from sipukat.cli.outputs import json_schema

        show_json(json_schema(name.removeprefix(_PRINTED)))
    else:
        show_json(sipukat.standards.json_schema(name.removeprefix("standard-")))
