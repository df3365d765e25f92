"""Reference pages made of the data of the library while Sphinx reads: standards, findings, commands, schemas.

A page holds a placeholder, `% generated: standards`; `fill` puts the text in its place.
"""

from __future__ import annotations

import inspect
import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import click
from gallery import gallery
from generated_schemas import schemas

from sipukat import findings, standards
from sipukat._text import number, tanggal
from sipukat.checks import rules
from sipukat.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import Indicator
    from sipukat.standards.document_model import DocumentStandard
    from sipukat.standards.model import SurveyStandard

_PLACEHOLDER = re.compile(r"^% generated: (\w+)$", re.MULTILINE)


def fill(page: str) -> str:
    """Replace the placeholders of a page."""
    return _PLACEHOLDER.sub(lambda match: "\n".join(_PAGES[match[1]]()), page)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ").replace("*", "\\*").strip() or "–"


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    heads = list(heads)
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    yield ""


def _standards() -> Iterator[str]:
    for name in sorted(standards.names("document"), key=lambda name: standards.document(name).berlaku):
        yield from _document(standards.document(name))
    for name in standards.names("survey"):
        yield from _survey(standards.survey(name))
    for name in standards.names("compliance"):
        yield from _compliance(standards.compliance(name))


def _head(law: ComplianceStandard | DocumentStandard | SurveyStandard) -> Iterator[str]:
    since = f"Berlaku sejak {tanggal(law.berlaku)}." if law.berlaku else ""
    until = f"Dicabut {tanggal(law.dicabut)}, diganti `{law.replaced_by}`." if law.dicabut else ""
    yield f"## `{law.id}`"
    yield ""
    yield f"{law.title}. {since} {until}".strip()


def _document(law: DocumentStandard) -> Iterator[str]:
    yield from _head(law)
    if law.extends:
        yield f"Menambah `{law.extends}`."
    yield law.note
    groups = {group.id: group.name for group in law.groups}
    rows = (
        (n, k.letter, f"`{k.key}`", k.nama, groups[k.group], "ya" if k.must_publish else "", _place(law, k))
        for n, k in enumerate(law.komponen, 1)
    )
    heads = ["no.", "huruf", "kunci", "nama", "kelompok", "wajib publikasi", "tempat (keyakinan)"]
    yield from _table(heads, rows)
    if law.extends is None:  # an extension asks for the same, and knows the same spellings
        rows = ((f"`{k.key}`", " ".join(k.required_content), "; ".join(k.labels)) for k in law.komponen)
        yield from _table(["kunci", "isi yang diminta (keyakinan B)", "sebutan lain dalam tabel"], rows)
    if law.steps:
        rows = ((n, s.nama, "; ".join(s.evidence), s.confidence) for n, s in enumerate(law.steps, 1))
        yield from _table(["no.", "langkah", "bukti", "keyakinan"], rows)
    own = [article for article in law.articles if article.regulation in {None, law.regulation}]
    yield from _table(["pasal (keyakinan)", "isi"], ((_place(law, article), article.text) for article in own))
    if ladder := law.texts.ladder:
        rows = ((rung.score, rung.condition) for rung in ladder.rungs)
        yield from _table(["nilai PEKPPP", f"syarat ({ladder.place}; {ladder.confidence})"], rows)


def _place(law: DocumentStandard, figure: Any) -> str:
    other = f", {figure.regulation}" if figure.regulation not in {None, law.regulation} else ""
    return f"{figure.place}{other} ({figure.confidence})"


def _survey(law: SurveyStandard) -> Iterator[str]:
    yield from _head(law)
    factor = f"IKM = NRR × {law.scale.to_ikm}" if law.scale.to_ikm else "faktor ke skala 100 tidak ditemukan"
    yield f"Skala {law.scale.low}–{law.scale.high}; {factor} (keyakinan {law.scale.confidence})."
    rows = ((u.code, f"`{u.key}`", u.nama, u.weight, u.place, u.confidence) for u in law.unsur)
    yield from _table(["kode", "kunci", "nama", "bobot", "tempat", "keyakinan"], rows)
    if law.bands:
        rows = ((b.mutu, b.kinerja, number(b.low), b.place, b.confidence) for b in reversed(law.bands))
        yield from _table(["mutu", "kinerja", "mulai dari", "tempat", "keyakinan"], rows)
    else:
        yield f"Tanpa batas mutu. {law.bands_note}".strip()
        yield ""
    if law.profiles:
        rows = ((f"`{p.id}`", p.weight or "persis", p.where, p.confidence) for p in law.profiles)
        yield from _table(["profil", "bobot", "terlihat di", "keyakinan"], rows)
    if len(law.orders) > 1:
        rows = ((f"`{o.id}`", ", ".join(o.keys), o.place, o.confidence) for o in law.orders)
        yield from _table(["urutan", "unsur", "tempat", "keyakinan"], rows)


def _compliance(law: ComplianceStandard) -> Iterator[str]:
    yield from _head(law)
    yield law.note
    scale = law.scale
    yield f"{scale.wording} (keyakinan {scale.confidence}; aturan angka 5: {scale.rounding_confidence})."
    rows: Iterable[Iterable[object]] = (
        (
            b.code,
            b.label,
            f"{number(b.low)}–{number(b.high)}",
            f"{b.zone} ({b.zone_confidence or b.confidence})" if b.zone else "",
            b.place,
            b.confidence,
        )
        for b in reversed(law.bands)
    )
    yield from _table(["kode", "sebutan", "nilai", "zona (keyakinan)", "tempat", "keyakinan"], rows)
    if law.indicators:
        assumed = set(law.assumed)
        rows = (
            (f"`{i.key}`", i.nama, _weight_of(i, assumed), _scale_of(law, i), i.place, i.confidence)
            for i in law.indicators
        )
        heads = ["kunci", "indikator", "bobot", "skala (keyakinan)", "tempat", "keyakinan"]
        yield from _table(heads, rows)
    for name, measurement in law.scales.items():
        if measurement.levels:
            rows = ((level.score, level.jika) for level in measurement.levels)
            heads = [f"nilai `{name}`", f"syarat ({measurement.place}; {measurement.confidence})"]
            yield from _table(heads, rows)
    rows = [(f"`{c.key}`", c.nama, c.note, c.confidence) for c in law.conditions]
    if rows:
        yield from _table(["syarat", "pertanyaan", "akibat", "keyakinan"], rows)
    yield from _table(["catatan", "keyakinan"], ((r.text, r.confidence) for r in law.remarks))


def _weight_of(indicator: Indicator, assumed: set[str]) -> object:
    return "rata (asumsi)" if indicator.key in assumed else indicator.weight or ""


def _scale_of(law: ComplianceStandard, indicator: Indicator) -> str:
    if not indicator.scale:
        return ""
    scale = law.scales[indicator.scale]
    return f"{scale.low}–{scale.high} ({scale.confidence})"


def _findings() -> Iterator[str]:
    pages = {rule.code: inspect.getdoc(rule.run) or "" for rule in rules()}
    for code, words in sorted(findings.catalogue().items()):
        yield f"## {code}: {words.judul}"
        yield ""
        yield f"*{words.title}* · {words.severity}"
        yield ""
        yield f"> {words.pesan}"
        yield ">"
        yield f"> *{words.message}*"
        yield ""
        if words.saran:
            yield f"Saran: {words.saran}"
            yield ""
        if words.suggestion:
            yield f"*Suggestion: {words.suggestion}*"
            yield ""
        if code in pages:
            yield from ["```text", pages[code], "```", ""]


def _option(option: click.Option) -> tuple[str, str, str]:
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    shown = isinstance(option.default, str | float) and not isinstance(option.default, bool)
    choices = ", ".join(option.type.choices) if isinstance(option.type, click.Choice) else ""
    return names, (option.help or choices).replace("<", "&lt;"), f"`{option.default}`" if shown else ""


def _commands() -> Iterator[str]:
    group: Any = main
    context = click.Context(group, info_name="sipukat")
    for name in group.list_commands(context):
        yield from _command(group.get_command(context, name), f"sipukat {name}", level=2)


def _command(command: Any, name: str, *, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    yield f"{'#' * level} `{name}`"
    yield ""
    yield cleandoc((command.help or "").split("\f", maxsplit=1)[0].replace("\b\n", ""))
    yield ""
    yield "```text"
    yield f"{name} {' '.join(command.collect_usage_pieces(context))}"
    yield "```"
    options = [param for param in command.get_params(context) if isinstance(param, click.Option)]
    yield from _table(["pilihan", "arti", "bawaan"], map(_option, options))
    for inner in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _command(command.get_command(context, inner), f"{name} {inner}", level=level + 1)


def _schemas() -> Iterator[str]:
    for name, title, parts in schemas():
        yield from [f"## `{name}`", "", title + ".", ""]
        for part, rows in parts:
            yield from [f"### {part}", ""]
            yield from _table(["isian", "jenis", "wajib", "arti"], rows)


_PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "standards": _standards,
    "findings": _findings,
    "gallery": gallery,
    "commands": _commands,
    "schemas": _schemas,
}
