// Actors as nodes, what they hold toward each other as arrows that bend to the side, so that both ways are seen.
import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { svg } from "./dom";
import { number } from "./format";
import { frame } from "./frame";

export interface Place {
    x: number;
    y: number;
}

export interface Arrow {
    /** Which row of the table it is. */
    row: number;
    source: number;
    target: number;
    value: number | null;
}

interface Body extends SimulationNodeDatum {
    at: number;
}

/** Places in the unit square, the same every time: those who are linked come near each other. */
export function laid_out(count: number, pairs: readonly (readonly [number, number])[]): Place[] {
    const bodies: Body[] = Array.from({ length: count }, (_, at) => {
        const angle = 2 * Math.PI * at / count - Math.PI / 2;
        return { at, x: Math.cos(angle) * 100, y: Math.sin(angle) * 100 };
    });
    const links: SimulationLinkDatum<Body>[] = pairs.map(([source, target]) => ({ source, target }));
    const simulation = forceSimulation(bodies)
        .force("repel", forceManyBody<Body>().strength(-400))
        .force("link", forceLink(links).distance(120).strength(Math.min(0.5, 4 / Math.max(1, pairs.length))))
        .force("collide", forceCollide<Body>(34))
        .force("centre", forceCenter(0, 0))
        .force("x", forceX<Body>(0).strength(0.05))
        .force("y", forceY<Body>(0).strength(0.08))
        .stop();
    simulation.tick(300);
    const xs = bodies.map((body) => body.x ?? 0);
    const ys = bodies.map((body) => body.y ?? 0);
    const within = (value: number, all: readonly number[]): number => {
        const low = Math.min(...all);
        const high = Math.max(...all);
        return high - low < 1 ? 0.5 : (value - low) / (high - low);
    };
    return bodies.map((_, at) => ({ x: within(xs[at]!, xs), y: within(ys[at]!, ys) }));
}

export interface NetworkOptions {
    label: string;
    names: readonly string[];
    places: readonly Place[];
    low: number;
    high: number;
    style: number;
    chosen: number | null;
    on_choice: (row: number) => void;
}

const radius = 9;

interface Arc { path: string; middle: Place; head: { at: Place; angle: number } }

/** The arrow from a node to itself: a loop above it. */
function loop(at: Place): Arc {
    const polar = (angle: number, far: number): Place => ({ x: at.x + far * Math.cos(angle), y: at.y + far * Math.sin(angle) });
    const up = -Math.PI / 2;
    const [start, one, other, end, tip] = [polar(up - 0.8, radius + 3), polar(up - 0.8, 66), polar(up + 0.8, 66), polar(up + 0.8, radius + 17), polar(up + 0.8, radius + 3)];
    const middle = { x: at.x, y: 0.25 * start.y + 0.75 * one.y };
    return { path: `M${start.x},${start.y}C${one.x},${one.y} ${other.x},${other.y} ${end.x},${end.y}`, middle, head: { at: tip, angle: Math.atan2(tip.y - other.y, tip.x - other.x) } };
}

/** The arrow from one node's rim to another's, bent to its left. */
export function arc(from: Place, to: Place, bend = 0.16): Arc {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    if (dx === 0 && dy === 0) {
        return loop(from);
    }
    const length = Math.hypot(dx, dy) || 1;
    const control = { x: (from.x + to.x) / 2 + dy * bend, y: (from.y + to.y) / 2 - dx * bend };
    const toward = (a: Place, b: Place, by: number): Place => {
        const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
        return { x: a.x + (b.x - a.x) / far * by, y: a.y + (b.y - a.y) / far * by };
    };
    const start = toward(from, control, radius + 3);
    const tip = toward(to, control, radius + 3);
    const end = toward(to, control, radius + 3 + Math.min(8, length / 6));
    const middle = { x: 0.25 * from.x + 0.5 * control.x + 0.25 * to.x, y: 0.25 * from.y + 0.5 * control.y + 0.25 * to.y };
    return { path: `M${start.x},${start.y}Q${control.x},${control.y} ${end.x},${end.y}`, middle, head: { at: tip, angle: Math.atan2(to.y - control.y, to.x - control.x) } };
}

export function draw_network(arrows: readonly Arrow[], width: number, options: NetworkOptions): SVGSVGElement {
    const many = options.places.length > 12;
    const height = Math.min(many ? 620 : 420, Math.max(300, width * 0.85));
    const longest = Math.max(...options.names.map((name) => name.length));
    const side = many ? 40 : Math.min(Math.max(60, longest * 7.2 + radius + 8), width * 0.25);
    const where = frame(width, height, { top: 44, right: side, bottom: 44, left: side }, options.label);
    const place = (at: number): Place => {
        const { x, y } = options.places[at]!;
        return { x: where.left + x * (where.right - where.left), y: where.top + y * (where.bottom - where.top) };
    };
    const span = options.high > options.low ? options.high - options.low : 1;
    where.root.classList.add(`s${options.style}`, "network");
    const labels = svg("g", {});
    for (const arrow of [...arrows].sort((a, b) => (a.value ?? 0) - (b.value ?? 0))) {
        if (arrow.value === null) {
            continue;
        }
        // A difference below 0 is as wide as one above, in another colour.
        const is_less = options.low === 0 && arrow.value < 0;
        const share = Math.min(1, Math.max(0, ((is_less ? -arrow.value : arrow.value) - options.low) / span));
        const drawn = arc(place(arrow.source), place(arrow.target));
        const chosen = options.chosen === arrow.row;
        const wide = 0.75 + share * (many ? 4 : 7);
        const size = 5 + wide * 0.9;
        const name = `${options.names[arrow.source]!} → ${options.names[arrow.target]!}: ${number(arrow.value)}`;
        const group = svg("g", { class: chosen || is_less ? "s2" : null, "data-row": arrow.row, "data-value": arrow.value, opacity: chosen ? 1 : 0.25 + 0.75 * share },
            svg("title", {}, name),
            svg("path", { class: "tie", d: drawn.path, "stroke-width": wide }),
            svg("path", { class: "tie-head", d: `M0,0L${-size * 1.6},${size * 0.8}L${-size * 1.6},${-size * 0.8}Z`,
                transform: `translate(${drawn.head.at.x},${drawn.head.at.y}) rotate(${drawn.head.angle * 180 / Math.PI})` }));
        group.addEventListener("click", () => { options.on_choice(arrow.row); });
        where.root.append(group);
        if (arrows.length <= 14 || chosen) {
            labels.append(svg("text", { class: "halo name tie-value", x: drawn.middle.x, y: drawn.middle.y, dy: "0.35em", "text-anchor": "middle" }, number(arrow.value, 2)));
        }
    }
    options.names.forEach((name, at) => {
        const { x, y } = place(at);
        const left = options.places[at]!.x < 0.34;
        const right = options.places[at]!.x > 0.66;
        const beside = many ? { x, y: y + radius + 13, "text-anchor": "middle" }
            : left ? { x: x - radius - 6, y, dy: "0.35em", "text-anchor": "end" }
                : right ? { x: x + radius + 6, y, dy: "0.35em", "text-anchor": "start" }
                    : { x, y: options.places[at]!.y < 0.5 ? y - radius - 8 : y + radius + 17, "text-anchor": "middle" };
        where.root.append(svg("g", { class: "node", "data-name": name }, svg("circle", { cx: x, cy: y, r: many ? 6 : radius }),
            svg("text", { class: "halo strong", ...beside }, name)));
    });
    where.root.append(labels);
    return where.root;
}
