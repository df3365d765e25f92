"""How each chart is drawn on the axes of matplotlib."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number
from sipukat.plot.lanes import WORDS
from sipukat.plot.likert import reach, scores_of, sides
from sipukat.plot.quadrant import importance_axis
from sipukat.plot.scale import shortened
from sipukat.plot.theme import INK, tint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Figure

_MARK: Final = INK["mark"][0]
_INK: Final = INK["ink"][0]
_RELIABLE: Final = 30
_LONGEST: Final = 44  # letters of a name
_LANES: Final = frozenset(
    {"unsur_bars", "unit_intervals", "compliance_waterfall", "answer_distribution", "unit_ranks"}
)


def height(figure: Figure, width: int) -> float:
    """Return the height in pixels that a figure takes."""
    if figure.chart in _LANES:
        return 110.0 + 30.0 * max(len(figure.data), 1)
    if figure.chart == "indicator_heat":
        return 170.0 + 30.0 * len({record["label"] for record in figure.data})
    return 190.0 if figure.chart.endswith("gauge") else max(width * 0.6, 260.0)


def _tick(value: float, lang: Lang) -> str:
    """Print the number of a tick with as many decimals as it has."""
    decimals = next((d for d in range(4) if abs(round(value, d) - value) < 1e-9), 4)  # noqa: PLR2004
    return number(round(value, 6), decimals, lang=lang)


def _named(axis: Any, lang: Lang) -> None:
    axis.set_major_formatter(lambda value, _: _tick(value, lang))


def _bands(figure: Figure, axes: Any, *, upright: bool) -> None:
    """Draw the bands and name them along the far edge."""
    low, high = (float(end) for end in figure.axis)
    starts = [float(band.low) for band in figure.bands]
    span = axes.axvspan if upright else axes.axhspan
    for place, (band, start, end) in enumerate(
        zip(figure.bands, starts, [*starts[1:], high][: len(starts)], strict=True)
    ):
        left, right = max(start, low), min(end, high)
        if right <= left:
            continue
        span(left, right, color=INK[tint(place, len(starts))][0], alpha=0.5, linewidth=0, zorder=0)
        middle = (left + right) / 2
        if upright:
            _text(
                axes, middle, 1.0, band.mutu, transform=axes.get_xaxis_transform(), va="bottom", ha="center"
            )
        else:
            _text(axes, 1.01, middle, band.mutu, transform=axes.get_yaxis_transform(), va="center")


def _text(axes: Any, x: float, y: float, words: str, **more: Any) -> None:
    axes.text(x, y, words, **({"fontsize": 8, "color": _INK, "parse_math": False} | more))


def _names(figure: Figure, axes: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    """Name the lanes, the first at the top."""
    names = [shortened(str(row["label"]), _LONGEST) for row in rows]
    axes.set_yticks(range(len(rows)), labels=names, fontsize=8, parse_math=False)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.tick_params(axis="x", labelsize=8)
    _named(axes.xaxis, figure.lang)


def _ends(figure: Figure, axes: Any) -> None:
    low, high = (float(end) for end in figure.axis)
    axes.set_xlim(low, high)


def _value(axes: Any, row: int, words: str) -> None:
    _text(axes, 1.01, row, words, transform=axes.get_yaxis_transform(), va="center")


def _gauge(figure: Figure, axes: Any) -> None:
    record: Mapping[str, Any] = next((r for r in figure.data if r.get("role") != "zone"), {})
    zones = [r for r in figure.data if r.get("role") == "zone"]
    _ends(figure, axes)
    axes.set_ylim(0, 1)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if zones:
        starts: list[Any] = [*(zone["low"] for zone in zones), figure.axis[1]]
        for place, zone in enumerate(zones):
            ink = str(zone.get("zone"))
            colour = INK[ink if ink in INK else tint(place, len(zones))][0]
            ends = float(starts[place]), float(starts[place + 1])
            axes.axvspan(*ends, color=colour, linewidth=0, zorder=0)
            _text(axes, sum(ends) / 2, 0.06, str(zone["label"]), ha="center")
    else:
        _bands(figure, axes, upright=True)
    axes.tick_params(axis="x", labelsize=8)
    _named(axes.xaxis, figure.lang)
    value, low, high = (record.get(name) for name in ("value", "low", "high"))
    if low is not None and high is not None:
        axes.axvspan(float(low), float(high), color=_MARK, alpha=0.28, linewidth=0)
    words = number(value, 2, lang=figure.lang) if value is not None else ""
    spread = ""
    if low is not None and high is not None:
        spread = f"{number(low, 2, lang=figure.lang)} – {number(high, 2, lang=figure.lang)}"
    if value is not None:
        axes.axvline(float(value), color=_INK, linewidth=2)
    said = f"{words} ({spread})" if words and spread else words or spread
    _text(axes, 0.0, 0.72, f" {said}", transform=axes.transAxes, fontsize=13, fontweight="bold")


def _whisker(axes: Any, record: Mapping[str, Any], lane: int) -> None:
    value, low, high = (record.get(name) for name in ("value", "low", "high"))
    if value is not None and low is not None and high is not None:
        axes.plot([float(low), float(high)], [lane, lane], color=_INK, linewidth=1.2, marker="|", zorder=3)


def _dot(axes: Any, x: float, y: float, *, hollow: bool) -> None:
    face = INK["pale"][0] if hollow else _MARK
    axes.plot([x], [y], marker="o", color=_MARK, markerfacecolor=face, markersize=6, zorder=4, linestyle="")


def _rows(figure: Figure, axes: Any) -> None:
    _names(figure, axes, figure.data)
    _ends(figure, axes)
    _bands(figure, axes, upright=True)
    for lane, record in enumerate(figure.data):
        value: Any = record.get("value")
        if value is None:
            continue
        if record.get("role") == "overall":
            axes.axvline(float(value), color=_INK, linestyle=":", linewidth=1, alpha=0.7)
        if figure.chart == "unsur_bars":
            start = float(figure.axis[0])
            axes.barh(lane, float(value) - start, left=start, height=0.5, color=_MARK, alpha=0.82, zorder=2)
        else:
            count: Any = record.get("n")
            _dot(axes, float(value), lane, hollow=count is not None and count < _RELIABLE)
        _whisker(axes, record, lane)
        _value(axes, lane, f"{number(value, 2, lang=figure.lang)} {record.get('mutu') or ''}".strip())


def _waterfall(figure: Figure, axes: Any) -> None:
    rows: list[Mapping[str, Any]] = [r for r in figure.data if r.get("role") in {"start", "step", "end"}]
    _names(figure, axes, rows)
    _ends(figure, axes)
    for lane, record in enumerate(rows):
        value = record.get("value")
        if value is None:
            continue
        if record["role"] == "step":
            low, high = float(record["low"]), float(record["high"])
            axes.barh(lane, high - low, left=low, height=0.5, color=_MARK, alpha=0.82)
            _value(axes, lane, f"+{number(value, 2, lang=figure.lang)}")
        else:
            _dot(axes, float(value), lane, hollow=record["role"] == "start")
            _value(axes, lane, number(value, 2, lang=figure.lang))
    for record in figure.data:
        if record.get("role") == "target" and record.get("value") is not None:
            at: Any = record["value"]
            axes.axvline(float(at), color=_INK, linestyle="--", linewidth=1.2)
            words = f"{record['label']} {number(at, 2, lang=figure.lang)}"
            _text(axes, float(at), 1.0, words, transform=axes.get_xaxis_transform(), va="bottom", ha="center")


def _heat(figure: Figure, axes: Any) -> None:
    units = list(dict.fromkeys(str(r["label"]) for r in figure.data))
    columns = list(dict.fromkeys(str(r["column"]) for r in figure.data))
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_xticks(
        range(len(columns)), labels=[shortened(c, 28) for c in columns], rotation=30, ha="right",
        fontsize=8, parse_math=False,
    )  # fmt: skip
    axes.set_yticks(
        range(len(units)), labels=[shortened(u, _LONGEST) for u in units], fontsize=8, parse_math=False
    )
    axes.set_ylim(len(units) - 0.5, -0.5)
    for record in figure.data:
        x, y = columns.index(str(record["column"])), units.index(str(record["label"]))
        value: Any = record.get("value")
        if value is not None:
            lacking = min(max(1 - float(value) / 100, 0.0), 1.0)
            axes.fill_between(
                [x - 0.48, x + 0.48],
                y - 0.46,
                y + 0.46,
                color=_MARK,
                alpha=0.04 + 0.41 * lacking,
                linewidth=0,
            )
        known = record.get("low") is not None and record.get("high") is not None
        span = "–".join(number(record.get(end), 0, lang=figure.lang) for end in ("low", "high"))  # type: ignore[arg-type]
        words = number(value, 0, lang=figure.lang) if value is not None else span if known else "?"
        _text(axes, x, y, words, ha="center", va="center")


def _distribution(figure: Figure, axes: Any) -> None:
    scores = scores_of(figure.data)
    _names(figure, axes, figure.data)
    axes.set_xlim(*reach(figure.data, scores))
    axes.xaxis.set_major_formatter(lambda value, _: _tick(abs(value), figure.lang))
    sign = " %" if figure.lang == "id" else "%"
    for lane, record in enumerate(figure.data):
        if record.get("value") is None:
            _text(axes, 1, lane, str(record.get("note") or "–"), va="center", fontstyle="italic")
            continue
        for place, (score, low, high) in enumerate(sides(record, scores)):
            colour = INK[tint(place, len(scores))][0]
            named = str(score) if lane == _first(figure) else None
            axes.barh(lane, high - low, left=low, height=0.62, color=colour, edgecolor="white", label=named)
            if high - low > 9:  # noqa: PLR2004  per cent that hold a number
                words = number(record[f"share_{score}"], 1, lang=figure.lang)  # type: ignore[arg-type]
                _text(axes, (low + high) / 2, lane, words, ha="center", va="center", fontsize=7)
        _value(axes, lane, number(record["value"], 1, lang=figure.lang) + sign)  # type: ignore[arg-type]
    axes.axvline(0, color=_INK, linewidth=1.2)
    if scores and _first(figure) is not None:
        axes.legend(
            ncols=len(scores), loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=8,
            handlelength=1, borderaxespad=0.2,
        )  # fmt: skip


def _first(figure: Figure) -> int | None:
    return next((lane for lane, r in enumerate(figure.data) if r.get("value") is not None), None)


def _ranks(figure: Figure, axes: Any) -> None:
    _names(figure, axes, figure.data)
    low, high = (float(end) for end in figure.axis)
    axes.set_xlim(low - 0.5, high + 0.5)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(WORDS[figure.lang]["rank"], fontsize=8)
    for lane, record in enumerate(figure.data):
        first, last, rank = (record.get(key) for key in ("rank_low", "rank_high", "rank"))
        if isinstance(first, int) and isinstance(last, int):
            axes.barh(lane, last - first + 0.8, left=first - 0.4, height=0.4, color=_MARK, alpha=0.3)
        if isinstance(rank, int):
            _dot(axes, rank, lane, hollow=False)
        words = number(record.get("value"), 2, lang=figure.lang)  # type: ignore[arg-type]
        _value(axes, lane, f"{words} {record.get('mutu') or ''}".strip())


def _trend(figure: Figure, axes: Any) -> None:
    low, high = (float(end) for end in figure.axis)
    rows: list[Mapping[str, Any]] = [r for r in figure.data if r.get("value") is not None]
    times = [float(r["time"]) if r.get("time") is not None else at for at, r in enumerate(rows)]
    axes.set_ylim(low, high)
    _bands(figure, axes, upright=False)
    for at, record in enumerate(rows):
        x, value = times[at], float(record["value"])
        if record.get("low") is not None and record.get("high") is not None:
            ends = [float(record["low"]), float(record["high"])]
            axes.plot([x, x], ends, color=_INK, linewidth=1.2, marker="_")
        if at:
            sure = record.get("sure")
            ends = [float(rows[at - 1]["value"]), value]
            style: dict[str, Any] = {"alpha": 0.45} if sure is None else {}
            if sure == 0:
                style["linestyle"] = ":"
            axes.plot([times[at - 1], x], ends, color=_INK, linewidth=1.2, **style)
        count = record.get("n")
        _dot(axes, x, value, hollow=count is not None and count < _RELIABLE)
        top = float(record["high"] if record.get("high") is not None else value)
        words = number(record["value"], 2, lang=figure.lang)
        _text(axes, x, top + (high - low) * 0.02, words, ha="center", va="bottom", fontweight="bold")
    names = [shortened(str(r["label"]), 24) for r in rows]
    many = {"rotation": 30, "ha": "right"} if sum(map(len, names)) > 60 else {}  # noqa: PLR2004
    axes.set_xticks(times, labels=names, fontsize=8, parse_math=False, **many)
    axes.margins(x=0.12)
    axes.tick_params(axis="y", labelsize=8)
    _named(axes.yaxis, figure.lang)


def _quadrant(figure: Figure, axes: Any) -> None:
    known: list[Mapping[str, Any]] = [
        r for r in figure.data if r.get("importance") is not None and r.get("value") is not None
    ]
    _ends(figure, axes)
    axes.set_ylim(*importance_axis(known))
    for record in known:
        x, y = float(record["value"]), float(record["importance"])
        if record.get("role") == "cut":
            axes.axvline(x, color=_INK, linestyle="--", linewidth=1)
            axes.axhline(y, color=_INK, linestyle="--", linewidth=1)
            continue
        thin = {"color": _INK, "alpha": 0.35, "linewidth": 1}
        if record.get("low") is not None and record.get("high") is not None:
            axes.plot([float(record["low"]), float(record["high"])], [y, y], **thin)
        start, end = record.get("importance_low"), record.get("importance_high")
        if start is not None and end is not None:
            axes.plot([x, x], [float(start), float(end)], **thin)
        _dot(axes, x, y, hollow=not record.get("sure"))
        axes.annotate(
            str(record.get("kode") or record["label"])[:12], (x, y), xytext=(6, 4),
            textcoords="offset points", fontsize=8, fontweight="bold", parse_math=False,
        )  # fmt: skip
    axes.tick_params(labelsize=8)
    axes.set_xlabel(WORDS[figure.lang]["value"], fontsize=8)
    axes.set_ylabel(WORDS[figure.lang]["importance"], fontsize=8)
    _named(axes.xaxis, figure.lang)
    _named(axes.yaxis, figure.lang)


CHARTS: Final[Mapping[str, Callable[[Figure, Any], None]]] = MappingProxyType(
    {
        "answer_distribution": _distribution,
        "band_gauge": _gauge,
        "compliance_waterfall": _waterfall,
        "importance_performance": _quadrant,
        "indicator_heat": _heat,
        "trend": _trend,
        "unit_intervals": _rows,
        "unit_ranks": _ranks,
        "unsur_bars": _rows,
        "zone_gauge": _gauge,
    }
)
"""What draws each chart."""
