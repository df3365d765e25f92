"""``sipukat check``: what is missing, contradictory or unclear in a Standar Pelayanan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sipukat.cli.completion_command import output
from sipukat.cli.printing import leave, show_json
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.findings import Finding, Findings
    from sipukat.pelayanan import StandarPelayanan
    from sipukat.report.pelayanan_report import Part
    from sipukat.standards import DocumentStandard

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_MARKED = (".yaml", ".yml", ".toml", ".json")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@standard_option("document", "uu-25-2009")
@click.option("--select", default="", help="Hanya kode ini, atau awalan kode: LKP,JLS305.")
@click.option("--ignore", default="", help="Tanpa kode ini, atau awalan kode.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Dilihat pada tanggal ini; bawaan: hari ini.")
@click.option(
    "--out",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False),
    shell_complete=output,
    help="Tulis .docx, .pdf, .html, .xlsx, .csv, atau .json; boleh diulang.",
)
@click.option(
    "--part",
    type=click.Choice(["pemeriksaan", "lampiran", "keputusan", "maklumat", "berita_acara", "sippn"]),
    default="pemeriksaan",
    show_default=True,
    help="Isi --out: hasil pemeriksaan, atau dokumen yang diminta peraturan.",
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--sarif", "as_sarif", is_flag=True, help="Cetak SARIF 2.1.0, untuk penyunting dan CI.")
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def check(
    files: tuple[str, ...],
    standard: DocumentStandard,
    select: str,
    ignore: str,
    on: datetime | None,
    outputs: tuple[str, ...],
    part: Part,
    lang: Lang,
    as_sarif: bool,
    as_json: bool,
) -> None:
    """Periksa Standar Pelayanan dalam FILES (yaml, toml, json, docx, xlsx, csv, html).

    Beberapa dokumen diperiksa bersama-sama: teks yang tersalin dari layanan lain ikut ditemukan.
    """
    import sipukat

    if as_sarif and as_json:
        raise click.UsageError("--sarif is JSON already; give one of --sarif and --json")
    day = on.date() if on else date.today()  # noqa: DTZ011  a day of the office's own calendar
    docs = [(file, doc) for file in files for doc in sipukat.pelayanan.load_all(file, standard=standard)]
    found = sipukat.check(
        [doc for _, doc in docs],
        standard,
        select=select,
        ignore=ignore,
        on=day,
    )
    of_document = [_of(found, at) for at in range(len(docs))]
    rest = [f for f in found if not f.path.startswith("documents[")]
    subject = [doc for _, doc in docs] if len(docs) > 1 else docs[0][1]
    opts: dict[str, Any] = {"lang": lang, "part": part, "standard": standard, "sources": files}
    if part == "pemeriksaan":
        told = found if len(docs) > 1 else sipukat.findings.Findings([*rest, *of_document[0]])
        opts |= {"findings": told, "on": day, "select": select, "ignore": ignore}
    written = [str(sipukat.publish(subject, file, **opts)) for file in outputs]
    if as_sarif:
        _show_sarif(docs, of_document, rest, lang)
    elif as_json:
        from sipukat.cli.output_records import CheckOutput

        records = _records(docs, of_document, rest, lang)
        show_json(CheckOutput(ok=found.ok, standard=standard.id, files=tuple(written), **records).plain())
    else:
        _show_text(docs, of_document, rest, lang)
        for file in written:
            click.echo(f"→ {file}", err=True)
    leave(found)


def _of(found: Findings, at: int) -> list[Finding]:
    """Return the findings of one document, with their paths in it."""
    prefix = f"documents[{at}]."
    own = [f for f in found if f.path.startswith(prefix)]
    return [f.model_copy(update={"path": f.path.removeprefix(prefix)}) for f in own]


def _records(
    docs: list[tuple[str, StandarPelayanan]],
    of_document: list[list[Finding]],
    rest: list[Finding],
    lang: Lang,
) -> dict[str, Any]:
    import sipukat

    documents = []
    for (file, doc), own in zip(docs, of_document, strict=True):
        findings = sipukat.findings.Findings(own)
        record = {"file": file, "nama": doc.nama, "ok": findings.ok, "findings": findings.to_records(lang)}
        documents.append(record)
    return {"documents": documents, "findings": sipukat.findings.Findings(rest).to_records(lang)}


def _lines(docs: list[tuple[str, StandarPelayanan]]) -> dict[str, dict[str, int]]:
    """Return the lines of the paths of each file that has lines and holds one document."""
    from pathlib import Path

    from sipukat.errors import MissingExtraError
    from sipukat.pelayanan.trees import format_of, lines_of
    from sipukat.readers import content, text_of

    known: dict[str, dict[str, int]] = {}
    files = [file for file, _ in docs]
    for file in {file for file in files if files.count(file) == 1 and file.lower().endswith(_MARKED)}:
        text = text_of(content(Path(file)), file)
        try:
            known[file] = dict(lines_of(text, format=format_of(text)))
        except MissingExtraError:  # JSON was read without PyYAML: the places have no lines
            continue
    return known


def _show_sarif(
    docs: list[tuple[str, StandarPelayanan]],
    of_document: list[list[Finding]],
    rest: list[Finding],
    lang: Lang,
) -> None:
    from sipukat.checks.sarif_log import sarif

    lines: Mapping[str, Mapping[str, int]] = _lines(docs)
    rows = [
        (file, lines.get(file, {}), finding)
        for (file, _), own in zip(docs, of_document, strict=True)
        for finding in own
    ]
    show_json(sarif([*rows, *((docs[0][0], {}, finding) for finding in rest)], lang=lang))


def _show_text(
    docs: list[tuple[str, StandarPelayanan]],
    of_document: list[list[Finding]],
    rest: list[Finding],
    lang: Lang,
) -> None:
    from sipukat.checks.sarif_log import line_of

    lines = _lines(docs)
    for (file, doc), own in zip(docs, of_document, strict=True):
        count = {severity: sum(f.severity == severity for f in own) for severity in _COLOURS}
        click.secho(f"{file}: {doc.nama or '(tanpa nama)'}", bold=True)
        for finding in own:
            line = line_of(finding.path, lines.get(file, {}))
            place = f"{file}:{line}" if line else finding.path
            _show_finding(finding, place, lang)
        click.echo("   " + ", ".join(f"{n} {severity}" for severity, n in count.items()))
    for finding in rest:
        _show_finding(finding, finding.path, lang)


def _show_finding(finding: Finding, place: str, lang: Lang) -> None:
    click.secho(f"  {finding.code} {finding.severity}", fg=_COLOURS[finding.severity], nl=False)
    click.echo(f" [{place}] {finding.message(lang)}")
    if suggestion := finding.suggestion(lang):
        click.echo(f"      → {suggestion}")
    if finding.citation:
        click.secho(f"      {finding.citation}", dim=True)
