// Alternatives beside their base: paired differences, and courses side by side.
import { style_of_alternative } from "./alternatives";
import { draw_ranked, type Ranked } from "./bars";
import { element } from "./dom";
import { move_cursor } from "./fan";
import { cursor, drawing, figure, select_field, switches } from "./figure";
import { is_share, number, shown, unit_words, with_unit } from "./format";
import { legend } from "./legend";
import { in_link, on_link, put_in_link } from "./link_state";
import { draw_overlay, type Course } from "./overlay";
import { told_moment } from "./clock";
import { date_cell } from "./table";
import { zoom_buttons, type Stretch } from "./window";

export interface Interval {
    value: number;
    low: number | null;
    high: number | null;
}

/** A measure's differences from the base: one for each alternative. */
export interface Difference {
    name: string;
    title: string;
    unit: string;
    base: number | null;
    alternatives: readonly (Interval | null)[];
}

/** So many measures stand at once; of more, those on which alternatives lie farthest from the base. */
const most_rows = 8;
const everything = "all measures";

/** How far the alternatives lie from the base, in halves of their intervals. */
export function distance(row: Difference): number {
    return Math.max(0, ...row.alternatives.map((mark) => {
        const half = typeof mark?.low === "number" && typeof mark.high === "number" ? (mark.high - mark.low) / 2 : Infinity;
        return mark === null || mark.value === 0 ? 0 : Math.abs(mark.value) / Math.max(half, 1e-12);
    }));
}

/** The headline's rows, then those that differ most; in their own order. */
export function foremost_differences(rows: readonly Difference[], headline: readonly string[]): Difference[] {
    const rank = (row: Difference): number => headline.includes(row.name) ? Infinity : distance(row);
    const chosen = new Set([...rows].sort((one, other) => rank(other) - rank(one)).slice(0, most_rows));
    return rows.filter((row) => chosen.has(row));
}

/** Measures of one unit share a chart; that of the headline is shown first, else the unit with the most. */
export function paired_differences(rows: readonly Difference[], alternatives: readonly string[], base: string, note: string, headline: readonly string[]): HTMLElement {
    const units = [...new Set(rows.map((row) => row.unit))];
    const of_unit = (unit: string): Difference[] => rows.filter((row) => row.unit === unit);
    let unit = rows.find((row) => headline.includes(row.name))?.unit ?? [...units].sort((a, b) => of_unit(b).length - of_unit(a).length)[0]!;
    let all = false;
    const drawn = (): Difference[] => all ? of_unit(unit) : foremost_differences(of_unit(unit), headline);
    const ranked = (): Ranked[] => drawn().map((row) => ({ name: row.title, marks: [...row.alternatives] }));
    const words = (one: string): string => is_share(one) ? "percentage points" : unit_words(one);
    const format = (value: number): string => number(Number((100 * value).toPrecision(12)));
    const caption = (): string => `Differences from ${base}${words(unit) ? `, in ${words(unit)}` : ""}.`;
    const plot = drawing((width) => draw_ranked(ranked(), alternatives, width, `${caption()} ${ranked().map((row) => `${row.name}: ${row.marks.map((mark, at) =>
        `${alternatives[at]!} ${number(mark?.value)}`).join(", ")}`).join("; ")}.`, words(unit), "points", (at) => style_of_alternative(at + 1), is_share(unit) ? format : undefined));
    const redraw = (): void => {
        plot.redraw();
        how_many.textContent = drawn().length === of_unit(unit).length ? "" : ` The ${drawn().length} of ${of_unit(unit).length} measures that differ most.`;
        made.refresh(caption());
    };
    const box = select_field("Measures in", units.map((one) => ({ value: one, label: one === "" ? "no unit" : words(one) })), unit, (chosen) => {
        unit = chosen;
        redraw();
    });
    const how_many = element("span");
    const more = switches("Show", [{ value: everything, label: everything, on: false }], (_, on) => {
        all = on;
        redraw();
    });
    const made = figure({
        title: caption(),
        note: [note, how_many],
        controls: [...(units.length > 1 ? [box.node] : []), ...(units.some((one) => of_unit(one).length > most_rows) ? [more] : [])],
        body: [alternatives.length > 1 ? legend(alternatives.map((name, at) => ({ kind: at % 2 === 0 ? "point" : "point hollow", shape: "ring", words: name, style: style_of_alternative(at + 1) })))
            : element("span", {}), plot.node],
        table: () => ({
            caption: `All measures: ${base}, and paired differences from it with 95 % intervals.`,
            name: "differences",
            columns: [{ title: "measure" }, { title: "unit" }, { title: base, numeric: true },
                ...alternatives.flatMap((name) => [name, `${name}, low`, `${name}, high`].map((title) => ({ title, numeric: true })))],
            rows: rows.map((row) => [row.title, row.unit, row.base, ...row.alternatives.flatMap((mark) => [mark?.value ?? null, mark?.low ?? null, mark?.high ?? null])]),
        }),
        kind: "differences",
    });
    redraw();
    return made.node;
}

export interface SideBySide {
    name: string;
    title: string;
    unit: string;
    when: readonly number[];
    /** Of each alternative, the base first: middle and band. */
    courses: readonly Course[];
    /** Paired differences from the base, if there are any. */
    differences: readonly Course[];
}

/** How far the middles of alternatives lie apart at the end, measured by the width of the base's band. */
export function apart(one: SideBySide): number {
    const last = (values: Course["middle"]): number | null => [...values].reverse().find((value) => value !== null) ?? null;
    const ends = one.courses.flatMap((course) => last(course.middle) ?? []);
    const base = one.courses[0];
    if (base === undefined || ends.length < 2) {
        return 0;
    }
    const wide = (last(base.high) ?? 0) - (last(base.low) ?? 0);
    const range = Math.max(...ends) - Math.min(...ends);
    return range === 0 ? 0 : range / Math.max(wide, 1e-9 * range);
}

export function side_by_side(all: readonly SideBySide[], band_label: string, middle_label: string, headline: readonly string[]): HTMLElement {
    const names = all.map((one) => one.name);
    const named = (name: string | null): SideBySide | undefined => all.find((one) => one.name === name);
    const first = named(headline.find((name) => names.includes(name)) ?? null) ?? all.reduce((best, one) => apart(one) > apart(best) ? one : best, all[0]!);
    let now = named(in_link("measure", names)) ?? first;
    let as_differences = false;
    let bands = true;
    let last = now.when.length - 1;
    let stretch: Stretch = { from: 0, to: last };
    const readout = element("p", { class: "readout" });
    const courses = (): readonly Course[] => as_differences ? now.differences : now.courses;
    const told = (at: number): string => `${told_moment(now.when[at]!)}: ${courses().map((course) =>
        `${course.name} ${with_unit(course.middle[at], now.unit)} (${shown(course.low[at], now.unit)} to ${shown(course.high[at], now.unit)})`).join("; ")}`;
    const caption = (): string => `${now.title}${unit_words(now.unit) ? `, in ${unit_words(now.unit)}` : ""}${as_differences ? ": paired differences from the baseline" : ", side by side"}.`;
    const plot = drawing((width) => draw_overlay(courses(), width, {
        label: `${caption()} ${told(last)}.`, unit: now.unit, when: now.when, stretch, bands, zero: as_differences, cursor: slider.at(),
        on_frame: (left, right) => { slider.align(left, right); },
        on_hover: (at) => { slider.move(at); },
        on_zoom: (to) => { set_stretch(to ?? { from: 0, to: last }); },
    }));
    const make_slider = (): ReturnType<typeof cursor> => cursor("Date read in the chart", last + 1, last, told, (at) => {
        readout.textContent = told(at);
        move_cursor(plot.drawn(), now.when[at]!);
    });
    let slider = make_slider();
    const slot = element("div", {}, slider.node);
    const make_zoom = (): ReturnType<typeof zoom_buttons> => zoom_buttons(last, () => stretch, () => slider.at(), (to) => { set_stretch(to); });
    let zoom = make_zoom();
    const zoom_slot = element("div", { class: "field" }, zoom.node);
    const set_stretch = (to: Stretch): void => {
        stretch = to;
        slider.limit(to.from, to.to);
        zoom.show(to);
        plot.redraw();
        slider.move(slider.at());
    };
    const key = element("div", {});
    const renew = (): void => {
        last = now.when.length - 1;
        slider = make_slider();
        slot.replaceChildren(slider.node);
        zoom = make_zoom();
        zoom_slot.replaceChildren(zoom.node);
        set_stretch({ from: 0, to: last });
        key.replaceChildren(legend(courses().map((course) => ({ kind: "line curve", shape: "line", words: course.name, style: course.style }))));
        made.refresh(caption());
    };
    const box = select_field("Measure", all.map((one) => ({ value: one.name, label: one.title })), now.name, (name) => {
        now = named(name) ?? now;
        renew();
        put_in_link("measure", now === first ? null : name, true);
    });
    on_link(() => {
        now = named(in_link("measure", names)) ?? first;
        box.choose(now.name);
        renew();
    });
    const layers = switches("Show", [
        ...(all.some((one) => one.differences.length > 0) ? [{ value: "differences", label: "differences from the baseline", on: false }] : []),
        { value: "bands", label: "bands", on: true },
    ], (value, on) => {
        if (value === "bands") {
            bands = on;
            plot.redraw();
        } else {
            as_differences = on;
            renew();
        }
    });
    const made = figure({
        title: caption(),
        note: [`Lines: ${middle_label}; bands: ${band_label}; of differences, the mean and its 95 % interval.`],
        controls: [box.node, layers, zoom_slot],
        body: [plot.node, slot, readout, key],
        table: () => ({
            caption: caption(),
            columns: [{ title: "date" }, ...courses().flatMap((course) => [course.name, `${course.name}, low`, `${course.name}, high`].map((title) =>
                ({ title, unit: now.unit, numeric: true })))],
            rows: now.when.map((when, at) => [date_cell(when), ...courses().flatMap((course) => [course.middle[at] ?? null, course.low[at] ?? null, course.high[at] ?? null])]),
        }),
        kind: "side-by-side",
    });
    renew();
    return made.node;
}
