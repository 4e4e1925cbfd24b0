"""What is front matter, body and back matter: by fields, by settings, and by where the documents stand."""

from __future__ import annotations

from tests.manuscript.conftest import Read
from tests.manuscript.pictures import faults, page


def matter(manuscript: object) -> str:
    """The chapters in reading order, each with its matter."""
    return "".join(f"{one.name} {one.matter.value}\n" for one in manuscript.book.chapters())  # type: ignore[attr-defined]


def files(*names: str, conf: str = "", **fields: str) -> dict[str, str]:
    """A book of these documents; ``fields`` says of some what their field :matter: says."""
    made = {f"{name}.rst": page(name.upper()) for name in names}
    made |= {f"{name}.rst": f":matter: {value}\n\n{made[f'{name}.rst']}" for name, value in fields.items()}
    return {"index.rst": page("B", "Text.", *names), "conf.py": conf, **made}


def test_the_book_begins_with_front_matter_and_ends_with_back_matter(book: Read) -> None:
    made = book(files("preface", "a", "b", "colophon", preface="front", colophon="back"))
    assert matter(made) == "index front\npreface front\na body\nb body\ncolophon back\n"
    assert faults(made) == ""


def test_settings_name_documents_and_patterns_and_a_field_wins(book: Read) -> None:
    conf = 'casebound_front_matter = ["pre*", "thanks", "b"]\ncasebound_back_matter = ["app-*", "gone", "x*"]\n'
    made = book(files("preface", "thanks", "a", "b", "app-a", "app-b", conf=conf, b="body"))
    assert matter(made) == "index front\npreface front\nthanks front\na body\nb body\napp-a back\napp-b back\n"
    assert faults(made) == " matter-unmatched\n matter-unmatched\n"


def test_what_lies_between_chapters_of_the_body_is_of_the_body(book: Read) -> None:
    made = book(files("a", "licence", "glossary", "b", licence="front", glossary="back"))
    assert matter(made) == "index body\na body\nlicence body\nglossary body\nb body\n"
    assert faults(made) == "glossary:1 matter-misplaced\nlicence:1 matter-misplaced\n"


def test_a_caption_is_what_its_documents_are(book: Read) -> None:
    root = """
B
=

.. toctree::
   :caption: Before

   preface

Using
-----

.. toctree::

   a

After
-----

.. toctree::

   glossary
   colophon
"""
    made = book(
        {
            "index.rst": root,
            "preface.rst": ":matter: front\n\n" + page("P"),
            "a.rst": page("A"),
            "glossary.rst": ":matter: back\n\n" + page("G"),
            "colophon.rst": ":matter: back\n\n" + page("C"),
        }
    )
    assert matter(made) == (
        "index front\nindex#part-before front\npreface front\nindex#using body\na body\n"
        "index#after back\nglossary back\ncolophon back\n"
    )


def test_what_stands_beneath_a_document_takes_after_it_and_may_say_otherwise(book: Read) -> None:
    content = files("preface", "a", preface="front", conf="")
    content["preface.rst"] = ":matter: front\n\n" + page("P", "", "inner", "last")
    made = book({**content, "inner.rst": page("I"), "last.rst": ":matter: body\n\n" + page("L")})
    assert matter(made) == "index front\npreface front\ninner front\nlast body\na body\n"
    assert faults(made) == ""
