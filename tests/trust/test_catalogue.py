"""Every row of the catalogue of threats and failures has a test, and every test that is named is there.

The catalogue is `reference/reliability.md` of the shared folder. What a row says of other
libraries ("pandas fetches") is tested here by what this one does instead.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
HERE = "trust/test_hostile_files.py"
REFUSED = f"{HERE}::test_a_file_made_to_do_harm_is_refused_in_one_sentence"
READ = f"{HERE}::test_a_strange_file_that_holds_a_survey_is_read_as_what_it_says"
OUT = "trust/test_hostile_output.py"
NEVER = f"{OUT}::test_no_module_runs_strangers_code_unpickles_or_speaks_to_a_network"
INERT = "export/test_hostile.py::test_hostile_names_are_inert_and_readable"
HEADS = f"{OUT}::test_heads_titles_captions_and_names_of_sheets_are_no_formulas_in_a_workbook"
FORMATS = f"{OUT}::test_templates_programs_and_places_of_every_format_stay_text"
PLACES = f"{OUT}::test_a_program_in_a_template_of_an_office_is_not_run"
PUBLISHING = "test_publishing.py"
INSTALLED = "test_plugins_installed.py"
ESTIMATE = "ikm/test_estimate.py"
DRAFTS = "pelayanan/test_codec.py::test_what_cannot_be_read_is_refused_with_one_clear_error"

ROWS = {
    "O1": [INERT, HEADS],
    "O2": [HEADS, f"{OUT}::test_heads_and_cells_of_delimited_text_run_in_no_spreadsheet"],
    "O3": [HEADS],
    "O4": [INERT, HEADS],
    "O5": [
        "export/test_as_csv.py::test_a_text_that_a_spreadsheet_would_run_is_made_inert",
        "export/test_as_csv.py::test_numbers_are_never_marked_even_when_negative",
        "export/test_as_csv.py::test_the_machine_gets_nothing_that_a_spreadsheet_runs",
    ],
    "O6": [
        "export/test_as_csv.py::test_it_opens_in_an_indonesian_spreadsheet",
        "survey/test_reading.py::test_numbers_of_a_csv_are_numbers_but_codes_with_a_zero_in_front_stay_text",
        "survey/test_privacy.py::test_columns_that_hold_personal_data_are_left_out_whatever_their_heading",
    ],
    "O7": [
        "export/test_as_xlsx.py::test_a_text_too_long_for_a_cell_is_cut_and_says_so",
        "export/test_as_xlsx.py::test_a_cell_that_the_writer_leaves_out_is_an_error_and_not_a_hole",
    ],
    "O8": ["export/test_hostile.py::test_removed_characters_are_reported", f"{REFUSED}[half-letters.json]"],
    "O9": [
        "export/test_base.py::test_the_same_document_gives_the_same_bytes",
        "export/test_as_xlsx.py::test_the_time_and_the_author_are_those_of_the_document_and_the_library",
    ],
    "I1": [f"{REFUSED}[far.xlsx]"],
    "I2": [f"{READ}[dimension.xlsx]", f"{READ}[billion-dimension.xlsx]"],
    "I3": [
        f"{READ}[styled.xlsx]",
        "survey/test_readers.py::test_a_million_formatted_empty_rows_are_read_quickly",
    ],
    "I4": [f"{REFUSED}[blanks.xlsx]", f"{REFUSED}[ratio.xlsx]"],
    "I5": [f"{REFUSED}[one-text.xlsx]"],
    "I6": [f"{REFUSED}[shared.xlsx]"],
    "I7": [
        f"{REFUSED}[laughs-in-sheet.xlsx]",
        f"{REFUSED}[laughs-in-texts.xlsx]",
        f"{REFUSED}[quadratic.xlsx]",
    ],
    "I8": [f"{REFUSED}[file-entity.xlsx]", f"{REFUSED}[utf16-entity.xlsx]"],
    "I9": [
        f"{READ}[climbing.xlsx]",
        f"{REFUSED}[half.xlsx]",
        f"{REFUSED}[empty.xlsx]",
        f"{REFUSED}[program.xlsx]",
        f"{REFUSED}[csv-named.xlsx]",
    ],
    "I10": [
        "survey/test_reading.py::test_a_formula_without_a_value_is_refused_in_an_answer_and_blank_elsewhere"
    ],
    "I11": [
        "survey/test_readers.py::test_hidden_rows_are_read_and_said",
        "survey/test_messy.py::test_a_row_of_sums_is_left_out_by_its_label",
    ],
    "I12": [f"{REFUSED}[bomb.csv.gz]", f"{REFUSED}[bomb.csv]"],
    "I13": [
        "survey/test_readers.py::test_addresses_folders_and_absent_files_are_refused",
        "trust/test_no_network.py::test_no_socket_is_ever_asked_for",
    ],
    "H1": [INERT, "survey/test_reading.py::test_html_of_a_notebook_is_escaped"],
    "H2": [INERT, FORMATS],
    "H3": [NEVER],
    "H4": [NEVER],
    "H5": ["export/test_as_html.py::test_nothing_is_fetched_and_nothing_runs", FORMATS],
    "H6": ["export/test_as_html.py::test_nothing_is_fetched_and_nothing_runs", FORMATS],
    "H7": [PLACES, NEVER],
    "H8": [PLACES, FORMATS],
    "H9": ["export/test_docx_template.py::test_a_text_that_looks_like_a_place_stays_text", FORMATS],
    "D1": [
        "export/test_as_docx.py::test_hostile_text_is_inert_and_readable_wherever_it_stands",
        "export/test_as_docx.py::test_a_text_that_was_not_cleaned_does_no_harm",
    ],
    "P1": [f"{OUT}::test_a_letterhead_brings_no_other_file_and_no_address", NEVER],
    "P2": [NEVER],
    "P3": [
        "export/test_as_pdf.py::test_markup_is_text",
        "export/test_as_pdf.py::test_the_templates_read_no_file_and_fetch_nothing",
    ],
    "F1": [
        f"{PUBLISHING}::test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one_and_never_half_of_it",
        "test_publishing.py::test_parts_of_killed_processes_are_swept_after_a_day_and_young_ones_are_not",
    ],
    "F2": ["trust/test_faults.py::test_on_a_full_disk_every_exporter_leaves_the_old_file_and_says_so"],
    "F3": ["trust/test_faults.py::test_writers_of_one_file_leave_the_whole_of_one_of_them"],
    "F4": ["test_publishing.py::test_a_symbolic_link_is_neither_followed_nor_replaced"],
    "F5": ["test_publishing.py::test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own"],
    "F6": [
        f"{OUT}::test_names_of_units_are_never_names_of_files",
        "cli/test_new_plugin_command.py::test_a_name_that_cannot_be_installed_or_imported_is_refused",
    ],
    "Y1": [DRAFTS, f"{OUT}::test_a_draft_that_is_no_plain_tree_is_refused"],
    "Y2": [f"{OUT}::test_words_and_numbers_of_a_draft_stay_as_they_were_written", DRAFTS],
    "Y3": [f"{OUT}::test_twenty_thousand_items_of_a_draft_are_read_in_bounded_time"],
    "Y4": [
        f"{REFUSED}[nan.json]",
        f"{REFUSED}[deep.json]",
        f"{REFUSED}[digits.json]",
        f"{REFUSED}[twice.json]",
    ],
    "J1": [f"{REFUSED}[ref.json]", DRAFTS, NEVER],
    "R1": [NEVER, f"{REFUSED}[pickle.pkl]", f"{REFUSED}[pickle.csv]"],
    "G1": [
        "test_plugins_installed.py::test_what_is_broken_says_why_and_breaks_no_other",
        "trust/test_faults.py::test_a_plugin_that_hangs_is_stopped_by_ctrl_c_and_leaves_the_old_file",
    ],
    "G2": [
        "test_plugins.py::test_a_name_claimed_twice_is_an_error_for_that_name_alone",
        "test_plugins.py::test_nobody_takes_the_name_of_a_built_in",
    ],
    "G3": [
        "test_plugins.py::test_plugins_can_be_switched_off_and_allowed_by_name",
        f"{INSTALLED}::test_a_standard_without_code_is_read_from_its_package_which_is_not_imported",
        "test_plugins.py::test_a_folder_and_a_provenance_tell_of_a_standard_where_it_comes_from",
    ],
    "G4": [
        "test_plugins.py::test_any_other_version_is_refused",
        "test_plugins_installed.py::test_a_newer_major_version_is_refused_and_says_what_to_get",
    ],
    "T1": ["trust/test_patterns.py::test_no_pattern_takes_for_ever_on_a_text_of_twenty_thousand_letters"],
    "T2": [
        "test_text.py::test_texts_that_look_alike_are_alike",
        "ikm/test_estimate.py::test_units_spelled_nearly_alike_are_reported",
        f"{READ}[twins.csv]",
    ],
    "T3": [INERT, f"{READ}[invisible.csv]"],
    "A1": [
        "survey/test_readers.py::test_decimal_commas_are_told_from_delimiters",
        "survey/test_readers.py::test_a_decimal_comma_under_a_comma_is_never_shifted_into_the_next_column",
    ],
    "A2": ["survey/test_columns.py::test_a_column_twice_is_refused"],
    "A3": [
        "survey/test_meaning.py::test_what_is_no_answer_is_said_to_be_none",
        "survey/test_answers.py::test_what_is_no_answer_is_refused_with_column_value_row_and_reason",
        f"{READ}[full-width.csv]",
    ],
    "A4": [
        "survey/test_messy.py::test_missing_markers_are_blanks",
        "survey/test_messy.py::test_a_unit_column_with_blanks_and_the_word_null_has_missing_units",
    ],
    "A5": ["ikm/test_kernel.py::test_sums_are_those_of_the_definition"],
    "A6": [
        "ikm/test_estimate.py::test_a_unit_without_answers_has_no_index",
        "ikm/test_engines.py::test_counted_moments_are_the_same_bits",
    ],
    "A7": ["ikm/test_bad_designs.py::test_a_weight_that_is_no_weight_is_refused_with_its_row_and_value"],
    "A8": ["survey/test_messy.py::test_a_repeated_respondent_number_is_found"],
    "A9": ["survey/test_reading.py::test_dates_and_numbers_of_a_workbook_come_as_they_are"],
    "A10": [
        "ikm/test_kernel.py::test_sums_stay_exact_where_float32_would_not",
        "ikm/test_bad_designs.py::test_large_and_unequal_weights_do_not_cancel",
    ],
    "A11": ["ikm/test_estimate.py::test_order_of_rows_and_splitting_do_not_matter"],
    "A12": [
        "test_text.py::test_ties_go_up_and_nothing_is_minus_zero",
        "ikm/test_estimate.py::test_real_ties_go_up",
    ],
    "A13": [
        "ikm/test_estimate.py::test_values_between_the_printed_bands_get_the_letter_of_their_rounded_number",
        "ikm/test_mutu.py::test_what_falls_between_two_printed_bands_has_a_letter",
    ],
    "A14": ["ikm/test_bad_designs.py::test_shuffled_rows_give_the_same_result"],
    "A15": [
        "ikm/test_estimate.py::test_one_respondent_has_an_index_and_no_precision",
        "ikm/test_estimate.py::test_equal_answers_have_an_error_of_zero_that_is_explained",
        "ikm/test_estimate.py::test_an_unsur_that_nobody_answered_is_an_error_finding_and_never_a_zero",
    ],
}


@cache
def functions_in(path):
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("place", sorted({place for places in ROWS.values() for place in places}))
def test_every_test_that_the_table_names_is_there(place):
    path, _, name = place.partition("::")
    function, _, case = name.partition("[")
    assert function in functions_in(path)
    if case:
        assert f'"{case.rstrip("]")}": (' in (TESTS / path).read_text(encoding="utf-8")


def test_every_row_of_the_catalogue_has_a_test(shared):
    text = shared("reference/reliability.md").read_text(encoding="utf-8")
    catalogue = text[text.index("\n## 1 ") : text.index("\n## 2 ")]
    rows = re.findall(r"^\| ([A-Z]\d{1,2}) \|", catalogue, re.MULTILINE)
    assert len(rows) > 60
    assert set(rows) == ROWS.keys()
