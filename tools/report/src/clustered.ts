// How far two groups of a study's runs differ in what was varied, and means over runs, where runs are not independent of each other.
//
// The runs of a point share its values, and under common random numbers the runs of a replicate share their luck. Errors come of what each run lends to a
// statistic (its influence, by the delta method), summed over what belongs together before it is squared:
//
// - Points that were drawn (a Latin hypercube, a Sobol' sequence, base rows of Saltelli's design, trajectories) are clusters: other points would have been
//   other values (Liang & Zeger 1986, Biometrika 73:13; Binder 1983, International Statistical Review 51:279). Where replicates share their luck they are
//   clusters too, and both count: the points' variance, and the replicates' less that of single runs, where that is more than nothing (two-way clustering,
//   Cameron, Gelbach & Miller 2011, Journal of Business & Economic Statistics 29:238).
// - Points that were set, each combination of the values once, are as they are: chance is that of the runs. Replicates that share their luck are the
//   clusters; without that, runs within their point.
// - Of fewer than 5 replicates, at all or in one of the groups, nothing can be told of their luck: points are the clusters then, whatever the design.
//
// A sum of squares over k clusters is taken k / (k − 1) times; intervals are Student's, of k − 1 degrees of freedom or, of two sources, Satterthwaite's.
import { least_in_group, type Effect } from "./distinguish";
import { wilson } from "./groups";

/** How the runs of a study hang together; they are numbered by point and replicate, the replicate fastest. */
export interface Design {
    points: number;
    replicates: number;
    /** So many points after each other were drawn together. */
    together: number;
    /** Points were set, each combination of the values once. */
    crossed: boolean;
    /** A replicate draws the same random numbers at all points. */
    paired: boolean;
}

interface Error {
    variance: number;
    freedom: number;
}

/** The sum of squares of the sums of each cluster; null where there are fewer than two. */
function clustered(sums: readonly number[]): Error | null {
    const count = sums.length;
    return count < 2 ? null : { variance: count / (count - 1) * sums.reduce((sum, own) => sum + own * own, 0), freedom: count - 1 };
}

/** What chance makes of a sum of what runs lend to it, which is 0 over all of them. Runs that lend nothing, for they are not among those looked at, have NaN.
 *  Without `luck` random numbers are as they are, and points alone are clusters. */
export function error_of(lent: Float64Array, design: Design, luck = true): Error | null {
    const { points, replicates, together, crossed, paired } = design;
    const by_cluster = new Map<number, number>();
    const by_replicate = new Map<number, number>();
    let [squares, count, within, groups] = [0, 0, 0, 0];
    for (let point = 0; point < points; point += 1) {
        let [sum, own, own_squares] = [0, 0, 0];
        for (let replicate = 0; replicate < replicates; replicate += 1) {
            const value = lent[point * replicates + replicate]!;
            if (!Number.isNaN(value)) {
                sum += value;
                own += 1;
                own_squares += value * value;
                by_replicate.set(replicate, (by_replicate.get(replicate) ?? 0) + value);
            }
        }
        if (own > 0) {
            const cluster = Math.floor(point / together);
            by_cluster.set(cluster, (by_cluster.get(cluster) ?? 0) + sum);
            squares += own_squares;
            count += own;
            groups += 1;
            within += own > 1 ? own / (own - 1) * Math.max(0, own_squares - sum * sum / own) : 0;
        }
    }
    const of_points = clustered([...by_cluster.values()]);
    const of_replicates = !luck || by_replicate.size < least_in_group ? null : clustered([...by_replicate.values()]);
    if (crossed && of_replicates !== null) {
        return paired ? of_replicates : { variance: within, freedom: Math.max(1, count - groups) };
    }
    if (of_points === null || !paired || of_replicates === null) {
        return of_points;
    }
    const shared = Math.max(0, of_replicates.variance - count / (count - 1) * squares);
    const variance = of_points.variance + shared;
    return { variance, freedom: variance === 0 ? of_points.freedom : variance ** 2 / (of_points.variance ** 2 / of_points.freedom + shared ** 2 / of_replicates.freedom) };
}

/** An effect, or in words why there is none. */
export interface Distinguished {
    effect: Effect | null;
    why: string;
    /** Whether its error is for these random numbers: too few replicates are in one of the groups to tell how much hangs on them. */
    given_luck: boolean;
}

/** Over how many points that were drawn together, and over how many replicates, each group has runs; the lesser of the two groups'. */
function spread_of(side: Int8Array, design: Design): { clusters: number; replicates: number } {
    const seen = [0, 1].map(() => ({ clusters: new Set<number>(), replicates: new Set<number>() }));
    side.forEach((own, run) => {
        seen[own]?.clusters.add(Math.floor(Math.floor(run / design.replicates) / design.together));
        seen[own]?.replicates.add(run % design.replicates);
    });
    return { clusters: Math.min(...seen.map((group) => group.clusters.size)), replicates: Math.min(...seen.map((group) => group.replicates.size)) };
}

/** Hedges' g, as distinguish.ts has it, of a factor with these values by point; `side` is 0 or 1 by run, or -1 of one that is left out. Its error is also no
 *  less than what it would be if any single run had ended the other way. */
export function effect_of_factor(values: Float64Array, side: Int8Array, design: Design): Distinguished {
    const { replicates } = design;
    const counts = [0, 0];
    const means = [0, 0];
    const squares = [0, 0];
    const each = (visit: (group: 0 | 1, value: number, run: number) => void): void => {
        side.forEach((group, run) => {
            const value = values[Math.floor(run / replicates)]!;
            if ((group === 0 || group === 1) && Number.isFinite(value)) {
                visit(group, value, run);
            }
        });
    };
    each((group, value) => {
        counts[group]! += 1;
        means[group]! += (value - means[group]!) / counts[group]!;
    });
    each((group, value) => { squares[group]! += (value - means[group]!) ** 2; });
    const [first, second] = counts as [number, number];
    const none = (why: string): Distinguished => ({ effect: null, why, given_luck: false });
    if (Math.min(first, second) < least_in_group) {
        return none("fewer than 5 runs in a group");
    }
    const all = first + second;
    const variance = (squares[0]! + squares[1]!) / (all - 2);
    const difference = means[0]! - means[1]!;
    const scale = Math.max(Math.abs(means[0]!), Math.abs(means[1]!));
    const told = { counts: [first, second] as const, means: [means[0]!, means[1]!] as const };
    if (variance <= (1e-12 * scale) ** 2) {
        return Math.abs(difference) <= 1e-12 * scale ? none("the same at all points")
            : { effect: { ...told, size: difference > 0 ? Infinity : -Infinity, standard_error: 0, freedom: all - 2 }, why: "", given_luck: false };
    }
    const spread = Math.sqrt(variance);
    const d = difference / spread;
    const lend = (group: 0 | 1, value: number): number => {
        const apart = value - means[group]!;
        return (group === 0 ? 1 : -1) * apart / (counts[group]! * spread) - d * (apart * apart - (squares[0]! + squares[1]!) / all) / (2 * (all - 2) * variance);
    };
    const lent = new Float64Array(side.length).fill(NaN);
    let most = 0;
    each((group, value, run) => {
        lent[run] = lend(group, value);
        most = Math.max(most, (lend(0, value) - lend(1, value)) ** 2);
    });
    const reached = spread_of(side, design);
    const given_luck = design.paired && reached.replicates < least_in_group;
    if ((given_luck || !design.crossed || design.replicates < least_in_group) && reached.clusters < least_in_group) {
        return none(`all runs of a group are at fewer than 5 ${design.together > 1 ? "sets of points that were drawn together" : "points"}`);
    }
    const error = error_of(lent, design, !given_luck);
    const small = 1 - 3 / (4 * (all - 2) - 1);
    return error === null ? none("too few points") : { effect: { ...told, size: small * d, standard_error: small * Math.sqrt(Math.max(error.variance, most)), freedom: error.freedom }, why: "", given_luck };
}

export interface Estimate {
    value: number;
    low: number;
    high: number;
    /** Runs. */
    count: number;
}

const z = 1.959963984540054;

/** The mean of some runs' values, NaN of all others, with its 95 % interval; null where there is none. A share's is Wilson's (1927) of as many independent
 *  runs as have that variance (Kott & Carr 1997, Journal of Official Statistics 13:1), never more than there are. */
export function mean_of(values: Float64Array, design: Design, is_share: boolean): Estimate | null {
    let [count, sum] = [0, 0];
    const points = new Set<number>();
    values.forEach((value, run) => {
        if (!Number.isNaN(value)) {
            count += 1;
            sum += value;
            points.add(Math.floor(run / design.replicates));
        }
    });
    if (count === 0) {
        return null;
    }
    const value = sum / count;
    const lent = values.map((own) => (own - value) / count);
    // Runs of one point are independent of each other.
    const error = points.size === 1 ? clustered([...lent].filter((own) => !Number.isNaN(own))) : error_of(lent, design);
    if (is_share) {
        const spread = value * (1 - value);
        const trials = error === null || error.variance <= 0 || spread <= 0 || points.size === 1 ? count : Math.min(count, Math.max(1, spread / error.variance));
        return { value, count, ...wilson(value * trials, trials) };
    }
    const reach = error === null ? NaN : z * Math.sqrt(error.variance);
    return { value, count, low: value - reach, high: value + reach };
}
