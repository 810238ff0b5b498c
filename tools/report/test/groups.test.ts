import assert from "node:assert/strict";
import { test } from "node:test";
import { distinctions, ranked_at, traits_of } from "../src/distinctions";
import { count_of, fan_of_side, open_runs, quantile, shares_of_side, split_by_date, split_by_value, steps_of_side, wilson, type RunCourse, type RunValues } from "../src/groups";

const never = NaN;
const of = (...values: number[]): Float64Array => Float64Array.from(values);

test("runs are parted by whether a date came before a moment; what failed before is left out", () => {
    const split = split_by_date(of(3, never, 8, never, 5), of(never, never, never, 4, never), 6);
    assert.deepEqual([...split.side], [0, 1, 1, -1, 0]);
    assert.deepEqual([...split.decided].filter((_, run) => run !== 3), [3, 6, 6, 5]);
    assert.deepEqual([0, 1, -1].map((side) => count_of(split, side)), [2, 2, 1]);
});

test("a run is open up to the tick in which it came, and others as long as it is not too late", () => {
    const split = split_by_date(of(3, never, 8), of(never, never, never), 6);
    assert.deepEqual([open_runs(split, 0, 3), open_runs(split, 0, 4), open_runs(split, 1, 6), open_runs(split, 1, 7)], [[0], [], [1, 2], []]);
});

test("runs are parted by a value at the end; those without one are left out", () => {
    const split = split_by_value(of(1, 5, never, 9), (value) => value >= 5, 10);
    assert.deepEqual([...split.side], [1, 0, -1, 0]);
    assert.equal(split.until, 10);
});

test("quantiles lie between order statistics as in R's type 7", () => {
    const sorted = of(1, 2, 4, 8);
    assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map((p) => quantile(sorted, p)), [1, 1.75, 3, 5, 8]);
});

const course = (values: number[], points: number): RunCourse => ({ series: [0], yearly: false, when: Array.from({ length: points }, (_, at) => at), values: of(...values), last: of() });

test("a group's fan is that of its runs alone", () => {
    const split = split_by_value(of(1, 1, 1, 0, 0), (value) => value === 1, 2);
    const own = course([1, 10, 2, 20, 3, 30, 7, 70, never, 90], 2);
    const fan = fan_of_side(own, split, 0);
    assert.deepEqual([fan.q25, fan.q50, fan.q75], [[1.5, 15], [2, 20], [2.5, 25]]);
    assert.deepEqual([fan_of_side(own, split, 1).q50, fan_of_side(own, split, 1).q05], [[7, 80], [null, null]], "of two there are no quantiles but the median");
});

test("a group's shares of levels are those of its runs that have a value", () => {
    const split = split_by_value(of(1, 1, 1, 0), (value) => value === 1, 2);
    assert.deepEqual(shares_of_side(course([0, 1, 1.01, 1, 2, never, 0, 0], 2), split, 0, 3), [[1 / 3, 0], [1 / 3, 1], [1 / 3, 0]]);
});

test("Kaplan and Meier's curve of a group is the worked one, with its failures", () => {
    const came = of(2, never, 4, never, 4, 1);
    const split = split_by_value(of(1, 1, 1, 1, 1, 0), (value) => value === 1, 9);
    const steps = steps_of_side(came, of(never, 3, never, never, never, never), split, 0);
    assert.deepEqual(steps.when, [2, 4]);
    assert.ok(Math.abs(steps.share[0]! - 1 / 5) < 1e-12 && Math.abs(steps.share[1]! - (1 - 4 / 5 / 3)) < 1e-12);
    assert.equal(steps.share_at_end, steps.share[1]);
    assert.ok(steps.low[0]! > 0 && steps.low[0]! < 0.2 && steps.high[0]! > 0.2 && steps.high[0]! < 1);
});

test("where none failed the share has Wilson's interval", () => {
    const split = split_by_value(of(1, 1, 1, 1), (value) => value === 1, 9);
    const none = of(never, never, never, never);
    const { share_at_end, low_at_end, high_at_end } = steps_of_side(of(2, never, never, 3), none, split, 0);
    assert.deepEqual({ share_at_end, low: low_at_end, high: high_at_end }, { share_at_end: 0.5, ...wilson(2, 4) });
    assert.ok(Math.abs(wilson(2, 4).low - 0.15003899) < 1e-8);
});

/** Forty runs: a coin makes it come; what follows from its coming is huge; the last measure tells nothing. */
function known(): RunValues {
    const runs = 40;
    const times = [0, 1, 2, 3, 4];
    const came = Float64Array.from({ length: runs }, (_, run) => run % 2 === 0 && run % 10 !== 0 ? 2 + run % 3 : never);
    const at = (value: (run: number, time: number) => number): Float64Array => Float64Array.from({ length: runs * times.length }, (_, cell) => value(Math.floor(cell / times.length), cell % times.length));
    const make = (series: number, value: (run: number, time: number) => number): RunCourse => ({ series: [series], yearly: false, when: times, values: at(value), last: of() });
    return {
        runs, times, end: 5, dates: [came], scalars: [], parameters: [], failed: new Float64Array(runs).fill(never),
        courses: [make(0, (run) => 1 - run % 2), make(1, (run, time) => came[run]! < time ? 100 : 0), make(2, (run, time) => Math.sin(run * 7.3 + time))],
    };
}

test("what is ranked is known before the outcome is: a cause leads, a consequence is no trait of what is still open", () => {
    const values = known();
    const split = split_by_date(values.dates[0]!, values.failed, values.end);
    const titles = { series: ["cause", "consequence", "noise"].map((title) => ({ title, unit: "" })), dates: ["itself"] };
    const all = distinctions(values, traits_of(values, titles, 0), split);
    assert.deepEqual(all.rows.map((row) => row.trait.title), ["cause", "noise"]);
    assert.equal(all.rows[0]!.first, 0);
    assert.equal(all.rows[1]!.first, null);
    for (const at of all.when.keys()) {
        const ranked = ranked_at(all, at);
        assert.deepEqual(ranked.map(({ row, apart }) => [row.trait.title, apart]), [["cause", true], ["noise", false]]);
        assert.deepEqual(ranked[0]!.effect.counts, all.open[at]);
    }
    assert.ok(all.open.at(-1)![0] < all.open[0]![0], "fewer are open later");
});

test("another date counts as whether it had come, the own one not at all", () => {
    const values = known();
    const titles = { series: ["a", "b", "c"].map((title) => ({ title, unit: "" })), dates: ["itself"] };
    const [other] = traits_of(values, titles, null).filter((trait) => trait.kind === "date");
    assert.deepEqual([other!.value(2, 4, 4), other!.value(2, 5, 4), other!.value(1, 5, 4)], [0, 1, 0]);
    assert.equal(traits_of(values, titles, 0).filter((trait) => trait.kind === "date").length, 0);
});
