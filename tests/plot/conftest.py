from decimal import Decimal

import pandas as pd
import pytest

from sipukat import datasets, ikm, read_survey
from sipukat.report import Figure, ikm_figures

LONG = "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh Raya wilayah pelayanan ke-"


def survey(scores, **columns):
    return pd.DataFrame({**{f"U{i}": scores for i in range(1, 10)}, **columns})


def made(chart, *records, axis=("0", "100"), **more):
    return Figure(id="uji", chart=chart, caption="Judul", alt="Kata.", axis=axis, data=records, **more)


def ranked(count):
    """Return invented ranks of many groups with long names, two of them equal."""
    records = [
        {
            "label": f"{LONG}{n}",
            "value": Decimal("95.00") - n,
            "rank": max(n, 2) if n > 1 else 1,
            "rank_low": max(1, n - 3),
            "rank_high": min(count, n + 4),
            "mutu": "B",
            "n": 50,
        }
        for n in range(1, count + 1)
    ]
    return made("unit_ranks", *records, axis=("1", str(count)))


def periods(count):
    """Return invented periods with long names, one of them without interval."""
    records = [
        {
            "label": f"Triwulan {n % 4 + 1} tahun {2020 + n // 4}",
            "time": None,
            "value": Decimal(80 + n % 5),
            "low": None if n == 1 else Decimal(77 + n % 5),
            "high": None if n == 1 else Decimal(82 + n % 5),
            "mutu": "B",
            "n": 20 if n == 2 else 90,
            "sure": (None, 0, 1)[n % 3],
        }
        for n in range(count)
    ]
    return made("trend", *records, axis=("70", "95"))


@pytest.fixture(scope="session")
def figures():
    """Return figures of every new kind: of the examples, and of what is hard to draw."""
    city = ikm.estimate(read_survey(datasets.path("kota-contoh")).responses, by="unit")
    office = ikm.estimate(read_survey(datasets.path("dpmptsp-contoh")).responses)
    full = ikm.estimate(survey([4] * 12))
    six = read_survey([{f"A{n}": (k * n) % 6 + 1 for n in range(1, 6)} for k in range(60)], "spak")
    return {
        "answers": ikm_figures.distribution(city),
        "answers, all the best": ikm_figures.distribution(full),
        "answers, six scores": ikm_figures.distribution(ikm.estimate(six.responses), lang="en"),
        "ranks": ikm_figures.ranks(ikm.rank(city)),
        "ranks of forty": ranked(40),
        "ranks of one": ranked(1),
        "trend": periods(6),
        "trend of twenty": periods(20),
        "one period, all the best": ikm_figures.trend({2026: full}),
        "priorities": ikm_figures.priorities(ikm.priorities(office)),
        "priorities in English": ikm_figures.priorities(ikm.priorities(city), lang="en"),
    }
