"""What `ikm.moments` costs on Spark, beside the same grouping written by hand.

Usage: ``python benchmarks/bench_spark.py [--rows 1e7]``. Both group by unit and packed
answers on ``local[2]``, in turn, three times each; the fastest counts. Needs Java.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import pyspark
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from sipukat import ikm

ITEMS = [f"U{i}" for i in range(1, 10)]


def invented(spark: SparkSession, rows: int) -> DataFrame:
    base = spark.range(0, rows, numPartitions=8)
    scores = [
        (sql.pmod(sql.hash(sql.col("id"), sql.lit(i)), sql.lit(4)) + 1).cast("tinyint").alias(item)
        for i, item in enumerate(ITEMS)
    ]
    unit = sql.concat(sql.lit("Unit "), sql.pmod(sql.hash("id"), sql.lit(200)).cast("string")).alias("unit")
    made = base.select(*scores, unit).cache()
    made.count()
    return made


def by_hand(frame: DataFrame) -> int:
    """Pack the answers, group, count, and bring the counts here."""
    code = sum(
        (
            sql.coalesce(sql.col(item), sql.lit(0)).cast("bigint") * sql.lit(8**i)
            for i, item in enumerate(ITEMS)
        ),
        sql.lit(0),
    )
    found = frame.select("unit", code.alias("code")).groupBy("unit", "code").agg(sql.count("*").alias("n"))
    return int(found.toPandas()["n"].sum())


def ours(frame: DataFrame) -> int:
    return int(ikm.moments(frame, by="unit").n.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=float, default=1e6)
    rows = int(parser.parse_args().rows)
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true")
        .config("spark.driver.memory", "4g")
        .config("spark.driver.maxResultSize", "2g")
        .getOrCreate()
    )
    try:
        frame = invented(session, rows)
        took: dict[str, list[float]] = {"hand": [], "sipukat": []}
        for _ in range(3):
            for name, work in (("hand", by_hand), ("sipukat", ours)):
                begun = time.perf_counter()
                assert work(frame) == rows
                took[name].append(time.perf_counter() - begun)
        hand, mine = min(took["hand"]), min(took["sipukat"])
        print(f"{rows:,} rows, local[2]: by hand {hand:.2f} s, sipukat {mine:.2f} s, ratio {mine / hand:.2f}")
    finally:
        session.stop()


if __name__ == "__main__":
    main()
