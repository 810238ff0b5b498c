// What influences what: on the left what steps read, in the middle the steps in their order, on the right what they change.
import { svg } from "./dom";
import { shortened } from "./bars";
import { frame } from "./frame";

export interface StepFlow {
    name: string;
    event: boolean;
    reads: readonly string[];
    writes: readonly string[];
}

export interface Column {
    names: string[];
    heights: number[];
}

/** The names of one side, each near the steps it belongs to: sorted by the mean place of these. */
export function sorted_side(steps: readonly StepFlow[], side: "reads" | "writes"): string[] {
    const places = new Map<string, number[]>();
    steps.forEach((step, at) => {
        for (const name of step[side]) {
            places.set(name, [...(places.get(name) ?? []), at]);
        }
    });
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    return [...places].sort(([a, left], [b, right]) => mean(left) - mean(right) || (a < b ? -1 : 1)).map(([name]) => name);
}

const row_height = 21;
const letter = 7;

export function draw_influence(steps: readonly StepFlow[], lit: string, room: number, label: string): SVGSVGElement {
    const left = sorted_side(steps, "reads");
    const right = sorted_side(steps, "writes");
    const rows = Math.max(left.length, steps.length, right.length, 1);
    const wide = (names: readonly string[], most: number): number => Math.min(most, Math.max(60, ...names.map((name) => name.length * letter)));
    const left_width = wide(left, 200);
    const step_width = wide(steps.map((step) => step.name), 300) + 26;
    const right_width = wide(right, 200);
    const width = Math.max(room, left_width + step_width + right_width + 180);
    const gap = (width - left_width - step_width - right_width) / 2;
    const where = frame(width, rows * row_height + 40, { top: 34, right: 0, bottom: 6, left: 0 }, label);
    const middle = left_width + gap;
    const height_of = (count: number, at: number): number => where.top + (rows * row_height) * (at + 0.5) / count;
    const heading = (x: number, anchor: string, text: string): SVGTextElement => svg("text", { class: "strong", x, y: 14, "text-anchor": anchor }, text);
    where.root.append(heading(left_width, "end", "read"), heading(middle + step_width / 2, "middle", "steps, in their order"), heading(width - right_width, "start", "changed"));

    const is_lit = (step: StepFlow, name: string): boolean => lit === step.name || lit === name;
    const edges: { node: SVGPathElement; lit: boolean }[] = [];
    const edge = (x1: number, y1: number, x2: number, y2: number, from: string, to: string, bright: boolean): void => {
        const half = (x1 + x2) / 2;
        edges.push({ lit: bright, node: svg("path", { class: bright ? "edge lit" : "edge", d: `M${x1},${y1}C${half},${y1} ${half},${y2} ${x2},${y2}`,
            "data-from": from, "data-to": to, opacity: lit === "" || bright ? null : 0.12 }) });
    };
    steps.forEach((step, at) => {
        const y = height_of(steps.length, at);
        for (const name of step.reads) {
            edge(left_width + 6, height_of(left.length, left.indexOf(name)), middle, y, name, step.name, is_lit(step, name));
        }
        for (const name of step.writes) {
            edge(middle + step_width, y, width - right_width - 6, height_of(right.length, right.indexOf(name)), step.name, name, is_lit(step, name));
        }
    });
    edges.sort((a, b) => Number(a.lit) - Number(b.lit));
    where.root.append(...edges.map((item) => item.node));
    left.forEach((name, at) => {
        where.root.append(svg("text", { class: lit === name ? "strong" : "name", x: left_width, y: height_of(left.length, at), dy: "0.35em", "text-anchor": "end" },
            shortened(name, left_width + 8), svg("title", {}, name)));
    });
    right.forEach((name, at) => {
        where.root.append(svg("text", { class: lit === name ? "strong" : "name", x: width - right_width, y: height_of(right.length, at), dy: "0.35em" },
            shortened(name, right_width + 8), svg("title", {}, name)));
    });
    steps.forEach((step, at) => {
        const y = height_of(steps.length, at);
        const bright = lit === step.name;
        where.root.append(svg("rect", { class: step.event ? "box event" : "box", x: middle, width: step_width, y: y - 9, height: 18, rx: step.event ? 9 : 2 }),
            svg("text", { class: bright ? "strong" : "name", x: middle + step_width / 2, y, dy: "0.35em", "text-anchor": "middle" },
                shortened(step.name, step_width - 10), svg("title", {}, step.name)));
    });
    return where.root;
}
