"""The pinned corpora: what to fetch, where its documentation lies, and what its conf.py must say."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CORPORA", "Corpus"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documentation inside a source distribution of PyPI.

    ``folder`` is the documentation inside the distribution, ``sha256`` the digest of the file pip fetches.
    ``extensions`` are Sphinx's own; ``conf`` is what conf.py must say besides, as Python.
    """

    name: str
    distribution: str
    version: str
    sha256: str
    folder: str
    project: str
    author: str
    extensions: tuple[str, ...] = ()
    conf: str = ""


_NOVA = ("nova", "34.0.0", "919eef77cda4ce0cc4746a5853b5d9341ebd0ae37bc8b1939eb77d17727c00df", "doc/source")
_NOVA_EXTENSIONS = ("sphinx.ext.todo", "sphinx.ext.graphviz")

CORPORA = {
    corpus.name: corpus
    for corpus in (
        Corpus(
            "nova-reference",
            *_NOVA,
            "Nova Reference",
            "OpenStack Foundation",
            _NOVA_EXTENSIONS,
            """
stub_domains = ["nova", "oslo.config"]
root_doc = "reference/index"
include_patterns = ["reference/**"]
""",
        ),
        Corpus(
            "nova",
            *_NOVA,
            "Nova",
            "OpenStack Foundation",
            _NOVA_EXTENSIONS,
            """
stub_domains = ["nova", "oslo.config"]
""",
        ),
        Corpus(
            "flask",
            "flask",
            "3.1.3",
            "0ef0e52b8a9cd932855379197dd8f94047b359ca0a78695144304cb45f87c9eb",
            "docs",
            "Flask",
            "Pallets",
            ("sphinx.ext.extlinks",),
            """
default_role = "code"
extlinks = {
    "issue": ("https://github.com/pallets/flask/issues/%s", "#%s"),
    "pr": ("https://github.com/pallets/flask/pull/%s", "#%s"),
    "ghsa": ("https://github.com/pallets/flask/security/advisories/GHSA-%s", "GHSA-%s"),
}
""",
        ),
        Corpus(
            "sphinx",
            "sphinx",
            "9.0.4",
            "594ef59d042972abbc581d8baa577404abe4e6c3b04ef61bd7fc2acbd51f3fa3",
            "doc",
            "Sphinx",
            "the Sphinx developers",
            ("sphinx.ext.doctest", "sphinx.ext.extlinks", "sphinx.ext.graphviz", "sphinx.ext.todo"),
            """
exclude_patterns += ["_themes"]
stub_objects = [("event", "event")]
extlinks = {
    "dupage": ("https://docutils.sourceforge.io/docs/ref/rst/%s.html", "%s"),
    "duref": ("https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#%s", "%s"),
    "durole": ("https://docutils.sourceforge.io/docs/ref/rst/roles.html#%s", "%s"),
    "dudir": ("https://docutils.sourceforge.io/docs/ref/rst/directives.html#%s", "%s"),
}
""",
        ),
        Corpus(
            "django",
            "django",
            "5.2.19",
            "ad03d8abc51dbff95ebf34b27123cf0c26a3b62db7ba0cd520783686362533d1",
            "docs",
            "Django",
            "Django Software Foundation",
            ("sphinx.ext.autosectionlabel", "sphinx.ext.extlinks"),
            """
source_suffix = {".txt": "restructuredtext"}
root_doc = "contents"
exclude_patterns += ["_theme", "requirements.txt"]
toc_object_entries = False
autosectionlabel_prefix_document = True
autosectionlabel_maxdepth = 2
stub_links_out = ["keyword", "ref", "term"]
extlinks = {
    "bpo": ("https://bugs.python.org/issue?@action=redirect&bpo=%s", "bpo-%s"),
    "commit": ("https://github.com/django/django/commit/%s", "%s"),
    "pypi": ("https://pypi.org/project/%s/", "%s"),
    "source": ("https://github.com/django/django/blob/main/%s", "%s"),
    "ticket": ("https://code.djangoproject.com/ticket/%s", "#%s"),
}
rst_epilog = "".join(
    f".. |django-{name}| replace:: :ref:`django-{name} <django-{name}-mailing-list>`\\n"
    for name in ("users", "developers", "announce", "updates")
)


def setup(app):
    from sphinx.addnodes import desc_name
    from sphinx.domains.std import Cmdoption

    def parse(env, signature, node):
        command = signature.split(" ")[0]
        env.ref_context["std:program"] = command
        title = f"django-admin {signature}"
        node += desc_name(title, title)
        return command

    app.add_crossref_type("setting", "setting")
    app.add_crossref_type("templatetag", "ttag")
    app.add_crossref_type("templatefilter", "tfilter")
    app.add_crossref_type("fieldlookup", "lookup")
    app.add_object_type("django-admin", "djadmin", parse_node=parse)
    app.add_directive("django-admin-option", Cmdoption)
""",
        ),
    )
}
