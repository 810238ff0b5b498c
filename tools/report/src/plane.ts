// Two parameters and one outcome: a heat map over a grid, or a scatter of points.
import { contours } from "d3-contour";
import { scaleBand, scaleLinear } from "d3-scale";
import { svg } from "./dom";
import { number, shown } from "./format";
import { axis_left, axis_of_numbers, declare, frame, number_scale, type NumberScale } from "./frame";
import { tint } from "./tint";

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
    unit: string;
}

function scale_of(points: readonly PlanePoint[]): { low: number; high: number; share: (value: number) => number } {
    const values = points.flatMap((point) => point.value === null ? [] : [point.value]);
    const low = Math.min(...values);
    const high = Math.max(...values);
    return { low, high, share: (value) => high > low ? (value - low) / (high - low) : 0.5 };
}

const heading = 56;

/** The colours' key: above the drawing, from the least value to the greatest. */
function key(points: readonly PlanePoint[], { value_title: title, unit }: PlaneOptions, left: number): SVGGElement {
    const { low, high } = scale_of(points);
    const group = svg("g", { class: "key", "aria-hidden": "true" }, svg("text", { class: "name", x: left, y: 12 }, title));
    const steps = 24;
    const wide = 6;
    for (let at = 0; at < steps; at += 1) {
        const cell = svg("rect", { x: left + 44 + at * wide, y: 19, width: wide + 0.5, height: 11 });
        cell.classList.add("cell");
        tint(cell, at / (steps - 1));
        group.append(cell);
    }
    group.append(svg("text", { x: left + 38, y: 29, "text-anchor": "end" }, shown(low, unit)), svg("text", { x: left + 50 + steps * wide, y: 29 }, shown(high, unit)));
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
    where.root.append(key(points, options, where.left));
    for (const point of points) {
        const box = { x: x(point.x)!, y: y(point.y)!, width: x.bandwidth(), height: y.bandwidth() };
        const cell = svg("rect", { ...box, "data-x": point.x, "data-y": point.y, "data-value": point.value },
            svg("title", {}, `${options.x_title} ${number(point.x)}, ${options.y_title} ${number(point.y)}: ${shown(point.value, options.unit)}`));
        where.root.append(cell);
        if (point.value === null) {
            cell.classList.add("cell", "none");
        } else {
            cell.classList.add("cell");
            tint(cell, share(point.value));
            if (roomy) {
                where.root.append(svg("text", { class: "cell-value", x: box.x + box.width / 2, y: box.y + box.height / 2, dy: "0.35em",
                    "text-anchor": "middle", "data-dark": share(point.value) > 0.58 ? "yes" : null }, shown(point.value, options.unit)));
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
    where.root.append(axis_left(where, y, ""), axis_of_numbers(where, x, options.x_title), key(points, options, where.left),
        svg("text", { class: "name", x: 0, y: where.top - 14 }, options.y_title));
    const radius = points.length <= 400 ? 5 : width < 560 ? 2.5 : 4;
    for (const point of points) {
        const dot = svg("circle", { class: "dot", cx: x(point.x), cy: y(point.y), r: radius, "data-x": point.x, "data-y": point.y, "data-value": point.value },
            svg("title", {}, `${options.x_title} ${number(point.x)}, ${options.y_title} ${number(point.y)}: ${shown(point.value, options.unit)}`));
        if (point.value === null) {
            dot.classList.add("cell", "none");
        } else {
            dot.classList.add("cell");
            tint(dot, share(point.value));
        }
        where.root.append(dot);
    }
    return where.root;
}

/** From so many values of each parameter on, lines of equal outcome are drawn instead of cells. */
const least_for_contours = 5;

export function is_fine(points: readonly PlanePoint[]): boolean {
    const xs = new Set(points.map((point) => point.x)).size;
    const ys = new Set(points.map((point) => point.y)).size;
    return xs >= least_for_contours && ys >= least_for_contours && points.length === xs * ys && points.every((point) => point.value !== null);
}

/** Between the middles of cells, whose numbers are i + 1/2, places lie evenly; beyond the outermost there is nothing. */
function place_of(values: readonly number[], scale: NumberScale): (index: number) => number {
    return (index) => {
        const within = Math.min(values.length - 1, Math.max(0, index - 0.5));
        const before = Math.min(values.length - 2, Math.floor(within));
        const part = within - before;
        return scale(values[before]! * (1 - part) + values[before + 1]! * part);
    };
}

/** Filled lines of equal outcome over two parameters that vary finely; each point of the design is marked. */
export function draw_contours(points: readonly PlanePoint[], width: number, options: PlaneOptions): SVGSVGElement {
    const where = frame(width, Math.min(480, Math.max(320, width * 0.6)), { top: heading + 8, right: 14, bottom: 46, left: 70 }, options.label);
    const in_order = (values: number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
    const xs = in_order(points.map((point) => point.x));
    const ys = in_order(points.map((point) => point.y));
    const x = scaleLinear([xs[0]!, xs.at(-1)!], [where.left, where.right]);
    const y = scaleLinear([ys[0]!, ys.at(-1)!], [where.bottom, where.top]);
    const { low, high, share } = scale_of(points);
    declare(where.root, x, y);
    const value = new Map(points.map((point) => [`${point.x} ${point.y}`, point.value!]));
    const field = ys.flatMap((up) => xs.map((across) => value.get(`${across} ${up}`)!));
    const levels = [low, ...scaleLinear([low, high], [0, 1]).ticks(8).filter((level) => level > low && level < high)];
    const [to_x, to_y] = [place_of(xs, x), place_of(ys, y)];
    const round = (place: number): string => place.toFixed(1);
    const shapes = svg("g", { class: "contours" });
    levels.forEach((level, at) => {
        const next = levels[at + 1] ?? high;
        const shape = at === 0 ? `M${where.left},${where.top}H${where.right}V${where.bottom}H${where.left}Z`
            : contours().size([xs.length, ys.length]).smooth(true).contour(field, level).coordinates.flat()
                .map((ring) => `M${ring.map(([across, up]) => `${round(to_x(across!))},${round(to_y(up!))}`).join("L")}Z`).join("");
        const path = svg("path", { class: "cell contour", d: shape, "fill-rule": "evenodd", "data-level": level }, svg("title", {}, `${options.value_title}: ${shown(level, options.unit)} to ${shown(next, options.unit)}`));
        tint(path, share((level + next) / 2));
        shapes.append(path);
    });
    where.root.append(axis_left(where, y, ""), shapes, axis_of_numbers(where, x, options.x_title), steps_key(levels, high, share, options, where.left),
        svg("text", { class: "name", x: 0, y: where.top - 12 }, options.y_title));
    where.root.append(...points.map((point) => svg("circle", { class: "grid-point", cx: x(point.x), cy: y(point.y), r: 2, "data-x": point.x, "data-y": point.y, "data-value": point.value },
        svg("title", {}, `${options.x_title} ${number(point.x)}, ${options.y_title} ${number(point.y)}: ${shown(point.value, options.unit)}`))));
    return where.root;
}

/** The key of filled contours: a box between every two levels. */
function steps_key(levels: readonly number[], high: number, share: (value: number) => number, options: PlaneOptions, left: number): SVGGElement {
    const group = svg("g", { class: "key", "aria-hidden": "true" }, svg("text", { class: "name", x: left, y: 12 }, options.value_title));
    const wide = 46;
    const every = Math.max(1, Math.ceil(Math.max(...levels.map((level) => shown(level, options.unit).length)) * 6.6 / wide));
    levels.forEach((level, at) => {
        const cell = svg("rect", { class: "cell", x: left + at * wide, y: 19, width: wide, height: 11 });
        tint(cell, share((level + (levels[at + 1] ?? high)) / 2));
        group.append(cell);
        if (at > 0 && (at - 1) % every === 0) {
            group.append(svg("text", { x: left + at * wide, y: 44, "text-anchor": "middle" }, shown(level, options.unit)));
        }
    });
    return group;
}
