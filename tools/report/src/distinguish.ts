// How far two groups of runs differ, and how sure that is.
//
// The size of a difference is Hedges' g: the difference of the means over the pooled spread s, s² = (SS₁ + SS₂) / ν with ν = n₁ + n₂ − 2 and SS the
// sums of squares about each group's mean, times 1 − 3 / (4ν − 1), which takes out the bias of small samples (Hedges 1981, Journal of Educational
// Statistics 6:107, equations 6e and 7).
//
// Its standard error is the larger of two, so that neither a crooked distribution nor a group without any spread makes an interval too short:
// that for normal values of one spread, (n₁ + n₂) / (n₁ n₂) + d² / 2ν (Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, chapter 5),
// and that of the delta method on the values as they are: the sum of squares of what each run lends to d,
// ± (x − m) / (n s) − d ((x − m)² − SS / n) / (2 ν s²), those of each group times n / (n − 1). Intervals are Student's, of ν degrees of freedom or, by
// the delta method, Welch and Satterthwaite's.

/** Of fewer runs in one of the groups nothing is said. */
export const least_in_group = 5;

export interface Effect {
    /** How many runs of each group have a value. */
    counts: readonly [number, number];
    means: readonly [number, number];
    /** Hedges' g, positive where the first group is higher; infinite where the groups differ and neither has any spread. */
    size: number;
    standard_error: number;
    /** Degrees of freedom of its interval. */
    freedom: number;
}

interface Moments {
    count: number;
    mean: number;
    squares: number;
    fourth: number;
    third: number;
}

function moments_of(values: readonly number[]): Moments {
    const count = values.length;
    const first = values.reduce((sum, value) => sum + value, 0) / count;
    const mean = first + values.reduce((sum, value) => sum + (value - first), 0) / count;
    let [squares, third, fourth] = [0, 0, 0];
    for (const value of values) {
        const apart = (value - mean) ** 2;
        squares += apart;
        third += apart * (value - mean);
        fourth += apart * apart;
    }
    return { count, mean, squares, third, fourth };
}

/** The groups' difference in what has these values; null where a group has too few, or where all values are the same. */
export function effect_of(first: readonly number[], second: readonly number[]): Effect | null {
    if (Math.min(first.length, second.length) < least_in_group) {
        return null;
    }
    const [a, b] = [moments_of(first), moments_of(second)];
    const counts = [a.count, b.count] as const;
    const means = [a.mean, b.mean] as const;
    const all = a.count + b.count - 2;
    const difference = a.mean - b.mean;
    const variance = (a.squares + b.squares) / all;
    const scale = Math.max(Math.abs(a.mean), Math.abs(b.mean));
    if (variance <= (1e-12 * scale) ** 2) {
        return Math.abs(difference) <= 1e-12 * scale ? null
            : { counts, means, size: difference > 0 ? Infinity : -Infinity, standard_error: 0, freedom: all };
    }
    const spread = Math.sqrt(variance);
    const d = difference / spread;
    const small = 1 - 3 / (4 * all - 1);
    const normal = (a.count + b.count) / (a.count * b.count) + d * d / (2 * all);
    // The sum of squares of u (x − m) − v ((x − m)² − SS / n), by the group's moments.
    const lent = (group: Moments, sign: number): number => {
        const u = sign / (group.count * spread);
        const v = d / (2 * all * variance);
        const own = u * u * group.squares - 2 * u * v * group.third + v * v * (group.fourth - group.squares ** 2 / group.count);
        return own * group.count / (group.count - 1);
    };
    const [from_a, from_b] = [lent(a, 1), lent(b, -1)];
    const robust = from_a + from_b;
    const welch = robust ** 2 / (from_a ** 2 / (a.count - 1) + from_b ** 2 / (b.count - 1));
    return { counts, means, size: d * small, standard_error: small * Math.sqrt(Math.max(normal, robust)), freedom: robust > normal ? welch : all };
}

export interface Interval {
    low: number;
    high: number;
}

/** That of `confidence` for one effect alone, or, with `together`, one of so many intervals that hold all at once (Bonferroni). */
export function interval_of(effect: Effect, together = 1, confidence = 0.95): Interval {
    if (!Number.isFinite(effect.size)) {
        return { low: effect.size, high: effect.size };
    }
    const reach = student_quantile((1 - confidence) / (2 * together), effect.freedom) * effect.standard_error;
    return { low: effect.size - reach, high: effect.size + reach };
}

/** Whether the groups are told apart, when so many differences are looked at together: whether that interval leaves out 0. */
export function is_apart(effect: Effect, together: number, confidence = 0.95): boolean {
    return !Number.isFinite(effect.size) || student_beyond(Math.abs(effect.size) / effect.standard_error, effect.freedom) < (1 - confidence) / (2 * together);
}

const lanczos = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
    9.9843695780195716e-6, 1.5056327351493116e-7];

/** The logarithm of Γ(x), x > 0, after Lanczos (1964). */
export function log_gamma(x: number): number {
    if (x < 0.5) {
        return Math.log(Math.PI / Math.sin(Math.PI * x)) - log_gamma(1 - x);
    }
    const t = x - 1 + 7.5;
    const sum = lanczos.reduce((total, c, at) => total + c / (x + at), 0.99999999999980993);
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** The regularised incomplete beta function, by Lentz's continued fraction (Numerical Recipes, 3rd edition, 6.4). */
function incomplete_beta(a: number, b: number, x: number): number {
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
        return 1 - incomplete_beta(b, a, 1 - x);
    }
    const least = 1e-300;
    const away = (value: number): number => Math.abs(value) < least ? least : value;
    let d = 1 / away(1 - (a + b) * x / (a + 1));
    let c = 1;
    let fraction = d;
    for (let m = 1; m < 400; m += 1) {
        for (const step of [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))]) {
            d = 1 / away(1 + step * d);
            c = away(1 + step / c);
            fraction *= d * c;
        }
        if (Math.abs(d * c - 1) < 1e-15) {
            break;
        }
    }
    return fraction * Math.exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
}

/** The chance that Student's t of so many degrees of freedom is above `t`, t ≥ 0. */
export function student_beyond(t: number, freedom: number): number {
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
}

/** Above which Student's t lies with that chance, which is below one half. */
export function student_quantile(beyond: number, freedom: number): number {
    let [low, high] = [0, 2];
    while (student_beyond(high, freedom) > beyond) {
        [low, high] = [high, high * 2];
    }
    for (let step = 0; step < 60; step += 1) {
        const middle = (low + high) / 2;
        if (student_beyond(middle, freedom) > beyond) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (low + high) / 2;
}
