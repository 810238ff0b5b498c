// Which parameters matter: ranked bars with intervals, for one outcome at a time.
import { draw_ranked, type Ranked } from "./bars";
import { drawing, figure, select_field } from "./figure";
import { number } from "./format";
import { legend } from "./legend";
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

/** `series` names the indices of a row; rows are ranked by the one at `rank_by`. */
export function rankings(all: readonly Ranking[], series: readonly string[], rank_by: number, note: Child[]): HTMLElement {
    let now = all.find((ranking) => ranking.rows.some((row) => (row.indices[rank_by]?.value ?? 0) > 0)) ?? all[0]!;
    const ranked = (): Ranked[] => [...now.rows].sort((a, b) => (b.indices[rank_by]?.value ?? -Infinity) - (a.indices[rank_by]?.value ?? -Infinity))
        .map((row) => ({ name: row.factor, marks: [...row.indices] }));
    const caption = (): string => `What ${now.title} depends on.${now.note ? ` ${now.note}` : ""}`;
    const plot = drawing((width) => draw_ranked(ranked(), series, width, `${caption()} ${ranked().map((row) =>
        `${row.name}: ${row.marks.map((mark, at) => `${series[at]!} ${number(mark?.value)}`).join(", ")}`).join("; ")}.`, now.unit, "bars"));
    const box = select_field("Outcome", all.map((ranking) => ({ value: ranking.outcome, label: ranking.title })), now.outcome, (name) => {
        now = all.find((ranking) => ranking.outcome === name) ?? now;
        plot.redraw();
        made.refresh(caption());
    });
    const made = figure({
        title: caption(),
        note,
        controls: [box.node],
        body: [series.length > 1 ? legend(series.map((words, at) => ({ kind: "bar pale", shape: "box", words, style: at + 1 }))) : element("span", {}), plot.node],
        table: () => ({
            caption: `What ${now.title} depends on, with 95 % intervals.`,
            columns: [{ title: "parameter" }, ...series.flatMap((words) => [words, `${words}, low`, `${words}, high`].map((title) => ({ title, numeric: true })))],
            rows: ranked().map((row) => [row.name, ...row.marks.flatMap((mark) => [mark?.value ?? null, mark?.low ?? null, mark?.high ?? null])]),
        }),
        kind: "ranking",
    });
    return made.node;
}
