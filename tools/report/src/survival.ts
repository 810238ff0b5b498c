// Kaplan–Meier curves: the share of runs in which something has come by a date, with its interval.
import { area, curveStepAfter, line } from "d3-shape";
import { svg } from "./dom";
import { percent } from "./format";
import { axis_left, axis_of_dates, date_scale, declare, end_labels, frame, label_room, number_scale } from "./frame";
import { nearest, move_cursor } from "./fan";
import { surface, type Stretch } from "./window";

/** Days between which something came; null where a bound is not known. */
export interface RecordedDate {
    first: number | null;
    last: number | null;
    told: string;
}

/** A curve that steps at each of its dates. */
export interface Curve {
    name: string;
    /** Which of the six colours and dashes. */
    style: number;
    when: readonly number[];
    share: readonly number[];
    low: readonly number[];
    high: readonly number[];
    observed: RecordedDate | null;
}

/** A ring on the curve at the day on record, or at the middle of its days, which a line spans. */
function recorded(curve: Curve, [from, to]: [number, number], x: (date: number) => number, y: (share: number) => number): SVGElement[] {
    const { first, last, told } = curve.observed ?? { first: null, last: null, told: "" };
    if (first === null || last === null) {
        return [];
    }
    const middle = (first + last) / 2;
    const at = y(value_at(curve.when, curve.share, middle));
    if (middle < from || middle > to) {
        return [];
    }
    const span = svg("line", { class: "observed", x1: x(Math.max(first, from)), x2: x(Math.min(last, to)), y1: at, y2: at });
    const ring = svg("circle", { class: "observed", cx: x(middle), cy: at, r: 4.5 }, svg("title", {}, `${curve.name}: observed ${told}`));
    return first === last ? [ring] : [span, ring];
}

export interface CurveOptions {
    label: string;
    when: readonly number[];
    stretch: Stretch;
    bands: boolean;
    /** Where it is read; −1 where it is not. */
    cursor: number;
    height?: number;
    /** What stands at the ends of the curves, if not their names. */
    ends?: readonly string[];
    /** Whether the axis ends above the curves, at a tenth, a fifth or half, rather than at 100 %. */
    fits?: boolean;
    /** Told how far the plot stands in from left and right. */
    on_frame: (left: number, right: number) => void;
    on_hover: (at: number) => void;
    on_zoom: (to: Stretch | null) => void;
}

/** The value of a curve on a date: that of its last step, 0 before the first. */
export function value_at(when: readonly number[], values: readonly number[], date: number): number {
    let value = 0;
    for (let at = 0; at < when.length && when[at]! <= date; at += 1) {
        value = values[at]!;
    }
    return value;
}

interface Corner {
    x: number;
    low: number;
    high: number;
    share: number;
}

function corners(curve: Curve, from: number, to: number): Corner[] {
    const at = (x: number): Corner => ({ x, share: value_at(curve.when, curve.share, x), low: value_at(curve.when, curve.low, x), high: value_at(curve.when, curve.high, x) });
    return [from, ...curve.when.filter((date) => date > from && date < to), to].map(at);
}

/** Where an axis of shares may end. */
const tops = [0.1, 0.2, 0.5, 1];

const top_of = (curves: readonly Curve[]): number => {
    const most = Math.max(0, ...curves.flatMap((curve) => [...curve.share, ...curve.high]));
    return tops.find((top) => most <= top) ?? 1;
};

export function draw_curves(curves: readonly Curve[], width: number, options: CurveOptions): SVGSVGElement {
    const narrow = width < 560;
    const names = options.ends ?? curves.map((curve) => curve.name);
    const room = label_room(names, width);
    const where = frame(width, options.height ?? (narrow ? 300 : 380), { top: 34, right: 14 + room, bottom: 34, left: 52 }, options.label);
    const from = options.when[options.stretch.from]!;
    const to = options.when[options.stretch.to]!;
    const x = date_scale(from, to, [where.left, where.right]);
    const y = number_scale([0, options.fits === true ? top_of(curves) : 1], [where.bottom, where.top]);
    declare(where.root, x, y);
    options.on_frame(where.left, width - where.right);
    where.root.classList.add("curves");
    where.root.append(axis_left(where, y, "share of runs", percent), axis_of_dates(where, x));
    const ends: number[] = [];
    for (const curve of curves) {
        const points = corners(curve, from, to);
        const group = svg("g", { class: `s${curve.style}`, "data-curve": curve.name });
        if (options.bands) {
            const band = area<Corner>().curve(curveStepAfter).x((point) => x(point.x)).y0((point) => y(point.low)).y1((point) => y(point.high));
            group.append(svg("path", { class: "band wide", d: band(points) ?? "" }));
        }
        const path = line<Corner>().curve(curveStepAfter).x((point) => x(point.x)).y((point) => y(point.share));
        group.append(svg("path", { class: "line curve", d: path(points) ?? "" }));
        group.append(...recorded(curve, [from, to], x, y));
        ends.push(y(points.at(-1)!.share));
        where.root.append(group);
    }
    if (room > 0) {
        where.root.append(end_labels(where, ends, names));
    }
    const dates = options.when.slice(options.stretch.from, options.stretch.to + 1);
    where.root.append(svg("line", { class: "cursor", x1: 0, x2: 0, y1: where.top, y2: where.bottom, visibility: "hidden" }),
        surface(where, (place) => options.stretch.from + nearest(dates, Number(x.invert(place))), options.on_hover, options.on_zoom));
    if (options.cursor >= 0) {
        move_cursor(where.root, options.when[options.cursor]!);
    }
    return where.root;
}
