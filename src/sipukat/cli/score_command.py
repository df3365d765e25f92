"""``sipukat score FILE``: the score of an office under a scheme, and the way to a better zone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sipukat.cli.completion_command import output
from sipukat.cli.printing import leave, show_findings, show_json
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.compliance import Assessment, CityAssessment, Evidence
    from sipukat.compliance import Path as Way
    from sipukat.compliance.scoring import Unknown
    from sipukat.findings import Findings as Found
    from sipukat.standards import ComplianceStandard


@click.command()
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(exists=True, dir_okay=False))
@standard_option("compliance", more="; harus disebut")
@click.option(
    "--to", "target", help="Zona, huruf, atau nilai yang dituju dengan biaya terkecil: hijau, A, 85."
)
@click.option(
    "--costs",
    type=click.Path(exists=True, dir_okay=False),
    help="Biaya tiap indikator (yaml, toml, json).",
)
@click.option(
    "--unknown",
    type=click.Choice(["bounds", "zero"]),
    default="bounds",
    show_default=True,
    help="Yang belum diketahui: memberi batas, atau dihitung nilai terkecilnya.",
)
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="Dokumen dilihat pada tanggal ini; bawaan: hari ini."
)
@click.option("--overwrite", is_flag=True, help="Bila berbeda, isian mengalahkan dokumen.")
@click.option(
    "--out",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False),
    shell_complete=output,
    help="Tulis .xlsx, .html, .csv, atau .json; boleh diulang.",
)
@click.option(
    "--form",
    type=click.Path(dir_okay=False),
    help="Tulis formulir isiannya (.xlsx, .yaml, .toml, .json).",
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def score(  # noqa: PLR0917  click passes options by name
    files: tuple[str, ...],
    standard: ComplianceStandard | None,
    target: str | None,
    costs: str | None,
    unknown: Unknown,
    on: datetime | None,
    overwrite: bool,
    outputs: tuple[str, ...],
    form: str | None,
    lang: Lang,
    as_json: bool,
) -> None:
    """Nilai kepatuhan menurut satu skema, dari daftar periksa dan Standar Pelayanan dalam FILE.

    Daftar periksa dan dokumen dikenali dari isinya dan dipasangkan menurut unit dan layanan.
    Beberapa unit menjadi satu kota. Tanpa FILE, --form menulis daftar periksa kosong.
    """
    import sipukat
    from sipukat.cli.score_inputs import read_costs
    from sipukat.findings import Findings
    from sipukat.report import build
    from sipukat.verifying.gathering import gathered

    scheme = _stated(standard)
    if not files and form is None:
        raise click.UsageError("give a checklist or a Standar Pelayanan, or --form for an empty checklist")
    if costs and not target:
        raise click.UsageError("--costs is of the way to a target; give --to as well, e.g. --to hijau")
    day = on.date() if on else None
    known, remarks = gathered(files, scheme, on=day, overwrite=overwrite)
    written = [_form(form, known, scheme)] if form else []
    if not known:
        _tell_written(written, as_json=as_json)
        return
    options = read_costs(Path(costs)) if costs else {}
    assessment = _assessed(known, scheme, unknown)
    path = _path(assessment, target, options) if target else None
    if outputs:
        document = build(assessment, lang=lang, path=path, sources=files)
        written += [str(sipukat.publish(document, file)) for file in outputs]
    findings = Findings(remarks) + assessment.findings + (path.findings if path is not None else ())
    if as_json:
        whole = {**assessment.to_dict(), "path": path.to_dict() if path is not None else None}
        show_json({"ok": findings.ok, **whole, "findings": findings.to_records(lang), "files": written})
    else:
        _show(assessment, path, lang)
        show_findings(_once(findings), lang=lang)
        _tell_written(written, as_json=False)
    leave(findings)


def _stated(standard: ComplianceStandard | None) -> ComplianceStandard:
    import sipukat

    if standard is None:
        known = ", ".join(sipukat.standards.names("compliance"))
        raise click.UsageError(
            f"--standard is required: 51.15 was kuning in 2021 and is merah from 2022. Schemes: {known}"
        )
    return standard


def _form(path: str, known: list[Evidence], scheme: ComplianceStandard) -> str:
    import sipukat

    if len(known) > 1:
        raise click.UsageError(f"--form writes one checklist, and the files are of {len(known)} services")
    form = sipukat.compliance.checklist(scheme, known[0] if known else None)
    return str(sipukat.compliance.write_checklist(form, path))


def _assessed(
    known: list[Evidence], scheme: ComplianceStandard, unknown: Unknown
) -> Assessment | CityAssessment:
    import sipukat

    if len(known) == 1:
        return sipukat.compliance.score(known[0], scheme, unknown=unknown)
    units = {evidence.unit for evidence in known}
    name = units.pop() if len(units) == 1 else ""
    return sipukat.compliance.city(known, scheme, unknown=unknown, name=name)


def _path(assessment: Assessment | CityAssessment, target: str, options: dict[str, Any]) -> Way:
    from sipukat.compliance import Assessment, city_path

    if isinstance(assessment, Assessment):
        return assessment.path_to(target, **options)
    return city_path(assessment, target, **options)


def _show(assessment: Assessment | CityAssessment, path: Way | None, lang: Lang) -> None:
    """Print the sentence, the tables and the way, as the report has them."""
    from sipukat.cli.score_printing import shown

    for part in shown(assessment, path, lang):
        click.echo(part)


def _once(findings: Found) -> Found:
    """Return findings without those that say the same of the same place."""
    return type(findings)(list({(f.code, f.path, str(f.facts)): f for f in findings}.values()))


def _tell_written(written: list[str], *, as_json: bool) -> None:
    if as_json:
        show_json({"ok": True, "files": written})
        return
    for path in written:
        click.echo(f"→ {path}", err=True)
