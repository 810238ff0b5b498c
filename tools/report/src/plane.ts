// Two parameters and one outcome: a heat map over a grid, or a scatter of points.
import { scaleBand } from "d3-scale";
import { svg } from "./dom";
import { number } from "./format";
import { axis_left, axis_of_numbers, declare, frame, number_scale } from "./frame";

export interface PlanePoint {
    x: number;
    y: number;
    value: number | null;
    /** How many points of the design are behind it. */
    count: number;
}

/** Points with the same pair of values become one, of their mean: the other parameters are averaged over. */
export function averaged(points: readonly PlanePoint[]): PlanePoint[] {
    const cells = new Map<string, { x: number; y: number; sum: number; told: number; count: number }>();
    for (const point of points) {
        const key = `${point.x} ${point.y}`;
        const cell = cells.get(key) ?? { x: point.x, y: point.y, sum: 0, told: 0, count: 0 };
        cell.count += point.count;
        if (point.value !== null) {
            cell.sum += point.value;
            cell.told += 1;
        }
        cells.set(key, cell);
    }
    return [...cells.values()].map((cell) => ({ x: cell.x, y: cell.y, count: cell.count, value: cell.told === 0 ? null : cell.sum / cell.told }));
}

/** Whether the points lie on a grid that is worth a heat map. */
export function is_grid(points: readonly PlanePoint[]): boolean {
    const xs = new Set(points.map((point) => point.x)).size;
    const ys = new Set(points.map((point) => point.y)).size;
    return xs > 1 && ys > 1 && xs <= 60 && ys <= 60 && points.length >= xs * ys * 0.5;
}

export interface PlaneOptions {
    label: string;
    x_title: string;
    y_title: string;
    value_title: string;
}

/** Places the share between the two ends of the colours: low to middle, middle to high. */
function tint(node: SVGElement, share: number): void {
    const high = share > 0.5;
    node.classList.add("cell", high ? "high" : "low");
    node.style.setProperty("--share", `${Math.round((high ? share - 0.5 : share) * 200)}%`);
}

function scale_of(points: readonly PlanePoint[]): { low: number; high: number; share: (value: number) => number } {
    const values = points.flatMap((point) => point.value === null ? [] : [point.value]);
    const low = Math.min(...values);
    const high = Math.max(...values);
    return { low, high, share: (value) => high > low ? (value - low) / (high - low) : 0.5 };
}

const heading = 56;

/** The colours' key: above the drawing, from the least value to the greatest. */
function key(points: readonly PlanePoint[], title: string, left: number): SVGGElement {
    const { low, high } = scale_of(points);
    const group = svg("g", { class: "key", "aria-hidden": "true" }, svg("text", { class: "name", x: left, y: 12 }, title));
    const steps = 24;
    const wide = 6;
    for (let at = 0; at < steps; at += 1) {
        const cell = svg("rect", { x: left + 44 + at * wide, y: 19, width: wide + 0.5, height: 11 });
        tint(cell, at / (steps - 1));
        group.append(cell);
    }
    group.append(svg("text", { x: left + 38, y: 29, "text-anchor": "end" }, number(low)), svg("text", { x: left + 50 + steps * wide, y: 29 }, number(high)));
    return group;
}

export function draw_heat_map(points: readonly PlanePoint[], width: number, options: PlaneOptions): SVGSVGElement {
    const where = frame(width, Math.min(480, Math.max(320, width * 0.6)), { top: heading, right: 14, bottom: 46, left: 70 }, options.label);
    const in_order = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
    const xs = in_order(points.map((point) => point.x));
    const ys = in_order(points.map((point) => point.y));
    const x = scaleBand(xs, [where.left, where.right]).padding(0.03);
    const y = scaleBand(ys, [where.bottom, where.top]).padding(0.03);
    const { share } = scale_of(points);
    const roomy = x.bandwidth() >= 44 && y.bandwidth() >= 18;
    where.root.append(key(points, options.value_title, where.left));
    for (const point of points) {
        const box = { x: x(point.x)!, y: y(point.y)!, width: x.bandwidth(), height: y.bandwidth() };
        const cell = svg("rect", { ...box, "data-x": point.x, "data-y": point.y, "data-value": point.value },
            svg("title", {}, `${options.x_title} ${number(point.x)}, ${options.y_title} ${number(point.y)}: ${number(point.value)}`));
        where.root.append(cell);
        if (point.value === null) {
            cell.classList.add("cell", "none");
        } else {
            tint(cell, share(point.value));
            if (roomy) {
                where.root.append(svg("text", { class: "cell-value", x: box.x + box.width / 2, y: box.y + box.height / 2, dy: "0.35em",
                    "text-anchor": "middle", "data-dark": share(point.value) > 0.58 ? "yes" : null }, number(point.value)));
            }
        }
    }
    const every = (values: number[], room: number): number => Math.max(1, Math.ceil(values.length * room / (where.right - where.left)));
    const step_x = every(xs, 50);
    xs.forEach((value, at) => {
        if (at % step_x === 0) {
            where.root.append(svg("text", { x: x(value)! + x.bandwidth() / 2, y: where.bottom + 17, "text-anchor": "middle" }, number(value)));
        }
    });
    const step_y = Math.max(1, Math.ceil(ys.length * 16 / (where.bottom - where.top)));
    ys.forEach((value, at) => {
        if (at % step_y === 0) {
            where.root.append(svg("text", { x: where.left - 8, y: y(value)! + y.bandwidth() / 2, dy: "0.35em", "text-anchor": "end" }, number(value)));
        }
    });
    where.root.append(svg("text", { class: "name", x: where.right, y: where.bottom + 38, "text-anchor": "end" }, options.x_title),
        svg("text", { class: "name", x: 0, y: where.top - 10 }, options.y_title));
    return where.root;
}

/** Points over two parameters, tinted by the outcome. */
export function draw_scatter(points: readonly PlanePoint[], width: number, options: PlaneOptions): SVGSVGElement {
    const where = frame(width, Math.min(480, Math.max(320, width * 0.6)), { top: heading + 8, right: 14, bottom: 46, left: 70 }, options.label);
    const x = number_scale(points.map((point) => point.x), [where.left, where.right]);
    const y = number_scale(points.map((point) => point.y), [where.bottom, where.top]);
    const { share } = scale_of(points);
    declare(where.root, x, y);
    where.root.append(axis_left(where, y, ""), axis_of_numbers(where, x, options.x_title), key(points, options.value_title, where.left),
        svg("text", { class: "name", x: 0, y: where.top - 14 }, options.y_title));
    for (const point of points) {
        const dot = svg("circle", { class: "dot", cx: x(point.x), cy: y(point.y), r: 5, "data-x": point.x, "data-y": point.y, "data-value": point.value },
            svg("title", {}, `${options.x_title} ${number(point.x)}, ${options.y_title} ${number(point.y)}: ${number(point.value)}`));
        if (point.value === null) {
            dot.classList.add("cell", "none");
        } else {
            tint(dot, share(point.value));
        }
        where.root.append(dot);
    }
    return where.root;
}

export interface ResponsePoint {
    x: number;
    value: number;
    low: number | null;
    high: number | null;
}

/** One parameter across, the outcome up: every point of the design, with its interval. */
export function draw_response(points: readonly ResponsePoint[], width: number, options: PlaneOptions): SVGSVGElement {
    const where = frame(width, width < 560 ? 300 : 360, { top: 34, right: 14, bottom: 46, left: 58 }, options.label);
    const x = number_scale(points.map((point) => point.x), [where.left, where.right]);
    const y = number_scale(points.flatMap((point) => [point.value, point.low, point.high]), [where.bottom, where.top]);
    declare(where.root, x, y);
    where.root.classList.add("s1");
    where.root.append(axis_left(where, y, options.value_title), axis_of_numbers(where, x, options.x_title));
    for (const point of points) {
        if (point.low !== null && point.high !== null && points.length <= 400) {
            where.root.append(svg("line", { class: "whisker faint", x1: x(point.x), x2: x(point.x), y1: y(point.low), y2: y(point.high) }));
        }
        where.root.append(svg("circle", { class: "point", cx: x(point.x), cy: y(point.value), r: 3.5, "data-x": point.x, "data-value": point.value },
            svg("title", {}, `${options.x_title} ${number(point.x)}: ${number(point.value)}`)));
    }
    return where.root;
}
