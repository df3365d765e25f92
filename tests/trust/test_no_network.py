"""Nothing leaves this machine: the library works where sockets are refused, and without a network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

# what a child does before its first own import: every way to another machine raises, and is written down
REFUSING = """
import os, socket
def refused(*what, **more):
    with open(os.environ["SOCKETS"], "a") as file:
        file.write(repr(what)[:200] + "\\n")
    raise OSError("a socket was asked for")
class Refused(socket.socket):
    __init__ = refused
socket.socket = socket.SocketType = Refused
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "getfqdn"):
    setattr(socket, name, refused)
"""
WORK = """
import sys
from pathlib import Path
import sipukat
from sipukat import export, ikm, pelayanan, report, survey

from click.testing import CliRunner
from sipukat.cli import main
done = CliRunner().invoke(main, ["demo", "--out", "demo"])
assert done.exit_code in {0, 1}, done.output
reading = sipukat.read_survey(sipukat.datasets.path("kota-contoh"))
result = ikm.estimate(reading.responses, by="unit")
whole = report.build(result)
figure = next(block for block in whole.blocks if block.kind == "figure")
picture = whole.model_copy(update={"blocks": (figure,)})
written = []
for name in export.names():
    target = Path("semua", name + export.get(name).suffix)
    target.parent.mkdir(exist_ok=True)
    sipukat.publish(picture if name in {"png", "svg"} else whole, target, name)
    written.append(target.stat().st_size)
draft = pelayanan.load(sipukat.datasets.path(sipukat.datasets.names("pelayanan")[0]))
assert sipukat.check(draft) is not None
sipukat.standards.json_schema()
survey.form("permenpanrb-14-2017", "xlsform", "formulir.xlsx")
try:
    sipukat.read_survey("http://127.0.0.1:9/survei.csv")
except sipukat.errors.UnreadableFileError as failure:
    assert "address on a network" in str(failure)
else:
    raise AssertionError("an address was read")
remote = '{"$ref": "http://127.0.0.1:9/x.json", "$schema": "http://127.0.0.1:9/y.json", "nama": "a"}'
try:
    pelayanan.loads(remote)
except sipukat.errors.DraftError:
    pass
assert min(written) > 100
print(len(written), "formats")
"""


def child(folder, *before, **more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SIPUKAT_")}
    return subprocess.run(
        [*before, sys.executable, "-c", WORK],
        cwd=folder,
        env={**clean, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1", **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_no_socket_is_ever_asked_for(tmp_path):
    site, said = tmp_path / "site", tmp_path / "sockets"
    site.mkdir()
    (site / "sitecustomize.py").write_text(REFUSING)
    said.touch()
    done = child(tmp_path, PYTHONPATH=str(site), SOCKETS=str(said))
    assert done.returncode == 0, done.stderr[-2000:]
    assert "formats" in done.stdout
    assert not said.read_text()


def test_the_refusal_of_sockets_is_really_there(tmp_path):
    site, said = tmp_path / "site", tmp_path / "sockets"
    site.mkdir()
    (site / "sitecustomize.py").write_text(REFUSING)
    code = "import urllib.request as u\ntry: u.urlopen('http://127.0.0.1:9/')\nexcept OSError: pass"
    environment = {**os.environ, "PYTHONPATH": str(site), "SOCKETS": str(said)}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert said.read_text()


def test_everything_works_on_a_machine_without_a_network(tmp_path):
    unshare = shutil.which("unshare")
    if (
        unshare is None
        or subprocess.run([unshare, "-n", "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("the network of a process cannot be taken away here: that needs `unshare -n` and root")
    done = child(tmp_path, unshare, "-n")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "formats" in done.stdout
