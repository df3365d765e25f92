"""How often the intervals hold the truth, with a fixed seed.

Usage: ``python benchmarks/bench_coverage.py [samples]`` (default 20,000 samples a line).

Eight invented offices: nine unsur from one latent trait of the respondent, answers of
many shapes, some with straight-liners or a few angry respondents. For each size of
sample: the share of intervals that hold the true index, the share that lies wholly above
it (the interval flatters), and the mean width in IKM points. Nominal 95 %.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy.special import ndtri

from sipukat.ikm.intervals import INTERVALS, Spread

Office = tuple[tuple[float, float, float, float], float, float, float]

# name: shares of the scores 1 to 4, correlation of the unsur, straight-liners, angry respondents
OFFICES = {
    "good": ((0.02, 0.08, 0.50, 0.40), 0.5, 0.3, 0.00),
    "middling": ((0.05, 0.20, 0.55, 0.20), 0.5, 0.3, 0.00),
    "poor": ((0.20, 0.35, 0.35, 0.10), 0.5, 0.2, 0.00),
    "ceiling": ((0.005, 0.015, 0.08, 0.90), 0.6, 0.5, 0.00),
    "extreme ceiling": ((0.002, 0.008, 0.03, 0.96), 0.6, 0.6, 0.00),
    "ceiling, some angry": ((0.005, 0.015, 0.08, 0.90), 0.6, 0.5, 0.04),
    "polarised": ((0.30, 0.10, 0.10, 0.50), 0.7, 0.6, 0.00),
    "straight-lined": ((0.02, 0.06, 0.42, 0.50), 0.5, 0.85, 0.00),
}
SIZES = (5, 10, 20, 30, 50, 100, 300)
UNSUR = 9


def sampled(rng: np.random.Generator, office: Office, size: int) -> np.ndarray:
    """Mean score of each of `size` respondents, as a share of the scale."""
    shares, correlation, alike, angry = office
    trait = rng.standard_normal(size)
    noise = rng.standard_normal((size, UNSUR))
    latent = np.sqrt(correlation) * trait[:, None] + np.sqrt(1 - correlation) * noise
    straight = rng.random(size) < alike
    latent[straight] = latent[straight, :1]
    scores = np.searchsorted(ndtri(np.cumsum(shares)[:-1]), latent.ravel()).reshape(latent.shape)
    scores[rng.random(size) < angry] = 0
    return scores.mean(axis=1) / 3


def truth(office: Office) -> float:
    shares, _, _, angry = office
    return (1 - angry) * float(np.dot(shares, range(4))) / 3


def line(
    rng: np.random.Generator, office: Office, n: int, samples: int
) -> dict[str, tuple[float, float, float]]:
    share = sampled(rng, office, samples * n).reshape(samples, n)
    value, between = share.mean(axis=1), share.var(axis=1)
    ones = np.ones(samples)
    spread = Spread(
        value=value,
        variance=between / (n - 1),
        between=between,
        n=ones * n,
        df=ones * (n - 1),
        fraction=ones * 0,
        kish=ones,
    )
    true, out = truth(office), {}
    for name, method in INTERVALS.items():
        low, high = method(spread, 0.95)
        holds = (low <= true + 1e-12) & (true - 1e-12 <= high)
        out[name] = float(holds.mean()), float((low > true + 1e-12).mean()), float((high - low).mean() * 75)
    return out


def main(samples: int) -> None:
    rng = np.random.default_rng(20261124)
    worst: dict[tuple[str, int], list[float]] = {}
    print(f"{'office':20} {'n':>4}  " + "  ".join(f"{name:^22}" for name in INTERVALS))
    print(f"{'':26}" + "  ".join(f"{'holds':>6} {'above':>6} {'width':>7} " for _ in INTERVALS))
    for name, office in OFFICES.items():
        for n in SIZES:
            found = line(rng, office, n, samples)
            cells = [f"{100 * c:6.1f} {100 * a:6.1f} {w:7.1f} " for c, a, w in found.values()]
            print(f"{name:20} {n:4}  " + "  ".join(cells))
            for method, (covered, _, _) in found.items():
                worst.setdefault((method, n), []).append(covered)
    print("\nlowest coverage of the eight offices, in per cent")
    print(f"{'n':>4} " + " ".join(f"{method:>10}" for method in INTERVALS))
    for n in SIZES:
        print(f"{n:4} " + " ".join(f"{100 * min(worst[method, n]):10.1f}" for method in INTERVALS))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
