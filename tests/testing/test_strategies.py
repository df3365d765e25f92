"""What is drawn is what an application meets: valid where it should be, and harmful where it may be."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import sipukat
from sipukat import compliance, ikm, pelayanan, read_survey, standards
from sipukat.testing import strategies as drawn
from sipukat.testing.strategies.blocks import KINDS
from sipukat.testing.strategies.texts import HOSTILE

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEN = settings(
    max_examples=200,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@FEW
@given(st.data())
def test_a_messy_frame_is_read_as_the_answers_that_it_holds(data):
    frame = data.draw(drawn.frames(messy=True))
    responses = read_survey(frame, order="peraturan").responses
    assert len(responses) == len(frame)
    assert set(responses.unsur) == set(standards.survey("permenpanrb-14-2017").unsur_keys)


@FEW
@given(drawn.designs())
def test_every_design_can_be_estimated_and_its_index_is_on_the_scale(sample):
    found = ikm.estimate(sample.frame, design=sample.design, by="unit").overall
    assert found.n == len(sample.frame)
    assert 25 <= found.ikm <= 100
    assert math.isnan(found.se) or found.se >= 0


@FEW
@given(drawn.moments(designed=True))
def test_moments_come_back_from_json(sums):
    assert ikm.Moments.from_json(sums.to_json()) == sums


@FEW
@given(drawn.responses("spak"))
def test_responses_follow_the_standard_that_was_asked(responses):
    assert responses.standard.id == "spak"
    assert responses.frame[list(responses.unsur)].max().max() <= 6


@FEW
@given(drawn.standar_pelayanan(complete=True))
def test_a_complete_document_lacks_no_komponen(document):
    assert all(document.isi(key) is not None for key in pelayanan.KOMPONEN)
    assert not sipukat.check(document, select="LKP101")


@FEW
@given(drawn.survey_standards())
def test_a_drawn_survey_standard_weighs_exactly_and_classifies_everything(rule):
    assert sum(rule.weights.values()) == 1
    assert {ikm.classify(value, rule).mutu for value in (25, 50.01, 100)} <= {
        band.mutu for band in rule.bands
    }


@FEW
@given(st.data())
def test_evidence_fits_the_scheme_that_it_was_drawn_for(data):
    scheme = data.draw(drawn.compliance_standards())
    known = data.draw(drawn.evidence(scheme, complete=True))
    found = compliance.score(known, scheme)
    assert scheme.scale.low <= found.score <= scheme.scale.high


@FEW
@given(drawn.document_standards())
def test_a_drawn_document_standard_keeps_the_komponen_of_the_law(law):
    assert set(law.komponen_keys) >= set(pelayanan.KOMPONEN)


def test_every_kind_of_block_and_both_languages_are_drawn():
    seen = set()

    @settings(SEEN, max_examples=60)
    @given(drawn.documents())
    def gather(document):
        seen.update(block.kind for block in document.blocks)
        seen.add(document.lang)

    gather()
    assert seen == {*KINDS, "id", "en"}


def test_hostile_names_are_among_those_drawn_and_plain_ones_are_not_hostile():
    assert find(drawn.names(hostile=True), lambda name: "<script>" in name, settings=SEEN)
    assert "\0" in find(drawn.hostile_text(), lambda text: "\0" in text, settings=SEEN)
    assert len(find(drawn.hostile_text(), lambda text: len(text) >= 10_000, settings=SEEN)) == 10_000

    @FEW
    @given(drawn.names())
    def plain(name):
        assert name not in HOSTILE

    plain()


def test_a_counterexample_is_small():
    short = settings(SEEN, max_examples=50)
    frame = find(drawn.frames(most=9), lambda frame: (frame["biaya"] == 4).any(), settings=short)
    assert len(frame) == 1
    assert frame.loc[0, ["unit", "waktu", "sarana"]].tolist() == ["A", 1, 1]
