"""What a weighting gives back: the data with new weights, their design, and the misfit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import numpy as np

from sipukat._text import Lang, number
from sipukat.survey import Responses

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sipukat.findings import Findings
    from sipukat.ikm.design import Design

T = TypeVar("T")
FORMAT: Final = "urn:sipukat:weighted:1"
MISFIT: Final = ("margin", "category", "target", "before", "after", "difference", "n")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Weighted(Generic[T]):
    """Data with a new column of weights, and the design that reads it.

    Parameters
    ----------
    data
        What was given, of the same kind, with one new column.
    design
        The design that was given, with the new column as its weight; hand it to `estimate`.
        After a fit it names the totals, so that the variance counts what they tell.
    misfit
        One row a category or total: ``margin category target before after difference n``,
        with sums of weights before and after, ``after - target``, and respondents.
    findings
        What must be known of the weights: IKM630 to IKM639.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat.ikm.weighting import post_stratify
    >>> frame = pd.DataFrame({"sex": ["L", "L", "L", "P"]})
    >>> fitted = post_stratify(frame, {"sex": {"L": 60, "P": 60}})
    >>> fitted.data["bobot"].tolist(), fitted.design.weight
    ([20.0, 20.0, 20.0, 60.0], 'bobot')
    """

    data: T
    design: Design
    misfit: pd.DataFrame
    findings: Findings

    @property
    def weights(self) -> NDArray[np.float64]:
        """(n,) the new weights, one a row of `data`."""
        import narwhals.stable.v2 as nw

        native: Any = self.data.frame if isinstance(self.data, Responses) else self.data
        frame = nw.from_native(native, eager_only=True)
        return np.asarray(frame.get_column(self.design.weight or "").to_numpy(), dtype=np.float64)

    @property
    def deff(self) -> float:
        """Design effect of unequal weights alone, ``1 + CV^2 = n sum w^2 / (sum w)^2`` (Kish 1965)."""
        return kish(self.weights)

    def to_frame(self) -> pd.DataFrame:
        """Return the misfit, one row a category or total.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat.ikm.weighting import post_stratify
        >>> fitted = post_stratify(pd.DataFrame({"sex": ["L", "P"]}), {"sex": {"L": 6, "P": 4}})
        >>> fitted.to_frame()[["category", "before", "after"]].values.tolist()
        [['L', 5.0, 6.0], ['P', 5.0, 4.0]]
        """
        return self.misfit.copy()

    def to_dict(self) -> dict[str, Any]:
        """Return design, misfit and findings as plain, versioned data; no row of a person.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat.ikm.weighting import post_stratify
        >>> fitted = post_stratify(pd.DataFrame({"sex": ["L", "P"]}), {"sex": {"L": 6, "P": 4}})
        >>> fitted.to_dict()["misfit"][0]["target"], round(fitted.to_dict()["deff"], 2)
        (6.0, 1.04)
        """
        w = self.weights
        return {
            "format": FORMAT,
            "n": len(w),
            "sum": float(w.sum()),
            "low": float(w.min()),
            "high": float(w.max()),
            "deff": kish(w),
            "design": self.design.model_dump(mode="json", exclude_none=True),
            "misfit": [
                {
                    str(name): None if isinstance(value, float) and value != value else value  # noqa: PLR0124  NaN
                    for name, value in row.items()
                }
                for row in self.misfit.to_dict(orient="records")
            ],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say in one sentence what the weights are.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat.ikm.weighting import post_stratify
        >>> fitted = post_stratify(pd.DataFrame({"sex": ["L", "P"]}), {"sex": {"L": 6, "P": 4}})
        >>> print(fitted.sentence("en"))
        The weights of 2 respondents run from 4.00 to 6.00 and add up to 10.00; being unequal, they
        multiply the variance by 1.04.
        """
        w = self.weights
        n = number(len(w), 0, lang=lang)
        low, high, total, deff = (
            number(float(v), 2, lang=lang) for v in (w.min(), w.max(), w.sum(), kish(w))
        )
        if lang == "en":
            return (
                f"The weights of {n} respondents run from {low} to {high} and add up to {total}; "
                f"being unequal, they multiply the variance by {deff}."
            )
        return (
            f"Bobot {n} responden berkisar dari {low} sampai {high} dan berjumlah {total}; "
            f"karena tidak sama besar, bobot itu melipatkan ragam {deff} kali."
        )

    def __repr__(self) -> str:
        w = self.weights
        return (
            f"<Weighted: {len(w)} rows, {self.design.weight!r} {w.min():.4g} to {w.max():.4g}, "
            f"sum {w.sum():.6g}, deff {kish(w):.3f}, {len(self.findings)} findings>"
        )


def kish(w: NDArray[np.float64]) -> float:
    """Return ``n sum w^2 / (sum w)^2``, the design effect of unequal weights."""
    part = w / w.max()  # so that the squares of very large weights stay finite
    return float(len(part) * (part @ part) / part.sum() ** 2)
