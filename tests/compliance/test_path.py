"""A path says what to do, at what cost, what it promises, and what is in the way."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from sipukat import compliance, standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.path import apply, cheapest
from sipukat.compliance.steps import Dependency
from sipukat.compliance.target import target_of
from sipukat.compliance.tree import tree_of
from sipukat.errors import ArgumentError, UnknownNameError

KOMPETENSI, SARANA, STANDAR, PERSEPSI, PENGADUAN = (
    "input.kompetensi",
    "input.sarana_prasarana",
    "proses.standar_pelayanan",
    "output.persepsi_maladministrasi",
    "pengaduan.pengelolaan",
)
SCHEME = standards.compliance("ombudsman-2022")
TREE = tree_of(SCHEME)
SIXTY = Evidence.of(dict.fromkeys(TREE.keys, 60))
IPP = standards.compliance("ipp-29-2022")
IPP_TREE = tree_of(IPP)


def path_to(target, evidence=SIXTY, **options):
    return cheapest(TREE, evidence, SCHEME, target, **options)


def test_worked_by_hand_two_indicators_lead_from_60_to_hijau():
    # all at 60 is 60.00; hijau is from 78.00, so 17.995 is lacking. To 100 they add, in hundredths of
    # their weight times 40: standar 12.948, persepsi 9.696, pengaduan 8.616, kompetensi and sarana 4.37.
    # No one is enough; standar and persepsi are, 22.644, and no pair adds more.
    path = path_to("hijau")
    assert [(step.key, step.gain) for step in path] == [
        (STANDAR, Fraction(12948, 1000)),
        (PERSEPSI, Fraction(9696, 1000)),
    ]
    assert path.cost == 2
    assert (path.score_after, path.published_after) == (Fraction(82644, 1000), Decimal("82.64"))
    assert (path.promise.code_after, path.promise.zone_after) == ("B", "hijau")


def test_the_promised_score_is_what_scoring_says_once_the_steps_are_taken():
    path = path_to("A", costs={STANDAR: 3, PENGADUAN: {80: 1, 95: 2}}, feasible={PERSEPSI: 90})
    done = compliance.score(apply(SIXTY, path), standard=SCHEME.id)
    assert (done.score, done.published, done.code) == (path.score_after, path.published_after, "A")


def test_an_assessment_knows_its_path():
    found = compliance.score(SIXTY, standard="ombudsman-2022").path_to("hijau", costs={STANDAR: 9})
    assert isinstance(found, tuple)
    assert [step.key for step in found] == [PERSEPSI, PENGADUAN]
    assert found.cost == 2


def test_a_dear_indicator_is_passed_over_and_a_cheap_level_taken():
    path = path_to("78", costs={STANDAR: {70: 1, 100: 50}, PERSEPSI: 1, PENGADUAN: 1})
    assert {step.key: step.after for step in path} == {PERSEPSI: 100, PENGADUAN: 100}
    assert path.cost == 2
    ceilings = {PENGADUAN: False, KOMPETENSI: False}
    without = path_to("77", costs={STANDAR: {70: 1, 100: 50}}, feasible=ceilings)  # 9.70 + 4.37 + 3.24
    assert {step.key: step.after for step in without} == {STANDAR: 70, PERSEPSI: 100, SARANA: 100}


def test_where_the_target_is_reached_there_is_nothing_to_do():
    path = path_to("kuning")
    assert path == ()
    assert path.reachable
    assert path.cost == 0
    assert [f.code for f in path.findings] == ["CMP836"]
    assert path.sentence() == "KUNING sudah tercapai dengan nilai 60,00."


def test_a_target_out_of_reach_says_how_far_one_can_get_and_what_is_in_the_way():
    path = path_to("A", feasible={STANDAR: False, PENGADUAN: 80})
    assert path == ()
    assert not path.reachable
    assert path.best == Fraction(100) - Fraction(12948, 1000) - Fraction(4308, 1000)
    assert [(row.key, row.points) for row in path.blocked] == [
        (STANDAR, Fraction(12948, 1000)),
        (PENGADUAN, Fraction(4308, 1000)),
    ]
    assert path.score_after == path.promise.score_before == 60
    (finding,) = path.findings.by_code("CMP831")
    assert "82,74" in finding.message()
    assert "Standar Pelayanan (12,95)" in finding.message("en")


def test_what_waits_for_something_that_cannot_rise_is_blocked_too():
    path = path_to("A", feasible={STANDAR: False}, requires={PERSEPSI: STANDAR})
    assert {row.key for row in path.blocked} == {STANDAR, PERSEPSI}
    assert "menunggu Standar Pelayanan" in next(r for r in path.blocked if r.key == PERSEPSI).alasan


def test_a_budget_that_is_too_small_says_what_it_would_take():
    path = path_to("hijau", budget=1)
    assert path == ()
    assert not path.reachable
    assert path.promise.cheapest_cost == 2
    assert path.promise.best_in_budget == Fraction(72948, 1000)
    (finding,) = path.findings.by_code("CMP832")
    assert "paling sedikit 2" in finding.message()
    assert len(path_to("hijau", budget=2)) == 2


def test_a_step_comes_after_what_it_waits_for_and_brings_it_along():
    path = path_to("hijau", requires={STANDAR: [SARANA], PERSEPSI: STANDAR})
    keys = [step.key for step in path]
    assert keys.index(SARANA) < keys.index(STANDAR)
    if PERSEPSI in keys:
        assert keys.index(STANDAR) < keys.index(PERSEPSI)
    assert path.published_after >= Decimal("78.00")


def test_a_dependency_with_levels_holds_from_that_level_on():
    need = Dependency(key=STANDAR, level=Decimal(90), needs=KOMPETENSI, at_least=Decimal(75))
    costs = {STANDAR: {80: 2, 90: 2, 100: 2}, KOMPETENSI: {75: 5, 100: 9}}
    path = path_to(
        "66", costs=costs, requires=[need], feasible={PERSEPSI: False, PENGADUAN: False, SARANA: False}
    )
    assert [(step.key, step.after) for step in path] == [(STANDAR, 80)]
    path = path_to(
        "71", costs=costs, requires=[need], feasible={PERSEPSI: False, PENGADUAN: False, SARANA: False}
    )
    assert [(step.key, step.after) for step in path] == [(KOMPETENSI, 75), (STANDAR, 100)]


def test_two_that_exclude_each_other_are_not_both_raised():
    path = path_to("hijau", excludes=[(STANDAR, PERSEPSI)])
    assert {step.key for step in path} == {STANDAR, PENGADUAN}


def test_what_is_not_known_counts_at_its_least_and_is_named():
    known = Evidence.of({STANDAR: 100, PERSEPSI: 100})
    path = path_to("hijau", known)
    assert path.unknown == (KOMPETENSI, SARANA, PENGADUAN)
    assert [(step.key, step.before) for step in path] == [(PENGADUAN, None)]  # 32.37 + 24.24 + 21.54 = 78.15
    assert path[0].alasan.startswith("belum diketahui menjadi 100")
    assert "CMP830" in {f.code for f in path.findings}


def test_a_lower_bound_of_what_is_not_known_counts():
    known = Evidence.from_dict(
        {
            "items": [
                {"key": STANDAR, "low": 50},
                *({"key": k, "value": 60} for k in TREE.keys if k != STANDAR),
            ]
        }
    )
    path = path_to("hijau", known)
    assert path.promise.score_before == Fraction(60) - Fraction(3237, 1000)
    assert STANDAR in path.unknown


def test_the_rounding_of_the_scheme_is_part_of_the_target():
    target = target_of("hijau", SCHEME)
    assert (target.published, target.needed) == (Decimal("78.00"), Fraction(77995, 1000))
    all_at = Evidence.of(dict.fromkeys(TREE.keys, "77.995"))
    assert path_to("hijau", all_at) == ()
    assert len(path_to("hijau", Evidence.of(dict.fromkeys(TREE.keys, "77.9949")))) == 1


def test_upper_bounds_begin_just_above_the_band_below():
    assert target_of("B", IPP).published == Decimal("3.51")
    assert target_of("B", IPP).needed == Fraction(3505, 1000)


@pytest.mark.parametrize(
    "goal",
    ["hijau", "HIJAU", " Hijau ", "B", "b", "Kualitas Tinggi", "78", "78,00", 78, 78.0, Decimal("77.995")],
)
def test_a_target_may_be_called_in_many_ways(goal):
    assert target_of(goal, SCHEME).published == Decimal("78.00")


@pytest.mark.parametrize(
    ("goal", "error", "told"),
    [
        ("biru", UnknownNameError, "hijau"),
        ("", UnknownNameError, "hijau"),
        ("101", ArgumentError, "0.* to 100"),
        (-1, ArgumentError, "target"),
        (float("nan"), ArgumentError, "finite"),
        (True, ArgumentError, "no number"),
    ],
)
def test_a_target_that_is_none_is_refused_with_what_would_be_right(goal, error, told):
    with pytest.raises(error, match=told):
        path_to(goal)


@pytest.mark.parametrize(
    ("options", "error", "told"),
    [
        ({"costs": {STANDAR: -1}}, ArgumentError, r"costs\['proses.standar_pelayanan'\]: -1 is below 0"),
        ({"costs": {STANDAR: float("nan")}}, ArgumentError, "not finite"),
        ({"costs": {STANDAR: {100: Decimal("NaN")}}}, ArgumentError, "not finite"),
        ({"costs": {STANDAR: {120: 1}}}, ArgumentError, "from 0 to 100"),
        ({"costs": {STANDAR: "3"}}, ArgumentError, "no number"),
        ({"costs": {"proses.standar": 1}}, UnknownNameError, "proses.standar_pelayanan"),
        ({"times": {STANDAR: -2}}, ArgumentError, "times"),
        ({"times": {"x": 2}}, UnknownNameError, "in times"),
        ({"feasible": {STANDAR: 300}}, ArgumentError, "feasible"),
        ({"feasible": {"x": False}}, UnknownNameError, "in feasible"),
        ({"requires": {STANDAR: "x"}}, UnknownNameError, "in requires"),
        ({"requires": {STANDAR: STANDAR}}, ArgumentError, "wait for each other"),
        (
            {"requires": {STANDAR: PERSEPSI, PERSEPSI: [SARANA], SARANA: STANDAR}},
            ArgumentError,
            "wait for each",
        ),
        ({"requires": [(STANDAR, PERSEPSI)]}, ArgumentError, "no Dependency"),
        (
            {"requires": [Dependency(key=STANDAR, needs=PERSEPSI, at_least=Decimal(101))]},
            ArgumentError,
            "100",
        ),
        ({"excludes": [(STANDAR, "x")]}, UnknownNameError, "in excludes"),
        ({"excludes": [(STANDAR, STANDAR)]}, ArgumentError, "two or more"),
        ({"excludes": [STANDAR]}, ArgumentError, "two or more"),
        ({"budget": -5}, ArgumentError, "budget"),
        ({"budget": float("inf")}, ArgumentError, "budget"),
        ({"method": "simplex"}, UnknownNameError, "milp"),
    ],
)
def test_nonsense_is_refused_with_its_place(options, error, told):
    with pytest.raises(error, match=told):
        path_to("hijau", **options)


def test_a_circle_is_named_indicator_by_indicator():
    circle = {STANDAR: PERSEPSI, PERSEPSI: SARANA, SARANA: STANDAR}
    with pytest.raises(ArgumentError) as caught:
        path_to("hijau", requires=circle)
    told = str(caught.value)
    assert sum(f"{key} needs {needs}" in told for key, needs in circle.items()) == 3


def test_evidence_of_an_unknown_indicator_is_refused():
    with pytest.raises(UnknownNameError, match="standar"):
        path_to("hijau", Evidence.of({"proses.standar": 3}))


def test_of_two_equal_ways_the_one_that_raises_the_earlier_indicator_is_taken():
    # competence and facilities share Input equally: either leads from 78.13 to 82.50 of the target 80
    known = Evidence.of(dict.fromkeys(TREE.keys, 80) | {KOMPETENSI: 60, SARANA: 60})
    for method in ("exact", "milp"):
        assert [
            s.key
            for s in path_to(
                "79", known, feasible={STANDAR: False, PERSEPSI: False, PENGADUAN: False}, method=method
            )
        ] == [KOMPETENSI]


def test_fewer_steps_win_where_the_cost_is_the_same():
    costs = {STANDAR: 2, PERSEPSI: 1, PENGADUAN: 1, KOMPETENSI: 1, SARANA: 1}
    for method in ("exact", "milp"):
        path = path_to(
            "72", costs=costs, method=method
        )  # persepsi and a half of Input would do, or standar alone
        assert [step.key for step in path] == [STANDAR]


@pytest.mark.parametrize("method", ["exact", "milp"])
def test_costs_in_rupiah_are_exact(method):
    costs = {
        STANDAR: 14_750_000,
        PERSEPSI: 9_999_999.99,
        PENGADUAN: Decimal("12345678.90"),
        KOMPETENSI: 4_000_000,
        SARANA: 55_000_000,
    }
    path = path_to("hijau", costs=costs, method=method)
    assert {step.key for step in path} == {PERSEPSI, PENGADUAN}
    assert path.cost == Fraction("22345678.89")
    assert path.promise.proven


def test_costs_too_varied_for_tables_go_to_integer_programming():
    costs = {key: 1_000_000 + 7 * n * n + n for n, key in enumerate(IPP_TREE.keys)}
    found = cheapest(IPP_TREE, Evidence.of({}), IPP, "C", costs=costs)
    assert found.promise.method == "milp"
    assert found.promise.proven


def test_time_that_runs_out_is_told_with_the_bound():
    costs = {key: 1_000_003 + 7919 * n * n % 1_000_003 for n, key in enumerate(IPP_TREE.keys)}
    found = cheapest(IPP_TREE, Evidence.of({}), IPP, "B", costs=costs, method="milp", seconds=0.0)
    best = cheapest(IPP_TREE, Evidence.of({}), IPP, "B", costs=costs, method="milp")
    assert best.promise.proven
    assert found.reachable
    if not found.promise.proven:  # a fast solver is done before it looks at the clock
        assert "CMP834" in {f.code for f in found.findings}
        assert found.promise.bound is None or found.promise.bound <= best.cost
    assert found.cost >= best.cost


def test_the_gate_of_the_user_survey_is_a_step_of_its_own():
    known = Evidence.of(dict.fromkeys(IPP_TREE.keys, None) | {"f03": 4, "responden_minimum": False})
    path = cheapest(IPP_TREE, known, IPP, 1)
    assert [step.key for step in path] == ["responden_minimum"]
    assert path[0].gain == path.score_after == 1  # a quarter of 4
    assert path[0].after is True
    done = compliance.score(apply(known, path), standard=IPP.id, unknown="zero")
    assert done.score == path.score_after
    shut = cheapest(IPP_TREE, known, IPP, 1, feasible={"responden_minimum": False})
    assert "responden_minimum" not in {step.key for step in shut}
    assert "f03" in {
        row.key for row in cheapest(IPP_TREE, known, IPP, "A", feasible={"responden_minimum": False}).blocked
    }


def test_the_dependencies_of_the_scheme_hold_and_are_told_where_inferred():
    zero = Evidence.of(dict.fromkeys(IPP_TREE.keys, 0))
    path = cheapest(IPP_TREE, zero, IPP, "B")
    keys = [step.key for step in path]
    needs = {i.key: r.needs for i in IPP.indicators for r in i.requires}
    assert all(keys.index(needs[key]) < keys.index(key) for key in keys if key in needs)
    assert "CMP838" in {f.code for f in path.findings}
    assert compliance.score(apply(zero, path), standard=IPP.id, unknown="zero").score == path.score_after


def test_a_scheme_without_indicators_still_has_a_way():
    scheme = standards.compliance("ombudsman-2021")
    path = cheapest(tree_of(scheme), Evidence.of({"nilai": "51.15"}), scheme, "hijau")
    assert [(s.key, s.before, s.after, s.enough) for s in path] == [
        (
            "nilai",
            Decimal("51.15"),
            100,
            Decimal("81.00"),
        )  # 80.995 would do, and is rounded up to two decimals
    ]


def test_a_path_is_a_tuple_that_pickles_prints_and_does_not_change():
    path = path_to("hijau", times={STANDAR: 6, PERSEPSI: 2.5})
    again = pickle.loads(pickle.dumps(path))  # noqa: S301  our own bytes
    assert again == path
    assert again.promise == path.promise
    assert path.weeks == Fraction(17, 2)
    assert path_to("hijau").weeks is None
    with pytest.raises(AttributeError, match="does not change"):
        path.promise = None
    assert repr(path).startswith(
        "Path([proses.standar_pelayanan, output.persepsi_maladministrasi], to HIJAU: 82.64"
    )


def test_a_path_is_a_frame_plain_data_and_a_sentence():
    path = path_to("hijau")
    frame = path.to_frame()
    assert frame["score"].tolist() == pytest.approx([72.948, 82.644])
    assert path_to("kuning").to_frame().columns.tolist() == frame.columns.tolist()
    plain = json.loads(json.dumps(path.to_dict()))
    assert plain["format"] == "urn:sipukat:path:1"
    assert Fraction(plain["score_after"]) == path.score_after
    assert [row["after"] for row in plain["steps"]] == ["100", "100"]
    assert path.sentence() == (
        "Langkah paling murah menuju HIJAU: Standar Pelayanan dan Persepsi Maladministrasi; "
        "nilai naik dari 60,00 menjadi 82,64, biaya 2."
    )
    assert "rises from 60.00 to 82.64" in path.sentence("en")
    assert "out of reach" in path_to("A", feasible=dict.fromkeys(TREE.keys, False)).sentence("en")
    assert path[0].sentence() == (
        "Standar Pelayanan: dari 60 menjadi 100, menambah 12,95 poin; "
        "cukup 85,64 bila langkah lain terlaksana"
    )


def test_assumed_weights_under_a_step_are_told():
    without = path_to("hijau", feasible={PENGADUAN: False, PERSEPSI: False})
    (finding,) = without.findings.by_code("CMP833")
    assert finding.facts["keys"] == [KOMPETENSI, SARANA]
    assert "CMP833" not in {f.code for f in path_to("hijau").findings}


def test_a_path_is_said_in_two_languages_whether_it_is_reached_or_not():
    now = Evidence.of({KOMPETENSI: 100, SARANA: 40, STANDAR: 80, PERSEPSI: 75, PENGADUAN: 80})
    path = cheapest(TREE, now, SCHEME, "hijau")
    assert path.sentence() == (
        "Langkah paling murah menuju HIJAU: Sarana Prasarana; nilai naik dari 76,60 menjadi 83,16, biaya 1."
    )
    assert path.sentence("en") == (
        "The cheapest steps to HIJAU: Facilities; the score rises from 76.60 to 83.16, at a cost of 1."
    )
    greedy = cheapest(TREE, now, SCHEME, "hijau", method="greedy")
    assert greedy.sentence().startswith("Langkah menuju HIJAU: ")
    assert greedy.sentence("en").startswith("The steps to HIJAU: ")
    out = cheapest(TREE, now, SCHEME, "A", feasible=dict.fromkeys((SARANA, STANDAR, PERSEPSI), False))
    assert out.sentence() == "A tidak tercapai: dari 76,60 paling tinggi 80,91."
    assert out.sentence("en") == "A is out of reach: from 76.60 at most 80.91."
    poor = cheapest(TREE, now, SCHEME, "A", budget=0)
    assert poor.sentence() == "A tidak tercapai: dari 76,60 paling tinggi 76,60."
    assert repr(poor) == "Path([], to A: 76.60, cost 0, out of reach)"
    done = cheapest(TREE, now, SCHEME, "C")
    assert done.sentence() == "C sudah tercapai dengan nilai 76,60."
    assert done.sentence("en") == "C is reached already, with a score of 76.60."


def test_a_path_is_plain_data_step_by_step():
    now = Evidence.of({KOMPETENSI: 100, SARANA: 40, STANDAR: 80, PERSEPSI: 75, PENGADUAN: 80})
    path = cheapest(TREE, now, SCHEME, "hijau")
    told = path.to_dict()
    assert [(f["code"], f["facts"]) for f in told.pop("findings")] == [
        ("CMP837", {"n": 1}),
        ("CMP833", {"keys": [SARANA]}),
    ]
    assert told == {
        "format": "urn:sipukat:path:1", "standard": "ombudsman-2022", "target": "HIJAU",
        "needed": "15599/200",
        "score_before": "76603/1000", "score_after": "41579/500", "published_after": "83.16",
        "code_after": "B",
        "zone_after": "hijau", "reachable": True, "best": "100",
        "best_in_budget": None, "cheapest_cost": None,
        "unknown": [], "method": "exact", "proven": True, "bound": "1", "cost": "1",
        "weeks": None, "blocked": [],
        "steps": [
            {
                "key": SARANA, "nama": "Sarana Prasarana", "name": "Facilities", "before": "40",
                "after": "100",
                "enough": "52.75", "gain": "1311/200", "cost": "1", "weeks": None,
                "alasan": "dari 40 menjadi 100, menambah 6,56 poin; cukup 52,75 bila langkah lain terlaksana",
                "reason": "from 40 to 100, adds 6.56 points; 52.75 is enough if the other steps are taken",
            }
        ],
    }  # fmt: skip
    columns = "key nama name before after enough gain cost weeks score alasan reason"
    assert list(path.to_frame().columns) == columns.split()
    assert cheapest(TREE, now, SCHEME, "hijau", method="milp").promise.method == "milp"
    assert cheapest(TREE, now, SCHEME, "hijau", method="greedy").promise.method == "greedy"
    out = cheapest(TREE, now, SCHEME, "A", feasible=dict.fromkeys((SARANA, STANDAR, PERSEPSI), False))
    (blocked,) = out.promise.findings.by_code("CMP831")
    assert blocked.facts == {
        "target": "A", "best": Decimal("80.91"), "needed": "17599/200",
        "blocked": ["Sarana Prasarana (6,56)", "Standar Pelayanan (6,47)", "Persepsi Maladministrasi (6,06)"],
    }  # fmt: skip


def test_a_gate_that_is_open_is_in_nobodys_way():
    known = Evidence.of(dict.fromkeys(IPP_TREE.keys, None) | {"f03": 3, "responden_minimum": True})
    path = cheapest(IPP_TREE, known, IPP, "A", feasible={"f03": False})
    (survey,) = (row for row in path.blocked if row.key == "f03")
    assert survey.reason == "said not to be feasible"
    assert survey.points == Fraction(1, 2)  # a quarter of what lacks to 5


def test_what_waits_for_a_first_level_need_not_wait_for_the_whole():
    first = {"kebijakan_pelayanan.1": 1}
    for stands, waiting in (({"kebijakan_pelayanan.1": 0}, True), (first, False)):
        known = Evidence.of(dict.fromkeys(IPP_TREE.keys, 0) | stands)
        path = cheapest(IPP_TREE, known, IPP, "A", feasible={"kebijakan_pelayanan.1": False})
        # 3, 4 and 5 need a 1 of the first indicator, which goes up to 5
        assert ("kebijakan_pelayanan.4" in {row.key for row in path.blocked}) is waiting
