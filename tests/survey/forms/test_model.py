"""What is asked: the words of the law, the head of the questionnaire, and names from outside."""

from __future__ import annotations

import pytest

from sipukat import standards
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.survey import form, questionnaire
from sipukat.survey.forms.model import codes
from sipukat.survey.translations import question, vocabulary

LAW = standards.survey("permenpanrb-14-2017")
SURVEYS = standards.names("survey")


def test_the_answers_are_those_of_the_regulation_with_its_scores(facts):
    (instrument,) = [
        i for i in facts("skm-facts.json")["instruments"] if i["id"] == "skm-permenpanrb-14-2017"
    ]
    asked = {q.name: q for q in questionnaire().of("unsur")}
    for unsur in instrument["unsur"]:
        printed = {str(option["score"]): option["label"] for option in unsur["options"]}
        assert {c.code: c.label["id"] for c in asked[unsur["key"]].choices} == printed


def test_the_head_of_the_questionnaire_is_that_of_the_regulation(facts):
    fields = [field["id"] for field in facts("skm-facts.json")["respondent_profile"]["fields"]]
    names = [q.name for q in questionnaire().of("profil")]
    assert [name for name in names if name in fields] == fields
    assert set(names) - set(fields) == {"pekerjaan_lainnya", "disabilitas"}


def test_consent_is_asked_before_anything_else():
    first = questionnaire().questions[0]
    assert first.name == "persetujuan"
    assert first.required
    assert "27 Tahun 2022" in questionnaire().consent["id"]
    assert "27/2022" in questionnaire().consent["en"]


def test_the_order_is_that_of_the_questionnaire_unless_another_is_stated():
    def order(**more):
        return tuple(q.name for q in questionnaire(**more).of("unsur"))

    assert order()[-2:] == ("sarana", "pengaduan")
    assert order(order="peraturan")[-2:] == ("pengaduan", "sarana")
    assert order(order=LAW.unsur_keys[::-1]) == LAW.unsur_keys[::-1]


@pytest.mark.parametrize("standard", SURVEYS)
def test_every_level_of_the_scale_can_be_ticked_even_where_the_law_has_no_words(standard):
    rule = standards.survey(standard)
    for asked in questionnaire(standard).of("unsur"):
        assert [choice.code for choice in asked.choices] == [str(level) for level in rule.scale.levels]
        labels = [choice.label["id"] for choice in asked.choices]
        assert len(set(labels)) == len(labels)
        assert all(asked.label.values())


@pytest.mark.parametrize("standard", SURVEYS)
def test_no_two_questions_of_a_standard_read_the_same(standard):
    rule = standards.survey(standard)
    for lang in ("id", "en"):
        assert len({question(unsur)[lang] for unsur in rule.unsur}) == len(rule.unsur)


@pytest.mark.parametrize("standard", SURVEYS)
def test_every_answer_reads_differently_in_english_too(standard):
    for unsur in standards.survey(standard).unsur:
        scores = {option.score for option in unsur.options}
        assert {vocabulary(unsur)[text] for text in vocabulary(unsur)} >= scores
        english = [choice.label["en"] for q in questionnaire(standard).of("unsur") for choice in q.choices
                   if q.name == unsur.key]  # fmt: skip
        assert len(set(english)) == len(english)


def test_what_an_office_adds_is_asked_too(tmp_path):
    path = tmp_path / "kota.toml"
    path.write_text(
        'kind = "survey"\nid = "perwali-contoh-1-2026"\nextends = "permenpanrb-14-2017"\n'
        'title = "SKM Kota Contoh"\nscope = "local"\nconfidence = "A"\nsources = { P = "Perwali" }\n'
        '[regulation]\nkind = "perwali"\nnomor = "1"\ntahun = 2026\nregion = "Kota Contoh"\n'
        '[[unsur]]\ncode = "U10"\nkey = "keamanan"\nnama = "Keamanan"\nname = "Safety"\n'
        'place = "Pasal 1"\nconfidence = "A"\nsources = ["P"]\n',
        encoding="utf-8",
    )
    asked = questionnaire(standards.load(path)).of("unsur")
    assert [q.name for q in asked if q.name == "keamanan"] == ["keamanan"]
    assert len(asked) == 10


@pytest.mark.parametrize(
    "wrong",
    [
        {"lang": "jv"},
        {"lang": ("id", "id")},
        {"lang": ()},
        {"unit": "A", "units": ["B"]},
        {"units": ["A", "a "]},
        {"units": [""]},
        {"layanan": "KTP"},
        {"url": "javascript:alert(1)"},
        {"url": "file:///etc/passwd"},
        {"url": "https://a b"},
    ],
)
def test_an_argument_that_makes_no_sense_is_refused_in_one_sentence(wrong):
    with pytest.raises(ArgumentError):
        questionnaire(**wrong)


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(UnknownNameError, match="google, limesurvey, paper, surveyjs, xlsform"):
        form(kind="word")


def test_an_unwritable_path_leaves_the_old_file(tmp_path):
    with pytest.raises(OSError, match="not written"):
        form(kind="google", path=tmp_path / "no" / "f.csv")
    old = tmp_path / "f.csv"
    old.write_text("lama", encoding="utf-8")
    with pytest.raises(UnknownNameError):
        form("tidak-ada", "google", old)
    assert old.read_text(encoding="utf-8") == "lama"


def test_names_lose_what_cannot_be_seen_and_what_is_too_long():
    asked = questionnaire(unit="Dinas\0 A\u202e\u2066 B\ud800", instansi="x" * 10_000)
    assert asked.unit == "Dinas A B"
    assert asked.instansi == "x" * 249 + "…"


def test_codes_are_safe_and_each_its_own():
    names = ["A b", "a-b", "=1+1", "日本", "x" * 500, "x" * 501, "9 loket"]
    found = codes(names)
    assert len(set(found)) == len(names)
    assert all(code.isascii() and code.replace("_", "").isalnum() and code[0].isalpha() for code in found)


@pytest.mark.parametrize("kind", ["xlsform", "surveyjs", "limesurvey", "google", "paper"])
def test_the_same_arguments_give_the_same_bytes(kind):
    if kind == "paper":
        pytest.importorskip("typst", reason="Typst is not installed (extra pdf)")
    asked = {"lang": ("id", "en"), "unit": "Dinas A"}
    assert form(kind=kind, **asked) == form(kind=kind, **asked)
