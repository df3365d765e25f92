"""The API of the example application keeps to its own OpenAPI, whatever it is sent."""

import importlib
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

for package in ("fastapi", "httpx2", "jinja2", "python_multipart", "sqlalchemy", "uvicorn"):
    pytest.importorskip(package, reason=f"the example application needs {package}")
schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (group examples)")

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "examples" / "app"))
TestClient = importlib.import_module("fastapi.testclient").TestClient
app_of = importlib.import_module("skm_app.app").create_app
config_of = importlib.import_module("skm_app.config").Config
checks = importlib.import_module("schemathesis.checks")
checks.load_all_checks()

OFFICER = "rahasia-petugas"
ROUTES = [
    ("GET", "/api/ikm"),
    ("GET", "/api/ikm/{unit}"),
    ("POST", "/api/answers"),
    ("POST", "/api/check"),
    ("POST", "/api/score"),
    ("GET", "/api/standards/{id}"),
]
HELD = [
    checks.CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIPUKAT_APP_TOKEN", OFFICER)
        place = tmp_path_factory.mktemp("api") / "skm.db"
        yield app_of(config_of(instansi="Kota Contoh", units=("Dinas Sosial", "Puskesmas"), database=place))


@pytest.fixture(scope="module")
def schema(app):
    return schemathesis.openapi.from_dict(app.openapi())


@pytest.fixture(scope="module")
def client(app):
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_every_route_of_the_api_is_tried(schema):
    found = {(o.ok().method.upper(), o.ok().path) for o in schema.get_all_operations()}
    assert {(method, path) for method, path in found if path.startswith("/api/")} == set(ROUTES)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_every_answer_is_one_that_the_schema_names(schema, client, method, path):
    operation = schema[path][method]
    modes = schemathesis.GenerationMode

    @settings(
        max_examples=6,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=st.one_of(
            operation.as_strategy(generation_mode=modes.POSITIVE),
            operation.as_strategy(generation_mode=modes.NEGATIVE),
        )
    )
    def keeps_to_it(case):
        sent = case.as_transport_kwargs(base_url="http://testserver")
        sent["headers"] = {**sent["headers"], "Authorization": f"Bearer {OFFICER}"}
        sent.pop("cookies", None)
        data = sent.pop("data", None)
        response = client.request(**sent, **({} if data is None else {"content": data}))
        case.validate_response(response, checks=HELD)

    keeps_to_it()
