// Pages of known numbers in a real browser: what they draw is what they were given.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assemble, barriers, corners_of, holds, milliseconds, near, picture, printed, rows_of, scales_of, start, stop, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";

const kinds = { run: made.run(), sweep: made.sweep(), sensitivity: made.sensitivity(), compare: made.compare(), describe: made.describe() };
const paths = {};

before(async () => {
    await start();
    for (const [kind, data] of Object.entries(kinds)) {
        paths[kind] = assemble(data, kind);
    }
});

after(stop);

/** Runs a test on one page, which at its end may have complained of nothing and asked the network for nothing. */
function on(kind, name, body, options = {}) {
    test(name, async () => {
        const visitor = await visit(paths[kind], options);
        await body(visitor.page, kinds[kind]);
        await visitor.leave();
    });
}

for (const kind of Object.keys(kinds)) {
    for (const scheme of ["light", "dark"]) {
        on(kind, `the ${kind} page has no barriers that axe knows of, in ${scheme}`, async (page) => {
            for (const details of await page.locator("details").all()) {
                await details.evaluate((node) => { node.open = true; });
            }
            assert.deepEqual(await barriers(page), []);
        }, { scheme });
    }
    for (const width of [1280, 390]) {
        on(kind, `the ${kind} page is no wider than a window of ${width}`, async (page) => {
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${wide} is wider than ${width}`);
            for (const box of await page.locator("figure svg[role=img]").all()) {
                const { width: drawn } = await box.boundingBox();
                assert.ok(drawn > 100);
            }
            await picture(page, `${kind}-${width}-light`);
            await page.emulateMedia({ colorScheme: "dark" });
            await picture(page, `${kind}-${width}-dark`);
        }, { width });
    }
    on(kind, `the ${kind} page prints`, async (page) => {
        const bytes = await printed(page, kind);
        assert.equal(bytes.subarray(0, 5).toString(), "%PDF-");
        assert.ok(bytes.length > 10_000);
    });
}

on("run", "the head says what was asked and what came out", async (page, data) => {
    assert.equal(await page.title(), data.title);
    assert.equal(await page.locator("h1").textContent(), data.title);
    assert.deepEqual(await page.locator(".findings li").allTextContents(), data.findings.map((sentence) => sentence.replaceAll(" %", "\u00a0%")));
    assert.deepEqual(await page.locator(".facts dd").allTextContents(), data.facts.map((fact) => fact.value));
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
    assert.match(await figure.locator("figcaption").textContent(), /\* in part: 2021 from 2021-08-15\./);
    await figure.getByLabel("Date read in the chart").focus();
    await page.keyboard.press("Home");
    assert.match(await figure.locator(".readout").textContent(), /^2021 in part \(2021-08-15 to 2021-12-31\): median/);
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
    const none = data.ensemble.times.map(() => null);
    data.ensemble.series = [{ ...data.ensemble.series[0], q05: none, q25: none, q75: none, q95: none }];
    const { page, leave } = await visit(assemble(data, "few"));
    const figure = page.locator("figure.over-time");
    assert.equal(await figure.locator("svg.fan .band").count(), 0);
    assert.equal(await figure.locator("svg.fan .line.median").count(), 1);
    assert.match(await figure.locator(".readout").textContent(), /^2022-12-01: median [\d.]+ million GBP, mean [\d.]+/);
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
    assert.match(await slider.getAttribute("aria-valuetext"), new RegExp(`^2021-03-01: median ${value.toPrecision(3)} million GBP`));
    const readout = await figure.locator(".readout").textContent();
    assert.match(readout, /2021-03-15: A gunboat arrives · entente → alliance/);
    assert.equal(await figure.locator(".cursor").getAttribute("visibility"), "visible");
});

on("run", "values are read by the mouse", async (page) => {
    const figure = page.locator("figure.over-time");
    await figure.scrollIntoViewIfNeeded();
    const box = await figure.locator("svg.fan .catch").boundingBox();
    await page.mouse.move(box.x + 1, box.y + box.height / 2);
    assert.match(await figure.locator(".readout").textContent(), /^2021-01-01: median/);
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
    assert.equal(await figure.locator("output").textContent(), "2021-01-01");
    const beside = figure.locator(".beside table");
    assert.deepEqual((await rows_of(beside)).slice(1), [["alliance → entente", fear.values[1][0], respect.values[1][0]], ["entente → alliance", fear.values[0][0], respect.values[0][0]]]);
    await figure.locator("select").selectOption("rivalry.respect");
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

test("provenance is copied by a button", async () => {
    const { page, leave } = await visit(paths.run, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Copy command" }).click();
    await page.locator(".copied", { hasText: "Copied." }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), kinds.run.provenance.command);
    await page.getByRole("button", { name: "Copy provenance" }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("Digest: eb18ae02"));
    await leave();
});

test("the data behind a figure are copied as a table of commas", async () => {
    const { page, leave } = await visit(paths.run, { permissions: ["clipboard-read", "clipboard-write"] });
    const figure = page.locator("figure.events");
    await table_behind(figure);
    await figure.getByRole("button", { name: "Copy as CSV" }).click();
    await figure.locator(".copied", { hasText: "Copied." }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()),
        "on,2021,2022,all\r\nall,1.5,2.75,4.25\r\nentente → alliance,1,1.75,2.75\r\nalliance → entente,0.5,1,1.5\r\n");
    await leave();
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

on("sweep", "the outcome that answers most is shown over any two parameters", async (page, data) => {
    const figure = page.locator("figure.plane");
    const outcome = data.sweep.outcomes[1];
    const expected = new Map();
    data.sweep.factors[0].values.forEach((reaction, at) => {
        const key = `${reaction} ${data.sweep.factors[1].values[at]}`;
        expected.set(key, [...(expected.get(key) ?? []), outcome.mean[at]]);
    });
    await figure.locator("select").first().selectOption("entente_arms");
    const cells = await figure.locator("svg rect.cell[data-x]").evaluateAll((nodes) => nodes.map((node) => [`${node.dataset.x} ${node.dataset.y}`, Number(node.dataset.value)]));
    assert.equal(cells.length, 9);
    for (const [key, value] of cells) {
        const values = expected.get(key);
        near(value, values.reduce((sum, one) => sum + one, 0) / values.length, 1e-9, key);
    }
    const shares = await figure.locator("svg rect.cell[data-x]").evaluateAll((nodes) => nodes.map((node) => [Number(node.dataset.value), getComputedStyle(node).fill]));
    assert.equal(new Set(shares.map(([, fill]) => fill)).size, new Set(shares.map(([value]) => value)).size, "each value has its own colour");
    await figure.getByLabel("Up").selectOption("reaction");
    assert.equal(await figure.getByLabel("Across").inputValue(), "bloc[entente].arms");
    const turned = await figure.locator("svg rect.cell[data-x]").evaluateAll((nodes) => nodes.map((node) => `${node.dataset.y} ${node.dataset.x}`));
    assert.deepEqual(turned.sort(), cells.map(([key]) => key).sort());
});

on("sweep", "each point of the design stands over its parameter, and in the table", async (page, data) => {
    const figure = page.locator("figure.response");
    await figure.getByLabel("Outcome").selectOption("entente_arms");
    await figure.getByLabel("Parameter").selectOption("bloc[entente].arms");
    const { x, y, y_domain } = await scales_of(figure.locator("svg[role=img]"));
    const points = await figure.locator("svg .point").evaluateAll((nodes) => nodes.map((node) => [Number(node.getAttribute("cx")), Number(node.getAttribute("cy"))]));
    const outcome = data.sweep.outcomes[1];
    assert.equal(points.length, outcome.mean.length);
    points.forEach(([left, top], at) => {
        near(x(left), data.sweep.factors[1].values[at], 1e-6, "parameter");
        near(y(top), outcome.mean[at], (y_domain[1] - y_domain[0]) / 1e6, "outcome");
    });
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows, outcome.mean.map((mean, at) => [...data.sweep.factors.map((factor) => factor.values[at]), mean, outcome.low[at], outcome.high[at]]));
});

on("sensitivity", "parameters are ranked, with bars as long as their indices", async (page) => {
    const figure = page.locator("figure.ranking");
    const read = () => figure.locator("svg g[data-row]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.row, node.dataset.series, Number(node.dataset.value), Number(node.querySelector("rect").getAttribute("width"))]));
    const bars = await read();
    assert.deepEqual(bars.map((bar) => bar.slice(0, 3)), [["reaction", "first order", 0.6], ["reaction", "total order", 0.7], ["fatigue", "first order", 0.2], ["fatigue", "total order", 0.3], ["idle", "first order", -0.01]]);
    near(bars[0][3] / bars[2][3], 3, 1e-6, "lengths");
    assert.match(await figure.locator("figcaption").textContent(), /31 % of the variance of a run is chance/);
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows[0].slice(0, 3).map((cell) => typeof cell === "number" ? Number(cell.toFixed(6)) : cell), ["reaction", 0.6, 0.55]);
    await figure.locator("select").selectOption("alliance_arms");
    assert.equal((await read())[0][0], "fatigue");
});

on("compare", "paired differences stand at their values, one unit at a time", async (page, data) => {
    const figure = page.locator("figure.differences");
    const { x } = await scales_of(figure.locator("svg[role=img]"));
    const points = await figure.locator("svg g[data-row] circle").evaluateAll((nodes) => nodes.map((node) => [node.parentElement.dataset.row, node.parentElement.dataset.series, Number(node.getAttribute("cx"))]));
    assert.deepEqual(points.map(([row, series, place]) => [row, series, Number(x(place).toFixed(6))]), [
        ["outlay of the Entente", "reaction=0.6", -14.25], ["outlay of the Entente", "reaction=1.2, fatigue=1", 9.5],
        ["outlay of the Alliance", "reaction=0.6", -8], ["outlay of the Alliance", "reaction=1.2, fatigue=1", 1]]);
    const [, ...rows] = await table_behind(figure);
    assert.deepEqual(rows.map((row) => row.slice(2, 6)), data.comparison.measures.map((one) => [one.base, one.differences[0].value, one.differences[0].low, one.differences[0].high]));
    await figure.locator("select").selectOption("share of runs");
    assert.equal(await figure.locator("svg g[data-row] circle").count(), 1);
});

on("compare", "courses stand side by side, or as differences", async (page, data) => {
    const figure = page.locator("figure.side-by-side");
    assert.equal(await figure.locator("select").inputValue(), "alliance_arms", "the measure whose alternatives lie farthest apart");
    await figure.locator("select").selectOption("entente_arms");
    const course = data.comparison.courses[0];
    for (const [at, name] of data.comparison.alternatives.entries()) {
        await holds(figure.locator("svg.overlay"), `[data-course="${name}"] .line`, data.comparison.times, course.alternatives[at].middle, name);
    }
    await figure.getByLabel("differences from the baseline").check();
    assert.equal(await figure.locator("svg.overlay [data-course]").count(), 2);
    await holds(figure.locator("svg.overlay"), "[data-course='reaction=0.6'] .line", data.comparison.times, course.differences[0].middle, "difference");
});

on("compare", "an alternative has one colour in all figures", async (page, data) => {
    const style_of = async (nodes) => (await nodes.first().getAttribute("class")).match(/s\d/)[0];
    await page.locator("figure.side-by-side select").selectOption("entente_arms");
    for (const [at, name] of data.comparison.alternatives.entries()) {
        assert.equal(await style_of(page.locator(`figure.side-by-side svg.overlay [data-course="${name}"]`)), `s${at + 1}`);
        assert.equal(await style_of(page.locator(`figure.dates svg.curves [data-curve="${name}"]`)), `s${at + 1}`);
        if (at > 0) {
            assert.equal(await style_of(page.locator(`figure.differences svg [data-series="${name}"]`)), `s${at + 1}`);
            assert.equal(await style_of(page.locator("figure.differences .legend li").nth(at - 1)), `s${at + 1}`);
        }
    }
});

on("sensitivity", "parameters stand with the ranges that were asked for", async (page, data) => {
    const rows = await rows_of(page.locator("#sensitivity > div table, #sensitivity table").last());
    assert.deepEqual(rows.slice(1), data.sensitivity.factors.map((factor) => [factor.name, factor.unit, factor.how, factor.low ?? "–", factor.high ?? "–"]));
});

on("compare", "a date measure has a curve for each alternative", async (page) => {
    const section = page.locator("#dates");
    assert.equal(await section.locator("svg.curves [data-curve]").count(), 3);
    await section.locator("select").first().selectOption("peace comes about".replace(" about", ""));
    const rows = await rows_of(section.locator("> div table").last());
    assert.deepEqual(rows.slice(1).map((row) => row.slice(0, 2)), [["base", "16 %"], ["reaction=0.6", "32 %"], ["reaction=1.2, fatigue=1", "8 %"]]);
});

on("describe", "one step or one field is followed through the diagram", async (page) => {
    const figure = page.locator("figure.influence");
    assert.equal(await figure.locator("svg .edge").count(), 6);
    await figure.locator("select").selectOption("incident");
    assert.deepEqual(await figure.locator("svg .edge.lit").evaluateAll((nodes) => nodes.map((node) => `${node.dataset.from} > ${node.dataset.to}`).sort()),
        ["bloc.arms > incident", "incident > rivalry.fear", "rivalry.fear > incident"]);
});

for (const kind of Object.keys(kinds)) {
    test(`unfriendly texts stay texts on the ${kind} page`, async () => {
        const data = made.hostile(kinds[kind]);
        const visitor = await visit(assemble(data, `hostile-${kind}`));
        assert.equal(await visitor.page.locator("h1").textContent(), data.title);
        assert.equal(await visitor.page.title(), data.title.replace(/\s+/g, " "));
        assert.equal(await visitor.page.locator("img").count(), 0);
        assert.equal(await visitor.page.locator("script").count(), 2);
        for (const box of await visitor.page.locator("select").all()) {
            for (const value of await box.locator("option").evaluateAll((nodes) => nodes.map((node) => node.value))) {
                await box.selectOption(value);
            }
        }
        await visitor.leave();
    });
}

test("a scenario without dates is drawn over its ticks", async () => {
    const data = structuredClone(kinds.run);
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

test("a link from an agent to itself is a loop above it", async () => {
    const data = structuredClone(kinds.run);
    const [kind] = data.ensemble.network.kinds;
    kind.links.push([1, 1]);
    for (const field of kind.fields) {
        field.values.push(field.values[0]);
    }
    const { page, leave } = await visit(assemble(data, "loop"));
    const loop = await page.locator("figure.relations svg.network [data-row='2'] path.tie").boundingBox();
    const node = await page.locator("figure.relations svg.network [data-name='alliance'] circle").boundingBox();
    assert.ok(loop.width > 20 && loop.height > 10 && loop.y + loop.height <= node.y + node.height);
    assert.ok(Math.abs(loop.x + loop.width / 2 - (node.x + node.width / 2)) < 8);
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

test("a page with next to nothing in it is still a page", async () => {
    const data = made.describe();
    data.kind = "run";
    data.scenario = { ...data.scenario, kinds: [], steps: [], parameters: [], measures: [], inputs: [], timeline: [], timeline_note: "", observed: [], variants: [], overridden: [], flows: [], references: [], authors: [] };
    data.ensemble = { times: [], series: [], single_runs: [], years_in_part: "", dates: [], scalars: [], by_row: [], events: null, network: null, means_over: "", events_over: "", no_events: "", no_network: "", not_drawn: "" };
    const { page, leave } = await visit(assemble(data, "bare"));
    assert.deepEqual(await page.locator("h2").allTextContents(), ["Provenance"]);
    await leave();
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

test("a diagram that is left out is told of", async () => {
    const data = made.describe();
    data.scenario = { ...data.scenario, flows: [], no_flows: "The diagram is left out, because the world is large." };
    const { page, leave } = await visit(assemble(data, "without-diagram"));
    assert.equal(await page.locator("figure.influence").count(), 0);
    assert.equal(await page.locator("#influence p").textContent(), "The diagram is left out, because the world is large.");
    await leave();
});

test("data of another form are refused in words", async () => {
    const data = { ...made.describe(), format: "entente-report/999" };
    const path = assemble(data, "other");
    await assert.rejects(visit(path, { patience: 2000 }), /Timeout/);
});
