"""Drawings for notebooks, as SVG text: no script, no style sheet needed, legible on light and on dark paper.

A drawing is made of marks in the user's coordinates; `Plot` has the axes. Colours are those of reports; without the style block of `_show` they are
the ones for light paper, which stand on dark as well.
"""

from __future__ import annotations

import datetime
import math
from typing import Any, Callable, Iterable, Sequence

from ._words import clean, number, percent

COLOURS = ("#0068a6", "#c04e00", "#007e5c", "#9b3f78", "#8a6a00", "#6b6f78")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "12 4", "4 2 1 2")
WIDTH = 640
LETTER = 6.9  # width of a letter of 12 px


def colour(number: int) -> str:
    """The series' colour, from 0; one a notebook's theme may lighten."""
    return f"var(--entente-{number % 6 + 1},{COLOURS[number % 6]})"


def shortened(text: str, room: float) -> str:
    most = max(3, int(room / LETTER))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def text_at(x: float, y: float, text: str, *, anchor: str = "start", faint: bool = False, bold: bool = False, style: str = "") -> str:
    own = (";opacity:.7" if faint else "") + (";font-weight:600" if bold else "") + style
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="fill:currentColor{own}">{clean(text)}</text>'


class Scale:
    """Values to places along an axis."""

    def __init__(self, low: float, high: float, start: float, end: float):
        if not high > low:
            low, high = low - (abs(low) / 2 or 1), high + (abs(high) / 2 or 1)
        self.low, self.high, self._start, self._end = low, high, start, end

    def __call__(self, value: float) -> float:
        return self._start + (value - self.low) / (self.high - self.low) * (self._end - self._start)

    def ticks(self, about: int = 5) -> list[float]:
        """Round numbers within."""
        step = _round_step((self.high - self.low) / about)
        first = math.ceil(self.low / step - 1e-9)
        return [k * step for k in range(first, math.floor(self.high / step + 1e-9) + 1)]


def _round_step(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step))
    return next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= step * (1 - 1e-9))


def range_of(values: Iterable[float], zero: bool = False) -> tuple[float, float]:
    """Least and greatest of those that are finite, with a little air; (0, 1) where there is none."""
    known = [x for x in values if x is not None and math.isfinite(x)]
    if zero:
        known.append(0.0)
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    air = (high - low) * 0.05
    return (low if zero and low == 0 else low - air), (high if zero and high == 0 else high + air)


def date_ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Days since 1970 at which a year, month or day begins, and what to write there."""
    start = datetime.date(1970, 1, 1)
    days = last - first
    if days > 3 * 365:
        step = max(1, math.ceil(days / 365 / 8))
        years = range(_date(first).year, _date(last).year + 2)
        marks = [(datetime.date(year, 1, 1), str(year)) for year in years if year % step == 0 and year < 9999]
    elif days > 80:
        step = next(one for one in (1, 2, 3, 6) if days / 30 / one <= 8 or one == 6)
        months = range(_date(first).year * 12, (_date(last).year + 1) * 12)
        marks = [(datetime.date(m // 12, m % 12 + 1, 1), f"{datetime.date(m // 12, m % 12 + 1, 1):%b %Y}") for m in months if m % step == 0]
    else:
        step = max(1, math.ceil(days / 6))
        marks = [(_date(first + d), f"{_date(first + d).day} {_date(first + d):%b}") for d in range(0, int(days) + 1, step)]
    return [((day - start).days, text) for day, text in marks if first <= (day - start).days <= last]


def _date(days: float) -> datetime.date:
    first = datetime.date(1970, 1, 1)
    return first + datetime.timedelta(days=min(int(days), (datetime.date.max - first).days))


class Plot:
    """A frame with axes, to be drawn in.

    Args:
        title: What a screen reader says.
        x, y: Least and greatest value.
        dated: Whether x is in days since 1970.
        shares: Whether y is a share, written as a percentage.
    """

    def __init__(self, title: str, x: tuple[float, float], y: tuple[float, float], *, height: int = 260, left: float = 52, right: float = 16, dated: bool = False,
                 shares: bool = False, x_title: str = "", y_title: str = "", x_names: Sequence[str] | None = None):
        self._title, self._height = title, height
        self._left, self._right, self._top, self._bottom = left, WIDTH - right, 26.0, height - (40.0 if x_title else 24.0)
        self.x = Scale(*x, self._left, self._right)
        self.y = Scale(*y, self._bottom, self._top)
        self._marks: list[str] = []
        self._axes(dated, shares, x_title, y_title, x_names)

    def _axes(self, dated: bool, shares: bool, x_title: str, y_title: str, names: Sequence[str] | None) -> None:
        draw = self._marks.append
        ticks = self.y.ticks()
        digits = digits_for(ticks)
        for value in ticks:
            y = self.y(value)
            draw(f'<line x1="{self._left:.1f}" x2="{self._right:.1f}" y1="{y:.1f}" y2="{y:.1f}" style="stroke:currentColor;opacity:.13"/>')
            draw(text_at(self._left - 6, y + 4, percent(value) if shares else number(value, digits), anchor="end", faint=True))
        if y_title:
            draw(text_at(4, 13, shortened(y_title, WIDTH - 8), faint=True))
        draw(f'<line x1="{self._left:.1f}" x2="{self._right:.1f}" y1="{self._bottom:.1f}" y2="{self._bottom:.1f}" style="stroke:currentColor;opacity:.6"/>')
        along = self.x.ticks(6)
        named = [(float(at), one) for at, one in enumerate(names)] if names is not None else date_ticks(self.x.low, self.x.high) if dated else [(one, number(one, digits_for(along))) for one in along]
        for value, text in named:
            x = self.x(value)
            draw(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{self._bottom:.1f}" y2="{self._bottom + 4:.1f}" style="stroke:currentColor;opacity:.6"/>')
            anchor = "end" if x > WIDTH - len(text) * LETTER / 2 else "middle"
            draw(text_at(min(x, WIDTH - 2) if anchor == "end" else x, self._bottom + 17, text, anchor=anchor, faint=True))
        if x_title:
            draw(text_at((self._left + self._right) / 2, self._height - 6, shortened(x_title, self._right - self._left), anchor="middle", faint=True))

    # Marks

    def _path(self, points: Iterable[tuple[float, float]], stepped: bool = False) -> str:
        parts: list[str] = []
        last = None
        for x, y in points:
            if y is None or not math.isfinite(y):
                last = None
                continue
            place = f"{self.x(x):.1f},{self.y(y):.1f}"
            parts.append(f"M{place}" if last is None else f"H{self.x(x):.1f}V{self.y(y):.1f}" if stepped else f"L{place}")
            last = y
        return "".join(parts)

    def line(self, xs: Sequence[float], ys: Sequence[float], which: int = 0, *, stepped: bool = False, width: float = 2, dash: str = "", opacity: float = 1, stroke: str = "") -> None:
        stroke = stroke or colour(which)
        dashes = f";stroke-dasharray:{dash}" if dash else ""
        self._marks.append(f'<path d="{self._path(zip(xs, ys), stepped)}" style="fill:none;stroke:{stroke};stroke-width:{width}{dashes};opacity:{opacity};stroke-linejoin:round"/>')

    def band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float], which: int = 0, *, opacity: float = 0.18, stepped: bool = False) -> None:
        """Between two courses, over each stretch where both are known."""
        for some in _known(xs, low, high):
            up = self._path(((x, h) for x, _, h in some), stepped)
            down = self._path(_stepped_back([(x, l) for x, l, _ in some]) if stepped else ((x, l) for x, l, _ in reversed(some)))
            self._marks.append(f'<path d="{up}L{down[1:]}Z" style="fill:{colour(which)};stroke:none;opacity:{opacity:g}"/>')

    def dot(self, x: float, y: float, which: int = 0, *, size: float = 3.5, hollow: bool = False, opacity: float = 1) -> None:
        fill = "none" if hollow else colour(which)
        self._marks.append(f'<circle cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="{size:g}" style="fill:{fill};stroke:{colour(which)};stroke-width:1.5;opacity:{opacity:g}"/>')

    def whisker(self, x: float, low: float, high: float, which: int = 0) -> None:
        a, b, x = self.y(low), self.y(high), self.x(x)
        self._marks.append(f'<path d="M{x - 4:.1f},{a:.1f}h8M{x:.1f},{a:.1f}V{b:.1f}M{x - 4:.1f},{b:.1f}h8" style="fill:none;stroke:{colour(which)};stroke-width:1.5"/>')

    def box(self, x0: float, x1: float, y0: float, y1: float, which: int = 0, *, opacity: float = 0.45) -> None:
        left, right, top, bottom = self.x(x0), self.x(x1), self.y(y1), self.y(y0)
        self._marks.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(right - left - .6, .5):.1f}" height="{max(bottom - top, 0):.1f}" style="fill:{colour(which)};opacity:{opacity:g}"/>')

    def label(self, x: float, y: float, text: str, *, anchor: str = "start", dx: float = 0, dy: float = 4) -> None:
        self._marks.append(text_at(self.x(x) + dx, self.y(y) + dy, text, anchor=anchor))

    def svg(self) -> str:
        return svg(self._title, self._height, "".join(self._marks))


def svg(title: str, height: float, marks: str) -> str:
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{clean(title)}" '
            f'style="display:block;width:100%;max-width:{WIDTH}px;height:auto;overflow:visible;background:none;font:12px system-ui,sans-serif;font-variant-numeric:tabular-nums">{marks}</svg>')


def digits_for(ticks: Sequence[float]) -> int:
    """Significant digits that tell ticks apart."""
    if len(ticks) < 2 or not any(ticks):
        return 3
    return max(2, math.ceil(math.log10(max(abs(one) for one in ticks) / (ticks[1] - ticks[0])) + 1.3))


def _known(xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> list[list[tuple[float, float, float]]]:
    stretches: list[list[tuple[float, float, float]]] = [[]]
    for x, l, h in zip(xs, low, high):
        if math.isfinite(l) and math.isfinite(h):
            stretches[-1].append((x, l, h))
        elif stretches[-1]:
            stretches.append([])
    return [one for one in stretches if one]


def _stepped_back(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of steps, from the last back to the first."""
    corners = [points[-1]]
    for (x, _), (x_before, before) in zip(reversed(points), reversed(points[:-1])):
        corners += [(x, before), (x_before, before)]
    return corners


# Whole drawings


def fan(title: str, unit: str, xs: Sequence[float], quantiles: Any, mean: Sequence[float] | None, runs: Any, dated: bool) -> str:
    """Bands of 5-95 % and 25-75 %, median and mean; or the runs themselves, where there are few.

    Args:
        quantiles: The five courses, or None.
        runs: Courses of single runs, or None.
    """
    courses = list(runs) if runs is not None else [quantiles[0], quantiles[4]]
    plot = Plot(title, (xs[0], xs[-1]), range_of(value for one in courses for value in one), dated=dated, y_title=unit, x_title="" if dated else "tick")
    if runs is not None:
        for one in runs:
            plot.line(xs, one, width=1.2, opacity=0.9 if len(runs) == 1 else 0.55)
        return plot.svg()
    plot.band(xs, quantiles[0], quantiles[4], opacity=0.18)
    plot.band(xs, quantiles[1], quantiles[3], opacity=0.3)
    plot.line(xs, quantiles[2])
    if mean is not None:
        plot.line(xs, mean, width=1.5, dash="5 3")
    return plot.svg()


def survival(title: str, xs: Sequence[float], share: Sequence[float], low: Sequence[float], high: Sequence[float], dated: bool) -> str:
    """The share of runs in which it has come by each moment, with its interval, as steps."""
    most = max([*high, 0.05])
    plot = Plot(title, (xs[0], xs[-1]), (0, min(1.0, most * 1.08) if most < 0.8 else 1.0), dated=dated, shares=True, y_title="share of runs in which it has come", x_title="" if dated else "tick")
    plot.band(xs, low, high, stepped=True)
    plot.line(xs, share, stepped=True)
    return plot.svg()


def rungs(title: str, names: Sequence[str], xs: Sequence[float], shares: Any, dated: bool) -> str:
    """Shares of runs on each level, one upon the other, the higher the darker."""
    room = max(len(name) for name in names) * LETTER + 10
    plot = Plot(title, (xs[0], xs[-1]), (0, 1), dated=dated, shares=True, y_title="share of runs", right=min(room, 180) + 6, x_title="" if dated else "tick")
    below = [0.0] * len(xs)
    last_place = -1.0
    for at, (name, course) in enumerate(zip(names, shares)):
        above = [b + c for b, c in zip(below, course)]
        plot.band(xs, below, above, opacity=0.1 + 0.8 * at / max(len(names) - 1, 1))
        middle = (below[-1] + above[-1]) / 2
        if course[-1] > 0 and middle - last_place > 0.065:
            plot.label(xs[-1], middle, shortened(name, 180), dx=6)
            last_place = middle
        below = above
    return plot.svg()


def lines(title: str, unit: str, names: Sequence[str], xs: Sequence[float], courses: Any, dated: bool) -> str:
    """A line for each name, which stands at its end."""
    room = min(max(len(name) for name in names) * LETTER + 10, 200)
    plot = Plot(title, (xs[0], xs[-1]), range_of(value for one in courses for value in one), dated=dated, y_title=unit, right=room + 6, x_title="" if dated else "tick")
    places = spread([plot.y(course[-1]) for course in courses], 14)
    for at, (name, course) in enumerate(zip(names, courses)):
        plot.line(xs, course, at, dash=DASHES[at % 6])
        plot.label(xs[-1], course[-1], shortened(name, room), dx=6, dy=4 + places[at] - plot.y(course[-1]))
    return plot.svg()


def spread(places: Sequence[float], gap: float) -> list[float]:
    """The places, moved apart until they are so far from each other."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    out = [float(one) for one in places]
    for _ in range(40):
        for a, b in zip(order, order[1:]):
            lack = gap - (out[b] - out[a])
            if lack > 0:
                out[a] -= lack / 2
                out[b] += lack / 2
    return out


def forest(title: str, unit: str, names: Sequence[str], marks: Sequence[Sequence[tuple[float, float, float] | None]], *, bars: bool = False, styles: Sequence[int] = (0, 1, 2)) -> str:
    """For each name a value with its interval, one or several, from 0 on: points, or bars."""
    several = max(len(one) for one in marks)
    row = 16 * several + 10
    left = min(max(len(name) for name in names) * LETTER + 14, 240)
    height = len(names) * row + 64
    values = [x for one in marks for mark in one if mark is not None for x in mark]
    scale = Scale(*range_of(values, zero=True), left, WIDTH - 62)
    draw: list[str] = []
    ticks = scale.ticks()
    for tick in ticks:
        x = scale(tick)
        draw.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="22" y2="{height - 36:.0f}" style="stroke:currentColor;opacity:{.5 if tick == 0 else .13}"/>')
        draw.append(text_at(x, height - 20, number(tick, digits_for(ticks)), anchor="middle", faint=True))
    draw.append(text_at((left + WIDTH - 62) / 2, height - 4, shortened(unit, WIDTH - left), anchor="middle", faint=True))
    for at, (name, own) in enumerate(zip(names, marks)):
        middle = 28 + at * row + row / 2 - 6
        draw.append(text_at(left - 8, middle + 4, shortened(name, left - 10), anchor="end"))
        for k, mark in enumerate(own):
            y = middle + (k - (len(own) - 1) / 2) * 16
            draw.append(_interval(scale, y, mark, styles[k % len(styles)] if several > 1 or len(styles) == 1 else styles[at % len(styles)], bars))
    return svg(title, height, "".join(draw))


def _interval(scale: Scale, y: float, mark: tuple[float, float, float] | None, which: int, bars: bool) -> str:
    if mark is None or not math.isfinite(mark[0]):
        return text_at(scale(0) + 6, y + 4, "not determined", faint=True)
    value, low, high = mark
    out = ""
    if bars:
        a, b = sorted((scale(0), scale(value)))
        out += f'<rect x="{a:.1f}" y="{y - 6:.1f}" width="{max(b - a, .5):.1f}" height="12" style="fill:{colour(which)};opacity:.5"/>'
    if math.isfinite(low) and math.isfinite(high):
        out += f'<path d="M{scale(low):.1f},{y:.1f}H{scale(high):.1f}M{scale(low):.1f},{y - 4:.1f}v8M{scale(high):.1f},{y - 4:.1f}v8" style="fill:none;stroke:{colour(which)};stroke-width:1.5"/>'
    if not bars:
        out += f'<circle cx="{scale(value):.1f}" cy="{y:.1f}" r="4" style="fill:{colour(which)}"/>'
    end = max(one for one in mark if math.isfinite(one))
    return out + text_at(scale(end if not bars else max(end, 0)) + 8, y + 4, number(value))


def grid(title: str, x_title: str, y_title: str, columns: Sequence[str], rows: Sequence[str], values: Any, shares: bool) -> str:
    """A cell for each pair, the darker the higher, with its number in it where there is room."""
    left = min(max(len(row) for row in rows) * LETTER + 16, 160)
    wide = (WIDTH - left - 8) / len(columns)
    high = max(20, min(40, 300 / len(rows)))
    known = [x for row in values for x in row if math.isfinite(x)]
    low, top = (min(known), max(known)) if known else (0, 1)
    draw = [text_at(4, 13, shortened(y_title, WIDTH), faint=True)]
    for r, row in enumerate(rows):
        y = 22 + (len(rows) - 1 - r) * high
        draw.append(text_at(left - 8, y + high / 2 + 4, row, anchor="end", faint=True))
        for c in range(len(columns)):
            draw.append(_cell(left + c * wide, y, wide, high, values[r][c], (values[r][c] - low) / (top - low or 1), shares))
    below = 22 + len(rows) * high
    every = max(1, math.ceil(max(len(one) for one in columns) * LETTER / wide))
    draw += [text_at(left + (c + 0.5) * wide, below + 16, name, anchor="middle", faint=True) for c, name in enumerate(columns) if c % every == 0]
    draw.append(text_at((left + WIDTH) / 2, below + 34, shortened(x_title, WIDTH - left), anchor="middle", faint=True))
    return svg(title, below + 40, "".join(draw))


def _cell(x: float, y: float, wide: float, high: float, value: float, share: float, shares: bool) -> str:
    if not math.isfinite(value):
        return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide - 1:.1f}" height="{high - 1:.1f}" style="fill:none;stroke:currentColor;opacity:.2"/>'
    opacity = 0.08 + 0.87 * share
    text = percent(value) if shares else number(value)
    ink = ";fill:var(--entente-ink,#fff)" if opacity > 0.55 else ""
    cell = f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide - 1:.1f}" height="{high - 1:.1f}" style="fill:{colour(0)};opacity:{opacity:.2f}"/>'
    return cell + (text_at(x + wide / 2, y + high / 2 + 4, text, anchor="middle", style=ink) if len(text) * LETTER < wide - 4 else "")


def histogram(title: str, x_title: str, edges: Sequence[float], heights: Sequence[float], density: Callable[[float], float] | None, interval: tuple[float, float] | None) -> str:
    """Boxes of a posterior, and the density of its prior as a dashed line."""
    points = [edges[0] + (edges[-1] - edges[0]) * k / 120 for k in range(121)]
    course = [density(x) for x in points] if density is not None else []
    top = max([*heights, *[min(one, 3 * max(heights)) for one in course]])
    plot = Plot(title, (edges[0], edges[-1]), (0, top * 1.06), height=170, x_title=x_title, y_title="density")
    for a, b, height in zip(edges, edges[1:], heights):
        plot.box(a, b, 0, height)
    if course:
        plot.line(points, [min(one, top * 1.06) for one in course], 1, dash="5 3")
    if interval is not None:
        plot.line(interval, [0, 0], 0, width=5)
    return plot.svg()
