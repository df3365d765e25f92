"""Every public function has a property here, or a test elsewhere that is named; a new one without fails."""

import inspect
import json
import math
import pickle
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sipukat
from sipukat import checks, compliance, export, ikm, pelayanan, readers, report, standards, survey
from sipukat.errors import EstimationError, SipukatError
from sipukat.testing.strategies import (
    compliance_standards,
    designs,
    documents,
    evidence,
    frames,
    hostile_text,
    moments,
    standar_pelayanan,
    survey_standards,
)

FEW = settings(max_examples=12, deadline=None)
TESTS = Path(__file__).resolve().parents[1]
ROOMS = [
    *("checks", "compliance", "datasets", "export", "ikm", "pelayanan", "plot", "plugins", "readers"),
    *("regulation", "report", "standards", "survey", "testing", "verifying"),
]
HERE = set(
    "checks.check checks.ladder compliance.classify compliance.score export.get export.shown "
    "ikm.classify ikm.estimate ikm.moments ikm.withhold pelayanan.diff pelayanan.dump pelayanan.loads "
    "readers.content readers.text_of readers.wanted report.build standards.diff standards.provenance "
    "standards.survey survey.quality survey.read_survey survey.redact".split()
)
ELSEWHERE = {
    "checks/test_checking.py": "checks.rules",
    "checks/test_sarif_log.py": "checks.sarif",
    "compliance/test_checklist.py": "compliance.checklist compliance.read_checklist "
    "compliance.text_of_checklist compliance.write_checklist",
    "compliance/test_from_documents.py": "compliance.evidence_from",
    "compliance/test_heatmap.py": "compliance.after_path compliance.city_path compliance.common_causes "
    "compliance.heatmap compliance.holding_back",
    "compliance/test_path_plan.py": "compliance.greedy compliance.quarters",
    "compliance/test_path_proof.py": "compliance.apply compliance.cheapest",
    "compliance/test_rollup.py": "compliance.city",
    "compliance/test_sensitivity.py": "compliance.sensitivity",
    "compliance/test_whatif.py": "compliance.what_if",
    "datasets/test_files.py": "datasets.names datasets.path",
    "export/test_as_csv.py": "export.for_path",
    "export/test_as_json.py": "export.json_schema",
    "export/test_base.py": "export.names",
    "ikm/test_allocation.py": "ikm.allocate",
    "ikm/test_audit.py": "ikm.audit",
    "ikm/test_comparisons.py": "ikm.compare",
    "ikm/test_noise.py": "ikm.with_noise",
    "ikm/test_planning.py": "ikm.detectable_change ikm.sample_size_for_change ikm.sample_size_for_mutu",
    "ikm/test_priorities.py": "ikm.priorities ikm.relative_weights ikm.rtl",
    "ikm/test_ranking.py": "ikm.rank",
    "ikm/test_reliability.py": "ikm.reliability",
    "ikm/test_reference_designs.py": "ikm.replicate_weights",
    "ikm/test_rollup.py": "ikm.rollups",
    "ikm/test_sample_size.py": "ikm.sample_size",
    "ikm/test_sharing.py": "ikm.read_parquet ikm.write_parquet",
    "ikm/test_shrinkage.py": "ikm.shrink",
    "ikm/test_simultaneous.py": "ikm.differences",
    "ikm/test_straightlining.py": "ikm.straightlining",
    "ikm/test_trend.py": "ikm.link ikm.trend",
    "ikm/test_weighting_properties.py": "ikm.adjust_nonresponse ikm.calibrate ikm.post_stratify ikm.rake "
    "ikm.trim",
    "pelayanan/test_codec.py": "pelayanan.load pelayanan.load_all",
    "pelayanan/test_schema.py": "pelayanan.json_schema pelayanan.vectors",
    "pelayanan/test_tables.py": "pelayanan.from_table",
    "plot/test_matplotlib_figure.py": "plot.matplotlib plot.png",
    "plot/test_svg.py": "plot.svg",
    "standards/test_compliance.py": "standards.compliance standards.get standards.json_schema",
    "standards/test_document_extension.py": "standards.document",
    "standards/test_loader.py": "standards.load",
    "standards/test_model.py": "standards.names",
    "standards/test_registry.py": "standards.from_package standards.in_force",
    "survey/forms/test_as_xlsform.py": "survey.form",
    "survey/forms/test_round_trip.py": "survey.questionnaire",
    "test_plugins_installed.py": "plugins.listing",
    "test_publishing.py": "publishing.publish",
    "trust/test_attacker.py": "report.compared_with",
    "testing/test_asserts.py": "testing.assert_document_has testing.assert_finds testing.assert_no_errors "
    "testing.assert_same_result",
    "verifying/test_verb.py": "verifying.verify",
}
NAMED = {name: file for file, names in ELSEWHERE.items() for name in names.split()}


def public_functions():
    found = {"publishing.publish"}
    for room in ROOMS:
        module = import_module(f"sipukat.{room}")
        found |= {f"{room}.{name}" for name in module.__all__ if inspect.isfunction(getattr(module, name))}
    return found


def test_every_public_function_has_a_property_or_a_test_that_is_named():
    assert set(NAMED) | HERE == public_functions()
    assert not set(NAMED) & HERE


@pytest.mark.parametrize("name", sorted(NAMED))
def test_the_test_that_is_named_calls_the_function(name):
    assert f"{name.rpartition('.')[2]}(" in (TESTS / NAMED[name]).read_text(encoding="utf-8")


def test_the_properties_here_call_what_they_say():
    own = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in sorted(HERE) if f"{name}(" not in own] == []


def holds(estimate, rule):
    """Check what is true of every estimate; NaN stands where there is nothing to say."""
    if math.isnan(estimate.ikm):
        return
    assert 25 - 1e-9 <= estimate.ikm <= 100 + 1e-9
    if not math.isnan(estimate.low):
        assert estimate.low - 1e-9 <= estimate.ikm <= estimate.high + 1e-9
    assert estimate.mutu == ikm.classify(estimate.published, rule).mutu


@FEW
@given(designs())
def test_an_estimate_lies_in_its_interval_and_on_the_scale(sample):
    result = ikm.estimate(sample.frame, by="unit", design=sample.design)
    rule = standards.survey("permenpanrb-14-2017")
    for estimate in (result.overall, *(e for _, e in result.items())):
        holds(estimate, rule)
    assert sum(e.n for _, e in result.items()) == result.overall.n == len(sample.frame)
    again = pickle.loads(pickle.dumps(result))  # noqa: S301  our own
    assert again.to_json() == result.to_json()
    assert json.loads(result.to_json())


@FEW
@given(st.data())
def test_a_survey_under_any_standard_is_estimated_under_that_standard(data):
    rule = data.draw(survey_standards())
    assert standards.survey(rule) is rule
    assert standards.diff(rule, rule) == ()
    assert standards.provenance(rule)
    reading = survey.read_survey(data.draw(frames(rule, most=8)), rule, order="peraturan")
    assert survey.quality(reading.responses) == survey.quality(reading.responses)
    assert ikm.estimate(reading.responses, rule).standard == rule


@FEW
@given(moments(designed=True))
def test_sums_are_their_own_sums_and_survive_json_and_pickle(sums):
    assert ikm.moments(sums) == sums == pickle.loads(pickle.dumps(sums))  # noqa: S301  our own
    assert ikm.Moments.from_json(sums.to_json()) == sums


@FEW
@given(moments(), st.integers(2, 12))
def test_no_small_group_is_left_where_small_groups_are_withheld(sums, below):
    try:
        shown, _ = ikm.withhold(sums, below=below)
    except EstimationError:  # nothing is left to show
        return
    assert all(0 == n or n >= below for n in shown.n.tolist())  # noqa: SIM300  as it is read
    assert shown.n.sum() <= sums.n.sum()


@FEW
@given(standar_pelayanan())
def test_a_document_is_checked_and_written_and_read_again(doc):
    assert checks.check(doc) == checks.check(doc)
    checks.ladder(doc)
    for form in ("yaml", "toml", "json"):
        again = pelayanan.loads(pelayanan.dump(doc, form), format=form)
        assert again == doc
        assert pelayanan.diff(doc, again) == ()


@FEW
@given(st.data())
def test_a_score_has_a_verdict_and_its_bounds_hold_it(data):
    rule = data.draw(compliance_standards())
    given_evidence = data.draw(evidence(rule))
    scored = compliance.score(given_evidence, rule)
    assert scored.lowest.score <= scored.highest.score
    if scored.score is not None:  # enough is known
        assert scored.lowest.score == scored.published == scored.highest.score
        assert compliance.classify(scored.score, rule) == scored.verdict


@FEW
@given(documents(hostile=True))
def test_a_document_is_its_own_report_and_every_cell_can_be_shown(document):
    assert report.build(document) == document
    assert json.loads(export.get("json")(document))
    for block in document.blocks:
        if isinstance(block, report.Table):
            for row in block.rows:
                for cell, column in zip(row, block.columns, strict=True):
                    assert isinstance(export.shown(cell, column, document.lang), str)


@given(hostile_text() | st.text())
def test_what_is_redacted_has_nothing_more_to_redact(text):
    once = survey.redact(text)
    assert survey.redact(once) == once


@given(st.binary(max_size=200))
def test_bytes_are_text_or_are_refused(data):
    try:
        assert isinstance(readers.text_of(data, "masukan.csv"), str)
    except SipukatError as refused:
        assert "masukan.csv" in str(refused)  # noqa: PT017  most draws are read


@FEW
@given(st.binary(max_size=300), st.integers(1, 299))
def test_content_is_the_bytes_of_the_file_or_is_refused(tmp_path_factory, data, most):
    place = tmp_path_factory.mktemp("isi") / "masukan.csv"
    place.write_bytes(data)
    if 0 < len(data) <= most:
        assert readers.content(place, most=most) == data
    else:
        with pytest.raises(SipukatError):
            readers.content(place, most=most)


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=4, unique=True), st.data())
def test_the_sheet_that_is_wanted_is_the_one_that_is_given(names, data):
    grids = [readers.Grid(name=name, rows=[]) for name in names]
    place = data.draw(st.integers(0, len(names) - 1))
    assert readers.wanted(grids, names[place], "a.xlsx") == [grids[place]]
    assert readers.wanted(grids, None, "a.xlsx") == grids
    with pytest.raises(SipukatError):
        readers.wanted(grids, "tidak ada sama sekali", "a.xlsx")


def test_verbs_are_those_of_the_rooms():
    assert sipukat.check is checks.check
    assert sipukat.read_survey is survey.read_survey
