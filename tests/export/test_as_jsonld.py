"""JSON-LD, read by rdflib and held to shapes made from the specification of CPSV-AP 3.2."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sipukat import compliance, datasets, export, pelayanan, report
from sipukat.errors import DraftError
from sipukat.export.jsonld_service import duration
from sipukat.pelayanan import JangkaWaktu, StandarPelayanan
from sipukat.pelayanan.linked import from_jsonld

rdflib = pytest.importorskip("rdflib", reason="rdflib reads the linked data")
pyshacl = pytest.importorskip("pyshacl", reason="pyshacl holds the linked data to its shapes")

DRAFTS = sorted(path.stem for path in (Path(datasets.__file__).parent / "pelayanan").glob("*.toml"))
CV, CPSV = "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
DCT, SCHEMA, OURS = "http://purl.org/dc/terms/", "https://schema.org/", "urn:sipukat:ns:1:"
# The terms that we use of the context of CPSV-AP 3.2.0 (SEMICeu/CPSV-AP, releases/3.2.0/context).
OFFICIAL = {
    *(CV + term for term in (
        "PublicOrganisation Requirement Evidence Output Cost Channel ContactPoint contactPoint telephone "
        "email hasCompetentAuthority hasLegalResource holdsRequirement hasSupportingEvidence "
        "supportsRequirement hasCost hasValue currency hasChannel processingTime"
    ).split()),
    *(CPSV + term for term in ("PublicService", "Rule", "hasInput", "follows", "produces")),
    *(DCT + term for term in (
        "title description identifier language spatial type relation LinguisticSystem Location".split()
    )),
    "http://data.europa.eu/eli/ontology#LegalResource",
    "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
}  # fmt: skip
# The terms that we use of schema.org, each with the types it belongs to (npm schema-dts 2.1.0).
PUBLIC = {SCHEMA + term for term in (
    "GovernmentService GovernmentOrganization AdministrativeArea Legislation Offer ServiceChannel "
    "ContactPoint Dataset PropertyValue Observation Thing Report name description provider areaServed "
    "availableChannel serviceOutput offers price priceCurrency telephone email contactType contactPoint "
    "parentOrganization legislationIdentifier inLanguage dateModified variableMeasured measurementTechnique "
    "observationAbout minValue maxValue value"
).split()}  # fmt: skip
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix eli: <http://data.europa.eu/eli/ontology#> .
[] a sh:NodeShape ; sh:targetClass cpsv:PublicService ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:description ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path cv:hasCompetentAuthority ; sh:minCount 1 ; sh:class cv:PublicOrganisation ] ;
  sh:property [ sh:path cv:hasLegalResource ; sh:class eli:LegalResource ] ;
  sh:property [ sh:path cv:holdsRequirement ; sh:class cv:Requirement ] ;
  sh:property [ sh:path cpsv:hasInput ; sh:class cv:Evidence ] ;
  sh:property [ sh:path cpsv:follows ; sh:class cpsv:Rule ] ;
  sh:property [ sh:path cpsv:produces ; sh:class cv:Output ] ;
  sh:property [ sh:path cv:hasCost ; sh:class cv:Cost ] ;
  sh:property [ sh:path cv:hasChannel ; sh:class cv:Channel ] ;
  sh:property [ sh:path cv:contactPoint ; sh:class cv:ContactPoint ] ;
  sh:property [ sh:path cv:processingTime ; sh:maxCount 1 ; sh:datatype xsd:duration ] .
[] a sh:NodeShape ; sh:targetClass cv:PublicOrganisation ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:spatial ; sh:minCount 1 ; sh:class dct:Location ] .
[] a sh:NodeShape ; sh:targetClass cv:Cost ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path cv:hasValue ; sh:maxCount 1 ; sh:datatype xsd:double ] ;
  sh:property [ sh:path cv:currency ; sh:maxCount 1 ; sh:class skos:Concept ] .
[] a sh:NodeShape ; sh:targetClass cv:Requirement , cv:Evidence , cv:Output , cpsv:Rule ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:datatype rdf:langString ] ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass cv:Channel ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ;
  sh:property [ sh:path dct:type ; sh:maxCount 1 ; sh:class skos:Concept ] .
"""
HOSTILE = [
    "<script>alert(1)</script>", '=HYPERLINK("http://jahat.example/")', "{{7*7}} #import", "@id", "@context",
    "_:b0", "http://jahat.example/ x", '"> <http://jahat.example/> .', f"a{chr(0x200F)}b", "Dinas 😀",
    "x" * 10_000, "sipukat:unit",
]  # fmt: skip

OF_ONE = '{"@context": {"@vocab": "urn:sipukat:ns:1:"}, "@graph": [{"@type": "StandarPelayanan", %s}]}'
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own


def written(doc, **more):
    return export.get("jsonld")(report.build(doc, **more)).decode()


def graph_of(text):
    return rdflib.Graph().parse(data=text, format="json-ld")


def one(graph, term):
    return [str(found) for found in graph.objects(None, rdflib.URIRef(term))]


def conforms(graph):
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    return pyshacl.validate(graph, shacl_graph=shapes)[0]


@pytest.fixture(scope="module")
def good():
    return pelayanan.load(datasets.path("disdukcapil-ktp-el-good"))


@pytest.mark.parametrize("name", DRAFTS)
def test_every_draft_comes_back_whole_conforms_and_uses_known_terms_only(name):
    doc = pelayanan.load(datasets.path(name))
    text = written(doc)
    assert from_jsonld(text) == doc.model_copy(update={"catatan": ""})
    graph = graph_of(text)
    assert conforms(graph)
    used = {str(p) for p in graph.predicates()} | {str(t) for t in graph.objects(None, rdflib.RDF.type)}
    foreign = {iri for iri in used if not iri.startswith((OURS, RDF))}
    assert foreign - OFFICIAL - PUBLIC == set()


def test_a_draft_without_name_or_office_does_not_conform_and_still_comes_back():
    for doc in (StandarPelayanan(unit="Dinas"), StandarPelayanan(nama="KTP-el")):
        text = written(doc)
        assert not conforms(graph_of(text))
        assert from_jsonld(text) == doc


def test_the_service_is_one_node_in_both_vocabularies(good):
    graph = graph_of(written(good))
    service = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{CPSV}PublicService")))
    assert (service, rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}GovernmentService")) in graph
    assert one(graph, f"{CV}processingTime") == ["PT1H"]
    assert one(graph, f"{CV}telephone") == ["(0999) 700101"]
    assert one(graph, f"{SCHEMA}priceCurrency") == ["IDR"]
    assert [float(value) for value in one(graph, f"{CV}hasValue")] == [0.0]
    law = rdflib.URIRef("urn:sipukat:peraturan:uu-25-2009")
    title = next(graph.objects(law, rdflib.URIRef(f"{DCT}title")))
    assert title.value == "Undang-Undang Nomor 25 Tahun 2009"


def test_evidence_is_a_document_and_nothing_else():
    doc = StandarPelayanan(
        nama="A", unit="B",
        persyaratan=["Fotokopi KTP", "Telah merekam data", {"text": "Surat lulus uji", "jenis": "teknis"}],
    )  # fmt: skip
    graph = graph_of(written(doc))
    kinds = {
        kind: len(list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(CV + kind))))
        for kind in ("Requirement", "Evidence")
    }
    assert kinds == {"Requirement": 3, "Evidence": 1}


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("60 (enam puluh) menit", "PT60M"), ("2 jam", "PT2H"), ("3 hari", "P3D"), ("2 minggu", "P14D"),
        ("1 bulan", "P1M"), ("paling lama 3 hari", "P3D"), ("3 hari kerja", None), ("3 - 5 hari", None),
        ("± 30 menit", None), ("secepatnya", None), ("3 (empat) hari", None), ("08.00 - 15.00", None),
    ],
)  # fmt: skip
def test_a_time_is_stated_where_iso_8601_can_say_it_exactly(words, iso):
    assert duration(JangkaWaktu.parse(words)) == iso


def test_all_fourteen_komponen_and_local_ones_with_variants_come_back():
    lines = {key: [f"isi {key}"] for key in pelayanan.KOMPONEN}
    lines |= {
        "biaya_tarif": {"BPJS": ["Gratis"], "Umum": [["Konsultasi", "Rp 15.000"], "Rp 20.000/lembar"]},
        "jangka_waktu_penyelesaian": ["3 hari kerja", "1 hari untuk A; 2 hari untuk B"],
        "jumlah_pelaksana": ["2 perawat + 1 dokter"],
        "penanganan_pengaduan": {
            "butir": [{"text": "Telepon", "jenis": "telepon", "alamat": "0999 1"}],
            "varian": {"@id": ["x"], "butir": ["y"]},
            "penanggung_jawab": {"nama": "Rina"},
        },
        "jaminan_pelayanan": [],
    }
    doc = StandarPelayanan(
        nama="A", ditetapkan="2026-03-02", tambahan={"inovasi_daerah": ["Antar"]}, catatan="x", **lines
    )
    text = written(doc)
    assert from_jsonld(text) == doc.model_copy(update={"catatan": ""})
    predicates = {str(predicate) for predicate in graph_of(text).predicates()}
    assert {OURS + key for key in pelayanan.KOMPONEN} <= predicates


@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf"))), min_size=3, max_size=3
    )
)
def test_any_text_comes_back(texts):
    name, line, variant = texts
    doc = StandarPelayanan(nama=name, persyaratan={"butir": [line], "varian": {variant: [line]}})
    assert from_jsonld(written(doc)) == doc


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_literal_and_never_a_name_or_an_address(text, good):
    lines = {key: [text] for key in ("persyaratan", "dasar_hukum", "biaya_tarif", "penanganan_pengaduan")}
    doc = good.model_copy(update={"nama": text, "unit": text, "wilayah": text})
    doc = StandarPelayanan.model_validate(doc.model_dump(mode="json") | lines)
    made = written(doc)
    assert from_jsonld(made) == doc
    graph = graph_of(made)
    names = {str(node) for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}
    known = (OURS, "urn:uuid:", "http://publications.europa.eu/resource/authority/", RDF)
    assert {name for name in names if not name.startswith(known)} <= OFFICIAL | PUBLIC
    literals = {str(node) for node in graph.objects() if isinstance(node, rdflib.Literal)}
    assert text in literals


def test_several_services_of_one_office_stand_in_one_graph(good):
    other = pelayanan.load(datasets.path("kelurahan-domisili-good"))
    text = written([good, other, good], part="keputusan")
    services = set(graph_of(text).subjects(rdflib.RDF.type, rdflib.URIRef(f"{CPSV}PublicService")))
    assert len(services) == 3
    with pytest.raises(DraftError, match="3 Standar Pelayanan"):
        from_jsonld(text)


def test_load_reads_the_file_too(good, tmp_path):
    path = tmp_path / "sp.jsonld"
    path.write_text(written(good), encoding="utf-8")
    assert pelayanan.load(path) == good


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"nama": "KTP-el"}', "no linked data"),
        ('{"@context": "https://schema.org", "@type": "Thing"}', "other terms"),
        ('{"@context": {"@vocab": "urn:sipukat:ns:2:"}, "@graph": []}', "other terms"),
        ('{"@context": {"@vocab": "urn:sipukat:ns:1:"}, "@graph": [{"@type": "x"}]}', "no node"),
        ('{"@context": {"@vocab": "urn:sipukat:ns:1:"}, "@graph": {"@type": "StandarPelayanan"}}', "no node"),
        (OF_ONE % '"persyaratan": {}', "another shape"),
        (OF_ONE % '"persyaratan": {"butir": [{"text": 3}]}', "persyaratan"),
        ('{"@context": ', "not JSON"),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_refused_in_one_sentence(text, words):
    with pytest.raises(DraftError, match=words):
        from_jsonld(text)


def test_nothing_is_to_be_fetched(good):
    context = json.loads(written(good))["@context"]
    assert isinstance(context, dict)
    assert "@import" not in context
    assert all(isinstance(term, str | dict | float) for term in context.values())


def test_an_ikm_is_a_dataset_with_an_observation_a_group_and_none_of_a_withheld_one(document):
    graph = graph_of(export.get("jsonld")(document).decode())
    assert list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/dcat#Dataset")))
    found = {}
    for node in graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}Observation")):
        about = next(graph.objects(node, rdflib.URIRef(f"{SCHEMA}observationAbout")))
        name = str(next(graph.objects(about, rdflib.URIRef(f"{SCHEMA}name"))))
        found[name] = next(graph.objects(node, rdflib.URIRef(f"{SCHEMA}value")), None)
    units = next(t for t in document.tables if t.id == "ikm")
    assert {name: None if v is None else v.value for name, v in found.items()} == {
        row[1]: row[3] for row in units.rows
    }
    assert found["Dinas D"] is None


def test_another_report_is_a_report(good):
    scored = report.build(compliance.score(compliance.evidence_from(good), "ombudsman-2022"))
    graph = graph_of(export.get("jsonld")(scored).decode())
    assert list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{SCHEMA}Report")))
    assert one(graph, f"{SCHEMA}name") == [" · ".join(filter(None, (scored.title, scored.subtitle)))]


def test_the_same_document_gives_the_same_bytes_and_the_same_service_the_same_name(good, made):
    first = report.build(good, generated=made)
    assert export.get("jsonld")(first) == export.get("jsonld")(first.model_copy(deep=True))
    changed = good.model_copy(update={"nomor_sk": "2"})
    names = {json.loads(written(doc))["@graph"][0]["@id"] for doc in (good, changed)}
    assert len(names) == 1
