// A number for each alternative, as a dot with its interval: what is compared stands one below the other, the base in grey with a line through it.
import { shortened } from "./bars";
import { svg } from "./dom";
import { number } from "./format";
import { axis_of_numbers, declare, frame, number_scale } from "./frame";

export interface Dot {
    name: string;
    style: number;
    value: number | null;
    low: number | null;
    high: number | null;
    /** The number as it is told: 42 %. */
    told: string;
    /** How far from the base, in words; "" for the base. */
    apart: string;
}

export interface DotOptions {
    label: string;
    /** Below the axis. */
    title: string;
    /** How the axis has its numbers. */
    format: (value: number) => string;
    small?: boolean;
}

const letter = 7.8;
const minor_letter = 5.6;
const not_apart = "not told apart";

export function draw_dots(dots: readonly Dot[], width: number, options: DotOptions): SVGSVGElement {
    const narrow = width < 520;
    const longest = Math.max(...dots.map((dot) => dot.name.length));
    const told = Math.max(...dots.map((dot) => dot.told.length)) * 9.5 + 18;
    const below = dots.some((dot) => dot.apart.startsWith(not_apart)) ? not_apart.length * minor_letter + 18 : 0;
    const left = narrow ? 4 : Math.min(Math.max(longest * letter + 22, below), width * 0.36);
    const tall = narrow ? 40 : options.small ? 26 : Math.max(32, Math.min(52, 300 / dots.length));
    const where = frame(width, 6 + dots.length * tall + 44, { top: 6, right: told, bottom: 44, left }, options.label);
    const x = number_scale(dots.flatMap((dot) => [dot.value, dot.low, dot.high]), [where.left + 6, where.right - 6]);
    declare(where.root, x, number_scale([0, dots.length], [where.top, where.bottom]));
    where.root.classList.add("dots");
    where.root.append(axis_of_numbers(where, x, options.title, options.format));
    const base = dots.find((dot) => dot.style === 0)?.value;
    if (typeof base === "number") {
        where.root.append(svg("line", { class: "zero", x1: x(base), x2: x(base), y1: where.top, y2: where.bottom }));
    }
    dots.forEach((dot, rank) => {
        const top = where.top + rank * tall;
        const middle = narrow ? top + tall * 0.68 : top + tall / 2;
        const group = svg("g", { class: `s${dot.style}`, "data-series": dot.name, "data-value": dot.value },
            svg("title", {}, `${dot.name}: ${dot.told}${dot.low === null || dot.high === null ? "" : ` (${options.format(dot.low)} to ${options.format(dot.high)})`}${dot.apart === "" ? "" : `; ${dot.apart}`}`));
        group.append(narrow ? svg("text", { class: "name", x: 4, y: top + tall * 0.32, dy: "0.1em" }, shortened(dot.name, width - told))
            : svg("text", { class: dot.style === 0 ? "name" : "strong", x: left - 12, y: tall >= 30 && dot.apart.startsWith(not_apart) ? middle - 5 : middle, dy: "0.35em", "text-anchor": "end" }, shortened(dot.name, left - 14)));
        if (!narrow && tall >= 30 && dot.apart.startsWith(not_apart)) {
            group.append(svg("text", { class: "minor", x: left - 12, y: middle + 14, dy: "0.3em", "text-anchor": "end" }, not_apart));
        }
        if (dot.value !== null) {
            if (dot.low !== null && dot.high !== null) {
                group.append(svg("line", { class: "reach", x1: x(dot.low), x2: x(dot.high), y1: middle, y2: middle }));
            }
            group.append(svg("circle", { class: "point", cx: x(dot.value), cy: middle, r: 6 }));
        }
        group.append(svg("text", { class: "told", x: width - 2, y: middle, dy: "0.35em", "text-anchor": "end" }, dot.told));
        where.root.append(group);
    });
    return where.root;
}

/** For axes of numbers that are no shares. */
export const plain_axis = (value: number): string => number(value);
