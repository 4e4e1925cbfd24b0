"""Numbers as siunitx reads and prints them (its manual, 4.3): grouped digits, powers of ten, uncertainties, angles."""

from __future__ import annotations

import re

__all__ = ["angle", "number"]

_DECIMAL = r"(?:\d[\d ]*)?(?:[.,]\d[\d ]*)?"
_NUMBER = re.compile(
    rf"""\s*(?P<comparator><=|>=|<<|>>|<|>|~|\\(?:sim|approx|le|ge|leq|geq|ll|gg)(?![A-Za-z]))?\s*
    (?P<sign>\+-|-\+|[+\-−±]|\\(?:pm|mp)(?![A-Za-z]))?\s*
    (?P<value>{_DECIMAL})\s*
    (?:\((?P<last>\d+(?:\.\d+)?)\)|(?:\+-|±|\\pm(?![A-Za-z]))\s*(?P<margin>{_DECIMAL}))?\s*
    (?:[eEdD]\s*(?P<power>[+\-−]?\s*\d+))?\s*""",
    re.VERBOSE,
)
_SAID = {
    "<=": r"\le ", ">=": r"\ge ", "<<": r"\ll ", ">>": r"\gg ", "~": r"\sim ",
    "+-": r"\pm ", "±": r"\pm ", "-+": r"\mp ", "−": "-",
}  # fmt: skip
_TIMES = re.compile(r"\s*(?:x|×|\\times(?![A-Za-z]))\s*")
_ANGLE = re.compile(r"\s*([+\-−]?[\d.]*)\s*;?\s*([\d.]*)\s*;?\s*([\d.]*)\s*;?\s*")
_GROUPED = 5  # digits: a number of four is not divided


def number(text: str) -> str | None:
    """A number, a product or a quotient of numbers as TeX; None where it is none."""
    for mark, shown in ((_TIMES, r" \times "), (re.compile("/"), " / ")):
        parts = mark.split(text)
        if len(parts) > 1:
            made = [number(part) for part in parts]
            return shown.join(part for part in made if part) if all(made) else None
    return _single(text)


def _single(text: str) -> str | None:
    found = _NUMBER.fullmatch(text)
    if not found or not (found["value"] or found["power"]):
        return None
    comparator, sign, power = found["comparator"] or "", found["sign"] or "", found["power"]
    shown = "".join(_SAID.get(mark, mark + " " * mark.startswith("\\")) for mark in (comparator, sign))
    shown += _grouped(found["value"]) if found["value"] else ""
    if found["last"]:
        shown += f"({found['last']})"
    if found["margin"]:
        shown += rf" \pm {_grouped(found['margin'])}"
    if power is None:
        return shown
    exponent = "10^{" + re.sub(r"[\s+]", "", power).replace("−", "-") + "}"
    if found["margin"]:
        shown = f"({shown})"
    return rf"{shown} \times {exponent}" if found["value"] else shown + exponent


def _grouped(decimal: str) -> str:
    """A decimal with thin spaces between groups of three digits, where it has five or more on a side."""
    whole, mark, rest = decimal.replace(" ", "").replace(",", ".").partition(".")
    if len(whole) >= _GROUPED:
        whole = r"\,".join(re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole))
    if len(rest) >= _GROUPED:
        rest = r"\,".join(re.findall(r"\d{1,3}", rest))
    return (whole or "0") + mark + rest


def angle(text: str) -> str | None:
    """Degrees, or degrees, minutes and seconds divided by semicolons."""
    found = _ANGLE.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    signs = (r"^{\circ}", "'", "''")
    return "".join(f"{part}{sign}" for part, sign in zip(found.groups(), signs, strict=True) if part)
