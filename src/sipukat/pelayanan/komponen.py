"""What stands under one komponen: its lines, and the lines of each variant ("BPJS", "Umum")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from sipukat._model import Record
from sipukat.pelayanan.biaya import Biaya
from sipukat.pelayanan.butir import Butir, Dasar, Langkah, PenanggungJawab, Saluran, Syarat
from sipukat.pelayanan.jangka_waktu import JangkaWaktu
from sipukat.pelayanan.jumlah import JumlahPelaksana

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

T = TypeVar("T", bound=Record)
_OWN = {"butir", "varian", "penanggung_jawab"}


def _several(value: Any) -> Any:
    """Take a single line for a list of one."""
    return (
        (value,)
        if isinstance(value, str | Record) or (isinstance(value, Mapping) and "text" in value)
        else value
    )


def words(item: Any) -> str:
    """Return the words of a line, under the label that is stated apart from them.

    Examples
    --------
    >>> words(Biaya.model_validate(["Pemeriksaan", "15.000"]))
    'Pemeriksaan: 15.000'
    """
    label = item.label if isinstance(item, Biaya | JangkaWaktu) else None
    return f"{label}: {item.text}" if label and label not in item.text else str(item.text)


class Isi(Record, Generic[T]):
    """The content of one komponen.

    A text, a list, or a mapping of variants to lists stands for the whole record, and is
    written back so.

    Parameters
    ----------
    butir
        The lines that hold for everybody.
    varian
        The lines that hold for some only, by the name of the variant.

    Examples
    --------
    >>> isi = Isi[Butir].model_validate({"BPJS": ["Kartu BPJS"], "Umum": "KTP"})
    >>> [butir.text for butir in isi.semua], list(isi.varian)
    (['Kartu BPJS', 'KTP'], ['BPJS', 'Umum'])
    >>> isi.model_dump(mode="json")
    {'BPJS': ['Kartu BPJS'], 'Umum': ['KTP']}
    """

    butir: Annotated[tuple[T, ...], BeforeValidator(_several)] = ()
    varian: Mapping[str, Annotated[tuple[T, ...], BeforeValidator(_several)]] = Field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.butir, tuple(self.varian)))

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, str | list | tuple):
            return {"butir": value}
        if isinstance(value, Mapping):
            if "text" in value:
                return {"butir": (value,)}
            if not _OWN & set(value):
                return {"varian": value}
        return value

    @model_serializer(mode="wrap")
    def _shortest(self, write: Any) -> Any:
        full = {key: part for key, part in write(self).items() if part or key == "butir"}
        if set(full) == {"butir"}:
            return full["butir"]
        bare = set(full) == {"butir", "varian"} and not full["butir"]
        # a variant called as one of our keys would be taken for it
        return full["varian"] if bare and not {*_OWN, "text"} & set(full["varian"]) else full

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        own = handler.resolve_ref_schema(handler(core))
        item = own["properties"]["butir"]["items"]
        alone = {"allOf": [item, {"type": "object", "required": ["text"]}]}  # else it is variants
        lines = {"anyOf": [{"type": "string"}, {"type": "array", "items": item}, alone]}
        by_variant = {"type": "object", "additionalProperties": lines}
        own["properties"] |= {"butir": lines, "varian": by_variant}
        taken = [{"required": [key]} for key in (*sorted(_OWN), "text")]
        return {"anyOf": [lines, by_variant | {"not": {"anyOf": taken}}, own]}

    @property
    def semua(self) -> tuple[T, ...]:
        """Every line: those for everybody, then those of each variant."""
        return (*self.butir, *(butir for lines in self.varian.values() for butir in lines))

    @property
    def kosong(self) -> bool:
        """Whether nothing stands under the heading."""
        return not any(words(butir).strip() for butir in self.semua)

    @property
    def text(self) -> str:
        """The lines as one text, a line each, variants under their names."""
        named = (f"{name}:\n" + "\n".join(map(words, lines)) for name, lines in self.varian.items())
        return "\n".join([*map(words, self.butir), *named])


class Pengaduan(Isi[Saluran]):
    """The handling of complaints, suggestions and input.

    Parameters
    ----------
    butir, varian
        The channels and steps, as in `Isi`.
    penanggung_jawab
        Who answers for complaints, where it is stated apart.
    """

    penanggung_jawab: PenanggungJawab | None = None


Uraian: TypeAlias = Isi[Butir]
DasarHukum: TypeAlias = Isi[Dasar]
Persyaratan: TypeAlias = Isi[Syarat]
Prosedur: TypeAlias = Isi[Langkah]
Waktu: TypeAlias = Isi[JangkaWaktu]
BiayaTarif: TypeAlias = Isi[Biaya]
Jumlah: TypeAlias = Isi[JumlahPelaksana]
