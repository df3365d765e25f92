"""What the board and the API tell of an index: never a unit that the library withholds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from sipukat.plot.theme import INK, tint
from sipukat.report.withholding import withheld

if TYPE_CHECKING:
    from sipukat.ikm import Estimate
    from skm_app.config import Office

_CENT = Decimal("0.01")


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Index(_Told):
    """The index of one unit, or of all; without numbers where it is withheld."""

    unit: str = Field(description="Kode unit; kosong untuk semua unit bersama-sama.")
    nama: str
    withheld: bool = Field(description="Responden masih terlalu sedikit untuk ditampilkan.")
    n: int | None = Field(default=None, description="Responden.")
    ikm: Decimal | None = Field(default=None, description="Indeks, dibulatkan setengah ke atas.")
    low: Decimal | None = Field(default=None, description="Batas bawah selang kepercayaan 95 %.")
    high: Decimal | None = Field(default=None, description="Batas atas selang kepercayaan 95 %.")
    mutu: str | None = None
    kinerja: str | None = None


class Board(_Told):
    """The indices of one period."""

    period: str
    standard: str
    overall: Index
    units: list[Index]

    @property
    def told(self) -> bool:
        """Whether there is a number to tell at all."""
        return not self.overall.withheld


class Band(_Told):
    """A band of the scale on a gauge, in per cent of its length."""

    mutu: str
    kinerja: str
    colour: str
    low: Decimal
    start: float
    width: float


def board_of(office: Office, period: str) -> Board:
    """Return the board of a period: all units, those without a number included."""
    result = office.sums.shown(period)
    below = office.config.withhold_below
    estimates = dict(result.items()) if result else {}
    hidden = withheld({nama: e.used for nama, e in estimates.items()}, below=below).names
    told = {nama: e for nama, e in estimates.items() if nama not in hidden}
    whole = result.overall if result and result.overall.used >= below else None
    units = [_index(code, nama, told.get(nama)) for code, nama in office.units.items()]
    overall = _index("", office.config.instansi, whole)
    return Board(period=period, standard=office.rule.id, overall=overall, units=units)


def _index(code: str, nama: str, e: Estimate | None) -> Index:
    if e is None or e.published is None:
        return Index(unit=code, nama=nama, withheld=True)
    low, high = (Decimal(end).quantize(_CENT, ROUND_HALF_UP) for end in (e.low, e.high))
    known = {"ikm": e.published, "low": low, "high": high, "mutu": e.mutu, "kinerja": e.kinerja}
    return Index(unit=code, nama=nama, withheld=False, n=e.n, **known)


def place(office: Office, value: Decimal) -> float:
    """Return where a value of the index lies on its scale, in per cent."""
    scale = office.rule.scale
    factor = scale.to_ikm or 1
    low, high = float(scale.low * factor), float(scale.high * factor)
    return round(100 * (float(value) - low) / (high - low), 2)


def bands(office: Office) -> list[Band]:
    """Return the bands of mutu, the lowest first; none where the standard has none."""
    found = sorted(office.rule.bands, key=lambda band: band.low)
    starts = [place(office, Decimal(band.low)) for band in found]
    return [
        Band(
            mutu=band.mutu, kinerja=band.kinerja, colour=tint(at, len(found)), low=band.low,
            start=start, width=round(end - start, 2),
        )
        for at, (band, start, end) in enumerate(zip(found, starts, [*starts[1:], 100.0], strict=False))
    ]  # fmt: skip


def colours() -> str:
    """Return the colours of the library's own figures as variables of a style sheet, light and dark."""
    light, dark = ("".join(f"--{name}:{pair[at]};" for name, pair in INK.items()) for at in (0, 1))
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
