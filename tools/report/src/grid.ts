// Cells of a grid in a single run at any moment, a pixel each, drawn on a canvas and scaled without blur.
import { moment, told_moment } from "./clock";
import { element, svg } from "./dom";
import { figure, on_width_of, select_field } from "./figure";
import { capitalised, in_words, number, percent, with_unit } from "./format";
import { in_link, on_link, put_in_link } from "./link_state";
import { own_player } from "./moments";
import type { PackedNumbers } from "./data";
import { unpacked } from "./packed";
import type { Playhead } from "./playhead";
import type { GridData, GridField } from "./spatial_data";
import type { Table } from "./table";
import type { ToldRuns } from "./told_runs";
import { times_of } from "./adapt";

/** Whole values of so few different numbers are told apart by colours of their own. */
const most_categories = 8;
const tallest = 560;

type Colour = readonly [number, number, number];

/** A colour of the theme that is on, `#rrggbb`. */
function colour(name: string): Colour {
    const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim().replace("#", "");
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

const mixed = (one: Colour, other: Colour, share: number): Colour => [0, 1, 2].map((at) => Math.round(one[at]! * (1 - share) + other[at]! * share)) as unknown as Colour;
export const css_of = ([red, green, blue]: Colour): string => `rgb(${red}, ${green}, ${blue})`;

/** What a field's values look like: by category, or between the ends of its range. */
export interface Paint {
    categories: readonly number[] | null;
    colour_of: (value: number) => Colour;
}

/** The different values, if they are few and whole: where they lie near each other the same for all runs. */
function categories_of(field: GridField, values: Float64Array): number[] | null {
    if (!field.whole) {
        return null;
    }
    const found = new Set<number>(field.levels.map((_, level) => level));
    const { low, high } = field.runs[0]!;
    for (let value = Math.round(low); high - low < most_categories && value <= Math.round(high); value += 1) {
        found.add(value);
    }
    for (const value of values) {
        if (!Number.isNaN(value)) {
            found.add(value);
        }
        if (found.size > most_categories) {
            return null;
        }
    }
    return [...found].sort((a, b) => a - b);
}

function paint_of(field: GridField, categories: readonly number[] | null): Paint {
    const without = colour("--paper");
    if (categories !== null) {
        const colours = categories.map((_, at) => colour(`--k${at}`));
        return { categories, colour_of: (value) => colours[categories.indexOf(value)] ?? without };
    }
    const [low, mid, high] = [colour("--heat-low"), colour("--heat-mid"), colour("--heat-high")];
    const { low: from, high: to } = field.runs[0]!;
    return { categories, colour_of: (value) => {
        if (Number.isNaN(value)) {
            return without;
        }
        const share = to > from ? (value - from) / (to - from) : 0.5;
        return share > 0.5 ? mixed(mid, high, 2 * share - 1) : mixed(low, mid, 2 * share);
    } };
}

/** So many fields of runs are held unpacked at a time. */
const most_held = 3;

export function grid_figure(data: GridData, head: Playhead, told: ToldRuns | null): HTMLElement {
    const times = times_of(data.times);
    const cells = data.width * data.height;
    const key_of = (field: GridField): string => `${data.kind}.${field.name}`;
    const canvas = element("canvas", { class: "grid-canvas", width: data.width, height: data.height, "aria-hidden": "true" });
    const mark = element("div", { class: "cell-cursor", hidden: true });
    const plot = element("div", { class: "grid-plot", tabindex: 0, role: "group" }, canvas, mark);
    const place = element("div", { class: "plot" }, plot);
    const readout = element("p", { class: "readout", "aria-live": "polite" });
    const key = element("ul", { class: "shades" });
    const unpacked_runs = new Map<PackedNumbers, { values: Float64Array; categories: number[] | null }>();
    const run_names = data.runs.map(String);
    const own_run = (): number => told === null ? run_names.indexOf(in_link("grid-run", run_names) ?? run_names[0]!) : data.runs.indexOf(told.run.run);
    let run = Math.max(0, own_run());
    const of_link = (): GridField => data.fields.find((field) => key_of(field) === in_link("grid")) ?? data.fields[0]!;
    let now = of_link();
    let at = times.length - 1;
    let cell: number | null = null;

    const held_of = (field: GridField): { values: Float64Array; categories: number[] | null } | undefined => unpacked_runs.get(field.runs[run]!);
    const value_of = (index: number): number => held_of(now)?.values[at * cells + index] ?? NaN;
    const words_of = (field: GridField, value: number): string => Number.isNaN(value) ? "no value" : field.levels[value] ?? with_unit(value, field.unit);
    const counted = (field: GridField, then: number): { value: number; share: number }[] => {
        const held = held_of(field)!;
        const counts = new Map<number, number>(held.categories!.map((value) => [value, 0]));
        for (let index = then * cells; index < (then + 1) * cells; index += 1) {
            const value = held.values[index]!;
            counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        return held.categories!.map((value) => ({ value, share: counts.get(value)! / cells }));
    };

    const tell_key = (paint: Paint): void => {
        const swatch = (shade: Colour): SVGSVGElement => {
            const box = svg("rect", { width: 26, height: 12, fill: css_of(shade) });
            return svg("svg", { viewBox: "0 0 26 12", class: "swatch", "data-colour": css_of(shade), "aria-hidden": "true" }, box);
        };
        if (paint.categories !== null) {
            key.replaceChildren(...counted(now, at).map(({ value, share }) => element("li", { "data-value": value, "data-share": share },
                swatch(paint.colour_of(value)), `${words_of(now, value)}: ${percent(share)}`)));
            return;
        }
        const { low, high } = now.runs[run]!;
        const steps = high > low ? [0, 0.25, 0.5, 0.75, 1] : [0];
        key.replaceChildren(...steps.map((share) => {
            const value = low + share * (high - low);
            return element("li", {}, swatch(paint.colour_of(value)), with_unit(value, now.unit));
        }));
    };
    const tell_cell = (): void => {
        mark.hidden = cell === null;
        if (cell === null) {
            readout.textContent = "Point at a cell, or move by the arrow keys, to read it.";
            return;
        }
        const [column, row] = [cell % data.width, Math.floor(cell / data.width)];
        const [wide, high] = [canvas.clientWidth / data.width, canvas.clientHeight / data.height];
        const size = Math.max(8, Math.max(wide, high) + 4);
        mark.style.width = mark.style.height = `${size}px`;
        mark.style.left = `${canvas.clientLeft + (column + 0.5) * wide - size / 2}px`;
        mark.style.top = `${canvas.clientTop + (row + 0.5) * high - size / 2}px`;
        readout.textContent = `Cell ${number(cell)}, column ${column + 1}, row ${row + 1}, ${told_moment(times[at]!)}: ${now.name} ${words_of(now, value_of(cell))}`;
        plot.dataset.cell = String(cell);
    };
    const draw = (): void => {
        const held = held_of(now);
        const context = canvas.getContext("2d", { willReadFrequently: true });  // pixels are put, nothing is drawn
        if (held === undefined || context === null) {
            return;
        }
        const paint = paint_of(now, held.categories);
        const image = context.createImageData(data.width, data.height);
        const known = new Map<number, Colour>();
        for (let index = 0; index < cells; index += 1) {
            const value = held.values[at * cells + index]!;
            let shade = known.get(value);
            if (shade === undefined) {
                shade = paint.colour_of(value);
                known.set(value, shade);
            }
            image.data.set(shade, 4 * index);
            image.data[4 * index + 3] = 255;
        }
        context.putImageData(image, 0, 0);
        canvas.dataset.moment = moment(times[at]!);
        canvas.dataset.field = now.name;
        canvas.dataset.run = String(data.runs[run]);
        const values = held.categories === null ? `from ${number(now.runs[run]!.low)} to ${number(now.runs[run]!.high)} over time`
            : counted(now, at).map(({ value, share }) => `${words_of(now, value)} ${percent(share)}`).join(", ");
        plot.setAttribute("aria-label", `${now.name} of ${number(data.width)} × ${number(data.height)} cells in run ${data.runs[run]!} at ${told_moment(times[at]!)}: ${values}. Arrow keys read cells.`);
        tell_key(paint);
        tell_cell();
    };
    const take = (field: GridField): void => {
        now = field;
        const packed = field.runs[run]!;
        if (unpacked_runs.has(packed)) {
            draw();
            return;
        }
        void unpacked(packed).then((values) => {
            const whole = field.whole ? values.map(Math.round) : values;
            unpacked_runs.set(packed, { values: whole, categories: categories_of(field, whole) });
            for (const old of unpacked_runs.keys()) {
                if (unpacked_runs.size > most_held && old !== packed && old !== now.runs[run]) {
                    unpacked_runs.delete(old);
                }
            }
            if (now.runs[run] === packed) {
                draw();
                made.refresh();
            }
        });
    };

    on_width_of(place, (width) => {
        const room = Math.min(width - 2, tallest * data.width / data.height);
        const whole = room / data.width;
        const scale = whole >= 2 ? Math.floor(whole) : whole;
        canvas.style.width = `${data.width * scale}px`;
        canvas.style.height = `${data.height * scale}px`;
        tell_cell();
    });
    canvas.addEventListener("pointermove", (event) => {
        const box = canvas.getBoundingClientRect();
        const column = Math.floor((event.clientX - box.left - canvas.clientLeft) / canvas.clientWidth * data.width);
        const row = Math.floor((event.clientY - box.top - canvas.clientTop) / canvas.clientHeight * data.height);
        if (column >= 0 && column < data.width && row >= 0 && row < data.height) {
            cell = row * data.width + column;
            tell_cell();
        }
    });
    plot.addEventListener("keydown", (event) => {
        const by: Record<string, readonly [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
        const step = by[event.key];
        if (step === undefined) {
            return;
        }
        event.preventDefault();
        const from = cell ?? Math.floor(data.height / 2) * data.width + Math.floor(data.width / 2);
        const far = event.shiftKey ? 10 : 1;
        const column = Math.min(data.width - 1, Math.max(0, from % data.width + (cell === null ? 0 : far * step[0])));
        const row = Math.min(data.height - 1, Math.max(0, Math.floor(from / data.width) + (cell === null ? 0 : far * step[1])));
        cell = row * data.width + column;
        tell_cell();
    });
    // Colours are those of the theme that is on, and of paper.
    for (const query of ["(prefers-color-scheme: dark)", "print"]) {
        matchMedia(query).addEventListener("change", draw);
    }

    const over_time = (): Table => {
        const held = held_of(now);
        const caption = `${now.name} in run ${data.runs[run]!}: ${held?.categories === null ? "quantiles over the cells" : "share of cells on each value"}, at each moment.`;
        if (held === undefined) {
            return { caption, columns: [{ title: "date" }], rows: [] };
        }
        if (held.categories !== null) {
            return { caption, columns: [{ title: "date" }, ...held.categories.map((value) => ({ title: words_of(now, value), unit: "%", numeric: true }))],
                rows: times.map((time, then) => [moment(time), ...counted(now, then).map(({ share }) => 100 * share)]) };
        }
        return { caption, columns: [{ title: "date" }, ...["5 %", "25 %", "median", "75 %", "95 %"].map((title) => ({ title, unit: now.unit, numeric: true }))],
            rows: times.map((time, then) => {
                const sorted = held.values.slice(then * cells, (then + 1) * cells).filter((value) => !Number.isNaN(value)).sort();
                return [moment(time), ...[0.05, 0.25, 0.5, 0.75, 0.95].map((level) => sorted[Math.min(sorted.length - 1, Math.floor(level * sorted.length))] ?? null)];
            }) };
    };
    const caption = (): string => `${now.name} of each ${data.kind}${data.runs.length > 1 ? ` in run ${data.runs[run]!}` : ""}, on a grid of ${number(data.width)} × ${number(data.height)}${now.unit === "" ? "" : `, in ${now.unit}`}`
        + `${now.about === "" || now.about === now.name ? "" : ` (${now.about})`}.${told !== null && data.runs.length > 1 && own_run() < 0 ? ` Of run ${told.run.run} no grid is kept.` : ""}`;
    const take_run = (): void => {
        run = Math.max(0, own_run());
        run_box.choose(run_names[run]!);
        take(now);
        made.refresh(caption());
    };
    const reason_of = (number: number): string => {
        const reason = told?.data.runs.find((one) => one.run === number)?.reasons[0];
        return reason === undefined ? `run ${number}` : `run ${number} – ${in_words(capitalised(reason))}`;
    };
    const run_box = select_field("Cells of", data.runs.map((number) => ({ value: String(number), label: reason_of(number) })), run_names[run]!, (value) => {
        if (told === null) {
            put_in_link("grid-run", value === run_names[0] ? null : value);
            take_run();
        } else {
            told.choose(told.data.runs.findIndex((one) => String(one.run) === value));
        }
    });
    told?.follow(() => {
        if (run !== own_run()) {
            take_run();
        }
    });
    on_link(() => {
        now = of_link();
        box.choose(key_of(now));
        take_run();
    });
    const box = select_field("Cells show", data.fields.map((field) => ({ value: key_of(field), label: field.name })), key_of(now), (value) => {
        take(data.fields.find((field) => key_of(field) === value) ?? now);
        put_in_link("grid", now === data.fields[0] ? null : value);
        made.refresh(caption());
    });
    const made = figure({
        title: caption(), note: [data.note],
        controls: [...(data.fields.length > 1 ? [box.node] : []), ...(data.runs.length > 1 ? [run_box.node] : [])],
        body: [own_player("Date on the grid", times, head, (then) => {
            at = then;
            draw();
        }), place, key, readout],
        table: over_time, kind: "grid-figure",
    });
    take(now);
    return made.node;
}
