"""The one list of questions that every questionnaire is written from.

What is asked stands in the standard: the unsur, the wording of the answers, the head of the
questionnaire. Each question has the name that its column will have when the answers come back.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field

from sipukat import standards
from sipukat._model import Record
from sipukat._text import plain
from sipukat._validation import must_be
from sipukat.errors import ArgumentError
from sipukat.survey.columns import survey_standard
from sipukat.survey.kept import clean
from sipukat.survey.orders import StatedOrder, keys_in
from sipukat.survey.translations import BOTH, answer, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat._text import Lang
    from sipukat.standards.model import SurveyStandard
    from sipukat.standards.parts import Unsur
    from sipukat.standards.texts import ProfileField

Group = Literal["persetujuan", "profil", "unsur", "saran"]
Words = Mapping[Literal["id", "en"], str]

CONSENT: Final = "persetujuan"
AGREED: Final = "ya"
REFUSED: Final = "tidak"
YOUNGEST, OLDEST = 1, 120
_LANGUAGES: Final = ("id", "en")
_LONGEST_NAME: Final = 250
_LONGEST_CODE: Final = 48
_IN_FORCE: Final = "permenpanrb-14-2017"
_ADDRESS: Final = re.compile(r"https?://[!-~]{1,2000}")


class Choice(Record):
    """One answer that can be ticked.

    Parameters
    ----------
    code
        What stands for it in the data: the score of an unsur, else letters, digits and ``_``.
    label
        What it says, by language.
    """

    code: str
    label: Words


class Question(Record):
    """One question.

    Parameters
    ----------
    name
        The name of its column; of an unsur its key.
    kind
        ``"choice"``, ``"number"``, ``"date"``, ``"text"``, or ``"comment"`` for a long text.
    group
        The part of the questionnaire that it stands in.
    label, hint
        What it asks, and what explains it, by language.
    title
        The name of the unsur that it asks about, by language.
    choices
        The answers of a ``"choice"``.
    required
        Whether it must be answered.
    only_if
        Name and code of the answer without which it is not asked; None where it always is.
    """

    name: str
    kind: Literal["choice", "number", "date", "text", "comment"]
    group: Group
    label: Words
    hint: Words = Field(default_factory=dict)
    title: Words = Field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: bool = False
    only_if: tuple[str, str] | None = None


class Questionnaire(Record):
    """A survey before it has a format.

    Parameters
    ----------
    standard
        Id of the standard that is asked.
    title
        Its title, by language.
    unit, instansi
        The office, and the government that it belongs to; empty where not stated.
    regulation
        The regulation, as it is cited.
    languages
        The languages that it is written in, the first one first.
    consent
        What a respondent must know before the first question, by language.
    url
        Address of the same questionnaire online; empty where there is none.
    questions
        All questions in order.

    Examples
    --------
    >>> asked = questionnaire("spak")
    >>> [question.name for question in asked.questions if question.group == "unsur"]
    ['diskriminasi', 'kecurangan', 'imbalan', 'pungli', 'percaloan']
    """

    standard: str
    title: Words
    unit: str = ""
    instansi: str = ""
    regulation: str
    languages: tuple[Literal["id", "en"], ...]
    consent: Words
    url: str = ""
    questions: tuple[Question, ...]

    def text(self, words: Words) -> str:
        """Return a text in all languages of the questionnaire, the first one first."""
        return BOTH.join(dict.fromkeys(words[lang] for lang in self.languages if words.get(lang)))

    def of(self, group: Group) -> tuple[Question, ...]:
        """Return the questions of one part."""
        return tuple(question for question in self.questions if question.group == group)


@cache
def words() -> Mapping[str, Any]:
    """Return the words that are not of a standard, of ``words.toml``."""
    text = files("sipukat.survey.forms").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def questionnaire(
    standard: SurveyStandard | str = _IN_FORCE,
    *,
    lang: Lang | Sequence[Lang] = "id",
    unit: str = "",
    instansi: str = "",
    layanan: Sequence[str] = (),
    units: Sequence[str] = (),
    order: StatedOrder = None,
    comments: bool = True,
    required: bool = True,
    url: str = "",
) -> Questionnaire:
    """Return what a questionnaire asks, as records.

    Parameters
    ----------
    standard
        The survey standard, or its id.
    lang
        ``"id"``, ``"en"``, or both in the order in which they are shown.
    unit, instansi
        The office that is judged, and the government that it belongs to.
    layanan
        The services to choose from; without them the service is written in.
    units
        The units to choose from, where one questionnaire serves several.
    order
        Order of the unsur: that of the standard's questionnaire where it has one.
    comments
        Whether to ask for suggestions.
    required
        Whether every unsur must be answered.
    url
        Address of the same questionnaire online, http or https.

    Raises
    ------
    ArgumentError
        If a language or the address is none, a name is empty or stands twice, or `unit` and
        `units` are both given.
    UnknownNameError
        If no standard, or no order of it, has that name.

    Examples
    --------
    >>> sarana = questionnaire(order="kuesioner").questions[-3]
    >>> sarana.name, [choice.label["id"] for choice in sarana.choices]
    ('sarana', ['Buruk', 'Cukup', 'Baik', 'Sangat Baik'])
    """
    rule = survey_standard(standard)
    if unit and units:
        raise ArgumentError("give unit=, the one office, or units=, the offices to choose from; not both")
    own_title = words()["titles"].get(rule.id) or words()["titles"].get(rule.extends or "")
    named, offices = _name(unit), _names(units, "units")
    asked = [_consent(), *_profile(rule, named, offices, _names(layanan, "layanan"))]
    keys = keys_in(order, rule) or next((o.keys for o in rule.orders if o.id == "kuesioner"), rule.unsur_keys)
    asked += [_asked(rule.unsur_of(key), rule, required=required) for key in keys]
    if comments:
        hint = words()["texts"]["privacy"]
        asked.append(_question("saran", "comment", "saran", hint=hint))
    return Questionnaire(
        standard=rule.id,
        title=own_title or words()["titles"]["other"],
        unit=named,
        instansi=_name(instansi),
        regulation=str(rule.regulation),
        languages=_languages(lang),
        consent=words()["texts"]["consent"],
        url=_address(url),
        questions=tuple(asked),
    )


def _languages(lang: Lang | Sequence[Lang]) -> tuple[Lang, ...]:
    stated = (lang,) if isinstance(lang, str) else tuple(lang)
    if not stated or len(set(stated)) < len(stated) or not set(stated) <= set(_LANGUAGES):
        raise ArgumentError(f'lang must be "id", "en" or both, e.g. ("id", "en"), got {lang!r}')
    return stated


def _name(text: str) -> str:
    """Return a name as it looks: one line, nothing invisible, nothing that no file can carry."""
    seen = clean(
        "".join(c for c in text[: 40 * _LONGEST_NAME] if unicodedata.category(c) not in {"Cs", "Cn"})
    )
    return seen if len(seen) <= _LONGEST_NAME else f"{seen[: _LONGEST_NAME - 1].rstrip()}…"


def _names(texts: Sequence[str], argument: str) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise ArgumentError(f"{argument}= must be a list of names, got the text {texts[:40]!r}")
    must_be(Iterable, texts, argument, "a list of names, or leave it out")
    names = tuple(_name(text) for text in texts)
    if not all(names):
        raise ArgumentError(f"{argument}= holds an empty name; leave it out")
    folded = [plain(name) for name in names]
    if len(set(folded)) < len(folded):
        twice = next(name for name, key in zip(names, folded, strict=True) if folded.count(key) > 1)
        raise ArgumentError(f"{argument}= holds {twice[:60]!r} twice; give each name once")
    return names


def _address(url: str) -> str:
    if url and not _ADDRESS.fullmatch(url):
        raise ArgumentError(f"url must be an address that starts with https:// or http://, got {url[:60]!r}")
    return url


def codes(names: Sequence[str]) -> tuple[str, ...]:
    """Return a code for each name: small letters, digits and ``_``, each once.

    Examples
    --------
    >>> codes(["Dinas Sosial", "Dinas-Sosial!", "Émile", "日本"])
    ('dinas_sosial', 'dinas_sosial_2', 'emile', 'pilihan_4')
    """
    found: list[str] = []
    for place, name in enumerate(names, 1):
        ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        stem = re.sub(r"[^a-z0-9]+", "_", ascii_only)[:_LONGEST_CODE].strip("_") or f"pilihan_{place}"
        stem = stem if stem[0].isalpha() else f"p_{stem}"
        code, count = stem, 1
        while code in found:
            count += 1
            code = f"{stem}_{count}"
        found.append(code)
    return tuple(found)


def _question(name: str, kind: Any, group: Group, **more: Any) -> Question:
    return Question(name=name, kind=kind, group=group, label=words()["questions"][name], **more)


def _consent() -> Question:
    said = words()["choices"]
    choices = tuple(Choice(code=code, label=said[code]) for code in (AGREED, REFUSED))
    return _question(CONSENT, "choice", CONSENT, choices=choices, required=True)


def _free(names: Sequence[str]) -> tuple[Choice, ...]:
    """Return names as choices that read the same in every language."""
    return tuple(
        Choice(code=code, label={"id": name, "en": name})
        for code, name in zip(codes(names), names, strict=True)
    )


def _profile(
    rule: SurveyStandard, unit: str, units: tuple[str, ...], services: tuple[str, ...]
) -> list[Question]:
    """Return the head of the questionnaire: that of the standard, or of the rule in force."""
    head = rule.texts.respondent_profile or standards.survey(_IN_FORCE).texts.respondent_profile
    asked = []
    if unit or units:
        choices = _free(units or (unit,))
        asked.append(_question("unit", "choice", "profil", choices=choices, required=True))
    for field in head.fields if head else ():
        asked += _field(field, services)
    said = words()["choices"]
    choices = tuple(Choice(code=code, label=said[code]) for code in ("tidak", "ya", "tidak_menjawab"))
    asked.append(_question("disabilitas", "choice", "profil", choices=choices))
    return asked


def _field(field: ProfileField, services: tuple[str, ...]) -> list[Question]:
    label: Words = words()["questions"].get(field.id, {"id": field.nama, "en": field.name})
    known = words()["profile"]
    choices = tuple(
        Choice(code=known[text]["code"], label={"id": known[text]["id"], "en": known[text]["en"]})
        if text in known
        else Choice(code=codes([text])[0], label={"id": text, "en": text})
        for text in field.options
    )
    kind: Any = "choice" if choices else "number" if field.unit else "text"
    hint: Words = {}
    if field.id.startswith("tanggal"):
        kind = "date"
    elif field.id == "usia":
        hint = words()["texts"]["age"]
    elif field.id == "jenis_layanan" and services:
        kind, choices = "choice", _free(services)
    asked = [Question(name=field.id, kind=kind, group="profil", label=label, hint=hint, choices=choices)]
    if any(choice.code == "lainnya" for choice in choices):
        other = f"{field.id}_lainnya"
        said: Words = words()["questions"].get(other, {lang: f"{text}, …" for lang, text in label.items()})
        needs = (field.id, "lainnya")
        asked.append(Question(name=other, kind="text", group="profil", label=said, only_if=needs))
    return asked


def _asked(unsur: Unsur, rule: SurveyStandard, *, required: bool) -> Question:
    """Return the question of an unsur; where the words of an answer were not found, its number stands."""
    known = {option.score: answer(option) for option in unsur.options}
    levels = rule.scale.levels
    full = set(known) == set(levels)
    choices = []
    for score in levels:
        said = known.get(score, {})
        numbered: Words = {
            lang: f"{score}. {said[lang]}" if lang in said else str(score) for lang in _LANGUAGES
        }
        choices.append(Choice(code=str(score), label=said if full else numbered))
    ends = words()["texts"]["scale"]
    hint: Words = (
        {} if full else {lang: ends[lang].format(low=levels[0], high=levels[-1]) for lang in _LANGUAGES}
    )
    return Question(
        name=unsur.key,
        kind="choice",
        group="unsur",
        label=question(unsur),
        hint=hint,
        title={"id": unsur.nama, "en": unsur.name},
        choices=tuple(choices),
        required=required,
    )
