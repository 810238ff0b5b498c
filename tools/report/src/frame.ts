// The frame of a drawing: scales, axes, grid, and what a test or a reader may ask of them.
import { scaleLinear, scaleUtc, type ScaleLinear, type ScaleTime } from "d3-scale";
import { clock, last_stretch } from "./clock";
import { svg } from "./dom";
import { is_share, number, unit_words } from "./format";

export interface Margin {
    top: number;
    right: number;
    bottom: number;
    left: number;
}

export interface Frame {
    root: SVGSVGElement;
    width: number;
    height: number;
    left: number;
    right: number;
    top: number;
    bottom: number;
}

/** An empty drawing; `label` tells in words what it shows. */
export function frame(width: number, height: number, margin: Margin, label: string): Frame {
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
    return { root, width, height, left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
}

export type NumberScale = ScaleLinear<number, number>;
export type DateScale = ScaleTime<number, number> | NumberScale;

/** From the least to the greatest of the values, widened to round numbers. */
export function number_scale(values: Iterable<number | null | undefined>, range: readonly [number, number], include: readonly number[] = []): NumberScale {
    let low = Infinity;
    let high = -Infinity;
    for (const value of values) {
        if (value !== null && value !== undefined && Number.isFinite(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }
    for (const value of include) {
        low = Math.min(low, value);
        high = Math.max(high, value);
    }
    if (low > high) {
        [low, high] = [0, 1];
    }
    if (low === high) {
        const step = low === 0 ? 1 : Math.abs(low) * 0.1;
        [low, high] = [low - step, high + step];
    }
    return scaleLinear([low, high], [...range]).nice(5);
}

/** Points in time, not widened: what is shown is what was asked for. */
export function date_scale(from: number, to: number, range: readonly [number, number]): DateScale {
    const end = from === to ? to + last_stretch() : to;
    return clock.dated ? scaleUtc([new Date(from), new Date(end)], [...range]) : scaleLinear([from, end], [...range]);
}

/** Tells the drawing's scales, so that its numbers can be read back from it. */
export function declare(root: SVGElement, x: NumberScale | DateScale, y: NumberScale): void {
    root.setAttribute("data-x-domain", x.domain().map(Number).join(" "));
    root.setAttribute("data-x-range", x.range().join(" "));
    root.setAttribute("data-y-domain", y.domain().join(" "));
    root.setAttribute("data-y-range", y.range().join(" "));
}

/** Marks and a grid for the vertical axis, with the unit above it. */
export function axis_left(where: Frame, scale: NumberScale, title: string, format?: (value: number) => string): SVGGElement {
    const group = svg("g", { class: "axis", "aria-hidden": "true" });
    const count = Math.max(2, Math.round((where.bottom - where.top) / 52));
    const print = format ?? tick_format(scale, count);
    for (const value of scale.ticks(count)) {
        const y = scale(value);
        group.append(
            svg("g", { class: "grid" }, svg("line", { x1: where.left, x2: where.right, y1: y, y2: y })),
            svg("text", { x: where.left - 8, y, dy: "0.35em", "text-anchor": "end" }, print(value)));
    }
    if (title !== "") {
        group.append(svg("text", { x: 0, y: where.top - 14 }, title));
    }
    return group;
}

/** How an axis of this unit has its numbers: shares as percentages. */
export function axis_format(scale: NumberScale, unit: string, count?: number): (value: number) => string {
    if (!is_share(unit)) {
        return tick_format(scale, count);
    }
    const [low, high] = scale.domain() as [number, number];
    const print = tick_format(scaleLinear([100 * low, 100 * high], [0, 1]), count);
    return (value) => `${print(Number((100 * value).toPrecision(12)))} %`;
}

/** Marks, grid and title of the vertical axis of values with a unit. */
export function axis_of_values(where: Frame, scale: NumberScale, unit: string, title = unit_words(unit)): SVGGElement {
    const count = Math.max(2, Math.round((where.bottom - where.top) / 52));
    return axis_left(where, scale, title, axis_format(scale, unit, count));
}

function tick_format(scale: NumberScale, count = 10): (value: number) => string {
    const print = scale.tickFormat(count);
    const [low, high] = scale.domain() as [number, number];
    const size = Math.max(Math.abs(low), Math.abs(high));
    return size >= 1e6 || size < 1e-3 ? (value) => number(value, 3) : (value) => print(value);
}

export function axis_of_numbers(where: Frame, scale: NumberScale, title: string, format?: (value: number) => string): SVGGElement {
    const group = svg("g", { class: "axis", "aria-hidden": "true" }, svg("line", { x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    const count = Math.max(2, Math.round((where.right - where.left) / 90));
    const print = format ?? tick_format(scale, count);
    for (const value of scale.ticks(count)) {
        const x = scale(value);
        group.append(svg("line", { x1: x, x2: x, y1: where.bottom, y2: where.bottom + 5 }),
            svg("text", { x, y: where.bottom + 19, "text-anchor": "middle" }, print(value)));
    }
    group.append(svg("text", { x: where.right, y: where.bottom + 36, "text-anchor": "end" }, title));
    return group;
}

/** A mark of a time axis: the year where one begins, else the month, or the day: 2023, Jul, 14 Aug. */
function date_tick(date: Date): string {
    const [day, month] = [date.getUTCDate(), date.toLocaleString("en-GB", { month: "short", timeZone: "UTC" }).slice(0, 3)];
    return day !== 1 ? `${day} ${month}` : date.getUTCMonth() === 0 ? String(date.getUTCFullYear()) : month;
}

/** Dates below: as many as there is room for, the year where it changes. */
export function axis_of_dates(where: Frame, scale: DateScale): SVGGElement {
    const group = svg("g", { class: "axis", "aria-hidden": "true" }, svg("line", { x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    const count = Math.max(2, Math.floor((where.right - where.left) / 80));
    const print: (date: Date) => string = clock.dated ? date_tick : (tick) => number(Number(tick));
    for (const date of (scale as ScaleTime<number, number>).ticks(count)) {
        const x = scale(date);
        const near_edge = x > where.right - 12;
        group.append(svg("line", { x1: x, x2: x, y1: where.bottom, y2: where.bottom + 5 }),
            svg("text", { x: near_edge ? where.right : x, y: where.bottom + 19, "text-anchor": near_edge ? "end" : "middle" }, print(date)));
    }
    return group;
}

/** A name on at most two lines of so many letters. */
export function two_lines(text: string, most: number): string[] {
    if (text.length <= most) {
        return [text];
    }
    const space = text.lastIndexOf(" ", most);
    const at = space > most * 0.4 ? space : most;
    const rest = text.slice(at).trim();
    return [text.slice(0, at), rest.length <= most ? rest : `${rest.slice(0, most - 1)}…`];
}

const letter = 6.4;

/** Room to the right of a plot for names at the ends of lines; none where it would take too much of the width. */
export function label_room(names: readonly string[], width: number): number {
    if (width < 720 || names.length === 0) {
        return 0;
    }
    const longest = Math.max(...names.map((name) => Math.max(...two_lines(name, 26).map((line) => line.length))));
    return Math.min(width * 0.25, longest * letter + 18);
}

/** Names at the ends of lines, none over another, each joined to its end by a thin stroke. */
export function end_labels(where: Frame, ends: readonly number[], names: readonly string[]): SVGGElement {
    const group = svg("g", { "aria-hidden": "true" });
    const lines = names.map((name) => two_lines(name, 26));
    const gap = lines.some((pair) => pair.length > 1) ? 32 : 16;
    spread(ends, gap, where.top, where.bottom).forEach((place, at) => {
        const pair = lines[at]!;
        group.append(svg("path", { class: "whisker", d: `M${where.right + 2},${ends[at]!}L${where.right + 10},${place}`, opacity: 0.4 }),
            svg("text", { class: "name", y: place - (pair.length - 1) * 7 }, ...pair.map((line, row) =>
                svg("tspan", { x: where.right + 14, dy: row === 0 ? "0.35em" : 14 }, line))));
    });
    return group;
}

/** Labels at given heights, moved apart until none covers another, within [top, bottom]. */
export function spread(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
    const order = heights.map((height, at) => ({ height, at })).sort((a, b) => a.height - b.height || a.at - b.at);
    const placed = order.map(({ height }) => Math.min(Math.max(height, top), bottom));
    for (let at = 1; at < placed.length; at += 1) {
        placed[at] = Math.max(placed[at]!, placed[at - 1]! + gap);
    }
    let floor = bottom;
    for (let at = placed.length - 1; at >= 0; at -= 1) {
        placed[at] = Math.min(placed[at]!, floor);
        floor = placed[at]! - gap;
    }
    const result: number[] = new Array<number>(heights.length).fill(0);
    order.forEach(({ at }, rank) => { result[at] = placed[rank]!; });
    return result;
}
