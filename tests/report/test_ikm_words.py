import re
import tomllib
from importlib.resources import files

from sipukat.report.ikm_words import words_of


def test_both_languages_have_the_same_words_with_the_same_places():
    text = files("sipukat.report").joinpath("ikm_report.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    assert set(words) == {"id", "en"}
    for part in words["id"]:
        places = {
            lang: {key: set(re.findall(r"\{(\w+)", said)) for key, said in words[lang][part].items()}
            for lang in words
        }
        assert places["id"] == places["en"]


def test_no_word_was_left_in_the_other_language():
    same = {k for k, said in words_of("id").items() if said == words_of("en")[k]}
    assert same == {"mutu", "unsur", "gauge_alt", "value_mutu"}
