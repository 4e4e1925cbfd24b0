"""What validators say of finished PDF files: what each claims, and the rules of PDF/UA-1 and PDF/A-2 that it breaks.

page-validation has the rules of both standards; outloud and pdfua are further opinions on PDF/UA, and outloud reads as
a person would: headings, table heads, texts of links, order. None of them is needed to make a book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

__all__ = ["FileReport", "examined", "table"]

_PROFILES = {"ua-1": "PDF_UA_1", "a-2a": "PDF_A_2A", "a-2u": "PDF_A_2U", "a-2b": "PDF_A_2B"}


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file, the standards it claims, the rules it breaks, and how many errors outloud and pdfua find."""

    name: str
    claims: tuple[str, ...]
    broken: tuple[str, ...]
    outloud: tuple[str, ...]
    pdfua: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it breaks no rule of what it claims, and claims something."""
        return bool(self.claims) and not (self.broken or self.outloud or self.pdfua)


def examined(paths: Iterable[Path]) -> Iterator[FileReport]:
    """Each file as the validators see it."""
    for path in paths:
        yield FileReport(path.name, claims(path), tuple(_broken(path)), tuple(_outloud(path)), tuple(_pdfua(path)))


def claims(path: Path) -> tuple[str, ...]:
    """The standards that a file claims to meet, by its metadata."""
    with pikepdf.open(path) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
    level = re.search(r"<pdfaid:conformance>(.)<", packet)
    found = ["ua-1"] if "<pdfuaid:part>1<" in packet else []
    return (*found, *([f"a-2{level[1].lower()}"] if level and "<pdfaid:part>2<" in packet else []))


def _broken(path: Path) -> Iterator[str]:
    """The rules of PDF/UA-1 and PDF/A-2a that a file breaks, but for claims that it does not make."""
    import page

    unclaimed = () if claims(path) else ("-ID-PART-", "-ID-SCHEMA-")
    for profile in ("PDF_UA_1", "PDF_A_2A"):
        report = page.validate_pdf(str(path), profile=getattr(page.ValidationProfile, profile)).to_dict()
        rules = dict.fromkeys(failure["rule_id"] for failure in report["failures"])
        yield from (rule for rule in rules if not any(part in rule for part in unclaimed))


def _outloud(path: Path) -> Iterator[str]:
    import outloud

    for finding in outloud.check(str(path)).findings:
        if str(finding.severity) == "error" and not (finding.rule == "DOC-012" and not claims(path)):
            yield f"{finding.rule} p.{finding.page}: {finding.message}"


def _pdfua(path: Path) -> Iterator[str]:
    import pdfua

    for finding in pdfua.validate(str(path)).findings:
        if finding.severity is pdfua.Severity.ERROR:
            yield f"{finding.rule_id}: {finding.message}"


def table(reports: Sequence[FileReport]) -> str:
    """The reports as lines: a file, its claims, what is broken; then each fault once."""
    lines = []
    for one in reports:
        said = ", ".join(one.claims) or "no claim"
        lines.append(
            f"{one.name}: {said}; {len(one.broken)} broken, outloud {len(one.outloud)}, pdfua {len(one.pdfua)}"
        )
        lines += (f"  {fault}" for fault in (*one.broken, *one.outloud, *one.pdfua))
    return "\n".join(lines)
