"""``sipukat standards``: what the law says, with its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sipukat.cli.printing import show_json, table

if TYPE_CHECKING:
    from sipukat.standards import SurveyStandard


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def standards(name: str | None, as_json: bool) -> None:
    """Daftar standar yang dikenal, atau isi satu standar NAME."""
    import sipukat

    if name is not None:
        rule = sipukat.standards.get(name)
        if as_json:
            show_json(rule.model_dump(mode="json"))
        else:
            click.echo(_described(rule))
        return
    known = [sipukat.standards.get(each) for each in sipukat.standards.names()]
    if as_json:
        show_json([_summary(rule) for rule in known])
        return
    rows = [
        [r.id, r.kind, str(r.berlaku or "–"), str(r.dicabut or "–"), r.confidence, r.title] for r in known
    ]
    click.echo(table(["id", "jenis", "berlaku", "dicabut", "keyakinan", "judul"], rows))


def _summary(rule: SurveyStandard) -> dict[str, Any]:
    return rule.model_dump(
        mode="json", include={"id", "kind", "title", "berlaku", "dicabut", "replaced_by", "confidence"}
    )


def _described(rule: SurveyStandard) -> str:
    parts = [f"{rule.title} ({rule.regulation}; keyakinan {rule.confidence})", ""]
    unsur = [[u.code, u.key, u.nama, str(u.weight), f"{u.place} ({u.confidence})"] for u in rule.unsur]
    parts += [table(["kode", "kunci", "unsur", "bobot", "tempat (keyakinan)"], unsur), ""]
    if rule.bands:
        bands = [[b.mutu, b.kinerja, str(b.low), f"{b.place} ({b.confidence})"] for b in reversed(rule.bands)]
        parts += [table(["mutu", "kinerja", "mulai", "tempat (keyakinan)"], bands), ""]
    if rule.bands_note:
        parts += [rule.bands_note, ""]
    profiles = [[p.id, "tepat" if p.weight is None else str(float(p.weight)), p.where] for p in rule.profiles]
    parts += [table(["profil", "bobot", "dijumpai di"], profiles)]
    return "\n".join(parts)
