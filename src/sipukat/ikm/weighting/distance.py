"""How a ratio of weights follows from the fit: the distances of Deville & Särndal.

Each has F, the ratio ``g = F(u)`` of a respondent whose variables meet the multipliers in
``u``; its derivative; and its integral, whose sum the fit minimizes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """One distance.

    Parameters
    ----------
    ratio
        F.
    slope
        Its derivative.
    integral
        Its integral, up to a constant.
    """

    ratio: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    slope: Callable[[NDArray[np.float64]], NDArray[np.float64]]
    integral: Callable[[NDArray[np.float64]], NDArray[np.float64]]


def linear(low: float, high: float) -> Distance:
    """Return ``F = 1 + u``, cut off at the bounds."""
    return _cut(
        Distance(ratio=lambda u: 1 + u, slope=np.ones_like, integral=lambda u: u + u * u / 2),
        at=(low - 1, high - 1),
        bounds=(low, high),
    )


def raking(low: float, high: float) -> Distance:
    """Return ``F = exp(u)``, cut off at the bounds."""
    with np.errstate(divide="ignore"):
        at = float(np.log(low)), float(np.log(high))
    return _cut(Distance(ratio=np.exp, slope=np.exp, integral=np.exp), at=at, bounds=(low, high))


def logit(low: float, high: float) -> Distance:
    """Return the logistic F, which runs from `low` to `high` and is 1 at 0."""
    a = (high - low) / ((1 - low) * (high - 1))
    shift = float(np.log((1 - low) / (high - 1)))

    def ratio(u: NDArray[np.float64]) -> NDArray[np.float64]:
        from scipy.special import expit

        return np.asarray(low + (high - low) * expit(a * u + shift))

    def slope(u: NDArray[np.float64]) -> NDArray[np.float64]:
        g = ratio(u)
        return a * (g - low) * (high - g) / (high - low)

    def integral(u: NDArray[np.float64]) -> NDArray[np.float64]:
        return low * u + (high - low) / a * np.logaddexp(0.0, a * u + shift)

    return Distance(ratio=ratio, slope=slope, integral=integral)


DISTANCES: Mapping[str, Callable[[float, float], Distance]] = {
    "linear": linear,
    "raking": raking,
    "logit": logit,
}


def _cut(free: Distance, *, at: tuple[float, float], bounds: tuple[float, float]) -> Distance:
    """Hold a distance within bounds: constant below ``at[0]`` and above ``at[1]``."""
    (below, above), (low, high) = at, bounds

    def ratio(u: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.clip(free.ratio(u), low, high)

    def slope(u: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.where((u > below) & (u < above), free.slope(u), 0.0)

    def integral(u: NDArray[np.float64]) -> NDArray[np.float64]:
        inner = np.clip(u, below, above)
        rest = u - inner
        outside = np.where(rest < 0, low, high if np.isfinite(high) else 0.0)
        return free.integral(inner) + outside * rest

    return Distance(ratio=ratio, slope=slope, integral=integral)
