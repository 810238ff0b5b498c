// How many runs of each alternative went that way, and which alternatives differ in that from the base.
import type { Design } from "./clustered";
import { interval_of, is_apart, type Effect } from "./distinguish";
import { element } from "./dom";
import { draw_dots, type Dot } from "./dots";
import { drawing, figure } from "./figure";
import { capitalised, percent, share_in_percent } from "./format";
import { wilson, type Split } from "./groups";
import { swatch } from "./legend";
import type { Way } from "./outcome_choices";
import { scrolling_table, type Cell } from "./table";

interface SharesOfRuns {
    hits: number;
    runs: number;
}

function shares_of(split: Split, design: Design): SharesOfRuns[] {
    return Array.from({ length: design.points }, (_, at) => {
        const own = split.side.subarray(at * design.replicates, (at + 1) * design.replicates);
        return { hits: own.filter((side) => side === 0).length, runs: own.filter((side) => side >= 0).length };
    });
}

/** The difference of an alternative's share from the base's: run by run where they draw the same random numbers (Student's t); else of independent runs, one
 *  of each outcome added to both (Agresti & Caffo 2000, The American Statistician 54:280). Null where there are too few runs. */
export function difference_from_base(at: number, split: Split, design: Design): Effect | null {
    const { replicates, paired } = design;
    const all = shares_of(split, design);
    const [base, own] = [all[0]!, all[at]!];
    if (!paired) {
        const p = [own, base].map(({ hits, runs }) => ({ share: (hits + 1) / (runs + 2), runs: runs + 2 }));
        const size = p[0]!.share - p[1]!.share;
        return Math.min(own.runs, base.runs) < 2 ? null : { counts: [own.runs, base.runs], means: [own.hits / own.runs, base.hits / base.runs], size, freedom: 1e6,
            standard_error: Math.sqrt(p.reduce((sum, one) => sum + one.share * (1 - one.share) / one.runs, 0)) };
    }
    const differences: number[] = [];
    const means = [0, 0];
    for (let replicate = 0; replicate < replicates; replicate += 1) {
        const [mine, other] = [split.side[at * replicates + replicate]!, split.side[replicate]!];
        if (mine >= 0 && other >= 0) {
            differences.push(other - mine);
            means[0]! += 1 - mine;
            means[1]! += 1 - other;
        }
    }
    const count = differences.length;
    if (count < 2) {
        return null;
    }
    const size = differences.reduce((sum, one) => sum + one, 0) / count;
    const variance = differences.reduce((sum, one) => sum + (one - size) ** 2, 0) / (count - 1);
    return { counts: [count, count], means: [means[0]! / count, means[1]! / count], size, standard_error: Math.sqrt(variance / count), freedom: count - 1 };
}

const points_text = (value: number): string => `${value <= -0.0005 ? "−" : ""}${(100 * Math.abs(value)).toFixed(1)}`;

export function alternatives_by_outcome(names: readonly string[], way: Way, split: Split, design: Design, style: (at: number) => number): Node[] {
    const all = shares_of(split, design);
    const together = Math.max(1, names.length - 1);
    const rows = names.map((name, at) => {
        const { hits, runs } = all[at] ?? { hits: 0, runs: 0 };
        const effect = at === 0 || at >= design.points ? null : difference_from_base(at, split, design);
        return { name, at, hits, runs, share: runs === 0 ? null : hits / runs, ...wilson(hits, runs), effect, apart: effect !== null && is_apart(effect, together) };
    });
    const verdict = ({ effect, apart }: typeof rows[number]): string => effect === null ? "" : effect.standard_error === 0 && effect.size === 0 ? "the same in every run" : apart ? "yes" : "not told apart";
    const what = `${capitalised(way.names[0])}: share of the runs of each alternative`;
    const dots: Dot[] = rows.map((row) => ({ name: row.name, style: style(row.at), value: row.share, low: row.runs === 0 ? null : row.low, high: row.runs === 0 ? null : row.high,
        told: percent(row.share), apart: row.effect === null ? "" : row.apart ? `${points_text(row.effect.size)} percentage points` : "not told apart" }));
    const plot = drawing((width) => draw_dots(dots, width, { label: `${what}. ${rows.map((row) => `${row.name}: ${percent(row.share)}`).join("; ")}.`, title: "", format: (value) => share_in_percent(value) }));
    const range = (effect: Effect): string => {
        const { low, high } = interval_of(effect);
        return `${points_text(low)} to ${points_text(high)}`;
    };
    const pairing = design.paired ? "Differences are taken run by run, for runs of one number draw the same random numbers (Student's t)." : "Alternatives have runs of their own (Agresti & Caffo 2000).";
    const made = figure({
        title: `${what}.`,
        note: [`Dots with 95 % intervals (Wilson 1927). ${pairing} Told apart is what differs though ${together === 1 ? "one alternative was" : `${together} alternatives were`} looked at (Bonferroni).`],
        body: [plot.node],
        table: () => ({
            caption: `${what}, with 95 % intervals, and its difference from ${names[0] ?? "the first"}.`,
            columns: [{ title: "alternative" }, ...["runs", "went that way", "share", "low", "high", "difference", "difference, low", "difference, high"].map((title) => ({ title, numeric: true })), { title: "told apart" }],
            rows: rows.map((row): Cell[] => {
                const ends = row.effect === null ? null : interval_of(row.effect);
                return [row.name, row.runs, row.hits, row.share, row.low, row.high, row.effect?.size ?? null, ends?.low ?? null, ends?.high ?? null, verdict(row)];
            }),
        }),
        kind: "alternative-shares",
    });
    return [made.node, element("div", { class: "ranking" }, scrolling_table({
        caption: `${what}, and how far from ${names[0] ?? "the first"}.`,
        name: "alternatives",
        columns: [{ title: "alternative" }, { title: "runs", numeric: true }, { title: "share", numeric: true }, { title: "95 % interval", numeric: true }, { title: "difference, percentage points", numeric: true }, { title: "95 % interval", numeric: true }, { title: "told apart" }],
        rows: rows.map((row): Cell[] => [{ text: row.name, node: [swatch(style(row.at)), row.name] }, row.runs, { text: String(row.share ?? ""), node: [percent(row.share)], key: row.share },
            row.runs === 0 ? "–" : `${share_in_percent(row.low)} to ${share_in_percent(row.high)}`,
            row.effect === null ? "–" : { text: String(row.effect.size), node: [points_text(row.effect.size)], key: row.effect.size }, row.effect === null ? "–" : range(row.effect), row.effect === null ? "–" : verdict(row)]),
    }))];
}
