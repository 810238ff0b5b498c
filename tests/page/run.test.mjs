// The page of an ensemble of known numbers in a real browser: what it draws is what it was given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble, corners_of, holds, milliseconds, near, picture, rows_of, scales_of, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";
import { kinds, on } from "./pages.mjs";

on("run", "the head says what was asked and what came out", async (page, data) => {
    assert.equal(await page.title(), data.title);
    assert.equal(await page.locator("h1").textContent(), data.title);
    assert.equal(await page.locator("header .about").textContent(), data.about);
    assert.deepEqual(await page.locator(".findings li").allTextContents(), data.findings.map((sentence) => sentence.replaceAll(" %", "\u00a0%")));
    assert.equal((await page.locator(".facts").textContent()).replaceAll("\u00a0", " "), "1 Jan 2021 to 31 Dec 2022, 24 months · 100 runs · seed 1 · 2 ms on 2 threads");
});

on("run", "a series is drawn as its quantiles, and its table holds them", async (page, data) => {
    const figure = page.locator("figure.over-time");
    const series = data.ensemble.series[0];
    await holds(figure.locator("svg.fan"), ".line.median", data.ensemble.times, series.q50, "median");
    const band = await corners_of(figure.locator(".band.wide").first());
    assert.ok(band.length > series.q05.length);
    const [header, ...rows] = await table_behind(figure);
    assert.deepEqual(header.slice(0, 7), ["date", ...["mean", "5 %", "25 %", "median", "75 %", "95 %"].map((word) => `${word} (million GBP)`)]);
    assert.deepEqual(rows, data.ensemble.times.map((when, at) => [when, series.mean[at], series.q05[at], series.q25[at], series.q50[at], series.q75[at], series.q95[at],
        ...series.runs.map((run) => run[at])]));
});

on("run", "another measure is chosen by the box and by its small picture", async (page, data) => {
    const figure = page.locator("figure.over-time");
    await figure.locator("select").selectOption("alliance_arms");
    await holds(figure.locator("svg.fan"), ".line.median", data.ensemble.times, data.ensemble.series[1].q50, "after the box");
    const small = page.locator(".small[data-name='entente_arms']");
    assert.equal(await page.locator(".small[data-name='alliance_arms']").getAttribute("aria-pressed"), "true");
    await small.click();
    assert.equal(await small.getAttribute("aria-pressed"), "true");
    assert.equal(await figure.locator("select").inputValue(), "entente_arms");
    await holds(figure.locator("svg.fan"), ".line.median", data.ensemble.times, data.ensemble.series[0].q50, "after the picture");
    assert.match(await figure.locator("figcaption").textContent(), /^Outlay of entente_arms, in million GBP\./);
});

on("run", "measures by the year are drawn as a box a year, with the record beside", async (page, data) => {
    const figure = page.locator("figure.over-time");
    await figure.locator("select").selectOption("ships");
    const series = data.ensemble.series[3];
    const { y, y_domain } = await scales_of(figure.locator("svg.fan"));
    const levels = [...(await figure.locator("svg.fan .line.median").getAttribute("d")).matchAll(/M[\d.-]+,([\d.-]+)H/g)].map(([, place]) => y(Number(place)));
    assert.equal(levels.length, 2);
    levels.forEach((level, at) => near(level, series.q50[at], (y_domain[1] - y_domain[0]) / 500, "level"));
    const ring = figure.locator("[data-observed]");
    assert.equal(await ring.getAttribute("data-observed"), "7.5");
    near(y(Number(await ring.locator("circle").getAttribute("cy"))), 7.5, (y_domain[1] - y_domain[0]) / 500, "record");
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows.map((row) => row[4]), series.q50);
    assert.deepEqual(rows.map((row) => row[0]), ["2021-08-15*", "2022-01-01"]);
    assert.match(await figure.locator("figcaption").textContent(), /\* in part: 2021: 20 weeks\./);
    assert.deepEqual(await figure.locator("svg.fan .axis text").allTextContents().then((texts) => texts.slice(-3)), ["2021*", "20 weeks", "2022"]);
    await figure.getByLabel("Date read in the chart").focus();
    await page.keyboard.press("Home");
    assert.match(await figure.locator(".readout").textContent(), /^2021 in part \(15 Aug 2021 to 31 Dec 2021: 20 weeks\): median/);
});

on("run", "single runs bear the numbers that all tables give them", async (page) => {
    const figure = page.locator("figure.over-time");
    const [header] = await table_behind(figure);
    assert.deepEqual(header.slice(7), ["run 0 (million GBP)", "run 3 (million GBP)"]);
    await figure.getByLabel("single runs").check();
    assert.match(await figure.locator(".legend").textContent(), /single runs \(0, 3\)/);
});

test("of one or two runs there are no bands", async () => {
    const data = made.run();
    data.ensemble.outcomes = null;
    const none = data.ensemble.times.map(() => null);
    data.ensemble.series = [{ ...data.ensemble.series[0], q05: none, q25: none, q75: none, q95: none }];
    const { page, leave } = await visit(assemble(data, "few"));
    const figure = page.locator("figure.over-time");
    assert.equal(await figure.locator("svg.fan .band").count(), 0);
    assert.equal(await figure.locator("svg.fan .line.median").count(), 1);
    assert.match(await figure.locator(".readout").textContent(), /^1 Dec 2022: median [\d.]+ million GBP, mean [\d.]+/);
    assert.doesNotMatch(await figure.locator(".legend").textContent(), /%/);
    await leave();
});

test("a share that is not known is told so", async () => {
    const data = made.run();
    data.ensemble.dates[1].share = null;
    const { page, leave } = await visit(assemble(data, "unknown-share"));
    const rows = await rows_of(page.locator("#dates > table, #dates div > table").last());
    assert.equal(rows[2][1], "–");
    await leave();
});

on("run", "switches show and hide layers", async (page) => {
    const figure = page.locator("figure.over-time");
    const layer = (name) => figure.locator(`svg.fan ${name}`);
    assert.deepEqual([await layer(".line.run").count(), await layer(".line.mean").count(), await layer(".band").count()], [0, 0, 2]);
    await figure.getByLabel("single runs").check();
    assert.equal(await layer(".line.run").count(), 2);
    await figure.getByLabel("mean", { exact: true }).check();
    assert.equal(await layer(".line.mean").count(), 1);
    await figure.getByLabel("quantiles").uncheck();
    assert.equal(await layer(".band").count(), 0);
    assert.equal(await layer(".fact").count(), 2);
    await figure.getByLabel("dated facts").uncheck();
    assert.equal(await layer(".fact").count(), 0);
    await figure.getByLabel("record").uncheck();
    assert.equal(await layer("[data-observed]").count(), 0);
});

on("run", "values are read by keyboard, with the facts of their time", async (page, data) => {
    const figure = page.locator("figure.over-time");
    const slider = figure.getByLabel("Date read in the chart");
    await slider.focus();
    await page.keyboard.press("Home");
    for (const _ of [1, 2]) {
        await page.keyboard.press("ArrowRight");
    }
    const value = data.ensemble.series[0].q50[2];
    assert.match(await slider.getAttribute("aria-valuetext"), new RegExp(`^1 Mar 2021: median ${value.toPrecision(3)} million GBP`));
    const readout = await figure.locator(".readout").textContent();
    assert.match(readout, /15 Mar 2021: A gunboat arrives · entente → alliance/);
    assert.equal(await figure.locator(".cursor").getAttribute("visibility"), "visible");
});

on("run", "values are read by the mouse", async (page) => {
    const figure = page.locator("figure.over-time");
    await figure.scrollIntoViewIfNeeded();
    const box = await figure.locator("svg.fan .catch").boundingBox();
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    assert.match(await figure.locator(".readout").textContent(), /^1 Jan 2021, before the first tick: median/);
});

on("run", "dragging zooms, and the buttons zoom in, out and to all", async (page, data) => {
    const figure = page.locator("figure.over-time");
    await figure.locator("svg.fan").scrollIntoViewIfNeeded();
    const box = await figure.locator("svg.fan .catch").boundingBox();
    const height = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.25, height);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.4, height, { steps: 4 });
    await page.mouse.move(box.x + box.width * 0.75, height, { steps: 4 });
    await page.mouse.up();
    const shown = async () => (await scales_of(figure.locator("svg.fan"))).x_domain.map((value) => new Date(value).toISOString().slice(0, 10));
    const [from, to] = [data.ensemble.times[6], data.ensemble.times[17]];
    assert.deepEqual(await shown(), [from, to]);
    await holds(figure.locator("svg.fan"), ".line.median", data.ensemble.times.slice(6, 18), data.ensemble.series[0].q50.slice(6, 18), "zoomed");
    await figure.getByRole("button", { name: "Whole period" }).click();
    assert.deepEqual(await shown(), ["2021-01-01", "2022-12-01"]);
    await figure.getByRole("button", { name: "Zoom in" }).focus();
    await page.keyboard.press("Enter");
    const [, half] = await shown();
    assert.equal(half, "2022-12-01");
    await figure.getByRole("button", { name: "Zoom out" }).click();
    assert.deepEqual(await shown(), ["2021-01-01", "2022-12-01"]);
});

on("run", "dates are drawn as steps, and their table holds them", async (page, data) => {
    const figure = page.locator("figure.dates");
    const war = data.ensemble.dates[0];
    const { x, y } = await scales_of(figure.locator("svg.curves"));
    const corners = await corners_of(figure.locator(`[data-curve="${war.about}"] .line`));
    for (const [at, when] of war.curve.when.slice(0, -1).entries()) {
        const there = corners.filter((corner) => Math.abs(x(corner.x) - milliseconds(when)) < 86_400_000);
        assert.ok(there.some((corner) => Math.abs(y(corner.y) - war.curve.share[at]) < 0.005), `step at ${when}`);
    }
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows.slice(0, 8), war.curve.when.map((when, at) => [war.about, when, war.curve.share[at], war.curve.low[at], war.curve.high[at]]));
    await figure.getByRole("checkbox", { name: war.about }).uncheck();
    assert.equal(await figure.locator(`[data-curve="${war.about}"]`).count(), 0);
    await figure.getByLabel("95 % intervals").uncheck();
    assert.equal(await figure.locator("svg.curves .band").count(), 0);
});

on("run", "events are counted by year and by who", async (page, data) => {
    const figure = page.locator("figure.events");
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows, [["all", 1.5, 2.75, 4.25], ["entente → alliance", 1, 1.75, 2.75], ["alliance → entente", 0.5, 1, 1.5]]);
    const bars = await figure.locator("svg .bar[data-year]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.part, node.dataset.year, Number(node.dataset.value), Number(node.getAttribute("height"))]));
    assert.deepEqual(bars.map((bar) => bar.slice(0, 3)), [["entente → alliance", "2021", 1], ["alliance → entente", "2021", 0.5], ["entente → alliance", "2022", 1.75], ["alliance → entente", "2022", 1]]);
    near(bars[2][3] / bars[0][3], 1.75, 0.02, "heights are in proportion");
    await page.locator(".small[data-name='crisis']").click();
    assert.equal(await figure.locator("select").inputValue(), "crisis");
    assert.deepEqual(data.ensemble.events.events[1].by_year, (await table_behind(figure))[1].slice(1, 3));
    assert.equal(await figure.locator("caption").textContent(), "crisis: mean number per run. The most frequent of the 3.");
});

on("run", "the network shows the links of any date, and a table beside it", async (page, data) => {
    const figure = page.locator("figure.relations");
    const [fear, respect] = data.ensemble.network.kinds[0].fields;
    const shown = async () => Object.fromEntries(await figure.locator("svg.network [data-row]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.row, Number(node.dataset.value)])));
    assert.deepEqual(await shown(), { 0: fear.values[0][23], 1: fear.values[1][23] });
    const slider = figure.getByLabel("Date", { exact: true });
    await slider.focus();
    await page.keyboard.press("Home");
    assert.deepEqual(await shown(), { 0: fear.values[0][0], 1: fear.values[1][0] });
    assert.equal(await figure.locator("output").textContent(), "1 Jan 2021");
    const beside = figure.locator(".beside table");
    assert.deepEqual((await rows_of(beside)).slice(1), [["alliance → entente", fear.values[1][0], respect.values[1][0]], ["entente → alliance", fear.values[0][0], respect.values[0][0]]]);
    await figure.getByLabel("Arrows show").selectOption("rivalry.respect");
    assert.deepEqual(await shown(), { 0: respect.values[0][0], 1: respect.values[1][0] });
    await beside.getByRole("button", { name: "entente → alliance" }).click();
    assert.equal(await figure.locator("[data-row='0'].s2").count(), 1);
    const widths = await figure.locator("svg.network .tie").evaluateAll((nodes) => nodes.map((node) => [Number(node.parentElement.dataset.value), Number(node.getAttribute("stroke-width"))]));
    assert.ok(widths.every(([value, width], at) => at === 0 || (value - widths[at - 1][0]) * (width - widths[at - 1][1]) >= 0), "the more, the wider");
});

on("run", "equations are typeset, and what cannot be is shown as written", async (page) => {
    const step = page.locator(".steps > li").first();
    assert.equal(await step.locator("math mfrac, math munder").count(), 1);
    assert.match(await step.locator(".equations math").first().textContent(), /threat=∑r∈rivalry\s*from\s*self/);
    const second = page.locator(".steps > li").nth(1);
    assert.equal(await second.locator(".equations mfrac").count(), 1);
    assert.equal(await second.locator(".equations msup").count(), 1);
    assert.equal(await second.locator(".equations pre").textContent(), "this is no expression at all (");
    const sizes = await page.locator(".equations mfrac").first().boundingBox();
    assert.ok(sizes.height > 20, "a fraction stands two lines high");
});

on("run", "what was overridden, the timeline and its sources are there", async (page) => {
    const section = page.locator("#scenario");
    assert.match(await section.textContent(), /Overrides/);
    const changed = await rows_of(section.locator("table").first());
    assert.deepEqual(changed[1], ["fatigue", "1.2", "1.5", "--set"]);
    assert.equal(await section.locator("a[href='https://example.org/gunboat']").textContent(), "example.org");
});

on("run", "everything that can be worked is reached by the tab key", async (page) => {
    const wanted = await page.evaluate(() => [...document.querySelectorAll("select, button, input, summary, a[href]")].filter((node) => !node.disabled
        && (node.closest("details") === null || node.closest("details").open || node.tagName === "SUMMARY")).length);
    const reached = new Set();
    for (let press = 0; press < wanted * 2 + 20; press += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => [...document.querySelectorAll("*")].indexOf(document.activeElement));
        if (reached.has(at)) {
            break;
        }
        reached.add(at);
    }
    assert.ok(reached.size >= wanted, `${reached.size} of ${wanted} reached`);
});

test("a scenario without dates is drawn over its ticks", async () => {
    const data = structuredClone(kinds.run);
    data.ensemble.outcomes = null;
    data.dated = false;
    const tick = new Map(data.ensemble.times.map((when, at) => [when, at]));
    data.ensemble.series = data.ensemble.series.slice(0, 2).map((series) => ({ ...series, observed: [] }));
    data.ensemble.times = data.ensemble.times.map((when) => tick.get(when));
    data.ensemble.network.times = data.ensemble.times;
    data.ensemble.dates = data.ensemble.dates.map((date) => ({ ...date, median: 3, q05: 2, q95: 20, observed: null, curve: { ...date.curve, when: date.curve.when.map((when) => tick.get(when)) } }));
    data.scenario.timeline = [];
    const { page, leave } = await visit(assemble(data, "undated"));
    assert.deepEqual((await scales_of(page.locator("svg.fan"))).x_domain, [0, 23]);
    assert.match(await page.locator("figure.over-time .readout").textContent(), /^tick 23: median/);
    await leave();
});

on("run", "rows of a kind are sorted by any column, what is missing last, and searched", async (page) => {
    const region = page.locator("#by-row div.by-row");
    const names = async () => region.locator("tbody th").allTextContents();
    assert.deepEqual(await names(), ["entente", "alliance", "third"]);
    assert.equal(await region.locator("svg.row-curve").count(), 3);
    await region.locator("button.sort", { hasText: "cost" }).click();
    assert.deepEqual(await names(), ["alliance", "entente", "third"]);
    await region.locator("button.sort", { hasText: "cost" }).click();
    assert.deepEqual(await names(), ["entente", "alliance", "third"]);
    assert.equal(await region.locator("th[aria-sort='ascending']").textContent(), "cost (million GBP)");
    await region.locator("button.sort", { hasText: "bloc" }).click();
    assert.deepEqual(await names(), ["alliance", "entente", "third"]);
    await region.locator("input[type=search]").fill("ENT");
    assert.deepEqual(await names(), ["entente"]);
    assert.equal(await region.locator("[role=status].row-count").textContent(), "1 of 3 rows");
});

on("run", "what was observed stands in a table of its own, with its source", async (page) => {
    const table = page.locator("#scenario table", { hasText: "Observed data" });
    assert.deepEqual(await rows_of(table), [["measure", "observed", "sd", "source"], ["war", "2022-06-01", "", "a yearbook"]]);
});

on("run", "it is told of which runs relations and events are means", async (page) => {
    assert.match(await page.locator("figure.relations figcaption").textContent(), /Means over the first 50 of 100 runs\. Not all kinds of links are drawn\.$/);
    assert.match(await page.locator("figure.events figcaption").textContent(), /Means over all 100 runs\. \* in part: 2021 from 2021-08-15\.$/);
});

test("relations and events that are left out are told of", async () => {
    const data = made.run();
    Object.assign(data.ensemble, { events: null, network: null, means_over: "", events_over: "", no_events: "No events: too long.", no_network: "No drawing: too many." });
    const { page, leave } = await visit(assemble(data, "without-relations"));
    assert.equal(await page.locator("figure.relations, figure.events").count(), 0);
    assert.equal(await page.locator("#events > p").textContent(), "No events: too long.");
    assert.equal(await page.locator("#relations > p").textContent(), "No drawing: too many.");
    await leave();
});
