// How an outcome answers to one parameter: lines coloured by a second one, a panel for each value of a third; or, of points without order, a cloud with the
// means of its bins.
import { svg } from "./dom";
import { path_of } from "./fan";
import { is_share, number, shown } from "./format";
import { axis_of_numbers, axis_of_values, declare, frame, number_scale, type Frame, type NumberScale } from "./frame";
import { tint } from "./tint";

export interface ResponsePoint {
    x: number;
    value: number;
    low: number | null;
    high: number | null;
    /** Number of the point in the design; none where several are averaged. */
    at: number | null;
}

export interface ResponseLine {
    /** Its value of the second parameter, as it is told; "" where there is none. */
    name: string;
    /** Where between the least and the greatest of these, from 0 to 1. */
    shade: number;
    points: readonly ResponsePoint[];
}

export interface Panel {
    /** Its value of the third parameter; "" where there is one panel. */
    title: string;
    lines: readonly ResponseLine[];
}

export interface ResponseOptions {
    label: string;
    x_title: string;
    value_title: string;
    unit: string;
    height?: number;
}

/** Light lines would not be seen: the palest is as dark as this share of the colours. */
export const palest = 0.32;

function titled_point(point: ResponsePoint, line: ResponseLine, options: ResponseOptions): string {
    const reach = point.low === null || point.high === null ? "" : ` (${shown(point.low, options.unit)} to ${shown(point.high, options.unit)})`;
    return `${options.x_title} ${number(point.x)}${line.name === "" ? "" : `, ${line.name}`}: ${shown(point.value, options.unit)}${reach}`;
}

function marks(line: ResponseLine, x: NumberScale, y: NumberScale, options: ResponseOptions, single: boolean): SVGGElement {
    const group = svg("g", { class: single ? "s1" : "shaded", "data-line": line.name });
    if (!single) {
        tint(group, palest + (1 - palest) * line.shade);
    }
    for (const point of line.points) {
        if (point.low !== null && point.high !== null) {
            group.append(svg("line", { class: "whisker faint", x1: x(point.x), x2: x(point.x), y1: y(point.low), y2: y(point.high) }));
        }
    }
    group.append(svg("path", { class: "line", d: path_of(line.points.map((point) => ({ x: x(point.x), y: y(point.value) }))) }));
    group.append(...line.points.map((point) => svg("circle", { class: "point", cx: x(point.x), cy: y(point.value), r: 3.5, "data-x": point.x, "data-value": point.value,
        "data-at": point.at }, svg("title", {}, titled_point(point, line, options)))));
    return group;
}

/** Panels side by side, as many in a row as there is room for, all on the same scales. */
export function draw_lines(panels: readonly Panel[], width: number, options: ResponseOptions): SVGSVGElement {
    const columns = Math.min(panels.length, Math.max(1, Math.floor(width / (options.height === undefined ? 260 : 170))));
    const rows = Math.ceil(panels.length / columns);
    const wide = width / columns;
    const tall = options.height === undefined ? panels.length > 1 ? 260 : width < 560 ? 300 : 380 : Math.max(170, options.height / rows);
    const points = panels.flatMap((panel) => panel.lines.flatMap((line) => line.points));
    const names = panels.length === 1 && width >= 560 ? panels[0]!.lines.map((line) => line.name).filter((name) => name !== "") : [];
    const room = names.length > 1 && names.length <= 12 ? Math.min(width * 0.22, Math.max(...names.map((name) => name.length)) * 6.6 + 22) : 0;
    const whole = frame(width, rows * tall, { top: 0, right: 0, bottom: 0, left: 0 }, options.label);
    panels.forEach((panel, at) => {
        const [left, top] = [at % columns * wide, Math.floor(at / columns) * tall];
        const where: Frame = { root: whole.root, width, height: tall, left: left + 54, right: left + wide - 14 - room, top: top + (panel.title === "" ? 34 : 52), bottom: top + tall - 46 };
        const x = number_scale(points.map((point) => point.x), [where.left + 6, where.right - 6]);
        const y = number_scale(points.flatMap((point) => [point.value, point.low, point.high]), [where.bottom, where.top], is_share(options.unit) ? [0] : []);
        if (at === 0) {
            declare(whole.root, x, y);
        }
        const axis = axis_of_values(where, y, options.unit, "");
        whole.root.append(axis, axis_of_numbers(where, x, options.x_title),
            svg("text", { class: "strong", x: left, y: top + 14 }, panel.title === "" ? options.value_title : panel.title));
        const ends: { y: number; name: string; shade: number }[] = [];
        for (const line of panel.lines) {
            whole.root.append(marks(line, x, y, options, panel.lines.length === 1));
            const last = line.points.at(-1);
            if (last !== undefined) {
                ends.push({ y: y(last.value), name: line.name, shade: line.shade });
            }
        }
        if (room > 0) {
            const places = spread_out(ends.map((end) => end.y), 15, where.top, where.bottom);
            whole.root.append(svg("g", { "aria-hidden": "true" }, ...ends.map((end, which) => svg("text", { class: "name", x: where.right + 12, y: places[which]!, dy: "0.35em" }, end.name))));
        }
    });
    return whole.root;
}

/** Labels at given heights, moved apart. */
function spread_out(heights: readonly number[], gap: number, top: number, bottom: number): number[] {
    const order = heights.map((height, at) => ({ height, at })).sort((a, b) => a.height - b.height);
    const placed: number[] = [];
    for (const { height } of order) {
        placed.push(Math.max(height, top, (placed.at(-1) ?? -Infinity) + gap));
    }
    const over = Math.max(0, (placed.at(-1) ?? bottom) - bottom);
    const result = new Array<number>(heights.length).fill(0);
    order.forEach(({ at }, rank) => { result[at] = placed[rank]! - over; });
    return result;
}

export interface Bin {
    from: number;
    to: number;
    mean: number;
    low: number | null;
    high: number | null;
    points: number;
}

/** Bins of as equal numbers of points as can be, in the order of x: the mean of each with 1.96 standard errors about it. */
export function binned(points: readonly { x: number; value: number }[], most = 10): Bin[] {
    const sorted = [...points].sort((a, b) => a.x - b.x);
    const count = Math.max(1, Math.min(most, Math.floor(sorted.length / 5)));
    return Array.from({ length: count }, (_, bin) => {
        const own = sorted.slice(Math.floor(bin * sorted.length / count), Math.floor((bin + 1) * sorted.length / count));
        const mean = own.reduce((sum, point) => sum + point.value, 0) / own.length;
        const variance = own.length < 2 ? null : own.reduce((sum, point) => sum + (point.value - mean) ** 2, 0) / (own.length - 1);
        const reach = variance === null ? null : 1.959963984540054 * Math.sqrt(variance / own.length);
        return { from: own[0]!.x, to: own.at(-1)!.x, mean, low: reach === null ? null : mean - reach, high: reach === null ? null : mean + reach, points: own.length };
    });
}

/** A cloud of points, pale, and over it the means of its bins. */
export function draw_cloud(points: readonly ResponsePoint[], width: number, options: ResponseOptions): SVGSVGElement {
    const where = frame(width, options.height ?? (width < 560 ? 300 : 380), { top: 34, right: 14, bottom: 46, left: 58 }, options.label);
    const x = number_scale(points.map((point) => point.x), [where.left + 6, where.right - 6]);
    const y = number_scale(points.map((point) => point.value), [where.bottom, where.top]);
    declare(where.root, x, y);
    where.root.classList.add("s1");
    where.root.append(axis_of_values(where, y, options.unit, ""), svg("text", { class: "strong", x: 0, y: 14 }, options.value_title), axis_of_numbers(where, x, options.x_title));
    where.root.append(...points.map((point) => svg("circle", { class: "point cloud", cx: x(point.x), cy: y(point.value), r: 3, "data-x": point.x, "data-value": point.value, "data-at": point.at },
        svg("title", {}, titled_point(point, { name: "", shade: 0, points: [] }, options)))));
    for (const bin of binned(points)) {
        const middle = x((bin.from + bin.to) / 2);
        const group = svg("g", { class: "s2 bin", "data-mean": bin.mean, "data-points": bin.points }, svg("title", {}, `${number(bin.from)} to ${number(bin.to)}, ${bin.points} points: ${shown(bin.mean, options.unit)}`));
        if (bin.low !== null && bin.high !== null) {
            group.append(svg("line", { class: "reach", x1: middle, x2: middle, y1: y(bin.low), y2: y(bin.high) }));
        }
        group.append(svg("line", { class: "line", x1: x(bin.from), x2: x(bin.to), y1: y(bin.mean), y2: y(bin.mean) }), svg("circle", { class: "point", cx: middle, cy: y(bin.mean), r: 4.5 }));
        where.root.append(group);
    }
    return where.root;
}
