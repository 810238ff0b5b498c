// How often what happens: by year, by event and by who does it to whom.
import { style_of } from "./alternatives";
import { draw_columns, draw_grouped_columns, type Stack } from "./bars";
import { element } from "./dom";
import { drawing, figure, select_field } from "./figure";
import { capitalised, number, spoken } from "./format";
import { legend } from "./legend";
import { group_styles, type Parting } from "./parting";
import { small_bars, small_grouped_bars, small_multiples } from "./small";

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
    const parts = event.rows.filter((row) => sum_of(row.values) > 0).sort((a, b) => sum_of(b.values) - sum_of(a.values));
    if (parts.length === 0) {
        return [{ name: spoken(event.name), values: event.by_year }];
    }
    const main = parts.slice(0, parts.length > most_parts ? most_parts - 1 : most_parts);
    const rest = event.by_year.map((total, at) => Math.max(0, total - main.reduce((known, part) => known + (part.values[at] ?? 0), 0)));
    return sum_of(rest) > 1e-9 * Math.max(1, sum_of(event.by_year)) && parts.length > main.length ? [...main, { name: "others", values: rest }] : main;
}

const sum_of = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export function event_counts(events: readonly EventCounts[], years: readonly string[], events_over: string, parting: Parting): Node[] {
    const total = (event: EventCounts): number => sum_of(event.by_year);
    let now = events.find((event) => event.rows.length > 1 && total(event) > 0) ?? events[0]!;
    /** Of both groups, where the runs are parted. */
    const groups_of = (event: EventCounts): (Stack & { style: number })[] => {
        const both = parting.now?.events(events.indexOf(event)) ?? null;
        return both === null ? [] : both.map((values, side) => ({ name: parting.now!.names[side]!, values, style: group_styles[side]! }));
    };
    const caption = (): string => {
        const groups = groups_of(now);
        return `How often ${spoken(now.name)} happens${groups.length > 0 ? "" : ` on each ${now.kind}`}, mean number per run, by year${groups.length > 0 ? ", by outcome" : ""}.`
            + (now.about ? ` ${capitalised(now.about).replace(/\.?$/, ".")}` : "");
    };
    const plot = drawing((width) => {
        const groups = groups_of(now);
        return groups.length > 0
            ? draw_grouped_columns(years, groups, width, `${caption()} ${years.map((year, at) => `${year}: ${groups.map(({ name, values }) => `${name} ${number(values[at])}`).join(", ")}`).join("; ")}.`, "times per run")
            : draw_columns(years, main_parts(now), width, `${caption()} ${years.map((year, at) => `${year}: ${number(now.by_year[at])}`).join("; ")}.`, "times per run");
    });
    const key = element("div", {});
    const how = element("span");
    const refresh_key = (): void => {
        const groups = groups_of(now);
        const parts = groups.length > 0 ? groups : main_parts(now).map((part, at) => ({ ...part, style: style_of(at) }));
        key.replaceChildren(parts.length < 2 ? "" : legend(parts.map((part) => ({ kind: "bar", shape: "box", words: part.name, style: part.style }) as const)));
        how.textContent = groups.length > 0
            ? `Columns are the groups of runs side by side${parting.now!.events_over === "" ? "" : `, ${parting.now!.events_over}`}; by whom and toward whom is told of all runs together alone. `
            : `Columns are stacked by who and toward whom; the number above is the sum. ${events_over}${parting.now === null ? "" : " By outcome it was not kept: this is of all runs."}`;
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
        note: [how],
        controls: [box.node],
        body: [plot.node, key],
        table: () => {
            const groups = groups_of(now);
            return groups.length > 0 ? {
                caption: `${spoken(now.name)}: mean number per run, by outcome.`,
                columns: [{ title: "runs" }, ...years.map((year) => ({ title: year, numeric: true })), { title: "all", numeric: true }],
                rows: groups.map(({ name, values }) => [name, ...values, sum_of(values)]),
            } : {
                caption: `${spoken(now.name)}: mean number per run.${now.note ? ` ${now.note}` : ""}`,
                columns: [{ title: "on" }, ...years.map((year) => ({ title: year, numeric: true })), { title: "all", numeric: true }],
                rows: [{ name: "all", values: now.by_year }, ...now.rows].map((row) =>
                    [row.name, ...years.map((_, at) => row.values[at] ?? 0), sum_of(row.values)]),
            };
        },
        kind: "events",
    });
    const small_of = (event: EventCounts): { value: string; drawing: () => SVGSVGElement } => {
        const groups = groups_of(event);
        return groups.length > 0 ? { value: groups.map(({ values }) => number(sum_of(values))).join(" | "), drawing: () => small_grouped_bars(groups) }
            : { value: `${number(total(event))} per run`, drawing: () => small_bars(event.by_year) };
    };
    const overview = small_multiples("Events", events.map((event) => ({ name: event.name, title: spoken(event.name), ...small_of(event) })), now.name, (name) => {
        choose(name);
        large.node.scrollIntoView({ block: "nearest" });
    });
    refresh_key();
    const small_title = (): string => `All events, mean number per run, by year, each on its own scale${groups_of(now).length > 0 ? `: ${parting.now!.names.join(" | ")}` : ""}.`;
    const small = figure({
        title: small_title(),
        note: [element("span", { class: "controls-note" }, "Choosing one shows it above.")],
        body: [overview.node],
        table: () => groups_of(now).length > 0 ? {
            caption: "Mean number of events per run, by outcome.",
            columns: [{ title: "event" }, { title: "on" }, ...parting.now!.names.map((title) => ({ title, numeric: true })), { title: "difference", numeric: true }],
            rows: events.map((event) => {
                const [first, second] = groups_of(event).map(({ values }) => sum_of(values));
                return [spoken(event.name), event.kind, first ?? null, second ?? null, (first ?? 0) - (second ?? 0)];
            }),
        } : {
            caption: "Mean number of events per run, by year.",
            columns: [{ title: "event" }, { title: "on" }, ...years.map((year) => ({ title: year, numeric: true })), { title: "all", numeric: true }],
            rows: events.map((event) => [spoken(event.name), event.kind, ...years.map((_, at) => event.by_year[at] ?? 0), total(event)]),
        },
        kind: "all-events long",
    });
    parting.follow(() => {
        plot.redraw();
        refresh_key();
        large.refresh(caption());
        for (const event of events) {
            const { drawing: drawn, value } = small_of(event);
            overview.redraw(event.name, drawn, value);
        }
        small.refresh(small_title());
    });
    return [large.node, small.node];
}
