"""Sphinx configuration. The build needs no network: there is no intersphinx."""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from translation import pages, without_english_note

import sipukat


def _runs() -> Path:
    """Return the folder of the results of this very library; those of an older one are removed."""
    root = Path(sipukat.__file__).parent
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    known = hashlib.sha256()
    for path in files:
        known.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    folder = Path(__file__).parent / "_build" / "runs" / known.hexdigest()[:16]
    for old in folder.parent.glob("*"):
        if old != folder:
            shutil.rmtree(old)
    return folder


project = "sipukat"
author = "The sipukat engineers"
copyright = "2026, The sipukat engineers"
version = release = sipukat.__version__
language = "id"  # the English pages: -D language=en
locale_dirs = ["locale"]
gettext_compact = False  # a catalogue a page
gettext_location = False  # no line numbers: a catalogue changes only where its page did

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "decisions/template.md"]
templates_path = ["_templates"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["sipukat.css"]
html_context = {"translated": pages()}
html_title = f"sipukat {version}"
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "cache"  # run once for both languages, and again whenever the library or a cell changes
nb_execution_cache_path = str(_runs())
nb_execution_raise_on_error = True
nb_execution_timeout = 120

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "model_config, __new__, __init__"}
napoleon_numpy_docstring = True
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True  # an attribute that is also a member would be described twice

suppress_warnings = [
    # A short name in a signature may mean two things: Figure is a figure of the law and a drawing.
    "ref.python",
]

nitpick_ignore_regex = [
    # Names of other libraries: without a network there are no inventories to look them up in.
    (r"py:.*", r"(?!sipukat\b).*"),
    # Private names, and the variables of generic types, are for readers of the code.
    (r"py:.*", r"sipukat\..*\.(?:_\w+|T)"),
]


def _read(app, name: str, source: list[str]) -> None:
    if name in pages():
        if app.config.language == "en" or app.builder.name == "gettext":
            source[0] = without_english_note(source[0])
    elif "% generated:" in source[0]:
        from generated_pages import fill  # needs the whole library, which a catalogue does not

        source[0] = fill(source[0])


def setup(app):
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
