"""The application: ``uvicorn --factory skm_app.app:create_app``."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

import sipukat
from skm_app import api, board_pages, form_pages, officer_pages
from skm_app.board import place
from skm_app.config import HERE, Config, Office, office_of
from skm_app.guard import Guard
from skm_app.problems import answer_errors
from skm_app.sums import title_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from decimal import Decimal


def create_app(config: Config | None = None) -> FastAPI:
    """Return the application of one office, by default that of ``SIPUKAT_APP_CONFIG``."""
    office = office_of(config)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        office.sums.close()

    app = FastAPI(
        title=f"IKM {office.config.instansi}",
        version=sipukat.__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # the pages that FastAPI offers fetch their scripts from elsewhere
        redoc_url=None,
        separate_input_output_schemas=False,  # a record of the library is one record, not two
    )
    templates = _templates(office)
    app.add_middleware(Guard)
    for pages in (form_pages, board_pages, officer_pages):
        app.include_router(pages.routes(office, templates))
    app.include_router(api.routes(office))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    answer_errors(app, templates)

    @app.get("/health", include_in_schema=False)
    def health() -> dict[str, str]:
        office.sums.periods()  # raises where the database cannot be read
        return {"status": "ok", "version": sipukat.__version__}

    return app


def _templates(office: Office) -> Jinja2Templates:
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.globals["office"] = office
    templates.env.filters["angka"] = _angka
    templates.env.filters["masa"] = title_of
    templates.env.filters["tempat"] = lambda value: place(office, value)
    return templates


def _angka(value: Decimal) -> str:
    """Print a number that is rounded already, as Indonesian readers write it."""
    return str(value).replace(".", ",")
