"""What DESIGN promises is importable from the place that it names, and says what it is."""

from __future__ import annotations

import inspect
import typing
from importlib import import_module

import pytest

import sipukat

# The names that others call; a room may export more (its records), never less.
_WORDS = {
    "sipukat": "__version__ check checks compliance datasets errors export findings ikm pelayanan plot "
    "plugins publish read_survey regulation report standards survey testing verify",
    "sipukat.standards": "Band ComplianceStandard DocumentStandard Option Profile Scale SurveyStandard "
    "Unsur diff document get in_force json_schema load names survey",
    "sipukat.pelayanan": "Biaya Citation JangkaWaktu StandarPelayanan diff dump from_table json_schema "
    "load loads vectors",
    "sipukat.checks": "Case Rule check ladder rules sarif",
    "sipukat.readers": "Grid READERS Reader content text_of wanted",
    "sipukat.survey": "Provenance Reading Responses form quality questionnaire read_survey redact",
    "sipukat.compliance": "Assessment Evidence Step classify evidence_from score",
    "sipukat.ikm": "Design Estimate IkmResult MomentStore Moments allocate audit calibrate classify compare "
    "estimate moments post_stratify priorities rake rank reliability replicate_weights rollups rtl "
    "sample_size shrink trend trim",
    "sipukat.findings": "Finding Findings Severity",
    "sipukat.errors": "AnswerError CitationError ColumnError DesignError DraftError DuplicatePluginError "
    "EstimationError MissingExtraError PluginLoadError PublishError SipukatError StandardError SurveyError "
    "UnknownNameError UnreadableFileError",
    "sipukat.regulation": "Citation Regulation",
    "sipukat.plugins": "API_VERSION GROUPS Plugin Registry listing",
    "sipukat.report": "Block Column Document Figure Headline Note Paragraph Poster Table build",
    "sipukat.export": "Exporter get json_schema names shown",
    "sipukat.plot": "matplotlib png svg",
    "sipukat.publishing": "publish",
    "sipukat.datasets": "names path",
    "sipukat.verifying": "Difference Verdict Verification verify",
}
PROMISED = {room: set(words.split()) for room, words in _WORDS.items()}


def public_names(room: str) -> list[str]:
    module = import_module(room)
    return list(getattr(module, "__all__", sorted(name for name in PROMISED[room] if hasattr(module, name))))


PUBLIC = [(room, name) for room in PROMISED for name in public_names(room) if name != "__version__"]


@pytest.mark.parametrize("room", PROMISED)
def test_a_room_exports_what_the_design_promises(room):
    assert PROMISED[room] - set(public_names(room)) == set()


@pytest.mark.parametrize("room", PROMISED)
def test_all_is_sorted_without_doubles_and_shown_by_dir(room):
    names = public_names(room)
    assert len(names) == len(set(names))
    assert set(names) <= set(dir(import_module(room)))


@pytest.mark.parametrize(("room", "name"), PUBLIC)
def test_a_public_name_can_be_had_and_says_what_it_is(room, name):
    thing = getattr(import_module(room), name)
    alias = typing.get_origin(thing) is not None
    if (inspect.ismodule(thing) or callable(thing)) and not alias:
        assert (inspect.getdoc(thing) or "").strip()


def test_the_facade_lists_exactly_what_it_has():
    assert set(dir(sipukat)) == PROMISED["sipukat"]
    with pytest.raises(AttributeError, match="has no attribute 'ikn'"):
        sipukat.ikn  # noqa: B018


@pytest.mark.parametrize("room", PROMISED)
def test_a_room_says_which_names_it_has_when_asked_for_another(room):
    with pytest.raises(AttributeError, match="no_such_name"):
        import_module(room).no_such_name  # noqa: B018
