// Classes of colours, moments of several figures, and which part of the world a map shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { strongest } from "../src/map_layers";
import { is_regional, stretch_of } from "../src/map_view";
import { index_at, merged_times } from "../src/moments";
import { breaks_of, class_of } from "../src/shades";

test("classes have round bounds and hold all values", () => {
    assert.deepEqual(breaks_of([10, 43]), [0, 10, 20, 30, 40, 50]);
    assert.deepEqual(breaks_of([101, 109]), [100, 102, 104, 106, 108, 110]);
    assert.deepEqual(breaks_of([-0.7, 0.7]), [-0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8]);
    assert.deepEqual(breaks_of([0.1, 0.7], true), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(breaks_of([0, 0.03], true), [0, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03]);
    assert.deepEqual(breaks_of([5, 5, NaN]), [2.5, 7.5]);
    assert.deepEqual(breaks_of([0]), [-1, 1]);
});

test("of many values that are far below the greatest, classes grow", () => {
    const skewed = Array.from({ length: 100 }, (_, at) => 1.05 ** at);
    assert.deepEqual(breaks_of(skewed), [0, 5, 10, 20, 50, 100, 200]);
    assert.deepEqual(breaks_of(skewed.map((value) => value / 200), true), [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
});

test("a bound belongs to the class above it, and what is beyond the ends to the nearest", () => {
    const breaks = [0, 10, 20];
    assert.deepEqual([-1, 0, 9.9, 10, 20, 30].map((value) => class_of(breaks, value)), [0, 0, 0, 1, 1, 1]);
    assert.deepEqual([null, undefined, NaN].map((value) => class_of(breaks, value)), [null, null, null]);
});

test("figures with other moments show the last one that has come", () => {
    assert.deepEqual([-5, 0, 4, 5, 99].map((time) => index_at([0, 5, 10], time)), [0, 0, 0, 1, 2]);
    assert.equal(index_at([], 3), 0);
    assert.deepEqual(merged_times([[0, 5, 10], [], [5, 7]]), [0, 5, 7, 10]);
});

test("a region is found across the date line too", () => {
    assert.deepEqual(stretch_of([[170, 0], [-170, 0]]), { middle: -180, degrees: 20 });
    assert.deepEqual(stretch_of([[10, 0], [50, 5]]), { middle: 30, degrees: 40 });
    assert.equal(stretch_of([[66, 34]]).degrees, 0);
    assert.equal(is_regional([[66, 34], [100, 60], [71, 39]]), true);
    assert.equal(is_regional([[-98, 40], [104, 36], [66, 34]]), false);
    assert.equal(is_regional([]), false);
});

test("of links the strongest are drawn, the greatest last", () => {
    assert.deepEqual(strongest([3, null, 9, 3, 1], 3), [3, 0, 2]);
    assert.deepEqual(strongest([], 3), []);
});
