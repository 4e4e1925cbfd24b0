"""Font fallback: which face draws a character, a letter with its marks, a word, where one face lacks some of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from casebound.i18n.clusters import clusters, unseen
from casebound.model.substitutes import drawn_as
from casebound.typesetting.fonts.marks import placed
from casebound.typesetting.fonts.scripts import COMPLEX, EUROPEAN, plainly
from casebound.typesetting.fonts.writer import FaceWriter

__all__ = ["Fallback"]

Face = TypeVar("Face", bound=FaceWriter)


class Fallback(Generic[Face]):
    """What a face draws by itself, and who draws the rest: its fallbacks, then its lenders, in their order.

    Where letters are of one width (``monospaced``), each keeps its cell: no word is lent whole.
    """

    def __init__(
        self, face: Face, fallbacks: Sequence[Face], lenders: Sequence[FaceWriter], *, monospaced: bool
    ) -> None:
        self._face, self._fallbacks, self._lent = face, fallbacks, lenders
        self._monospaced = monospaced
        self._alone: set[str] = set()
        self._lenders: dict[int, FaceWriter] = {}
        self._words: dict[str, Face] = {}
        self._clusters: dict[str, tuple[FaceWriter, str] | None] = {}

    def draws_alone(self, text: str) -> bool:
        """Whether the face draws all of a text, and asks none of its lenders."""
        if not self._alone.issuperset(text):
            self._alone.update(filter(self._is_own, text))
        return self._alone.issuperset(text)

    def _is_own(self, letter: str) -> bool:
        """Whether the face itself draws a letter, whatever is beside it."""
        point = ord(letter)
        return (
            not (unseen(letter) or COMPLEX.match(letter)) and self._face.has(point) and self.lender(point) is self._face
        )

    def lender(self, point: int) -> FaceWriter:
        """The face that draws a code point: the face itself, a lender, or the face for a box with its code.

        Scripts that need shaping are better drawn by the faces made for them, marks by the face of their letter.
        """
        lender = self._lenders.get(point)
        if lender is None:
            candidates = self._candidates(chr(point))
            having = (font for font in candidates if font.has(point))
            alike = (font for font in candidates if drawn_as(point, font.has) is not None)
            lender = next(having, None) or next(alike, self._face)
            self._lenders[point] = lender
        return lender

    def _candidates(self, letter: str) -> tuple[FaceWriter, ...]:
        if not self._monospaced and COMPLEX.match(letter) and letter.isalpha():
            return (*self._lent, self._face, *self._fallbacks)
        return (self._face, *self._fallbacks, *self._lent)

    def cluster_lender(self, cluster: str) -> tuple[FaceWriter, str] | None:
        """The face that draws a letter with its marks, and how it spells them; None if no face has all of them.

        It is the first that places the marks, else the first that has them.
        """
        if cluster not in self._clusters:
            letters = plainly(cluster) or cluster
            candidates = self._candidates(letters[0])
            having = ((font, cluster) for font in candidates if all(font.has(ord(letter)) for letter in letters))
            found: tuple[FaceWriter, str] | None = None
            if len(letters) > 1 and EUROPEAN.match(letters):
                tries = [(font, closely) for closely in (False, True) for font in candidates]
                found = next(((f, text) for f, how in tries if (text := placed(f, letters, closely=how))), None)
            self._clusters[cluster] = found or next(having, None)
        return self._clusters[cluster]

    def word_lender(self, word: str) -> Face:
        """The face that draws a whole word: where one lends a letter of a word, it lends the word, if it has it all."""
        lender = self._words.get(word)
        if lender is None:
            lender = self._words[word] = self._face if self._monospaced else self._whole_lender(word)
        return lender

    def _whole_lender(self, word: str) -> Face:
        if self.draws_alone(word):
            return self._face
        found = (self.cluster_lender(cluster) for cluster in clusters(word) if EUROPEAN.match(cluster))
        lent = {pair[0] for pair in found if pair is not None}
        letters = plainly(word).replace("\xad", "").replace("\u200b", "")
        whole = (font for font in self._fallbacks if font in lent and all(font.has(ord(letter)) for letter in letters))
        return next(whole, self._face)
