"""Numbers and texts as reports write them, ready for HTML."""

from __future__ import annotations

import html
import math
import re
from typing import Any

ABSENT = "–"
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def clean(text: Any) -> str:
    """As text of HTML: escaped, and without control characters."""
    return html.escape(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "�", str(text)))


def number(value: Any, digits: int = 3) -> str:
    """With three significant digits; whole numbers whole, an absent one as a dash."""
    if value is None or value != value:
        return ABSENT
    value = float(value)
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size < 1e9 and (value == int(value) or size >= 10 ** (digits - 1)):
        return f"{value:,.0f}".replace("-", "−")
    if size < 1e-4 or size >= 1e9:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{float(mantissa):g}·10{str(int(exponent)).translate(_SUPERSCRIPT)}".replace("-", "−")
    return f"{float(f'{value:.{digits}g}'):g}".replace("-", "−")


def percent(share: Any) -> str:
    """41 %, 0.4 %, 99.8 %."""
    if share is None or share != share:
        return ABSENT
    value = 100 * float(share)
    if 0 < value < 0.05:
        return "<\u00a00.1\u00a0%"
    if 99.95 <= value < 100:
        return ">\u00a099.9\u00a0%"
    near_an_end = 0 < value < 1 or 99 < value < 100
    return (f"{value:.1f}".rstrip("0").rstrip(".") if near_an_end else f"{value:.0f}").replace("-", "−") + "\u00a0%"


def with_unit(value: Any, unit: str) -> str:
    """`3 per year`; a unit that begins with a number is multiplied by: `3 × 1000 people`."""
    if unit in ("", "1") or value is None or value != value:
        return number(value)
    if unit.startswith("1/"):
        return f"{number(value)} per {unit[2:]}"
    return f"{number(value)} × {unit}" if unit[0].isdigit() else f"{number(value)} {unit}"


def interval(low: Any, high: Any, is_share: bool = False) -> str:
    """`4.5–7.4 %`, `0.303–0.486`; `−2 to 3` where one is negative."""
    if low is None or low != low:
        return ABSENT
    texts = [percent(one) if is_share else number(one) for one in (low, high)]
    if is_share and all(one.endswith("\u00a0%") and one[0] not in "<>" for one in texts):
        texts[0] = texts[0][:-2]
    return (" to " if "−" in texts[0] or texts[0][0] in "<>" else "–").join(texts)


def spoken(name: str) -> str:
    """moscow_trust → moscow trust."""
    return name.replace("_", " ")


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def counted(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def day(moment: Any) -> str:
    """17 Aug 2022; a tick as it is."""
    return f"{moment.day} {moment.strftime('%b')} {moment.year}" if hasattr(moment, "year") else f"tick {number(moment)}"
