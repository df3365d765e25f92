"""``sipukat form``: the questionnaire of a standard, for a form service or on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sipukat.cli.printing import show_json, table
from sipukat.cli.standard_option import standard_option

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.standards import SurveyStandard

_KINDS = ("xlsform", "surveyjs", "limesurvey", "google", "paper")
_SHOWN = 70


def _text(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Refuse bytes that are no UTF-8: the form would lack them without a word."""
    del ctx
    for each in (value,) if isinstance(value, str) else value:
        try:
            each.encode()
        except UnicodeEncodeError:
            raise click.BadParameter("the text is not UTF-8; write it again as UTF-8", param=param) from None
    return value


@click.command()
@standard_option("survey", "permenpanrb-14-2017")
@click.option("--kind", type=click.Choice(_KINDS), help="Bawaan: menurut akhiran --out.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    help="Tulis .xlsx (XLSForm), .json (SurveyJS), .txt (LimeSurvey), .csv (Google), atau .pdf (kertas).",
)
@click.option(
    "--lang",
    type=click.Choice(["id", "en"]),
    multiple=True,
    default=["id"],
    help="Bahasa pertanyaan; ulangi untuk keduanya.",
)
@click.option("--unit", default="", callback=_text, help="Unit yang dinilai.")
@click.option("--instansi", default="", callback=_text, help="Instansi induknya.")
@click.option("--layanan", multiple=True, callback=_text, help="Layanan yang dapat dipilih; boleh diulang.")
@click.option(
    "--units", multiple=True, callback=_text, help="Unit yang dapat dipilih, pengganti --unit; boleh diulang."
)
@click.option("--order", help="Urutan unsur, misalnya peraturan; bawaan: urutan kuesioner.")
@click.option("--comments/--no-comments", default=True, show_default=True, help="Tanyakan saran atau tidak.")
@click.option(
    "--url",
    default="",
    callback=_text,
    help="Alamat formulir yang sama secara daring; dicetak sebagai kode QR pada kertas.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak pertanyaannya sebagai JSON.")
def form(  # noqa: PLR0917  click passes options by name
    standard: SurveyStandard,
    kind: str | None,
    out: str | None,
    lang: tuple[Lang, ...],
    unit: str,
    instansi: str,
    layanan: tuple[str, ...],
    units: tuple[str, ...],
    order: str | None,
    comments: bool,
    url: str,
    as_json: bool,
) -> None:
    """Tulis kuesioner sebuah standar; jawabannya dibaca lagi oleh `sipukat ikm` tanpa pemetaan.

    Tanpa --out hanya daftar pertanyaannya yang dicetak.
    """
    import sipukat
    from sipukat.survey.forms.writing import KINDS

    words: dict[str, Any] = {
        "lang": lang,
        "unit": unit,
        "instansi": instansi,
        "layanan": layanan,
        "units": units,
        "order": order,
        "comments": comments,
        "url": url,
    }
    asked = sipukat.survey.questionnaire(standard, **words)
    written = []
    if out is not None:
        by_suffix = {suffix: name for name, suffix in KINDS.items()}
        chosen = kind or by_suffix.get(Path(out).suffix.lower())
        if chosen is None:
            raise click.UsageError(f"--out ends in none of {', '.join(by_suffix)}; state --kind")
        sipukat.survey.form(standard, chosen, out, **words)
        written.append(out)
    if as_json:
        from sipukat.cli.outputs import form_output

        show_json(form_output()(ok=True, files=written, **asked.model_dump()).plain())
        return
    if out is None:
        rows = [
            [str(n), q.name, q.kind, asked.text(q.label)[:_SHOWN]] for n, q in enumerate(asked.questions, 1)
        ]
        click.echo(table(["no", "kolom", "jenis", "pertanyaan"], rows, right=[0]))
    for path in written:
        click.echo(f"→ {path}")
