"""The letter of a number: mutu pelayanan and kinerja, by the bands of a standard.

The index is rounded half up once, to two decimals, and then looked up by the lower
bounds: the bands as they are printed (``65,00 - 76,60``, ``76,61 - 88,30``) leave gaps that
real results fall into.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np

from sipukat import standards
from sipukat._model import Record
from sipukat._text import round_half_up
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.printed import Printed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.standards.model import SurveyStandard
    from sipukat.standards.parts import Band

DECIMALS = 2
"""Decimals to which an index is rounded before it is classified."""


class Mutu(Record):
    """The letter and label of a number.

    Parameters
    ----------
    mutu
        The letter, ``"A"`` to ``"D"``.
    kinerja
        The label of the law, e.g. ``"Baik"``.
    performance
        The label in English.
    nilai
        The number classified, in points (25 to 100), rounded half up to two decimals.
    place
        Where the law draws the band.
    confidence
        How sure its bounds are: ``"A"``, ``"B"`` or ``"C"``.
    """

    mutu: str
    kinerja: str
    performance: str
    nilai: Decimal
    place: str
    confidence: Literal["A", "B", "C"]


def classify(
    value: float | Decimal | Fraction | str, standard: str | SurveyStandard = "permenpanrb-14-2017"
) -> Mutu:
    """Give the letter of an IKM.

    Parameters
    ----------
    value
        An IKM, on the scale that the standard publishes (25 to 100): a number, or text as
        printed. A float is taken at its shortest decimal form.
    standard
        A survey standard, or its id.

    Raises
    ------
    ValueError
        If `value` is no number, or outside the scale; an average on the 1-4 scale is not
        multiplied by 25 in silence.
    EstimationError
        If the standard has no bands.

    References
    ----------
    Peraturan Menteri PANRB Nomor 14 Tahun 2017, Lampiran: Nilai Interval Konversi.

    Examples
    --------
    >>> classify("76,61").mutu, classify(76.604).kinerja
    ('B', 'Kurang baik')
    """
    law = standards.survey(standard)
    bands = ordered_bands(law)
    exact = value if isinstance(value, Fraction) else Printed.of(value, what="an IKM to classify").value
    nilai = round_half_up(exact, DECIMALS)
    scale, factor = law.scale, law.scale.to_ikm or Fraction(1)
    if not scale.low * factor <= Fraction(nilai) <= scale.high * factor:
        shown = f"{float(scale.low * factor):g} to {float(scale.high * factor):g}"
        averages = f"; an average on the scale {scale.low}-{scale.high} is first multiplied by {factor}"
        hint = averages if scale.low <= exact <= scale.high else ""
        raise ArgumentError(f"{value!r} is outside the IKM of {law.id}, which goes from {shown}{hint}")
    if (band := law.band(nilai)) is None:
        raise EstimationError(
            f"{nilai} lies below the lowest band of {law.id}, which starts at {bands[0].low}"
        )
    return Mutu(
        mutu=band.mutu,
        kinerja=band.kinerja,
        performance=band.performance,
        nilai=nilai,
        place=band.place,
        confidence=band.confidence,
    )


def band_index(
    hundredths: NDArray[np.int64], standard: str | SurveyStandard = "permenpanrb-14-2017"
) -> NDArray[np.int64]:
    """Classify many indices at once.

    Parameters
    ----------
    hundredths
        Indices in hundredths, already rounded: 76.61 is 7661. -1 stands for no index.
    standard
        A survey standard, or its id.

    Returns
    -------
    array of the same shape
        Positions in ``ordered_bands(standard)``, from the lowest band (0) up; -1 where there is no
        index, or where it lies below the lowest band.

    Raises
    ------
    EstimationError
        If the standard has no bands.
    TypeError
        If the indices are not integers.

    Examples
    --------
    >>> band_index(np.array([6499, 6500, 7660, 7661, 8831, -1])).tolist()
    [0, 1, 1, 2, 3, -1]
    """
    if not np.issubdtype(np.asarray(hundredths).dtype, np.integer):
        raise TypeError(
            f"hundredths must be integers, got {np.asarray(hundredths).dtype}; round half up first"
        )
    lows = [int(band.low.scaleb(DECIMALS)) for band in ordered_bands(standards.survey(standard))]
    return np.searchsorted(np.array(lows, dtype=np.int64), hundredths, side="right").astype(np.int64) - 1


def ordered_bands(standard: str | SurveyStandard) -> tuple[Band, ...]:
    """Return the bands of a standard, the lowest first.

    Raises
    ------
    EstimationError
        If it has none.

    Examples
    --------
    >>> [band.mutu for band in ordered_bands("permenpanrb-14-2017")]
    ['D', 'C', 'B', 'A']
    """
    law = standards.survey(standard)
    if not law.bands:
        why = f": {law.bands_note}" if law.bands_note else ""
        raise EstimationError(f"{law.id} draws no bands, so no letter can be given{why}")
    return tuple(sorted(law.bands, key=lambda band: band.low))
