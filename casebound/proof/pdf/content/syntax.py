"""The operators of a content stream that structure depends on, told apart by one expression (ISO 32000-2 7.8.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["KINDS", "STRINGS", "tokens"]

_STRING = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\))*+\)"
_HEX = rb"<[0-9A-Fa-f\s]*+>"
_DICT = rb"<<(?:[^<>()]++|%b|%b|<<(?:[^<>()]++|%b|%b)*+>>)*+>>" % (_STRING, _HEX, _STRING, _HEX)
_NAME = rb"/[^\s()<>\[\]{}/%]*+"
_NUMBER = rb"[-+.\d]++"
_END = rb"(?![^\s()<>\[\]{}/%])"
_QUIET = rb"(?:re|rg|RG|ri|gs|cs|CS|scn|SCN|sc|SC|Tc|Tw|Tz|TL|Tr|Ts|MP|BX|EX|d0|d1|W\*|[mlcvyhnwJjMdigGkKW])" + _END

KINDS = ("quiet", "array", "string", "matrix", "move", "font", "open", "plain", "word", "object", "paint", "image")
"""What a token is: operators that say nothing here, shown text, where it is, marks, what paints."""

_TOKEN = re.compile(
    b"|".join(
        b"(%b)" % each
        for each in (
            rb"(?:(?:%b\s+)*+%b\s*)++" % (_NUMBER, _QUIET),
            rb"\[(?:[^\[\]()<>]++|%b|%b)*+\]\s*TJ%b" % (_STRING, _HEX, _END),
            rb"(?:%b|%b)\s*(?:Tj|'|\")%b" % (_STRING, _HEX, _END),
            rb"(?:%b\s+){6}(?:cm|Tm)%b" % (_NUMBER, _END),
            rb"%b\s+%b\s+T[dD]%b" % (_NUMBER, _NUMBER, _END),
            rb"%b\s+%b\s+Tf%b" % (_NAME, _NUMBER, _END),
            rb"%b\s*(?:%b|%b)\s*BDC%b" % (_NAME, _DICT, _NAME, _END),
            rb"%b\s*BMC%b" % (_NAME, _END),
            rb"(?:EMC|BT|ET|q|Q|T\*)%b" % _END,
            rb"%b\s*(?:Do|sh)%b" % (_NAME, _END),
            rb"(?:f\*|B\*|b\*|[SsfFBb])%b" % _END,
            rb"BI%b.*?\sID\s.*?\sEI%b" % (_END, _END),
        )
    )
    + rb"|%b|%b|%b|%b|%%[^\r\n]*+|[^\s()<>\[\]{}/%%]++" % (_STRING, _DICT, _HEX, _NAME),
    re.DOTALL,
)

STRINGS = re.compile(rb"%b|%b" % (_STRING, _HEX))


def tokens(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The tokens of a content with their kinds, by place in ``KINDS``; what has no say in structure is left out."""
    for found in _TOKEN.finditer(content):
        kind = found.lastindex
        if kind is not None and kind > 1:
            yield kind - 1, found[0]
