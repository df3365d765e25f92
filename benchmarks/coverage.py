"""How often the intervals hold the truth, how wide they are, and on which side they err.

Usage: ``python benchmarks/coverage.py [--samples 20000] [--seed 20261124] [--markdown]``.
``--samples 2000`` runs in seconds; ``--markdown`` prints the tables of docs/explanation/selang.md.

Invented offices: nine unsur from one latent trait of the respondent, answers of many shapes,
some with straight-liners, angry respondents or questions left empty; and single unsur.
An interval that a method refuses (NaN) counts as a miss of no width.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import coverage_tables as tables
import numpy as np
from coverage_tables import DEFAULT, Cell, Finite, Table
from scipy.special import gammaln, ndtr, ndtri

from sipukat.ikm.intervals import INTERVALS, IntervalMethod, Spread, beta_ends

SEED = 20261124
UNSUR = 9
SIZES = (5, 10, 20, 30, 50, 100, 300)
FINITE = ((50, 10), (50, 44), (100, 80), (300, 30), (300, 169), (1000, 100), (1000, 278))
"""Populations and samples; 44 of 50, 80 of 100, 169 of 300, 278 of 1,000 are Krejcie and Morgan's."""
ANGRY = (0.01, 0.02, 0.03, 0.04, 0.06, 0.10)
"""Respondents who give every unsur a 1, among people who are nearly all content."""
SHARES = np.concatenate([np.arange(0.5, 0.99, 0.001), np.arange(0.99, 0.9995, 0.0001)])
"""True shares of yes; those below a half are their mirror."""
MORE_SIZES = (10, 20, 30, 40, 50, 75, 100, 150, 200, 300)
ENDS = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0)
WIDTHS = ("baik", "90 % empat", "96 % empat")
LEVELS = (0.80, 0.90, 0.95, 0.99)
ALONE = {DEFAULT: beta_ends}
"""The default method alone."""
NEAR = 1e-12
Methods = Mapping[str, IntervalMethod]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Shares of the scores 1 to 4, and how the nine answers of a respondent hang together."""

    shares: tuple[float, float, float, float]
    correlation: float = 0.5
    straight: float = 0.3
    angry: float = 0.0
    missing: tuple[float, ...] = ()


_UNEVEN = (0.02, 0.04, 0.06, 0.30, 0.08, 0.05, 0.10, 0.12, 0.03)
"""Empty answers by unsur; the cost (U4) is often left empty."""

OFFICES = {
    "baik": Office(shares=(0.02, 0.08, 0.50, 0.40)),
    "sedang": Office(shares=(0.05, 0.20, 0.55, 0.20)),
    "buruk": Office(shares=(0.20, 0.35, 0.35, 0.10), straight=0.2),
    "90 % empat": Office(shares=(0.005, 0.015, 0.08, 0.90), correlation=0.6, straight=0.5),
    "96 % empat": Office(shares=(0.002, 0.008, 0.03, 0.96), correlation=0.6, straight=0.6),
    "90 % empat, 4 % marah": Office(
        shares=(0.005, 0.015, 0.08, 0.90), correlation=0.6, straight=0.5, angry=0.04
    ),
    "96 % empat, 3 % marah": Office(
        shares=(0.002, 0.008, 0.03, 0.96), correlation=0.6, straight=0.6, angry=0.03
    ),
    "terbelah": Office(shares=(0.30, 0.10, 0.10, 0.50), correlation=0.7, straight=0.6),
    "isian lurus 85 %": Office(shares=(0.02, 0.06, 0.42, 0.50), straight=0.85),
    "dua kubu": Office(shares=(0.48, 0.02, 0.02, 0.48), correlation=0.8, straight=0.7),
    "85 % empat": Office(shares=(0.01, 0.03, 0.11, 0.85), correlation=0.6, straight=0.4),
    "baik, isian kosong": Office(shares=(0.02, 0.08, 0.50, 0.40), missing=_UNEVEN),
    "90 % empat, isian kosong": Office(
        shares=(0.005, 0.015, 0.08, 0.90), correlation=0.6, straight=0.5, missing=_UNEVEN
    ),
}
SINGLE = {
    **{name: office.shares for name, office in OFFICES.items() if not office.missing and not office.angry},
    "90 % empat, 4 % marah": (0.0448, 0.0144, 0.0768, 0.864),
    "96 % empat, 3 % marah": (0.03194, 0.00776, 0.0291, 0.9312),
    "tanpa satu": (0.0, 0.05, 0.55, 0.40),
    "90 % satu": (0.90, 0.08, 0.015, 0.005),
}


def person_shares(office: Office, points: int = 4001) -> np.ndarray:
    """Probability of each sum of nine answers, 0 to 27 above the lowest; exact but for the grid."""
    trait = ndtri((np.arange(points) + 0.5) / points)[:, None]
    edges = np.concatenate([[-np.inf], ndtri(np.cumsum(office.shares)[:-1]), [np.inf]])
    below = ndtr((edges - np.sqrt(office.correlation) * trait) / np.sqrt(1 - office.correlation))
    one = np.diff(below, axis=1)
    total = np.ones((points, 1))
    for _ in range(UNSUR):
        wider = np.zeros((points, total.shape[1] + 3))
        for score in range(4):
            wider[:, score : score + total.shape[1]] += total * one[:, score : score + 1]
        total = wider
    shares = (1 - office.straight) * total.mean(axis=0)
    shares[::UNSUR] += office.straight * np.asarray(office.shares)
    shares *= 1 - office.angry
    shares[0] += office.angry
    return shares / shares.sum()


def spread_of(total: np.ndarray, square: np.ndarray, n: int, population: float, top: int) -> Spread:
    """Simple random samples of `n`, from sums and sums of squares of whole scores 0 to `top`."""
    value = total / (n * top)
    between = np.maximum(square * n - total**2, 0) / (n * top) ** 2
    ones, fraction = np.ones(len(value)), n / population
    return Spread(
        value=value,
        variance=(1 - fraction) * between / (n - 1),
        between=between,
        n=ones * n,
        df=ones * (n - 1),
        fraction=ones * fraction,
        kish=ones,
    )


def judged(
    spread: Spread, truth: float, weight: np.ndarray, level: float, methods: Methods = INTERVALS
) -> dict[str, Cell]:
    """Judge methods on samples that occurred `weight` times each."""
    out, weight = {}, weight / weight.sum()
    for name, method in methods.items():
        low, high = method(spread, level)
        said = np.isfinite(low) & np.isfinite(high)
        out[name] = Cell(
            holds=float(weight @ (said & (low <= truth + NEAR) & (truth - NEAR <= high))),
            above=float(weight @ (said & (low > truth + NEAR))),
            below=float(weight @ (said & (high < truth - NEAR))),
            width=75 * float(weight @ np.where(said, high - low, 0.0)),
        )
    return out


def drawn(
    rng: np.random.Generator,
    shares: np.ndarray,
    n: int,
    samples: int,
    *,
    population: int | None = None,
    level: float = 0.95,
    corrected: bool = True,
    methods: Methods = INTERVALS,
) -> dict[str, Cell]:
    """Judge samples of one whole score a respondent, 0 to ``len(shares) - 1``.

    With a population: drawn from it without replacement, and judged by its own mean.
    """
    scores = np.arange(len(shares))
    if population is None:
        counts, held = rng.multinomial(n, shares, samples), shares
    else:
        people = _people(shares, population)
        counts = rng.multivariate_hypergeometric(people, n, samples)
        held = people / population
    sums = np.stack([counts @ scores, counts @ scores**2], axis=1)
    seen, times = np.unique(sums, axis=0, return_counts=True)
    size = np.inf if population is None or not corrected else population
    spread = spread_of(seen[:, 0], seen[:, 1], n, size, len(shares) - 1)
    return judged(spread, float(held @ scores) / (len(shares) - 1), times.astype(float), level, methods)


def _people(shares: np.ndarray, population: int) -> np.ndarray:
    """Whole numbers of people by score, as near to the shares as can be."""
    exact = shares * population
    people = np.floor(exact).astype(np.int64)
    most = np.argsort(people - exact, kind="stable")[: population - people.sum()]
    people[most] += 1
    return people


def answers(rng: np.random.Generator, office: Office, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores 0 to 3 of `size` respondents, and whether each was given: (size, 9) twice."""
    trait = rng.standard_normal((size, 1), dtype=np.float32)
    noise = rng.standard_normal((size, UNSUR), dtype=np.float32)
    latent = np.sqrt(office.correlation) * trait + np.sqrt(1 - office.correlation) * noise
    alike = rng.random(size) < office.straight
    latent[alike] = latent[alike, :1]
    scores = sum((latent > cut).astype(np.int8) for cut in ndtri(np.cumsum(office.shares)[:-1]))
    scores[rng.random(size) < office.angry] = 0
    empty = np.asarray(office.missing or (0.0,) * UNSUR, dtype=np.float32)
    return scores, rng.random((size, UNSUR), dtype=np.float32) >= empty


def with_gaps(scores: np.ndarray, given: np.ndarray) -> Spread:
    """Estimate the index of samples (s, n, 9) from the answers that were given, linearized."""
    n = scores.shape[1]
    answered = given.sum(axis=1)
    mean = np.where(given, scores, 0).sum(axis=1) / np.maximum(answered, 1)
    score = np.where(given, scores - mean[:, None], 0) / np.maximum(answered, 1)[:, None]
    square = (score.sum(axis=2) ** 2).sum(axis=1) / (3 * UNSUR) ** 2
    ones = np.ones(len(scores))
    return Spread(
        value=mean.mean(axis=1) / 3,
        variance=square * n / (n - 1),
        between=square * n,
        n=ones * n,
        df=ones * (n - 1),
        fraction=ones * 0,
        kish=ones,
    )


def drawn_with_gaps(rng: np.random.Generator, office: Office, n: int, samples: int) -> dict[str, Cell]:
    """Judge samples with empty answers, in pieces that fit the memory."""
    truth = (1 - office.angry) * float(np.dot(office.shares, range(4))) / 3
    pieces = []
    for start in range(0, samples, piece := max(1, 200_000 // n)):
        held = min(piece, samples - start)
        scores, given = (a.reshape(held, n, UNSUR) for a in answers(rng, office, held * n))
        pieces.append(with_gaps(scores, given))
    names = Spread.__dataclass_fields__
    whole = Spread(**{name: np.concatenate([getattr(p, name) for p in pieces]) for name in names})
    return judged(whole, truth, np.ones(samples), 0.95)


def index_table(samples: int, seed: int = SEED, sizes: tuple[int, ...] = SIZES) -> Table:
    out: Table = {}
    for at, (name, office) in enumerate(OFFICES.items()):
        shares = person_shares(office)
        for n in sizes:
            rng = np.random.default_rng([seed, 1, at, n])
            if office.missing:
                out[name, n] = drawn_with_gaps(rng, office, n, samples)
            else:
                out[name, n] = drawn(rng, shares, n, samples)
    return out


def unsur_table(samples: int, seed: int = SEED, sizes: tuple[int, ...] = SIZES) -> Table:
    return {
        (name, n): drawn(np.random.default_rng([seed, 2, at, n]), np.asarray(shares), n, samples)
        for at, (name, shares) in enumerate(SINGLE.items())
        for n in sizes
    }


def angry_table(samples: int, seed: int = SEED) -> Table:
    """Hunt for the worst: the index of a nearly perfect office with a few angry respondents."""
    whole = {a: person_shares(replace(OFFICES["96 % empat"], angry=a)) for a in ANGRY}
    return {
        (f"{a:.0%}".replace("%", " %"), n): drawn(
            np.random.default_rng([seed, 5, at, n]), shares, n, samples, methods=ALONE
        )
        for at, (a, shares) in enumerate(whole.items())
        for n in MORE_SIZES
    }


def share_coverage(method: IntervalMethod, n: int, shares: np.ndarray) -> np.ndarray:
    """Exact coverage of true shares: answers are yes or no, and all n + 1 samples are weighed."""
    yes = np.arange(n + 1.0)
    low, high = method(spread_of(yes, yes, n, np.inf, 1), 0.95)
    said = np.isfinite(low) & np.isfinite(high)
    ways = gammaln(n + 1) - gammaln(yes + 1) - gammaln(n - yes + 1)
    chance = np.exp(ways[:, None] + np.outer(yes, np.log(shares)) + np.outer(n - yes, np.log1p(-shares)))
    holds = said[:, None] & (low[:, None] <= shares + NEAR) & (shares - NEAR <= high[:, None])
    return (chance * holds).sum(axis=0)


def share_table(sizes: tuple[int, ...] = SIZES) -> dict[tuple[str, int], np.ndarray]:
    return {(name, n): share_coverage(method, n, SHARES) for name, method in INTERVALS.items() for n in sizes}


def ends_table(samples: int, seed: int = SEED) -> dict[float, list[float]]:
    """What other numbers of pseudo-answers would do: lowest coverages, and widths at n = 30."""
    methods: dict[str, IntervalMethod] = {str(e): partial(beta_ends, ends=e) for e in ENDS}
    methods["t"] = INTERVALS["t"]
    sizes = (10, 20, 30, 50, 100, 300)
    whole = {name: person_shares(office) for name, office in OFFICES.items() if not office.missing}
    index, single = (
        {
            (name, n): drawn(
                np.random.default_rng([seed, 7, n, at]), np.asarray(p), n, samples, methods=methods
            )
            for at, (name, p) in enumerate(shapes.items())
            for n in sizes
        }
        for shapes in (whole, SINGLE)
    )
    out = {}
    for end in ENDS:
        name = str(end)
        exact = min(share_coverage(methods[name], n, SHARES).min() for n in sizes)
        held = [min(cells[name].holds for cells in table.values()) for table in (index, single)]
        ratios = [index[shape, 30][name].width / index[shape, 30]["t"].width for shape in WIDTHS]
        out[end] = [*held, float(exact), *ratios]
    return out


def level_table(samples: int, seed: int = SEED, n: int = 30) -> dict[tuple[str, float], float]:
    """Lowest coverage of the default over all shapes, by level."""
    whole = {name: person_shares(office) for name, office in OFFICES.items() if not office.missing}
    single = {name: np.asarray(shares) for name, shares in SINGLE.items()}
    out = {}
    for kind, shapes in (("IKM", whole), ("unsur", single)):
        for level in LEVELS:
            cells = (
                drawn(np.random.default_rng([seed, 3, at, n]), shares, n, samples, level=level, methods=ALONE)
                for at, shares in enumerate(shapes.values())
            )
            out[kind, level] = min(cell[DEFAULT].holds for cell in cells)
    return out


def finite_table(samples: int, seed: int = SEED) -> list[Finite]:
    out = []
    for at, name in enumerate(("baik", "90 % empat", "90 % empat, 4 % marah", "terbelah")):
        shares = person_shares(OFFICES[name])
        for population, n in FINITE:
            seeded = [seed, 4, at, population, n]
            true, plain = (
                drawn(np.random.default_rng(seeded), shares, n, samples, population=population, corrected=c)
                for c in (True, False)
            )
            out.append(Finite(name=name, population=population, n=n, corrected=true, plain=plain[DEFAULT]))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="Coverage of the confidence intervals.")
    parser.add_argument("--samples", type=int, default=20_000, help="samples a line")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--markdown", action="store_true", help="only the tables, for the page")
    told = parser.parse_args()
    size, seed = told.samples, told.seed
    index, unsur = index_table(size, seed), unsur_table(size, seed)
    shown = {
        "IKM: terendah": tables.lowest(index),
        "IKM: menurut bentuk": tables.by_shape(index),
        "IKM: n = 30": tables.sides(index),
        "IKM: 96 % empat dan beberapa yang marah": tables.by_shape(angry_table(size, seed), "marah"),
        "unsur: terendah": tables.lowest(unsur),
        "unsur: menurut bentuk": tables.by_shape(unsur),
        "unsur: n = 30": tables.sides(unsur),
        "kurang dari 94,5 %": tables.short({"IKM": index, "unsur": unsur}),
        "bagian, ya atau tidak: terendah": tables.shares(share_table(), SHARES),
        "populasi terbatas": tables.finite(finite_table(size, seed)),
        "tingkat kepercayaan": tables.levels(level_table(size, seed)),
        "jawaban semu": tables.ends(ends_table(size, seed), WIDTHS),
    }
    if not told.markdown:
        shown |= {"bar, index": tables.bar(index), "bar, unsur": tables.bar(unsur)}
    for title, table in shown.items():
        print(f"\n### {title}\n\n{table}")


if __name__ == "__main__":
    main()
