"""The workbook that is written can be read again, by the same reader, to the same index."""

import pytest

from sipukat import datasets, ikm, publish, read_survey


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    responses = read_survey(datasets.path("kota-contoh")).responses
    path = tmp_path_factory.mktemp("hasil") / "kota.xlsx"
    publish(ikm.estimate(responses, by="unit"), path, responses=responses)
    return responses, path


def test_the_official_sheet_is_found_among_the_others_and_read_to_the_same_answers(written):
    before, path = written
    after, findings = read_survey(path)
    assert findings.by_code("SRV418")[0].path == "Pengolahan"
    assert after.unsur == before.unsur
    assert len(after) == len(before)
    for name in after.unsur:
        assert after.frame[name].tolist() == before.frame[name].tolist()


def test_the_names_below_the_codes_settle_what_u8_and_u9_are(written):
    _, path = written
    _, findings = read_survey(path)
    assert not findings.by_code("SRV405")


def test_units_come_back_with_their_index(written):
    before, path = written
    old = ikm.estimate(before, by="unit")
    new = ikm.estimate(read_survey(path).responses, by="Unit pelayanan")
    assert {name: e.exact for name, e in new.items()} == {name: e.exact for name, e in old.items()}
