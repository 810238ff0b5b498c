// Maps and grids of known numbers: what the engine would put into a page, packed as engine/report/packed.hpp has it.
import { deflateRawSync } from "node:zlib";
import * as made from "./made.mjs";

export function packed(numbers, width = 2) {
    const finite = numbers.filter(Number.isFinite);
    const [low, high] = finite.length === 0 ? [0, 0] : [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
    const none = width === 1 ? 0xff : 0xffff;
    const bytes = Buffer.alloc(numbers.length * width);
    let before = 0;
    numbers.forEach((number, at) => {
        const step = Number.isFinite(number) ? high > low ? Math.round((number - low) / (high - low) * (none - 1)) : 0 : none;
        const difference = step - before;
        before = step;
        bytes[at] = difference & 0xff;
        if (width === 2) {
            bytes[numbers.length + at] = difference >> 8 & 0xff;
        }
    });
    return { low, high, count: numbers.length, width, bytes: deflateRawSync(bytes).toString("base64") };
}

const months = made.run().ensemble.times;

/** A layer with a value of each row at each moment, the last of which are its values at the end. */
export function layer(name, rows, times, of, more = {}) {
    const all = times.flatMap((_, moment) => Array.from({ length: rows }, (_row, row) => of(row, moment)));
    const values = all.slice(-rows).map((value) => Number.isNaN(value) ? null : Number(value.toPrecision(5)));
    return { name, unit: "", about: "", what: "mean over runs", is_share: false, is_state: true, levels: [], values, low: values.map(() => null), high: values.map(() => null), over_time: packed(all), in_runs: null, ...more };
}

const place = (name, iso, position = [null, null]) => ({ name, iso, latitude: position[0], longitude: position[1] });

/** Three governments, as the network of the other tests has them. */
export function map_of_three() {
    const rows = [place("Entente", "FRA"), place("Alliance", "DEU"), place("a bystander", "", [52.1, 5.2])];
    const shares = [0.25, 0.75, 0.5];
    return {
        times: months,
        kinds: [{ name: "bloc", first: 0, rows, layers: [
            layer("arms", 3, months, (row, moment) => row === 2 ? NaN : 10 * (row + 1) + moment, { unit: "million GBP", about: "yearly outlay" }),
            layer("fell", 3, months, (row, moment) => shares[row] * moment / (months.length - 1), { what: "share of runs in which it has come", is_share: true, low: [0.2, 0.7, 0.4], high: [0.3, 0.8, 0.6] }),
            { ...layer("cost", 3, months, (row) => row), over_time: null, what: "mean over runs, one value a run" }] }],
        arcs: [],
        note: "Fields are means over 50 of 100.",
    };
}

/** As many states as are asked for of those that the list has, with more arcs than are drawn. */
export function map_of_states(codes, layers = 5) {
    const times = Array.from({ length: 60 }, (_, at) => `20${String(10 + Math.floor(at / 12)).padStart(2, "0")}-${String(at % 12 + 1).padStart(2, "0")}-01`);
    const links = codes.flatMap((_, source) => [[source, (source + 7) % codes.length], [source, (source + 31) % codes.length]]);
    const strengths = times.flatMap((_, moment) => links.map((_link, link) => (link * 37 + moment * 11) % 500));
    return {
        times,
        kinds: [{ name: "state", first: 0, rows: codes.map((code) => place(`The state of ${code}`, code)),
            layers: Array.from({ length: layers }, (_, number) => layer(`layer ${number}`, codes.length, times,
                (row, moment) => number === 0 ? 0.5 ** (row % 12) * (moment + 1) / 60 : Math.sin(row * (number + 1) + moment / 9) + number)) }],
        arcs: [{ kind: "relation", name: "trade", unit: "USD", all: codes.length * (codes.length - 1), links, values: packed(strengths), in_runs: null, times }],
        note: "",
    };
}

/** A grid of categories with names and of a number that spreads from the left. */
export function grid(width, height, times = months) {
    const cells = width * height;
    const state = (moment, cell) => (cell + moment) % 5 === 0 ? 2 : (cell * 7 + moment) % 3 === 0 ? 1 : 0;
    const heat = (moment, cell) => (cell % width) / width + moment / times.length;
    const all = (of) => times.flatMap((_, moment) => Array.from({ length: cells }, (_cell, cell) => of(moment, cell)));
    return {
        data: { kind: "cell", width, height, runs: [0], times, fields: [
            { name: "state", unit: "", about: "who is ill", levels: ["healthy", "ill", "immune"], whole: true, runs: [packed(all(state), 1)] },
            { name: "heat", unit: "K", about: "", levels: [], whole: false, runs: [packed(all(heat), 1)] }], note: "Run 0, the first of 100." },
        state, heat,
    };
}

export function with_spatial(map, grids) {
    const data = made.run();
    data.ensemble.map = map;
    data.ensemble.grids = grids;
    return data;
}
