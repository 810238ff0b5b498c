// What set two groups of runs apart beforehand: its size over time, and a table of all of it at one moment.
import { told_moment } from "./clock";
import { ranked_at, type Distinction, type Distinctions } from "./distinctions";
import { interval_of, type Effect } from "./distinguish";
import { element } from "./dom";
import { move_cursor, nearest } from "./fan";
import { cursor, drawing, figure } from "./figure";
import { number, percent, plural, with_unit } from "./format";
import { legend } from "./legend";
import { draw_overlay, type Course } from "./overlay";
import { date_cell, scrolling_table, type Cell, type Table } from "./table";

const most_lines = 5;
/** Of more lines the intervals would cover each other: they stand in the table. */
const most_bands = 2;
const most_rows = 15;

/** Of sizes: −0.31, 0.00, ∞. */
export const two_digits = (size: number): string => Number.isFinite(size) ? size.toFixed(2).replace(/^-(?=.*[1-9])/, "−").replace(/^-/, "") : size > 0 ? "∞" : "−∞";

/** Of a measure by the year with the year that was over last. */
function title_at({ trait }: Distinction, years: YearsOf, when: number): string {
    const point = trait.yearly?.point(when) ?? null;
    return trait.yearly === undefined || point === null ? trait.title : `${trait.title} (${years(trait.yearly.series, point)})`;
}

export const range_text = (effect: Effect): string => {
    const { low, high } = interval_of(effect);
    return Number.isFinite(effect.size) ? `${two_digits(low)} to ${two_digits(high)}` : "no spread in either";
};

function value_text({ trait }: Distinction, value: number): string {
    return trait.kind === "date" ? percent(value) : with_unit(value, trait.unit);
}

/** All effects at all moments, for who wants to go on with them. */
function table_of_all(all: Distinctions, names: readonly [string, string]): Table {
    return {
        caption: "Differences of the groups at each date: means, Hedges' g and its 95 % interval.",
        columns: [{ title: "what" }, { title: "date" }, ...[`runs: ${names[0]}`, `runs: ${names[1]}`, `mean: ${names[0]}`, `mean: ${names[1]}`, "g", "low", "high"].map((title) => ({ title, numeric: true })), { title: "told apart" }],
        rows: all.when.flatMap((when, at) => ranked_at(all, at).map(({ row, effect, apart }): Cell[] => {
            const { low, high } = interval_of(effect);
            return [row.trait.title, date_cell(when), ...effect.counts, ...effect.means, effect.size, low, high, apart ? "yes" : "no"];
        })),
    };
}

/** What a year of a series is called, by both numbers. */
export type YearsOf = (series: number, point: number) => string;

/** `from` is the moment shown at first; `told` hears of every other. */
export function distinguished(all: Distinctions, names: readonly [string, string], short: readonly [string, string], is_date: boolean, from: number | null,
    years: YearsOf, told: (when: number) => void): Node[] {
    const apart = all.rows.filter((row) => row.first !== null);
    const last = all.when.length - 1;
    const start = from === null ? first_shown(all) : nearest(all.when, from);
    const lines = apart.slice(0, most_lines);
    const courses = lines.map((row, at): Course => ({
        name: row.trait.title, style: at + 1,
        middle: row.effects.map((effect) => effect === null || !Number.isFinite(effect.size) ? null : effect.size),
        low: row.effects.map((effect) => effect === null || !Number.isFinite(effect.size) ? null : interval_of(effect).low),
        high: row.effects.map((effect) => effect === null || !Number.isFinite(effect.size) ? null : interval_of(effect).high),
    }));
    const place = element("div", { class: "ranking" });
    const show = (at: number): void => {
        place.replaceChildren(...table_at(all, at, short, is_date, years));
        move_cursor(plot?.drawn() ?? null, all.when[at]!);
        told(all.when[at]!);
    };
    const slider = cursor("Date of the table", all.when.length, start, (at) => told_moment(all.when[at]!), show, true);
    const plot = courses.length === 0 || all.when.length < 2 ? null : drawing((width) => draw_overlay(courses, width, {
        label: `Difference of the groups over the spread, ${told_moment(all.when[0]!)} to ${told_moment(all.when[last]!)}: ${lines.map((row) => row.trait.title).join("; ")}.`,
        unit: "difference of means over the spread (g)", when: all.when, stretch: { from: 0, to: last }, bands: courses.length <= most_bands, zero: true, cursor: slider.at(),
        on_frame: (left, right) => { slider.align(left, right); },
        on_hover: (at) => { slider.move(at); },
        on_zoom: () => undefined,
    }));
    const title = apart.length === 0 ? "Nothing told the groups apart beforehand." : "What told the groups apart beforehand, and when.";
    const node = figure({
        title,
        note: [...(plot === null ? [] : [`Lines are those differences that were the largest where the groups are told apart${apart.length > most_lines ? `, ${most_lines} of ${apart.length}` : ""}${lines.length <= most_bands ? ", with 95 % intervals" : ""}; above zero the first group, ${short[0]}, is higher. `]),
            element("span", { class: "controls-note" }, "Move over the chart, or the slider under it, for the table of another date.")],
        body: [...(plot === null ? [] : [plot.node]), ...(all.when.length > 1 ? [slider.node] : []),
            ...(plot === null ? [] : [legend(lines.map((row, at) => ({ kind: "line curve", shape: "line", words: row.trait.title, style: at + 1 }) as const))]), place],
        table: () => table_of_all(all, names),
        kind: "distinguished",
    });
    show(start);
    return [node.node, element("details", { class: "fold" }, element("summary", {}, "How this is reckoned"), ...rule(all, is_date))];
}

/** The moment at which most is told apart, the earliest of those; where nothing ever is, that of the difference that is largest for its error. */
function first_shown(all: Distinctions): number {
    const told = all.when.map((_, at) => {
        const ranked = ranked_at(all, at);
        const surest = Math.max(0, ...ranked.map(({ effect }) => Math.abs(effect.size) / effect.standard_error));
        return ranked.some(({ apart }) => apart) ? 1e9 + ranked.filter(({ apart }) => apart).length : surest;
    });
    return Math.max(0, told.indexOf(Math.max(...told)));
}

function table_at(all: Distinctions, at: number, short: readonly [string, string], is_date: boolean, years: YearsOf): Node[] {
    const when = all.when[at]!;
    const ranked = ranked_at(all, at);
    const [first, second] = all.open[at]!;
    const open = is_date ? `On ${told_moment(when)} it was still open in ${plural(first + second, "run", "runs")}: in ${number(first)} it came later, in ${number(second)} it did not. `
        : `On ${told_moment(when)}: ${number(first)} and ${plural(second, "run", "runs")}. `;
    const parts = ranked.filter((one) => one.apart).length;
    const said = parts === 0 ? "Nothing is told apart on this date." : `${number(parts)} of ${number(ranked.length)} are told apart.`;
    const table = (rows: typeof ranked, caption: string): HTMLElement => scrolling_table({
        caption,
        columns: [{ title: "what" }, { title: `mean: ${short[0]}`, numeric: true }, { title: `mean: ${short[1]}`, numeric: true }, { title: "difference over spread, g", numeric: true },
            { title: "95 % interval", numeric: true }, { title: "told apart" }],
        rows: rows.map(({ row, effect, apart }): Cell[] => [title_at(row, years, when), value_text(row, effect.means[0]), value_text(row, effect.means[1]),
            { text: String(effect.size), node: [two_digits(effect.size)], key: effect.size }, range_text(effect), apart ? `since ${told_moment(all.when[row.first!]!)}` : "not told apart"]),
    });
    const rest = ranked.slice(most_rows);
    return [element("p", { class: "open-runs", role: "status" }, open + said), table(ranked.slice(0, most_rows), `What differed on ${told_moment(when)}: first what is told apart, the largest difference first.`),
        ...(rest.length === 0 ? [] : [element("details", { class: "fold" }, element("summary", {}, `${number(rest.length)} more`), table(rest, `What differed less on ${told_moment(when)}.`))])];
}

function rule(all: Distinctions, is_date: boolean): Node[] {
    return [
        element("p", {}, is_date
            ? "Each date compares only those runs in which the outcome was still open then: it had not come, and it was not yet too late. So nothing is ranked that is a consequence of the outcome (a landmark analysis, Anderson, Cain & Gelber 1983). Dates end where fewer than 5 runs of a group are open."
            : "The outcome is known at the end only, so all dates before the end compare all runs of both groups. A measure's own earlier values, and what it is made of, may lead the list: they tell how early the outcome could be seen."),
        element("p", {}, "The difference is Hedges' g: the difference of the two means over their pooled spread, corrected for small samples (Hedges 1981). 0.2 is called small, 0.5 medium, 0.8 large (Cohen 1988). Intervals are Student's, with the larger of two standard errors: that for normal values of one spread (Hedges & Olkin 1985), and that of the delta method on the values as they are."),
        element("p", {}, `Told apart is what differs though ${plural(all.together, "difference was", "differences were")} looked at: its interval for all of them at once (Bonferroni: 95 % that every one holds) leaves out 0. Measures that are the same in all runs are not listed; those by the year count as that of the last year over; a date counts as whether it had come.`),
        element("p", {}, "What goes before need not be a cause: both may come of a third thing. To know, set it: --set or a variant, with the same random numbers."),
    ];
}
