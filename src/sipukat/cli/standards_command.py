"""``sipukat standards``: what the law says, what two standards differ in, what is wrong with a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sipukat.cli.completion_command import standards_of
from sipukat.cli.printing import show_json, table
from sipukat.cli.standard_option import named
from sipukat.errors import SipukatError, StandardError

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.standards import ComplianceStandard, DocumentStandard, Standard, SurveyStandard


class _ByName(click.Group):
    """Takes what is no subcommand for the name of a standard to show."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put ``show`` in front, unless a subcommand or help is asked for."""
        asked_for_help = args[:1] in [[name] for name in self.get_help_option_names(ctx)]
        if not asked_for_help and args[:1] not in [[name] for name in self.commands]:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ByName)
def standards() -> None:
    """Daftar standar yang dikenal, isi satu standar, beda dua standar, dan pemeriksaan berkas standar.

    Tanpa subperintah, `standards` menulis daftarnya dan `standards NAME` sama dengan `standards show NAME`.
    """


@standards.command()
@click.argument("name", required=False, shell_complete=standards_of())
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def show(name: str | None, as_json: bool) -> None:
    """Isi satu standar NAME (nama atau berkas .toml); tanpa NAME, daftar standar yang dikenal."""
    import sipukat

    if name is not None:
        rule = named(name)
        if as_json:
            show_json(rule.model_dump(mode="json"))
        else:
            click.echo(_shown(rule))
        return
    known = []
    for each in sipukat.standards.names():
        try:
            known.append(sipukat.standards.get(each))
        except SipukatError as broken:  # a broken plugin does not hide the others
            click.secho(str(broken), err=True, fg="red")
    if as_json:
        show_json([_summary(rule) for rule in known])
        return
    rows = [
        [r.id, r.kind, str(r.berlaku or "–"), str(r.dicabut or "–"), r.confidence, r.title] for r in known
    ]
    click.echo(table(["id", "jenis", "berlaku", "dicabut", "keyakinan", "judul"], rows))


@standards.command()
@click.argument("old", shell_complete=standards_of())
@click.argument("new", shell_complete=standards_of())
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def diff(old: str, new: str, lang: Lang, as_json: bool) -> None:
    """Apa yang berubah dari standar OLD ke standar NEW; masing-masing nama standar atau berkas .toml."""
    import sipukat

    before, after = named(old), named(new)
    changes = sipukat.standards.diff(before, after)
    if as_json:
        from sipukat.cli.outputs import diff_output

        told = [change.model_dump() | {"message": change.message(lang)} for change in changes]
        show_json(diff_output()(ok=True, old=before.id, new=after.id, differences=told).plain())
        return
    same = "Tidak ada perbedaan." if lang == "id" else "No differences."
    click.echo("\n".join(change.message(lang) for change in changes) or same)


@standards.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def validate(files: tuple[Path, ...], as_json: bool) -> None:
    """Periksa berkas standar FILE..., satu baris tiap berkas.

    Kode keluar 2 bila ada yang tidak dapat dipakai.
    """
    import sipukat

    results: list[dict[str, Any]] = []
    for file in files:
        try:
            rule = sipukat.standards.load(file)
        except StandardError as unusable:
            error = {"where": unusable.where, "got": unusable.got, "expected": unusable.expected}
            results.append({"file": str(file), "ok": False, "error": error, "message": str(unusable)})
        else:
            fine = f"{file.name}: baik ({rule.id}, {rule.kind}, {_size(rule)})"
            results.append({"file": str(file), "ok": True, "id": rule.id, "kind": rule.kind, "message": fine})
    ok = all(result["ok"] for result in results)
    if as_json:
        from sipukat.cli.output_records import ValidateOutput

        show_json(ValidateOutput.model_validate({"ok": ok, "files": results}).plain())
    else:
        for result in results:
            colour = None if result["ok"] else "red"
            click.secho(result["message"], fg=colour, err=not result["ok"])
    if not ok:
        click.get_current_context().exit(2)


def _size(rule: Standard) -> str:
    if rule.kind == "survey":
        return f"{len(rule.unsur)} unsur"
    return (
        f"{len(rule.komponen)} komponen" if rule.kind == "document" else f"{len(rule.indicators)} indikator"
    )


def _summary(rule: Standard) -> dict[str, Any]:
    from sipukat.cli.output_records import StandardSummary

    told = rule.model_dump(mode="json", include=set(StandardSummary.model_fields))
    return StandardSummary(**told).plain()


def _shown(rule: Standard) -> str:
    if rule.kind == "survey":
        return _survey(rule)
    return _document(rule) if rule.kind == "document" else _compliance(rule)


def _survey(rule: SurveyStandard) -> str:
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


def _document(rule: DocumentStandard) -> str:
    parts = [f"{rule.title} ({rule.regulation}; keyakinan {rule.confidence})", ""]
    heads = ["no", "huruf", "kunci", "kelompok", "wajib publikasi", "tempat (keyakinan)"]
    komponen = [
        [
            str(number),
            k.letter,
            k.key,
            k.group,
            "ya" if k.must_publish else "–",
            f"{rule.citation(k)} ({k.confidence})",
        ]
        for number, k in enumerate(rule.komponen, 1)
    ]
    parts += [table(heads, komponen, right=[0]), ""]
    for k in rule.komponen:
        parts += [f"{k.letter}. {k.nama}", *(f"   - {sentence}" for sentence in k.required_content)]
    if rule.steps:
        steps = [[str(n), s.nama, f"{s.place} ({s.confidence})"] for n, s in enumerate(rule.steps, 1)]
        parts += ["", table(["no", "langkah", "tempat (keyakinan)"], steps, right=[0])]
    if rule.articles:
        articles = [[f"{rule.citation(a)} ({a.confidence})", a.text] for a in rule.articles]
        parts += ["", table(["pasal (keyakinan)", "isi"], articles)]
    if rule.note:
        parts += ["", rule.note]
    return "\n".join(parts)


def _compliance(rule: ComplianceStandard) -> str:
    parts = [f"{rule.title} ({rule.regulation}; keyakinan {rule.confidence})", ""]
    parts += [f"{rule.scale.wording} ({rule.scale.confidence}).", ""]
    bands = [
        [
            band.code,
            band.label,
            str(band.low),
            str(band.high),
            f"{band.zone} ({band.zone_confidence or band.confidence})" if band.zone else "–",
            f"{band.place} ({band.confidence})",
        ]
        for band in reversed(rule.bands)
    ]
    heads = ["kode", "sebutan", "dari", "sampai", "zona (keyakinan)", "tempat (keyakinan)"]
    parts += [table(heads, bands, right=[2, 3]), ""]
    assumed = set(rule.assumed)
    indicators = [
        [
            i.key,
            i.nama,
            "rata (asumsi)" if i.key in assumed else str(i.weight or "seluruhnya"),
            f"{i.place} ({i.confidence})",
        ]
        for i in rule.indicators
    ]
    if indicators:
        parts += [table(["kunci", "indikator", "bobot", "tempat (keyakinan)"], indicators), ""]
    parts += [f"{rule.weighting.wording} ({rule.weighting.confidence}).", ""]
    parts += [f"{c.key}: {c.nama} ({c.confidence})" for c in rule.conditions]
    parts += [f"- {remark.text} ({remark.confidence})" for remark in rule.remarks]
    if rule.note:
        parts += ["", rule.note]
    return "\n".join(parts)
