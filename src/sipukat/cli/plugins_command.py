"""``sipukat plugins``: which plugins there are, where they come from, and what is wrong with them."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sipukat.cli.printing import show_json, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sipukat.plugins import Plugin

_STATES = {
    "ready": "siap",
    "loaded": "termuat",
    "not_allowed": "tidak diizinkan",
    "refused": "ditolak",
    "duplicate": "ganda",
    "outdated": "API berbeda",
    "failed": "gagal",
}
_GROUPS = {
    "sipukat.standards": "standar",
    "sipukat.readers": "pembaca",
    "sipukat.checks": "aturan",
    "sipukat.exporters": "bentuk keluaran",
    "": "–",
}
_KINDS = {"declarative": "berkas", "code": "kode"}
_HEADS = ["keadaan", "kelompok", "nama", "asal", "versi", "jenis", "isi"]


@click.command()
@click.option(
    "--load", is_flag=True, help="Muat juga tiap plugin, untuk melihat apakah berjalan; kodenya dijalankan."
)
@click.option("--all", "every", is_flag=True, help="Termasuk yang bawaan.")
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def plugins(load: bool, every: bool, as_json: bool) -> None:
    """Daftar plugin: kelompok, asal, versi, keadaan, dan sebabnya bila tidak dapat dipakai.

    Kode keluar 1 bila ada plugin yang rusak, ganda, ditolak, atau dibuat untuk API lain.
    """
    import sipukat

    # what code prints while it is loaded goes to stderr, so stdout stays one table or one JSON document
    found = sipukat.plugins.listing(load=load)
    chosen = [plugin for plugin in found if every or not plugin.built_in or not plugin.ok]
    ok = all(plugin.ok for plugin in found)
    if as_json:
        from sipukat.cli.output_records import PluginOutput, PluginsOutput

        told = PluginsOutput(
            ok=ok,
            api_version=sipukat.plugins.API_VERSION,
            environment={name: os.environ.get(name) for name in sipukat.plugins.ENVIRONMENT},
            plugins=tuple(PluginOutput(**asdict(plugin), ok=plugin.ok) for plugin in chosen),
        )
        show_json(told.plain())
    else:
        click.echo("\n".join(_lines(chosen)))
    if not ok:
        click.get_current_context().exit(1)


def _lines(found: list[Plugin]) -> Iterable[str]:
    from sipukat.plugins import API_VERSION, ENVIRONMENT

    if found:
        yield table(_HEADS, [_row(plugin) for plugin in found])
    else:
        yield "Tidak ada plugin. Yang bawaan: sipukat plugins --all"
    if remarks := [plugin for plugin in found if plugin.reason]:
        yield ""
        yield from (f"{plugin.name} ({plugin.origin}): {plugin.reason}" for plugin in remarks)
    yield ""
    yield f"API plugin: {API_VERSION}"
    for name in ENVIRONMENT:
        value = os.environ.get(name)
        yield f"{name}: {'tidak disetel' if value is None else repr(value)}"


def _row(plugin: Plugin) -> list[str]:
    return [
        _STATES[plugin.state],
        _GROUPS[plugin.group],
        plugin.name,
        plugin.origin,
        plugin.version or "–",
        _KINDS[plugin.kind],
        plugin.value or "–",
    ]
