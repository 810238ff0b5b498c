// How often what happens: by year, by event and by who does it to whom.
import { style_of } from "./alternatives";
import { draw_columns, type Stack } from "./bars";
import { element } from "./dom";
import { drawing, figure, select_field } from "./figure";
import { capitalised, number, spoken } from "./format";
import { legend } from "./legend";
import { small_bars, small_multiples } from "./small";

export interface EventCounts {
    name: string;
    kind: string;
    about: string;
    /** Mean number a run, in each year. */
    by_year: readonly number[];
    /** The same for each agent or link on which it happens. */
    rows: readonly Stack[];
    /** How many more of these there are; "" where there are none. */
    note: string;
}

const most_parts = 6;

/** The largest parts, and all others together. */
export function main_parts(event: EventCounts): Stack[] {
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const parts = event.rows.filter((row) => sum(row.values) > 0).sort((a, b) => sum(b.values) - sum(a.values));
    if (parts.length === 0) {
        return [{ name: spoken(event.name), values: event.by_year }];
    }
    const main = parts.slice(0, parts.length > most_parts ? most_parts - 1 : most_parts);
    const rest = event.by_year.map((total, at) => Math.max(0, total - main.reduce((known, part) => known + (part.values[at] ?? 0), 0)));
    return sum(rest) > 1e-9 * Math.max(1, sum(event.by_year)) && parts.length > main.length ? [...main, { name: "others", values: rest }] : main;
}

export function event_counts(events: readonly EventCounts[], years: readonly string[], events_over: string): Node[] {
    const total = (event: EventCounts): number => event.by_year.reduce((sum, value) => sum + value, 0);
    let now = events.find((event) => event.rows.length > 1 && total(event) > 0) ?? events[0]!;
    const caption = (): string => `How often ${spoken(now.name)} happens on each ${now.kind}, mean number per run, by year.${now.about ? ` ${capitalised(now.about).replace(/\.?$/, ".")}` : ""}`;
    const plot = drawing((width) => draw_columns(years, main_parts(now), width, `${caption()} ${years.map((year, at) =>
        `${year}: ${number(now.by_year[at])}`).join("; ")}.`, "times per run"));
    const key = element("div", {});
    const refresh_key = (): void => {
        const parts = main_parts(now);
        key.replaceChildren(parts.length < 2 ? "" : legend(parts.map((part, at) => ({ kind: "bar", shape: "box", words: part.name, style: style_of(at) }) as const)));
    };
    const choose = (name: string): void => {
        now = events.find((event) => event.name === name) ?? now;
        plot.redraw();
        refresh_key();
        box.choose(name);
        overview.press(name);
        large.refresh(caption());
    };
    const box = select_field("Event", events.map((event) => ({ value: event.name, label: spoken(event.name), group: event.kind })), now.name, choose);
    const large = figure({
        title: caption(),
        note: ["Columns are stacked by who and toward whom; the number above is the sum. ".concat(events_over)],
        controls: [box.node],
        body: [plot.node, key],
        table: () => ({
            caption: `${spoken(now.name)}: mean number per run.${now.note ? ` ${now.note}` : ""}`,
            columns: [{ title: "on" }, ...years.map((year) => ({ title: year, numeric: true })), { title: "all", numeric: true }],
            rows: [{ name: "all", values: now.by_year }, ...now.rows].map((row) =>
                [row.name, ...years.map((_, at) => row.values[at] ?? 0), row.values.reduce((sum, value) => sum + value, 0)]),
        }),
        kind: "events",
    });
    const overview = small_multiples("Events", events.map((event) => ({ name: event.name, title: spoken(event.name), value: `${number(total(event))} per run`,
        drawing: () => small_bars(event.by_year) })), now.name, (name) => {
        choose(name);
        large.node.scrollIntoView({ block: "nearest" });
    });
    refresh_key();
    const small = figure({
        title: "All events, mean number per run, by year, each on its own scale.",
        note: [element("span", { class: "controls-note" }, "Choosing one shows it above.")],
        body: [overview.node],
        table: () => ({
            caption: "Mean number of events per run, by year.",
            columns: [{ title: "event" }, { title: "on" }, ...years.map((year) => ({ title: year, numeric: true })), { title: "all", numeric: true }],
            rows: events.map((event) => [spoken(event.name), event.kind, ...years.map((_, at) => event.by_year[at] ?? 0), total(event)]),
        }),
        kind: "all-events long",
    });
    return [large.node, small.node];
}
