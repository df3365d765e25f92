"""Write designs.csv: an invented survey with strata, PSUs, SSUs, weights and unanswered questions.

Run it here: ``python make_designs.py``. It uses ``random.random`` alone, whose numbers for a
seed Python promises not to change.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

SEED = 20260104
STRATA = {"kota": (8, 41, 9200), "utara": (5, 23, 3100), "selatan": (4, 17, 1450), "pulau": (3, 7, 260)}
"""Stratum: PSUs in the sample, PSUs in the population, people served."""
ITEM_MISSING = 0.08
EMPTY = 0.015
"""Share of the forms on which nothing was answered."""


def main() -> None:
    """Draw the rows and write them beside this file."""
    draw = random.Random(SEED).random  # noqa: S311  invented data, no secret

    def whole(low: int, high: int) -> int:
        return low + int(draw() * (high - low + 1))

    def bell() -> float:
        return sum(draw() for _ in range(12)) - 6

    rows = []
    for h, (stratum, (psus, all_psus, served)) in enumerate(STRATA.items()):
        for i in range(1, psus + 1):
            at_psu, ssus = 0.35 * bell() - 0.15 * h, whole(3, 5)
            all_ssus, people = ssus + whole(2, 12), whole(60, 240)
            for j in range(1, ssus + 1):
                at_ssu = at_psu + 0.25 * bell()
                for _ in range(whole(3, 6)):
                    person = at_ssu + 0.7 * bell()
                    usia = whole(18, 69)
                    jenis = "P" if draw() < 0.58 else "L"
                    layanan = ("KTP", "KK", "Akta")[min(2, int(3 * draw() ** (1.3 if h else 0.8)))]
                    weight = served / (psus * 18) * (0.6 + 0.8 * draw())
                    mean = 3.1 + person + (0.15 if jenis == "L" else 0.0) + 0.004 * (usia - 40)
                    blank = draw() < EMPTY
                    answers = [
                        ""
                        if draw() < ITEM_MISSING or blank
                        else min(4, max(1, round(mean - 0.05 * k + 0.5 * bell())))
                        for k in range(9)
                    ]
                    rows.append(
                        {
                            "stratum": stratum,
                            "psu": f"{stratum[0]}{i}",
                            "ssu": f"{stratum[0]}{i}-{j}",
                            "served": served,
                            "psus": all_psus,
                            "ssus": all_ssus,
                            "people": people,
                            "w": f"{weight:.4f}",
                            "jenis": jenis,
                            "layanan": layanan,
                            "usia": usia,
                            "lonely": int(stratum != "pulau" or i == 1),  # one PSU left in that stratum
                            "pair": int(i <= 2),  # two PSUs a stratum, for BRR
                            **{f"U{k + 1}": a for k, a in enumerate(answers)},
                        }
                    )
    with Path(__file__).with_name("designs.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
