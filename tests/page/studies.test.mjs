// Pages of sweeps, sensitivity analyses and comparisons of known numbers in a real browser: what they draw is what they were given.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assemble, holds, near, rows_of, scales_of, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";
import { on } from "./pages.mjs";

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
    assert.equal(await figure.getByLabel("Colours").inputValue(), "reaction", "what was across changes places");
    const outcome = data.sweep.outcomes[1];
    const points = await figure.locator("svg [data-line] .point").evaluateAll((nodes) => nodes.map((node) => [Number(node.dataset.at), Number(node.dataset.x), Number(node.dataset.value), node.parentElement.dataset.line]));
    assert.deepEqual(points.map(([at]) => at).sort((a, b) => a - b), outcome.mean.map((_, at) => at), "every point of the design, once");
    for (const [at, across, value, line] of points) {
        assert.deepEqual([across, value, line], [data.sweep.factors[1].values[at], outcome.mean[at], String(data.sweep.factors[0].values[at])]);
    }
    const { x, y, x_domain, y_domain } = await scales_of(figure.locator("svg[role=img]"));
    const panel = await figure.locator("svg [data-line='0.3']").first().locator(".point").evaluateAll((nodes) => nodes.map((node) =>
        [Number(node.getAttribute("cx")), Number(node.dataset.x), Number(node.getAttribute("cy")), Number(node.dataset.value)]));
    for (const [left, across, top, value] of panel) {
        near(x(left), across, (x_domain[1] - x_domain[0]) / 1e6, "parameter");
        near(y(top), value, (y_domain[1] - y_domain[0]) / 1e6, "outcome");
    }
    assert.equal(await figure.locator("svg [data-line] .whisker").count(), outcome.mean.length, "each with its interval");
    assert.deepEqual(await figure.locator("svg text.strong").allTextContents(), ["calm = 0", "calm = 1"], "a panel for each value of the third");
    assert.deepEqual(await figure.locator(".colour-key li").allTextContents(), ["0.3", "0.6", "0.9"]);
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
    assert.deepEqual(rows[0].slice(0, 4).map((cell) => typeof cell === "number" ? Number(cell.toFixed(6)) : cell), ["reaction", "1", 0.6, 0.55]);
    assert.match(await figure.locator("figcaption").textContent(), /^What outlay of the Entente depends on\. reaction matters most\./);
    await figure.locator("select").selectOption("alliance_arms");
    assert.equal((await read())[0][0], "fatigue");
});

on("compare", "paired differences stand at their values, one unit at a time", async (page, data) => {
    const figure = page.locator("figure.differences");
    assert.equal(await figure.locator("select").inputValue(), "share of runs", "that of the headline");
    await figure.locator("select").selectOption("million GBP");
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

test("of many measures those stand at once on which alternatives differ most, and the headline", async () => {
    const data = made.compare();
    const [first] = data.comparison.measures;
    data.comparison.measures = Array.from({ length: 12 }, (_, at) => ({ ...first, name: `m${at}`, about: `measure ${at}`, unit: "share of runs",
        differences: [{ value: at / 100, low: at / 100 - 0.01, high: at / 100 + 0.01 }, null] }));
    data.headline = [{ ...data.headline[0], measure: "m1" }];
    const { page, leave } = await visit(assemble(data, "many-differences"));
    const figure = page.locator("figure.differences");
    const rows = async () => [...new Set(await figure.locator("svg g[data-row]").evaluateAll((nodes) => nodes.map((node) => node.dataset.row)))];
    assert.deepEqual(await rows(), [1, 5, 6, 7, 8, 9, 10, 11].map((at) => `measure ${at}`));
    assert.match(await figure.locator("figcaption").textContent(), /in percentage points\..*The 8 of 12 measures that differ most\./);
    await figure.getByLabel("all measures").check();
    assert.equal((await rows()).length, 12);
    assert.equal((await table_behind(figure)).length, 13);
    await leave();
});

test("parameters whose intervals overlap are not ranked one before the other", async () => {
    const data = made.sensitivity();
    data.sensitivity.outcomes[0].rows[0].indices[1] = { value: 0.65, low: 0.6, high: 0.8 };
    const { page, leave } = await visit(assemble(data, "not-told-apart"));
    const figure = page.locator("figure.ranking");
    assert.match(await figure.locator("figcaption").textContent(), /reaction and fatigue are not told apart: their intervals overlap\./);
    assert.deepEqual(await figure.locator("svg text.rank").allTextContents(), ["1–2", "1–2", "3"]);
    await leave();
});

on("compare", "an alternative has one colour in all figures, the base is grey", async (page, data) => {
    const style_of = async (nodes) => (await nodes.first().getAttribute("class")).match(/s\d/)[0];
    await page.locator("figure.side-by-side select").selectOption("entente_arms");
    await page.locator("figure.differences select").selectOption("million GBP");
    for (const [at, name] of data.comparison.alternatives.entries()) {
        assert.equal(await style_of(page.locator(`figure.side-by-side svg.overlay [data-course="${name}"]`)), `s${at}`);
        assert.equal(await style_of(page.locator(`figure.dates svg.curves [data-curve="${name}"]`)), `s${at}`);
        if (at > 0) {
            assert.equal(await style_of(page.locator(`figure.differences svg [data-series="${name}"]`)), `s${at}`);
            assert.equal(await style_of(page.locator("figure.differences .legend li").nth(at - 1)), `s${at}`);
        }
    }
});

on("sensitivity", "parameters stand with the ranges that were asked for", async (page, data) => {
    const rows = await rows_of(page.locator("#sensitivity > div table, #sensitivity table").last());
    assert.deepEqual(rows.slice(1), data.sensitivity.factors.map((factor) => [factor.name, data.scenario.parameters.find((one) => one.name === factor.name)?.about ?? "", factor.unit, factor.how, factor.low ?? "–", factor.high ?? "–"]));
});

on("calibrate", "parameters stand before and after, and what the record says nothing about has no contraction", async (page, data) => {
    const rows = await rows_of(page.locator("#parameters > div table"));
    assert.deepEqual(rows.slice(1).map((row) => [row[0], row[2], row[6], row.at(-2)]), data.calibration.parameters.map((one) =>
        [one.name, one.how, one.posterior.median, one.informed ? one.contraction : "–"]));
    const marks = page.locator("figure.fitted svg [data-series=posterior]");
    assert.deepEqual(await marks.evaluateAll((all) => all.map((mark) => [mark.dataset.row, Number(mark.dataset.value)])), data.calibration.parameters.map((one) => [one.name, one.by_prior.median]));
});

on("calibrate", "a posterior is drawn in tenths of its prior", async (page) => {
    const heights = () => page.locator("figure.posterior svg .bar").evaluateAll((all) => all.map((bar) => Number(bar.dataset.value)));
    assert.deepEqual(await heights(), [50, 30, 20]);
    await page.locator("figure.posterior select").selectOption("idle");
    assert.match(await page.locator("figure.posterior figcaption").textContent(), /posterior of idle/);
});

on("calibrate", "a pair has its draws and its correlation", async (page, data) => {
    assert.equal(await page.locator("figure.pairs svg .dot").count(), 30);
    assert.match(await page.locator("figure.pairs figcaption").textContent(), /reaction and fatigue\. Correlation of their quantiles: (-|−)0\.75\./);
    assert.deepEqual((await rows_of(page.locator("#pairs > div table"))).slice(1).map((row) => row[2]), data.calibration.pairs.map((pair) => pair.correlation));
});

on("calibrate", "the record is at 0, and runs lie where they come to", async (page) => {
    const marks = page.locator("figure.predicted svg [data-row='war, years']");
    assert.deepEqual(await marks.evaluateAll((all) => all.map((mark) => Number(Number(mark.dataset.value).toFixed(6)))), [1, 0.2]);
    assert.match(await page.locator("#generations").textContent(), /budget of 5,000 runs/);
});

on("compare", "a date measure has a curve for each alternative", async (page) => {
    const section = page.locator("#dates");
    assert.equal(await section.locator("svg.curves [data-curve]").count(), 3);
    await section.locator("select").first().selectOption("peace comes about".replace(" about", ""));
    const rows = await rows_of(section.locator("> div table").last());
    assert.deepEqual(rows.slice(1).map((row) => row.slice(0, 2)), [["base", "16 %"], ["reaction=0.6", "32 %"], ["reaction=1.2, fatigue=1", "8 %"]]);
});
