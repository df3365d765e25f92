"""What an office sets, and what follows from it: the standard, the questionnaire, the sums."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

import sipukat
from skm_app.sums import Sums

if TYPE_CHECKING:
    from sipukat.standards import SurveyStandard
    from sipukat.survey import Questionnaire

HERE = Path(__file__).resolve().parent


class Config(BaseModel):
    """The settings, as they stand in a TOML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instansi: str
    units: tuple[str, ...] = Field(min_length=1)
    standard: str = "permenpanrb-14-2017"
    document_standard: str = "uu-25-2009"
    database: Path = Path("skm.db")
    step: int = Field(default=5, ge=1)
    withhold_below: int = Field(default=10, ge=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office that asks: everything that a page or the API needs."""

    config: Config
    rule: SurveyStandard
    asked: Questionnaire
    units: dict[str, str]
    sums: Sums
    token: str


def load(path: str | Path) -> Config:
    """Read the settings; paths in them are beside the file."""
    file = Path(path)
    config = Config.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    beside: dict[str, object] = {"database": file.parent / config.database}
    if config.standard.endswith(".toml"):
        beside["standard"] = str(file.parent / config.standard)
    return config.model_copy(update=beside)


def office_of(config: Config | None = None) -> Office:
    """Open the office of the settings, by default those that the environment names.

    The officer's token is read from ``SIPUKAT_APP_TOKEN`` alone: a secret is no setting.
    """
    if config is None:
        config = load(os.environ.get("SIPUKAT_APP_CONFIG", HERE.parent / "contoh.toml"))
    local = config.standard.endswith(".toml")
    found = sipukat.standards.load(config.standard) if local else config.standard
    rule = sipukat.standards.survey(found)
    # only what the sums need is asked: no age, no sex, no comment
    asked = sipukat.survey.questionnaire(rule, instansi=config.instansi, units=config.units, comments=False)
    offered = next(question for question in asked.questions if question.name == "unit")
    return Office(
        config=config,
        rule=rule,
        asked=asked,
        units={choice.code: choice.label["id"] for choice in offered.choices},
        sums=Sums(config.database, rule, step=config.step),
        token=os.environ.get("SIPUKAT_APP_TOKEN", ""),
    )
