"""Weights nearest to the old ones that meet known totals: Newton's method with care."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sipukat.ikm.weighting.distance import Distance

_SINGULAR: Final = 1e-11
"""Below this share of the largest, an eigenvalue is that of variables that add up to one another."""

_FLOOR: Final = 1e-10
"""Least eigenvalue of a step, relative: where all at hand are at a bound, there is no slope."""

_HALVINGS: Final = 60
_ENOUGH: Final = 1e-4
"""Share of the promised decrease that a step must bring (Armijo)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """Where the search ended.

    Parameters
    ----------
    ratio
        (n,) ratios of new to old weights.
    misfit
        (p,) what is still missed, relative to the size of each total.
    iterations
        Steps taken.
    """

    ratio: NDArray[np.float64]
    misfit: NDArray[np.float64]
    iterations: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Problem:
    """Find eta with ``sum d F(y eta) y = target``; its solution minimizes the convex `value`."""

    y: NDArray[np.float64]
    d: NDArray[np.float64]
    target: NDArray[np.float64]
    distance: Distance

    def value(self, eta: NDArray[np.float64]) -> float:
        return float(self.d @ self.distance.integral(self.y @ eta) - self.target @ eta)

    def step(self, eta: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
        """Return a step, and the decrease it promises."""
        u = self.y @ eta
        missing = self.target - self.y.T @ (self.d * self.distance.ratio(u))
        hessian = self.y.T @ ((self.d * self.distance.slope(u))[:, None] * self.y)
        values, vectors = np.linalg.eigh(hessian)
        floor = _FLOOR * max(float(values[-1]), _FLOOR)
        step = vectors @ ((vectors.T @ missing) / np.maximum(values, floor))
        return step, float(missing @ step)


def solve(
    x: NDArray[np.float64],
    d: NDArray[np.float64],
    target: NDArray[np.float64],
    distance: Distance,
    *,
    tolerance: float,
    max_iterations: int,
) -> Solved:
    """Find the ratios ``F(x eta)`` under which the weighted sums of x are the targets.

    Parameters
    ----------
    x
        (n, p) variables; they may add up to one another.
    d
        (n,) weights before.
    target
        (p,) known totals.
    distance
        Says how ratios follow.
    tolerance
        Relative misfit that will do; the search then takes one more step, if it helps.
    max_iterations
        Most steps.

    Notes
    -----
    Damped Newton on the convex function ``sum d G(x eta) - target eta`` with ``G' = F``:
    a step is halved until the function falls, or the misfit does by half.
    """
    mass = float(d.sum())
    share = d / mass
    size = np.sqrt(share @ (x * x))
    size = np.where(size > 0, size, 1.0)
    scaled, goal = x / size, target / (mass * size)
    # variables that add up to one another are taken apart once, so that every step is well defined
    values, vectors = np.linalg.eigh(scaled.T @ (share[:, None] * scaled))
    basis = vectors[:, values > _SINGULAR * values[-1]]
    problem = _Problem(y=scaled @ basis, d=share, target=basis.T @ goal, distance=distance)
    scale = np.maximum(np.abs(goal), share @ np.abs(scaled))

    def misfit(eta: NDArray[np.float64]) -> NDArray[np.float64]:
        ratio = distance.ratio(problem.y @ eta)
        return np.asarray((scaled.T @ (share * ratio) - goal) / scale)

    eta = np.zeros(basis.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):  # too long a step overflows, and is halved
        missed, iterations = misfit(eta), 0
        while iterations < max_iterations:
            good = np.abs(missed).max() <= tolerance
            better = _stepped(problem, eta, np.abs(missed).max(), misfit)
            if better is None:
                break
            iterations += 1
            after = misfit(better)
            if good and np.abs(after).max() >= np.abs(missed).max():
                break
            eta, missed = better, after
            if good:
                break
        return Solved(ratio=distance.ratio(problem.y @ eta), misfit=missed, iterations=iterations)


def _stepped(
    problem: _Problem,
    eta: NDArray[np.float64],
    missed: float,
    misfit: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> NDArray[np.float64] | None:
    step, decrease = problem.step(eta)
    before, length = problem.value(eta), 1.0
    for _ in range(_HALVINGS):
        new = eta + length * step
        if problem.value(new) <= before - _ENOUGH * length * decrease:
            return new
        if np.abs(misfit(new)).max() <= missed / 2:
            return new
        length /= 2
    return None
