"""Every exception pickles, says what was got, and is what a caller of Python expects."""

import pickle

import pytest

from sipukat import errors

MADE = [
    errors.UnknownNameError("standard", "permenpanrb-14-2071", ["permenpanrb-14-2017"]),
    errors.DuplicatePluginError("exporter", "docx", ["a 1.0", "b 2.0"]),
    errors.PluginLoadError("exporter", "docx", "a 1.0", "ValueError: x"),
    errors.MissingExtraError("xlsxwriter", "excel", "writing .xlsx"),
    errors.CitationError("abc"),
    errors.StandardError("a.toml", "line 3", "x", "y"),
    errors.AnswerError("two answers are 5", "column 'U1'", "Right are 1 to 4."),
    errors.PublishError("x.html", "disk full"),
    errors.StoreError("there is no batch yet", "indeks.db", "Append one first."),
    errors.BatchConflictError("a", ("2026", 40), ("2026", 41), "indeks.db"),
]


@pytest.mark.parametrize("error", MADE, ids=lambda e: type(e).__name__)
def test_errors_pickle_with_their_values(error):
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own
    assert str(again) == str(error)
    assert vars(again) == vars(error)
    assert isinstance(again, errors.SipukatError)


def test_a_near_name_is_suggested():
    assert "Did you mean 'permenpanrb-14-2017'?" in str(MADE[0])


def test_errors_are_also_the_builtins_that_callers_catch():
    assert issubclass(errors.UnknownNameError, LookupError)
    assert issubclass(errors.AnswerError, ValueError)
    assert issubclass(errors.PublishError, OSError)
    assert issubclass(errors.MissingExtraError, ImportError)
