// Small reports whose every number is known: two rivals, two years of months, a hundred runs.
import { deflateRawSync } from "node:zlib";

const months = Array.from({ length: 24 }, (_, at) => `${2021 + Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, "0")}-01`);
const wave = (at, scale = 1, shift = 0) => Number((scale * (1 + 0.04 * at + 0.1 * Math.sin(at / 3) + shift)).toPrecision(6));

export const unfriendly = "<script>alert('in')</script><img src=x onerror=alert(1)>\"'&{{}}";

function series(name, scale, more = {}) {
    const of = (shift) => months.map((_, at) => wave(at, scale, shift));
    return {
        name, about: `outlay of ${name}`, unit: "million GBP", group: "", years: null,
        mean: of(0.01), q05: of(-0.3), q25: of(-0.1), q50: of(0), q75: of(0.1), q95: of(0.3), runs: [of(0.05), of(-0.2)], observed: [], levels: [], along: null, ...more,
    };
}

function yearly(name, scale) {
    const of = (shift) => [scale + shift, 2 * scale + shift];
    return {
        name, about: "", unit: "ships", group: "", years: [{ from: "2021-08-15", to: "2021-12-31", whole: false }, { from: "2022-01-01", to: "2022-12-31", whole: true }],
        mean: of(0.1), q05: of(-2), q25: of(-1), q50: of(0), q75: of(1), q95: of(2), runs: [], levels: [], along: null,
        observed: [{ from: "2021-01-01", to: "2021-12-31", value: scale + 0.5, sd: 0.5, source: "a yearbook" }],
    };
}

function date(name, pace, observed = null) {
    const when = months.filter((_, at) => at % 3 === 2);
    const share = when.map((_, at) => Number(Math.min(1, pace * (at + 1)).toPrecision(6)));
    const half = share.findIndex((value) => value >= 0.5);
    return {
        name, about: `${name} comes about`, share: share.at(-1), low: Math.max(0, share.at(-1) - 0.1), high: Math.min(1, share.at(-1) + 0.1),
        median: half < 0 ? null : when[half], q05: when[0], q95: when.at(-1),
        curve: { when, share, low: share.map((value) => value * 0.8), high: share.map((value) => Math.min(1, value * 1.2)) }, observed,
    };
}

export function scenario() {
    return {
        authors: ["L. F. Richardson"],
        references: ["Richardson (1960), Arms and Insecurity. https://example.org/arms"],
        kinds: [
            {
                name: "bloc", about: "A group of powers.", ends: null, count: "2",
                fields: [{ name: "arms", start: "100", unit: "million GBP", range: "[0, ∞)", about: "yearly outlay", source: "estimates" }],
                derived: [{ name: "strain", value: "arms / max(1, output) if output > 0 else 0", unit: "share", about: "what it costs", source: "assumption" }],
                starts: { columns: ["arms"], rows: [{ name: "entente", cells: ["110"] }, { name: "alliance", cells: ["85"] }], note: "" },
            },
            {
                name: "rivalry", about: "Who arms against whom.", ends: { source: "bloc", target: "bloc" }, count: "2",
                fields: [{ name: "fear", start: "0.5", unit: "share", range: "[0, 1]", about: "fear of the target", source: "assumption" }],
                derived: [], starts: { columns: [], rows: [], note: "" },
            },
        ],
        steps: [
            {
                name: "each arms against its rival", form: "Rule", on: "bloc", about: "An arms race.", source: "Richardson (1960)", code: "", where: "arms > 0",
                lets: [{ name: "threat", value: "sum(r.target.arms * r.fear for r in rivalry.out(self) if r.fear > 0.1)" }], drives: [],
                statements: ["arms += dt * (reaction * threat - fatigue * arms)", "arms *= exp(normal(0, 0.1) - 0.005)"],
            },
            {
                name: "incident", form: "Event by rate", on: "rivalry", about: "An incident.", source: "", code: "CAMEO 190, Goldstein -10", where: "",
                lets: [], drives: [{ name: "rate", value: "incidents * fear ** 2 * (source.arms / target.arms)" }],
                statements: ["fear = 1 - (1 - fear) * exp(-shock)", "reverse.fear += 0.1", "this is no expression at all ("],
            },
        ],
        parameters: [
            { name: "reaction", value: 0.9, unit: "1/year", range: "[0, 3]", about: "answer to the rival's outlay", source: "Richardson (1960)", was: null },
            { name: "fatigue", value: 1.5, unit: "1/year", range: "[0, 3]", about: "weight of the cost", source: "https://example.org/costs", was: 1.2 },
        ],
        measures: [{ name: "entente_arms", definition: "bloc[entente].arms", unit: "million GBP", about: "outlay of the Entente" }],
        inputs: [{ name: "iron", on: "", table: "data/iron.csv", dates: "2020 to 2022, 3 numbers", between: "the value before", unit: "GBP/tonne", about: "price of iron", source: "" }],
        timeline: [
            { when: "2021-03-15", what: "incident", on: "entente -> alliance", about: "A gunboat arrives", source: "https://example.org/gunboat" },
            { when: "2022-06-02", what: "incident", on: "alliance -> entente", about: "A note is sent", source: "a newspaper" },
        ],
        timeline_note: "",
        observed: [{ measure: "war", value: "2022-06-01", sd: "", source: "a yearbook" }],
        record: [{ event: "incident", rows: "all", complete: "2021-01-01 to 2021-12-31", firings: "3 times on 2 rows", source: "a chronicle" }],
        variants: [{ name: "calm", about: "No incidents.", changes: ["incidents = 0"] }],
        overridden: [{ what: "fatigue", was: "1.2", now: "1.5", by: "--set" }],
        no_flows: "",
        flows: [
            { step: "each arms against its rival", event: false, reads: ["bloc.arms", "rivalry.fear"], writes: ["bloc.arms"] },
            { step: "incident", event: true, reads: ["bloc.arms", "rivalry.fear"], writes: ["rivalry.fear"] },
        ],
    };
}

const answered = (number, more = {}) => ({ of: "", number, interval: "", apart: "", value: null, low: null, high: null, ...more });

/** What each kind of page is about. */
const headlines = {
    run: [
        { measure: "war", says: "of runs: war comes about by 31 Dec 2022", sentence: "80 % of runs: war comes about.", numbers: [answered("80 %", { interval: "95 % interval 70–90 %", value: 0.8, low: 0.7, high: 0.9 })] },
        { measure: "entente_arms", says: "outlay of the Entente on 31 Dec 2022, median of runs", sentence: "Outlay of the Entente: 220.", numbers: [answered("220 million GBP", { interval: "5–95 % of runs 187–253", value: 220, low: 187, high: 253 })] }],
    sweep: [{ measure: "entente_arms", says: "outlay of the Entente; least and greatest of 18 points", sentence: "From 30 to 119.",
        numbers: [answered("30", { of: "reaction = 0.3", value: 30, low: 29, high: 31 }), answered("119", { of: "reaction = 0.9", value: 119, low: 118, high: 120 })] }],
    sensitivity: [{ measure: "entente_arms", says: "total-order index: share of the variance of outlay of the Entente", sentence: "Reaction matters most.",
        numbers: [answered("0.70", { of: "reaction", interval: "95 % interval 0.65–0.75", value: 0.7, low: 0.65, high: 0.75 }), answered("0.30", { of: "fatigue", value: 0.3, low: 0.25, high: 0.35 })] }],
    compare: [{ measure: "war", says: "of runs: war comes", sentence: "80 % of runs in the base, 60 % and 90 % else.", numbers: [answered("80 %", { of: "base", value: 0.8, low: 0.7, high: 0.9 }),
        answered("60 %", { of: "reaction=0.6", apart: "20 percentage points lower", value: 0.6, low: 0.5, high: 0.7 }), answered("90 %", { of: "reaction=1.2, fatigue=1", apart: "not told apart", value: 0.9, low: 0.8, high: 0.97 })] }],
};

function report(kind, more) {
    return {
        format: "entente-report/1", kind, title: "Two rivals arm", about: "Who arms against whom, and does it end?", dated: true,
        facts: [{ label: "Horizon", value: "2021-01-01 to 2022-12-31, 24 months" }, { label: "Runs", value: "100" }, { label: "Seed", value: "1" },
            { label: "Cost", value: "2 ms on 2 threads" }],
        headline: headlines[kind] ?? [], findings: ["War comes by the end of 2022 in 80 % of runs (95 % interval 70–90)."],
        provenance: {
            entries: [{ label: "Entente", value: "0.1.0" }, { label: "Scenario", value: "rivals.yaml, e7fee54f" }, { label: "Digest", value: "eb18ae02" }],
            command: "entente run rivals.yaml --set fatigue=1.5", citation: "",
        },
        scenario: scenario(), ...more,
    };
}

/** Numbers as engine/report/packed.hpp packs them; NaN stands for none. */
export function packed(numbers, width = 1, bounds = null) {
    const finite = numbers.filter(Number.isFinite);
    const [low, high] = bounds ?? (finite.length === 0 ? [0, 0] : [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))]);
    const none = width === 1 ? 0xff : 0xffff;
    const bytes = new Uint8Array(numbers.length * width);
    let before = 0;
    numbers.forEach((number, at) => {
        const step = !Number.isFinite(number) ? none : high > low ? Math.round((number - low) / (high - low) * (none - 1)) : 0;
        bytes[at] = step - before & 0xff;
        if (width === 2) {
            bytes[numbers.length + at] = step - before >> 8 & 0xff;
        }
        before = step;
    });
    return { low, high, count: numbers.length, width, bytes: deflateRawSync(bytes).toString("base64") };
}

/** A series run by run: `value` of each run at each of the points. */
export function packed_course(series, runs, points, value) {
    const all = Array.from({ length: runs }, (_, run) => Array.from({ length: points }, (_, at) => value(run, at)));
    const finite = (at) => all.map((course) => course[at]).filter(Number.isFinite);
    const low = Array.from({ length: points }, (_, at) => Math.min(...finite(at)));
    const high = Array.from({ length: points }, (_, at) => Math.max(...finite(at)));
    const places = all.flatMap((course) => course.map((one, at) => high[at] > low[at] ? (one - low[at]) / (high[at] - low[at]) : one * 0));
    return { series, low, high, values: packed(places, 1, [0, 1]), last: packed(all.map((course) => course.at(-1)), 2) };
}

const days = (date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** A hundred runs: those that arm more see war, and the more so the earlier; what the Alliance does tells nothing. */
export function outcomes() {
    const runs = 100;
    const times = months.filter((_, at) => at % 3 === 2 || at === 0);
    const zeal = (run) => (run * 37 % runs) / runs;
    const war = (run) => zeal(run) > 0.2 ? months[2 + 3 * (run * 7 % 8)] : null;
    const chance = (run, at) => Math.sin(run * 12.9898 + at * 78.233);
    return {
        runs, over: "all 100 runs", times, end: days("2023-01-01"), left_out: "", rows: [], alike: [], event_runs: 0, events: [],
        courses: [
            packed_course([0], runs, times.length, (run, at) => 110 * (1 + 0.02 * at + 0.2 * zeal(run) + 0.04 * chance(run, at))),
            packed_course([1], runs, times.length, (run, at) => 85 * (1 + 0.02 * at + 0.1 * chance(run + 500, at))),
            packed_course([2], runs, times.length, (run, at) => 0.5 + 0.02 * at + 0.1 * chance(run + 900, at)),
            { ...packed_course([3], runs, 2, (run, at) => 7 * (at + 1) + Math.round(2 * chance(run, at) + 2 * zeal(run))), last: null },
        ],
        dates: [packed(Array.from({ length: runs }, (_, run) => war(run) === null ? NaN : days(war(run))), 2),
            packed(Array.from({ length: runs }, (_, run) => run % 6 === 0 ? days(months[3 * (run % 8)]) : NaN), 2)],
        scalars: [{ values: packed(Array.from({ length: runs }, (_, run) => run * 13 % 10), 2), levels: [] }],
        parameters: [{ name: "reaction", unit: "1/year", values: packed(Array.from({ length: runs }, (_, run) => 0.9 + 0.1 * zeal(run) + 0.05 * chance(run, 3)), 2) }],
        failed: packed(new Array(runs).fill(NaN), 2),
    };
}

export function run() {
    const field = (name, scale) => ({ name, unit: "share", about: `${name} toward the other`, low: 0, high: 1,
        values: [months.map((_, at) => Number((scale * (0.4 + at / 60)).toPrecision(6))), months.map((_, at) => Number((scale * (0.9 - at / 60)).toPrecision(6)))] });
    return report("run", { ensemble: {
        times: months,
        series: [series("entente_arms", 110, { observed: [{ from: "2022-01-01", to: "2022-01-01", value: 150, sd: 10, source: "a yearbook" }] }), series("alliance_arms", 85),
            { ...series("fear_of_all", 0.5), name: "fear_of_all[entente -> alliance]", group: "fear_of_all of each rivalry" }, yearly("ships", 7)],
        single_runs: [0, 3],
        years_in_part: "* in part: 2021 from 2021-08-15",
        dates: [date("war", 0.1, { first: "2022-06-01", last: "2022-06-01", told: "2022-06-01" }), date("peace", 0.02)],
        scalars: [{ name: "incidents", about: "incidents in all", unit: "incidents", mean: 4.25, standard_error: 0.21, q05: 1, q50: 4, q95: 9, observed: 6, shares: "" }],
        by_row: [{ kind: "bloc", rows: ["alliance", "entente", "third"], note: "", measures: [
            { name: "fell", about: "when it fell", unit: "", what: "share of runs in which it comes; curve: share by then", is_share: true, values: [0.25, 0.75, 0], low: [0.2, 0.7, 0], high: [0.3, 0.8, 0.04],
                when: ["", "2022-01-01", ""], courses: [[0, 0.1, 0.25], [0, 0.5, 0.75], [0, 0, 0]], observed: ["", "2021-11-01", ""], shares: [], levels: [] },
            { name: "cost", about: "", unit: "million GBP", what: "mean over runs", is_share: false, values: [12.5, 3, null], low: [10, 2, null], high: [15, 4, null], when: [], courses: [[], [], []], observed: [], shares: [], levels: [] }] }],
        events: { years: ["2021", "2022"], events: [
            { name: "incident", on: "rivalry", about: "An incident.", by_year: [1.5, 2.75],
                rows: [{ name: "entente → alliance", by_year: [1, 1.75] }, { name: "alliance → entente", by_year: [0.5, 1] }], note: "" },
            { name: "crisis", on: "bloc", about: "", by_year: [0, 0.25], rows: [{ name: "entente", by_year: [0, 0.25] }], note: "The most frequent of the 3." }] },
        means_over: "Means over the first 50 of 100 runs.", events_over: "Means over all 100 runs.", no_events: "", no_network: "", not_drawn: "Not all kinds of links are drawn.", outcomes: outcomes(), replay: null, no_replay: "", map: null, grids: [],
        network: { agents: ["entente", "alliance", "a bystander"], times: months, kinds: [
            { name: "rivalry", links: [[0, 1], [1, 0]], fields: [field("fear", 1), field("respect", 0.5)] }] },
    } });
}

const codes = (numbers, means) => ({ codes: packed(numbers.map((number) => Number.isNaN(number) ? NaN : means.indexOf(number)), 1, [0, 254]), means });

/** Single runs of a study, 10 of each point: war comes the sooner, and the outlay is the higher, the greater the first factor. */
function study_runs(factors, points, alternatives) {
    const runs = Array.from({ length: points.length * 10 }, (_, run) => ({ at: Math.floor(run / 10), luck: (run % 10 * 7 + 3) % 10 / 10 }));
    const war = runs.map(({ at, luck }) => luck < 0.2 + 0.6 * at / points.length ? 2 + Math.round(20 * luck) : NaN);
    const arms = runs.map(({ at, luck }) => Math.round(90 + 20 * at / points.length + 9 * luck));
    const means = [...new Set(arms)].sort((a, b) => a - b);
    const at = (part) => means[Math.floor(part * (means.length - 1))];
    return {
        points: points.length, replicates: 10, together: 1, crossed: true, paired: true, over: `all ${runs.length} runs`, times: months.slice(1, 24), ticks: months.slice(1, 24).map((_, tick) => tick + 1), end: 24,
        factors: alternatives ? [] : factors.map(({ name, unit }, factor) => ({ name, unit, levels: [], values: codes(points.map((point) => point[factor]), [...new Set(points.map((point) => point[factor]))].sort((a, b) => a - b)) })),
        measures: [
            { name: "war", about: "", unit: "", form: "date", levels: [], values: { codes: packed(war, 1, [0, 254]), means: [] }, marks: [], outcomes: [{ name: "war_came", rule: "came", level: -1 }] },
            { name: "entente_arms", about: "outlay of the Entente", unit: "million GBP", form: "end", levels: [], values: codes(arms, means), marks: [at(0.1), at(0.5), at(0.9)], outcomes: [{ name: "entente_arms", rule: "value", level: -1 }] },
            { name: "alert", about: "", unit: "", form: "end", levels: ["calm", "alarmed"], values: codes(runs.map(({ luck }) => luck > 0.5 ? 1 : 0), [0, 1]), marks: [], outcomes: [] },
        ],
        failed: packed(new Array(runs.length).fill(NaN), 1, [0, 254]), left_out: "",
    };
}

export function sweep() {
    const points = [0.3, 0.6, 0.9].flatMap((reaction) => [100, 115, 130].flatMap((arms) => [0, 1].map((calm) => [reaction, arms, calm])));
    const outcome = (name, of) => ({ name, about: "", unit: "million GBP", mean: points.map(of), low: points.map((point) => of(point) - 1), high: points.map((point) => of(point) + 1) });
    return report("sweep", { sweep: {
        factors: ["reaction", "bloc[entente].arms", "calm"].map((name, at) => ({ name, unit: ["1/year", "million GBP", ""][at], values: points.map((point) => point[at]) })),
        outcomes: [outcome("alliance_arms", ([, arms]) => arms * 0.5), outcome("entente_arms", ([reaction, arms, calm]) => Number((reaction * arms + 2 * calm).toPrecision(6)))],
        runs_per_point: 200,
    }, study_runs: study_runs([{ name: "reaction", unit: "1/year" }, { name: "bloc[entente].arms", unit: "million GBP" }, { name: "calm", unit: "" }], points, false) });
}

export function sensitivity() {
    const index = (value) => ({ value, low: value - 0.05, high: value + 0.05 });
    return report("sensitivity", { sensitivity: {
        method: "Sobol", note: "Shares of the variance of the mean, with 95 % bootstrap intervals.", indices: ["first order", "total order"], rank_by: 1, unit: "share of variance",
        factors: [{ name: "reaction", unit: "1/year", how: "uniform(0.5, 1.5)", low: 0.5, high: 1.5 }, { name: "fatigue", unit: "1/year", how: "uniform(0.8, 2)", low: 0.8, high: 2 },
            { name: "idle", unit: "", how: "normal(0, 1)", low: null, high: null }],
        outcomes: [
            { name: "entente_arms", about: "outlay of the Entente", note: "31 % of the variance of a run is chance.", rows: [
                { factor: "fatigue", indices: [index(0.2), index(0.3)] }, { factor: "reaction", indices: [index(0.6), index(0.7)] }, { factor: "idle", indices: [{ value: -0.01, low: null, high: null }, null] }] },
            { name: "alliance_arms", about: "outlay of the Alliance", note: "", rows: [
                { factor: "fatigue", indices: [index(0.8), index(0.9)] }, { factor: "reaction", indices: [index(0.1), index(0.15)] }, { factor: "idle", indices: [index(0), index(0)] }] }],
    } });
}

export function compare() {
    const course = (scale, shift) => ({ middle: months.map((_, at) => wave(at, scale, shift)), low: months.map((_, at) => wave(at, scale, shift - 0.2)), high: months.map((_, at) => wave(at, scale, shift + 0.2)) });
    const flat = (value) => ({ middle: months.map((_, at) => Number((value * at).toPrecision(6))), low: months.map((_, at) => value * at - 1), high: months.map((_, at) => value * at + 1) });
    const difference = (value) => ({ value, low: value - 2, high: value + 2 });
    return report("compare", { comparison: {
        alternatives: ["base", "reaction=0.6", "reaction=1.2, fatigue=1"], note: "Paired by common random numbers; 95 % intervals.",
        measures: [
            { name: "entente_arms", about: "outlay of the Entente", unit: "million GBP", base: 120.5, differences: [difference(-14.25), difference(9.5)] },
            { name: "alliance_arms", about: "outlay of the Alliance", unit: "million GBP", base: 95, differences: [difference(-8), difference(1)] },
            { name: "war", about: "war comes", unit: "share of runs", base: 0.8, differences: [{ value: -0.2, low: -0.3, high: -0.1 }, null] }],
        times: months,
        courses: [{ name: "entente_arms", about: "outlay of the Entente", unit: "million GBP", alternatives: [course(110, 0), course(110, -0.15), course(110, 0.1)], differences: [flat(-0.75), flat(0.5)] },
            { name: "alliance_arms", about: "outlay of the Alliance", unit: "million GBP", alternatives: [course(85, 0), course(85, -0.1), course(85, 0.2)], differences: [flat(-0.5), flat(0.75)] }],
        middle_label: "median", band_label: "5–95 % of runs",
        dates: [{ name: "war", about: "war comes", alternatives: [date("war", 0.1), date("war", 0.05), date("war", 0.12)] },
            { name: "peace", about: "peace comes", alternatives: [date("peace", 0.02), date("peace", 0.04), date("peace", 0.01)] }],
    }, study_runs: study_runs([], [[0], [1], [2]], true) });
}

export function calibrate() {
    const ninety = (median, reach) => ({ median, low: Number((median - reach).toPrecision(5)), high: Number((median + reach).toPrecision(5)) });
    const fitted = (name, unit, informed, at) => ({ name, unit, how: "uniform(0, 2)", prior: ninety(1, 0.9), posterior: ninety(at, 0.2), by_prior: ninety(at / 2, 0.1), mean: at, sd: 0.1,
        contraction: 0.9, shift: -1.2, informed, tenths: [0.5, 0.3, 0.2, 0, 0, 0, 0, 0, 0, 0], draws: Array.from({ length: 30 }, (_, i) => Number((at + i / 100).toPrecision(5))) });
    return report("calibrate", { calibration: {
        end: "It ended with its budget of 5,000 runs.",
        parameters: [fitted("reaction", "1/year", true, 0.4), fitted("fatigue", "", true, 0.7), fitted("idle", "", false, 1)],
        pairs: [{ first: "reaction", second: "fatigue", correlation: -0.75 }, { first: "reaction", second: "idle", correlation: 0.05 }, { first: "fatigue", second: "idle", correlation: 0 }],
        record: [{ name: "war, years", unit: "years", record: 0.5, prior: ninety(1, 0.5), posterior: ninety(0.6, 0.2), chance: 0.7 }, { name: "war, came", unit: "", record: 1, prior: ninety(0.5, 0.5), posterior: ninety(1, 0), chance: 1 }],
        generations: [{ tolerance: null, temperature: null, log_evidence: null, runs: 1000, acceptance: 1, effective: 1000 }, { tolerance: 2.5, temperature: null, log_evidence: null, runs: 3321, acceptance: 0.301, effective: 812.4 }],
        ranks: [],
    } });
}

export function describe() {
    return report("describe", { findings: [], facts: [] });
}

/** Every text of a report, including names, made as unfriendly as can be. */
export function hostile(data) {
    const keep = new Set(["format", "kind", "bytes", "rule"]);
    const texts = (value, key) => Array.isArray(value) ? value.map((item) => texts(item, key))
        : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, keep.has(name) ? item : texts(item, name)]))
            : typeof value === "string" && !/^(\d{4}(-\d\d-\d\d)?|date|end|once)$/.test(value) ? `${value} ${unfriendly}` : value;
    return texts(data, "");
}
