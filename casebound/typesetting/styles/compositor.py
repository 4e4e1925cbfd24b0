"""The compositor: rst2pdf's client, which has the style sheets; one per typesetter."""

from __future__ import annotations

import docutils.languages
from docutils.utils import Reporter
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_JUSTIFY

from casebound.i18n.directions import is_right_to_left
from casebound.i18n.wording import NOTES, word
from casebound.model.css.colours import hexadecimal
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.styles import patches
from casebound.typesetting.styles.stylesheet import HouseStyle
from casebound.typesetting.styles.upstream import RstToPdf
from casebound.typesetting.styles.values import rgb
from casebound.typesetting.styles.variants import LEFT_TO_RIGHT

__all__ = ["Compositor"]

_HYPHENATED = {"table-body", "table-heading"}
"""Ragged styles whose words are hyphenated where they do not fit: columns are narrow."""


class Compositor(RstToPdf):
    """rst2pdf's client: the styles of the house, made ready for a book's language."""

    def __init__(self, house: HouseStyle, language: str) -> None:
        patches.apply()
        rl_config.invariant = 1
        rl_config.allowTableBoundsErrors = 3
        files = [*face_files().values(), *(face.path for face in house.style.faces.values())]
        folders = sorted({str(path.parent) for path in files})
        super().__init__(
            stylesheets=[house.sheet], font_path=folders, style_path=[], language="en_US",
            sphinx=True, basedir=".", breaklevel=0, splittables=True,
        )  # fmt: skip
        self.house = house
        self.book_language = language
        self.mirrored = is_right_to_left(language.replace("-", "_"))
        self._fields = docutils.languages.get_language(language.replace("_", "-"), _Quiet()).labels
        for style in self.styles.StyleSheet.byName.values():
            hyphenated = style.alignment == TA_JUSTIFY or style.name in _HYPHENATED
            style.hyphenationLang = _hyphenation(language) if hyphenated else ""
            style.language = _hyphenation(language)
            style.direction = "rtl" if self.mirrored else "ltr"
            style.uriWasteReduce = 0.3
        self._tint()
        self.styles["signature"].wordWrap = LEFT_TO_RIGHT

    def _tint(self) -> None:
        """Give the accent that the sheets choose to what has the house's own, links too."""
        usual, accent = self.house.usual_accent, self.house.accent
        if usual == accent:
            return
        for style in self.styles.StyleSheet.byName.values():
            for name, value in vars(style).items():
                if isinstance(value, Color) and tuple(round(channel, 3) for channel in value.rgb()) == usual:
                    setattr(style, name, Color(*accent))
        if rgb(self.styles.linkColor) == usual:
            self.styles.linkColor = hexadecimal(accent)

    @property
    def link_colour(self) -> Color:
        return Color(*rgb(self.styles.linkColor))

    @property
    def measure(self) -> float:
        """Width of the text block in points."""
        return self.house.block[0]

    def face_of(self, alias: str) -> str:
        """The face that an alias of the style sheets stands for."""
        return str(self.styles.fontsAlias.get(alias, alias))

    def label(self, kind: str) -> str:
        """The title of an admonition or bibliographic field that has none of its own, in the book's language."""
        known = word(kind, self.book_language)
        return self._fields.get(kind, known) if known == kind.capitalize() and kind not in NOTES else known


def _hyphenation(language: str) -> str:
    import pyphen

    return pyphen.language_fallback(language.replace("-", "_")) or ""


class _Quiet(Reporter):
    def __init__(self) -> None:
        super().__init__("", Reporter.SEVERE_LEVEL + 1, Reporter.SEVERE_LEVEL + 1, stream=False)
