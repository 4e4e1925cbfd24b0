"""Operators of a formula's MathML: which of them are between terms, with a space at either side."""

from __future__ import annotations

from xml.etree.ElementTree import Element

__all__ = ["BINARY", "OPENERS", "PUNCTUATION", "RELATIONS", "SCRIPTS", "SIGNS", "set_apart"]

SIGNS = frozenset("−+±∓-")
OPENERS = frozenset("([{⟨⌊⌈|‖")
BINARY = frozenset("−+±∓×⋅·÷∪∩∖∘∗⋆∙⊕⊗⊖∧∨⊎⊓⊔")
RELATIONS = frozenset("=≠<>≤≥≡≈∼≃≅∝∈∉∋⊂⊃⊆⊇⊄⊅⊈⊉→←↔⇒⇐⇔↦⟶⟵⟹⟸⟺⊢⊨∣∥≪≫≺≻≔")
PUNCTUATION = frozenset(",;:/")
SCRIPTS = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover"})


def set_apart(root: Element) -> None:
    """Mark the operators between terms as ``reading`` looks for them: ``form`` is infix, ``lspace`` says something."""
    for parent in root.iter():
        before = ""
        for element in parent if parent.tag not in SCRIPTS else ():
            text = "".join((element.text or "").split())
            between = text in RELATIONS or (text in BINARY and (text not in SIGNS or _ends_term(before)))
            if between and element.tag in {"mo", "mi"}:
                element.tag = "mo"
                element.set("form", "infix")
                element.attrib.setdefault("lspace", "0.222em")
            before = text or "x"


def _ends_term(text: str) -> bool:
    return bool(text) and text not in OPENERS | BINARY | RELATIONS | PUNCTUATION
