// The answer without scrolling, by geometry; what is taken away (files, links); and what tables and the folded model do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assemble, corners_of, near, picture, rows_of, scales_of, table_behind, unfold, visit } from "./harness.mjs";
import * as made from "./made.mjs";
import { kinds, on, paths } from "./pages.mjs";

const windows = [[1440, 900], [390, 844]];
const drawn = { run: ".line.curve", compare: "circle.point", sweep: ".line", sensitivity: ".bar" };

for (const kind of Object.keys(drawn)) {
    for (const [width, height] of windows) {
        test(`the first screen of the ${kind} page has the question, the number and its figure at ${width} × ${height}`, async () => {
            const { page, leave } = await visit(paths[kind], { width, height, whole: false });
            const inside = async (node, words) => {
                const box = await node.boundingBox();
                assert.ok(box !== null && box.width > 4 && box.height > 0, `${words} is drawn`);
                assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height, `${words} at ${JSON.stringify(box)}`);
                return box;
            };
            await inside(page.locator("h1"), "the title");
            await inside(page.locator("header .about"), "the question");
            await inside(page.locator("header .facts"), "the facts");
            const number = page.locator("figure.headline .answer-number");
            assert.equal((await number.textContent()).replaceAll("\u00a0", " "), kinds[kind].headline[0].numbers[0].number);
            const large = await inside(number, "the number");
            assert.ok(large.height > 30, "the number is large");
            const plot = await inside(page.locator("figure.headline svg[role=img]"), "the figure");
            assert.ok(plot.width > 300 || plot.width > width * 0.8);
            for (const mark of await page.locator(`figure.headline svg[role=img] ${drawn[kind]}`).all()) {
                const box = await mark.boundingBox();
                assert.ok(box.y >= 0 && box.y + box.height <= height && box.x + box.width <= width, "what is drawn lies in the window");
            }
            await picture(page, `first-screen-${kind}-${width}`);
            await leave();
        });
    }
}

on("run", "the large number is the end of the curve beside it", async (page, data) => {
    const figure = page.locator("figure.headline");
    const { y } = await scales_of(figure.locator("svg.curves"));
    const corners = await corners_of(figure.locator(".line.curve"));
    near(y(corners.at(-1).y), data.headline[0].numbers[0].value, 0.005, "end");
    assert.equal(await page.locator("header .cards > li").count(), 1);
    assert.match((await page.locator("header .cards").textContent()).replaceAll("\u00a0", " "), /220 million GBP.*median of runs/);
});

on("compare", "every alternative stands at its number, in its colour", async (page, data) => {
    const figure = page.locator("figure.headline");
    const { x } = await scales_of(figure.locator("svg.dots"));
    const dots = await figure.locator("svg.dots [data-series]").evaluateAll((nodes) => nodes.map((node) => [node.dataset.series, node.getAttribute("class"), Number(node.querySelector("circle").getAttribute("cx")),
        node.querySelector(".told").textContent]));
    assert.deepEqual(dots.map(([name, style, place, told]) => [name, style, Number(x(place).toFixed(6)), told]),
        data.headline[0].numbers.map((one, at) => [one.of, `s${at}`, one.value, one.number]));
});

test("a long text folds behind its first sentence and its question", async () => {
    const data = { ...made.run(), about: "Two blocs arm. They fear each other.\n\nDoes it end in war? Nobody knows." };
    const { page, leave } = await visit(assemble(data, "long-question"));
    assert.equal(await page.locator("header .about").textContent(), "Two blocs arm. Does it end in war?");
    assert.deepEqual(await page.locator("header .whole-question p").allTextContents(), ["Two blocs arm. They fear each other.", "Does it end in war? Nobody knows."]);
    await leave();
});

/** What a button of a figure gives as a file. */
async function file_of(page, figure, name) {
    const [download] = await Promise.all([page.waitForEvent("download"), figure.getByRole("button", { name: `Download as ${name}`, exact: true }).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

const size_of = (bytes) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];

for (const kind of ["run", "sweep", "sensitivity", "compare"]) {
    for (const scheme of ["light", "dark"]) {
        on(kind, `every figure of the ${kind} page is an SVG of its own, in ${scheme}`, async (page) => {
                    for (const figure of await page.locator("figure").all()) {
                const { name, bytes } = await file_of(page, figure, "SVG");
                assert.match(name, /^[\p{L}\p{N}-]+\.svg$/u);
                const text = bytes.toString("utf8");
                assert.doesNotMatch(text, /var\(|color-mix|oklab|class=|style=|<script/, name);
                const [title, width, height, words] = await page.evaluate((source) => {
                    const found = new DOMParser().parseFromString(source, "image/svg+xml");
                    const root = found.documentElement;
                    return root.nodeName === "svg" ? [root.querySelector("title").textContent, Number(root.getAttribute("width")), Number(root.getAttribute("height")), root.querySelectorAll("text").length]
                        : [root.textContent, 0, 0, 0];
                }, text);
                assert.ok(width > 200 && height > 60 && words > 2, `${name}: ${title}`);
                assert.equal(title, await figure.locator("figcaption .said").textContent());
                assert.match(text, /<rect width="\d+" height="\d+" fill="#fff"/, "on light paper");
                assert.doesNotMatch(text, /rgb\(21, 23, 27\)/, "nothing of the dark page");
            }
        }, { scheme });
    }
}

on("run", "a figure is a PNG of twice its size, which draws what the SVG draws", async (page) => {
    const figure = page.locator("figure.headline");
    const { bytes: drawing } = await file_of(page, figure, "SVG");
    const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(drawing.toString("utf8"));
    const { name, bytes } = await file_of(page, figure, "PNG");
    assert.match(name, /^war-comes-about-share-of-runs.*\.png$/);
    assert.deepEqual([...bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
    assert.deepEqual(size_of(bytes), [2 * Number(width), 2 * Number(height)]);
    assert.ok(bytes.length > 8000, "there is something in it");
});

for (const kind of ["run", "compare", "sweep", "sensitivity"]) {
    on(kind, `the tables of figures are the CSV files of the ${kind} page`, async (page) => {
        for (const figure of await page.locator("figure").all()) {
            const [header, ...rows] = await table_behind(figure);
            const { bytes } = await file_of(page, figure, "CSV");
            const lines = bytes.toString("utf8").trimEnd().split("\r\n").map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1].replace(/^"|"$/g, "").replaceAll("\"\"", "\"")).slice(0, -1));
            assert.deepEqual(lines[0].map((cell) => cell.trim()), header.map((cell) => cell.trim()));
            assert.equal(lines.length - 1, rows.length);
            lines.slice(1).forEach((line, at) => {
                line.forEach((cell, column) => {
                    const shown = rows[at][column];
                    if (typeof shown === "number") {
                        assert.equal(Number(cell), shown);
                    } else if (shown !== "–") {
                        assert.equal(cell, shown);
                    }
                });
            });
        }
    });
}

on("run", "a table is sorted by keyboard, both ways and back, what is missing last", async (page) => {
    const figure = page.locator("figure.measures");
    await table_behind(figure);
    const names = async () => (await rows_of(figure.locator("details.data table"))).slice(1).map((row) => row[0]);
    const before = await names();
    const head = figure.locator("th", { hasText: "at the end" }).first();
    const value = async () => (await rows_of(figure.locator("details.data table"))).slice(1).map((row) => row[3]);
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    const falling = await value();
    assert.deepEqual(falling, [...falling].sort((a, b) => b - a));
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await value(), [...falling].reverse());
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "none");
    assert.deepEqual(await names(), before);
});

on("run", "a long table is searched", async (page, data) => {
    const figure = page.locator("figure.over-time");
    await table_behind(figure);
    await figure.getByRole("searchbox").fill("2022-03");
    assert.equal((await rows_of(figure.locator("details.data table"))).length, 2);
    assert.equal(await figure.locator(".row-count").textContent(), `1 of ${data.ensemble.times.length} rows`);
});

test("a link shows the page as it was: measure, layers, stretch", async () => {
    const { page, leave } = await visit(paths.run, { permissions: ["clipboard-read", "clipboard-write"] });
    const figure = page.locator("figure.over-time");
    await figure.locator("select").selectOption("alliance_arms");
    await figure.getByLabel("mean", { exact: true }).check();
    await figure.getByRole("button", { name: "Zoom in" }).click();
    const shown = await scales_of(figure.locator("svg.fan"));
    await figure.getByRole("button", { name: "Copy link" }).click();
    await figure.locator(".copied", { hasText: "Copied." }).first().waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /#measure=alliance_arms&.*figure=over-time$/);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("figure.over-time select").value === "entente_arms");
    await page.goForward();
    await page.waitForFunction(() => document.querySelector("figure.over-time select").value === "alliance_arms");
    const other = await visit(paths.run, { hash: new URL(link).hash });
    const again = other.page.locator("figure.over-time");
    assert.equal(await again.locator("select").inputValue(), "alliance_arms");
    assert.equal(await again.getByLabel("mean", { exact: true }).isChecked(), true);
    assert.deepEqual((await scales_of(again.locator("svg.fan"))).x_domain, shown.x_domain);
    await other.leave();
    await leave();
});

test("an outcome of a sweep stands in its link, and what is not there is not chosen", async () => {
    const { page, leave } = await visit(paths.sweep, { hash: "#outcome=alliance_arms" });
    assert.equal(await page.locator("figure.response").getByLabel("Outcome").inputValue(), "alliance_arms");
    assert.equal(await page.locator("figure.plane").getByLabel("Outcome").inputValue(), "alliance_arms");
    await leave();
    const other = await visit(paths.sweep, { hash: "#outcome=%3Cb%3E" });
    assert.equal(await other.page.locator("figure.response").getByLabel("Outcome").inputValue(), "entente_arms");
    await other.leave();
});

test("the model stands folded, and an address opens what it names", async () => {
    const { page, leave } = await visit(paths.run, { hash: "#steps", whole: false });
    await page.locator("#steps .equations math").first().waitFor();
    await page.waitForFunction(() => document.documentElement.dataset.complete === "yes");
    assert.equal(await page.locator("#steps > details").getAttribute("open"), "");
    assert.equal(await page.locator("#scenario > details").getAttribute("open"), null);
    const { y } = await page.locator("#steps").boundingBox();
    assert.ok(y >= 0 && y < 900, "it is in view");
    await unfold(page);
    await page.locator("#scenario table").first().waitFor();
    await leave();
});

test("of many measures those of the headline stand at once, then what goes along with them most, and all others when asked", async () => {
    const data = made.run();
    const [series] = data.ensemble.series;
    data.headline = [{ ...data.headline[0], measure: "m3" }];
    data.ensemble.outcomes = null;
    data.ensemble.series = Array.from({ length: 14 }, (_, at) => ({ ...series, name: `m${at}`, about: `measure ${at}`, along: at === 3 ? null : (at % 2 === 0 ? -1 : 1) * at / 20 }));
    const { page, leave } = await visit(assemble(data, "many-measures"), { whole: false });
    const figure = page.locator("figure.measures");
    const stand = async (place) => place.locator(".small").evaluateAll((nodes) => nodes.map((node) => node.dataset.name));
    assert.deepEqual(await stand(figure.locator(":scope > div > ul")), ["m3", "m13", "m12", "m11", "m10", "m9", "m8", "m7"]);
    assert.equal(await figure.locator("details.more").evaluate((node) => node.open), false);
    await figure.getByText("All measures (14)").click();
    await figure.locator("details.more .small").last().waitFor();
    assert.deepEqual(await stand(figure.locator("details.more")), ["m0", "m1", "m2", "m4", "m5", "m6"]);
    await figure.locator(".small[data-name='m5']").click();
    assert.equal(await page.locator("figure.over-time select").inputValue(), "m5");
    assert.equal(await figure.locator(".small[aria-pressed='true']").getAttribute("data-name"), "m5");
    await leave();
});

test("few runs are drawn each, without quantiles", async () => {
    const data = made.run();
    const none = data.ensemble.times.map(() => null);
    const [series] = data.ensemble.series;
    data.ensemble.single_runs = [0, 1, 2];
    data.ensemble.outcomes = null;
    data.ensemble.series = [{ ...series, q05: none, q25: none, q75: none, q95: none, runs: [series.q50, series.mean, series.q50.map((value) => value + 5)] }];
    const { page, leave } = await visit(assemble(data, "few-runs"));
    const figure = page.locator("figure.over-time");
    assert.equal(await figure.locator("svg.fan .line.run").count(), 3);
    assert.equal(await figure.locator("svg.fan .band").count(), 0);
    assert.match(await figure.locator("figcaption").textContent(), /each line is a run\./);
    assert.match(await figure.locator(".legend").textContent(), /the 3 runs/);
    await leave();
});

test("of two parameters that vary finely lines of equal outcome are drawn, at their levels", async () => {
    const data = made.sweep();
    const grid = [0, 1, 2, 4, 8, 16].flatMap((a) => [0, 1, 2, 3, 4].map((b) => [a, b]));
    data.sweep.factors = ["a", "b"].map((name, at) => ({ name, unit: "", values: grid.map((point) => point[at]) }));
    const mean = grid.map(([a, b]) => a + 10 * b);
    data.sweep.outcomes = [{ name: "plain", about: "", unit: "", mean, low: mean.map((value) => value - 1), high: mean.map((value) => value + 1) }];
    data.headline = [];
    const { page, leave } = await visit(assemble(data, "contours"));
    const figure = page.locator("figure.plane");
    assert.equal(await figure.locator("svg .grid-point").count(), 30);
    const { x, y } = await scales_of(figure.locator("svg[role=img]"));
    const levels = await figure.locator("svg .contour").evaluateAll((nodes) => nodes.map((node) => [Number(node.dataset.level), node.getAttribute("d")]));
    assert.ok(levels.length > 4);
    for (const [level, path] of levels.slice(1)) {
        const inner = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, left, top]) => [x(Number(left)), y(Number(top))]).filter(([a, b]) => a > 0.05 && a < 15.9 && b > 0.05 && b < 3.95);
        for (const [a, b] of inner) {  // the plane is even in b, and in a piece by piece
            near(a + 10 * b, level, 0.5, `on the line of ${level}`);
        }
    }
    await leave();
});
