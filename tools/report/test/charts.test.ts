import assert from "node:assert/strict";
import { test } from "node:test";
import { shortened } from "../src/bars";
import { apart, type SideBySide } from "../src/comparisons";
import { main_parts } from "../src/events";
import { fields_beside } from "../src/relations";
import { binned } from "../src/lines";
import { lead_of, sentences_of } from "../src/masthead";
import { possible_ranks } from "../src/sensitivities";
import { answer, is_by_levels, laid_out as laid_out_sweep, panels_of } from "../src/sweeps";
import { nearest } from "../src/fan";
import { spread, two_lines } from "../src/frame";
import { sorted_side } from "../src/influence";
import { arc, laid_out } from "../src/network";
import { averaged, is_grid } from "../src/plane";
import { value_at } from "../src/survival";
import { zoomed } from "../src/window";

test("a curve has the value of its last step, and none before the first", () => {
    const when = [10, 20, 30];
    const share = [0.1, 0.5, 0.6];
    assert.deepEqual([5, 10, 19, 20, 99].map((date) => value_at(when, share, date)), [0, 0.1, 0.1, 0.5, 0.6]);
});

test("the nearest point is found, the earlier of two as near", () => {
    assert.deepEqual([-5, 4, 5, 6, 99].map((date) => nearest([0, 10, 20], date)), [0, 0, 0, 1, 2]);
});

test("zooming keeps its centre, and stays within what there is", () => {
    assert.deepEqual(zoomed({ from: 0, to: 100 }, 50, 0.5, 100), { from: 25, to: 75 });
    assert.deepEqual(zoomed({ from: 0, to: 100 }, 0, 0.5, 100), { from: 0, to: 50 });
    assert.deepEqual(zoomed({ from: 0, to: 100 }, 100, 0.5, 100), { from: 50, to: 100 });
    assert.deepEqual(zoomed({ from: 20, to: 80 }, 70, 2, 100), { from: 0, to: 100 });
    assert.deepEqual(zoomed({ from: 0, to: 3 }, 1, 0.5, 3), { from: 0, to: 3 });
    assert.deepEqual(zoomed({ from: 10, to: 14 }, 12, 0.5, 100), { from: 10, to: 14 });
});

test("labels are moved apart, in their order and within bounds", () => {
    assert.deepEqual(spread([10, 11, 50], 15, 0, 100), [10, 25, 50]);
    assert.deepEqual(spread([98, 99, 100], 15, 0, 100), [70, 85, 100]);
    assert.deepEqual(spread([30, 10], 5, 0, 100), [30, 10]);
    assert.deepEqual(spread([], 5, 0, 100), []);
});

test("points with the same pair of values are averaged, absent ones aside", () => {
    const points = [{ x: 1, y: 1, value: 2, count: 1 }, { x: 1, y: 1, value: 4, count: 1 }, { x: 1, y: 1, value: null, count: 1 }, { x: 2, y: 1, value: null, count: 1 }];
    assert.deepEqual(averaged(points), [{ x: 1, y: 1, value: 3, count: 3 }, { x: 2, y: 1, value: null, count: 1 }]);
});

test("a grid is told from a cloud of points", () => {
    const grid = [0, 1, 2].flatMap((x) => [0, 1].map((y) => ({ x, y, value: 0, count: 1 })));
    assert.equal(is_grid(grid), true);
    assert.equal(is_grid(grid.map((point, at) => ({ ...point, x: at, y: at * 0.1 }))), false);
    assert.equal(is_grid(grid.filter((point) => point.y === 0)), false);
});

test("nodes get places within the unit square, the same every time", () => {
    const pairs = [[0, 1], [1, 2]] as const;
    const places = laid_out(4, pairs);
    assert.deepEqual(laid_out(4, pairs), places);
    for (const { x, y } of places) {
        assert.ok(x >= 0 && x <= 1 && y >= 0 && y <= 1);
    }
    assert.equal(new Set(places.map(({ x, y }) => `${x} ${y}`)).size, 4);
});

test("a lone node stands in the middle", () => {
    assert.deepEqual(laid_out(1, []), [{ x: 0.5, y: 0.5 }]);
});

test("the two directions of a link bend to different sides", () => {
    const there = arc({ x: 0, y: 0 }, { x: 100, y: 0 });
    const back = arc({ x: 100, y: 0 }, { x: 0, y: 0 });
    assert.ok(there.middle.y < 0 && back.middle.y > 0);
    assert.ok(Math.abs(there.middle.y + back.middle.y) < 1e-9);
});

test("fields stand near the steps that read them", () => {
    const steps = [
        { name: "first", event: false, reads: ["c", "a"], writes: ["x"] },
        { name: "second", event: true, reads: ["b"], writes: ["x"] },
        { name: "third", event: false, reads: ["c"], writes: [] },
    ];
    assert.deepEqual(sorted_side(steps, "reads"), ["a", "b", "c"]);
    assert.deepEqual(sorted_side(steps, "writes"), ["x"]);
});

test("long names are cut with a mark", () => {
    assert.equal(shortened("a name", 200), "a name");
    assert.equal(shortened("a very long name indeed", 66), "a very lo…");
});

test("alternatives lie apart by their ends, in widths of the base's band", () => {
    const course = (end: number): SideBySide["courses"][number] => ({ name: "", style: 1, middle: [0, end, null], low: [0, end - 1, null], high: [0, end + 1, null] });
    const one = (ends: number[]): SideBySide => ({ name: "", title: "", unit: "", when: [0, 1, 2], courses: ends.map(course), differences: [] });
    assert.equal(apart(one([10, 13, 9])), 2);
    assert.equal(apart(one([10, 10])), 0);
    assert.equal(apart(one([10])), 0);
});

test("an outcome answers by its range over its noise", () => {
    const outcome = { name: "", title: "", unit: "", mean: [1, 3, null], low: [0.5, 2.5, null], high: [1.5, 3.5, null] };
    assert.equal(answer(outcome), 2);
    assert.equal(answer({ ...outcome, mean: [2, 2, null] }), 0);
});

test("small parts of an event are taken together", () => {
    const rows = Array.from({ length: 9 }, (_, at) => ({ name: `row ${at}`, values: [at, 1] }));
    const event = { name: "e", kind: "k", about: "", by_year: [36, 9], rows, note: "" };
    const parts = main_parts(event);
    assert.deepEqual(parts.map((part) => part.name), ["row 8", "row 7", "row 6", "row 5", "row 4", "others"]);
    assert.deepEqual(parts.at(-1)?.values, [6, 4]);
    assert.deepEqual(main_parts({ ...event, rows: [] }), [{ name: "e", values: [36, 9] }]);
});

test("beside the network stand the drawn field, then the telling ones, then what moves", () => {
    const field = (name: string, moving: boolean) => ({ name, unit: "", about: "", low: 0, high: 1, values: [moving ? [0, 1] : [1, 1]] });
    const kind = { name: "relation", links: [[0, 1]] as [number, number][], fields: [field("fixed", false), field("need", true), field("alarm", false), field("trade", true),
        field("trust", true), field("ties", true)] };
    assert.deepEqual(fields_beside(kind, kind.fields[1]!).map((one) => one.name), ["need", "trust", "alarm", "trade"]);
});

test("a long name takes two lines, and is cut after them", () => {
    assert.deepEqual(two_lines("short", 10), ["short"]);
    assert.deepEqual(two_lines("two words here", 10), ["two words", "here"]);
    assert.deepEqual(two_lines("abcdefghijklmnopqrstuvwxyz", 10), ["abcdefghij", "klmnopqrs…"]);
});

test("ranks that intervals leave open are a range", () => {
    const index = (low: number, high: number): { value: number; low: number; high: number } => ({ value: (low + high) / 2, low, high });
    assert.deepEqual(possible_ranks([index(0.7, 0.9), index(0.4, 0.6), index(0.5, 0.65), index(0, 0.1), null]),
        [{ first: 1, last: 1 }, { first: 2, last: 3 }, { first: 2, last: 3 }, { first: 4, last: 4 }, { first: 5, last: 5 }]);
    assert.deepEqual(possible_ranks([{ value: 2, low: null, high: null }, { value: 1, low: null, high: null }]), [{ first: 1, last: 1 }, { first: 2, last: 2 }]);
});

test("a question stands with the first sentence before it, if both are short", () => {
    const about = "The Taliban seized power on 15 Aug. 2021, e.g. in Kabul. Moscow lists them. What becomes of it? No value was fitted.";
    assert.deepEqual(sentences_of("It rose by 2.5 % in the U.S. and fell. Why? \"So.\" Done"), ["It rose by 2.5 % in the U.S. and fell.", "Why?", "\"So.\"", "Done"]);
    assert.equal(lead_of("One thing. Another. Does it end? More."), "One thing. Does it end?");
    assert.equal(lead_of(`${"Very long ".repeat(30)}. Does it end?`), "Does it end?");
    assert.equal(lead_of("No question. At all."), "No question.");
    assert.equal(lead_of(""), "");
    assert.match(lead_of(about), /What becomes of it\?$/);
});

test("a grid becomes lines with their own points; what is averaged over has no interval", () => {
    const grid = [0, 1, 2].flatMap((a) => [0, 1].flatMap((b) => [5, 6].flatMap((c) => [7, 8].map((d) => [a, b, c, d] as const))));
    const factors = ["a", "b", "c", "d"].map((name, at) => ({ name, unit: "", values: grid.map((point) => point[at]!) }));
    const mean = grid.map(([a, b, c, d]) => a + 10 * b + 100 * c + d);
    const outcome = { name: "o", title: "o", unit: "", mean, low: mean.map((value) => value - 1), high: mean.map((value) => value + 1) };
    assert.equal(is_by_levels(factors), true);
    const panels = panels_of(outcome, laid_out_sweep(factors));
    assert.deepEqual(panels.map((panel) => [panel.title, panel.lines.map((line) => [line.name, line.shade])]), [["c = 5", [["0", 0], ["1", 1]]], ["c = 6", [["0", 0], ["1", 1]]]]);
    assert.deepEqual(panels[1]!.lines[1]!.points, [0, 1, 2].map((a) => ({ x: a, value: a + 10 + 600 + 7.5, low: null, high: null, at: null })));
    assert.equal(is_by_levels(factors.map((factor, which) => ({ ...factor, values: factor.values.map((value, at) => value + 0.001 * at * (which + 1)) }))), false);
});

test("bins hold as many points each, and their intervals are 1.96 standard errors", () => {
    const bins = binned(Array.from({ length: 20 }, (_, at) => ({ x: 20 - at, value: at % 2 })), 10);
    assert.deepEqual(bins.map((bin) => [bin.from, bin.to, bin.points]), [[1, 5, 5], [6, 10, 5], [11, 15, 5], [16, 20, 5]]);
    const [first] = bins;
    assert.equal(first!.mean, 0.6);
    assert.ok(Math.abs(first!.high! - 0.6 - 1.959963984540054 * Math.sqrt(0.3 / 5)) < 1e-12);
});
