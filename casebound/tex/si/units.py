"""Units as siunitx has them (its manual, 4.6 and 6): named by commands or written as they are, set upright."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["close", "units"]

_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "ronna": "R",
    "quetta": "Q", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti", "pebi": "Pi", "exbi": "Ei",
}  # fmt: skip
_UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "meter": "m", "metre": "m",
    "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C", "celsius": "°C", "coulomb": "C",
    "farad": "F", "gray": "Gy", "hertz": "Hz", "henry": "H", "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx",
    "newton": "N", "ohm": "Ω", "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr",
    "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb", "astronomicalunit": "au", "bel": "B", "dalton": "Da",
    "day": "d", "decibel": "dB", "electronvolt": "eV", "hectare": "ha", "hour": "h", "liter": "L", "litre": "L",
    "minute": "min", "neper": "Np", "tonne": "t", "angstrom": "Å", "bar": "bar", "barn": "b", "knot": "kn",
    "mmHg": "mmHg", "nauticalmile": "M", "percent": "%", "byte": "B", "bit": "bit",
    "atomicmassunit": "u", "elementarycharge": "e", "clight": "c", "planckbar": "ħ", "bohr": "a₀",
    "arcminute": "′", "arcsecond": "″", "degree": "°", "inch": "in", "year": "a", "rpm": "rpm",
}  # fmt: skip
_CLOSE = {"°", "′", "″"}
"""Signs that follow their number without a space."""

_SHORT = (
    "km Mm dm cm mm um nm pm fm am kg g mg ug ng pg fg s ms us ns ps fs as mol mmol umol nmol pmol fmol kmol A "
    "mA uA nA pA kA Hz mHz kHz MHz GHz THz l ml ul hl L mL uL hL N mN kN MN Pa kPa MPa GPa V mV uV nV pV kV W "
    "uW mW nW kW MW GW J uJ mJ kJ kWh eV meV keV MeV GeV TeV F fF pF nF uF mF H fH pH nH uH mH C nC mC uC K T "
    "mT uT dB"
)
_SYMBOLS = _UNITS | {name: re.sub("^u", "µ", name) for name in _SHORT.split()}
_TAKING = {"raiseto", "tothe", "of"}
_AFTER = {"squared": "2", "cubed": "3"}
_BEFORE = {"square": "2", "cubic": "3"}
_MODES = {"symbol": "symbol", "repeated-symbol": "repeated", "fraction": "fraction", "symbol-or-fraction": "fraction"}
_NAMED = re.compile(r"\\([A-Za-z]+)\s*(?:\{([^{}]*)\})?|[\s.~]+|\\[,. ]|\\cdot(?![A-Za-z])", re.DOTALL)
_WRITTEN = re.compile(
    r"\s*(?:(?P<mark>[./*·⋅×~]|\\,|\\cdot(?![A-Za-z]))\s*)?(?P<open>\()?(?P<symbol>1(?=\s*/)|[A-Za-zµμΩÅ°%′″]+)"
    r"(?:\s*\^\s*\{?\s*(?P<power>[-−+]?\d+(?:/\d+)?)\s*\}?)?(?:\s*_\s*\{?(?P<index>[A-Za-z0-9]+)\}?)?(?P<close>\))?\s*"
)


@dataclass(slots=True)
class _Unit:
    symbol: str
    power: str = ""
    index: str = ""
    under: bool = False

    def shown(self, power: str) -> str:
        index = f"_{{\\text{{{self.index}}}}}" if self.index else ""
        symbol = r"\%" if self.symbol == "%" else rf"\text{{{self.symbol}}}"
        return symbol + index + (f"^{{{power}}}" if power else "")


def units(text: str, options: str = "") -> str | None:
    """A unit as TeX, with ``per-mode`` of the options; None where one of its names is not known."""
    if not re.search(r"\\(?!,|cdot)", text):
        return _written(text)
    found = _read(text)
    mode = re.search(r"per-mode\s*=\s*([\w-]+)", options)
    return None if found is None else _arranged(found, _MODES.get(mode[1], "") if mode else "")


def close(text: str) -> bool:
    """Whether a unit follows its number without a space, as the degree of an angle is."""
    return text.strip().removeprefix("\\") in {*_CLOSE, "degree", "arcminute", "arcsecond"}


def _written(text: str) -> str | None:
    """A unit written as it is to be printed: ``kg.m/s^2``."""
    made: list[str] = []
    at = 0
    while at < len(text):
        found = _WRITTEN.match(text, at)
        if not found:
            return None
        at = found.end()
        mark = {"/": "/", "\\cdot": r" \cdot "}.get(found["mark"] or "", r"\,") if made else ""
        unit = _Unit(found["symbol"], index=found["index"] or "")
        made += [mark, found["open"] or "", unit.shown(found["power"] or ""), found["close"] or ""]
    return "".join(made)


def _read(text: str) -> list[_Unit] | None:
    """The units that commands name; None where one is not known."""
    found: list[_Unit] = []
    prefix = power = ""
    under = False
    at = 0
    while at < len(text):
        token = _NAMED.match(text, at)
        if not token:
            return None
        at = token.end() if token[2] is None or token[1] in _TAKING else token.end(1)
        name = token[1] or ""
        if name == "per":
            under = True
        elif name in _PREFIXES:
            prefix += _PREFIXES[name]
        elif name in _BEFORE or name == "raiseto":
            power = _BEFORE.get(name) or token[2] or ""
        elif name in _SYMBOLS:
            found.append(_Unit(prefix + _SYMBOLS[name], power, "", under))
            prefix, power, under = "", "", False
        elif found and (name in _AFTER or name == "tothe"):
            found[-1].power = _AFTER.get(name) or token[2] or ""
        elif found and name == "of":
            found[-1].index = token[2] or ""
        elif name not in {"", "cdot"}:
            return None
    return None if prefix or power or under else found


def _arranged(units: list[_Unit], mode: str) -> str:
    above = [unit.shown(unit.power) for unit in units if not unit.under]
    below = [unit.shown(unit.power) for unit in units if unit.under]
    if not below or not mode:
        return _joined([unit.shown(f"-{unit.power or 1}" if unit.under else unit.power) for unit in units])
    top = _joined(above) or "1"
    if mode == "fraction":
        return rf"\frac{{{top}}}{{{_joined(below)}}}"
    if mode == "repeated":
        return "/".join([top, *below])
    return f"{top}/({_joined(below)})" if len(below) > 1 else f"{top}/{below[0]}"


def _joined(shown: list[str]) -> str:
    return r"\,".join(shown)
