// One series under several alternatives: medians and their bands in one chart.
import { svg } from "./dom";
import { band_of, path_of, nearest, move_cursor, type Values } from "./fan";
import { axis_of_dates, axis_of_values, date_scale, declare, end_labels, frame, label_room, number_scale } from "./frame";
import { surface, type Stretch } from "./window";

export interface Course {
    name: string;
    style: number;
    middle: Values;
    low: Values;
    high: Values;
}

export interface OverlayOptions {
    label: string;
    unit: string;
    when: readonly number[];
    stretch: Stretch;
    bands: boolean;
    /** Draws a line at zero, and counts it in. */
    zero: boolean;
    cursor: number;
    /** Told how far the plot stands in from left and right. */
    on_frame: (left: number, right: number) => void;
    on_hover: (at: number) => void;
    on_zoom: (to: Stretch | null) => void;
}

export function draw_overlay(courses: readonly Course[], width: number, options: OverlayOptions): SVGSVGElement {
    const narrow = width < 560;
    const names = courses.map((course) => course.name);
    const room = label_room(names, width);
    const where = frame(width, narrow ? 300 : 380, { top: 36, right: 14 + room, bottom: 34, left: 56 }, options.label);
    const { from, to } = options.stretch;
    const when = options.when.slice(from, to + 1);
    const slice = (values: Values): Values => values.slice(from, to + 1);
    const x = date_scale(when[0]!, when.at(-1)!, [where.left, where.right]);
    const y = number_scale(courses.flatMap((course) => [course.middle, ...(options.bands ? [course.low, course.high] : [])].flatMap(slice)),
        [where.bottom, where.top], options.zero ? [0] : []);
    declare(where.root, x, y);
    options.on_frame(where.left, width - where.right);
    where.root.classList.add("overlay");
    where.root.append(axis_of_values(where, y, options.unit), axis_of_dates(where, x));
    if (options.zero) {
        where.root.append(svg("line", { class: "zero", x1: where.left, x2: where.right, y1: y(0), y2: y(0) }));
    }
    const xs = when.map((date) => x(date));
    const ends: number[] = [];
    for (const course of courses) {
        const group = svg("g", { class: `s${course.style}`, "data-course": course.name });
        if (options.bands) {
            group.append(svg("path", { class: "band wide", d: band_of(xs, slice(course.low), slice(course.high), y) }));
        }
        const middle = slice(course.middle);
        group.append(svg("path", { class: "line curve", d: path_of(xs.map((at, index) => ({ x: at, y: middle[index] === null ? null : y(middle[index]!) }))) }));
        const end = [...middle].reverse().find((value) => value !== null);
        ends.push(typeof end === "number" ? y(end) : where.bottom);
        where.root.append(group);
    }
    if (room > 0) {
        where.root.append(end_labels(where, ends, names));
    }
    where.root.append(svg("line", { class: "cursor", x1: 0, x2: 0, y1: where.top, y2: where.bottom, visibility: "hidden" }),
        surface(where, (place) => from + nearest(when, Number(x.invert(place))), options.on_hover, options.on_zoom));
    move_cursor(where.root, options.when[options.cursor]!);
    return where.root;
}
