"""A real Spark cluster of two executors counts what pandas counts, also when it loses one."""

import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sipukat import ikm, standards
from sipukat.errors import AnswerError, DesignError

pyspark = pytest.importorskip("pyspark", reason="PySpark (the extra spark) is not installed")
CODES = [f"U{i}" for i in range(1, 10)]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    home = str(Path(pyspark.__file__).parent)
    kept = {name: os.environ.get(name) for name in ("SPARK_HOME", "PYSPARK_PYTHON", "SPARK_LOCAL_IP")}
    os.environ.update(SPARK_HOME=home, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    try:
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.memory", "1g")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.log.level", "ERROR")
            .getOrCreate()
        )
    except Exception as failure:  # noqa: BLE001  whatever a machine without Java makes of it
        pytest.skip(f"no Spark cluster starts here: {type(failure).__name__}")
    yield session
    session.stop()
    for name, value in kept.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="module")
def answers():
    rng = np.random.default_rng(11)
    rows = rng.integers(1, 5, (3000, 9)).astype(float)
    rows[rng.random(rows.shape) < 0.05] = np.nan
    frame = pd.DataFrame(rows, columns=CODES)
    return frame.assign(unit=rng.choice(["Disdukcapil", "RSUD", None], 3000), bobot=rng.uniform(1, 3, 3000))


def on_spark(spark, frame):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # PySpark's own, of pandas 3
        return spark.createDataFrame(frame.astype(object).where(frame.notna(), None)).repartition(5)


def test_two_executors_count_the_same_bits(spark, answers):
    assert ikm.moments(on_spark(spark, answers), by="unit") == ikm.moments(answers, by="unit")


def test_weighted_designs_agree_to_twelve_digits(spark, answers):
    design = ikm.Design(weight="bobot", stratum="unit")
    ours = ikm.estimate(on_spark(spark, answers), by="unit", design=design)
    for name, e in ikm.estimate(answers, by="unit", design=design).items():
        assert (ours[name].ikm, ours[name].se) == pytest.approx((e.ikm, e.se), rel=1e-12)


def test_answers_and_weights_that_are_none_are_refused_there_too(spark, answers):
    bad = answers.copy()
    bad.loc[[3, 5], "U4"] = 5
    with pytest.raises(AnswerError, match=r"2 answers lie outside the scale: 5 \(2 x\)"):
        ikm.moments(on_spark(spark, bad), by="unit")
    with pytest.raises(DesignError, match="not finite and above 0"):
        ikm.moments(on_spark(spark, answers.assign(bobot=-1.0)), design=ikm.Design(weight="bobot"))


def test_an_empty_partition_changes_nothing(spark, answers):
    wide = on_spark(spark, answers.head(3)).repartition(16)
    assert ikm.moments(wide) == ikm.moments(answers.head(3))


def test_a_lost_executor_changes_nothing(spark):
    from pyspark.sql import functions as sql

    rows = spark.range(0, 2_000_000, numPartitions=24)
    made = rows.select(
        *[
            (sql.pmod(sql.hash(sql.col("id"), sql.lit(i)), sql.lit(4)) + 1).alias(c)
            for i, c in enumerate(CODES)
        ],
        sql.pmod(sql.col("id"), sql.lit(7)).alias("unit"),
    )
    expected = ikm.moments(made, by="unit")
    found = []
    work = threading.Thread(target=lambda: found.append(ikm.moments(made, by="unit")))
    work.start()
    time.sleep(0.7)
    running = subprocess.run(
        ["/usr/bin/pgrep", "-f", "CoarseGrainedExecutorBackend.*--cores 1"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert running
    os.kill(int(running[0]), signal.SIGKILL)
    work.join(timeout=120)
    assert found == [expected]
    assert int(expected.n.sum()) == 2_000_000


def test_text_is_no_answer_there_either(spark, answers):
    words = on_spark(spark, answers.head(20).assign(U2="tiga"))
    with pytest.raises(AnswerError, match=r"column 'U2': answers are String, not numbers"):
        ikm.moments(words, by="unit")


def test_more_unsur_than_one_integer_holds_are_counted_here(spark):
    law = standards.survey("permenpanrb-14-2017")
    extra = [
        law.unsur[0].model_copy(
            update={"key": f"unsur_{i}", "code": f"U{i}", "nama": f"Unsur {i}", "aliases": ()}
        )
        for i in range(10, 22)
    ]
    wide = law.model_copy(update={"unsur": (*law.unsur, *extra), "orders": ()})
    keys = [u.key for u in wide.unsur]
    rows = np.random.default_rng(5).integers(1, 5, (200, len(keys))).astype(float)
    frame = pd.DataFrame(rows, columns=keys).assign(unit=np.repeat(["a", "b"], 100), bobot=2.0)
    design = ikm.Design(weight="bobot")
    ours = ikm.moments(on_spark(spark, frame), wide, by="unit", design=design)
    assert ours == ikm.moments(frame, wide, by="unit", design=design)


def test_replicate_weights_are_read_whole_there_too(spark, answers):
    frame = answers.assign(r1=answers["bobot"] * 2, r2=answers["bobot"] / 2)
    design = ikm.Design(
        weight="bobot", replicate_weights=ikm.ReplicateWeights(columns=("r1", "r2"), method="bootstrap")
    )
    ours = ikm.estimate(on_spark(spark, frame), design=design).overall
    theirs = ikm.estimate(frame, design=design).overall
    assert ours.ikm == pytest.approx(theirs.ikm, rel=1e-12)
