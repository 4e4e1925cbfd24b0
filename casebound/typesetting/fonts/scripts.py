"""Scripts: which characters need shaping, run from right to left, or may part from their neighbours at a line's end."""

from __future__ import annotations

import re

from casebound.i18n.clusters import UNSEEN

__all__ = ["COMPLEX", "EUROPEAN", "RIGHT_TO_LEFT", "gaps", "plainly", "stand_apart"]

RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters of scripts that are written from right to left, and the controls that ask for it."""

COMPLEX = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u109f\u135d-\u135f\u1700-\u18af\u1900-\u1cff\u1dc0-\u1dff\u200c-\u200f"
    "\u202a-\u202e\u2066-\u2069\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ua800-\uabff\ufb1d-\ufdff\ufe20-\ufe2f\ufe70-\ufefc"
    "\U00010800-\U00010fff\U00011000-\U000117ff\U0001e800-\U0001efff\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
"""Characters whose glyphs depend on their neighbours: joined letters, conjuncts, marks, emoji of several parts."""

EUROPEAN = re.compile(
    "[A-Za-z\u00aa\u00b5\u00ba\u00c0-\u052f\u1c80-\u1c8f\u1d00-\u1dbf\u1e00-\u1fff\u2c60-\u2c7f\ua640-\ua69f\ua720-\ua7ff]"
)
"""Letters of Latin, Greek and Cyrillic."""

IDEOGRAPHS = re.compile(
    "[\u2e80-\u303f\u3041-\u31ff\u3400-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Characters that part from their neighbours without a space: ideographs, kana, and their punctuation."""

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")

# JIS X 4051 and its likes: what does not begin a line, and what does not end one
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー〜～‐゠–—…‥々〻ゝゞヽヾ）］｝〕〉》」』】〙〗〟’”»›)]},.:;?!%‰℃％｡､｣ﾞﾟ｝"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ\u3099\u309a\u200d\ufe0e\ufe0f"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖〝‘“«‹([{#＃$＄￥£€¥｢")
_TOGETHER = frozenset("—…‥―")


def plainly(text: str) -> str:
    """Text without what is never printed."""
    return UNSEEN.sub("", text)


def gaps(text: str) -> list[tuple[int, bool]]:
    """Where a text without spaces may part: (position, whether the gap there may stretch)."""
    if not IDEOGRAPHS.search(text) and not _HANGUL.search(text):
        return []
    found = []
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        wide = IDEOGRAPHS.match(before) or IDEOGRAPHS.match(after)
        if (wide or (_HANGUL.match(before) and _HANGUL.match(after))) and _may_part(before, after):
            found.append((place, wide is not None))
    return found


def stand_apart(before: str, after: str) -> bool:
    """Whether a little space belongs between two letters: an ideograph and a Latin letter or a digit."""
    pair = (before, after)
    ideographs = [letter for letter in pair if IDEOGRAPHS.match(letter)]
    return len(ideographs) == 1 and all(letter.isalnum() for letter in pair) and not any(map(_HANGUL.match, pair))


def _may_part(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or COMPLEX.match(after):
        return False
    return not (before == after and before in _TOGETHER)
