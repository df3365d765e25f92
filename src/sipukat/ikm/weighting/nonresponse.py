"""`adjust_nonresponse`: within classes, those who answered stand for those who did not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np
import pandas as pd

from sipukat._text import listing
from sipukat._validation import names_of
from sipukat.errors import DesignError, EstimationError
from sipukat.findings import Finding
from sipukat.ikm.weighting.closing import closed
from sipukat.ikm.weighting.margins import shown
from sipukat.ikm.weighting.opened import first_rows, opened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.design import Design
    from sipukat.ikm.weighting.opened import Opened
    from sipukat.ikm.weighting.weighted import Weighted

T = TypeVar("T")

_FEW: Final = 20
_LARGE: Final = 3.0
"""Factor above which a class should be joined with another (Kalton & Flores-Cervantes 2003)."""


def adjust_nonresponse(
    data: T,
    classes: str | Sequence[str],
    *,
    responded: str,
    weight: str | None = None,
    into: str = "bobot",
    design: Design | None = None,
) -> Weighted[T]:
    """Let those who answered stand for those of their class who did not.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a person who was asked,
        whether they answered or not.
    classes
        Columns, known of both, whose combinations are the classes; none for a single one.
    responded
        Column that says who answered: True and False, or 1 and 0.
    weight
        Column of the weights before, by default that of the design; without any, everybody
        counts 1.
    into
        Name of the new column.
    design
        How people were drawn.

    Returns
    -------
    Weighted
        Only those who answered, and a design without calibration; fit to margins afterwards.

    Raises
    ------
    EstimationError
        If nobody of a class answered.
    ColumnError
        If a column is missing, or `into` is there already.
    DesignError
        If cells are empty, `responded` says anything else, or weights are not finite and
        above 0.

    Notes
    -----
    ``w_i = d_i sum_c d / sum_c d r``, with d the weights before and r who answered. It mends
    the bias as far as those who answered and those who did not are alike within a class. The
    variance takes the response rates as known, which in general is cautious.

    References
    ----------
    Little (1986), Survey nonresponse adjustments, Int. Stat. Rev. 54; Kalton &
    Flores-Cervantes (2003), Weighting methods, J. Off. Stat. 19.

    Examples
    --------
    >>> import pandas as pd
    >>> asked = pd.DataFrame({"unit": list("AAAABB"), "answered": [1, 1, 0, 0, 1, 1]})
    >>> result = adjust_nonresponse(asked, "unit", responded="answered")
    >>> result.data["bobot"].tolist()
    [2.0, 2.0, 1.0, 1.0]
    """
    held = opened(data, weight=weight, into=into, design=design)
    names = tuple(held.column(name) for name in names_of(classes, "classes"))
    answered = _answered(held, held.column(responded))
    codes, labels = held.categories(names)
    count = np.bincount(codes[answered], minlength=len(labels))
    asked = np.bincount(codes, minlength=len(labels))
    if (count == 0).any():
        silent = [f"{shown(label)} ({asked[i]} rows)" for i, label in enumerate(labels) if count[i] == 0]
        what = f"classes of {' × '.join(names)}" if names else "the data"
        raise EstimationError(
            f"nobody answered in {what}: {listing(silent, lang='en')}; nobody can stand for them: join each "
            "with a class like it"
        )
    everyone = np.bincount(codes, held.base, minlength=len(labels))
    present = np.bincount(codes[answered], held.base[answered], minlength=len(labels))
    factor = everyone / present
    new = held.base * factor[codes]
    after = np.bincount(codes[answered], new[answered], minlength=len(labels))
    texts = [" / ".join(map(str, label)) for label in labels]
    rows = [
        (" × ".join(names), text, float(e), float(p), float(a), float(a - e), int(n))
        for text, e, p, a, n in zip(texts, everyone, present, after, count, strict=True)
    ]
    findings = []
    out = int((~answered).sum())
    if out:
        share = 100 * out / len(answered)
        findings.append(
            Finding.of("IKM637", path=held.column(responded), count=out, n=len(answered), percent=share)
        )
    weak = [
        f"{text} ({n}; {f:.2f})"
        for text, n, f in zip(texts, count.tolist(), factor.tolist(), strict=True)
        if f > _LARGE or (n < _FEW and f > 1)
    ]
    if weak:
        findings.append(
            Finding.of("IKM638", path=" × ".join(names), classes=weak, few=_FEW, large=f"{_LARGE:g}")
        )
    return closed(held, new, rows, findings=findings, keep=answered)


def _answered(held: Opened[Any], name: str) -> NDArray[np.bool_]:
    """Return (n,) who answered.

    Raises
    ------
    DesignError
        If a cell is empty, or says anything but yes (True, 1) or no (False, 0).
    """
    cells = held.frame.get_column(name).to_list()
    empty = np.array([c is None or c is pd.NA or c != c for c in cells], dtype=np.bool_)  # noqa: PLR0124  NaN
    if empty.any():
        raise DesignError(
            f"column {name!r} is empty in {int(empty.sum())} rows (first {first_rows(empty)}); say True for "
            "those who answered, and False for the others"
        )
    other = np.array([isinstance(c, str | bytes) or c not in {0, 1} for c in cells], dtype=np.bool_)
    if other.any():
        held_there = sorted({repr(c)[:20] for c, bad in zip(cells, other.tolist(), strict=True) if bad})
        raise DesignError(
            f"column {name!r} says who answered by True and False or 1 and 0; it holds "
            f"{listing(held_there, lang='en')} (first rows {first_rows(other)})"
        )
    return np.array([bool(c) for c in cells], dtype=np.bool_)
