"""The same survey gives the same numbers and the same bytes in every process, whatever surrounds it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sipukat import export

SRC = Path(__file__).resolve().parents[2] / "src"
SCRIPT = """
import contextlib, hashlib, json, locale, sys, time
from datetime import datetime
import pandas as pd
import sipukat
from sipukat import datasets, export, ikm, report

with contextlib.suppress(locale.Error):  # a machine need not have it
    locale.setlocale(locale.LC_ALL, "")
made = datetime.fromisoformat("2026-08-17T09:00:00+07:00")
reading = sipukat.read_survey(datasets.path("kota-contoh"))
told, frame = {}, reading.responses.frame

def keep(name, data):
    data = data if isinstance(data, bytes) else data.encode()
    told[name] = hashlib.sha256(data).hexdigest()

for interval in ("beta_ends", "t", "likelihood_ratio"):
    result = ikm.estimate(reading.responses, by=("unit", "sex"), interval=interval)
    keep(f"result {interval}", result.to_json())
design = ikm.Design(psu="unit", population=900)
keep("design", ikm.estimate(reading.responses, by="sex", design=design).to_json())
keep("rank", repr(ikm.rank(ikm.estimate(reading.responses, by="unit")).to_frame().to_csv()))
keep("moments", ikm.moments(frame, by="unit").to_json())
keep("findings", json.dumps(reading.findings.to_records()))
document = report.build(result, responses=reading.responses, findings=reading.findings, generated=made)
for name in sys.argv[1].split():
    keep(name, export.get(name)(document))
for turned in (frame.iloc[::-1], frame.sample(frac=1, random_state=3)):
    told["moments turned"] = hashlib.sha256(ikm.moments(turned, by="unit").to_json().encode()).hexdigest()
    assert told["moments turned"] == told["moments"] or not __debug__
print(json.dumps({"told": told, "env": [time.tzname[0], hash("a"), __debug__],
                  "sign": locale.localeconv()["decimal_point"]}))
"""
AROUND = {
    "plain": ([], {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "threads": "1"}),
    "other": (
        ["-O"],
        {"PYTHONHASHSEED": "random", "LC_ALL": "id_ID.UTF-8", "TZ": "Asia/Jayapura", "threads": "2"},
    ),
}
FORMATS = {"json", "html", "markdown", "csv", "xlsx", "docx", "jsonld", "datapackage"}


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """A folder with the Indonesian locale, whose decimal sign is a comma, where this machine can make it."""
    folder = tmp_path_factory.mktemp("locale")
    if make := shutil.which("localedef"):
        command = [make, "-i", "id_ID", "-f", "UTF-8", str(folder / "id_ID.UTF-8")]
        subprocess.run(command, check=False, capture_output=True)
    return folder


def started(flags, around):
    around = dict(around)
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), around.pop("threads"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.Popen(
        [sys.executable, *flags, "-c", SCRIPT, " ".join(sorted(FORMATS & set(export.names())))],
        env={**kept, "PYTHONPATH": str(SRC), "SIPUKAT_NO_PLUGINS": "1", **threads, **around},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def told(locales):
    """What each process computed: hash of every output, all at once."""
    pytest.importorskip("xlsxwriter", reason="XlsxWriter writes one of the formats")
    pytest.importorskip("docx", reason="python-docx writes one of the formats")
    running = {
        name: started(flags, {**around, "LOCPATH": str(locales)}) for name, (flags, around) in AROUND.items()
    }
    done = {name: process.communicate(timeout=300) for name, process in running.items()}
    assert [err for _, err in done.values() if "Traceback" in err] == []
    return {name: json.loads(out.splitlines()[-1]) for name, (out, _) in done.items()}


def test_the_bytes_are_the_same_whatever_surrounds_the_process(told):
    assert len(told["plain"]["told"]) > 10
    assert told["other"]["told"] == told["plain"]["told"]


def test_the_order_of_the_rows_changes_no_sum(told):
    for each in told.values():
        assert each["told"]["moments turned"] == each["told"]["moments"]


def test_the_surroundings_were_in_truth_different(told):
    zones, hashes, checked = zip(*(each["env"] for each in told.values()), strict=True)
    assert len(set(zones)) == 2
    assert len(set(hashes)) == 2
    assert set(checked) == {True, False}


def test_the_decimal_sign_of_the_other_process_is_a_comma(told, locales):
    if not any(locales.iterdir()):
        pytest.skip("this machine cannot make the Indonesian locale (it has no localedef, or no sources)")
    assert told["other"]["sign"] == ","
