"""The structure of a chapter: elements in the order of its source."""

from casebound.typesetting.chapter_structure.chapter import structure_of

__all__ = ["structure_of"]
