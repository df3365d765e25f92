"""The mistakes that people make first, each answered in one sentence that says what would be right."""

import inspect
import os
import pickle
import re
import subprocess
import sys
import typing
from datetime import date, datetime
from functools import lru_cache

import pandas as pd
import pytest

import sipukat
from sipukat import compliance, datasets, errors, export, ikm, pelayanan, plot, report, standards, survey
from sipukat.errors import SipukatError

FRAME = pd.DataFrame({"unit": list("AAABBB"), **{f"U{i}": [4, 3, 4, 2, 3, 3] for i in range(1, 10)}})
SURVEY = datasets.path("dpmptsp-contoh")
ISIAN = datasets.path("disdik-legalisasi-ijazah-isian")
DRAFT = pelayanan.StandarPelayanan(nama="KTP-el", jangka_waktu_penyelesaian="3 hari kerja")


@lru_cache
def result():
    return ikm.estimate(FRAME, by="unit")


@lru_cache
def reading():
    return sipukat.read_survey(SURVEY)


def with_column(**columns):
    return FRAME.assign(**columns)


def weighted(weight):
    return lambda _: ikm.estimate(with_column(w=[weight] * 6), design=ikm.Design(weight="w"))


# What was done (the folder is a new one), the error, and words of its sentence.
READING = [
    (lambda _: sipukat.read_survey("tidak-ada.csv"), "UnreadableFileError", "no file of that name"),
    (lambda _: sipukat.read_survey(""), "UnreadableFileError", "the path is empty"),
    (lambda _: sipukat.read_survey(None), "SurveyError", "None is no survey. Give a path"),
    (lambda _: sipukat.read_survey(result()), "SurveyError", "an IkmResult is no survey"),
    (sipukat.read_survey, "UnreadableFileError", "a folder of that name"),
    (lambda folder: sipukat.read_survey(as_xlsx(folder)), "UnreadableFileError", "it is delimited text"),
    (lambda _: sipukat.read_survey("https://contoh.go.id/a.csv"), "UnreadableFileError", "Download the file"),
    (lambda _: sipukat.read_survey(SURVEY, "permenpanrb-14-2107"), "UnknownNameError", "Did you mean"),
    (lambda _: sipukat.read_survey(SURVEY, columns="U1"), "ArgumentTypeError", "columns is a str; give {"),
    (lambda _: sipukat.read_survey(SURVEY, columns=["U1"]), "ArgumentTypeError", "columns is a list; give {"),
    (lambda _: sipukat.read_survey(SURVEY, order=3), "ArgumentTypeError", "order is an int"),
    (lambda _: sipukat.read_survey(SURVEY, answers=["a"]), "ArgumentTypeError", "answers is a list"),
    (lambda _: sipukat.read_survey(SURVEY, personal="Nama"), "ColumnError", "no column is headed 'nama'"),
    (lambda _: sipukat.read_survey(SURVEY, population="1000"), "DesignError", "got '1000'"),
    (lambda _: sipukat.read_survey(with_column(U1=5)), "AnswerError", "not on the scale 1-4"),
    (lambda _: survey.quality(reading()), "ArgumentTypeError", "responses is a Reading; give Responses"),
    (lambda _: survey.quality(FRAME), "ArgumentTypeError", "responses is a DataFrame; give Responses"),
    (lambda _: survey.redact(None), "ArgumentTypeError", "text is None"),
    (lambda _: survey.form(units=None), "ArgumentTypeError", "units is None; give a list of names"),
    (lambda _: survey.form(lang="ID"), "ArgumentError", "lang must be"),
]
ESTIMATING = [
    (lambda _: ikm.estimate(reading()), "ColumnError", "a Reading is no dataframe"),
    (lambda _: ikm.estimate(SURVEY), "ColumnError", "read_survey(path).responses"),
    (lambda _: ikm.estimate(None), "ColumnError", "None is no dataframe"),
    (lambda _: ikm.estimate(FRAME, by="unti"), "ColumnError", "no column is named 'unti'. Columns: unit"),
    (lambda _: ikm.estimate(FRAME, by=None), "ArgumentTypeError", "by is None; give the name of a column"),
    (lambda _: ikm.estimate(FRAME, by=3), "ArgumentTypeError", "by is an int"),
    (lambda _: ikm.estimate(FRAME.iloc[:0]), "EstimationError", "there is no respondent"),
    (lambda _: ikm.estimate(FRAME.astype(str)), "AnswerError", "read_survey(frame) understands"),
    (lambda _: ikm.estimate(with_column(U1=5)), "AnswerError", "scale of 1 to 5: they must not be rescaled"),
    (lambda _: ikm.estimate(FRAME.drop(columns="U9")), "ColumnError", "no column is U9"),
    (
        lambda _: ikm.estimate(FRAME.rename(columns={"U1": 1})),
        "ColumnError",
        "named by an int, not by a text",
    ),
    (lambda _: ikm.estimate(FRAME, confidence_level=95), "ArgumentError", "95 percent is 0.95"),
    (lambda _: ikm.estimate(FRAME, confidence_level="95%"), "ArgumentError", "got '95%'"),
    (lambda _: ikm.estimate(FRAME, interval=["t"]), "UnknownNameError", "no interval method is named"),
    (lambda _: ikm.estimate(FRAME, profile=0.11), "UnknownNameError", "Did you mean '0.11'?"),
    (lambda _: ikm.estimate(FRAME, columns=["U1"]), "ArgumentTypeError", "columns is a list"),
    (lambda _: ikm.estimate(FRAME, design="w"), "ArgumentTypeError", "design is a str; give a Design"),
    (
        lambda _: ikm.estimate(FRAME, design=ikm.Design(population=2)),
        "DesignError",
        "the survey has a sample of 6",
    ),
    (weighted("8,3%"), "DesignError", "no number"),
    (weighted(-1.0), "DesignError", "not finite and above 0 (-1)"),
    (lambda _: ikm.Design("w"), "ArgumentTypeError", "Design takes its fields by name, e.g. weight="),
    (
        lambda _: ikm.Design(wieght="w"),
        "ArgumentError",
        "Design, wieght: unknown key 'wieght'; expected 'weight'",
    ),
    (
        lambda _: ikm.Design(population=10.5),
        "ArgumentError",
        "Design, population: 10.5; expected a valid string or",
    ),
    (
        lambda _: ikm.Design(population={"A": 9}),
        "ArgumentError",
        "Design: population by stratum needs stratum=",
    ),
    (lambda _: ikm.Moments.from_json(None), "ArgumentTypeError", "text is None"),
    (lambda _: ikm.Moments.from_json("[]"), "EstimationError", "it is no JSON object"),
    (lambda _: result().moments + result(), "ArgumentTypeError", "what is merged is an IkmResult"),
    (lambda _: result()["C"], "UnknownNameError", "no group is named 'C'. Known: A, B"),
    (lambda _: result().rollup("mean"), "UnknownNameError", "Known: pooled, population"),
    (lambda _: result().rollup("population", population=[3]), "ArgumentTypeError", "population is a list"),
]
AFTERWARDS = [
    (lambda _: ikm.compare(FRAME, FRAME), "ArgumentError", "a is a DataFrame; give an IkmResult"),
    (lambda _: ikm.compare(result(), 80.0), "ArgumentError", "b is a float; give an IkmResult"),
    (lambda _: ikm.compare(result()["A"], result()["B"], null="0"), "ArgumentError", "null is '0'"),
    (lambda _: ikm.trend([result()]), "ArgumentError", "results is a list; give {period: result}"),
    (lambda _: ikm.rank(FRAME), "ArgumentTypeError", "result is a DataFrame; give an IkmResult"),
    (lambda _: ikm.rank(result(), draws="many"), "ArgumentError", "draws must be a whole number"),
    (lambda _: ikm.rank(result(), seed=-1), "ArgumentError", "seed must be a whole number of at least 0"),
    (lambda _: ikm.differences(FRAME), "ArgumentTypeError", "give an IkmResult"),
    (lambda _: ikm.shrink(FRAME), "ArgumentTypeError", "give an IkmResult"),
    (lambda _: ikm.shrink(result(), covariates=[1]), "ArgumentTypeError", "covariates is a list"),
    (lambda _: ikm.priorities(result().overall), "ArgumentTypeError", "result is an Estimate"),
    (lambda _: ikm.priorities(result(), target="B"), "ArgumentError", "target is 'B'; the published scale"),
    (lambda _: ikm.rollups(FRAME), "ArgumentTypeError", "give an IkmResult"),
    (lambda _: ikm.rtl(result()), "ArgumentTypeError", "sipukat.ikm.priorities(result)"),
    (lambda _: ikm.withhold(result()), "ArgumentTypeError", "moments is an IkmResult; give Moments"),
    (lambda _: ikm.straightlining(result()), "ArgumentTypeError", "data is an IkmResult, without rows"),
    (lambda _: ikm.link([FRAME, FRAME], same="id"), "ArgumentTypeError", "surveys is a list; give {period"),
    (lambda _: ikm.link({1: FRAME, 2: FRAME}, same=None), "ArgumentTypeError", "same is None"),
    (lambda _: ikm.classify(3.2), "ArgumentError", "is first multiplied by 25"),
    (lambda _: ikm.sample_size("1000"), "ArgumentError", "population must be a whole number"),
    (
        lambda _: ikm.sample_size(1000, margin="5%"),
        "ArgumentError",
        "margin must lie between 0 and 1, got '5%'",
    ),
    (lambda _: ikm.sample_size(1000, margin=5), "ArgumentError", "5 percent is 0.05"),
    (lambda _: ikm.allocate({"A": 9}, 50), "ArgumentTypeError", "populations is an int; give {unit"),
    (lambda _: ikm.adjust_nonresponse(FRAME, None, responded="U1"), "ArgumentTypeError", "classes is None"),
    (lambda _: ikm.replicate_weights(FRAME, None), "ArgumentTypeError", "design is None; give a Design"),
    (lambda _: ikm.rake(FRAME, {"A": 60, "B": 40}), "ArgumentError", "are a number, not a mapping"),
    (lambda _: ikm.write_parquet(result(), "a.parquet"), "ArgumentTypeError", "moments is an IkmResult"),
]
OFFICES = [
    (
        lambda _: standards.get("permenpanrb-14-2071"),
        "UnknownNameError",
        "Did you mean 'permenpanrb-14-2017'?",
    ),
    (lambda _: standards.load(SURVEY), "StandardError", "expected TOML"),
    (lambda _: standards.diff("spak", "spkp"), "ArgumentTypeError", "old is a str; give what standards.get"),
    (lambda _: pelayanan.load("nix.toml"), "UnreadableFileError", "No such file"),
    (lambda _: pelayanan.load(None), "ArgumentTypeError", "path is None; give the path of a file"),
    (lambda _: pelayanan.loads(None), "ArgumentTypeError", "text is None"),
    (lambda _: pelayanan.loads("{}", format="yml"), "UnknownNameError", "Did you mean 'yaml'?"),
    (lambda _: pelayanan.dump({"nama": "x"}), "ArgumentTypeError", "doc is a dict; give a StandarPelayanan"),
    (lambda _: pelayanan.diff(DRAFT, None), "ArgumentTypeError", "new is None; give a StandarPelayanan"),
    (lambda _: pelayanan.StandarPelayanan(biaya="y"), "ArgumentError", "unknown key 'biaya'"),
    (lambda _: pelayanan.Biaya.parse(50000), "ArgumentTypeError", "text is an int"),
    (lambda _: pelayanan.JangkaWaktu.parse(None), "ArgumentTypeError", "text is None"),
    (lambda _: pelayanan.Citation.parse(None), "ArgumentTypeError", "text is None"),
    (
        lambda _: pelayanan.JangkaWaktu.parse("1 hari").due("2026-01-01"),
        "ArgumentTypeError",
        "start is a str",
    ),
    (lambda _: sipukat.check("draf.yaml"), "ArgumentTypeError", "doc is a str; give a StandarPelayanan"),
    (lambda _: sipukat.check([3]), "ArgumentTypeError", "doc is an int; give a StandarPelayanan"),
    (lambda _: sipukat.check(DRAFT, on="2026-01-01"), "ArgumentTypeError", "on is a str; give a day"),
    (lambda _: sipukat.check(DRAFT, "permenpanrb-14-2017"), "UnknownNameError", "no document standard"),
    (
        lambda _: compliance.score(ISIAN, "ombudsman-2022"),
        "ArgumentError",
        "is no evidence; give an Evidence",
    ),
    (
        lambda _: compliance.score({"x": 1}, "ombudsman-2022"),
        "UnknownNameError",
        "no indicator of ombudsman-2022",
    ),
    (
        lambda _: compliance.classify("hijau", "ombudsman-2022"),
        "ArgumentError",
        "is no score; expected a number",
    ),
    (lambda _: compliance.what_if(None, "ombudsman-2022", {}), "ArgumentTypeError", "evidence is None"),
    (lambda _: compliance.heatmap(FRAME), "ArgumentTypeError", "city is a DataFrame"),
    (lambda _: compliance.holding_back(FRAME, "hijau"), "ArgumentTypeError", "city is a DataFrame"),
    (lambda _: compliance.common_causes(None), "ArgumentTypeError", "city is None"),
    (lambda _: compliance.city_path(None, "hijau"), "ArgumentTypeError", "city is None"),
    (lambda _: compliance.quarters([1]), "ArgumentTypeError", "a step is an int"),
    (lambda _: compliance.text_of_checklist("x"), "ArgumentTypeError", "form is a str; give a Checklist"),
    (lambda _: compliance.score({}, "ombudsman-2022").path_to("hijua"), "UnknownNameError", "mean 'hijau'?"),
    (
        lambda _: compliance.score({}, "ombudsman-2022").path_to("A", costs=1),
        "ArgumentTypeError",
        "costs is an int",
    ),
]
WRITING = [
    (lambda folder: sipukat.publish(result(), folder / "no" / "a.json"), "PublishError", "No such file"),
    (lambda folder: sipukat.publish(result(), folder / "a"), "UnknownNameError", "no exporter"),
    (lambda folder: sipukat.publish(result(), folder, "json"), "PublishError", "it is not a file"),
    (lambda folder: sipukat.publish(result(), f"{folder}/a\0.json"), "PublishError", "null byte"),
    (
        lambda folder: sipukat.publish(folder / "a.json", result()),
        "ArgumentTypeError",
        "path is an IkmResult",
    ),
    (
        lambda folder: sipukat.publish(result(), folder / "a.json", 3),
        "ArgumentTypeError",
        "exporter is an int",
    ),
    (lambda folder: sipukat.publish(FRAME, folder / "a.json"), "ArgumentTypeError", "build takes one of"),
    (
        lambda folder: sipukat.publish(result(), folder / "a.json", lang="ID"),
        "UnknownNameError",
        "Known: en, id",
    ),
    (lambda folder: ikm.write_parquet(result().moments, folder / "no" / "a"), "PublishError", "No such file"),
    (lambda _: report.build(None), "ArgumentTypeError", "no report is known for None"),
    (lambda _: report.build(result(), titel="x"), "ArgumentTypeError", "has no option titel"),
    (lambda _: report.build(result(), part="laporn"), "UnknownNameError", "Did you mean 'laporan'?"),
    (lambda _: report.build(result(), generated="2026"), "ArgumentTypeError", "generated is a str"),
    (lambda _: report.build(result(), generated=datetime(2026, 1, 1)), "ArgumentError", "a time zone"),  # noqa: DTZ001
    (lambda _: export.get("exel"), "UnknownNameError", "no exporter is named 'exel'"),
    (lambda _: plot.svg(result()), "ArgumentTypeError", "figure is an IkmResult; give a Figure"),
    (lambda _: datasets.path("dpmptsp"), "UnknownNameError", "Did you mean 'dpmptsp-contoh'?"),
]


def as_xlsx(folder):
    place = folder / "palsu.xlsx"
    place.write_bytes(SURVEY.read_bytes())
    return place


@pytest.mark.parametrize(
    ("mistake", "kind", "words"), [*READING, *ESTIMATING, *AFTERWARDS, *OFFICES, *WRITING]
)
def test_a_mistake_is_answered_in_a_sentence(mistake, kind, words, tmp_path):
    with pytest.raises(SipukatError, match=re.escape(words)) as found:
        mistake(tmp_path)
    assert type(found.value) is getattr(errors, kind)
    said = str(found.value)
    assert "\n" not in said
    assert len(said) < 800
    assert "pydantic" not in said


def test_an_argument_of_another_kind_is_a_type_error_too():
    with pytest.raises(TypeError):
        ikm.rank(FRAME)
    with pytest.raises(ValueError, match="give an IkmResult"):
        ikm.rank(FRAME)


def test_a_message_never_shows_the_data_that_were_given():
    secret = with_column(nama="Budi Santoso")
    for call in (lambda: ikm.link([secret], same="id"), lambda: ikm.sample_size_for_mutu(80, sd=secret)):
        with pytest.raises(SipukatError) as found:
            call()
        assert "Budi" not in str(found.value)


def test_whole_numbers_and_paths_of_other_libraries_are_taken():
    numpy = pytest.importorskip("numpy")
    assert ikm.sample_size(numpy.int64(1000)).n == ikm.sample_size(1000).n
    assert len(ikm.rank(result(), draws=numpy.int64(2000)).rows) == 2
    assert ikm.withhold(result().moments, below=numpy.int32(2))[0].groups
    assert sipukat.read_survey(str(SURVEY)).responses.frame.equals(reading().responses.frame)


def test_a_record_that_is_refused_still_shows_pydantic_its_own_error():
    """Readers of files name each place in their own way; only a call is answered in one sentence."""
    pydantic = pytest.importorskip("pydantic")
    with pytest.raises(pydantic.ValidationError):
        ikm.Design.model_validate({"wieght": "w"})
    assert pickle.loads(pickle.dumps(ikm.Design(weight="w"))) == ikm.Design(weight="w")  # noqa: S301  our own


# A prompt that shows what there is.


def public():
    """Yield every public name with its room."""
    for room in dir(sipukat):
        module = getattr(sipukat, room)
        if inspect.ismodule(module):
            for name in getattr(module, "__all__", []):
                yield f"{room}.{name}", getattr(module, name)


CALLABLE = {
    name: thing
    for name, thing in public()
    if inspect.isfunction(inspect.unwrap(thing)) and "sipukat" in thing.__module__
}


def test_dir_shows_public_names_only_and_loads_nothing_heavy():
    code = (
        "import sys, sipukat; names = dir(sipukat); import sipukat.report, sipukat.export; "
        "print([n for n in names if n.startswith('_')], {'pandas', 'numpy', 'scipy'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['__version__'] set()"


@pytest.mark.parametrize("name", CALLABLE)
def test_help_starts_with_a_sentence_and_every_parameter_has_a_type(name):
    thing = inspect.unwrap(CALLABLE[name])
    first = inspect.getdoc(thing).partition("\n")[0]
    assert first.endswith(".")
    signature = inspect.signature(thing)
    assert signature.return_annotation is not inspect.Signature.empty
    bare = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty]
    assert not bare


def test_help_of_the_main_verb_shows_the_range_of_its_level():
    said = inspect.getdoc(ikm.estimate)
    assert re.search(r"confidence_level\s+Between 0 and 1", said)


@pytest.mark.parametrize(
    "name", ["ikm.Design", "pelayanan.StandarPelayanan", "report.Document", "compliance.Evidence"]
)
def test_the_fields_of_a_record_have_types_at_run_time(name):
    room, _, record = name.partition(".")
    assert typing.get_type_hints(getattr(getattr(sipukat, room), record))


# The program, wherever it is started.


@pytest.mark.parametrize(
    ("flags", "environment"),
    [
        ([], {"COLUMNS": "20"}),
        (["-X", "utf8=0"], {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
        ([], {"HOME": ""}),
    ],
)
def test_the_program_runs_in_any_folder_and_language(flags, environment, tmp_path):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *flags, "-m", "sipukat", "standards", "permenpanrb-14-2017"],
        cwd=tmp_path,
        env=kept | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert "Sangat baik" in done.stdout.decode()


def test_a_reader_that_stops_early_sees_no_traceback(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-m", "sipukat", "standards"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        program.stdout.close()  # as `| head -1` does
        assert program.stderr.read() == b""


def test_a_day_is_taken_as_a_day():
    assert sipukat.check(DRAFT, on=date(2026, 1, 1), select="KNS219").ok
