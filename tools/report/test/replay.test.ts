import assert from "node:assert/strict";
import { test } from "node:test";
import { index_at } from "../src/moments";
import { happenings_of, often_told, why } from "../src/story";
import type { ReplayData } from "../src/replay_data";

const data: ReplayData = {
    times: ["2021-01-01", "2021-02-01", "2021-03-01"], state_times: [], chance_of: "chance in a month", causes: ["drawn", "timeline"],
    events: [{ name: "visit", on: "tie", form: "rate", rows: ["a -> b", "b"] }, { name: "letters", on: "tie", form: "count", rows: ["b -> a"] }],
    runs: [{ run: 17, reasons: [], when: ["2021-01-01", "2021-02-01", "2021-02-01"], events: [0, 1, 0], rows: [0, 0, 1], causes: [0, 0, 1], chances: [0.034, 1.5, null], counts: [1, 2, 1],
        often: [{ name: "praise", times: 500, of_timeline: 3 }] }],
    dates: [], series: [], kinds: [], note: "",
};

test("what happened is told with who, what and why", () => {
    const told = happenings_of(data, data.runs[0]!);
    assert.deepEqual(told.map((one) => one.who), ["a → b", "b → a", "b"]);
    assert.deepEqual(told.map((one) => one.actors), [["a", "b"], ["b", "a"], ["b"]]);
    assert.deepEqual(told.map((one) => why(one, data.chance_of)), ["drawn, chance in a month 3 %", "drawn, 1.5 expected", "timeline"]);
    assert.equal(often_told(data.runs[0]!), "Too frequent to be listed: praise 500 times, 3 of them by the timeline.");
});

test("of moments the last that is over counts", () => {
    assert.deepEqual([-5, 0, 9, 10, 25, 99].map((time) => index_at([0, 10, 20, 30], time)), [0, 0, 0, 1, 2, 3]);
    assert.equal(index_at([], 3), 0);
});
