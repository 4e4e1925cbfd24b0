"""The torture book: every construct of docutils and Sphinx, with the extensions of Sphinx itself."""

project = "Torture Book"
author = "Those who set it"
release = "1.0"
language = "en"
extensions = [
    "sphinx.ext.autosectionlabel",
    "sphinx.ext.extlinks",
    "sphinx.ext.graphviz",
    "sphinx.ext.ifconfig",
    "sphinx.ext.mathjax",
    "sphinx.ext.todo",
    "myst_parser",
]
autosectionlabel_prefix_document = True
suppress_warnings = ["autosectionlabel.*"]
extlinks = {"issue": ("https://example.org/issues/%s", "issue %s")}
# a name that no machine has: the drawing is its source on every machine
graphviz_dot = "no-dot-of-this-name"
ifconfig_shown = True
todo_include_todos = True
# the whole sentence names the file by its absolute path
todo_link_only = True
numfig = True
math_numfig = True
maximum_signature_line_length = 60
option_emphasise_placeholders = True
rst_prolog = """
.. |house| replace:: *the house* of ``casebound``
"""
casebound_subject = "Every construct"


def setup(app):
    app.add_config_value("ifconfig_shown", True, "env")
    app.add_crossref_type("topic-place", "topicplace", indextemplate="single: %s; place")
