"""A Standar Pelayanan in public vocabularies: CPSV-AP 3.2 and schema.org, side by side.

What CPSV-AP has a term for is said in it: service, authority, legal resources,
requirements and evidence, the procedure as a rule, cost, output, channels, contact, and
the processing time where ISO 8601 can say it. Working days have no ISO form, and what is
about or conditional is not a time: then the words stand alone, in our own terms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from sipukat._text import plain
from sipukat.pelayanan.komponen import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sipukat.pelayanan.biaya import Biaya
    from sipukat.pelayanan.butir import Saluran
    from sipukat.pelayanan.jangka_waktu import JangkaWaktu
    from sipukat.pelayanan.komponen import Isi
    from sipukat.pelayanan.model import StandarPelayanan

_AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
INDONESIAN: Final = {"@id": f"{_AUTHORITY}/language/IND", "@type": "dct:LinguisticSystem"}
_INDONESIA: Final = {
    "@id": f"{_AUTHORITY}/country/IDN",
    "@type": ["dct:Location", "schema:AdministrativeArea"],
    "schema:name": "Indonesia",
}
_RUPIAH: Final = {"@id": f"{_AUTHORITY}/currency/IDR", "@type": "skos:Concept"}
_ISO: Final = {
    "menit": "PT{n}M", "jam": "PT{n}H", "hari": "P{n}D", "bulan": "P{n}M", "tahun": "P{n}Y",
}  # fmt: skip
_WEEK: Final = 7  # xsd:duration has no weeks
_READ: Final = 1000  # characters of a line that are searched for an address
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}")
_PHONE: Final = re.compile(r"(?<![\d./-])(?:\+62|\(?0\d{1,4}\)?)[\d ()-]{4,14}\d(?![\d./])")
_CALLED: Final = frozenset({"telepon", "whatsapp", "sms"})
_WRITTEN: Final = frozenset({"surel"})
_DOCUMENTS: Final = re.compile(
    r"(?:asli |salinan |softcopy |scan |hasil pindai )?(?:foto ?kopi|fotocopy|fc|kartu|ktp|kk|e-ktp|surat|"
    r"formulir|blanko|bukti|ijazah|akta|akte|pas ?foto|sertifikat|paspor|npwp|proposal|rekomendasi|izin|"
    r"dokumen|berkas|kuitansi|rapor|buku nikah|skck|sk|laporan|pernyataan|nomor induk)\b"
)


def identity(*texts: str) -> str:
    """Return a name that the same texts always get, and others never.

    Examples
    --------
    >>> identity("a", "b") == identity("a", "b") != identity("ab")
    True
    """
    joined = "\x1f".join(text.strip().casefold() for text in texts)
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:sipukat:{joined}')}"


def duration(waktu: JangkaWaktu) -> str | None:
    """Return a promised time as ``xsd:duration``, or None where it has no exact ISO form.

    Examples
    --------
    >>> from sipukat.pelayanan import JangkaWaktu
    >>> duration(JangkaWaktu.parse("60 menit")), duration(JangkaWaktu.parse("3 hari kerja"))
    ('PT60M', None)
    """
    unclear = waktu.approx or waktu.vague or waktu.malformed or waktu.mismatch or waktu.not_a_duration
    several = bool(waktu.parts) or waktu.extension is not None or waktu.condition is not None
    if unclear or several or waktu.working_days or waktu.max is None or waktu.unit is None:
        return None
    if waktu.min not in (None, waktu.max):
        return None
    if waktu.unit == "minggu":
        return f"P{waktu.max * _WEEK}D"
    return _ISO[waktu.unit].format(n=waktu.max)


def nodes(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    """Return the service as one node, with everything that hangs on it.

    Parameters
    ----------
    doc
        The document.
    iri
        Name of the service.
    """
    found: dict[str, Any] = {
        "@id": iri,
        "@type": ["cpsv:PublicService", "schema:GovernmentService"],
        "identifier": iri,
        "language": INDONESIAN,
    }
    if doc.nama:
        found |= {"title": doc.nama, "schema:name": doc.nama}
    products = [text for _, text, _ in _told(doc.produk_pelayanan)]
    if said := "\n".join(products) or doc.nama:
        found |= {"description": said, "schema:description": said}
    found |= _authority(doc, iri) | _law(doc, iri) | _asked(doc, iri) | _given(doc, iri)
    return {key: value for key, value in found.items() if value not in (None, "", [], {})}


def _told(isi: Isi[Any] | None) -> Iterator[tuple[int, str, Any]]:
    """Yield number, words and line of all that is not blank; those of a variant under its name."""
    if isi is None:
        return
    lines = [("", butir) for butir in isi.butir]
    lines += [(name, butir) for name, butirs in isi.varian.items() for butir in butirs]
    for place, (name, butir) in enumerate(lines, start=1):
        text = words(butir).strip()
        if text:
            yield place, f"{name}: {text}" if name else text, butir


def _place(doc: StandarPelayanan) -> dict[str, Any]:
    if not doc.wilayah:
        return _INDONESIA
    types = ["dct:Location", "schema:AdministrativeArea"]
    return {"@id": identity("wilayah", doc.wilayah), "@type": types, "schema:name": doc.wilayah}


def _authority(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    name = doc.unit or doc.instansi
    place = _place(doc)
    if not name:
        return {"schema:areaServed": place}
    organisation: dict[str, Any] = {
        "@id": identity("unit", doc.instansi, doc.unit),
        "@type": ["cv:PublicOrganisation", "schema:GovernmentOrganization"],
        "prefLabel": name,
        "schema:name": name,
        "spatial": place,
    }
    if doc.unit and doc.instansi:
        parent = {"@type": "schema:GovernmentOrganization", "schema:name": doc.instansi}
        organisation["schema:parentOrganization"] = {"@id": identity("instansi", doc.instansi)} | parent
    contact = _contact(doc, iri)
    if contact:
        organisation["schema:contactPoint"] = contact["@id"]
    return {
        "hasCompetentAuthority": organisation,
        "schema:provider": organisation["@id"],
        "schema:areaServed": place["@id"],
        "contactPoint": contact,
    }


def _law(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    resources = []
    for place, text, line in _told(doc.dasar_hukum):
        resource: dict[str, Any] = {
            "@id": f"{iri}#dasar_hukum-{place}",
            "@type": ["eli:LegalResource", "schema:Legislation"],
            "title": text,
            "schema:name": text,
        }
        cited = {citation.regulation.id: citation.regulation for citation in line.citations}
        resource["relation"] = [
            {
                "@id": f"urn:sipukat:peraturan:{quote(id_, safe='')}",
                "@type": ["eli:LegalResource", "schema:Legislation"],
                "title": str(regulation),
                "schema:legislationIdentifier": id_,
            }
            for id_, regulation in cited.items()
        ]
        resources.append({key: value for key, value in resource.items() if value})
    steps = [text for _, text, _ in _told(doc.sistem_mekanisme_prosedur)]
    rule = {
        "@id": f"{iri}#prosedur",
        "@type": "cpsv:Rule",
        "identifier": f"{iri}#prosedur",
        "title": "Sistem, mekanisme, dan prosedur",
        "description": "\n".join(steps),
    }
    return {"hasLegalResource": resources, "follows": [rule] if steps else []}


def _asked(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    """Say what is asked: every line a requirement, and evidence where it is a document."""
    requirements, evidence = [], []
    for place, text, line in _told(doc.persyaratan):
        name, proof = f"{iri}#persyaratan-{place}", f"{iri}#bukti-{place}"
        requirement: dict[str, Any] = {
            "@id": name, "@type": "cv:Requirement", "identifier": name, "title": text,
        }  # fmt: skip
        if line.jenis:
            requirement["conceptType"] = _concept(line.jenis)
        if line.jenis != "teknis" and _DOCUMENTS.match(plain(line.text[:_READ])):
            requirement["hasSupportingEvidence"] = proof
            evidence.append(
                {"@id": proof, "@type": "cv:Evidence", "identifier": proof, "title": text}
                | {"supportsRequirement": name}
            )
        requirements.append(requirement)
    return {"holdsRequirement": requirements, "hasInput": evidence}


def _given(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    outputs = [
        {
            "@id": f"{iri}#produk-{place}",
            "@type": "cv:Output",
            "identifier": f"{iri}#produk-{place}",
            "title": text,
            "schema:name": text,
        }
        for place, text, _ in _told(doc.produk_pelayanan)
    ]
    costs = list(_costs(doc, iri))
    channels = list(_channels(doc, iri))
    times = [line for _, _, line in _told(doc.jangka_waktu_penyelesaian)]
    return {
        "processingTime": duration(times[0]) if len(times) == 1 else None,
        "hasCost": costs,
        "schema:offers": _names(costs),
        "produces": outputs,
        "schema:serviceOutput": _names(outputs),
        "hasChannel": channels,
        "schema:availableChannel": _names(channels),
    }


def _names(found: Iterable[dict[str, Any]]) -> list[str]:
    return [each["@id"] for each in found]


def _costs(doc: StandarPelayanan, iri: str) -> Iterator[dict[str, Any]]:
    for place, text, line in _told(doc.biaya_tarif):
        fees: list[Biaya] = list(line.parts) or [line]
        for at, fee in enumerate(fees, start=1):
            name = f"{iri}#biaya-{place}" if len(fees) == 1 else f"{iri}#biaya-{place}-{at}"
            said = text if len(fees) == 1 else words(fee)
            cost: dict[str, Any] = {
                "@id": name, "@type": ["cv:Cost", "schema:Offer"], "identifier": name,
                "description": said, "schema:description": said,
            }  # fmt: skip
            amount = fee.amount if fee.kind in {"free", "fixed"} else None
            if amount is not None and not (fee.vague or fee.malformed or fee.mismatch):
                cost |= {
                    "hasValue": str(amount),
                    "currency": _RUPIAH,
                    "schema:price": amount,
                    "schema:priceCurrency": "IDR",
                }
            yield cost


def _channels(doc: StandarPelayanan, iri: str) -> Iterator[dict[str, Any]]:
    for place, text, line in _told(doc.penanganan_pengaduan):
        if line.kanal is not None:
            name = f"{iri}#saluran-{place}"
            yield {
                "@id": name,
                "@type": ["cv:Channel", "schema:ServiceChannel"],
                "identifier": name,
                "description": text,
                "schema:description": text,
                "conceptType": _concept(line.kanal),
            }


def _concept(word: str) -> dict[str, Any]:
    """Return one of our own concepts; `word` is one of a closed list, never from outside."""
    return {"@id": f"sipukat:{word}", "@type": "skos:Concept", "prefLabel": word.replace("_", " ")}


def _contact(doc: StandarPelayanan, iri: str) -> dict[str, Any]:
    phones: dict[str, None] = {}
    mails: dict[str, None] = {}
    for _, text, line in _told(doc.penanganan_pengaduan):
        phones |= dict.fromkeys(_addresses(text, line, _PHONE, _CALLED))
        mails |= dict.fromkeys(_addresses(text, line, _MAIL, _WRITTEN))
    if not phones and not mails:
        return {}
    found: dict[str, Any] = {
        "@id": f"{iri}#kontak",
        "@type": ["cv:ContactPoint", "schema:ContactPoint"],
        "schema:contactType": "pengaduan",
    }
    if phones:
        found |= {"telephone": list(phones), "schema:telephone": list(phones)}
    if mails:
        found |= {"email": list(mails), "schema:email": list(mails)}
    return found


def _addresses(text: str, line: Saluran, pattern: re.Pattern[str], kinds: frozenset[str]) -> list[str]:
    """Return the numbers or addresses of a line of these kinds; one stated apart stands for them."""
    if line.kanal not in kinds:
        return []
    if line.alamat:
        return [line.alamat]
    return [" ".join(found.split()) for found in pattern.findall(text[:_READ])]
