// Which parameters matter: ranked bars with intervals, for one outcome at a time. Ranks that the intervals leave open are told as such.
import { draw_ranked, type Ranked } from "./bars";
import { drawing, figure, select_field } from "./figure";
import { number } from "./format";
import { legend } from "./legend";
import { in_link, on_link, put_in_link } from "./link_state";
import { element, type Child } from "./dom";

export interface Index {
    value: number;
    low: number | null;
    high: number | null;
}

export interface Ranking {
    outcome: string;
    title: string;
    /** What the caption adds, as the share of variance that is chance. */
    note: string;
    unit: string;
    rows: readonly { factor: string; indices: readonly (Index | null)[] }[];
}

/** The ranks that an index may have: above it are those whose intervals lie above its own, below it those whose lie below; between them nothing is told apart. */
export function possible_ranks(indices: readonly (Index | null)[]): { first: number; last: number }[] {
    const reach = (index: Index | null): [number, number] => index === null ? [-Infinity, -Infinity] : [index.low ?? index.value, index.high ?? index.value];
    return indices.map((index) => {
        const [low, high] = reach(index);
        const above = indices.filter((other) => reach(other)[0] > high).length;
        const below = indices.filter((other) => reach(other)[1] < low).length;
        return { first: above + 1, last: indices.length - below };
    });
}

const told_ranks = ({ first, last }: { first: number; last: number }): string => first === last ? String(first) : `${first}–${last}`;

export function ranked_rows(ranking: Ranking, rank_by: number): (Ranked & { ranks: string })[] {
    const sorted = [...ranking.rows].sort((a, b) => (b.indices[rank_by]?.value ?? -Infinity) - (a.indices[rank_by]?.value ?? -Infinity));
    const ranks = possible_ranks(sorted.map((row) => row.indices[rank_by] ?? null)).map(told_ranks);
    return sorted.map((row, at) => ({ name: row.factor, marks: [...row.indices], ranks: ranks[at]! }));
}

/** Which leads, or which are not told apart from the one that leads. */
export function leader(rows: readonly { name: string; ranks: string }[]): string {
    const [first] = rows;
    if (first === undefined || rows.length < 2) {
        return "";
    }
    const among = rows.filter((row) => row.ranks.startsWith("1–"));
    return among.length < 2 ? `${first.name} matters most.` : `${among.slice(0, -1).map((row) => row.name).join(", ")} and ${among.at(-1)!.name} are not told apart: their intervals overlap.`;
}

/** The outcome shown at first: the headline's, else the first on which something has an influence. */
export function first_ranking(all: readonly Ranking[], rank_by: number, headline: string | null): Ranking {
    return all.find((ranking) => ranking.outcome === headline) ?? all.find((ranking) => ranking.rows.some((row) => (row.indices[rank_by]?.value ?? 0) > 0)) ?? all[0]!;
}

export function draw_ranking(ranking: Ranking, series: readonly string[], rank_by: number, width: number): SVGSVGElement {
    const rows = ranked_rows(ranking, rank_by);
    return draw_ranked(rows, series, width, `What ${ranking.title} depends on. ${leader(rows)} ${rows.map((row) =>
        `${row.name}: ${row.marks.map((mark, at) => `${series[at]!} ${number(mark?.value)}`).join(", ")}`).join("; ")}.`, ranking.unit, "bars", (at) => at + 1);
}

export function ranking_key(series: readonly string[]): HTMLElement {
    return series.length > 1 ? legend(series.map((words, at) => ({ kind: "bar pale", shape: "box", words, style: at + 1 }))) : element("span", {});
}

/** `series` names the indices of a row; rows are ranked by the one at `rank_by`. */
export function rankings(all: readonly Ranking[], series: readonly string[], rank_by: number, note: Child[], headline: string | null): HTMLElement {
    const names = all.map((ranking) => ranking.outcome);
    const first = first_ranking(all, rank_by, headline);
    const of_link = (): Ranking => all.find((ranking) => ranking.outcome === in_link("outcome", names)) ?? first;
    let now = of_link();
    const caption = (): string => `What ${now.title} depends on. ${leader(ranked_rows(now, rank_by))}${now.note ? ` ${now.note}` : ""}`;
    const plot = drawing((width) => draw_ranking(now, series, rank_by, width));
    const show = (ranking: Ranking): void => {
        now = ranking;
        box.choose(now.outcome);
        plot.redraw();
        made.refresh(caption());
    };
    const box = select_field("Outcome", all.map((ranking) => ({ value: ranking.outcome, label: ranking.title })), now.outcome, (name) => {
        show(all.find((ranking) => ranking.outcome === name) ?? now);
        put_in_link("outcome", now === first ? null : name, true);
    });
    on_link(() => { show(of_link()); });
    const made = figure({
        title: caption(),
        note: [...note, " Before each name stand the ranks that it may have: where intervals overlap, parameters are not told apart."],
        controls: [box.node],
        body: [ranking_key(series), plot.node],
        table: () => ({
            caption: `What ${now.title} depends on, with 95 % intervals.`,
            columns: [{ title: "parameter" }, { title: "rank" }, ...series.flatMap((words) => [words, `${words}, low`, `${words}, high`].map((title) => ({ title, numeric: true })))],
            rows: ranked_rows(now, rank_by).map((row) => [row.name, row.ranks, ...row.marks.flatMap((mark) => [mark?.value ?? null, mark?.low ?? null, mark?.high ?? null])]),
        }),
        kind: "ranking",
    });
    return made.node;
}
