"""Sphinx configuration. The build needs no network: there is no intersphinx."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generated_pages import fill

import sipukat

project = "sipukat"
author = "The sipukat engineers"
copyright = "2026, The sipukat engineers"
version = release = sipukat.__version__
language = "id"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "decisions/template.md"]
html_theme = "furo"
html_title = f"sipukat {version}"
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
nb_execution_mode = "force"  # a page of code cells is run whenever it is built
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


def setup(app):
    app.connect("source-read", lambda _app, _name, source: source.__setitem__(0, fill(source[0])))
