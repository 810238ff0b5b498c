// Whether and when: curves of the share of runs in which something has come.
import { element } from "./dom";
import { move_cursor } from "./fan";
import { cursor, drawing, figure, select_field, switches } from "./figure";
import { absent, in_words, percent } from "./format";
import { legend, swatch } from "./legend";
import { in_link, on_link, put_in_link } from "./link_state";
import { told_moment } from "./clock";
import { draw_curves, value_at, type Curve } from "./survival";
import { date_cell, scrolling_table, type Cell, type Table } from "./table";
import { zoom_buttons, type Stretch } from "./window";

/** A date measure, or the same one under several alternatives. */
export interface DateCurve extends Curve {
    /** Name of the measure. */
    measure: string;
    /** Share of runs in which it came within the horizon, with its interval. */
    share_at_end: number | null;
    low_at_end: number;
    high_at_end: number;
    median: number | null;
    earliest: number | null;
    latest: number | null;
}

/** In words where the curves stand on a date. */
function told(curves: readonly Curve[], date: number): string {
    return `${told_moment(date)}: ${curves.map((curve) => `${curve.name} ${percent(value_at(curve.when, curve.share, date))} `
        + `(${percent(value_at(curve.when, curve.low, date))} to ${percent(value_at(curve.when, curve.high, date))})`).join("; ")}`;
}

function table_of(curves: readonly Curve[]): Table {
    return {
        caption: "Share of runs in which it has happened by a date, with the 95 % interval.",
        columns: [{ title: "what" }, { title: "date" }, ...["share", "low", "high"].map((title) => ({ title, numeric: true }))],
        rows: curves.flatMap((curve) => curve.when.map((when, at) => [curve.name, date_cell(when), curve.share[at]!, curve.low[at]!, curve.high[at]!])),
    };
}

/** Two dates, as a range in a cell. */
function range_cell(from: number | null, to: number | null): Cell {
    const [first, last] = [date_cell(from), date_cell(to)];
    return typeof first !== "object" || first === null || typeof last !== "object" || last === null ? absent
        : { text: `${first.text} – ${last.text}`, node: [...first.node, " – ", ...last.node], key: from };
}

/** `coloured` where each row has a colour of its own in the figures, as alternatives have. */
export function dates_table(curves: readonly DateCurve[], coloured = false): HTMLElement {
    const recorded = curves.some((curve) => curve.observed !== null);
    return scrolling_table({
        caption: "Dates: how often, and when.",
        name: "dates",
        columns: [{ title: "what" }, { title: "of runs", numeric: true }, { title: "95 % interval", numeric: true }, { title: "median date", numeric: true },
            { title: "when it came, 5–95 %", numeric: true }, ...(recorded ? [{ title: "observed", numeric: true }] : [])],
        rows: curves.map((curve) => [coloured ? { text: curve.name, node: [swatch(curve.style), curve.name] } : curve.name,
            curve.share_at_end === null ? absent : { text: String(curve.share_at_end), node: [percent(curve.share_at_end)], key: curve.share_at_end },
            { text: `${percent(curve.low_at_end)} – ${percent(curve.high_at_end)}`, node: [`${percent(curve.low_at_end)} – ${percent(curve.high_at_end)}`], key: curve.low_at_end }, date_cell(curve.median),
            range_cell(curve.earliest, curve.latest), ...(recorded ? [curve.observed === null ? absent : in_words(curve.observed.told)] : [])]),
    });
}

/** The curves in one chart, each of which may be switched off. `when` are the dates to read them at. */
export function date_curves(curves: readonly DateCurve[], when: readonly number[], title: string): HTMLElement {
    const shown = new Set(curves.slice(0, 6).map((curve) => curve.name));
    let bands = true;
    const last = when.length - 1;
    let stretch: Stretch = { from: 0, to: last };
    const readout = element("p", { class: "readout" });
    const visible = (): DateCurve[] => curves.filter((curve) => shown.has(curve.name));
    const slider = cursor("Date read in the chart", when.length, last, (at) => told(visible(), when[at]!), (at) => {
        readout.textContent = told(visible(), when[at]!);
        move_cursor(plot.drawn(), when[at]!);
    });
    const set_stretch = (to: Stretch): void => {
        stretch = to;
        slider.limit(to.from, to.to);
        zoom.show(to);
        plot.redraw();
        slider.move(slider.at());
    };
    const zoom = zoom_buttons(last, () => stretch, () => slider.at(), set_stretch);
    const plot = drawing((width) => draw_curves(visible(), width, {
        label: `${title} ${told(visible(), when[last]!)}.`,
        when, stretch, bands, cursor: slider.at(),
        on_frame: (left, right) => { slider.align(left, right); },
        on_hover: (at) => { slider.move(at); },
        on_zoom: (to) => { set_stretch(to ?? { from: 0, to: last }); },
    }));
    const key = element("div", {});
    const refresh_key = (): void => {
        key.replaceChildren(legend([...visible().map((curve) => ({ kind: "line curve", shape: "line", words: curve.name, style: curve.style }) as const),
            ...(visible().some(({ observed }) => typeof observed?.first === "number" && typeof observed.last === "number") ? [{ kind: "observed", shape: "ring", words: "observed" } as const] : [])]));
    };
    const which = switches("Curves", curves.map((curve) => ({ value: curve.name, label: curve.name, on: shown.has(curve.name) })), (name, on) => {
        if (on) {
            shown.add(name);
        } else {
            shown.delete(name);
        }
        refresh_key();
        plot.redraw();
        slider.move(slider.at());
        made.refresh();
    });
    const band_switch = switches("Show", [{ value: "bands", label: "95 % intervals", on: true }], (_, on) => {
        bands = on;
        plot.redraw();
    });
    const made = figure({
        title,
        note: ["Kaplan–Meier estimates with pointwise 95 % intervals; runs without the event by the end of the horizon are censored there, those that failed before it at their failure."],
        controls: [curves.length > 1 ? which : band_switch, curves.length > 1 ? band_switch : element("span", {}), element("div", { class: "field" }, zoom.node)],
        body: [plot.node, slider.node, readout, key],
        table: () => table_of(visible()),
        kind: "dates",
    });
    refresh_key();
    zoom.show(stretch);
    readout.textContent = told(visible(), when[last]!);
    return made.node;
}

/** Points to read curves at, where the study has no calendar of its own at hand: all dates at which one of them steps. */
export function dates_of(curves: readonly Curve[]): number[] {
    return [...new Set(curves.flatMap((curve) => curve.when))].sort((a, b) => a - b);
}

/** One date measure at a time, under all alternatives; at first that whose shares differ most. */
export function comparison_curves(all: readonly { name: string; title: string; curves: readonly DateCurve[] }[], when: readonly number[], headline: readonly string[]): HTMLElement {
    const spread = ({ curves }: { curves: readonly DateCurve[] }): number => {
        const shares = curves.map((curve) => curve.share_at_end ?? 0);
        return Math.max(...shares) - Math.min(...shares);
    };
    const titles = all.map((date) => date.title);
    const first = all.find((date) => headline.includes(date.name)) ?? all.reduce((best, one) => spread(one) > spread(best) ? one : best, all[0]!);
    const place = element("div", {});
    const show = (title: string): void => {
        const one = all.find((date) => date.title === title) ?? all[0]!;
        place.replaceChildren(date_curves(one.curves, when, `${one.title}: share of runs in which it has happened.`), dates_table(one.curves, true));
    };
    const of_link = (): string => in_link("date", titles) ?? first.title;
    const box = select_field("Date", all.map((date) => ({ value: date.title, label: date.title })), of_link(), (title) => {
        show(title);
        put_in_link("date", title === first.title ? null : title, true);
    });
    on_link(() => {
        box.choose(of_link());
        show(of_link());
    });
    show(of_link());
    return element("div", {}, all.length > 1 ? element("div", { class: "controls" }, box.node) : null, place);
}
