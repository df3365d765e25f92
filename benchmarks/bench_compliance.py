"""How long it takes to score many offices and find their cheapest way to hijau, on one core.

1,000 invented offices, an invented scheme of 100 indicators in ten dimensions, six levels each;
first with a cost of 1 for every indicator, then with a price from 1 to 9 for each, then with a
price for each level, and last with a tenth of the indicators waiting for others.
"""

from __future__ import annotations

import random
import time

from sipukat import compliance, standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import cheapest

OFFICES, DIMENSIONS, EACH = 1_000, 10, 10


def invented() -> standards.ComplianceStandard:
    base = standards.compliance("ombudsman-2022")
    place = {"place": "rekaan", "confidence": "C"}
    content = base.model_dump() | {
        "id": "rekaan",
        "aliases": (),
        "conditions": (),
        "remarks": (),
        "indicators": [],
    }
    levels = [{"score": n, "jika": f"tingkat {n}", "when": f"level {n}"} for n in range(6)]
    content["scales"] = {"tingkat": {"kind": "levels", "low": 0, "high": 5, "levels": levels} | place}
    content["sources"] = {**base.sources, "R": "rekaan"}
    for d in range(DIMENSIONS):
        content["indicators"].append(
            {"key": f"d{d}", "nama": f"D{d}", "name": f"D{d}", "weight": str(100 // DIMENSIONS)} | place
        )
        for i in range(EACH):
            name = f"Indikator {d}.{i}"
            content["indicators"].append(
                {"key": f"d{d}.i{i}", "parent": f"d{d}", "nama": name, "name": name, "scale": "tingkat"}
                | {"weight": str(6 + (7 * i + 3 * d) % 9) if i < EACH - 1 else None}
                | place
            )
    return standards.ComplianceStandard.model_validate(content)


def timed(
    name: str, scheme: standards.ComplianceStandard, offices: list[Evidence], **options: object
) -> None:
    started = time.perf_counter()
    found = [compliance.score(known, standard=scheme) for known in offices]
    scored = time.perf_counter()
    paths = [cheapest(one.tree, one.evidence, scheme, "hijau", **options) for one in found]
    done = time.perf_counter()
    assert all(path.reachable and path.promise.proven for path in paths)
    methods = {method: sum(path.promise.method == method for path in paths) for method in ("exact", "milp")}
    steps = sum(map(len, paths)) / len(paths)
    print(
        f"{name}: scored in {scored - started:.1f} s, pathed in {done - scored:.1f} s, together "
        f"{done - started:.1f} s; {steps:.0f} steps a path, {methods}"
    )


def main() -> None:
    scheme = invented()
    draw = random.Random(20261124)  # noqa: S311  invented offices
    keys = [i.key for i in scheme.indicators if i.parent]
    offices = [
        Evidence.of({key: min(5, max(0, round(draw.gauss(2.5, 1.3)))) for key in keys}, unit=f"OPD {n}")
        for n in range(OFFICES)
    ]
    print(f"{OFFICES:,} offices, {len(keys)} indicators")
    timed("every indicator costs 1", scheme, offices)
    timed("a price from 1 to 9", scheme, offices, costs={key: draw.randint(1, 9) for key in keys})
    levels = {key: {n: n * draw.randint(1, 4) for n in range(1, 6)} for key in keys}
    timed("a price for each level", scheme, offices, costs=levels)
    waits = {keys[n]: keys[n - 1] for n in range(5, len(keys), 10)}
    timed("ten wait for others", scheme, offices[:100], requires=waits)


if __name__ == "__main__":
    main()
