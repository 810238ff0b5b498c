// Maps, arcs, grids, events and tables by row of single runs, and of the groups into which an outcome parts the runs, on a page that the command writes: what
// they show is what rows.csv and events.csv have of these runs, at the end and, of a calendar that ends there, in between.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { barriers, data_of, near, picture, rows_of, start, stop, table_behind, visit } from "./harness.mjs";

const command = process.env.ENTENTE_COMMAND;
const scratch = mkdtempSync(join(tmpdir(), "entente-told-map-"));

const placed = (ticks) => `entente: 1
title: Four states and a grid
calendar: {start: 2020-01-01, ticks: ${ticks}, step: month}
runs: 60
headline: [apart]
agents:
  state:
    label: State
    fields: {worth: {start: 1, range: [0, inf], unit: USD}, mood: {start: calm, levels: [calm, angry]}}
    members: {a: {iso: DEU, label: Aland}, b: {iso: POL}, c: {position: [48, 2]}, d: {iso: ITA}}
  cell: {count: 48, fields: {heat: 0, lit: {start: dark, levels: [dark, burning]}}}
links:
  tie: {source: state, target: state, pattern: complete, fields: {warmth: {start: 0.5, range: [0, 1]}}}
  beside: {source: cell, target: cell, pattern: {grid: {width: 8, height: 6}}}
steps:
  - {rule: drift, on: state, do: ["worth *= exp(normal(0, 0.2))", "mood = angry if worth > 1.5 else calm"]}
  - {event: quarrel, on: tie, rate: 0.2 * source.worth, do: ["warmth *= 0.8"]}
  - {event: peace, on: tie, probability: 0.1, do: ["warmth = min(1, warmth + 0.2)"]}
  - {rule: warm, on: cell, do: ["heat += normal()", "lit = bernoulli(0.4)"]}
measures:
  apart: {value: "first(tie[a, b].warmth < 0.35)", label: fall out}
  rich: {value: "first(worth > 2)", on: state}
  own: {value: worth, on: state, label: own worth}
  mood_then: {value: mood, on: state, label: mood then}
  best: {value: peak(worth), on: state}
  warm: {value: warmth, on: tie}
  hot: {value: heat, on: cell}
  burns: {value: lit, on: cell}
`;

const states = ["a", "b", "c", "d"];
const half = 12;
let whole;
let first_half;
let page_path;

function made(ticks, name) {
    writeFileSync(join(scratch, `${name}.yaml`), placed(ticks));
    execFileSync(command, ["run", `${name}.yaml`, "--events", "--out", name], { cwd: scratch, stdio: "ignore" });
    const [head, ...lines] = readFileSync(join(scratch, name, "rows.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
    const rows = lines.map((line) => Object.fromEntries(head.map((column, at) => [column, line[at]])));
    return (run, kind) => rows.filter((row) => row.run === String(run) && row.kind === kind);
}

before(async () => {
    assert.ok(command, "ENTENTE_COMMAND names the command");
    whole = made(30, "whole");
    first_half = made(half, "half");
    page_path = join(scratch, "whole", "report.html");
    await start();
});

after(async () => {
    await stop();
    rmSync(scratch, { recursive: true, force: true });
});

const map_of = (page) => page.locator("figure.map-figure");
const grid_of = (page) => page.locator("figure.grid-figure");

async function on_page(body, options = {}) {
    const visitor = await visit(page_path, options);
    await visitor.page.locator("figure.replay[data-values]").waitFor();
    await body(visitor.page, data_of(page_path), visitor);
    await visitor.leave();
}

/** The map shows the run, or the means. */
const shown = (page, of, moment) => page.waitForFunction(([of_whom, then]) => {
    const { dataset } = document.querySelector("figure.map-figure .plot");
    return dataset.of === of_whom && (then === null || dataset.moment === then);
}, [String(of), moment ?? null]);

const fills_of = (page) => map_of(page).locator("svg.map").evaluate((root) => Object.fromEntries([...root.querySelectorAll("[data-row]")].map((node) =>
    [node.dataset.row, { value: node.dataset.value === undefined ? null : Number(node.dataset.value), shade: Number(node.dataset.class), fill: getComputedStyle(node).fill, words: node.querySelector("title").textContent }])));

const key_colours = (page) => map_of(page).locator(".shades rect").evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).fill));

/** Every state has the value, and the colour that the key has for its class. */
async function expect_fills(page, expected, tolerance, words) {
    const fills = await fills_of(page);
    const colours = await key_colours(page);
    expected.forEach((value, row) => {
        near(fills[row].value, value, tolerance, `${words}, ${states[row]}`);
        assert.equal(fills[row].fill, colours[fills[row].shade], `${words}, ${states[row]}: its colour is that of its class`);
    });
    const [low, high] = [expected.indexOf(Math.min(...expected)), expected.indexOf(Math.max(...expected))];
    assert.ok(fills[low].shade <= fills[high].shade, `${words}: greater is not paler`);
}

test("a run that is chosen in its story fills the map by what it holds, at the end and in between", async () => {
    await on_page(async (page, data) => {
        const { runs, state_times } = data.ensemble.replay;
        await map_of(page).getByLabel("Fill by").selectOption("State.worth");
        await shown(page, "mean");
        for (const { run } of [runs[1], runs.at(-1), runs[0]]) {
            await page.locator(`figure.replay .told-run[data-run='${run}']`).click();
            await shown(page, run);
            const worths = whole(run, "state").map((row) => Number(row.own));
            await map_of(page).getByLabel("Date on the map").fill("30");
            await map_of(page).getByLabel("Fill by").selectOption("State.worth");
            await expect_fills(page, worths, Math.max(...worths) / 2000, `worth in run ${run}`);
            assert.match(await map_of(page).locator("figcaption").textContent(), new RegExp(`Worth, in USD: in run ${run}\\.`));
            await map_of(page).getByLabel("Fill by").selectOption("State.own worth");
            await page.waitForFunction(() => document.querySelector("figure.map-figure .map-table caption").textContent.startsWith("own worth"));
            await expect_fills(page, worths, Math.max(...worths) / 2000, `own worth in run ${run}`);
            await map_of(page).getByLabel("Date on the map").fill(String(half));
            await shown(page, run, state_times[half]);
            const then = first_half(run, "state").map((row) => Number(row.own));
            await expect_fills(page, then, Math.max(...worths, ...then) / 2000, `own worth in run ${run} at ${state_times[half]}`);
            await map_of(page).getByLabel("Fill by").selectOption("State.worth");
            await expect_fills(page, then, Math.max(...worths, ...then) / 2000, `worth in run ${run} at ${state_times[half]}`);
        }
    });
});

test("dates, levels and what a run has one value of are told of the run", async () => {
    await on_page(async (page, data) => {
        const { run } = data.ensemble.replay.runs[0];
        await map_of(page).getByLabel("Values of").selectOption(`run ${run}`);
        const own = whole(run, "state");
        await map_of(page).getByLabel("Fill by").selectOption("State.rich");
        await shown(page, run);
        await page.waitForFunction(() => [...document.querySelectorAll("figure.map-figure .shades li")].map((node) => node.textContent).join() === "not yet,has come");
        for (const moment of [half, 30]) {
            await map_of(page).getByLabel("Date on the map").fill(String(moment));
            const date = data.ensemble.map.times[moment];
            const come = own.map((row) => row.rich !== "" && row.rich < date ? 1 : 0);
            await expect_fills(page, come, 0, `rich by ${date}`);
            const table = Object.fromEntries((await rows_of(map_of(page).locator(".map-table table"))).slice(1));
            own.forEach((row, at) => { assert.equal(table[["Aland", "b", "c", "d"][at]], come[at] ? row.rich : "not yet"); });
        }
        await map_of(page).getByLabel("Fill by").selectOption("State.mood");
        await page.waitForFunction(() => document.querySelector("figure.map-figure .shades").textContent === "calmangry");
        assert.deepEqual(Object.values(await fills_of(page)).map(({ value }) => value), own.map((row) => Number(row.mood_then)));
        await map_of(page).getByLabel("Fill by").selectOption("State.best");
        await page.waitForFunction(() => document.querySelector("figure.map-figure .map-table caption").textContent.startsWith("best"));
        await expect_fills(page, own.map((row) => Number(row.best)), 0.01, "the best");
        assert.equal((await table_behind(map_of(page))).length, 5);
    });
});

test("arcs are the run's links", async () => {
    await on_page(async (page, data) => {
        const { run } = data.ensemble.replay.runs[1];
        await map_of(page).getByLabel("Arcs show").selectOption("tie.warmth");
        const arcs = async () => Object.fromEntries(await map_of(page).locator("svg.map .arcs path").evaluateAll((nodes) => nodes.map((node) => [`${node.dataset.source} ${node.dataset.target}`, Number(node.dataset.value)])));
        const means = await arcs();
        await map_of(page).getByLabel("Values of").selectOption(`run ${run}`);
        await shown(page, run);
        const own = await arcs();
        const links = whole(run, "tie");
        assert.equal(links.length, 12);
        for (const link of links) {
            near(own[`${states.indexOf(link.source)} ${states.indexOf(link.target)}`], Number(link.warm), 0.003, `${link.source} to ${link.target}`);
        }
        assert.notDeepEqual(own, means);
        assert.match(await map_of(page).locator(".readout").first().textContent(), new RegExp(`in run ${run}\\.`));
        const network = await page.locator("figure.relations svg.network [data-row]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.row, Number(node.dataset.value)]));
        for (const [row, value] of network) {
            near(value, Number(links[row].warm), 0.003, `the network goes along, link ${row}`);
        }
    });
});

test("the address holds whose map it is, and the means are one choice away", async () => {
    await on_page(async (page, data, { address }) => {
        const { runs } = data.ensemble.replay;
        await map_of(page).getByLabel("Values of").selectOption(`run ${runs[1].run}`);
        assert.equal(page.url(), `${address}#run=${runs[1].run}`, "who looks at a run sees it everywhere");
        assert.equal(await page.locator("figure.replay .told-run[aria-pressed='true']").getAttribute("data-run"), String(runs[1].run));
        await map_of(page).getByLabel("Values of").selectOption("mean");
        await shown(page, "mean");
        assert.equal(page.url(), `${address}#run=${runs[1].run}&of=mean`);
        await map_of(page).getByLabel("Values of").selectOption(`run ${runs[0].run}`);
        assert.equal(page.url(), `${address}#of=run`);
        await page.goto(`${address}#run=${runs[1].run}`);
        await shown(page, runs[1].run);
        assert.equal(await map_of(page).getByLabel("Values of").inputValue(), `run ${runs[1].run}`);
        await page.goto(`${address}#of=mean&run=${runs[1].run}`);
        await shown(page, "mean");
    });
});

test("the grid shows the cells of the run that is told, and its box tells another", async () => {
    await on_page(async (page, data) => {
        const { runs } = data.ensemble.replay;
        assert.deepEqual(data.ensemble.grids[0].runs, runs.map(({ run }) => run), "all runs told have their grid");
        await grid_of(page).getByLabel("Cells show").selectOption("cell.lit");
        for (const { run } of runs) {
            await grid_of(page).getByLabel("Cells of").selectOption(String(run));
            assert.equal(await page.locator("figure.replay .told-run[aria-pressed='true']").getAttribute("data-run"), String(run));
            await grid_of(page).locator(`canvas[data-run='${run}'][data-field=lit]`).waitFor();
            for (const [moment, of_run] of [[half, first_half], [30, whole]]) {
                await grid_of(page).getByLabel("Date on the grid").fill(String(moment));
                const colours = await grid_of(page).locator(".shades .swatch").evaluateAll((nodes) => nodes.map((node) => node.dataset.colour));
                const pixels = await page.evaluate(() => {
                    const canvas = document.querySelector("canvas");
                    return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
                });
                of_run(run, "cell").forEach((cell, at) => {
                    assert.equal(`rgb(${pixels.slice(4 * at, 4 * at + 3).join(", ")})`, colours[Number(cell.burns)], `run ${run}, cell ${at} at ${moment}`);
                });
            }
        }
        const last = runs.at(-1).run;
        assert.match(await grid_of(page).locator("figcaption").textContent(), new RegExp(`Lit of each cell in run ${last}, on a grid of 8 × 6`));
        await grid_of(page).getByLabel("Cells show").selectOption("cell.heat");
        await grid_of(page).locator("canvas[data-field=heat]").waitFor();
        await grid_of(page).locator(".grid-plot").focus();
        await page.keyboard.press("ArrowRight");
        const at = Number(await grid_of(page).locator(".grid-plot").getAttribute("data-cell"));
        const told = Number((await grid_of(page).locator(".readout").textContent()).split(" heat ")[1].replace("−", "-"));
        near(told, Number(whole(last, "cell")[at].hot), 0.2, "heat of a cell");
    });
});

// -- groups of runs ---------------------------------------------------------------------------------------------------------------------------

const table_of = (name) => {
    const [head, ...lines] = readFileSync(join(scratch, "whole", name), "utf8").trim().split("\n").map((line) => line.split(","));
    return lines.map((line) => Object.fromEntries(head.map((column, at) => [column, line[at]])));
};

/** The runs in which it came, and the others. */
const sides = () => {
    const runs = table_of("runs.csv");
    return [true, false].map((came) => runs.filter((run) => (run.apart !== "") === came).map((run) => Number(run.run)));
};
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

async function on_parted(of, body, options = {}) {
    await on_page(async (page, data) => {
        await page.locator("#outcomes .outcome-counts").waitFor();
        await body(page, data);
    }, { ...options, hash: `#outcome=date.fall+out${of === "" ? "" : `&of=${of}`}` });
}

test("events are counted in both groups", async () => {
    await on_parted("", async (page, data) => {
        const events = table_of("events.csv");
        const figure = page.locator("figure.events");
        const years = data.ensemble.events.years;
        for (const name of ["quarrel", "peace"]) {
            await figure.getByLabel("Event").selectOption(name);
            const bars = await figure.locator("rect.bar[data-year]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.part, node.dataset.year, Number(node.dataset.value)]));
            const names = [...new Set(bars.map(([part]) => part))];
            assert.match(names[0], /^fall out \(/);
            assert.equal(bars.length, 2 * years.length);
            for (const [part, year, value] of bars) {
                const runs = sides()[names.indexOf(part)];
                const own = events.filter((event) => event.event === name && event.date.startsWith(year.slice(0, 4)) && runs.includes(Number(event.run)));
                near(value, own.reduce((sum, event) => sum + Number(event.count), 0) / runs.length, 1e-9, `${name}, ${part}, ${year}`);
            }
            const [, ...rows] = await table_behind(figure);
            assert.deepEqual(rows.map((row) => row[0]), names);
        }
        assert.match(await figure.locator("figcaption").textContent(), /by outcome/);
    });
});

/** Of each row the mean of a column over the runs of a group, and how far it may be from what a page keeps coarsely. */
const of_group = (of_run, side, kind, column, count) => Array.from({ length: count }, (_, row) => {
    const values = sides().map((runs) => runs.map((run) => Number(of_run(run, kind)[row][column])));
    return { mean: mean(values[side]), slack: 0.2 * spread(values.flat()) / Math.sqrt(values[side].length) };
});

test("the map is filled by the mean of a group, or by how far the groups are apart", async () => {
    for (const [of, side] of [["with", 0], ["without", 1]]) {
        await on_parted(of, async (page, data) => {
            await map_of(page).getByLabel("Fill by").selectOption("State.worth");
            await shown(page, of);
            const fills = await fills_of(page);
            of_group(whole, side, "state", "own", 4).forEach(({ mean: expected, slack }, row) => { near(fills[row].value, expected, slack, `${of}, ${states[row]}`); });
            assert.match(await map_of(page).locator("figcaption").textContent(), of === "with" ? /mean of “fall out \(/ : /mean of “not \(/);
            await map_of(page).getByLabel("Fill by").selectOption("State.rich");
            await page.waitForFunction(() => document.querySelector("figure.map-figure .map-table caption").textContent.startsWith("rich"));
            const shares = await fills_of(page);
            for (const row of [0, 1, 2, 3]) {
                near(shares[row].value, mean(sides()[side].map((run) => whole(run, "state")[row].rich === "" ? 0 : 1)), 1e-9, `rich, ${of}, ${states[row]}`);
            }
            const date = data.ensemble.map.times[half];
            await map_of(page).getByLabel("Date on the map").fill(String(half));
            await shown(page, of, date);
            const then = await fills_of(page);
            for (const row of [0, 1, 2, 3]) {
                near(then[row].value, mean(sides()[side].map((run) => { const { rich } = whole(run, "state")[row]; return rich !== "" && rich < date ? 1 : 0; })), 1e-9, `rich by ${date}, ${of}, ${states[row]}`);
            }
        });
    }
    await on_parted("apart", async (page) => {
        await map_of(page).getByLabel("Fill by").selectOption("State.worth");
        await shown(page, "apart");
        const fills = await fills_of(page);
        const [first, second] = [0, 1].map((side) => of_group(whole, side, "state", "own", 4));
        const colours = await key_colours(page);
        assert.equal(colours.length, 5);
        for (const row of [0, 1, 2, 3]) {
            near(fills[row].value, first[row].mean - second[row].mean, first[row].slack + second[row].slack, `difference, ${states[row]}`);
            assert.equal(fills[row].fill, colours[fills[row].shade]);
        }
        assert.notEqual(colours[0], colours[4]);
    });
});

test("the network shows the mean of a group", async () => {
    for (const [of, side] of [["with", 0], ["without", 1]]) {
        await on_parted(of, async (page) => {
            const figure = page.locator("figure.relations");
            await figure.locator("svg.network [data-row]").first().waitFor();
            const expected = of_group(whole, side, "tie", "warm", 12);
            const drawn = await figure.locator("svg.network [data-row]").evaluateAll((nodes) => nodes.map((node) => [Number(node.dataset.row), Number(node.dataset.value)]));
            assert.equal(drawn.length, 12);
            for (const [row, value] of drawn) {
                near(value, expected[row].mean, expected[row].slack, `${of}, link ${row}`);
            }
            assert.match(await figure.locator("figcaption").textContent(), /mean of “/);
        });
    }
});

test("tables by row show both groups", async () => {
    await on_parted("", async (page) => {
        const table = page.locator("#by-row table", { hasText: "Measures of each State, by outcome" });
        const [head, ...rows] = await rows_of(table);
        const column = (title) => head.findIndex((cell) => cell.startsWith(title));
        for (const side of [0, 1]) {
            const name = side === 0 ? "fall out (" : "not (";
            const best = of_group(whole, side, "state", "best", 4);
            const own = of_group(whole, side, "state", "own", 4);
            rows.forEach((row, at) => {
                near(row[column(`best: ${name}`)], best[at].mean, best[at].slack, `best, ${name}, ${row[0]}`);
                near(row[column(`own worth: ${name}`)], own[at].mean, own[at].slack, `own worth, ${name}, ${row[0]}`);
                near(row[column(`rich: ${name}`)], 100 * mean(sides()[side].map((run) => whole(run, "state")[at].rich === "" ? 0 : 1)), 1e-6, `rich, ${name}, ${row[0]}`);
            });
        }
        const levels = rows[0][column("mood then: fall out (")];
        const angry = mean(sides()[0].map((run) => Number(whole(run, "state")[0].mood_then)));
        assert.ok(levels.includes("angry") === angry > 0 && levels.includes("calm") === angry < 1, levels);
    });
});

for (const scheme of ["light", "dark"]) {
    test(`a page of a run on the map has no barriers, in ${scheme}`, async () => {
        await on_page(async (page) => {
            await shown(page, await page.locator("figure.replay .told-run[aria-pressed='true']").getAttribute("data-run"));
            for (const details of await page.locator("details").all()) {
                await details.evaluate((node) => { node.open = true; });
            }
            assert.deepEqual(await barriers(page), []);
            await picture(page, `told-map-${scheme}`);
        }, { scheme, hash: "#of=run" });
    });
}
