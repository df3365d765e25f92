"""Whether a printed letter or label is that of a printed number.

A number printed with one decimal stands for a range of numbers, and so, at the edge of a
band, for two letters; both then hold.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sipukat._text import plain, round_half_up
from sipukat.ikm.mutu import DECIMALS, ordered_bands

if TYPE_CHECKING:
    from sipukat.ikm.printed import Printed
    from sipukat.standards.model import SurveyStandard
    from sipukat.standards.parts import Band

# English words for a label that papers print beside those of the standard; "not good" is
# what they make of "Kurang baik" and of "Tidak baik" alike
_ENGLISH: Final = {
    "sangat baik": {"very good", "excellent"},
    "baik": {"good"},
    "kurang baik": {"not good", "less good", "poor"},
    "tidak baik": {"not good", "bad", "very poor"},
}
_NEXT_BELOW: Final = Fraction(1, 10**12)  # what reaches `high` rounds to another print
_WORD: Final = re.compile(r"\w+")


def bands_of(
    printed: Printed, standard: SurveyStandard, *, factor: Fraction = Fraction(1)
) -> tuple[Band, ...]:
    """Return every band that the number behind a print can have, the lowest first.

    Parameters
    ----------
    printed
        The number as printed.
    standard
        Whose bands.
    factor
        What the print is multiplied by, where it is an average and not an index.

    Returns
    -------
    tuple of Band
        One, but for prints too coarse to tell; none where the standard has no bands, or
        the number is off its scale.

    Examples
    --------
    >>> from sipukat import standards
    >>> from sipukat.ikm.printed import Printed
    >>> law = standards.survey("permenpanrb-14-2017")
    >>> [[band.mutu for band in bands_of(Printed.of(text), law)] for text in ("76,6", "76,60")]
    [['C', 'B'], ['C']]
    """
    if not standard.bands or standard.band(round_half_up(printed.value * factor, DECIMALS)) is None:
        return ()
    top = Decimal(int(standard.scale.high * (standard.scale.to_ikm or 1)))
    ends = printed.low * factor, printed.high * factor - _NEXT_BELOW
    low, high = (min(round_half_up(end, DECIMALS), top) for end in ends)
    ordered = ordered_bands(standard)
    first, last = (sum(band.low <= end for band in ordered) - 1 for end in (low, high))
    return ordered[max(first, 0) : last + 1]


def holds(letter: str | None, label: str | None, band: Band) -> tuple[bool | None, bool | None]:
    """Say whether a printed letter, and a printed label, are those of a band.

    Letters and labels are compared without regard to case and blanks; a label may be in
    Indonesian or English, a letter may be followed by words (``"A (Sangat Baik)"``).

    Returns
    -------
    tuple of two booleans
        None for what is not printed.

    Examples
    --------
    >>> from sipukat import standards
    >>> best = standards.survey("permenpanrb-14-2017").bands[-1]
    >>> holds("A (Sangat Baik)", "Good", best)
    (True, False)
    """
    words = _WORD.findall(plain(letter)) if letter is not None else []
    right_letter = None if letter is None else words[:1] == [plain(band.mutu)]
    if label is None:
        return right_letter, None
    kinerja = plain(band.kinerja)
    return right_letter, plain(label) in {kinerja, plain(band.performance), *_ENGLISH.get(kinerja, ())}
