// A measure in one run, small, upon what all runs do.
import { svg } from "./dom";
import { band_of, path_of, type Values } from "./fan";
import { axis_left, axis_of_dates, axis_of_values, date_scale, declare, frame, number_scale } from "./frame";

export interface CourseOptions {
    label: string;
    unit: string;
    times: readonly number[];
    values: Values;
    /** Dates that came in the run. */
    dates: readonly { when: number; name: string }[];
    levels: readonly string[];
    /** The moment at which the cursor stands. */
    now: number;
    around: { times: readonly number[]; low: Values; high: Values; middle: Values } | null;
    on_hover: (time: number) => void;
}

const height = 150;

export function draw_course(options: CourseOptions, width: number): SVGSVGElement {
    const { times, values, around, levels } = options;
    const rungs = levels.length > 0;
    const longest = Math.max(0, ...levels.map((level) => level.length));
    const where = frame(width, height, { top: 8, right: 12, bottom: 28, left: rungs ? Math.min(width * 0.34, 16 + longest * 6.4) : 44 }, options.label);
    const x = date_scale(times[0]!, times.at(-1)!, [where.left, where.right]);
    const y = rungs ? number_scale([0, levels.length - 1], [where.bottom, where.top])
        : number_scale([...values, ...(around === null ? [] : [...around.low, ...around.high, ...around.middle])], [where.bottom, where.top]);
    where.root.classList.add("s1", "course-plot");
    declare(where.root, x, y);
    const room = Math.floor((where.left - 10) / 6.4);
    const level_at = (value: number): string => {
        const name = Number.isInteger(value) ? levels[value] ?? "" : "";
        return name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name;
    };
    where.root.append(rungs ? axis_left(where, y, "", level_at) : axis_of_values(where, y, options.unit, ""), axis_of_dates(where, x));
    if (around !== null && !rungs) {
        const xs = around.times.map((time) => x(time));
        where.root.append(
            svg("path", { class: "band wide", d: band_of(xs, around.low, around.high, y) }),
            svg("path", { class: "line all", d: path_of(xs.map((at, index) => ({ x: at, y: around.middle[index] === null ? null : y(around.middle[index]!) }))) }));
    }
    const steps = times.flatMap((time, at) => {
        const value = values[at] ?? null;
        const before = values[at - 1] ?? null;
        const point = { x: x(time), y: value === null ? null : y(value) };
        return rungs && at > 0 && before !== null && before !== value ? [{ x: x(time), y: y(before) }, point] : [point];
    });
    where.root.append(...options.dates.map((date) => svg("line", { class: "came", x1: x(date.when), x2: x(date.when), y1: where.top, y2: where.bottom, "data-came": date.when }, svg("title", {}, date.name))));
    where.root.append(svg("path", { class: "line own", d: path_of(steps) }),
        svg("line", { class: "cursor", x1: x(options.now), x2: x(options.now), y1: where.top, y2: where.bottom }));
    const plane = svg("rect", { class: "catch", x: where.left, y: where.top, width: where.right - where.left, height: where.bottom - where.top });
    plane.addEventListener("pointerdown", (event) => {
        const box = where.root.getBoundingClientRect();
        options.on_hover(Number(x.invert((event.clientX - box.left) * width / box.width)));
    });
    where.root.append(plane);
    return where.root;
}
