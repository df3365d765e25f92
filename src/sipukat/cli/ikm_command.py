"""``sipukat ikm FILE``: from a survey file to the index, a table and files."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import click

from sipukat.cli.completion_command import output
from sipukat.cli.pieces import asks_for_pieces, summed
from sipukat.cli.printing import leave, show_findings, show_json, table
from sipukat.cli.standard_option import standard_option
from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.findings import Finding, Findings
    from sipukat.ikm import Estimate, IkmResult, Moments
    from sipukat.ikm.design import LonelyPsu
    from sipukat.standards import SurveyStandard
    from sipukat.survey import Reading, Responses


# Settings that are whole numbers, and those that the command itself fills or that are no text.
_WHOLE: Final = {"population", "withhold_below"}
_TAKEN: Final = {
    "obj", "path", "exporter", "lang", "part", "responses", "findings", "generated", "earlier", "rtl",
    "profile", "comments", "dates", "jadwal", "dasar",
}  # fmt: skip


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _pairs(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    del ctx
    out = {}
    for value in values:
        heading, sign, meaning = value.rpartition("=")
        if not sign or not heading or not meaning:
            raise click.BadParameter(f"{value!r}: write e.g. --column 'Pertanyaan 8=sarana'", param=param)
        out[heading] = meaning
    return out


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, Any]:
    del ctx
    out: dict[str, Any] = {}
    for value in values:
        key, sign, text = value.partition("=")
        key = key.strip().replace("-", "_")
        if not sign or not key or key in _TAKEN:
            raise click.BadParameter(f"{value!r}: write e.g. --set pelaksana='Tim SKM'", param=param)
        if key in _WHOLE and not text.strip().isdecimal():
            raise click.BadParameter(f"{key} must be a whole number, got {text!r}", param=param)
        out[key] = int(text) if key in _WHOLE else text
    return out


@click.command()
@click.argument("file", type=click.Path(exists=True))
@standard_option("survey", "permenpanrb-14-2017")
@click.option("--by", multiple=True, help="Kolom atau peran untuk merinci (unit, service, …); boleh diulang.")
@click.option("--order", help="Arti U8 dan U9: peraturan atau kuesioner.")
@click.option(
    "--column", "columns", multiple=True, callback=_pairs, help="JUDUL=UNSUR atau JUDUL=PERAN; boleh diulang."
)
@click.option("--sheet", help="Lembar dalam buku kerja.")
@click.option(
    "--pieces",
    is_flag=True,
    help="Baca CSV sepotong demi sepotong (nilainya harus angka); Parquet selalu begitu.",
)
@click.option(
    "--missing",
    default="per_unsur",
    show_default=True,
    help="Jawaban kosong: per_unsur, pooled, atau complete.",
)
@click.option("--profile", default="exact", show_default=True, help="Cara membobot dan membulatkan.")
@click.option(
    "--interval",
    default="beta_ends",
    show_default=True,
    help="Cara menghitung selang; atau t, logit, wilson, …",
)
@click.option(
    "--confidence-level", type=float, default=0.95, show_default=True, help="Tingkat keyakinan selang."
)
@click.option("--weight", help="Kolom bobot sampel.")
@click.option("--stratum", multiple=True, help="Kolom stratum; boleh diulang.")
@click.option("--psu", help="Kolom PSU (satuan yang ditarik lebih dulu).")
@click.option("--population", help="Banyaknya yang dilayani (angka atau kolom), untuk populasi terbatas.")
@click.option(
    "--lonely-psu",
    type=click.Choice(["fail", "certainty", "adjust", "average"]),
    default="fail",
    show_default=True,
    help="Yang ditambahkan stratum dengan satu PSU.",
)
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
    type=click.Choice(["hasil", "laporan", "ringkas", "poster"]),
    default="hasil",
    show_default=True,
    help="Isi --out: hasil, laporan tahunan, ringkasan satu halaman, atau papan.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    callback=_settings,
    help="KUNCI=TEKS untuk --part: unit, instansi, period, pelaksana, metode, lokasi, …; boleh diulang.",
)
@click.option(
    "--earlier",
    multiple=True,
    callback=_pairs,
    help="PERIODE=BERKAS: survei terdahulu untuk laporan atau ringkas, yang tertua dulu; boleh diulang.",
)
@click.option(
    "--compared-with",
    "published",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Terbitan .json terdahulu: peringatkan bila selisihnya membuka jawaban orang; boleh diulang.",
)
@click.option(
    "--lang", type=click.Choice(["id", "en"]), default="id", show_default=True, help="Bahasa keluaran."
)
@click.option("--json", "as_json", is_flag=True, help="Cetak JSON.")
def ikm(  # noqa: PLR0917  click passes options by name
    file: str,
    standard: SurveyStandard,
    by: tuple[str, ...],
    order: str | None,
    columns: dict[str, str],
    sheet: str | None,
    pieces: bool,
    missing: str,
    profile: str,
    interval: str,
    confidence_level: float,
    weight: str | None,
    stratum: tuple[str, ...],
    psu: str | None,
    population: str | None,
    lonely_psu: LonelyPsu,
    outputs: tuple[str, ...],
    part: str,
    settings: dict[str, Any],
    earlier: dict[str, str],
    published: tuple[str, ...],
    lang: Lang,
    as_json: bool,
) -> None:
    """Hitung IKM dari berkas survei FILE (CSV, XLSX, XLS-HTML, JSON, Parquet)."""
    import sipukat

    size = int(population) if population is not None and population.isdecimal() else population
    design = sipukat.ikm.Design(
        weight=weight, stratum=stratum or None, psu=psu, population=size, lonely_psu=lonely_psu
    )
    reading: Reading | None = None
    data: Responses | Moments
    if asks_for_pieces(file, pieces=pieces):
        data = summed(file, standard=standard, by=by, order=order, columns=columns or None, design=design)
    else:
        reading = sipukat.read_survey(
            file, standard=standard, columns=columns or None, sheet=sheet, order=order
        )
        data = reading.responses
    how: dict[str, Any] = {"profile": profile, "missing": missing, "interval": interval}
    how["confidence_level"] = confidence_level
    result = sipukat.ikm.estimate(data, standard, by=by, design=design, **how)
    opts: dict[str, Any] = {"part": part, **settings}
    if earlier:
        read: dict[str, Any] = {"standard": standard, "columns": columns or None, "order": order}
        opts["earlier"] = {period: _estimated(old, read, how) for period, old in earlier.items()}
    close = too_close(result, published, settings)
    if not as_json:
        show_findings(close, lang=lang)  # first, for what is written may be sent on
    written = [write(result, reading, path, lang, opts) for path in outputs]
    findings = all_findings(reading, result)
    _tell(result, findings, close, written, lang=lang, as_json=as_json)
    leave(findings)


def _estimated(file: str, read: Mapping[str, Any], how: Mapping[str, Any]) -> IkmResult:
    import sipukat

    return sipukat.ikm.estimate(sipukat.read_survey(file, **read).responses, **how)


def _tell(
    result: IkmResult, findings: Findings, close: Findings, written: list[str], *, lang: Lang, as_json: bool
) -> None:
    if as_json:
        from sipukat.cli.output_records import IkmOutput

        told = as_data(result, findings + close, lang)
        show_json(IkmOutput(ok=findings.ok, files=tuple(written), **told).plain())
    else:
        click.echo(as_table(result, lang))
        show_findings(findings, lang=lang)
        for path in written:
            click.echo(f"→ {path}", err=True)


def write(
    result: IkmResult, reading: Reading | None, path: str, lang: Lang, opts: Mapping[str, Any] = _NOTHING
) -> str:
    """Publish a result to one file; of the parts, only a workbook of the result shows respondents' answers.

    Raises
    ------
    UsageError
        If the part has no such setting.
    """
    import sipukat

    given: dict[str, Any] = dict(opts)
    if reading is not None:
        shown = path.casefold().endswith(".xlsx") and not result.design.weight
        counted = opts.get("part", "hasil") != "hasil"
        given |= {"responses": reading.responses if shown or counted else None, "findings": reading.findings}
    try:
        return str(sipukat.publish(result, path, lang=lang, **given))
    except TypeError as failure:
        if not opts.keys() - {"part"}:  # nothing was set that a part could refuse
            raise
        raise click.UsageError(str(failure)) from failure


def too_close(result: IkmResult, published: Sequence[str], settings: Mapping[str, Any]) -> Findings:
    """Return what a result would tell of a few people together with earlier publications.

    Raises
    ------
    ArgumentError
        If one of them is no publication of an IKM; names the file.
    """
    import sipukat
    from sipukat.readers import content

    if not published:
        return sipukat.findings.Findings()
    told = {key: settings[key] for key in ("withhold_below",) if key in settings}
    below = {"below": told["withhold_below"]} if told else {}
    document = sipukat.report.build(result, **told)
    found: dict[tuple[str, str, str], Finding] = {}
    for file in map(Path, published):
        try:
            close = sipukat.report.compared_with(document, [content(file)], **below)
        except ArgumentError as failure:
            raise ArgumentError(f"{file.name}: {failure}") from None
        found |= {(each.code, each.path, str(each.facts)): each for each in close}
    return sipukat.findings.Findings(list(found.values()))


def all_findings(reading: Reading | None, result: IkmResult) -> Findings:
    """Return what was found in the file and in the result; an open order of the unsur once."""
    if reading is None:
        return result.findings
    if not reading.findings.by_code("SRV405"):
        return reading.findings + result.findings
    return reading.findings + [finding for finding in result.findings if finding.code != "IKM602"]


def as_data(result: IkmResult, findings: Findings, lang: Lang) -> dict[str, Any]:
    """Return a result with the findings of reading and estimating."""
    return {**result.to_dict(), "findings": findings.to_records(lang)}


def as_table(result: IkmResult, lang: Lang) -> str:
    """Return the table of groups and the whole."""
    from sipukat._text import number
    from sipukat.ikm.remarks import label

    level = number(100 * result.confidence_level, 0)
    between = f"selang {level} %" if lang == "id" else f"{level} % interval"
    heads = [", ".join(result.by) or "", "n", "IKM", between, "mutu", "kinerja"]

    def row(name: str, e: Estimate) -> list[str]:
        interval = f"{number(e.low, lang=lang)} – {number(e.high, lang=lang)}"
        return [
            name,
            number(e.n, 0, lang=lang),
            number(e.published, lang=lang),
            interval,
            e.mutu or "–",
            e.kinerja or "–",
        ]

    rows = [row(label(name), e) for name, e in result.items()]
    rows.append(row("KESELURUHAN" if lang == "id" else "OVERALL", result.overall))
    return table(heads, rows, right=[1, 2, 3])
