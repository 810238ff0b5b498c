// What was varied in a study, by outcome: how often runs went that way at each of its values, where both groups lie, and which parameters set them apart.
import { effect_of_factor, mean_of, type Design } from "./clustered";
import { is_apart, type Effect } from "./distinguish";
import type { Varied } from "./study_runs";
import type { PanelPoint, Strips } from "./value_panels";
import { group_styles } from "./parting";

export interface RankedFactor {
    varied: Varied;
    effect: Effect;
    apart: boolean;
}

export interface RankedFactors {
    /** Those told apart first, the largest difference before. */
    rows: readonly RankedFactor[];
    /** Those that are not compared, and why. */
    others: readonly { varied: Varied; why: string }[];
    /** Whether errors are for these random numbers, since too few replicates are in one of the groups. */
    given_luck: boolean;
    /** How many differences were looked at. */
    together: number;
}

export function ranked_factors(all: readonly Varied[], side: Int8Array, design: Design): RankedFactors {
    const found = all.map((varied) => ({ varied, ...effect_of_factor(varied.values, side, design) }));
    const together = Math.max(1, found.filter(({ effect }) => effect !== null).length);
    const rows = found.flatMap(({ varied, effect }) => effect === null ? [] : [{ varied, effect, apart: is_apart(effect, together) }]);
    rows.sort((a, b) => Number(b.apart) - Number(a.apart) || Math.abs(b.effect.size) - Math.abs(a.effect.size));
    return { rows, others: found.flatMap(({ varied, effect, why }) => effect === null ? [{ varied, why }] : []), given_luck: found.some((one) => one.given_luck), together };
}

/** More values than these are put into bins. */
const most_values = 24;
const most_bins = 10;
const least_points_in_bin = 5;

/** The values of a factor, or bins of as many points each. */
export function bins_of(values: Float64Array): { from: number; to: number; points: number[] }[] {
    const order = [...values.keys()].filter((point) => Number.isFinite(values[point]!)).sort((a, b) => values[a]! - values[b]!);
    const levels = [...new Set(order.map((point) => values[point]!))];
    if (levels.length <= most_values) {
        return levels.map((level) => ({ from: level, to: level, points: order.filter((point) => values[point] === level) }));
    }
    const count = Math.max(1, Math.min(most_bins, Math.floor(order.length / least_points_in_bin)));
    return Array.from({ length: count }, (_, bin) => {
        const points = order.slice(Math.floor(bin * order.length / count), Math.floor((bin + 1) * order.length / count));
        return { from: values[points[0]!]!, to: values[points.at(-1)!]!, points };
    });
}

/** Means of what runs have, over the values or bins of a factor, with 95 % intervals. Runs that count not have NaN. */
export function over_factor(values: Float64Array, of_runs: Float64Array, design: Design, is_share: boolean): PanelPoint[] {
    return bins_of(values).flatMap(({ from, to, points }): PanelPoint[] => {
        const own = new Float64Array(of_runs.length).fill(NaN);
        for (const point of points) {
            for (let run = point * design.replicates; run < (point + 1) * design.replicates; run += 1) {
                own[run] = of_runs[run]!;
            }
        }
        const mean = mean_of(own, design, is_share);
        const x = points.reduce((sum, point) => sum + values[point]!, 0) / points.length;
        return mean === null ? [] : [{ x, from, to, ...mean }];
    });
}

/** 1 in a run that went that way, 0 in one of the others, NaN in one that is left out. */
export const went = (side: Int8Array): Float64Array => Float64Array.from(side, (own) => own === 0 ? 1 : own === 1 ? 0 : NaN);

/** The values of those runs that are in a group, NaN of all others. */
export const of_group = (values: Float64Array, side: Int8Array, group: number): Float64Array => values.map((value, run) => side[run] === group ? value : NaN);

const strip_bins = 16;

/** Where the runs of both groups lie; of factors of few values the shares over these say it already. */
export function strips_of(values: Float64Array, side: Int8Array, design: Design, names: readonly [string, string]): Strips | null {
    const present = values.filter((value) => Number.isFinite(value));
    if (new Set(present).size <= most_values) {
        return null;
    }
    const [low, high] = [Math.min(...present), Math.max(...present)];
    const shares = [0, 1].map((group) => {
        const counts = new Array<number>(strip_bins).fill(0);
        let all = 0;
        side.forEach((own, run) => {
            const value = values[Math.floor(run / design.replicates)]!;
            if (own === group && Number.isFinite(value)) {
                counts[Math.min(strip_bins - 1, Math.floor((value - low) / (high - low) * strip_bins))]! += 1;
                all += 1;
            }
        });
        return counts.map((count) => count / Math.max(1, all));
    });
    return { bounds: Array.from({ length: strip_bins + 1 }, (_, at) => low + at / strip_bins * (high - low)), shares: shares as [number[], number[]], names, styles: group_styles };
}
