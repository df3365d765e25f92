"""examples/django: the survey and the Standar Pelayanan inside an app of Django."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import sipukat

django = pytest.importorskip("django", reason="django is not installed (dependency group examples)")

ROOT = Path(__file__).resolve().parents[2]
# One process has one Django: the tests of this file share its database in memory.
pytestmark = pytest.mark.xdist_group("django")


@pytest.fixture(scope="module")
def site():
    """Set up the example on a database in memory, and return what the tests need of it."""
    sys.path.insert(0, str(ROOT / "examples" / "django"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "situs.settings",
        "SKM_DB": ":memory:",
        "DJANGO_SECRET_KEY": "uji",
    }
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from skm import forms, hasil, models

    call_command("migrate", verbosity=0)
    yield SimpleNamespace(call=call_command, client=Client, forms=forms, hasil=hasil, models=models)
    connection.close()
    sys.path.remove(str(ROOT / "examples" / "django"))


@pytest.fixture(autouse=True)
def _undone(site):
    """Take back what a test stored."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def draft(name: str = "disnaker-ak1-good") -> dict:
    path = Path(sipukat.datasets.path("kota-contoh")).parent / "pelayanan" / f"{name}.toml"
    return json.loads(sipukat.pelayanan.dump(sipukat.pelayanan.load(path), "json"))


def answered(site, unit: str, n: int, score: int) -> None:
    office = site.models.Unit.objects.create(nama=unit)
    keys = [u.key for u in site.models.ATURAN.unsur]
    rows = [site.models.Jawaban(unit=office, **dict.fromkeys(keys, score)) for _ in range(n)]
    site.models.Jawaban.objects.bulk_create(rows)


def admin(site):
    from django.contrib.auth.models import User

    client = site.client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def test_the_migration_has_the_columns_of_the_standard(site):
    site.call("makemigrations", check=True, dry_run=True, verbosity=0)
    keys = {u.key for u in sipukat.standards.survey("permenpanrb-14-2017").unsur}
    columns = {field.name for field in site.models.Jawaban._meta.get_fields()}
    assert columns == keys | {"id", "unit", "tanggal"}


def test_a_citizen_answers_the_form_and_the_index_moves(site):
    answered(site, "Kelurahan <Contoh>", 30, 3)
    unit = site.models.Unit.objects.get()
    client = site.client()
    page = client.get(f"/survei/{unit.pk}/").content.decode()
    assert page.count("<fieldset>") == 9
    assert "Kelurahan &lt;Contoh&gt;" in page
    assert "Undang-Undang Nomor 27 Tahun 2022" in page
    before = site.hasil.indeks(site.models.Jawaban.objects.all()).overall.published
    best = dict.fromkeys(site.forms.KuesionerForm().fields, "4")
    assert client.post(f"/survei/{unit.pk}/", best).url == "/ikm/"
    after = site.hasil.indeks(site.models.Jawaban.objects.all()).overall
    assert (str(before), str(after.published), after.n) == ("75.00", "75.81", 31)


def test_a_score_that_the_standard_does_not_have_is_refused_at_its_question(site):
    form = site.forms.KuesionerForm(dict.fromkeys(site.forms.KuesionerForm().fields, "4") | {"waktu": "5"})
    assert list(form.errors) == ["waktu"]
    assert list(site.forms.KuesionerForm({}).errors) == list(form.fields)


def test_a_form_from_another_site_is_refused(site):
    answered(site, "Kelurahan", 1, 3)
    unit = site.models.Unit.objects.get()
    assert site.client(enforce_csrf_checks=True).post(f"/survei/{unit.pk}/", {}).status_code == 403


def test_the_index_of_a_queryset_is_that_of_the_library_with_answers_missing_too(site):
    answered(site, "A", 12, 4)
    answered(site, "B", 13, 2)
    site.models.Jawaban.objects.filter(unit__nama="B").update(waktu=None)
    result = site.hasil.indeks(site.models.Jawaban.objects.all())
    # waktu: 12 fours; the eight others: (12 x 4 + 13 x 2) / 25; the mean of nine, times 25
    assert str(result.overall.published) == "76.89"
    assert str(result["B"].published) == "50.00"


def test_the_board_withholds_small_units_and_speaks_json(site):
    answered(site, "Besar", 40, 3)
    answered(site, "Sedang", 40, 3)
    answered(site, "Kecil", 2, 1)
    answered(site, "Mungil", 3, 1)
    client = site.client()
    page = client.get("/ikm/")
    assert page["Content-Type"].startswith("text/html")
    assert "Besar" in page.content.decode()
    report = json.loads(client.get("/ikm.json").content)
    table = next(block for block in report["blocks"] if (block["kind"], block.get("id")) == ("table", "ikm"))
    rows = {row[1]: row[2:] for row in table["rows"]}
    assert rows["Sedang"][:2] == [40, 75.0]
    assert rows["Kecil"] == rows["Mungil"] == [None, None, None, None, "", "", "ditahan"]


def test_a_board_without_answers_says_so(site):
    answer = site.client().get("/ikm/")
    assert (answer.status_code, answer.content.decode()) == (404, "Belum ada jawaban.")


def test_the_admin_downloads_the_report_of_the_units_that_are_ticked(site):
    openpyxl = pytest.importorskip("openpyxl")
    answered(site, "Satu", 40, 3)
    answered(site, "Dua", 40, 4)
    unit = site.models.Unit.objects.get(nama="Satu")
    asked = {"action": "unduh_laporan", "_selected_action": [unit.pk]}
    answer = admin(site).post("/admin/skm/unit/", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="laporan-ikm.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert "Satu" in cells
    assert "Dua" not in cells


def test_the_admin_of_a_unit_without_answers_is_told_so(site):
    unit = site.models.Unit.objects.create(nama="Kosong")
    asked = {"action": "unduh_laporan", "_selected_action": [unit.pk]}
    assert "Belum ada jawaban" in admin(site).post("/admin/skm/unit/", asked, follow=True).content.decode()


@pytest.mark.parametrize(
    ("isi", "words"),
    [
        ({"nama": "X", "persyaratn": ["KTP"]}, "persyaratn"),
        ({"nama": "X", "biaya_tarif": 3}, "biaya_tarif"),
        (["X"], "document"),
        ("<script>", "document"),
    ],
)
def test_what_is_no_standar_pelayanan_is_refused_at_its_field(site, isi, words):
    from django.core.exceptions import ValidationError

    unit = site.models.Unit.objects.create(nama="U")
    with pytest.raises(ValidationError) as refused:
        site.models.Layanan(unit=unit, nama="X", isi=isi).full_clean()
    assert list(refused.value.message_dict) == ["isi"]
    assert words in refused.value.message_dict["isi"][0]


def test_the_admin_form_shows_the_error_at_the_field_and_keeps_a_good_document(site):
    unit = site.models.Unit.objects.create(nama="Disnaker")
    client = admin(site)
    good = draft()
    sent = {"unit": unit.pk, "nama": good["nama"], "isi": json.dumps(good | {"biaya_tarif": 3})}
    page = client.post("/admin/skm/layanan/add/", sent).content.decode()
    assert "biaya_tarif" in page
    assert not site.models.Layanan.objects.exists()
    assert client.post("/admin/skm/layanan/add/", sent | {"isi": json.dumps(good)}).status_code == 302
    stored = site.models.Layanan.objects.get()
    assert stored.standar == sipukat.pelayanan.loads(json.dumps(good))
    assert good["nama"] in client.get("/admin/skm/layanan/").content.decode()


def test_another_name_inside_the_document_is_an_error_of_the_name(site):
    from django.core.exceptions import ValidationError

    unit = site.models.Unit.objects.create(nama="U")
    with pytest.raises(ValidationError) as refused:
        site.models.Layanan(unit=unit, nama="Lain", isi={"nama": "KTP-el"}).full_clean()
    assert list(refused.value.message_dict) == ["nama"]


def test_the_system_check_looks_at_published_documents_alone(site):
    from skm.checks import layanan_terbit

    unit = site.models.Unit.objects.create(nama="U")
    poor = site.models.Layanan.objects.create(unit=unit, nama="KTP-el", isi={"nama": "KTP-el"})
    assert layanan_terbit(None, ["default"]) == []
    site.models.Layanan.objects.filter(pk=poor.pk).update(terbit=True)
    assert layanan_terbit(None, None) == []
    found = layanan_terbit(None, ["default"])
    assert "sipukat.LKP101" in {message.id for message in found}
    assert all(not message.is_serious(40) for message in found)
    with pytest.raises(django.core.management.base.SystemCheckError, match="LKP101"):
        site.call("check", databases=["default"], fail_level="WARNING")


def test_a_document_that_was_stored_uncleaned_is_an_error_and_not_a_crash(site):
    from skm.checks import layanan_terbit

    unit = site.models.Unit.objects.create(nama="U")
    site.models.Layanan.objects.create(unit=unit, nama="X", isi={"persyaratn": []}, terbit=True)
    assert [message.id for message in layanan_terbit(None, ["default"])] == ["sipukat.draf"]
    assert "tidak terbaca" in admin(site).get("/admin/skm/layanan/").content.decode()
