// Numbers of R 4.2: g and, by numeric derivatives in the weights of whole clusters of runs, what each cluster lends to it; sums of squares, and qt.
import assert from "node:assert/strict";
import { test } from "node:test";
import { difference_from_base } from "../src/alternative_shares";
import { effect_of_factor, mean_of, type Design } from "../src/clustered";
import { interval_of, is_apart } from "../src/distinguish";
import { bins_of, over_factor, ranked_factors, strips_of, went } from "../src/factor_groups";
import { wilson } from "../src/groups";

const near = (actual: number, expected: number, tolerance = 1e-7): void => {
    assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
};

const design = (points: number, replicates: number, more: Partial<Design> = {}): Design => ({ points, replicates, together: 1, crossed: false, paired: true, ...more });

/** The runs of which R has the numbers: 40 points, so many replicates that share their luck. */
function known(replicates: number): { values: Float64Array; side: Int8Array } {
    const values = Float64Array.from({ length: 40 }, (_, point) => (point * 37 % 100) / 100);
    const side = Int8Array.from({ length: 40 * replicates }, (_, run) => {
        const [point, replicate] = [Math.floor(run / replicates), run % replicates];
        return (point * 31 + replicate * 17 + point * replicate * 7) % 101 / 101 < 0.1 + 0.5 * values[point]! + 0.3 * (replicate * 29 % 23) / 23 ? 0 : 1;
    });
    return { values, side };
}

test("points that were drawn and replicates that share their luck both count: R's two-way clusters", () => {
    const { values, side } = known(12);
    const effect = effect_of_factor(values, side, design(40, 12)).effect!;
    assert.deepEqual(effect.counts, [223, 257]);
    near(effect.size, 0.696689614847);
    near(effect.standard_error, 0.121471591446);
    near(effect.freedom, 48.51769668481, 1e-5);
    near(interval_of(effect).low, 0.452521918137);
});

test("points of one base row belong together", () => {
    const { values, side } = known(12);
    const effect = effect_of_factor(values, side, design(40, 12, { together: 4 })).effect!;
    near(effect.size, 0.696689614847);
    near(effect.standard_error, 0.0964493830949);
    near(effect.freedom, 14.25333426997, 1e-5);
    near(interval_of(effect).low, 0.490170667454);
});

test("without shared luck points alone are clusters; of points that were set chance is that of replicates, or of runs within their point", () => {
    const { values, side } = known(12);
    near(effect_of_factor(values, side, design(40, 12, { paired: false })).effect!.standard_error, 0.112149690023);
    const set = effect_of_factor(values, side, design(40, 12, { crossed: true })).effect!;
    near(set.standard_error, 0.109328913501);
    assert.equal(set.freedom, 11);
    const own = effect_of_factor(values, side, design(40, 12, { crossed: true, paired: false })).effect!;
    near(own.standard_error, 0.097604355201);
    assert.equal(own.freedom, 440);
});

test("of three replicates nothing is told of their luck: points are the clusters, in a grid too", () => {
    const { values, side } = known(3);
    for (const crossed of [false, true]) {
        const effect = effect_of_factor(values, side, design(40, 3, { crossed })).effect!;
        near(effect.size, 0.681226438019);
        near(effect.standard_error, 0.199428041228);
        assert.equal(effect.freedom, 39);
    }
});

test("what cannot be told is told in words", () => {
    const { values, side } = known(12);
    const why = (own: Float64Array, sides: Int8Array, of = design(40, 12)): string => effect_of_factor(own, sides, of).why;
    assert.equal(why(new Float64Array(40).fill(0.3), side), "the same at all points");
    assert.equal(why(values, side.map(() => 0)), "fewer than 5 runs in a group");
    assert.equal(why(values, Int8Array.from(side, (_, run) => run < 24 ? 0 : 1)), "all runs of a group are at fewer than 5 points");
    assert.equal(why(Float64Array.from({ length: 3 }, (_, point) => point), Int8Array.from({ length: 60 }, (_, run) => run % 20 < 2 ? 0 : 1), design(3, 20, { crossed: true })), "all runs of a group are at fewer than 5 points");
    const split = Float64Array.from({ length: 40 }, (_, point) => point < 20 ? 0 : 1);
    const certain = effect_of_factor(split, Int8Array.from(side, (_, run) => run < 240 ? 1 : 0), design(40, 12)).effect!;
    assert.equal(certain.size, Infinity);
    const three = Float64Array.from({ length: 3 }, (_, point) => point);
    const sure = effect_of_factor(three, Int8Array.from({ length: 60 }, (_, run) => run < 20 ? 0 : 1), design(3, 20, { crossed: true })).effect!;
    assert.ok(sure.standard_error > 0.01, "never as sure as if no run could have ended otherwise");
});

test("where a group has runs of few replicates, which share their luck, random numbers are taken as they are", () => {
    const { values, side } = known(12);
    const few = Int8Array.from(side, (own, run) => run % 12 < 3 ? own : 1);
    const given = effect_of_factor(values, few, design(40, 12, { crossed: true }));
    assert.equal(given.given_luck, true);
    assert.equal(given.effect!.freedom, 39);
    assert.equal(effect_of_factor(values, few, design(40, 12)).effect!.standard_error, given.effect!.standard_error);
    assert.equal(effect_of_factor(values, few, design(40, 12, { paired: false })).given_luck, false);
    assert.equal(effect_of_factor(values, side, design(40, 12)).given_luck, false);
});

/** Uniform numbers of a Lehmer generator. */
function uniforms(seed: number): () => number {
    let state = seed;
    return () => {
        state = state * 48271 % 2147483647;
        return state / 2147483647;
    };
}

/** In how many of 600 made studies a parameter without any effect has an interval that leaves out 0; the outcome hangs on another one and, strongly, on luck. */
function false_alarms(kind: Design, seed: number): number {
    const next = uniforms(seed);
    let alarms = 0;
    for (let study = 0; study < 600; study += 1) {
        const side = Math.round(kind.points ** 0.5);
        const grid = (number: number): number => kind.crossed ? number / (side - 1) : next();
        const cause = Float64Array.from({ length: kind.points }, (_, point) => grid(point % side));
        const idle = Float64Array.from({ length: kind.points }, (_, point) => grid(Math.floor(point / side)));
        const luck = Array.from({ length: kind.replicates }, () => next());
        const ended = Int8Array.from({ length: kind.points * kind.replicates }, (_, run) =>
            (kind.paired ? 0.8 * luck[run % kind.replicates]! + 0.2 * next() : next()) < 0.15 + 0.7 * cause[Math.floor(run / kind.replicates)]! ? 0 : 1);
        const { effect } = effect_of_factor(idle, ended, kind);
        alarms += effect !== null && is_apart(effect, 1) ? 1 : 0;
    }
    return alarms;
}

test("in one of twenty studies, or fewer, a parameter without any effect seems to have one", () => {
    for (const [kind, words] of [[design(64, 10), "drawn, shared luck"], [design(64, 10, { paired: false }), "drawn, own luck"], [design(25, 12, { crossed: true }), "set, shared luck"],
        [design(25, 12, { crossed: true, paired: false }), "set, own luck"], [design(64, 3), "few replicates"]] as const) {
        const alarms = false_alarms(kind, 20211);
        assert.ok(alarms <= 45, `${words}: ${alarms} of 600`);
        assert.ok(alarms >= 3, `${words}: ${alarms} of 600, as if nothing could ever be told`);
    }
});

test("as if runs were independent, false alarms would be many", () => {
    const next = uniforms(7);
    let alarms = 0;
    for (let study = 0; study < 200; study += 1) {
        const cause = Float64Array.from({ length: 16 }, next);
        const idle = Float64Array.from({ length: 16 }, next);
        const values = Float64Array.from({ length: 16 * 50 }, (_, run) => idle[Math.floor(run / 50)]!);
        const side = Int8Array.from({ length: 16 * 50 }, (_, run) => next() < cause[Math.floor(run / 50)]! ? 0 : 1);
        const naive = effect_of_factor(values, side, design(16 * 50, 1)).effect!;
        const right = effect_of_factor(idle, side, design(16, 50, { paired: false })).effect!;
        near(naive.size, right.size);
        alarms += is_apart(naive, 1) ? 1 : 0;
    }
    assert.ok(alarms > 60, `${alarms} of 200`);
});

test("a share of runs of one point has Wilson's interval, one over points that differ has a wider one", () => {
    const own = Float64Array.from({ length: 20 * 10 }, (_, run) => run < 10 ? run < 3 ? 1 : 0 : NaN);
    const { low, high } = wilson(3, 10);
    const share = mean_of(own, design(20, 10), true)!;
    near(share.low, low);
    near(share.high, high);
    const apart = Float64Array.from({ length: 20 * 10 }, (_, run) => Math.floor(run / 10) % 2);
    const over = mean_of(apart, design(20, 10), true)!;
    assert.equal(over.value, 0.5);
    const independent = wilson(100, 200);
    assert.ok(over.high - over.low > 2.5 * (independent.high - independent.low), "points that are all or nothing count as points");
    assert.equal(mean_of(own.map(() => NaN), design(20, 10), true), null);
});

test("few values stand for themselves, many in bins of as many points", () => {
    const grid = Float64Array.from({ length: 40 }, (_, point) => point % 4);
    assert.deepEqual(bins_of(grid).map(({ from, to, points }) => [from, to, points.length]), [[0, 0, 10], [1, 1, 10], [2, 2, 10], [3, 3, 10]]);
    const { values, side } = known(12);
    const bins = bins_of(values);
    assert.equal(bins.length, 8);
    assert.deepEqual(bins.map(({ points }) => points.length), [5, 5, 5, 5, 5, 5, 5, 5]);
    const shares = over_factor(values, went(side), design(40, 12), true);
    near(shares.reduce((sum, point) => sum + point.value * point.count, 0), 223);
    const strips = strips_of(values, side, design(40, 12), ["came", "not"])!;
    for (const own of strips.shares) {
        near(own.reduce((sum, share) => sum + share, 0), 1);
    }
    assert.equal(strips_of(grid, side, design(40, 12), ["came", "not"]), null);
});

test("what is told apart leads, and so many are looked at together", () => {
    const { values, side } = known(12);
    const factor = (title: string, own: Float64Array): Parameters<typeof ranked_factors>[0][number] => ({ title, unit: "", values: own, factor: { title, unit: "", levels: [], values: own } });
    const ranked = ranked_factors([factor("flat", new Float64Array(40).fill(1)), factor("idle", Float64Array.from({ length: 40 }, (_, point) => point * 17 % 40)), factor("cause", values)], side, design(40, 12));
    assert.deepEqual(ranked.rows.map((row) => [row.varied.title, row.apart]), [["cause", true], ["idle", false]]);
    assert.equal(ranked.together, 2);
    assert.deepEqual(ranked.others.map((other) => [other.varied.title, other.why]), [["flat", "the same at all points"]]);
});

test("alternatives differ run by run where they share their luck, else as independent runs do", () => {
    const side = Int8Array.from({ length: 200 }, (_, run) => run < 100 ? run < 40 ? 0 : 1 : run - 100 < 55 ? 0 : 1);
    const split = { side, decided: new Float64Array(200), until: 1 };
    const paired = difference_from_base(1, split, design(2, 100, { crossed: true }))!;
    near(paired.size, 0.15);
    near(paired.standard_error, Math.sqrt(0.15 * 0.85 / 99));
    const own = difference_from_base(1, split, design(2, 100, { crossed: true, paired: false }))!;
    const [p, q] = [56 / 102, 41 / 102];
    near(own.size, p - q);
    near(own.standard_error, Math.sqrt(p * (1 - p) / 102 + q * (1 - q) / 102));
    const same = difference_from_base(1, { ...split, side: Int8Array.from(side, (_, run) => side[run % 100]!) }, design(2, 100, { crossed: true }))!;
    assert.deepEqual([same.size, same.standard_error, is_apart(same, 1)], [0, 0, false]);
});
