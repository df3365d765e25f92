"""What an editor shows for the main verbs: checked by mypy and by pyright (`make type`), never run."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import assert_type

import pandas as pd

import sipukat
from sipukat import compliance, export, ikm, pelayanan, report, standards, survey
from sipukat.findings import Finding, Findings


def what_an_editor_shows() -> None:
    reading = sipukat.read_survey("survei.csv")
    assert_type(reading, survey.Reading)
    assert_type(reading.responses, survey.Responses)
    assert_type(reading.findings, Findings)
    assert_type(reading.findings[0], Finding)
    assert_type(reading.findings[0].message("id"), str)

    result = ikm.estimate(reading.responses, by="unit", confidence_level=0.9)
    assert_type(result, ikm.IkmResult)
    assert_type(result.overall, ikm.Estimate)
    assert_type(result["Puskesmas A"], ikm.Estimate)
    assert_type(result.overall.n, int)
    assert_type(result.overall.ikm, float)
    assert_type(result.overall.published, Decimal | None)
    assert_type(result.overall.low, float)
    assert_type(result.overall.exact, Fraction | None)
    assert_type(result.to_frame(), pd.DataFrame)
    assert_type(result.rollup("simple_mean").mutu, str | None)

    assert_type(ikm.compare(result, result.overall), ikm.Comparison)
    assert_type(ikm.rank(result), ikm.Ranking)
    assert_type(ikm.priorities(result), ikm.Priorities)
    assert_type(ikm.sample_size(1000).n, int)
    assert_type(ikm.classify("87,64"), ikm.Mutu)
    assert_type(ikm.moments(reading.responses), ikm.Moments)
    assert_type(ikm.rake(reading.responses, {"sex": {"L": 1, "P": 1}}).data, survey.Responses)
    assert_type(ikm.Design(weight="bobot").weight, str | None)

    draft = pelayanan.load("draf.yaml")
    assert_type(draft, pelayanan.StandarPelayanan)
    assert_type(draft.nama, str)
    assert_type(sipukat.check(draft), Findings)
    assert_type(compliance.score({}, "ombudsman-2022"), compliance.Assessment)
    assert_type(standards.survey("spak").unsur[0], standards.Unsur)

    assert_type(report.build(result), report.Document)
    assert_type(export.get("json"), export.Exporter)
    assert_type(sipukat.publish(result, "ikm.xlsx"), Path)
