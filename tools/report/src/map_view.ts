// The drawing of a map: countries, agents without a shape as dots, links as arcs. It is projected once for a width and a view; fills and arcs change.
import { geoArea, geoCircle, geoEqualEarth, geoGraticule10, geoInterpolate, geoPath, type GeoProjection } from "d3-geo";
import type { Polygon } from "geojson";
import { fresh_id, svg } from "./dom";
import type { Country, World } from "./map_shapes";
import type { MapKind, MapPlace } from "./spatial_data";
import { are_apart, class_of, shade, type Breaks } from "./shades";

export type View = "region" | "world";

export interface MapArc {
    source: number;
    target: number;
    value: number;
    /** Between the narrowest and the widest arc. */
    share: number;
    words: string;
}

export interface MapDrawing {
    root: SVGSVGElement;
    fill: (value: (row: number) => number | null, breaks: Breaks, told: (row: number) => string) => void;
    arcs: (all: readonly MapArc[]) => void;
    choose: (row: number | null) => void;
    /** Rows that have neither a shape nor a place. */
    nowhere: readonly number[];
}

/** Radii of dots on wide maps and on narrow ones. */
const dots_wide = 4.5;
const dots_narrow = 2.75;
const narrow = 560;
/** So few agents have their names on the map. */
const most_named = 6;
/** A shape that is drawn smaller than so many square pixels has a dot as well. */
const smallest_wide = 40;
const smallest_narrow = 16;
/** The world is turned so that the cut runs through the Bering Strait. */
const cut = -11;

type Spot = readonly [number, number];

export function spot_of(place: MapPlace, world: World): Spot | null {
    return place.latitude !== null && place.longitude !== null ? [place.longitude, place.latitude] : world.places[place.iso] ?? null;
}

/** The meridian in the middle of the shortest stretch that holds all spots, and how long that is, in degrees. */
export function stretch_of(spots: readonly Spot[]): { middle: number; degrees: number } {
    const around = spots.map(([longitude]) => longitude).sort((a, b) => a - b);
    let widest = -1;
    let behind = 0;
    around.forEach((longitude, at) => {
        const gap = at + 1 < around.length ? around[at + 1]! - longitude : around[0]! + 360 - longitude;
        if (gap > widest) {
            widest = gap;
            behind = at;
        }
    });
    const degrees = 360 - widest;
    const first = around[(behind + 1) % around.length] ?? 0;
    return { middle: (first + degrees / 2 + 540) % 360 - 180, degrees };
}

/** Whether the agents lie in one part of the world, so that it pays to show that alone. */
export function is_regional(spots: readonly Spot[]): boolean {
    return spots.length > 0 && stretch_of(spots).degrees <= 110;
}

/** So many degrees around a spot are shown at least. */
const surroundings = 2.5;

/** A country without its lands across the seas: of its polygons those that are not much smaller than the largest. */
function main_lands({ geometry }: Country): Polygon[] {
    const lands = (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((coordinates): Polygon => ({ type: "Polygon", coordinates }));
    const areas = lands.map((land) => geoArea(land));
    const largest = Math.max(...areas);
    return lands.filter((_, at) => areas[at]! >= 0.25 * largest);
}

function projected(width: number, view: View, spots: readonly Spot[], shapes: readonly Country[]): { projection: GeoProjection; height: number } {
    const edge = 6;
    if (view === "world") {
        const projection = geoEqualEarth().rotate([cut, 0]).fitWidth(width - 2 * edge, { type: "Sphere" });
        const [[, top], [, bottom]] = geoPath(projection).bounds({ type: "Sphere" });
        const [x, y] = projection.translate();
        projection.translate([x + edge, y + edge - top]);
        return { projection, height: Math.ceil(bottom - top + 2 * edge) };
    }
    const all = { type: "GeometryCollection" as const, geometries: [...shapes.flatMap(main_lands), ...spots.map((spot) => geoCircle().center([...spot]).radius(surroundings)())] };
    const projection = geoEqualEarth().rotate([-stretch_of(spots).middle, 0]);
    const [[left, top], [right, bottom]] = geoPath(projection).bounds(all);
    const room = Math.min(60, width * 0.07);
    const height = Math.round(Math.min(Math.max(width * (bottom - top) / Math.max(1, right - left), width * 0.42), width * 0.8, 540));
    return { projection: projection.fitExtent([[room, room], [width - room, height - room]], all), height };
}

/** A great circle, bent to its left so that both directions are seen; broken where it leaves the map on one side and comes in on the other. */
function great_circle(from: Spot, to: Spot, projection: GeoProjection, width: number): string {
    const between = geoInterpolate([...from], [...to]);
    const steps = 32;
    const points = Array.from({ length: steps + 1 }, (_, at) => projection(between(at / steps))).filter((point): point is [number, number] => point !== null);
    const [start, end] = [points[0], points.at(-1)];
    if (start === undefined || end === undefined) {
        return "";
    }
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
    const bend = Math.min(length * 0.08, 22);
    const [nx, ny] = [(end[1] - start[1]) / length, -(end[0] - start[0]) / length];
    let path = "";
    points.forEach(([x, y], at) => {
        const before = points[at - 1];
        const out = bend * Math.sin(Math.PI * at / steps);
        path += `${before === undefined || Math.abs(x - before[0]) > width / 2 ? "M" : "L"}${(x + nx * out).toFixed(1)},${(y + ny * out).toFixed(1)}`;
    });
    return path;
}

export function draw_map(world: World, kind: MapKind, others: readonly MapKind[], width: number, view: View, label: string,
    on_row: (row: number | null, at: { x: number; y: number } | null, chosen: boolean) => void): MapDrawing {
    const spots = kind.rows.map((row) => spot_of(row, world));
    const there = spots.filter((spot) => spot !== null);
    const rows_of = new Map<string, number[]>();
    kind.rows.forEach((row, at) => {
        if (row.iso !== "" && row.latitude === null) {
            rows_of.set(row.iso, [...rows_of.get(row.iso) ?? [], at]);
        }
    });
    const of_rows = world.countries.filter(({ id }) => id !== undefined && rows_of.has(String(id)));
    const { projection, height } = projected(width, view, there, of_rows);
    const path = geoPath(projection);
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, class: "map" });
    if (view === "region") {
        path.projection(projection.clipExtent([[0, 0], [width, height]]));
    }
    const hatch = fresh_id("hatch");
    root.append(svg("defs", {}, svg("pattern", { id: hatch, width: 6, height: 6, patternUnits: "userSpaceOnUse" },
        svg("rect", { class: "unfilled", width: 6, height: 6 }), svg("path", { class: "hatch", d: "M-1,1L1,-1M0,6L6,0M5,7L7,5" }))));
    root.append(svg("path", { class: "sea", d: path({ type: "Sphere" }) }), svg("path", { class: "graticule", d: path(geoGraticule10()) }));
    const land = svg("g", { class: "lands", "aria-hidden": "true" });
    const shapes = svg("g", {});
    const dots = svg("g", {});
    const nodes = new Map<number, SVGElement[]>();
    const listen = (node: SVGElement, row: number): void => {
        nodes.set(row, [...nodes.get(row) ?? [], node]);
        node.addEventListener("pointerenter", (event) => { on_row(row, event instanceof PointerEvent ? { x: event.clientX, y: event.clientY } : null, false); });
        node.addEventListener("pointermove", (event) => { on_row(row, event instanceof PointerEvent ? { x: event.clientX, y: event.clientY } : null, false); });
        node.addEventListener("pointerleave", () => { on_row(null, null, false); });
        node.addEventListener("click", () => { on_row(row, null, true); });
    };
    const has_shape = new Set<number>();
    for (const country of world.countries) {
        const d = path(country);
        if (d === null) {
            continue;
        }
        const rows = country.id === undefined ? undefined : rows_of.get(String(country.id));
        if (rows === undefined || rows.length > 1) {
            land.append(svg("path", { class: "land", d }));
            continue;
        }
        const row = rows[0]!;
        const node = svg("path", { class: "country", d, "data-row": row, "data-iso": kind.rows[row]!.iso });
        shapes.append(node);
        listen(node, row);
        if (path.area(country) >= (width < narrow ? smallest_narrow : smallest_wide)) {
            has_shape.add(row);
        }
    }
    const nowhere: number[] = [];
    kind.rows.forEach((_, row) => {
        const spot = spots[row] ?? null;
        const point = spot === null ? null : projection([...spot]);
        if (point === null) {
            nowhere.push(row);
        } else if (!has_shape.has(row)) {
            const node = svg("circle", { class: "place", cx: point[0].toFixed(1), cy: point[1].toFixed(1), r: width < narrow ? dots_narrow : dots_wide, "data-row": row });
            dots.append(node);
            listen(node, row);
        }
    });
    const ties = svg("g", { class: "arcs s2" });
    const names = svg("g", { class: "place-names", "aria-hidden": "true" });
    if (kind.rows.length <= most_named && width >= narrow) {
        kind.rows.forEach((row, at) => {
            const spot = spots[at] ?? null;
            const point = spot === null ? null : projection([...spot]);
            if (point !== null) {
                names.append(svg("text", { class: "halo name", x: point[0].toFixed(1), y: (point[1] + 16).toFixed(1), "text-anchor": "middle" }, row.name));
            }
        });
    }
    root.append(land, shapes, svg("path", { class: "borders", d: path(world.borders) }), ties, dots, names);

    const spot_of_agent = (agent: number): Spot | null => {
        const held = [kind, ...others].find((one) => agent >= one.first && agent < one.first + one.rows.length);
        return held === undefined ? null : spot_of(held.rows[agent - held.first]!, world);
    };
    return {
        root,
        nowhere,
        fill: (value, breaks, told) => {
            for (const [row, all] of nodes) {
                const number = value(row);
                for (const node of all) {
                    shade(node, class_of(breaks, number), breaks.length - 1, are_apart(breaks));
                    if (number === null) {
                        node.removeAttribute("data-value");
                        node.style.fill = `url(#${hatch})`;
                    } else {
                        node.style.removeProperty("fill");
                        node.setAttribute("data-value", String(number));
                    }
                    const title = node.querySelector("title") ?? node.appendChild(svg("title"));
                    title.textContent = told(row);
                }
            }
        },
        arcs: (all) => {
            const [thin, wide, faint] = all.length > 40 ? [0.4, 2, 0.25] : [1.4, 4.4, 0.65];
            ties.replaceChildren(...all.flatMap((arc) => {
                const [from, to] = [spot_of_agent(arc.source), spot_of_agent(arc.target)];
                if (from === null || to === null || arc.source === arc.target) {
                    return [];
                }
                return [svg("path", { class: "tie", d: great_circle(from, to, projection, width), "stroke-width": (thin + (wide - thin) * arc.share).toFixed(2),
                    opacity: (faint + (0.9 - faint) * arc.share).toFixed(2),
                    "data-source": arc.source, "data-target": arc.target, "data-value": arc.value }, svg("title", {}, arc.words))];
            }));
        },
        choose: (row) => {
            for (const [at, all] of nodes) {
                for (const node of all) {
                    node.classList.toggle("chosen", at === row);
                    if (at === row) {
                        node.parentNode!.append(node);
                    }
                }
            }
        },
    };
}
