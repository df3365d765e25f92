"""Every variant that real files were seen to have (facts/messy-inputs.md): a test, or a row of one."""

from __future__ import annotations

import pytest

from sipukat import read_survey, standards
from sipukat.errors import AnswerError, ColumnError
from sipukat.survey.furniture import is_footer
from sipukat.survey.meaning import understand
from sipukat.survey.roles import role_of

U = [f"U{n}" for n in range(1, 10)]
KEYS = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "pengaduan",
    "sarana",
)
QUESTIONS = [
    " Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya ?",
    "Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan\ndi unit ini.",
    "Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan",
    "Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan ?",
    (
        "Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar "
        "pelayanan dengan hasil yang diberikan"
    ),
    "Bagaimana pendapat Saudara tentang kompetensi/ kemampuan petugas dalam pelayanan.",
    "Bagaimana pendapat saudara perilaku petugas dalam pelayanan terkait kesopanan dan keramahan",
    "Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan",
    "Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana",
]


def frame_of(headings, n=3):
    return [{heading: (row + place) % 4 + 1 for place, heading in enumerate(headings)} for row in range(n)]


def resolved(headings, standard="permenpanrb-14-2017", **options):
    return read_survey(frame_of(headings), standard, **options).responses.unsur


# --- 1. headings


@pytest.mark.parametrize(
    "heading",
    [
        "U{}",
        "u{}",
        "Unsur {}",
        "p{}",
        "pertanyaan{}",
        "pertanyaan_{}",
        "tblhasilsurvei_pertanyaan{}",
        "Q{}",
        "unsur/U{}",
        "unsur-U{}",
        "Nilai U{}",
        "U{}. Nilai",
        " U{} ",
        "soal {}",
        "data.p{}",
    ],
)
def test_codes_are_recognised_in_every_spelling(heading):
    headings = [heading.format(n) for n in range(1, 10)]
    assert resolved(headings, order="peraturan") == KEYS
    assert resolved(headings, order="kuesioner")[7:] == ("pengaduan", "sarana")
    answers = read_survey(frame_of(headings), order="kuesioner").responses.frame
    assert answers["sarana"].tolist() == [4, 1, 2]  # column 8


@pytest.mark.parametrize(
    "headings",
    [
        [
            " PERSYARATAN PELAYANAN",
            "PROSEDUR PELAYANAN",
            "WAKTU PELAYANAN",
            "BIAYA PELAYANAN",
            "PRODUK SPESIFIKASI JENIS PELAYANAN",
            "KOMPETENSI PELAKSANA",
            "PERILAKU PELAKSANA",
            "PENANGANAN PENGADUAN, SARAN, DAN MASUKAN",
            "SARANA DAN PRASARANA",
        ],
        ["sesuai", "mudah", "cepat", "wajar", "sesuai2", "kompetensi", "sopan", "pengaduan", "kualitas"],
        [
            "syarat_pengurusan_pelayanan",
            "sistem_mekanisme_dan_prosedur_pelayanan",
            "waktu_penyelesaian",
            "biaya_tarif",
            "produk_spesifikasi_jenis_pelayanan",
            "kompetensi_pelaksana",
            "perilaku_pelaksana",
            "penanganan_pengaduan_saran_dan_masukan",
            "sarana_dan_prasarana",
        ],
        QUESTIONS,
        [f"{n}. {question.strip()}" for n, question in enumerate(QUESTIONS, 1)],
        [
            f"Penilaian [{name}]"
            for name in (
                "Persyaratan",
                "Prosedur",
                "Waktu penyelesaian",
                "Biaya/Tarif",
                "Produk layanan",
                "Kompetensi pelaksana",
                "Perilaku pelaksana",
                "Penanganan pengaduan",
                "Sarana dan prasarana",
            )
        ],
        [
            f"U{n}. {name}"
            for n, name in enumerate(
                (
                    "Persyaratan",
                    "Prosedur",
                    "Waktu penyelesaian",
                    "Biaya/Tarif",
                    "Produk layanan",
                    "Kompetensi pelaksana",
                    "Perilaku pelaksana",
                    "Penanganan pengaduan",
                    "Sarana dan prasarana",
                ),
                1,
            )
        ],
        list(KEYS),
    ],
)
def test_names_words_questions_and_keys_say_which_unsur_a_column_is(headings):
    responses, findings = read_survey(frame_of(headings))
    assert responses.unsur == KEYS
    assert responses.frame["biaya"].tolist() == [4, 1, 2]
    assert responses.frame["sarana"].tolist() == [1, 2, 3]
    assert not findings.by_code("SRV405")


def test_names_win_over_the_number_they_are_printed_with():
    headings = [*U[:7], "U8. Sarana dan Prasarana", "U9. Penanganan Pengaduan"]
    responses, findings = read_survey(frame_of(headings))
    assert responses.frame["sarana"].tolist() == [4, 1, 2]
    assert not findings.by_code("SRV429")
    swapped = ["U1. Prosedur", "U2. Persyaratan", *U[2:7], "U8. Pengaduan", "U9. Sarana"]
    responses, findings = read_survey(frame_of(swapped))
    assert responses.frame["prosedur"].tolist() == [1, 2, 3]
    assert {f.facts["unsur"] for f in findings.by_code("SRV429")} == {"prosedur", "persyaratan"}


def test_a_variable_label_in_brackets_is_no_unsur_number():
    headings = [
        "Kemudahan Prosedur (V1)",
        "Kejelasan Informasi (V2)",
        *(f"U{n}" for n in (1, 3, 4, 5, 6, 7)),
        "Pengaduan",
        "Sarana",
    ]
    responses = read_survey(frame_of(headings)).responses
    assert responses.frame["prosedur"].tolist() == [1, 2, 3]
    assert "Kejelasan Informasi (V2)" in responses.frame


def test_a_name_with_a_slip_is_recognised_and_said():
    headings = ["Persyaratan Pelayaan", *KEYS[1:]]
    responses, findings = read_survey(frame_of(headings))
    assert responses.unsur == KEYS
    assert findings.by_code("SRV415")[0].facts == {
        "column": "Persyaratan Pelayaan",
        "unsur": "persyaratan",
        "how": "near",
    }


@pytest.mark.parametrize("items", [["U3.1", "U3.2", "U3.3", "U3.4"], ["U8_1", "U8_2"], ["u3a", "u3b"]])
def test_sub_items_are_refused_with_a_remedy(items):
    with pytest.raises(ColumnError, match="several questions stand for one unsur") as refused:
        read_survey(frame_of([*U[:2], *items, *U[3:]]))
    assert "columns=" in str(refused.value)


def test_blocks_that_start_again_at_u1_are_refused(workbook):
    path = workbook([["NO", "U1", "U2", "U3", "U1", "U2"], [1, 4, 4, 4, 3, 3]])
    with pytest.raises(ColumnError, match="the questions start again"):
        read_survey(path)


def test_columns_u10_to_u23_that_are_answered_are_named_and_refused():
    with pytest.raises(ColumnError, match="'U10', 'U11' and 'U12'"):
        read_survey(frame_of([f"U{n}" for n in range(1, 13)]))


def test_fourteen_codes_are_told_which_standard_has_fourteen():
    with pytest.raises(ColumnError, match='standard="kepmenpan-25-2004"'):
        read_survey(frame_of([f"U{n}" for n in range(1, 15)]))


@pytest.mark.parametrize(("stem", "extra"), [("u", range(10, 16)), ("pertanyaan", [10])])
def test_columns_that_are_always_empty_are_left_out_and_said(stem, extra):
    records = [
        {**{f"{stem}{n}": 3 for n in range(1, 10)}, **dict.fromkeys(f"{stem}{n}" for n in extra)}
        for _ in range(3)
    ]
    responses, findings = read_survey(records)
    assert len(responses.unsur) == 9
    assert findings.by_code("SRV407")[0].facts["columns"] == [f"{stem}{n}" for n in extra]


def test_bare_u8_and_u9_are_never_labelled_by_position():
    responses, findings = read_survey(frame_of(U))
    assert responses.unsur == (*KEYS[:7], "U8", "U9")
    assert findings.by_code("SRV405")[0].facts["codes"] == ["U8", "U9"]


def test_option_texts_tell_what_bare_u8_and_u9_are():
    records = [
        {**dict.fromkeys(U[:7], 3), "U8": "Baik", "U9": "Dikelola dengan baik"},
        {**dict.fromkeys(U, 3), "U8": "Buruk"},
    ]
    responses, findings = read_survey(records)
    assert responses.frame["sarana"].tolist() == [3, 1]
    assert responses.frame["pengaduan"].tolist() == [4, 3]
    assert findings.by_code("SRV406")[0].facts["order"] == "kuesioner"


# --- 2. heading rows and sheet furniture


def test_a_merged_heading_of_two_rows_under_a_title_block(workbook):
    people = [
        [n, f"Budi {n}", "L", 30 + n, "S1", "ASN", "KTP", *[(n + u) % 4 + 1 for u in range(9)]]
        for n in range(1, 6)
    ]
    rows = [
        ["PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"],
        ["Unit Pelayanan :", "Dinas Contoh"],
        ["Periode :", "2026"],
        ["Alamat :"],
        ["Telp. Fax :"],
        [],
        ["NO. RESPONDEN ", "PROFIL", *[None] * 5, "NILAI UNSUR PELAYANAN"],
        [None, "NAMA", "JENIS KELAMIN", "USIA", "PENDIDIKAN", "PEKERJAAN", "JENIS LAYANAN", *U],
        *people,
    ]
    responses, findings = read_survey(workbook(rows, merge=["A7:A8", "B7:G7", "H7:P7"]), order="peraturan")
    assert len(responses) == 5
    assert responses.frame.index.tolist() == [9, 10, 11, 12, 13]
    assert responses.frame["persyaratan"].tolist() == [2, 3, 4, 1, 2]
    assert responses.roles["NO. RESPONDEN"] == "respondent"
    assert findings.by_code("SRV404")[0].facts["columns"] == ["NAMA"]
    assert not findings.by_code("SRV401")


@pytest.mark.parametrize(
    "heading",
    [[["NO.", *[None] * 9], ["RESP", *U]], [["NO.", *U], ["RESP"]], [["NO."], ["RESP"], [None, *U]]],
)
def test_a_heading_that_is_split_over_lines(workbook, heading):
    responses = read_survey(workbook([*heading, *[[n, *[3] * 9] for n in range(1, 5)]])).responses
    assert len(responses) == 4
    assert responses.roles == {"NO. RESP": "respondent"} or len(heading) == 3


@pytest.mark.parametrize(
    "heading",
    [
        "No Resp",
        "NO. RES",
        "NO. RESP",
        "No Res",
        "NOMOR URUT",
        "No. Urut Responden",
        "NO",
        "NO. RESPONDEN ",
        "responden",
    ],
)
def test_the_first_column_numbers_respondents_under_every_heading(heading):
    assert role_of(heading) == "respondent"


def test_a_row_that_numbers_the_columns_is_no_respondent(workbook):
    path = workbook([["NO", *U], list(range(1, 11)), [1, *[4] * 9]])
    responses, findings = read_survey(path)
    assert len(responses) == 1
    assert findings.by_code("SRV401")[0].facts["rows"] == [2]


def test_a_legend_beside_the_data_is_not_read(workbook):
    rows = [
        ["NO", *U, None, None, "Format Kolom", None],
        [1, *[4] * 9, None, None, "A", "Nomor urut"],
        [*[None] * 12, "B", "Nama"],
    ]
    responses, findings = read_survey(workbook(rows))
    assert len(responses) == 1
    assert findings.by_code("SRV423")[0].facts["columns"][0] == "Format Kolom"
    assert findings.by_code("SRV402")[0].facts["rows"] == [3]


def test_blank_padding_rows_at_the_end_of_a_csv(textfile):
    path = textfile(
        "No," + ",".join(U) + "\n1,4,4,4,4,4,4,4,4,4\n" + "," * 9 + "\n" + "," * 9 + "\n" + "," * 9 + "\n"
    )
    responses, findings = read_survey(path)
    assert len(responses) == 1
    assert findings.by_code("SRV402")[0].facts["rows"] == [3, 4, 5]


def test_rows_that_hold_a_number_only_are_an_unfilled_form(workbook):
    responses, findings = read_survey(workbook([["NO", *U], [1, *[4] * 9], [2], [3], [4]]))
    assert len(responses) == 1
    assert findings.by_code("SRV402")[0].facts["rows"] == [3, 4, 5]


@pytest.mark.parametrize("text", ["Contoh Pilar", "DATA SAMPLE!!", "tesDEV"])
def test_an_example_row_that_was_left_in_is_left_out_and_said(text):
    records = [
        {"Pilar": text, "Nama": "Nama Responden", **dict.fromkeys(U, 4)},
        *[{"Pilar": "A", "Nama": "B", **dict.fromkeys(U, 3)}] * 5,
    ]
    responses, findings = read_survey(records)
    assert len(responses) == 5
    assert findings.by_code("SRV403")[0].facts["rows"] == [1]


def test_a_service_that_begins_with_the_word_example_stays_where_no_example_row_stands():
    records = [
        {"layanan": layanan, **dict.fromkeys(U, 3)}
        for layanan in ("KTP", "KK", "Contoh tanda tangan", "Akta")
    ]
    assert len(read_survey(records).responses) == 4


def test_a_second_table_under_the_first_is_not_read_as_its_rows(workbook):
    rows = [
        ["NO", *U],
        *[[n, *[3] * 9] for n in range(1, 4)],
        [],
        ["NO", "U1", "U2", "U3"],
        [1, 4, 4, 4],
        [2, 4, 4, 4],
    ]
    responses, findings = read_survey(workbook(rows))
    assert len(responses) == 3
    assert findings.by_code("SRV424")[0].facts["rows"] == [6, 7, 8]


def test_a_heading_repeated_on_each_printed_page_is_skipped(workbook):
    rows = [["NO", *U], [1, *[3] * 9], ["NO", *U], [2, *[4] * 9]]
    responses, findings = read_survey(workbook(rows))
    assert responses.frame["persyaratan"].tolist() == [3, 4]
    assert findings.by_code("SRV401")[0].facts["rows"] == [3]


# --- 3. rows at the bottom

FOOTERS = [
    "Σ Nilai / Unsur",
    "ΣNilai/Unsur",
    "Jumlah Nilai per Unsur",
    "JUMLAH NILAI PER UNSUR",
    "N (Jumlah Responden)",
    "NRR / Unsur",
    "NRR per Unsur",
    "NRR Unsur",
    "Nilai Rata-rata (NRR)",
    "Nilai Indeks Per Parameter",
    "Bobot per Unsur",
    "NRR Tertimbang",
    "NRR Tertimbang / Unsur",
    "NRR Tertimbang (×0.11)",
    "NRR tertbg/unsur",
    "Total NRR Tertimbang",
    "IKM UNIT PELAYANAN",
    "IKM Unit Pelayanan (3.4 * 25)",
    "JUMLA\nH NILAI",
    "NRR TERTIM\nBANG",
    "TERTIM\nBANG",
    "Jumlah",
    "TOTAL",
    "Rata-rata",
    "∑ Nilai per Unsur",
    "Keterangan",
    "Mutu Pelayanan :",
    "A (Sangat Baik) = 88,31 - 100,00",
    "*) = Jumlah NRR IKM tertimbang",
    "**) = Jumlah NRR Tertimbang x 25",
    "- U1 s.d. U9 = Unsur-Unsur pelayanan",
    "#N/A jumlah nilai",
]


@pytest.mark.parametrize("label", FOOTERS[:-1])
def test_a_row_of_sums_is_left_out_by_its_label(workbook, label):
    path = workbook(
        [["NO", "NAMA", *U], *[[n, "Budi", *[3] * 9] for n in range(1, 4)], [label, None, *[3] * 9]]
    )
    responses, findings = read_survey(path)
    assert len(responses) == 3
    assert findings.by_code("SRV401")[0].facts["rows"] == [5]


@pytest.mark.parametrize(
    "name",
    [
        "Bobotsari",
        "Totok",
        "Jumiati",
        "Total Persada",
        "Ratna",
        "Mutiara",
        "Ikmal",
        "Nilawati",
        "Indeks Buku",
        "Sumarni",
        "Baik Hati",
        "Kinerja Utama",
    ],
)
def test_names_of_people_and_places_are_no_sums(name):
    assert not is_footer(name)


def test_a_whole_foot_goes_and_what_stays_is_said(workbook):
    foot = [
        [label, None, *([12.5] * 9 if "NRR" in label or "Nilai" in label else [])] for label in FOOTERS[:-1]
    ]
    path = workbook([["NO", "NAMA", *U], *[[n, "Budi", *[3] * 9] for n in range(1, 4)], [], *foot])
    responses, findings = read_survey(path)
    assert len(responses) == 3
    gone = findings.by_code("SRV401")[0].facts
    assert gone["rows"] == list(range(6, 6 + len(foot)))
    assert "NRR / Unsur" in gone["labels"]
    assert responses.provenance.rows_read == 4 + len(foot)


def test_sums_without_a_label_are_refused_not_averaged_in(workbook):
    path = workbook(
        [["NO", *U], *[[n, *[3] * 9] for n in range(1, 4)], [None, *[9] * 9], [None, *[3.48] * 9]]
    )
    with pytest.raises(AnswerError, match="the first in row 5"):
        read_survey(path)


def test_columns_of_row_sums_are_left_out_and_said():
    records = [
        {"NO": 1, **dict.fromkeys(U, 3), "Jumlah": 27, "%": 75, "Nilai": 75, "tblhasilsurvei_total": 27}
    ]
    responses, findings = read_survey(records)
    assert findings.by_code("SRV419")[0].facts["columns"] == ["Jumlah", "%", "Nilai", "tblhasilsurvei_total"]
    assert "Jumlah" not in responses.frame


# --- 4. answer codings

LAW = standards.get("permenpanrb-14-2017")
OPTIONS = {
    "persyaratan": ["Tidak Sesuai", "Kurang Sesuai", "Sesuai ", "SANGAT SESUAI"],
    "prosedur": ["Tidak Mudah", "Kurang Mudah", "Mudah", "Sangat Mudah "],
    "waktu": ["Tidak Cepat", "Kurang cepat", "Cepat", "Sangat  Cepat"],
    "biaya": ["Sangat Mahal", "Cukup Mahal", "Murah", "Gratis"],
    "pengaduan": [
        "Tidak ada",
        "Ada tetapi tidak berfungsi",
        "Berfungsi kurang maksimal",
        "Dikelola dengan baik",
    ],
    "sarana": ["Buruk", "Cukup", "Baik", "Sangat baik"],
}


@pytest.mark.parametrize("key", OPTIONS)
def test_option_texts_of_each_unsur_are_scores(key):
    vocabulary = LAW.unsur_of(key).vocabulary
    assert [understand(text, vocabulary, (1, 2, 3, 4)).score for text in OPTIONS[key]] == [1, 2, 3, 4]


def test_the_wording_of_time_that_offices_use_is_known():
    texts = ["Tidak Tepat Waktu", "Kadang Tepat Waktu", "Banyak Tepat Waktu ", "Selalu Tepat Waktu"]
    assert [understand(text, LAW.unsur_of("waktu").vocabulary, (1, 2, 3, 4)).score for text in texts] == [
        1,
        2,
        3,
        4,
    ]


def test_tidak_ada_is_the_lowest_answer_on_complaints_and_never_a_blank():
    records = [{**dict.fromkeys(KEYS, 3), "pengaduan": "Tidak ada"}, dict.fromkeys(KEYS, 3)]
    assert read_survey(records).responses.frame["pengaduan"].tolist() == [1, 3]


def test_emoji_words_are_refused_until_their_scores_are_stated():
    words = ["sangat_puas", "puas", "cukup_puas", "tidak_puas"]
    records = [dict.fromkeys(KEYS, word) for word in words]
    with pytest.raises(AnswerError, match="'sangat_puas'") as refused:
        read_survey(records)
    assert "answers=" in str(refused.value)
    stated = dict(zip(words, (4, 3, 2, 1), strict=True))
    assert read_survey(records, answers=stated).responses.frame["biaya"].tolist() == [4, 3, 2, 1]


@pytest.mark.parametrize("top", [5, 6, 7, 10])
def test_wider_scales_are_refused_with_the_reason(top):
    records = [dict.fromkeys(U, score) for score in range(1, top + 1)]
    with pytest.raises(
        AnswerError, match=f"scale of 1-{top}.*defines its index on 1-4 only.*Repeat the survey"
    ):
        read_survey(records)


def test_one_five_in_a_sheet_of_fours_is_named_with_its_row():
    records = [dict.fromkeys(U, 3) for _ in range(40)]
    records[16]["U4"] = 5
    with pytest.raises(AnswerError, match=r"column 'U4' holds 5 1 time \(row 17\): not on the scale 1-4"):
        read_survey(records)


# --- 5 to 7. missing, numbers, demographics


@pytest.mark.parametrize(
    "marker", ["", "-", "NULL", "null", "N/A", "kosong", "tidak diisi", None, float("nan")]
)
def test_missing_markers_are_blanks(marker):
    records = [{**dict.fromkeys(U, 3), "U4": marker}, dict.fromkeys(U, 4)]
    assert int(read_survey(records).responses.frame["biaya"].isna().sum()) == 1


@pytest.mark.parametrize("error", ["#DIV/0!", "#VALUE!", "#REF!"])
def test_excel_errors_are_refused(workbook, error):
    with pytest.raises(AnswerError, match="an error of the spreadsheet"):
        read_survey(workbook([["NO", *U], [1, *[3] * 8, error]]))


def test_a_repeated_respondent_number_is_found(workbook):
    findings = read_survey(workbook([["NO. RESP", *U], [1, *[3] * 9], [1, *[4] * 9], [2, *[4] * 9]])).findings
    assert findings.by_code("SRV426")[0].facts["rows"] == [3]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("JENIS KELAMIN", "sex"),
        ("jk", "sex"),
        ("jkel", "sex"),
        ("jenkel", "sex"),
        ("sex", "sex"),
        ("Usia", "age"),
        ("umur", "age"),
        ("pendidikan", "education"),
        ("pekerjaan", "job"),
        ("loket", "unit"),
        ("instansi", "unit"),
        ("jenis_layanan", "service"),
        ("bagian", "unit"),
        ("Pilar", "unit"),
        ("Program", "service"),
        ("JAM", "time"),
        ("Timestamp", "time"),
        ("triwulan", "period"),
        ("semester", "period"),
        ("nama", "personal"),
        ("NIK", "personal"),
        ("NIP", "personal"),
        ("no. HP", "personal"),
        ("IP", "personal"),
        ("Saran", "comment"),
        ("Alamat", "personal"),
        ("Email Address", "personal"),
        ("Nama OPD", "unit"),
    ],
)
def test_columns_beside_the_unsur_are_recognised(heading, role):
    assert role_of(heading) == role


def test_a_unit_column_with_blanks_and_the_word_null_has_missing_units():
    records = [{"loket": loket, **dict.fromkeys(U, 3)} for loket in ("A", "", "NULL", None, " A\u200b ")]
    responses, findings = read_survey(records)
    assert responses.frame["loket"].fillna("?").tolist() == ["A", "?", "?", "?", "A"]
    assert findings.by_code("SRV435")[0].path == "loket"


def test_ages_as_classes_with_an_en_dash_are_no_impossible_ages():
    records = [{"usia": usia, **dict.fromkeys(U, 3)} for usia in ("20–30", "17 - 23", "41–60")]
    responses, findings = read_survey(records)
    assert responses.roles["usia"] == "age"
    assert not findings.by_code("SRV410")


def test_a_column_headed_waktu_that_holds_dates_is_no_unsur():
    names = [*KEYS[:2], "waktu penyelesaian", *KEYS[3:]]
    records = [{"waktu": "2026-01-05", **dict.fromkeys(names, 3)} for _ in range(2)]
    responses = read_survey(records).responses
    assert responses.columns("time") == ("waktu (kolom)",)
    assert responses.frame["waktu (kolom)"].tolist() == ["2026-01-05"] * 2
    assert responses.unsur == KEYS
    assert responses.frame["waktu"].tolist() == [3, 3]


# --- 8. containers


def test_html_under_the_name_of_a_workbook_is_read_and_said(textfile):
    head = (
        "<tr><td rowspan=2>NO. RESP</td><td colspan='9'>NILAI UNSUR</td></tr><tr>"
        + "".join(f"<th>{u}</th>" for u in U)
        + "</tr>"
    )
    body = "".join(f"<tr><td>{n}</td>" + "<td>4&nbsp;</td>" * 9 + "</tr>" for n in range(1, 4))
    path = textfile(
        f"<html><table border=1>{head}{body}<tr><td colspan=10>NRR / Unsur</td></tr></table></html>",
        name="laporan.xls",
    )
    responses, findings = read_survey(path)
    assert responses.frame["biaya"].tolist() == [4, 4, 4]
    assert findings.by_code("SRV420")[0].facts["suffix"] == ".xls"
    assert findings.by_code("SRV401")[0].facts["rows"] == [6]


def test_long_form_becomes_one_row_a_respondent_and_the_first_answer_counts(textfile):
    lines = ["id_responden,jk,id_pertanyaan,jawaban"]
    lines += [
        f"{who},L,{question},{'abcd'[(who + question) % 4]}" for who in (7, 8, 9) for question in range(1, 10)
    ]
    lines += ["7,L,1,a"]
    responses, findings = read_survey(textfile("\n".join(lines)), order="peraturan")
    assert responses.frame["id_responden"].tolist() == ["7", "8", "9"]
    assert responses.frame["persyaratan"].tolist() == [1, 2, 3]
    assert findings.by_code("SRV421")[0].facts["rows"] == [29]
    assert findings.by_code("SRV422")[0].facts["respondents"] == 3


def test_long_form_with_question_texts_and_nik_keeps_no_nik():
    records = [
        {"nik": f"357801150290000{who}", "pertanyaan": question, "nilai": 4 - who}
        for who in (1, 2)
        for question in QUESTIONS
    ]
    responses, _ = read_survey(records)
    assert responses.unsur == KEYS
    assert responses.frame["biaya"].tolist() == [3, 2]
    assert not any("3578" in str(cell) for cell in responses.frame.to_numpy().ravel())


def test_long_form_questions_with_ids_of_a_database_can_be_stated():
    records = [{"responden_id": who, "soal_id": 40 + n, "nilai": 4} for who in (1, 2) for n in range(1, 10)]
    with pytest.raises(ColumnError):
        read_survey(records)
    stated = {str(40 + n): f"U{n}" for n in range(1, 10)}
    assert len(read_survey(records, columns=stated).responses) == 2


def test_google_forms_with_time_stamps_and_question_texts(textfile):
    quoted = ",".join(f'"{question}"' for question in QUESTIONS)
    lines = [f'Timestamp,Email Address,Nama Lengkap,Usia,{quoted},"Saran dan masukan\n(opsional)"']
    lines += [
        '2026/01/05 9:12:33 AM GMT+7,budi@contoh.id,Budi,"20–30",'
        + "4. Sangat Baik," * 9
        + "Antri lama sekali"
    ] * 3
    responses, findings = read_survey(textfile("\n".join(lines)))
    assert responses.unsur == KEYS
    assert responses.frame["sarana"].tolist() == [4, 4, 4]
    assert findings.by_code("SRV404")[0].facts["columns"] == ["Email Address", "Nama Lengkap"]
    assert findings.by_code("SRV434")[0].facts["columns"] == ["Saran dan masukan (opsional)"]


@pytest.mark.parametrize("joint", ["/", "-"])
def test_kobo_and_odk_exports_with_group_prefixes_and_their_own_columns(joint):
    records = [
        {
            "start": "2026-01-05T09:00:00",
            "_uuid": f"u{row}",
            f"profil{joint}jk": "L",
            **{f"unsur{joint}{u}": "3" for u in U},
            "_validation_status": None,
            "__version__": "v1",
            "_submitted_by": "petugas1",
            "_tags": "",
        }
        for row in range(3)
    ]
    responses, findings = read_survey(records)
    assert len(responses.unsur) == 9
    assert responses.roles["_uuid"] == "respondent"
    assert responses.roles[f"profil{joint}jk"] == "sex"
    assert findings.by_code("SRV427")[0].facts["columns"] == ["_validation_status", "__version__", "_tags"]
    assert findings.by_code("SRV404")[0].facts["columns"] == ["_submitted_by"]


def test_an_answer_in_a_format_of_the_application_is_told_apart_from_a_score():
    with pytest.raises(AnswerError, match="'Baik 3'"):
        read_survey([dict.fromkeys(KEYS, "Baik 3")])
