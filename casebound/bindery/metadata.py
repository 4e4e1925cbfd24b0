"""The facts of a file: its information dictionary and the same as XMP (ISO 32000-2 14.3)."""

from __future__ import annotations

from datetime import UTC
from xml.sax.saxutils import escape

from casebound.bindery.plan import BindingPlan
from casebound.bindery.syntax import date, text

__all__ = ["information", "xmp"]

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{facts}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def information(plan: BindingPlan) -> bytes:
    """The information dictionary; facts that are not given are left out."""
    facts = (
        ("Title", plan.title),
        ("Author", plan.author),
        ("Subject", plan.subject),
        ("Keywords", plan.keywords),
        ("Creator", plan.creator),
        ("Producer", plan.producer),
    )
    body = b"".join(b"/%b%b" % (key.encode(), text(value)) for key, value in facts if value)
    if plan.created is not None:
        body += b"/CreationDate%b/ModDate%b" % (date(plan.created), date(plan.created))
    return b"<<%b>>" % body


def xmp(plan: BindingPlan) -> bytes:
    """The XMP packet, in step with the information dictionary, whose Subject is dc:description here."""
    words = [word.strip() for word in plan.keywords.split(",") if word.strip()]
    facts = [
        "<dc:format>application/pdf</dc:format>\n",
        _alternatives("dc:title", plan.title),
        _list("dc:creator", "Seq", [plan.author]),
        _alternatives("dc:description", plan.subject),
        _list("dc:subject", "Bag", words),
        _list("dc:language", "Bag", [plan.language]),
        _plain("dc:identifier", plan.identifier),
        _plain("pdf:Keywords", plan.keywords),
        _plain("pdf:Producer", plan.producer),
        _plain("xmp:CreatorTool", plan.creator),
    ]
    if plan.created is not None:
        moment = plan.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        facts += [_plain(key, moment) for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")]
    return _PACKET.format(facts="".join(facts)).encode()


def _plain(key: str, value: str) -> str:
    return f"<{key}>{escape(value)}</{key}>\n" if value else ""


def _alternatives(key: str, value: str) -> str:
    item = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'
    return f"<{key}>{item}</{key}>\n" if value else ""


def _list(key: str, kind: str, values: list[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{key}><rdf:{kind}>{items}</rdf:{kind}></{key}>\n" if items else ""
