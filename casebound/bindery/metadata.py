"""The facts of a file: its information dictionary and the same as XMP (ISO 32000-2 14.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC
from xml.sax.saxutils import escape

from casebound.bindery.plan import BindingPlan
from casebound.bindery.syntax import date, text
from casebound.model.conformance import archival_level

__all__ = ["information", "xmp"]

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"\
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
{facts}</rdf:Description>
{claims}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


_PART = """<rdf:Description rdf:about="" xmlns:{prefix}="http://www.aiim.org/{space}/ns/id/">
<{prefix}:part>{part}</{prefix}:part>
{more}</rdf:Description>
"""

# PDF/A knows the properties of PDF/UA by this description of them alone (ISO 19005-2 6.6.2.3.2)
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


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


def xmp(plan: BindingPlan, claims: Collection[str] = ()) -> bytes:
    """The XMP packet, in step with the information dictionary, whose Subject is dc:description here.

    ``claims`` are the standards that the file conforms to.
    """
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
    return _PACKET.format(facts="".join(facts), claims="".join(_claims(claims))).encode()


def _claims(claims: Collection[str]) -> Iterator[str]:
    """What identifies a file as PDF/UA (ISO 14289-1 5) and as PDF/A (ISO 19005-2 6.6.4)."""
    level = archival_level(claims)
    if level:
        more = f"<pdfaid:conformance>{level}</pdfaid:conformance>\n"
        yield _PART.format(prefix="pdfaid", space="pdfa", part=2, more=more)
    if "ua-1" in claims:
        yield _PART.format(prefix="pdfuaid", space="pdfua", part=1, more="")
        yield _EXTENSION if level else ""


def _plain(key: str, value: str) -> str:
    return f"<{key}>{escape(value)}</{key}>\n" if value else ""


def _alternatives(key: str, value: str) -> str:
    item = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'
    return f"<{key}>{item}</{key}>\n" if value else ""


def _list(key: str, kind: str, values: list[str]) -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{key}><rdf:{kind}>{items}</rdf:{kind}></{key}>\n" if items else ""
