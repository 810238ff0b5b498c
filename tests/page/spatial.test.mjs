// Maps and grids of known numbers in a real browser.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { assemble, barriers, here, milliseconds, near, picture, printed, rows_of, start, stop, table_behind, visit } from "./harness.mjs";
import * as made from "./made.mjs";
import { grid, map_of_states, map_of_three, with_spatial } from "./spatial.mjs";

before(start);
after(stop);

const codes = readFileSync(join(here, "../../engine/scenario/countries.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.slice(0, 3));
const states = readFileSync(join(here, "../../scenarios/data/conflict_states.csv"), "utf8").trim().split("\n").slice(1).map((line) => line.slice(0, 3));
const small = grid(12, 7);
const three = with_spatial(map_of_three(), [small.data]);

function on(data, name, body, options = {}) {
    test(name, async () => {
        const visitor = await visit(assemble(data, name.replace(/\W+/g, "-").slice(0, 60)), options);
        await body(visitor.page, data, visitor);
        await visitor.leave();
    });
}

/** What is drawn of each row: its value and class. */
const fills_of = async (map) => map.evaluate((root) => Object.fromEntries([...root.querySelectorAll("[data-row]")].map((node) =>
    [node.dataset.row, { value: node.dataset.value === undefined ? null : Number(node.dataset.value), shade: node.dataset.class === undefined ? null : Number(node.dataset.class),
        share: node.style.getPropertyValue("--share"), fill: getComputedStyle(node).fill }])));

const rows_beside = async (figure) => {
    await figure.locator("details.map-table").evaluate((details) => { details.open = true; });
    return Object.fromEntries((await rows_of(figure.locator("details.map-table table"))).slice(1).map(([name, value]) => [name, value]));
};

async function expect_fills_as_tables(figure, rows, of, tolerance, scale = 1) {
    const fills = await fills_of(figure.locator("svg.map"));
    const table = await rows_beside(figure);
    rows.forEach((row, at) => {
        const value = of(at);
        if (Number.isNaN(value)) {
            assert.deepEqual([fills[at].value, fills[at].shade, table[row.name]], [null, null, "–"], row.name);
        } else {
            near(fills[at].value, value, tolerance, row.name);
            near(table[row.name], scale * fills[at].value, 1e-9 * Math.abs(table[row.name]) + 1e-12, `${row.name} in the table`);
        }
    });
}

on(three, "a map's fills are the numbers of its table, at the end and at any moment", async (page, data) => {
    const figure = page.locator("figure.map-figure");
    const { rows } = data.ensemble.map.kinds[0];
    await figure.locator("svg.map [data-value]").first().waitFor();
    await expect_fills_as_tables(figure, rows, (row) => row === 2 ? NaN : 10 * (row + 1) + 23, 1e-9);
    const slider = figure.getByLabel("Date on the map");
    for (const moment of [0, 7, 22]) {
        await slider.fill(String(moment));
        await page.waitForFunction((date) => document.querySelector("figure.map-figure .plot").dataset.moment === date, data.ensemble.map.times[moment]);
        await expect_fills_as_tables(figure, rows, (row) => row === 2 ? NaN : 10 * (row + 1) + moment, 33 / 65534);
    }
    await figure.getByLabel("Fill by").selectOption("bloc.fell");
    await page.waitForFunction(() => document.querySelector("figure.map-figure details.map-table caption").textContent.startsWith("fell of each bloc, 1 Nov 2022"));
    await expect_fills_as_tables(figure, rows, (row) => [0.25, 0.75, 0.5][row] * 22 / 23, 0.75 / 65534, 100);
    await slider.fill("23");
    await page.waitForFunction(() => document.querySelector("figure.map-figure .plot").dataset.moment === "2022-12-01");
    assert.deepEqual((await rows_of(figure.locator("details.map-table table"))).slice(0, 2), [["bloc", "fell (%)", "95 % from", "to"], ["Alliance", 75, 70, 80]]);
    const whole = await table_behind(figure);
    assert.equal(whole.length, 25);
    near(whole[12][2], 100 * 0.75 * 11 / 23, 0.01);
});

on(three, "a greater number is darker, and the key names the bounds of each class", async (page) => {
    const figure = page.locator("figure.map-figure");
    await figure.getByLabel("Fill by").selectOption("bloc.fell");
    const fills = await fills_of(figure.locator("svg.map"));
    assert.deepEqual([fills[0].shade, fills[1].shade, fills[2].shade], [1, 3, 2]);
    const keys = await figure.locator(".shades li").allTextContents();
    assert.deepEqual(keys, ["0 % – 20 %", "20 % – 40 %", "40 % – 60 %", "60 % – 80 %", "80 % – 100 %"]);
    const key_colours = await figure.locator(".shades rect").evaluateAll((nodes) => nodes.map((node) => getComputedStyle(node).fill));
    for (const row of [0, 1, 2]) {
        assert.equal(fills[row].fill, key_colours[fills[row].shade]);
    }
    const lightness = (colour) => Number(/oklab\(([\d.]+)/.exec(colour)[1]);
    for (let at = 1; at < key_colours.length; at += 1) {
        assert.ok(lightness(key_colours[at]) < lightness(key_colours[at - 1]) - 0.05, key_colours.join(" "));
    }
});

on(three, "links are arcs of their values, and a name tells how many are not drawn", async (page, data) => {
    const figure = page.locator("figure.map-figure");
    assert.equal(await figure.locator("svg.map .arcs path").count(), 0);
    await figure.getByLabel("Arcs show").selectOption("rivalry.fear");
    const arcs = await figure.locator("svg.map .arcs path").evaluateAll((nodes) => nodes.map((node) => [Number(node.dataset.source), Number(node.dataset.target), Number(node.dataset.value)]));
    const { links, fields } = data.ensemble.network.kinds[0];
    assert.deepEqual(arcs.sort(([a], [b]) => a - b), links.map(([source, target], link) => [source, target, fields[0].values[link].at(-1)]));
    assert.match(await figure.locator(".readout").first().textContent(), /^Arcs: fear of each rivalry/);
});

const world = with_spatial(map_of_states(states), []);
on(world, "of many links the strongest 200 are drawn, and it says so", async (page, data) => {
    const figure = page.locator("figure.map-figure");
    assert.equal(states.length, 195);
    await figure.getByLabel("Arcs show").selectOption("relation.trade");
    await figure.locator("svg.map .arcs path").first().waitFor({ state: "attached" });
    assert.equal(await figure.locator("svg.map .arcs path").count(), 200);
    assert.match(await figure.locator(".readout").first().textContent(), /The 200 strongest of 37,830 are drawn, 37,630 are not\./);
    const drawn = await figure.locator("svg.map .arcs path").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.value)));
    const all = data.ensemble.map.arcs[0].links.map((_, link) => (link * 37 + 59 * 11) % 500).sort((a, b) => b - a);
    near(Math.min(...drawn), all[199], 500 / 65534);
    near(drawn.reduce((a, b) => a + b), all.slice(0, 200).reduce((a, b) => a + b), 2);
});

on(world, "195 states stand on the map, the small ones as dots", async (page, _, { address }) => {
    const map = page.locator("figure.map-figure svg.map");
    await map.locator("[data-value]").first().waitFor({ state: "attached" });
    assert.equal(Object.keys(await fills_of(map)).length, 195);
    assert.ok(await map.locator("circle.place").count() >= 20);
    for (const code of ["SGP", "TUV", "MLT"]) {
        assert.equal(await map.locator(`circle[data-row="${states.indexOf(code)}"]`).count(), states.includes(code) ? 1 : 0, code);
    }
    assert.ok(statSync(new URL(address)).size < 1_000_000);
    await picture(page, "map-195");
});

test("every country has a place on the map, but for 11 territories that Natural Earth counts to others", async () => {
    const { page, leave } = await visit(assemble(with_spatial(map_of_states(codes, 1), []), "all-countries"));
    const text = await page.locator("figure.map-figure .readout", { hasText: "Not on the map" }).textContent();
    assert.equal(text.split(":")[1].split(",").length, 11, text);
    await leave();
});

on(three, "playing moves map and grid together, to the end", async (page, data) => {
    const map = page.locator("figure.map-figure");
    const cells = page.locator("figure.grid-figure");
    await cells.locator("canvas[data-moment]").waitFor();
    await map.getByRole("button", { name: "Play" }).click();
    await page.waitForFunction(() => document.querySelector("figure.map-figure .plot").dataset.moment === "2021-01-01");
    await page.waitForFunction(() => document.querySelector("canvas").dataset.moment > "2021-02-01");
    await map.getByRole("button", { name: "Pause" }).click();
    assert.equal(await cells.locator("canvas").getAttribute("data-moment"), await map.locator(".plot").getAttribute("data-moment"));
    await cells.getByLabel("Date on the grid").fill("3");
    assert.equal(await map.locator(".plot").getAttribute("data-moment"), data.ensemble.map.times[3]);
});

on(three, "a tooltip tells the row below the pointer", async (page) => {
    const figure = page.locator("figure.map-figure");
    await figure.getByLabel("Fill by").selectOption("bloc.fell");
    await figure.locator("circle.place").hover();
    assert.equal(await figure.locator(".tip").textContent(), "a bystanderfell, 1 Dec 2022: 50 % (95 % interval 40 % – 60 %)");
    await figure.getByLabel("Fill by").hover();
    assert.equal(await figure.locator(".tip").isVisible(), false);
});

on(three, "a row is chosen by keyboard in the table and marked on the map", async (page) => {
    const figure = page.locator("figure.map-figure");
    const button = figure.locator("details.map-table").getByRole("button", { name: "Alliance" });
    await button.focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await figure.locator("svg.map .chosen").evaluateAll((nodes) => nodes.map((node) => node.dataset.row)), ["1"]);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Alliance");
});

on(three, "what is shown stands in the address, and an address shows it", async (page, _, { address }) => {
    const figure = page.locator("figure.map-figure");
    await figure.getByLabel("Fill by").selectOption("bloc.cost");
    await figure.getByLabel("Arcs show").selectOption("rivalry.respect");
    assert.match(page.url(), /#map=bloc.cost&arcs=rivalry.respect$/);
    assert.equal(await figure.getByLabel("Date on the map").isVisible(), true, "arcs move");
    await figure.getByLabel("Date on the map").fill("4");
    assert.match(page.url(), /#map=bloc.cost&arcs=rivalry.respect&moment=2021-05-01$/);
    await page.goto(`${address}#map=bloc.fell&moment=2021-11-01`);
    await page.waitForFunction(() => document.querySelector("figure.map-figure .plot").dataset.moment === "2021-11-01");
    await page.waitForFunction(() => document.querySelector("figure.map-figure select").value === "bloc.fell");
    assert.equal(await figure.locator("svg.map .arcs path").count(), 0);
});

// -- grids -----------------------------------------------------------------------------------------------------------------------------------

const pixels_of = (page) => page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    return [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data];
});
const colour_at = (pixels, cell) => `rgb(${pixels.slice(4 * cell, 4 * cell + 3).join(", ")})`;

on(three, "a grid's pixels are the cells' values at every moment", async (page, data) => {
    const figure = page.locator("figure.grid-figure");
    await figure.locator("canvas[data-moment]").waitFor();
    const slider = figure.getByLabel("Date on the grid");
    for (const moment of [23, 0, 5, 14]) {
        await slider.fill(String(moment));
        assert.equal(await figure.locator("canvas").getAttribute("data-moment"), data.ensemble.times[moment]);
        const colours = await figure.locator(".shades .swatch").evaluateAll((nodes) => nodes.map((node) => node.dataset.colour));
        assert.equal(new Set(colours).size, 3);
        const pixels = await pixels_of(page);
        for (let cell = 0; cell < 84; cell += 1) {
            assert.equal(colour_at(pixels, cell), colours[small.state(moment, cell)], `cell ${cell} at ${moment}`);
        }
        const counted = [0, 1, 2].map((level) => Array.from({ length: 84 }, (_, cell) => small.state(moment, cell)).filter((value) => value === level).length / 84);
        assert.deepEqual(await figure.locator(".shades li").evaluateAll((nodes) => nodes.map((node) => Number(node.dataset.share))), counted);
    }
    assert.match((await figure.locator(".shades li").allTextContents()).join(), /^healthy: \d+ %,ill: \d+ %,immune: \d+ %$/);
    const rows = await table_behind(figure);
    assert.deepEqual(rows[0], ["date", "healthy (%)", "ill (%)", "immune (%)"]);
    assert.equal(rows.length, 25);
});

on(three, "a grid of numbers runs from pale to dark, and its table holds quantiles", async (page) => {
    const figure = page.locator("figure.grid-figure");
    await figure.getByLabel("Cells show").selectOption("cell.heat");
    await figure.locator("canvas[data-field=heat]").waitFor();
    const pixels = await pixels_of(page);
    const light = (cell) => pixels[4 * cell] + pixels[4 * cell + 1] + pixels[4 * cell + 2];
    assert.ok(light(0) > light(6) && light(6) > light(11));
    assert.equal(light(0), light(12), "cells lie row by row");
    const rows = await table_behind(figure);
    assert.deepEqual(rows[0], ["date", "5 % (K)", "25 % (K)", "median (K)", "75 % (K)", "95 % (K)"]);
    near(rows[1][3], 0.5, 0.01);
});

on(three, "cells are read by mouse and by keyboard", async (page) => {
    const figure = page.locator("figure.grid-figure");
    await figure.locator("canvas[data-moment]").waitFor();
    await figure.locator("canvas").scrollIntoViewIfNeeded();
    const box = await figure.locator("canvas").boundingBox();
    await page.mouse.move(box.x + box.width * 2.5 / 12, box.y + box.height * 1.5 / 7);
    const told = ["healthy", "ill", "immune"];
    assert.equal(await figure.locator(".readout").textContent(), `Cell 14, column 3, row 2, 1 Dec 2022: state ${told[small.state(23, 14)]}`);
    await figure.locator(".grid-plot").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    assert.equal(await figure.locator(".grid-plot").getAttribute("data-cell"), "27");
    await page.keyboard.press("Shift+ArrowLeft");
    assert.equal(await figure.locator(".readout").textContent(), `Cell 24, column 1, row 3, 1 Dec 2022: state ${told[small.state(23, 24)]}`);
});

test("a grid of a million cells is drawn in its own colours within a second", async () => {
    const { data, state } = grid(1000, 1000, ["2021-01-01", "2022-12-01"]);
    data.fields.pop();
    const { page, leave } = await visit(assemble(with_spatial(null, [data]), "million"));
    await page.locator("canvas[data-moment]").waitFor();
    const spent = await page.evaluate(() => {
        const began = performance.now();
        const slider = document.querySelector("figure.grid-figure input[type=range]");
        slider.value = "0";
        slider.dispatchEvent(new Event("input"));
        return performance.now() - began;
    });
    assert.equal(await page.locator("canvas").getAttribute("data-moment"), "2021-01-01");
    assert.ok(spent < 1000, `${spent} ms`);
    const colours = await page.locator(".grid-figure .swatch").evaluateAll((nodes) => nodes.map((node) => node.dataset.colour));
    const picked = await page.evaluate((cells) => {
        const context = document.querySelector("canvas").getContext("2d");
        return cells.map((cell) => [...context.getImageData(cell % 1000, Math.floor(cell / 1000), 1, 1).data].slice(0, 3).join(", "));
    }, [0, 1, 2, 999, 1000, 123_456, 999_999]);
    assert.deepEqual(picked.map((colour) => `rgb(${colour})`), [0, 1, 2, 999, 1000, 123_456, 999_999].map((cell) => colours[state(0, cell)]));
    await leave();
});

// -- both ------------------------------------------------------------------------------------------------------------------------------------

for (const scheme of ["light", "dark"]) {
    on(three, `maps and grids have no barriers that axe knows of, in ${scheme}`, async (page) => {
        await page.locator("canvas[data-moment]").waitFor();
        for (const details of await page.locator("details").all()) {
            await details.evaluate((node) => { node.open = true; });
        }
        assert.deepEqual(await barriers(page), []);
    }, { scheme });
}

for (const width of [1440, 768, 390]) {
    on(three, `maps and grids fit a window of ${width}`, async (page) => {
        await page.locator("canvas[data-moment]").waitFor();
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
        await picture(page, `spatial-${width}`);
    }, { width });
}

on(three, "maps and grids print", async (page) => {
    await page.locator("canvas[data-moment]").waitFor();
    assert.ok((await printed(page, "spatial")).length > 20_000);
});

test("unfriendly names stay names on maps and grids", async () => {
    const data = made.hostile(three);
    const { page, leave } = await visit(assemble(data, "hostile-spatial"));
    await page.locator("canvas[data-moment]").waitFor();
    for (const box of await page.locator(".map-figure select, .grid-figure select").all()) {
        for (const value of await box.locator("option").evaluateAll((nodes) => nodes.map((node) => node.value))) {
            await box.selectOption(value);
        }
    }
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.locator("script").count(), 4);
    await leave();
});

test("a page without a map holds no shapes", async () => {
    const path = assemble(made.run(), "no-map");
    assert.doesNotMatch(readFileSync(path, "utf8"), /id="entente-map"/);
    assert.ok(milliseconds("2021-01-01") > 0);
});
