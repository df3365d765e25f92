"""The poster says what the regulation asks for, and nothing about a few people."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from sipukat import datasets, ikm, read_survey
from sipukat.errors import ArgumentError, UnknownNameError
from sipukat.report import poster, poster_profile

MADE = datetime(2026, 8, 17, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def city():
    return read_survey(datasets.path("kota-contoh")).responses


@pytest.fixture(scope="module")
def of_the_city(city):
    return ikm.estimate(city)


def built(result, **opts):
    return poster.build(result, generated=MADE, **opts)


def survey(units, *, sexes="LP"):
    rows = [
        {
            "unit": unit,
            "jenis kelamin": sexes[i % len(sexes)],
            **{f"U{j}": 4 - (i + j) % 2 for j in range(1, 10)},
        }
        for unit, n in units.items()
        for i in range(n)
    ]
    return read_survey(pd.DataFrame(rows)).responses


def facts(block):
    return {fact.label: fact.value for fact in block.facts}


def test_it_has_every_element_of_the_annex(of_the_city, city):
    document = built(
        of_the_city, unit="Dinas A", instansi="Pemerintah Kota", wilayah="KOTA CONTOH", layanan="Izin",
        period="SEMESTER I TAHUN 2026", dates=(date(2026, 1, 5), date(2026, 6, 26)), responses=city,
    )  # fmt: skip
    block = document.blocks[0]
    assert block.head == (
        "INDEKS KEPUASAN MASYARAKAT (IKM)", "Dinas A", "Pemerintah Kota", "KOTA CONTOH",
        "SEMESTER I TAHUN 2026",
    )  # fmt: skip
    assert block.headline.facts[0].label == "NILAI IKM"
    assert block.headline.facts[0].value == f"{of_the_city.overall.published}".replace(".", ",")
    assert facts(block) == {
        "Layanan": "Izin",
        "Responden": "1.500 orang",
        "Jenis kelamin": "L = 698, P = 802",
        "Pendidikan": "SD = 119, SMP = 230, SMA = 650, DIII = 144, S1 = 316, S2 = 41",
        "Periode survei": "05-01-2026 s/d 26-06-2026",
    }
    assert block.closing[0] == "TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN"
    assert {fact.label for fact in block.facts} <= {fact.label for fact in block.headline.facts}


def test_the_counts_are_those_of_the_file(of_the_city, city):
    said = facts(built(of_the_city, responses=city).blocks[0])["Jenis kelamin"]
    counts = city.frame["jenis kelamin"].value_counts()
    assert said == f"L = {counts['Laki-laki']}, P = {counts['Perempuan']}"


def test_what_is_not_known_is_left_out(of_the_city):
    block = built(of_the_city).blocks[0]
    assert set(facts(block)) == {"Responden"}
    assert block.head == ("INDEKS KEPUASAN MASYARAKAT (IKM)",)
    assert block.url == ""


def test_it_speaks_english(of_the_city):
    block = built(of_the_city, lang="en", dates=(date(2026, 1, 5), date(2026, 6, 26))).blocks[0]
    assert block.head[0] == "PUBLIC SATISFACTION INDEX (IKM)"
    assert facts(block) == {"Respondents": "1,500 people", "Survey period": "05-01-2026 to 26-06-2026"}
    assert block.headline.text == "IKM 82.50 · mutu B · Good"


def test_both_languages_have_the_same_words():
    assert poster._words("id").keys() == poster._words("en").keys()


def test_a_given_profile_goes_before_the_file(of_the_city, city):
    profile = {"jenis kelamin": {"Laki-laki": 20, "Perempuan": 30}}
    assert facts(built(of_the_city, profile=profile, responses=city).blocks[0]) == {
        "Responden": "1.500 orang", "Jenis kelamin": "L = 20, P = 30",
    }  # fmt: skip


def test_small_counts_are_merged_with_another_and_said_so(of_the_city):
    profile = {"pendidikan": {"SD": 12, "SMA": 40, "S1": 9, "S2": 3}}
    document = built(of_the_city, profile=profile)
    assert facts(document.blocks[0])["Pendidikan"] == "SD = 12, SMA = 40, lainnya = 12"
    assert [note.code for note in document.blocks[1:]] == ["PUB722"]


def test_two_sexes_of_which_one_is_small_are_left_out(of_the_city):
    document = built(of_the_city, profile={"jenis kelamin": {"L": 3, "P": 40}})
    assert set(facts(document.blocks[0])) == {"Responden"}


def test_counts_are_all_shown_where_nothing_is_withheld(of_the_city):
    document = built(of_the_city, profile={"jenis kelamin": {"L": 3, "P": 40}}, withhold_below=0)
    assert facts(document.blocks[0])["Jenis kelamin"] == "L = 3, P = 40"
    assert len(document.blocks) == 1


def test_too_few_respondents_get_a_poster_without_a_value():
    document = built(ikm.estimate(survey({"A": 9})), unit="Dinas A")
    block = document.blocks[0]
    assert block.gauge is None
    assert block.mutu == ""
    assert "9" not in str(block.model_dump(exclude={"source"}))
    assert [note.code for note in document.blocks[1:]] == ["PUB720"]
    assert document.data["withheld"]
    assert not any(item.key == "n" for item in document.provenance.items)


def test_without_an_answer_it_says_so():
    frame = pd.DataFrame({f"U{i}": pd.array([None] * 12, dtype="Int8") for i in range(1, 10)})
    block = built(ikm.estimate(frame), withhold_below=0).blocks[0]
    assert block.headline.text == "Nilai tidak dapat dihitung: tidak ada jawaban"


def test_every_group_has_a_poster_in_the_order_of_the_result(city):
    result = ikm.estimate(city, by="unit")
    made = list(poster.posters(result, responses=city, generated=MADE, url="https://contoh.go.id/{unit}"))
    assert [group for group, _ in made] == [group for group, _ in result.items()]
    for group, document in made:
        block = document.blocks[0]
        assert block.head[1] == group
        assert block.headline.facts[0].value == f"{result[group].published}".replace(".", ",")
        assert block.url == f"https://contoh.go.id/{group.replace(' ', '%20')}"


def test_small_units_and_those_that_would_give_them_away_have_no_value():
    responses = survey({"A": 4, "B": 40, "C": 25})
    made = dict(poster.posters(ikm.estimate(responses, by="unit"), responses=responses, generated=MADE))
    codes = {group: [note.code for note in d.blocks[1:]] for group, d in made.items()}
    assert codes == {"A": ["PUB721"], "B": [], "C": ["PUB721"]}  # not which of them is small
    assert made["B"].blocks[0].gauge is not None
    assert facts(made["A"].blocks[0]) == facts(made["C"].blocks[0]) == {}


def test_no_small_count_can_be_computed_from_all_posters_and_the_total():
    every = {
        "A": {"sex": {"L": 2, "P": 30}},
        "B": {"sex": {"L": 20, "P": 20}},
        "C": {"sex": {"L": 30, "P": 9}},
    }
    hidden = poster_profile.hidden_cells(every)
    for label in "LP":
        along = [group for group in every if ("sex", group, label) in hidden]
        assert len(along) != 1
        assert not along or sum(every[group]["sex"][label] for group in along) >= 5
    assert ("sex", "A", "L") in hidden


def test_groups_of_two_columns_are_counted_each():
    responses = survey({"A": 24, "B": 30})
    frame = responses.frame.assign(loket=["x", "y"] * 27)
    counts = poster_profile.counted(
        type(responses)(
            frame=frame, unsur=responses.unsur, roles=responses.roles, standard=responses.standard,
            provenance=responses.provenance,
        ),
        ("unit", "loket"), [("A", "x"), ("B", "y")],
    )  # fmt: skip
    assert counts == {("A", "x"): {"sex": {"L": 12}}, ("B", "y"): {"sex": {"P": 15}}}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://contoh.go.id", "contoh.go.id", "https://", "https://a b", "https://[x",
     "https://contoh.go.id/" + "x" * 500, "https://contoh.go.id/é"],
)  # fmt: skip
def test_an_address_that_a_telephone_should_not_open_is_refused(of_the_city, url):
    with pytest.raises(ArgumentError, match="url must be an address such as https"):
        built(of_the_city, url=url)


def test_nonsense_is_refused_in_one_sentence(of_the_city, city):
    with pytest.raises(UnknownNameError, match="layout of a poster"):
        built(of_the_city, layout="a0")
    with pytest.raises(ArgumentError, match="end before they begin"):
        built(of_the_city, dates=(date(2026, 2, 1), date(2026, 1, 1)))
    with pytest.raises(ArgumentError, match="time zone"):
        poster.build(of_the_city, generated=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ArgumentError, match="0 or more"):
        built(of_the_city, withhold_below=-1)
    with pytest.raises(ArgumentError, match="a poster knows"):
        built(of_the_city, profile={"agama": {"x": 3}})
    with pytest.raises(ArgumentError, match="must be a number of people"):
        built(of_the_city, profile={"sex": {"L": 3.5}})
    with pytest.raises(ArgumentError, match="no groups"):
        next(poster.posters(of_the_city))
    with pytest.raises(TypeError, match="knows no option colour"):
        next(poster.posters(ikm.estimate(city, by="unit"), colour="red"))


def test_a_standard_without_bands_has_a_poster_without_a_letter():
    frame = pd.DataFrame({f"A{i}": [6, 5] * 16 for i in range(1, 6)})
    block = built(ikm.estimate(read_survey(frame, "spak").responses), unit="Dinas A").blocks[0]
    assert block.head[0] == "HASIL SURVEI KEPUASAN MASYARAKAT"
    assert block.mutu == block.kinerja == ""
    assert block.headline.facts[0].label == "NILAI Indeks"
    assert block.gauge.bands == ()


def test_a_name_of_ten_thousand_letters_is_cut_and_says_how_much(of_the_city):
    line = built(of_the_city, unit="x" * 10_000).blocks[0].head[1]
    assert len(line) <= 160
    assert "karakter lagi" in line
