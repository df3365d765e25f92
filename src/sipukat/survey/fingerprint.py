"""What tells two surveys apart without showing an answer: a hash of the answers, and what was left out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from sipukat.findings import Finding

_ROWS_LEFT_OUT: Final = ("SRV401", "SRV402", "SRV403")


def answers_sha256(scores: Mapping[str, NDArray[Any]]) -> str:
    r"""Return the SHA-256 of the answers alone: the same for a CSV and a workbook of the same answers.

    One line a respondent, one character an unsur (the score, ``0`` where there is no answer;
    a score of two digits is the character that many places after ``0``), the lines sorted;
    above them the names of the unsur, by commas. So the order of the rows and of the columns
    beside the answers does not matter.

    Parameters
    ----------
    scores
        Unsur to scores, 0 where a question was not answered, in the order of the standard.

    Examples
    --------
    >>> hashlib.sha256(b"U1,U2\n30\n43\n").hexdigest() == answers_sha256(
    ...     {"U1": np.array([4, 3]), "U2": np.array([3, 0])}
    ... )
    True
    """
    columns = [np.asarray(column, dtype=np.uint8) + np.uint8(ord("0")) for column in scores.values()]
    lines = np.column_stack([*columns, np.full(len(columns[0]), ord("\n"), dtype=np.uint8)])
    whole = np.ascontiguousarray(lines).view(f"S{lines.shape[1]}").ravel()
    return hashlib.sha256(",".join(scores).encode() + b"\n" + np.sort(whole).tobytes()).hexdigest()


def left_out(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many rows were no respondents, by the code of the finding that says so.

    Examples
    --------
    >>> from sipukat.findings import Finding
    >>> left_out([Finding.of("SRV402", path="", rows=[4, 9])])
    {'SRV402': 2}
    """
    return {f.code: len(f.facts["rows"]) for f in findings if f.code in _ROWS_LEFT_OUT}
